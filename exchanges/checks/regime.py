"""What a filing for a contract of the National Bank's special regime must meet."""

from datetime import date

from law.mining import LEGAL_ENTITY
from law.problems import Problem, _
from law.provisions import provision
from licensing.models import Application
from licensing.stated import not_stated

REQUIRED = ("status", "region", "activity", "aims", "tells_consumers", "months")


def particulars_given(application: Application, on: date) -> list[Problem]:
    """Every fact that the filing must state is stated."""
    return not_stated(application.particulars, REQUIRED)


def participant(application: Application, on: date) -> list[Problem]:
    """A legal entity that is no financial organisation (National Bank law 51-4, 51-5)."""
    rule = provision("nbk.special_regime.participants", on)
    if application.organisation.form != LEGAL_ENTITY:
        message = _("Only a legal entity takes part in the special regime.")
        return [Problem("regime-entity", message, field="holder_form", provision=rule)]
    if application.particulars.status == "financial_organisation":
        message = _("A financial organisation takes no part in the special regime.")
        return [Problem("regime-financial", message, field="status", provision=rule)]
    return []


def term(application: Application, on: date) -> list[Problem]:
    """No longer than the special regime itself may last."""
    rule, months = provision("nbk.special_regime.max_term", on), application.particulars.months
    if months is None or months <= rule.number * 12:
        return []
    message = _("The contract is asked for %(months)s months: the special regime lasts %(most)s at most.")
    return [Problem("regime-term", message, {"months": months, "most": rule.number * 12}, "months", rule)]


def consumers(application: Application, on: date) -> list[Problem]:
    """Consumers are told that the firm works under the special regime; not stated is told elsewhere."""
    if application.particulars.tells_consumers is not False:
        return []
    rule = provision("nbk.special_regime.tell_consumers", on)
    message = _("The participant must tell its consumers of the special regime.")
    return [Problem("regime-consumers", message, field="tells_consumers", provision=rule)]


def by_person(application: Application, on: date) -> list[Problem]:
    """What no function can settle: the aims and the selection criteria, which were not read."""
    return []
