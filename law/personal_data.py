"""Law 94-V: how long records are kept, and by when a breach is notified and an objection answered.

Public API
----------
- `kept_from(code, on) -> date | None`: what began before this day may go on `on`; None: kept for good.
- `hours_kept(code, on) -> int | None`: a period in hours, where it is one.
- `breach_notice_due(noticed_on) -> Due`, `objection_due(raised_on) -> Due`: with their arithmetic.
"""

from __future__ import annotations

from datetime import date, timedelta

from law.calendar import explain_working_days
from law.licensing import Due, rule_line
from law.problems import Line, _, as_day
from law.provisions import CALENDAR_DAYS, provision
from law.provisions.base import HOURS, YEARS

__all__ = ["breach_notice_due", "hours_kept", "kept_from", "objection_due"]


def kept_from(code: str, on: date) -> date | None:
    """The first day whose records are still kept on `on`, by the period in force on that day; earlier ones may go.

    A period of years is over on the day after its anniversary; of 29 February on 1 March. None where the rule gives no
    number (kept for good) or hours. Raises NotInForce, TypeError for a datetime.
    """
    found = provision(code, as_day(on))
    if isinstance(found.value, str | bool):
        return None
    if found.unit == CALENDAR_DAYS:
        return on - timedelta(days=found.number)
    if found.unit == YEARS:
        try:
            return on.replace(year=on.year - found.number)
        except ValueError:  # 29 February
            return on.replace(year=on.year - found.number, day=28)
    return None


def hours_kept(code: str, on: date) -> int | None:
    """The period in hours, by the rule in force on the day; None where it is counted otherwise. Raises NotInForce."""
    found = provision(code, as_day(on))
    return found.number if found.unit == HOURS else None


def breach_notice_due(noticed_on: date) -> Due:
    """The last day to notify the authorised body of a breach of personal data: one working day after it was noticed.

    The day of notice picks the version and is not counted. Raises NotInForce before 2024-07-01.
    """
    return _working_days("personal_data.breach_notice", noticed_on)


def objection_due(raised_on: date) -> Due:
    """The last day to answer an objection against an automated act (three working days; assumed).

    The day of the objection picks the version and is not counted. Raises NotInForce.
    """
    return _working_days("personal_data.objection_answer", raised_on)


def _working_days(code: str, base_on: date) -> Due:
    found = provision(code, as_day(base_on))
    told = explain_working_days(base_on, found.number)
    lines = [rule_line(found), *told.arithmetic]
    if not found.is_confirmed:
        lines.append(Line(_("The rule or its first day is unconfirmed.")))
    return Due("", code, base_on, told.result, tuple(lines), found)
