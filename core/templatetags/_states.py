"""One palette of states for badges, charts, calendars and letters: tone, icon and word by state code."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Look(NamedTuple):
    """How a state looks: tone (neutral, info, wait, warn, ok, bad, ended), icon of the sprite, its word."""

    tone: str
    icon: str
    label: str | Promise


LOOKS: dict[str, Look] = {
    # applications
    "draft": Look("neutral", "pencil", _("Draft")),
    "submitted": Look("info", "inbox", _("Submitted")),
    "accepted": Look("info", "list-check", _("Complete")),
    "complete": Look("info", "list-check", _("Complete")),
    "in_review": Look("info", "eye", _("In review")),
    "question": Look("wait", "message-question", _("Question asked")),
    "questioned": Look("wait", "message-question", _("Question asked")),
    "opinion": Look("wait", "message-circle", _("Opinion asked")),
    "recommended": Look("info", "writing", _("Recommended")),
    "countersigned": Look("info", "user-check", _("Countersigned")),
    "deemed": Look("wait", "hourglass", _("Deemed issued")),
    "granted": Look("ok", "circle-check", _("Granted")),
    "refused": Look("bad", "circle-x", _("Refused")),
    "refused_consideration": Look("bad", "file-off", _("Not considered")),
    "withdrawn": Look("ended", "arrow-back-up", _("Withdrawn")),
    # licences and register entries
    "in_force": Look("ok", "circle-check", _("In force")),
    "suspended": Look("warn", "player-pause", _("Suspended")),
    "expired": Look("ended", "clock", _("Expired")),
    "ended": Look("ended", "minus", _("Ended")),
    "revoked": Look("bad", "ban", _("Revoked")),
    "replaced": Look("ended", "rotate", _("Replaced")),
    "published": Look("ok", "world", _("Published")),
    "hidden": Look("neutral", "eye-off", _("Not published")),
    # obligations
    "owed": Look("info", "clock", _("Owed")),
    "running": Look("info", "clock", _("Running")),
    "due_soon": Look("warn", "hourglass", _("Due soon")),
    "due_today": Look("warn", "bell", _("Due today")),
    "overdue": Look("bad", "alert-triangle", _("Overdue")),
    "met": Look("ok", "check", _("Met")),
    "met_late": Look("warn", "check", _("Met late")),
    "paused": Look("wait", "player-pause", _("Paused")),
    "untimed": Look("neutral", "minus", _("No term known")),
    "passed": Look("ended", "clock", _("Passed without an answer")),
    "lifted": Look("ended", "minus", _("No longer owed")),
    # checks
    "not_met": Look("bad", "circle-x", _("Not met")),
    "to_judge": Look("wait", "user-circle", _("To be judged by a person")),
    "not_applicable": Look("ended", "minus", _("Not applicable")),
    # signatures
    "valid": Look("ok", "shield-check", _("Holds")),
    "invalid": Look("bad", "circle-x", _("Does not hold")),
    "unknown": Look("wait", "hourglass", _("Not verified")),
    # hearings
    "announced": Look("wait", "hourglass", _("Announced")),
    "stated": Look("ok", "writing", _("Position stated")),
    "waived": Look("ended", "minus", _("Waived")),
    "held": Look("ok", "user-check", _("Held")),
    "absent": Look("warn", "user-circle", _("The applicant did not come")),
    "closed": Look("ended", "minus", _("Closed")),
    # people, keys and papers
    "active": Look("ok", "circle-check", _("Active")),
    "pending": Look("wait", "hourglass", _("Waiting for confirmation")),
    "confirmed": Look("ok", "shield-check", _("Confirmed")),
    "rejected": Look("bad", "circle-x", _("Rejected")),
    "unconfirmed": Look("wait", "alert-circle", _("Unconfirmed")),
    # webhooks
    "failing": Look("warn", "alert-triangle", _("Failing")),
    "off": Look("neutral", "player-pause", _("Turned off")),
    "disabled": Look("bad", "ban", _("Turned off after long failure")),
    "delivered": Look("ok", "check", _("Taken")),
    "waiting": Look("wait", "hourglass", _("Waiting")),
    "given_up": Look("bad", "circle-x", _("Given up")),
}
# The words a workflow table uses for its tones, and the icon a state gets that has none of its own.
WORKFLOW_TONES = {"active": "info", "waiting": "wait", "good": "ok"}
ICONS = {"ok": "circle-check", "bad": "circle-x", "wait": "hourglass", "warn": "alert-triangle", "ended": "minus"}


def look_of(state: str, tone: str = "") -> Look:
    """The look of a state code. A given tone wins; a code unknown here gets the icon of its tone and its own word."""
    known = LOOKS.get(state)
    chosen = WORKFLOW_TONES.get(tone, tone) or (known.tone if known else "neutral")
    if known:
        return known._replace(tone=chosen)
    return Look(chosen, ICONS.get(chosen, "circle-dot"), "")
