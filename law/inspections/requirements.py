"""Checklists of Chapter 13: what an item must be, which items may be asked on a day, what their breach weighs.

Public API
----------
- `Requirement(code, severity, in_force, repealed)`; `may_ask(requirement, on) -> bool`.
- `ITEM_TESTS`: what every requirement must be; `item_problems(tests_met, on)`.
- `asked_problems(asked, checklist, on)`: items asked that the checklist does not have or that are not in force.
- `tally(results) -> Tally`: unmet and checked items by severity, as `violation_score` takes them.

The items themselves are set by a joint act that was not read; the authority enters them with its number and date. The
day of the inspection's start picks the items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from law.inspections.codes import Severity, known
from law.inspections.risk import violation_score
from law.problems import Problem, _, as_day, problem
from law.provisions import provision

__all__ = ["ITEM_TESTS", "Requirement", "Tally", "asked_problems", "item_problems", "may_ask", "tally"]

#: A requirement must meet all of these (143).
ITEM_TESTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "protects": _("It directly affects what the law protects."),
        "checkable": _("It can be checked by looking, by a test, by inspection or by papers."),
        "definite": _("It is not general and no mere reference to another act."),
        "sole": _("No other authority checks the same."),
    }
)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One item of a checklist between two days: `in_force` its first day, `repealed` the first day no longer."""

    code: str
    severity: Severity
    in_force: date
    repealed: date | None = None


def may_ask(requirement: Requirement, on: date) -> bool:
    """Whether the item may be asked at an inspection that starts on that day."""
    return requirement.in_force <= as_day(on) and (requirement.repealed is None or on < requirement.repealed)


def item_problems(tests_met: Collection[str], on: date) -> list[Problem]:
    """The tests of `ITEM_TESTS` that a new item does not meet; on = the day of its entry."""
    rule = provision("EK-CHECKLIST", on)
    message = _("The requirement does not meet a test of the Code: %(test)s")
    missing = (code for code in ITEM_TESTS if code not in tests_met)
    return [problem(f"item-{code}", message, field=code, provision=rule, test=ITEM_TESTS[code]) for code in missing]


def asked_problems(asked: Iterable[str], checklist: Iterable[Requirement], on: date) -> list[Problem]:
    """Items that are asked though the checklist has none of that code in force on the day of the start."""
    rule = provision("EK-CHECKLIST", on)
    allowed = {one.code for one in checklist if may_ask(one, on)}
    message = _("The checklist in force on %(on)s does not ask “%(item)s”, so it may not be checked.")
    outside = sorted(set(asked) - allowed)
    return [problem("item-outside", message, field=code, provision=rule, on=on, item=code) for code in outside]


@dataclass(frozen=True, slots=True)
class Tally:
    """Unmet and checked items by severity."""

    unmet: Mapping[Severity, int]
    checked: Mapping[Severity, int]

    def score(self, on: date) -> Decimal:
        """The points for breaches; on = the day of the risk run."""
        gross, significant, insignificant = Severity.GROSS, Severity.SIGNIFICANT, Severity.INSIGNIFICANT
        return violation_score(
            self.unmet[gross],
            self.unmet[significant],
            self.checked[significant],
            self.unmet[insignificant],
            self.checked[insignificant],
            on,
        )


def tally(results: Iterable[tuple[str, bool]]) -> Tally:
    """Counts of (severity, met) by severity; items that were not applicable are left out by the caller. ValueError."""
    unmet: Counter[Severity] = Counter()
    checked: Counter[Severity] = Counter()
    for severity, met in results:
        chosen = known(Severity, severity)
        checked[chosen] += 1
        unmet[chosen] += not met
    return Tally(unmet, checked)
