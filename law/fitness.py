"""What each person behind a firm must meet, by kind of permit: an official looks and says what he found.

Public API
----------
- `requirements(kind, side, role, beneficial, on) -> tuple[Requirement, ...]`: on = the day of the look. Each by the
  rule in force on that day; where the law of the day has none, there is no such requirement.

How long a result may be relied on is in no act that was read: the official says until when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from law.operators import EXCHANGER, HEAD, PLATFORMS
from law.people import EXECUTIVE, OWNER
from law.problems import _
from law.provisions import NotInForce, Provision, provision

__all__ = ["LABELS", "Requirement", "requirements"]

LABELS: Final = {
    "reputation": _("Impeccable reputation"),
    "conviction": _("No unspent conviction"),
    "education": _("Resident with higher education"),
    "bar": _("Not barred after a failed or removed organisation"),
    "fit": _("Fit and proper for the office"),
}


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement with its rule as in force. `label` is an English msgid."""

    code: str
    label: str
    provision: Provision


def requirements(kind: str, side: str, role: str, beneficial: bool, on: date) -> tuple[Requirement, ...]:
    """What somebody must meet in his place behind a firm."""
    rules: dict[str, str] = {}
    if kind in (*PLATFORMS, EXCHANGER):
        family = "exchanger" if kind == EXCHANGER else "platform"
        rules["reputation"] = "nbk.impeccable_reputation"
        if side == OWNER and beneficial:
            rules["conviction"] = f"nbk.{family}.conviction"
        if side == EXECUTIVE and kind == EXCHANGER:
            rules["education"] = "nbk.exchanger.executive_resident_with_degree"
            if role == HEAD:
                rules["bar"] = "nbk.exchanger.head_bar"
        elif side == EXECUTIVE:
            rules["bar"] = "nbk.executive_bar"
    elif side == EXECUTIVE:
        rules["fit"] = "aifc.individuals"
    found = []
    for code, rule in rules.items():
        try:
            found.append(Requirement(code, LABELS[code], provision(rule, on)))
        except NotInForce:
            continue
    return tuple(found)
