"""The fees of one case: what is owed and why, what came in, what is missing or too much."""

from datetime import date
from typing import TYPE_CHECKING, Any

from law.provisions import NotInForce
from licensing.models.payments import settlement

if TYPE_CHECKING:
    from licensing.models import Application
    from licensing.views.casefile import CaseFile


def fee_facts(application: "Application", on: date) -> dict[str, Any]:
    """The settlement, or why none can be told: an unknown rate, or an act without a fee."""
    try:
        return {"settlement": settlement(application, on), "unknown": []}
    except NotInForce as unknown:
        return {"settlement": None, "unknown": [unknown.problem]}


def fees_tab(case: "CaseFile") -> dict[str, Any]:
    application = case.application
    rows = list(application.payments.select_related("confirmed_by", "created_by", "voided_by", "bank_file"))
    known = {row.reference for row in rows if row.voided_at is None}
    declared = bool(application.fee_reference and application.fee_paid_on and application.fee_amount)
    may = bool(case.offers.others or case.offers.primary)
    facts = fee_facts(application, application.day(case.today))
    return {
        **facts,
        "payments": rows,
        "declared": declared and application.fee_reference not in known,
        "may_pay": may,
        "may_refuse": may and application.state == "in_review" and bool(application.form.fee_ground),
    }
