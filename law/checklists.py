"""What checklists of the law share: items by provision, versions by day, closed answers, what is wrong with answers.

Public API
----------
- `Item(code, text, provision, doubt)`, `Checklist(code, since, until, items)`.
- `MET, NOT_MET, NOT_APPLICABLE`; `ANSWERS`: their words.
- `faults(asked, answers) -> list[Problem]`: items without an answer, answers that are none, answers to no item.
- `days_of(codes) -> tuple[date, ...]`: the days on which a list of these provisions changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, Generic, TypeVar

from law.problems import Problem, _, problem
from law.provisions import NotInForce, Provision, history, provision

MET: Final = "met"
NOT_MET: Final = "not_met"
NOT_APPLICABLE: Final = "not_applicable"
ANSWERS: Mapping[str, str] = MappingProxyType(
    {MET: _("met"), NOT_MET: _("not met"), NOT_APPLICABLE: _("not applicable")}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to look at. `doubt` is a msgid, said on the screen beside it; empty where nothing is doubted."""

    code: str  # without a point
    text: str
    provision: Provision
    doubt: str = ""


I = TypeVar("I", bound=Item)  # noqa: E741  (the items of a list)


@dataclass(frozen=True, slots=True)
class Checklist(Generic[I]):
    """The items of one version. `code` is its first day; `until` the first day on which another stands, or None."""

    code: str
    since: date
    until: date | None
    items: tuple[I, ...]

    def item(self, code: str) -> I | None:
        return next((one for one in self.items if one.code == code), None)


def faults(asked: Checklist[I], answers: Mapping[str, str]) -> list[Problem]:
    """Items without an answer, answers that are none of `ANSWERS`, and answers to no item of the list."""
    found = []
    for item in asked.items:
        given = answers.get(item.code, "")
        if not given:
            message = _("Not answered: %(item)s")
            found.append(problem("item-unanswered", message, field=item.code, provision=item.provision, item=item.text))
        elif given not in ANSWERS:
            message = _("No such answer: %(given)s.")
            found.append(problem("item-answer", message, field=item.code, given=given))
    for code in answers:
        if asked.item(code) is None:
            message = _("The checklist of %(since)s does not ask for “%(code)s”.")
            found.append(problem("item-unknown", message, field=code, since=asked.since, code=code))
    return found


def days_of(codes: Iterable[str]) -> tuple[date, ...]:
    """The days on which one of the provisions begins or ends, in order."""
    rows = [row for code in codes for row in history(code)]
    return tuple(sorted({row.in_force for row in rows} | {row.repealed for row in rows if row.repealed}))


def in_force(code: str, on: date) -> Provision | None:
    """The provision of the day; None where there is none."""
    try:
        return provision(code, on)
    except NotInForce:
        return None
