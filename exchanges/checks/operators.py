"""What a filing of an operator of the National Bank must meet."""

from datetime import date

from exchanges.checks import people
from law import operators
from law.mining import LEGAL_ENTITY
from law.problems import Problem, _
from law.provisions import provision
from licensing.models import Application
from licensing.stated import not_stated

REQUIRED = (
    *("legal_form", "region", "website", "capital", "capital_paid_on", "capital_in_tenge", "settles_with"),
    *("owners", "executives"),
)
EXCHANGER_ONLY = ("other_activity", "stakes")


def particulars_given(application: Application, on: date) -> list[Problem]:
    """Every fact that the filing must state is stated."""
    own = EXCHANGER_ONLY if application.kind == operators.EXCHANGER else ()
    return not_stated(application.particulars, (*REQUIRED, *own))


def form(application: Application, on: date) -> list[Problem]:
    """A joint-stock company or limited liability partnership of Kazakhstan; none stated is told elsewhere."""
    organisation, stated = application.organisation, application.particulars.legal_form
    if organisation.form != LEGAL_ENTITY or organisation.registered_in != "KZ":
        message = _("Only a legal entity registered in Kazakhstan may be an operator.")
        return [Problem("operator-entity", message, field="holder_form", provision=provision("nbk.legal_form", on))]
    return operators.form_problems(stated, on) if stated else []


def capital(application: Application, on: date) -> list[Problem]:
    """Enough of it, in money in tenge, paid before the day of filing; none stated is told elsewhere."""
    row = application.particulars
    if row.capital is None:
        return []
    return operators.capital_problems(
        application.kind,
        on,
        amount=row.capital,
        paid_on=row.capital_paid_on,
        filed_on=application.day(on),
        in_tenge=row.capital_in_tenge is not False,
    )


def owners(application: Application, on: date) -> list[Problem]:
    """Shares, numbers, chains through firms, firms that are no more; none stated is told elsewhere."""
    stated = application.particulars.stated_owners()
    if not stated:
        return []
    return operators.owner_problems(application.kind, stated, on) + people.owners(application, on)


def executives(application: Application, on: date) -> list[Problem]:
    stated = application.particulars.stated_executives()
    if not stated:
        return []
    return operators.executive_problems(application.kind, stated, on) + people.executives(application, on)


def activity(application: Application, on: date) -> list[Problem]:
    row = application.particulars
    return operators.activity_problems(
        application.kind, on, other_activity=row.other_activity, stakes=row.stakes, website=row.website
    )


def by_person(application: Application, on: date) -> list[Problem]:
    """What no function can settle."""
    return []
