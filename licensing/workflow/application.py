"""The table APPLICATION: from the draft to the decision."""

from datetime import date
from typing import TYPE_CHECKING

from core.workflow import HEAD, OFFICER, PARTY, SYSTEM, State, Transition, Workflow
from law.problems import Problem, _
from law.provisions import NotInForce, provision
from licensing.permits import ISSUE

if TYPE_CHECKING:
    from licensing.models import Application

STAFF = (OFFICER, HEAD)


def nothing_missing(application: "Application", on: date) -> list[Problem]:
    """Everything that stands against filing: the kind's day, documents, particulars, checks."""
    return application.problems(on)


def has_reasons(application: "Application", on: date) -> list[Problem]:
    if application.reasons:
        return []
    return [Problem(code="reasons-missing", message=_("Choose at least one reason from the list."), field="reasons")]


def may_be_left_unconsidered(application: "Application", on: date) -> list[Problem]:
    """Only where the law knows a check that can end a filing before its review: of completeness, of what was cured."""
    if application.form.may_be_left:
        return []
    message = _("The law knows no refusal of consideration here: the filing is decided on its merits.")
    return [Problem(code="must-be-considered", message=message)]


def has_recommendation(application: "Application", on: date) -> list[Problem]:
    if application.recommendation is not None:
        return []
    return [Problem(code="no-recommendation", message=_("There is no recommendation."))]


def questions_answered(application: "Application", on: date) -> list[Problem]:
    """An open question does not stop the clock, and does not bar a decision: it is pointed at, not enforced."""
    count = application.open_questions()
    if not count:
        return []
    return [
        Problem(
            code="open-questions",
            message=_("%(count)s questions to the applicant are open."),
            params={"count": count},
            severity="warning",
        )
    ]


def opinions_in(application: "Application", on: date) -> list[Problem]:
    """To grant, each body that must agree was asked, and has answered or let its term pass."""
    bodies = application.permit.procedure.agreement_bodies
    answered = {row.body.code for row in application.opinions.all() if row.answer} if bodies else set()
    return [
        Problem(
            code=f"opinion-awaited:{body}",
            message=_("The opinion of a body that must agree is awaited: %(body)s."),
            params={"body": body},
        )
        for body in bodies
        if body not in answered
    ]


def heard(application: "Application", on: date) -> list[Problem]:
    """Where the procedure asks for it, the applicant was heard on this draft, or his day has passed."""
    if not application.needs_hearing("refuse"):
        return []
    hearing = application.hearing
    if hearing is None:
        return [Problem(code="not-heard", message=_("The applicant has not been sent the draft to be heard on it."))]
    if hearing.is_over(on):
        return []
    message = _("The hearing is on %(day)s: until that day has passed or his position is in, nothing is decided.")
    return [Problem(code="hearing-ahead", message=message, params={"day": hearing.hearing_on})]


def visited(application: "Application", on: date) -> list[Problem]:
    """Where the declaration of the kind names an act that prescribes a visit, its conclusion is there."""
    if not application.needs_visit or application.visits.exists():
        return []
    try:
        rule = provision(application.permit.procedure.visit, application.day(on))
    except NotInForce:
        return []  # on the day of filing nothing prescribed it
    message = _("A visit is prescribed before the decision: its conclusion is missing.")
    return [Problem(code="visit-missing", message=message, provision=rule)]


def checks_settled(application: "Application", on: date) -> list[Problem]:
    """To grant, each requirement is met, or was judged met by a person."""
    return application.unsettled(on)


def people_screened(application: "Application", on: date) -> list[Problem]:
    """To grant, nobody behind the applicant waits to be screened, and no match is open."""
    return application.screening_problems()


def conditions_in_force(application: "Application", on: date) -> list[Problem]:
    """The conditions that the recommendation keeps hold on the day of the decision too."""
    return application.lapsed_conditions(on)


def kind_stands(application: "Application", on: date) -> list[Problem]:
    """No permit of a kind that is no more, where its open filings end with it."""
    if application.act != ISSUE or not application.permit.procedure.ends_filings:
        return []
    closed = application.permit.closed_problem(on) if application.permit.is_abolished(on) else None
    return [closed] if closed else []


def kind_is_no_more(application: "Application", on: date) -> list[Problem]:
    if kind_stands(application, on):
        return []
    return [Problem(code="kind-stands", message=_("The kind of permit is not abolished, or its open filings stay."))]


def refusal_annulled(application: "Application", on: date) -> list[Problem]:
    """A decision that stands is not undone by going round it."""
    if application.decision is None:
        return []
    return [Problem(code="decision-stands", message=_("The decision on the application stands."))]


