"""What stands against a checklist beside its answers."""

from collections.abc import Iterable
from typing import Any

from law.checklists import NOT_MET
from law.problems import Problem, _


def unseen(items: Iterable[Any]) -> list[Problem]:
    """Items that are not met and say nothing of what was seen."""
    message = _("Say what was seen where an item is not met: %(item)s")
    return [
        Problem(code="evidence-missing", message=message, params={"item": item.text}, field=item.code)
        for item in items
        if item.answer == NOT_MET and not item.evidence.strip()
    ]
