"""Official clarifications: by when a question of law is answered, and on which days an answer stands."""

from datetime import date

from law.calendar import explain_working_days
from law.licensing import Due, rule_line
from law.problems import Line, _, as_day
from law.provisions import provision

ANSWER = "clarification.answer"

__all__ = ["ANSWER", "answer_due", "stands"]


def answer_due(asked_on: date) -> Due:
    """The last day to answer. `asked_on` picks the version of the rule and is not counted itself.

    Raises NotInForce for a day before the rule."""
    found = provision(ANSWER, as_day(asked_on))
    told = explain_working_days(asked_on, found.number)
    lines = [rule_line(found), *told.arithmetic]
    if not found.is_confirmed:
        lines.append(Line(_("The rule or its first day is unconfirmed.")))
    return Due("", ANSWER, asked_on, told.result, tuple(lines), found)


def stands(signed_on: date, ended_on: date | None, on: date) -> bool:
    """Whether a clarification stood on a day: from the day it was signed, to the day before it was withdrawn or
    superseded (`ended_on` is the first day on which it no longer stands)."""
    return signed_on <= as_day(on) and (ended_on is None or on < ended_on)
