"""By when the authority owes the steps of an inspection: notice, registration, result; each with its arithmetic.

Public API
----------
- `notice_due(kind, start_on, ground, case, base_on) -> Due | None`; None where there is no notice.
- `registration_due(start_on, *, urgent, remote, base_on) -> Due`: of the act of appointment.
- `extension_registration_due(end_on, start_on, base_on) -> Due`: of the act of extension, assumed.
- `result_due(end_on, start_on, base_on) -> Due`: the result act, on the last day.

The day of the start picks the version. base_on = the day on which the term begins to be owed; it is never after the day
that is due. Errors as the functions that give the days.
"""

from __future__ import annotations

from datetime import date

from law.inspections.acts import registration_by, registration_rule
from law.inspections.notices import latest_notice_date, needs_notice, notice_rule
from law.licensing import Due
from law.problems import Line, _
from law.provisions import Provision, provision

__all__ = ["extension_registration_due", "notice_due", "registration_due", "result_due"]


def _due(rule: str, base_on: date, due_on: date, line: Line, found: Provision) -> Due:
    return Due("", rule, min(base_on, due_on), due_on, (line,), found)


def notice_due(kind: str, start_on: date, ground: str | None, case: str | None, base_on: date) -> Due | None:
    """By when the notice of an inspection that starts on `start_on` is delivered."""
    last = latest_notice_date(kind, start_on, ground) if needs_notice(kind, start_on, ground, case) else None
    if last is None:
        return None
    line = Line(_("The start is %(start)s; the last day for the notice is %(last)s."), start=start_on, last=last)
    return _due("notice", base_on, last, line, notice_rule(kind, start_on, ground, case))


def registration_due(start_on: date, *, urgent: bool, remote: bool, base_on: date) -> Due:
    """By when the act of appointment is registered with legal statistics."""
    last = registration_by(start_on, urgent=urgent, remote=remote)
    rule = registration_rule(start_on, urgent=urgent, remote=remote)
    line = Line(_("The start is %(start)s; it is registered by %(last)s."), start=start_on, last=last)
    if not rule.number:
        line = Line(_("It is registered before the start on %(start)s."), start=start_on)
    return _due("registration", base_on, last, line, rule)


def extension_registration_due(end_on: date, start_on: date, base_on: date) -> Due:
    """By when the act of extension is registered: before the extension begins, so by the last day of the first length.

    start_on = the day of the start, which picks the version. That the rule on acts of appointment holds is assumed."""
    line = Line(_("The extension begins after %(end)s; its act is registered before."), end=end_on)
    return _due("extension-registration", base_on, end_on, line, provision("EK-EXT-ACT", start_on))


def result_due(end_on: date, start_on: date, base_on: date) -> Due:
    """By when the result act is handed over: on the last day of the inspection; start_on picks the version."""
    line = Line(_("The last day of the inspection is %(end)s."), end=end_on)
    return _due("result", base_on, end_on, line, provision("EK-RESULT-DAY", start_on))
