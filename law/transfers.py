"""Transfers of digital assets without the data of sender and receiver: stopped for a time, then refused.

Public API
----------
- `transfer_answer(data_complete, stopped_at, given_at, now) -> Answer`: what is to be done with a transfer now.
- `hold_problems(stopped_at, given_at, ended_at, outcome)`: what was wrong with a hold that is over, with its article.

The day in Almaty of the stop (of the end, where nothing was stopped) picks the version. NotInForce before the rule.
Moments are aware datetimes; hours run through days off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from law.problems import Line, Problem, _
from law.provisions import Provision, provision

__all__ = ["GOES_ON", "REFUSE", "Answer", "hold_problems", "transfer_answer"]

GOES_ON: Final = "pass"
REFUSE: Final = "refuse"
_HOLD: Final = "transfer.hold_min"


@dataclass(frozen=True, slots=True)
class Answer:
    """`act`: pass | stop | hold | refuse; `until`: before which moment a held transfer is not refused."""

    act: Literal["pass", "stop", "hold", "refuse"]
    until: datetime | None
    arithmetic: tuple[Line, ...]
    provision: Provision


def transfer_answer(
    *, data_complete: bool, stopped_at: datetime | None, given_at: datetime | None, now: datetime, on: date
) -> Answer:
    """What is to be done with a transfer at a moment.

    Args:
        data_complete: sender and receiver were told with it.
        stopped_at: when it was stopped; None where it was not.
        given_at: when the data came, if they have.
        on: the day that picks the version.
    """
    found = provision(_HOLD, on)
    if data_complete or (given_at is not None and given_at <= now):
        return Answer("pass", None, (Line(_("The data of sender and receiver are there.")),), found)
    if stopped_at is None:
        return Answer("stop", None, (Line(_("The data are missing: the operation is stopped.")),), found)
    until = stopped_at + timedelta(hours=found.number)
    told = (
        Line(
            _("Stopped at %(stopped)s, for not less than %(hours)s hours: until %(until)s"),
            stopped=_moment(stopped_at),
            hours=found.number,
            until=_moment(until),
        ),
    )
    return Answer("hold" if now < until else "refuse", until, told, found)


def hold_problems(
    *, stopped_at: datetime | None, given_at: datetime | None, ended_at: datetime, outcome: str, on: date
) -> list[Problem]:
    """What was wrong with a transfer that came without data and is over: "pass" or "refuse" at `ended_at`.

    Never stopped; let pass without the data; refused before the hours were over."""
    rule, problems = provision(_HOLD, on), []
    if stopped_at is None:
        message = _("The operation was not stopped although the data were missing.")
        problems.append(Problem("transfer-not-stopped", message, field="stopped_at", provision=rule))
    given = given_at is not None and given_at <= ended_at
    if outcome == GOES_ON and not given:
        data = provision("transfer.sender_receiver_data", on)
        message = _("The transfer passed without the data of sender and receiver.")
        problems.append(Problem("transfer-without-data", message, field="given_at", provision=data))
    if outcome == REFUSE and stopped_at is not None and not given:
        held = ended_at - stopped_at
        if held < timedelta(hours=rule.number):
            message = _("The operation was held %(held)s hours, not less than %(hours)s are asked for.")
            params = {"held": f"{held.total_seconds() / 3600:.2f}", "hours": rule.number}
            problems.append(Problem("transfer-held-short", message, params, "ended_at", rule))
    return problems


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")