APPLICATION = Workflow(
    "application",
    (
        State("draft", _("Draft"), _("Draft"), "neutral"),
        State("submitted", _("Submitted"), _("Submitted, being checked for completeness"), "active"),
        State("in_review", _("In review"), _("Being reviewed"), "active"),
        State("recommended", _("Recommended"), _("Being reviewed"), "active"),
        State("countersigned", _("Countersigned"), _("Awaiting decision"), "waiting"),
        State(
            "deemed",
            _("Deemed issued, to be confirmed"),
            _("The term ended without an answer; the permit is being entered"),
            "waiting",
        ),
        State("granted", _("Granted"), _("Granted"), "good", final=True),
        State("refused", _("Refused"), _("Refused"), "bad", final=True),
        State(
            "refused_consideration",
            _("Consideration refused"),
            _("Not considered: the filing was incomplete"),
            "bad",
            final=True,
        ),
        State("withdrawn", _("Withdrawn"), _("Withdrawn"), "neutral", final=True),
        State(
            "discontinued",
            _("Ended with its kind"),
            _("Ended without a decision: the kind of permit is abolished"),
            "neutral",
            final=True,
        ),
    ),
    (
        Transition(
            "submit",
            ("draft",),
            "submitted",
            "licensing.submit",
            _("Submit"),
            PARTY,
            (nothing_missing,),
            _("The application is filed today; its terms start to run."),
        ),
        Transition(
            "accept",
            ("submitted",),
            "in_review",
            "licensing.review",
            _("Accept as complete"),
            STAFF,
            (),
            _("The filing is complete; the review begins."),
        ),
        Transition(
            "refuse_consideration",
            ("submitted",),
            "refused_consideration",
            "licensing.review",
            _("Refuse consideration"),
            STAFF,
            (may_be_left_unconsidered, has_reasons),
            _("The case ends and the applicant gets a reasoned letter; he may file again at once."),
            adverse=True,
        ),
        Transition(
            "recommend",
            ("in_review",),
            "recommended",
            "licensing.review",
            _("Recommend"),
            STAFF,
            (has_recommendation,),
            _("The case goes to a second person; you will not be able to decide it."),
        ),
        Transition(
            "countersign",
            ("recommended",),
            "countersigned",
            "licensing.countersign",
            _("Countersign"),
            STAFF,
            (has_recommendation,),
            _("The case goes to a head who had no hand in it."),
        ),
        Transition(
            "return_to_review",
            ("recommended", "countersigned"),
            "in_review",
            "licensing.return",
            _("Return"),
            STAFF,
            (),
            _("The recommendation loses its force; the case goes back to review."),
        ),
        Transition(
            "grant",
            ("countersigned",),
            "granted",
            "licensing.decide",
            _("Grant"),
            (HEAD,),
            (
                *(has_recommendation, checks_settled, people_screened, opinions_in),
                *(visited, conditions_in_force, kind_stands),
            ),
            _("A licence is issued, entered in the register, and sent to the applicant. It cannot be undone."),
        ),
        Transition(
            "refuse",
            ("countersigned",),
            "refused",
            "licensing.decide",
            _("Refuse"),
            (HEAD,),
            (has_recommendation, has_reasons, visited, heard),
            _("The case ends and the applicant gets a reasoned letter. It cannot be undone."),
            adverse=True,
        ),
        Transition(
            "reopen",
            ("refused",),
            "in_review",
            "licensing.time",
            _("Reopen"),
            (SYSTEM,),
            (refusal_annulled,),
            _("The refusal was annulled on appeal; the case is reviewed again, with a term of its own."),
            reopens=True,
        ),
        Transition(
            "deem",
            ("submitted", "in_review", "recommended", "countersigned"),
            "deemed",
            "licensing.time",
            _("Find deemed issued"),
            (SYSTEM,),
            (),
            _("The term has passed without an answer, and the law takes silence for a permit."),
        ),
        Transition(
            "confirm_silence",
            ("deemed",),
            "granted",
            "licensing.confirm_silence",
            _("Confirm that the permit is deemed issued"),
            (HEAD,),
            (),
            _("The permit is issued as of the end of the term, entered in the register, and sent to the applicant."),
        ),
        Transition(
            "deny_silence",
            ("deemed",),
            "in_review",
            "licensing.confirm_silence",
            _("Find that silence has not fallen"),
            (HEAD,),
            (),
            _("The case goes back to review; the reason stands in the case for the applicant to read."),
            adverse=True,
        ),
        Transition(
            "discontinue",
            ("submitted", "in_review", "recommended", "countersigned"),
            "discontinued",
            "licensing.time",
            _("End with the kind"),
            (SYSTEM,),
            (kind_is_no_more,),
            _("The kind of permit is abolished: the filing ends without a decision, and the applicant gets a letter."),
            adverse=True,
        ),
        Transition(
            "withdraw",
            ("draft", "submitted", "in_review", "recommended", "countersigned"),
            "withdrawn",
            "licensing.submit",
            _("Withdraw"),
            PARTY,
            (),
            _("The case ends without a decision."),
        ),
    ),
)
