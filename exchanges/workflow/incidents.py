"""The table INCIDENT: a provider reports an incident within its clock, then in full; its authority follows it."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, OFFICER, PARTY, State, Transition, Workflow
from law.problems import Problem, _

if TYPE_CHECKING:
    from exchanges.models import Incident

STAFF = (OFFICER, HEAD)


def told_in_full(row: "Incident", on: date) -> list[Problem]:
    """What happened and what was done."""
    problems = []
    if not row.description:
        problems.append(Problem("incident-description", _("Say what happened and why."), field="description"))
    if not row.measures:
        problems.append(Problem("incident-measures", _("Say what was done."), field="measures"))
    return problems


def incident_remark(row: "Incident", on: date) -> list[Problem]:
    return [] if row.remark else [Problem("incident-remark", _("Say what is missing."), field="remark")]


def incident_outcome(row: "Incident", on: date) -> list[Problem]:
    return [] if row.outcome else [Problem("incident-outcome", _("Write what came of it."), field="outcome")]


INCIDENT = Workflow(
    "incident",
    (
        State("reported", _("Incident reported"), _("Incident reported"), "bad"),
        State("described", _("Reported in full"), _("Reported in full"), "active"),
        State("closed", _("Incident closed"), _("Incident closed"), "good", final=True),
    ),
    (
        Transition(
            "describe",
            ("reported",),
            "described",
            "exchanges.report_incident",
            _("Report in full"),
            (*PARTY, OFFICER, HEAD),
            (told_in_full,),
            _("The authority reads it and closes the incident, or asks for more."),
        ),
        Transition(
            "send_back",
            ("described",),
            "reported",
            "exchanges.follow_incident",
            _("Ask for more"),
            STAFF,
            (incident_remark,),
            _("The provider owes another full report; its term begins anew."),
        ),
        Transition(
            "close",
            ("described",),
            "closed",
            "exchanges.follow_incident",
            _("Close the incident"),
            STAFF,
            (incident_outcome,),
            _("Nothing more is owed about it."),
        ),
    ),
)
