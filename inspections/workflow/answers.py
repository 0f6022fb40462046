"""The tables FILING and ANNULMENT: what the subject files to its inspection, and what is decided on it."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, INSPECTOR, OFFICER, PARTY, SYSTEM, State, Transition, Workflow
from law.inspections.results import cure_from
from law.problems import Problem, _
from law.provisions import provision

if TYPE_CHECKING:
    from inspections.models import Annulment, Filing

ANSWER = "inspections.answer_for_subject"
DECIDE = "inspections.decide_annulment"


def said_why(row: "Filing | Annulment", on: date) -> list[Problem]:
    return [] if row.answer.strip() else [Problem("answer-missing", _("Give the reasons."), field="answer")]


def asks_nothing(row: "Filing", on: date) -> list[Problem]:
    """A request is decided, not noted."""
    if row.kind != "prolong":
        return []
    return [Problem("filing-decided", _("A request to prolong is granted or refused."))]


def asks_for_days(row: "Filing", on: date) -> list[Problem]:
    if row.kind == "prolong":
        return []
    return [Problem("filing-noted", _("Only a request to prolong is decided; this is noted."))]


def term_runs(row: "Filing", on: date) -> list[Problem]:
    """Only a term to cure that is running can be prolonged."""
    if row.inspection.state == "curing":
        return []
    return [Problem("cure-over", _("No order to cure is running any more."))]


def term_over(row: "Filing", on: date) -> list[Problem]:
    """A request falls away only with the order."""
    if row.inspection.state != "curing":
        return []
    return [Problem("cure-running", _("The order to cure is running: grant the request or refuse it."))]


def report_stands(row: "Filing", on: date) -> list[Problem]:
    """What was reported met what was owed: another report says more, none is taken back."""
    if row.kind != "cure":
        return []
    return [Problem("report-stands", _("A report of the cure is not taken back: file another."))]


def day_later(row: "Filing", on: date) -> list[Problem]:
    """The new day lies after the old one, after today, and not before the earliest that the Code allows."""
    inspection, new = row.inspection, row.granted_to
    if new is None or inspection.cure_by is None or inspection.result_handed_on is None:
        return [Problem("prolong-day", _("Name the new last day."), field="until")]
    rule = provision("EK-CURE-MIN", inspection.result_handed_on)
    earliest = cure_from(inspection.result_handed_on)
    if new <= inspection.cure_by or new <= on or new < earliest:
        message = _("The new day lies after %(old)s, the day as it stands, and after today.")
        return [Problem("prolong-day", message, {"old": inspection.cure_by}, "until", rule)]
    return []


def in_time(row: "Annulment", on: date) -> list[Problem]:
    """After the last day silence has decided for the subject: nothing is refused any more."""
    if row.due_on is None or row.due_on >= on:
        return []
    message = _("The term ended on %(due)s without a decision: that is a decision in favour of the subject.")
    return [Problem("annulment-late", message, {"due": row.due_on}, None, provision("EK-INVAL-SILENCE", row.filed_on))]


FILING = Workflow(
    "filing",
    (
        State("filed", _("Filed by the subject"), _("Waiting for an answer"), "waiting"),
        State("noted", _("Noted with the inspection"), _("Noted with the inspection"), "good", final=True),
        State("granted", _("Request granted"), _("Request granted"), "good", final=True),
        State("refused", _("Request refused"), _("Request refused"), "bad", final=True),
        State("withdrawn", _("Withdrawn"), _("Withdrawn"), "neutral", final=True),
        State("void", _("Fell away"), _("Fell away with the order"), "neutral", final=True),
    ),
    (
        Transition(
            "note",
            ("filed",),
            "noted",
            "inspections.note_filing",
            _("Note it with the inspection"),
            (OFFICER, INSPECTOR, HEAD),
            (asks_nothing,),
            _("It stands with the act that it is about; the subject reads that it was read."),
        ),
        Transition(
            "grant",
            ("filed",),
            "granted",
            "inspections.decide_prolong",
            _("Grant the request"),
            (HEAD,),
            (asks_for_days, term_runs, day_later),
            _("The last day to cure moves; the subject gets the decision."),
        ),
        Transition(
            "refuse",
            ("filed",),
            "refused",
            "inspections.decide_prolong",
            _("Refuse the request"),
            (HEAD,),
            (asks_for_days, said_why),
            _("The last day to cure stands; the subject gets the decision with its reasons."),
            adverse=True,
        ),
        Transition(
            "withdraw",
            ("filed",),
            "withdrawn",
            ANSWER,
            _("Withdraw"),
            PARTY,
            (report_stands,),
            _("It is as if it had not been filed."),
        ),
        Transition(
            "fall_away",
            ("filed",),
            "void",
            "inspections.drop_request",
            _("Enter that it fell away"),
            (HEAD,),
            (asks_for_days, term_over),
            _("There is no order any more whose term could be prolonged."),
        ),
    ),
)

ANNULS, STANDS = _("Granted: the inspection is annulled"), _("Refused: the inspection stands")
ANNULMENT = Workflow(
    "annulment",
    (
        State("filed", _("Application to annul filed"), _("Waiting for a decision"), "active"),
        State("granted", ANNULS, ANNULS, "good", final=True),
        State("refused", STANDS, STANDS, "bad", final=True),
        State("lapsed", _("No decision in time: confirm"), _("Decided in your favour by silence"), "bad"),
        State("confirmed", _("Annulled by silence"), _("Decided in your favour by silence"), "good", final=True),
        State("withdrawn", _("Withdrawn"), _("Withdrawn"), "neutral", final=True),
    ),
    (
        Transition(
            "grant",
            ("filed",),
            "granted",
            DECIDE,
            _("Grant: annul the inspection"),
            (HEAD,),
            (said_why,),
            _("Result act and order are no evidence, and nothing rests on them."),
        ),
        Transition(
            "refuse",
            ("filed",),
            "refused",
            DECIDE,
            _("Refuse: let the inspection stand"),
            (HEAD,),
            (said_why, in_time),
            _("The inspection stands; the subject gets the reasons and may go to court."),
            adverse=True,
        ),
        Transition(
            "lapse",
            ("filed",),
            "lapsed",
            "inspections.time",
            _("Record that no decision came"),
            (SYSTEM,),
            (),
            _("No decision in time is a decision in favour of the subject; a head confirms its effect the same day."),
        ),
        Transition(
            "confirm",
            ("lapsed",),
            "confirmed",
            DECIDE,
            _("Confirm: the inspection is annulled"),
            (HEAD,),
            (),
            _("Result act and order are no evidence, and nothing rests on them."),
        ),
        Transition(
            "withdraw",
            ("filed",),
            "withdrawn",
            ANSWER,
            _("Withdraw"),
            PARTY,
            (),
            _("The application ends without a decision; another may be filed."),
        ),
    ),
)
