"""The table SUPERVISORY_VISIT: visits of supervisors under other laws than Chapter 13, recorded and reported on."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, INSPECTOR, OFFICER, State, Transition, Workflow
from law.problems import Problem, _

if TYPE_CHECKING:
    from inspections.models import SupervisoryVisit

SUPERVISE = "inspections.supervise"
ISSUE = "inspections.issue_report"
CLOSE = "inspections.close_visit"
STAFF = (INSPECTOR, OFFICER, HEAD)


def another_law(row: "SupervisoryVisit", on: date) -> list[Problem]:
    """On the day of the visit the subject is supervised by this authority under another law than Chapter 13."""
    return row.regime_faults(row.carried_on or row.planned_on)


def carried_out(row: "SupervisoryVisit", on: date) -> list[Problem]:
    if row.carried_on is None:
        return [Problem("visit-day", _("Name the day of the visit."), field="carried_on")]
    if row.carried_on > on:
        return [Problem("visit-day", _("The day is still to come."), field="carried_on")]
    return []


def written(row: "SupervisoryVisit", on: date) -> list[Problem]:
    return [] if row.report.strip() else [Problem("visit-report", _("The report is not written."), field="report")]


def concluded(row: "SupervisoryVisit", on: date) -> list[Problem]:
    message = _("Write what came of the visit.")
    return [] if row.conclusion.strip() else [Problem("visit-conclusion", message, field="conclusion")]


SUPERVISORY_VISIT = Workflow(
    "supervisory_visit",
    (
        State("announced", _("Visit announced"), _("Visit announced"), "waiting"),
        State("carried_out", _("Visit carried out"), _("Visit carried out"), "active"),
        State("reported", _("Report issued"), _("Report issued"), "active"),
        State("closed", _("Visit closed"), _("Visit closed"), "good", final=True),
        State("dropped", _("Visit dropped"), _("Will not take place"), "neutral", final=True),
    ),
    (
        Transition(
            "carry_out",
            ("announced",),
            "carried_out",
            SUPERVISE,
            _("Enter that it was carried out"),
            STAFF,
            (carried_out, another_law),
            _("The report comes next."),
        ),
        Transition(
            "issue_report",
            ("carried_out",),
            "reported",
            ISSUE,
            _("Issue the report"),
            (HEAD,),
            (written,),
            _("The provider reads it and may answer it. Who wrote it does not issue it."),
        ),
        Transition(
            "close",
            ("reported",),
            "closed",
            CLOSE,
            _("Close the visit"),
            (HEAD,),
            (concluded,),
            _("What came of it is told to the provider."),
        ),
        Transition(
            "drop",
            ("announced",),
            "dropped",
            CLOSE,
            _("Drop the visit"),
            (HEAD,),
            (concluded,),
            _("It does not take place; the provider is told."),
        ),
    ),
)
