"""The table RECORD: a provider files a record, an officer finds on a day whether it is as the law asks, it ends."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, OFFICER, PARTY, State, Transition, Workflow
from law.problems import Problem, _

if TYPE_CHECKING:
    from exchanges.models import ProviderRecord

STAFF = (OFFICER, HEAD)
LIVE = ("filed", "met")


def check_in_order(row: "ProviderRecord", on: date) -> list[Problem]:
    """Looked at on a day from its first to today, with the result in words."""
    problems = []
    if not row.check_note:
        problems.append(Problem("record-note", _("Say what was found."), field="note"))
    if row.checked_on is not None and not row.from_on <= row.checked_on <= on:
        message = _("The day lies before the first day of the record or in the future.")
        problems.append(Problem("record-checked", message, field="checked_on"))
    return problems


RECORD = Workflow(
    "record",
    (
        State("filed", _("Record to be looked at"), _("Record filed"), "active"),
        State("met", _("As the law asks"), _("As the law asks"), "good"),
        State("unmet", _("Not as the law asks"), _("Not as the law asks"), "bad", final=True),
        State("ended", _("Record ended"), _("Record ended"), "neutral", final=True),
    ),
    (
        Transition(
            "find_met",
            LIVE,
            "met",
            "exchanges.check_record",
            _("Found as the law asks"),
            STAFF,
            (check_in_order,),
            _("The provider reads what was found. A warning of risks is looked at again after some months."),
        ),
        Transition(
            "find_unmet",
            LIVE,
            "unmet",
            "exchanges.check_record",
            _("Not found as the law asks"),
            STAFF,
            (check_in_order,),
            _("The provider reads what was found, and files another record."),
            adverse=True,
        ),
        Transition(
            "end",
            LIVE,
            "ended",
            "exchanges.file_record",
            _("End the record"),
            (*PARTY, OFFICER, HEAD),
            (),
            _("It no longer counts; its history stays."),
        ),
    ),
)
