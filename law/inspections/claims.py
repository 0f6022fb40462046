"""What a subject claims against an inspection, and what the stored facts say to it.

Public API
----------
- `breaches_known(plan, on, step) -> Mapping[code, tuple of Problem]`: for each gross breach of Art. 156(2).
- `refusal_known(code, plan, on) -> tuple of Problem`: for one ground of Art. 155(1) to refuse access.
- `breach(code)`, `refusal(code) -> Ground`.

Empty where the facts show nothing: that says only that nothing stored bears the claim out, not that it is untrue.
ValueError for an unknown code.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from law.grounds import Ground
from law.inspections.blockers import blockers, blockers_at
from law.inspections.grounds import GROSS_BREACHES, REFUSALS_OF_ACCESS
from law.inspections.plans import Plan
from law.problems import Problem, _
from law.provisions import provision

__all__ = ["breach", "breaches_known", "refusal", "refusal_known"]

#: Item n of Art. 156(2) is blocker n for the first ten; what Art. 151 forbids is asked in several.
_OF_BREACH: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {one.code: (f"B{number}",) for number, one in enumerate(GROSS_BREACHES, 1)}
    | {"EK-156-2.4": ("B4", "B25"), "EK-156-2.5": ("B5", "B11", "B12")}
)
_OF_REFUSAL: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "EK-155-1.frequency": ("B5", "B12"),
        "EK-155-1.unregistered": ("B2", "B8"),
        "EK-155-1.expired": (),
        "EK-155-1.several_subjects": ("B15",),
        "EK-155-1.not_named": ("B16",),
        "EK-155-1.extension": ("B17",),
        "EK-155-1.period": ("B18",),
        "EK-155-1.same_period": ("B4",),
    }
)


def _known(listed: tuple[Ground, ...], code: str) -> Ground:
    found = next((one for one in listed if one.code == code), None)
    if found is None:
        raise ValueError(f"unknown ground: {code!r}")
    return found


def breach(code: str) -> Ground:
    """One item of Art. 156(2)."""
    return _known(GROSS_BREACHES, code)


def refusal(code: str) -> Ground:
    """One ground of Art. 155(1)."""
    return _known(REFUSALS_OF_ACCESS, code)


def breaches_known(plan: Plan, on: date, step: str) -> Mapping[str, tuple[Problem, ...]]:
    """For each gross breach what speaks for it, by the facts and the blockers that count at a step of `STEPS`.

    on = the day of the application."""
    found = blockers_at(step, plan, on)
    return {code: tuple(one for one in found if one.code in asked) for code, asked in _OF_BREACH.items()}


def refusal_known(code: str, plan: Plan, on: date) -> tuple[Problem, ...]:
    """What speaks for this refusal of access. on = the day of the refusal: an act whose last day is over is expired."""
    asked = _OF_REFUSAL[refusal(code).code]
    found = [one for one in blockers(plan, on) if one.code in asked]
    last = plan.extended_to or plan.end_on
    if code == "EK-155-1.expired" and last is not None and last < on:
        message = _("The last day of the act was %(day)s.")
        found.append(Problem("expired", message, {"day": last}, "end_on", provision("EK-REFUSE-ACCESS", on)))
    return tuple(found)
