"""What providers of services with digital assets owe when something happens: complaints, incidents.

Public API
----------
- `INCIDENTS`: codes and words of kinds of incidents.
- `complaint_forward_due(filed_on)`, `complaint_answer_due(forwarded_on) -> Due`: both assumed.
- `incident_notice_due(kind, noticed_on) -> Due`: a breach of personal data by its law, every other term assumed.
- `incident_report_due(reported_on) -> Due`: assumed.

The day from which a term is counted picks the version and is not counted itself. NotInForce before the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from law.licensing import Due, due_by
from law.personal_data import breach_notice_due
from law.problems import _, as_day

__all__ = [
    "INCIDENTS",
    "complaint_answer_due",
    "complaint_forward_due",
    "incident_notice_due",
    "incident_report_due",
]

PERSONAL_DATA: Final = "personal_data"
INCIDENTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        PERSONAL_DATA: _("breach of personal data"),
        "security": _("breach of information security"),
        "outage": _("services out of work"),
        "loss": _("loss or theft of assets"),
    }
)


def complaint_forward_due(filed_on: date) -> Due:
    """By when the authority puts a complaint to the provider, or declines it."""
    return due_by("complaint.forward", as_day(filed_on))


def complaint_answer_due(forwarded_on: date) -> Due:
    """By when the provider answers a complaint put to it."""
    return due_by("complaint.answer", as_day(forwarded_on))


def incident_notice_due(kind: str, noticed_on: date) -> Due:
    """By when an incident is reported after the day on which it was noticed. KeyError: no such kind."""
    if kind not in INCIDENTS:
        raise KeyError(kind)
    if kind == PERSONAL_DATA:
        return breach_notice_due(noticed_on)
    return due_by("incident.notice", as_day(noticed_on))


def incident_report_due(reported_on: date) -> Due:
    """By when the provider reports in full, after it reported the incident or was asked again."""
    return due_by("incident.report", as_day(reported_on))
