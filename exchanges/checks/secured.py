"""What a filing for a permit for secured digital assets had to meet (LDA 5-7 in the wording up to 2026-04-30)."""

from datetime import date

from law.problems import Problem, _
from law.provisions import provision
from licensing.models import Application
from licensing.stated import not_stated

REQUIRED = ("platform_name", "website", "region", "operates_platform", "warns_of_risks", "assets")


def particulars_given(application: Application, on: date) -> list[Problem]:
    """Every fact that the filing must state is stated."""
    return not_stated(application.particulars, REQUIRED)


def holder(application: Application, on: date) -> list[Problem]:
    """A sole trader or legal entity of Kazakhstan (6(1))."""
    organisation = application.organisation
    if organisation.form != "person" and organisation.registered_in == "KZ":
        return []
    rule = provision("secured.permit.open", on)
    message = _("Only a sole trader or legal entity of Kazakhstan has a permit for secured assets.")
    return [Problem("secured-holder", message, field="holder_form", provision=rule)]


def platform(application: Application, on: date) -> list[Problem]:
    """The applicant operates the platform; not stated is told elsewhere."""
    if application.particulars.operates_platform is not False:
        return []
    rule = provision("secured.permit.open", on)
    message = _("The applicant operates the platform on which the assets are issued.")
    return [Problem("secured-platform", message, field="operates_platform", provision=rule)]


def warning(application: Application, on: date) -> list[Problem]:
    """Who holds the permit warns of the risks; not stated is told elsewhere."""
    if application.particulars.warns_of_risks is not False:
        return []
    rule = provision("secured.risk_warning", on)
    message = _("The holder of the permit warns of the risks of secured assets.")
    return [Problem("secured-warning", message, field="warns_of_risks", provision=rule)]


def by_person(application: Application, on: date) -> list[Problem]:
    """What no function can settle."""
    return []
