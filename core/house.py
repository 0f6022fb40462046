"""Workflow tables of the house itself: erasing what may go, and a breach of personal data. `docs/workflows.md` is drawn
from them."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import ADMINISTRATOR, SYSTEM, State, Transition, Workflow
from law.problems import Problem, _

if TYPE_CHECKING:
    from core.models import DataBreach, ErasureRun


def only_housekeeping(run: "ErasureRun", on: date) -> list[Problem]:
    """Without a person the program erases its own technical records alone."""
    if run.automatic:
        return []
    message = _("Personal records are erased after a second person's confirmation only.")
    return [Problem(code="needs-confirmation", message=message)]


ERASURE = Workflow(
    "erasure",
    (
        State("proposed", _("Proposed"), _("Proposed"), "waiting"),
        State("running", _("Running"), _("Running"), "active"),
        State("done", _("Done"), _("Done"), "good", final=True),
        State("declined", _("Declined"), _("Declined"), "neutral", final=True),
    ),
    (
        Transition(
            "confirm",
            ("proposed",),
            "running",
            "core.confirm_erasure",
            _("Confirm the erasure"),
            (ADMINISTRATOR,),
            (),
            _("What the proposal lists is erased, for good. It cannot be undone."),
            adverse=True,
        ),
        Transition(
            "decline",
            ("proposed",),
            "declined",
            "core.propose_erasure",
            _("Decline the erasure"),
            (ADMINISTRATOR,),
            (),
            _("Nothing is erased; a new proposal can be made."),
        ),
        Transition(
            "begin",
            ("proposed",),
            "running",
            "core.time",
            _("Begin housekeeping"),
            (SYSTEM,),
            (only_housekeeping,),
        ),
        Transition("finish", ("running",), "done", "core.time", _("Finish"), (SYSTEM,)),
    ),
)


def concerned_known(breach: "DataBreach", on: date) -> list[Problem]:
    """An assessment says what data of how many persons, and what may follow for them."""
    found = []
    if not breach.kinds:
        message = _("Choose at least one kind of data.")
        found.append(Problem(code="kinds-missing", message=message, field="kinds"))
    if breach.persons is None:
        message = _("Say how many persons are concerned; an estimate will do.")
        found.append(Problem(code="persons-missing", message=message, field="persons"))
    if not breach.assessment.strip():
        message = _("Say what may follow for the persons.")
        found.append(Problem(code="assessment-missing", message=message, field="assessment"))
    return found


def notice_written(breach: "DataBreach", on: date) -> list[Problem]:
    """What the authorised body was told; and, where persons are concerned, what they were told."""
    found = []
    if not breach.notice.strip():
        message = _("Write what the authorised body is told.")
        found.append(Problem(code="notice-missing", message=message, field="notice"))
    if breach.persons and not breach.persons_notice.strip():
        message = _("Write what the persons concerned are told, and how.")
        found.append(Problem(code="persons-notice-missing", message=message, field="persons_notice"))
    return found


def reason_written(breach: "DataBreach", on: date) -> list[Problem]:
    if breach.not_notified_because.strip():
        return []
    message = _("Say why nobody is notified.")
    return [Problem(code="reason-missing", message=message, field="not_notified_because")]


def measures_written(breach: "DataBreach", on: date) -> list[Problem]:
    if breach.measures.strip():
        return []
    return [Problem(code="measures-missing", message=_("Say what was done about it."), field="measures")]


BREACH = Workflow(
    "data breach",
    (
        State("noticed", _("Noticed"), _("Noticed"), "waiting"),
        State("assessed", _("Assessed"), _("Assessed"), "active"),
        State("notified", _("Notified"), _("Notified"), "good"),
        State("not_notifiable", _("Judged not notifiable"), _("Judged not notifiable"), "neutral"),
        State("closed", _("Closed"), _("Closed"), "neutral", final=True),
    ),
    (
        Transition(
            "assess",
            ("noticed", "assessed"),
            "assessed",
            "core.handle_breach",
            _("Assess"),
            (ADMINISTRATOR,),
            (concerned_known,),
            _("The clock runs on: one working day from the notice."),
        ),
        Transition(
            "notify",
            ("assessed", "not_notifiable"),
            "notified",
            "core.handle_breach",
            _("Record the notice"),
            (ADMINISTRATOR,),
            (notice_written,),
            _("The term is met; the text stays as it is."),
        ),
        Transition(
            "judge_not_notifiable",
            ("assessed",),
            "not_notifiable",
            "core.judge_breach",
            _("Judge not notifiable"),
            (ADMINISTRATOR,),
            (reason_written,),
            _("Nobody is notified; the reason stays on record."),
            adverse=True,
        ),
        Transition(
            "close",
            ("notified", "not_notifiable"),
            "closed",
            "core.handle_breach",
            _("Close"),
            (ADMINISTRATOR,),
            (measures_written,),
            _("The record is complete."),
        ),
    ),
)
