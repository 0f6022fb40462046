"""What a filing with the regulator of the AIFC must meet, as far as its rulebook was read."""

from datetime import date

from law import aifc, licensing
from law.mining import LEGAL_ENTITY
from law.problems import Problem, _
from law.provisions import NotInForce, provision
from licensing.models import Application
from licensing.models.payments import settlement
from licensing.stated import fee_unknown, not_stated

EVERYBODY = ("region", "website", "individuals", "capital", "serves_retail")
OWN = {
    aifc.EXCHANGE: ("services", "rules", "directors", "independent_directors"),
    aifc.PROVIDER: ("activities",),
}


def particulars_given(application: Application, on: date) -> list[Problem]:
    """Every fact that the filing must state is stated."""
    row = application.particulars
    retail = ("keeps_retail_limit",) if row.serves_retail else ()
    return not_stated(row, (*EVERYBODY, *OWN[application.kind], *retail))


def holder(application: Application, on: date) -> list[Problem]:
    """A legal entity; from 2026-01-18 the law itself says so of exchanges (LDA 1(5))."""
    if application.organisation.form == LEGAL_ENTITY:
        return []
    message = _("Only a legal entity is licensed in the AIFC.")
    return [Problem("aifc-entity", message, field="holder_form", provision=provision("aifc.services", on))]


def individuals(application: Application, on: date) -> list[Problem]:
    """Somebody for each office of a trading facility; none stated is told elsewhere."""
    stated = {str(one.get("role")) for one in application.particulars.individuals}
    return aifc.individual_problems(stated, on) if stated else []


def directors(application: Application, on: date) -> list[Problem]:
    row = application.particulars
    return aifc.director_problems(row.directors, row.independent_directors, on)


def capital(application: Application, on: date) -> list[Problem]:
    row = application.particulars
    return aifc.capital_problems(row.activities, row.capital, on)


def retail(application: Application, on: date) -> list[Problem]:
    row = application.particulars
    return aifc.retail_problems(row.serves_retail, row.keeps_retail_limit, on)


def fee(application: Application, on: date) -> list[Problem]:
    """The fee of the day of payment, in US dollars: by confirmed payments, and as declared until there are any."""
    paid_on = application.fee_paid_on
    try:
        found = settlement(application, on) if application.confirmed_payments() else None
        owed = found.owed if found is not None else licensing.fee(application.kind, paid_on or on)
    except NotInForce as unknown:
        return [fee_unknown(paid_on or on, unknown.problem)]
    paid = found.paid if found is not None else application.fee_amount
    rule = owed.provisions[0]
    if found is None and (paid is None or paid_on is None):
        message = _("The fee of %(amount)s US dollars is not shown as paid.")
        params = {"amount": owed.amount}
        return [Problem("dollars-unpaid", message, params, "fee_paid_on", rule, "warning")]
    if paid is not None and paid < owed.amount:
        message = _("The fee is %(amount)s US dollars; %(paid)s are shown as paid.")
        params = {"amount": owed.amount, "paid": paid}
        return [Problem("dollars-short", message, params, "fee_amount", rule)]
    return []


def by_person(application: Application, on: date) -> list[Problem]:
    """What no function can settle."""
    return []
