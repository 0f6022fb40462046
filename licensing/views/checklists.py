"""How answered checklists are shown: each item with its rule, doubt, answer, what was seen and its files."""

from typing import Any

from django.utils.translation import gettext as _

from core.models import User
from law.checklists import ANSWERS, MET, NOT_APPLICABLE, NOT_MET
from licensing.models.checklists import ChecklistItem
from licensing.services.checklists import EVIDENCE

ANSWER_TONES = {MET: "good", NOT_MET: "bad", NOT_APPLICABLE: "neutral"}


def item_row(item: ChecklistItem) -> dict[str, Any]:
    """An item as the file shows it: what its rule asks, in words, where the rule has any."""
    return {
        "item": item,
        "text": _(item.text),
        "value": _(item.ground["value"]) if isinstance(item.ground.get("value"), str) else "",
        "doubt": _(item.doubt) if item.doubt else "",
        "answer": _(ANSWERS[item.answer]) if item.answer else "",
        "tone": ANSWER_TONES.get(item.answer, "waiting"),
    }


def items_with_papers(assessment: Any, user: User) -> tuple[list[dict[str, Any]], list[Any]]:
    """The items with the files of each, and the files of the whole."""
    papers: dict[str, list[Any]] = {}
    for one in assessment.documents().visible_to(user).order_by("id"):
        papers.setdefault(one.kind.removeprefix(EVIDENCE).removeprefix(":"), []).append(one)
    rows = [item_row(item) | {"papers": papers.get(item.code, [])} for item in assessment.items.all()]
    return rows, papers.get("", [])
