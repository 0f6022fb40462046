"""The table INSPECTION: from the first draft to the end, every step judged by B1 to B26 before it is taken."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, INSPECTOR, OFFICER, State, Transition, Workflow
from law.inspections import blockers_at
from law.inspections.notices import working_day_problems, working_time_problems
from law.problems import Problem, _
from law.provisions import provision

if TYPE_CHECKING:
    from inspections.models import Inspection

PREPARE = "inspections.prepare"
APPOINT = "inspections.appoint"
WORK = "inspections.work_on_site"
JUDGE = "inspections.judge"
PREPARERS = (OFFICER, INSPECTOR, HEAD)


def lawful(step: str) -> "Callable[[Inspection, date], list[Problem]]":
    """Nothing of B1 to B26 that counts at this step stands against it."""

    def guard(row: "Inspection", on: date) -> list[Problem]:
        return blockers_at(step, row.plan(on), on)

    guard.__name__ = f"lawful_to_{step}"
    guard.__doc__ = "None of the blockers of this step, B1 to B26."
    return guard


def start_named(row: "Inspection", on: date) -> list[Problem]:
    """The draft says when it starts, on a working day but in an urgent case, and how long it lasts; a team is named."""
    day_off = working_day_problems(row.start_on, urgent=row.urgent) if row.start_on else []
    return row.start_faults() + day_off


def on_the_day_told(row: "Inspection", on: date) -> list[Problem]:
    """It begins on the day that the subject was told, and not before the day of the act."""
    if row.start_on is None or row.started_at is None or row.start_on == on:
        return []
    if row.noticed_at is None and row.start_on <= on:
        return []
    message = _("It was told to begin on %(day)s. Begin on that day, or plan anew with another notice.")
    return [Problem("start-other-day", message, {"day": row.start_on}, "start_on", provision("EK-NOTICE-COMP", on))]


def in_working_time(row: "Inspection", on: date) -> list[Problem]:
    """Nobody is disturbed at night or on a day off but in an urgent case."""
    return working_time_problems(row.started_at, urgent=row.urgent) if row.started_at else []


def result_told(row: "Inspection", on: date) -> list[Problem]:
    """Every item is answered, and the result agrees with what was found."""
    return row.result_faults()


def cure_judged(row: "Inspection", on: date) -> list[Problem]:
    """What came of the order to cure is written down."""
    return [] if row.closing.strip() else [Problem("closing", _("Write what came of it."), field="closing")]


def term_to_cure_over(row: "Inspection", on: date) -> list[Problem]:
    """Nobody is late before the last day to cure is over."""
    if row.cure_by is None or row.cure_by < on:
        return []
    message = _("The term to cure runs to %(day)s.")
    return [Problem("cure-running", message, {"day": row.cure_by}, field="cure_by")]


def reason_given(row: "Inspection", on: date) -> list[Problem]:
    return [] if row.ending.strip() else [Problem("ending", _("Give the reason."), field="ending")]


INSPECTION = Workflow(
    "inspection",
    (
        State("draft", _("Being prepared"), _("Being prepared"), "active"),
        State("noticed", _("Notice served"), _("Notice served"), "active"),
        State("appointed", _("Act of appointment signed"), _("Notice served"), "active"),
        State("registered", _("Act registered"), _("Act registered"), "waiting"),
        State("running", _("Under way"), _("Under way"), "active"),
        State("curing", _("Order to cure"), _("Order to cure"), "waiting"),
        State("closed", _("Closed"), _("Closed"), "good", final=True),
        State("uncured", _("Not cured in time"), _("Not cured in time"), "bad", final=True),
        State("dropped", _("Dropped"), _("Will not take place"), "neutral", final=True),
        State("annulled", _("Annulled"), _("Annulled"), "neutral", final=True),
    ),
    (
        Transition(
            "serve_notice",
            ("draft",),
            "noticed",
            PREPARE,
            _("Enter that the notice was served"),
            PREPARERS,
            (start_named, lawful("notify")),
            _("The subject knows the start. Another start needs another notice."),
        ),
        Transition(
            "replan",
            ("noticed", "appointed", "registered"),
            "draft",
            PREPARE,
            _("Plan anew"),
            PREPARERS,
            (reason_given,),
            _("Notice, act and registration no longer count; the subject is told."),
        ),
        Transition(
            "appoint",
            ("draft", "noticed"),
            "appointed",
            APPOINT,
            _("Sign the act of appointment"),
            (HEAD,),
            (start_named, lawful("appoint")),
            _("The act names one subject, the team, the subject matter, the period and the length."),
        ),
        Transition(
            "register",
            ("appointed",),
            "registered",
            PREPARE,
            _("Enter the registration"),
            PREPARERS,
            (lawful("register"),),
            _("The act stands in the register of legal statistics."),
        ),
        Transition(
            "start",
            ("appointed", "registered"),
            "running",
            WORK,
            _("Hand over the act and begin"),
            (INSPECTOR, OFFICER),
            (on_the_day_told, in_working_time, lawful("start")),
            _("The inspection begins: its length runs from today."),
        ),
        Transition(
            "find_clean",
            ("running",),
            "closed",
            WORK,
            _("Hand over the result: no breaches"),
            (INSPECTOR, OFFICER),
            (result_told, lawful("hand_result")),
            _("The inspection ends without an order to cure."),
        ),
        Transition(
            "order_cure",
            ("running",),
            "curing",
            WORK,
            _("Hand over the result and the order to cure"),
            (INSPECTOR, OFFICER),
            (result_told, lawful("order")),
            _("The subject owes the cure by the day given."),
        ),
        Transition(
            "accept_cure",
            ("curing",),
            "closed",
            JUDGE,
            _("Accept the cure and close"),
            (HEAD,),
            (cure_judged,),
            _("Nothing is owed any longer; no check of the order follows."),
        ),
        Transition(
            "find_uncured",
            ("curing",),
            "uncured",
            JUDGE,
            _("Find that it was not cured in time"),
            (HEAD,),
            (cure_judged, term_to_cure_over),
            _("A check of the order may follow; after an unscheduled inspection the licence may be suspended."),
            adverse=True,
        ),
        Transition(
            "drop",
            ("draft", "noticed", "appointed", "registered"),
            "dropped",
            APPOINT,
            _("Drop"),
            (HEAD,),
            (reason_given,),
            _("It does not take place; who was told of it is told of this."),
        ),
        Transition(
            "annul",
            ("noticed", "appointed", "registered", "running", "curing", "closed", "uncured"),
            "annulled",
            "inspections.annul",
            _("Annul"),
            (HEAD,),
            (reason_given,),
            _("Act and order to cure are no evidence, and nothing rests on them."),
            reopens=True,
        ),
    ),
)
