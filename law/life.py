"""The life of a permit after its issue: suspension, its limits and grounds, who ends it and why.

Public API
----------
- `suspension_grounds(kind, on)`, `ending_grounds(kind, on)`, `closing_grounds(kind, on)`: closed lists of `Ground`;
  on = the day of the decision. A kind whose law knows no suspension raises NotInForce.
- `suspension_limits(kind, on) -> Limits`: months, None where the law sets none.
- `suspension(kind, from_on, months) -> Suspension`: its last day, told in `arithmetic`.
- `suspension_problems(kind, months, on)`: what stands against a length.
- `ending_body(kind, on) -> Provision`: "court" or "authority".
- `cure_problems(rule, days, on)`: what stands against so many days to cure.
- `draft_notice(kind, rule, told_on) -> Due | None`: until when the holder may answer a draft, by a rule of days.
- `paper_return(kind, ground, ended_on) -> Due | None`: until when the paper of an ended licence is returned.

Unknown kinds raise ValueError; what the law does not give raises NotInForce.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from law.calendar import explain_working_days
from law.grounds import AFSA_ENDING, POOL_ENDING, REGIME_ENDING, Ground, listed, numbered
from law.licensing import (
    KINDS,
    MINING_LICENCES,
    Due,
    due,
    months_after,
    rule_line,
    term,
)
from law.problems import Line, Problem, _, as_day
from law.provisions import D44, D259, LDA, PERMITS_LAW, Confidence, NotInForce, Provision, Source, provision
from law.provisions.base import PERMITS_START

__all__ = [
    "OWN_REQUEST",
    "OWN_REQUESTS",
    "UNCURED",
    "Limits",
    "Suspension",
    "closing_grounds",
    "cure_problems",
    "draft_notice",
    "ending_body",
    "ending_grounds",
    "months_after",
    "paper_return",
    "suspension",
    "suspension_grounds",
    "suspension_limits",
    "suspension_problems",
]

_SUSPENSION_9_4 = (
    _("Unreliable data were given at licensing."),
    _("Requirements of the law are breached."),
    _("Breaches found by an unscheduled inspection were not cured in time."),
    _("Changes of data were not reported in time."),
    _("The holder asks for it."),
    _("Another case in the laws of Kazakhstan."),
)
_SUSPENSION_12_6_1 = (
    _("The data on which the licence rests are unreliable."),
    _("Executives or owners do not meet the requirements."),
    _("Operations go beyond legal capacity, charter or licence."),
    _("The qualification is lost."),
    _("Data were not filed three times or more in twelve consecutive months."),
    _("False data were filed three times or more in twelve consecutive months."),
    _("Control is obstructed."),
)
_ENDING_12_6_2 = (
    _("Own decision on reorganisation or liquidation, or a court decision that ends the activity."),
    _("Three or more breaches of the law in twenty-four consecutive months."),
    _("Measures were not carried out three times or more in twelve consecutive months."),
    _("Another business is carried on."),
    _("No activity for twelve months from the grant, or a stop of more than six months in a row."),
)
_ENDING_7_5 = (
    _("Own decision on reorganisation or liquidation."),
    _("A court decision that ends the activity."),
    _("Owners or executives do not meet the requirements."),
    _("Three or more breaches of the law in twelve consecutive calendar months."),
    _("Measures were not carried out three times or more in twelve months."),
    _("No activity for twelve months from registration, or a stop of more than six months."),
    _("The qualification is lost."),
    _("Data were not filed three times or more in twelve months."),
    _("False data were filed three times or more in twelve months."),
    _("Control is obstructed."),
    _("The papers of the registration held unreliable data."),
)
_CLOSING_35 = (
    _("The term for which it was granted is over."),
    _("The act for which it was granted is done in full."),
    _("It was revoked."),
    _("The holder has died, ended business or been liquidated."),
    _("The holder asks for it."),
    _("The kind was removed from the list of licences."),
    _("The holder is no longer subject to licensing."),
    _("Another case in the laws of Kazakhstan."),
)

_MINING: Final = numbered("mining-licence.suspension", LDA, "9(4)(%d)", _SUSPENSION_9_4, D44)
_EXCHANGER: Final = numbered("nbk.exchanger.suspension", LDA, "12-6(1)(%d)", _SUSPENSION_12_6_1, D259)
_PLATFORM_ENDING: Final = numbered("nbk.platform.removal", LDA, "7(5)(%d)", _ENDING_7_5, D259)
_EXCHANGER_ENDING: Final = numbered("nbk.exchanger.deprivation", LDA, "12-6(2)(%d)", _ENDING_12_6_2, D259)
_CLOSING: Final = numbered("permit.ending", PERMITS_LAW, "35(1)(%d)", _CLOSING_35, PERMITS_START)
#: The ground on which the holder himself asks for a suspension, and the one on which a licence is taken to court.
OWN_REQUEST: Final = "mining-licence.suspension.5"
OWN_REQUESTS: Final = frozenset({OWN_REQUEST, "permit.suspension-own-max"})
UNCURED: Final = "permit.uncured"
#: Ends after which a paper licence is not returned (35(2)): its kind is no more, its holder needs none.
KEPT_PAPER: Final = frozenset({"permit.ending.6", "permit.ending.7"})
_UNCURED_45 = (
    Ground(
        UNCURED,
        _("The breaches for which the licence was suspended were not cured by the end of the suspension."),
        Source(PERMITS_LAW, "45(4)"),
        PERMITS_START,
    ),
    Ground("permit.breach", _("Requirements of the law are breached."), Source(LDA, "9(7)"), D44, confidence="assumed"),
)

_SUSPENSION: Mapping[str, tuple[Ground, ...]] = MappingProxyType(
    {**dict.fromkeys(MINING_LICENCES, _MINING), "nbk-exchanger": _EXCHANGER}
)
_ENDING: Mapping[str, tuple[Ground, ...]] = MappingProxyType(
    {
        **dict.fromkeys(MINING_LICENCES, _UNCURED_45),
        "pool-accreditation": POOL_ENDING,
        "secured-asset-permit": _UNCURED_45[:1],
        "nbk-exchanger": _EXCHANGER_ENDING,
        "nbk-dfa-platform": _PLATFORM_ENDING,
        "nbk-trading-platform": _PLATFORM_ENDING,
        "nbk-special-regime": REGIME_ENDING,
        "aifc-exchange": AFSA_ENDING,
        "aifc-provider": AFSA_ENDING,
    }
)


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(f"unknown kind of permit: {kind!r}")
    return kind


def suspension_grounds(kind: str, on: date) -> tuple[Ground, ...]:
    """Why a permit of the kind may be suspended: six items for mining (LDA 9(4), from 2024-02-11), seven for the
    exchanger (12-6(1)). on = the day of the decision. NotInForce where the law knows no suspension (platforms)."""
    return listed(_SUSPENSION, _known(kind), "suspension-grounds", on)


def ending_grounds(kind: str, on: date) -> tuple[Ground, ...]:
    """Why a permit of the kind may be taken away against the holder's will; on = the day of the claim or decision.

    Mining: what was not cured (202-V 45(4)) and, assumed, a breach of the law itself; exchanger 12-6(2), platforms
    7(5), special regime (National Bank law 51-5(6)), pools five items, assumed. NotInForce for other kinds."""
    return listed(_ENDING, _known(kind), "ending-grounds", on)


def closing_grounds(kind: str, on: date) -> tuple[Ground, ...]:
    """How a permit ends otherwise: the eight cases of Law 202-V 35(1); for kinds outside that law by analogy, assumed.

    on = the day of the end. ValueError for an unknown kind."""
    _known(kind)
    return tuple(one for one in _CLOSING if one.applies(as_day(on)))


@dataclass(frozen=True, slots=True)
class Limits:
    """The shortest and longest suspension in months, each with its rule; None where the law sets none."""

    shortest: Provision | None
    longest: Provision | None


def suspension_limits(kind: str, on: date) -> Limits:
    """How long a suspension may last; on = the day of its decision. Mining: 1 to 6 months (LDA 9(4)); an exchanger's
    has no length in the law. NotInForce where the kind knows no suspension on that day."""
    suspension_grounds(kind, on)
    return Limits(_rule(kind, "suspension-min", on), _rule(kind, "suspension-max", on))


def _rule(kind: str, rule: str, on: date) -> Provision | None:
    try:
        return term(kind, rule, on)
    except NotInForce:
        return None


@dataclass(frozen=True, slots=True)
class Suspension:
    """A suspension: first day, last day (both included), how that was counted. `until` None: no length is set."""

    from_on: date
    until: date | None
    arithmetic: tuple[Line, ...]
    provisions: tuple[Provision, ...]
    confidence: Confidence = "assumed"


def suspension(kind: str, from_on: date, months: int | None) -> Suspension:
    """The days of a suspension decided on `from_on`, which picks the version and is its first day.

    A term of months ends with the same day of its last month (CC 173); that this day is included is assumed. It does
    not move to a working day. NotInForce where the kind knows no suspension."""
    limits = suspension_limits(kind, from_on)
    used = tuple(one for one in (limits.shortest, limits.longest) if one is not None)
    lines = [rule_line(one) for one in used]
    if months is None:
        return Suspension(from_on, None, (*lines, Line(_("The law sets no length."))), used)
    until = months_after(from_on, months)
    told = _("%(months)s months from %(start)s: up to and including %(until)s")
    lines.append(Line(told, months=months, start=from_on, until=until))
    return Suspension(from_on, until, tuple(lines), used)


def suspension_problems(kind: str, months: int | None, on: date) -> list[Problem]:
    """What stands against suspending for so many months; on = the day of the decision.

    A kind without suspension, a length outside its limits, a missing length where there are limits."""
    try:
        limits = suspension_limits(kind, on)
    except NotInForce as unknown:
        return [
            Problem(
                code="no-suspension",
                message=_("The law of this permit knows no suspension on %(on)s."),
                params={"on": on},
                provision=unknown.problem.provision,
            )
        ]
    low, high = limits.shortest, limits.longest
    if low is None or high is None:
        return []
    if months is None or not low.number <= months <= high.number:
        message = _("A suspension lasts from %(low)s to %(high)s months.")
        params = {"low": low.number, "high": high.number}
        rule = low if months is not None and months < low.number else high
        return [Problem("suspension-length", message, params, field="months", provision=rule)]
    return []


def ending_body(kind: str, on: date) -> Provision:
    """Who takes the permit away: value "court" (mining, LDA 9(7)) or "authority" (National Bank); on = the day of the
    step. NotInForce where the law names nobody."""
    return term(kind, "revocation", on)


def draft_notice(kind: str, rule: str, told_on: date, days: int | None = None) -> Due | None:
    """Until when the holder may answer the draft of a suspension or ending made known on `told_on`, by a rule of days.

    `rule`: the provision that the kind declares, as `nbk.exchanger.draft_notice` (3 working days, LDA 12-6(3)). `days`:
    those that were given, where the rule says how many at most. None where it is not in force on that day."""
    try:
        found = provision(rule, told_on)
    except NotInForce:
        return None
    count = explain_working_days(told_on, found.number if days is None else days)
    return Due(_known(kind), "draft-notice", told_on, count.result, (rule_line(found), *count.arithmetic), found)


def cure_problems(rule: str, days: int | None, on: date) -> list[Problem]:
    """What stands against giving so many working days to cure, where a rule says how many at most."""
    most = provision(rule, on)
    if days is not None and 1 <= days <= most.number:
        return []
    message = _("There are 1 to %(most)s working days to cure.")
    return [Problem("cure-too-long", message, {"most": most.number}, "cure_days", most)]


def paper_return(kind: str, ground: str, ended_on: date) -> Due | None:
    """Until when a paper licence is returned after its end: 10 working days (202-V 35(2)); None in the cases 6 and 7.

    `ground`: the code of why it ended; the day of the end picks the version. None also where the law asks for none."""
    if ground in KEPT_PAPER:
        return None
    try:
        return due(kind, "return-paper", ended_on)
    except NotInForce:
        return None
