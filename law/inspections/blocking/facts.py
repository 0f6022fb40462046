"""A plan with the day that picks the law, as the checks read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from law import licensing
from law.inspections.codes import VISITS, Kind, Regime, Size, known
from law.inspections.plans import Plan
from law.inspections.regimes import forms, regime
from law.inspections.sizes import effective_size
from law.problems import Problem, as_day
from law.provisions import Provision

__all__ = ["Facts", "block", "facts_of"]


@dataclass(frozen=True, slots=True)
class Facts:
    """The plan; `day`: the start, or `on` where it is not known, picks the version; `on`: the day of the judgement."""

    plan: Plan
    on: date
    day: date
    kind: Kind | None
    size: Size | None
    regime: Regime

    @property
    def visits(self) -> bool:
        """Whether there is a visit, with act, notice and registration; taken for granted while the kind is open."""
        return self.kind is None or self.kind in VISITS

    @property
    def is_governed(self) -> bool:
        """Whether Chapter 13 governs as a whole: not before a permit is issued, and not under another regime."""
        return self.regime is Regime.CHAPTER_13 and not self.plan.before_permit and bool(forms(self.day))

    @property
    def is_lawless(self) -> bool:
        """Whether no law provides for any control of the subject on the day."""
        return self.regime is Regime.NONE or (self.regime is Regime.CHAPTER_13 and not forms(self.day))


def facts_of(plan: Plan, on: date) -> Facts:
    """The plan as the checks read it. TypeError for a datetime in place of a day, ValueError for an unknown code."""
    day = as_day(plan.start_on) if plan.start_on else as_day(on)
    size = None
    if plan.size is not None:
        size = effective_size(plan.size, plan.kind_of_permit == licensing.MINING_LICENCE_1, day)
    kind = None if plan.kind is None else known(Kind, plan.kind)
    governs = Regime.CHAPTER_13 if plan.kind_of_permit is None else regime(plan.kind_of_permit, day)
    return Facts(plan, on, day, kind, size, governs)


def block(
    code: str, message: str, rule: Provision | None, /, *, field: str | None = None, **params: object
) -> list[Problem]:
    """One Problem, as the checks return it."""
    return [Problem(code, message, params, field, rule)]
