"""How long records are kept, and what a person may ask about his own: Law 94-V and the typical list of documents.

No text at hand names these periods; each is assumed, dated from the day on which the law is known to hold, and shown as
unconfirmed. Correct a period here, once: the page, the erasure and the check follow.
"""

from datetime import date

from law.problems import _
from law.provisions.base import (
    ARCHIVE_RULES,
    CALENDAR_DAYS,
    HOURS,
    PERSONAL_DATA_LAW,
    REQUIRED,
    RULE,
    WORKING_DAYS,
    YEARS,
    row,
)

# fmt: off
# A table: one rule after another, a line or two each.
_START = date(2016, 1, 1)  # personal data are kept in the country since then
_FOR_GOOD = _("for good")
_NOT_NAMED = _("No text at hand names the period; it is set with care and may be corrected.")

_PERIODS = (
    row("retention.sign-in-attempts", 1, HOURS, PERSONAL_DATA_LAW, "12", _START, title=_("Failed log-ins are kept"),
        note=_NOT_NAMED, confidence="assumed", day="assumed"),
    row("retention.request-keys", 48, HOURS, PERSONAL_DATA_LAW, "12", _START,
        title=_("Answers to repeated requests are kept"), note=_NOT_NAMED, confidence="assumed", day="assumed"),
    row("retention.risk-trials", 30, CALENDAR_DAYS, PERSONAL_DATA_LAW, "12", _START,
        title=_("Rows of trials of risk criteria are kept"), note=_NOT_NAMED, confidence="assumed", day="assumed"),
    row("retention.webhook-log", 90, CALENDAR_DAYS, PERSONAL_DATA_LAW, "12", _START,
        title=_("What was sent to webhooks is kept"), note=_NOT_NAMED, confidence="assumed", day="assumed"),
    row("retention.sessions", 1, CALENDAR_DAYS, PERSONAL_DATA_LAW, "12", _START, title=_("Ended sessions are kept"),
        note=_NOT_NAMED, confidence="assumed", day="assumed"),
    row("retention.api-keys", 30, CALENDAR_DAYS, PERSONAL_DATA_LAW, "12", _START, title=_("Expired API keys are kept"),
        note=_NOT_NAMED, confidence="assumed", day="assumed"),
    row("retention.panel-log", 1, YEARS, PERSONAL_DATA_LAW, "12", _START,
        title=_("The admin panel's own log is kept"), note=_NOT_NAMED, confidence="assumed", day="assumed"),
    row("retention.messages", 3, YEARS, PERSONAL_DATA_LAW, "12", _START, title=_("Messages to people are kept"),
        note=_NOT_NAMED, confidence="assumed", day="assumed"),
    row("retention.removed-papers", 1, YEARS, PERSONAL_DATA_LAW, "12", _START,
        title=_("Papers taken off a draft are kept"), note=_NOT_NAMED, confidence="assumed", day="assumed"),
    row("retention.drafts", 2, YEARS, PERSONAL_DATA_LAW, "12", _START, title=_("Drafts never filed are kept"),
        note=_NOT_NAMED, confidence="assumed", day="assumed"),
    row("retention.notes", 5, YEARS, PERSONAL_DATA_LAW, "12", _START,
        title=_("Client and remark of a firm's note are kept"), note=_NOT_NAMED, confidence="assumed", day="assumed"),
    row("retention.tellers", 1, YEARS, PERSONAL_DATA_LAW, "12", _START,
        title=_("How to reach who sent a tip is kept"), note=_NOT_NAMED, confidence="assumed", day="assumed"),
    row("retention.tips", 5, YEARS, PERSONAL_DATA_LAW, "12", _START,
        title=_("Tips of the unlicensed market are kept"), note=_NOT_NAMED, confidence="assumed", day="assumed"),
    row("retention.complaints", 3, YEARS, PERSONAL_DATA_LAW, "12", _START,
        title=_("Ended complaints of consumers are kept"), note=_NOT_NAMED, confidence="assumed", day="assumed"),
    row("retention.inspections", 5, YEARS, PERSONAL_DATA_LAW, "12", _START,
        title=_("What is written of ended inspections is kept"), note=_NOT_NAMED, confidence="assumed", day="assumed"),
    row("retention.matters", 5, YEARS, PERSONAL_DATA_LAW, "12", _START,
        title=_("Matters of firms and their checks for conflicts are kept"), note=_NOT_NAMED, confidence="assumed",
        day="assumed"),
    row("retention.people", 3, YEARS, PERSONAL_DATA_LAW, "12", _START, title=_("Data of a person who left are kept"),
        note=_NOT_NAMED, confidence="assumed", day="assumed"),
    row("retention.mandates", 5, YEARS, PERSONAL_DATA_LAW, "12", _START,
        title=_("Ended memberships and powers of attorney are kept"), note=_NOT_NAMED, confidence="assumed",
        day="assumed"),
    row("retention.private-holders", 5, YEARS, PERSONAL_DATA_LAW, "12", _START,
        title=_("Data of a sole trader or person who never filed are kept"), note=_NOT_NAMED, confidence="assumed",
        day="assumed"),
    row("retention.case-papers", 10, YEARS, ARCHIVE_RULES, "", _START,
        title=_("Papers and notes of an ended case are kept"), note=_NOT_NAMED, confidence="assumed", day="assumed"),
    row("retention.decisions", _FOR_GOOD, RULE, ARCHIVE_RULES, "", _START,
        title=_("Decisions, letters, licences and the register are kept"), note=_NOT_NAMED, confidence="assumed",
        day="assumed"),
    row("retention.journal", _FOR_GOOD, RULE, ARCHIVE_RULES, "", _START,
        title=_("The journal of events and of openings is kept"), note=_NOT_NAMED, confidence="assumed",
        day="assumed"),
    row("retention.in-use", _("as long as it is in use"), RULE, PERSONAL_DATA_LAW, "12", _START,
        title=_("What is in use is kept"), note=_NOT_NAMED, confidence="assumed", day="assumed"),
)

_RIGHTS = (
    row("personal_data.own_record", True, REQUIRED, PERSONAL_DATA_LAW, "24", _START,
        title=_("Answer to a person on what is held on him"), confidence="assumed", day="assumed"),
    row("personal_data.erase_on_request", True, REQUIRED, PERSONAL_DATA_LAW, "24", _START,
        title=_("Erasure at a person's own request of what need not be kept"), confidence="assumed", day="assumed"),
    row("personal_data.automated_decision", True, REQUIRED, PERSONAL_DATA_LAW, "19-1", date(2024, 2, 11),
        title=_("No adverse act on a natural person by a machine alone"), confidence="assumed", day="assumed"),
    row("personal_data.objection_answer", 3, WORKING_DAYS, PERSONAL_DATA_LAW, "19-1", date(2024, 2, 11),
        title=_("Answer to an objection against an automated act"), confidence="assumed", day="assumed"),
)

ROWS = _PERIODS + _RIGHTS
# fmt: on
