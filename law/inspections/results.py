"""After an inspection: result act, order to cure, its term, what follows, invalidity, appeals and fines.

Public API
----------
- `cure_from(handed_on) -> date`: the earliest last day of a term to cure; `cure_due(handed_on, cure_by)`,
  `answer_due(asked_on, answer_by)`: days that an order or a request named, as a `law.licensing.Due`.
- `prolong_by(received_on)`, `prolong_decision_by(requested_on)`, `reminder_by(cure_by)`, `annulment_by(filed_on)`: each
  a `law.licensing.Due` with its arithmetic; `annulment_silence(on) -> Provision`.
- `may_follow_up(failures, on) -> bool`: whether a check of an order to cure is founded.
- `may_open_case(kind, on) -> bool`; `suspends_licence(kind, kind_of_permit, on) -> Ground | None`.
- `fine(offence, who, on, again=False) -> Fine`; `OFFENCES`.

Appeals against acts of an inspection by the general rules: `law.appeals`, with "" as the kind. Objections have no term:
`EK-OBJECTION`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from law.grounds import Ground
from law.inspections.codes import Kind, known
from law.licensing import MINING_LICENCES, Due, due_by, rule_line
from law.life import suspension_grounds
from law.problems import Line, _, as_day
from law.provisions import NotInForce, Provision, provision

__all__ = [
    "OFFENCES",
    "Fine",
    "annulment_by",
    "annulment_silence",
    "answer_due",
    "cure_due",
    "cure_from",
    "fine",
    "may_follow_up",
    "may_open_case",
    "prolong_by",
    "prolong_decision_by",
    "reminder_by",
    "suspends_licence",
]


def cure_from(handed_on: date) -> date:
    """The earliest day that may be set as the last to cure: ten calendar days after the handing over, which picks the
    version (152(7)); a day off does not move it."""
    return handed_on + timedelta(days=provision("EK-CURE-MIN", handed_on).number)


def cure_due(handed_on: date, cure_by: date) -> Due:
    """The last day to cure as an order names it, with the earliest that it may name; the handing over picks the
    version. That the day named is not too early is B20, not asked here."""
    rule = provision("EK-CURE-MIN", handed_on)
    told = _("Handed over on %(base)s, so not before %(earliest)s; the order says %(day)s")
    lines = (rule_line(rule), Line(told, base=handed_on, earliest=cure_from(handed_on), day=cure_by))
    return Due("", rule.code, handed_on, cure_by, lines, rule)


def answer_due(asked_on: date, answer_by: date) -> Due:
    """The day by which a request names an answer about the cure; the Code gives none. asked_on picks the version."""
    rule = provision("EK-CURE-ASK", asked_on)
    told = _("The Code gives no day to answer; the request of %(base)s says %(day)s")
    return Due("", rule.code, asked_on, answer_by, (rule_line(rule), Line(told, base=asked_on, day=answer_by)), rule)


def prolong_by(received_on: date) -> Due:
    """The last day on which the subject may ask to prolong its term: three working days after it received act and
    order; not for breaches behind prompt-response measures."""
    return due_by("EK-CURE-REQ", received_on)


def prolong_decision_by(requested_on: date) -> Due:
    """The last day to decide on that request, with reasons where it is refused: three working days."""
    return due_by("EK-CURE-DEC", requested_on)


def reminder_by(cure_by: date) -> Due:
    """The last day to ask a subject that has not reported the cure by `cure_by`: two working days (152(14))."""
    return due_by("EK-CURE-ASK", cure_by)


def annulment_by(filed_on: date) -> Due:
    """The last day for the higher body to decide on an application to annul for a gross breach: ten working days."""
    return due_by("EK-INVAL-APP", filed_on)


def annulment_silence(on: date) -> Provision:
    """What no decision on such an application means: it is decided in favour of the subject (156(1))."""
    return provision("EK-INVAL-SILENCE", on)


def may_follow_up(failures: int, on: date) -> bool:
    """Whether so many failures to report or to cure found an unscheduled check (144(5)(2)): more than one, which we
    read as the term missed and the request unanswered (assumed). on = the day of its start."""
    return failures >= provision("EK-GROUND-2", on).number


def may_open_case(kind: str, on: date) -> bool:
    """Whether breaches may lead to an administrative case: after inspections, not after preventive control, desk or
    visit. on = the day of the start. ValueError for an unknown kind, NotInForce for kinds that other laws govern."""
    chosen = known(Kind, kind)
    if chosen in {Kind.COMPLIANCE, Kind.UNSCHEDULED}:
        return bool(provision("EK-CASE", on).value)
    if chosen in {Kind.VISIT_CONTROL, Kind.DESK_CONTROL}:
        return bool(provision("EK-NO-CASE", on).value)
    raise NotInForce(f"case.{chosen}", on)


def suspends_licence(kind: str, kind_of_permit: str, on: date) -> Ground | None:
    """The ground to suspend a mining licence for breaches of an unscheduled inspection that were not cured in time
    (LDA 9(4)(3)); None for other kinds of control and of permits. on = the day of the decision."""
    if known(Kind, kind) is not Kind.UNSCHEDULED or kind_of_permit not in MINING_LICENCES:
        return None
    try:
        grounds = suspension_grounds(kind_of_permit, on)
    except NotInForce:
        return None
    return next((one for one in grounds if one.code == "mining-licence.suspension.3"), None)


@dataclass(frozen=True, slots=True)
class Fine:
    """A fine: `amount` in tenge with its arithmetic, on the rate and the index of the day."""

    amount: Decimal
    arithmetic: tuple[Line, ...]
    provisions: tuple[Provision, ...]


#: Offences with the codes of those who commit them.
OFFENCES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "rules": ("official",),
        "access": ("person", "small", "medium", "large"),
        "order": ("person", "official", "small", "medium", "large"),
        "report": ("any",),
    }
)


def _fine_code(offence: str, who: str, again: bool) -> str:
    if who not in OFFENCES.get(offence, ()):
        raise ValueError(f"unknown offence: {offence!r} of {who!r}")
    if offence == "rules":
        return "FINE-OFF-AGAIN" if again else "FINE-OFF"
    if offence == "access":
        return f"FINE-ACCESS-AGAIN.{who}" if again else f"FINE-ACCESS.{who}"
    return f"FINE-ORDER.{who}" if offence == "order" else "FINE-REPORT"


def fine(offence: str, who: str, on: date, *, again: bool = False) -> Fine:
    """The fine in tenge; on = the day of the offence, whose index is that of its year (assumed: the Code names no day).

    offence: rules (an official breaks the rules of inspection, CAO 175), access (obstruction), order (an order to cure
    not fulfilled), report (no information on measures; CAO 462). who: as `OFFENCES` has it; officials and non-profit
    bodies count as small at obstruction. again: within a year; order and report have no such rate. ValueError,
    NotInForce for a year whose index is not entered."""
    rate, index = provision(_fine_code(offence, who, again), as_day(on)), provision("mci", on)
    amount = rate.amount * index.amount
    told = _("%(rate)s × %(index)s tenge = %(amount)s tenge")
    lines = (rule_line(rate), Line(told, rate=str(rate.value), index=str(index.value), amount=str(amount)))
    return Fine(amount, lines, (rate, index))
