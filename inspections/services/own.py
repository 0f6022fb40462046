"""What a subject may know of its inspection: items, last days, the way to appeal. Pages and API read it alike."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from inspections.models import Inspection
from law import appeals
from law.checklists import ANSWERS, NOT_MET
from law.inspections.codes import SEVERITIES, Severity
from law.inspections.requirements import may_ask
from law.licensing import Due
from law.problems import _


def checked_items(row: Inspection) -> list[dict[str, Any]]:
    """The checklist to be used; from the start on the items asked, with their answers once the result was handed over.

    Before the start: what of the checklist is in force on the day of the start.
    """
    asked: list[Any] = list(row.items.all())
    if not asked and row.checklist is not None:
        day = row.start_on or row.checklist.in_force
        rows = row.checklist.requirements.select_related("act")
        asked = [one for one in rows if day is not None and may_ask(one.as_law(), day)]
    told = row.result_handed_at is not None
    return [item_facts(one, row, told=told) for one in asked]


def item_facts(one: Any, row: Inspection, *, told: bool) -> dict[str, Any]:
    answer = getattr(one, "answer", "") if told else ""
    cure_by = (one.cure_by or row.cure_by) if answer == NOT_MET else None
    return {
        "code": one.code,
        "text": one.text,
        "severity": one.severity,
        "severity_label": gettext(SEVERITIES[Severity(one.severity)]),
        "article": one.article,
        "answer": answer,
        "answer_label": gettext(ANSWERS[answer]) if answer else "",
        "evidence": one.evidence if answer else "",
        "cure_by": cure_by,
    }


def known_days(ask: Due | None) -> list[tuple[str, Due]]:
    """The last day to ask for a longer term, where an order is running."""
    return [(_("Last day to ask to prolong the term to cure"), ask)] if ask else []


def appeal_terms(row: Inspection) -> list[tuple[str, Due]]:
    """By which day the acts of the inspection may be appealed against, by the general rules (APPC)."""
    found = []
    if row.started_at is not None:
        learned = timezone.localdate(row.started_at)
        found.append((_("Last day to appeal against the act of appointment"), appeals.file_by("", learned)))
    if row.result_handed_on is not None:
        found.append((_("Last day to appeal against result act and order"), appeals.file_by("", row.result_handed_on)))
    return found
