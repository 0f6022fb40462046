"""Appeals against acts on permits: by which day, to be forwarded and decided when, and what silence and filing do.

Public API
----------
- `file_by(kind, learned_on, route_stated=True)`, `forward_by(kind, filed_on)`, `decide_by(kind, filed_on)`,
  `court_by(kind, answered_on) -> Due`: the last day with its arithmetic.
- `suspends(kind, on) -> Provision | None`, `filed_only_by(kind, on) -> Provision | None`, `silence(on)`, `hands(on)`.

The day from which a term is counted picks the version of its rule and is itself not counted (CC 173); a last day that
is off moves to the next working day (APPC 76(5)). `kind` is "" for acts that hang on no permit, as those of an
inspection. NotInForce before the Code; ValueError for an unknown kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from law.calendar import explain_working_days, next_working_day
from law.licensing import GOVERNED_BY_PERMITS_LAW, KINDS, Due, months_after, rule_line
from law.problems import Line, _, as_day
from law.provisions import MONTHS, NotInForce, Provision, provision

_SUSPENDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "nbk-dfa-platform": "nbk.platform.appeal_suspends",
        "nbk-trading-platform": "nbk.platform.appeal_suspends",
        "nbk-exchanger": "nbk.exchanger.appeal_suspends",
    }
)
_FILED_BY: Final[Mapping[str, str]] = MappingProxyType({"nbk-exchanger": "nbk.exchanger.appeal_by"})


def _due(kind: str, code: str, base_on: date, *notes: Line) -> Due:
    if kind and kind not in KINDS:
        raise ValueError(f"unknown kind of permit: {kind!r}")
    found = provision(code, as_day(base_on))
    lines = [rule_line(found)]
    if found.unit == MONTHS:
        last = months_after(base_on, found.number)
        due_on = next_working_day(last)
        lines.append(
            Line(_("%(number)s months after %(base)s: %(last)s"), number=found.number, base=base_on, last=last)
        )
        if due_on != last:
            lines.append(Line(_("A day off; the term ends on the next working day: %(due)s"), due=due_on))
    else:
        count = explain_working_days(base_on, found.number)
        due_on = count.result
        lines += count.arithmetic
    if not found.is_confirmed:
        lines.append(Line(_("The rule or its first day is unconfirmed.")))
    return Due(kind, code, base_on, due_on, (*lines, *notes), found)


def file_by(kind: str, learned_on: date, *, route_stated: bool = True) -> Due:
    """The last day to appeal: 3 months after learning of the act, 6 where the act did not state the route."""
    return _due(kind, "AP-COMPL" if route_stated else "AP-COMPL-6", learned_on)


def forward_by(kind: str, filed_on: date) -> Due:
    """The last day for the authority to send the case on, or to satisfy the appeal itself: 3 working days."""
    return _due(kind, "AP-FWD", filed_on)


def decide_by(kind: str, filed_on: date) -> Due:
    """The last day to decide: 20 working days. Counting from the filing is assumed; no longer term is safe to take."""
    return _due(kind, "AP-DECIDE", filed_on, Line(_("Counting from the day of filing is assumed.")))


def court_by(kind: str, answered_on: date) -> Due:
    """The last day to go to court: a month after the decision, or after the day on which silence became a refusal."""
    return _due(kind, "AP-COURT", answered_on)


def _known(code: str | None, on: date) -> Provision | None:
    try:
        return provision(code, on) if code else None
    except NotInForce:
        return None


def suspends(kind: str, on: date) -> Provision | None:
    """Whether an appeal suspends the act, by the regime of the kind on the day; None where no rule is known."""
    general = "permit.appeal-suspends" if kind in GOVERNED_BY_PERMITS_LAW else None
    return _known(_SUSPENDS.get(kind, general), as_day(on))


def filed_only_by(kind: str, on: date) -> Provision | None:
    """Who alone may appeal for the firm, where the regime says so."""
    return _known(_FILED_BY.get(kind), as_day(on))


def silence(on: date) -> Provision:
    """What no decision in time means: a refusal (APPC 100(5))."""
    return provision("AP-SILENCE", on)


def hands(on: date) -> Provision:
    """That nobody with a hand in the act decides on the appeal (assumed)."""
    return provision("AP-HANDS", on)
