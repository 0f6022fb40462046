"""The acts on an application: what leads to its decision; the rest stands in `application_aside.py`."""

from datetime import datetime

from django.utils.translation import gettext_noop as _

from core.models import User
from core.workflow import HEAD, OFFICER, Transition
from law.problems import Problem
from licensing import services
from licensing.forms import WhyForm
from licensing.forms import application as forms
from licensing.models import Application
from licensing.services.hearings import DRAFTED
from licensing.views.access import case_or_404
from licensing.views.acts import Act, Offers, Table, never
from licensing.views.acts.application_aside import ASIDE
from licensing.views.papers import beside_form


def take_case(application: Application, *, actor: User, at: datetime) -> Application:
    return services.assign_application(application, to=actor, actor=actor, at=at)


def awaits_hearing(application: Application, actor: User) -> bool:
    """An adverse draft stands on which the applicant is to be heard, and no day is set."""
    row = application.recommendation if application.state in DRAFTED else None
    return row is not None and application.needs_hearing(row.outcome) and application.hearing is None


def objections(application: Application, step: Transition, actor: User, allowed: bool) -> tuple[Problem, ...]:
    """A decision follows the recommendation; who may not take a step is told why: his role, or his hand in the case."""
    row = application.recommendation
    if step.name in ("grant", "refuse") and row is not None and row.outcome != step.name:
        message = _("The recommendation says otherwise. Return the case to have it changed.")
        # of the two decisions, only the one proposed is worth telling to who may take neither
        return (Problem(code="not-as-recommended", message=message),) if allowed else ()
    if allowed or actor.role not in (OFFICER, HEAD):
        return ()
    if actor.role not in step.roles:
        return (Problem(code="for-a-head", message=_("A head who had no hand in the case decides.")),)
    message = _("You had a hand in preparing this case: another person does this.")
    return (Problem(code="second-person", message=message),)


def case_offers(application: Application, actor: User, at: datetime) -> Offers:
    """What the case file offers: nothing to who only reads, and nothing once the case has ended."""
    if actor.role not in (OFFICER, HEAD) or application.closed_at is not None:
        return Offers()
    return ACTS.offered(application, actor, at)


ACTS = Table(
    find=case_or_404,
    page="case",
    index=("queue", _("Queue")),
    nav="queue",
    permission="licensing.review",
    hold=services.hold_licence,
    objections=objections,
    beside=beside_form,
    acts=(
        Act(
            "register",
            _("The application is registered."),
            services.register_application,
            label=_("Register the application"),
            consequence=_("The filing is entered among the incoming papers; the term to register it is met."),
            when=lambda case, actor: case.state == "submitted" and case.registered_at is None,
        ),
        Act(
            "announce-hearing",
            _("The draft decision is sent; the applicant is heard on the day set."),
            services.announce_hearing,
            forms.HearingForm,
            label=_("Send the draft and announce a hearing"),
            consequence=_("From now on the draft cannot be edited; nothing is decided before the day has passed."),
            when=awaits_hearing,
            leads=lambda case, actor: case.state == "countersigned",
            paper="hearing",
            tab="questions",
        ),
        Act(
            "visit",
            _("The conclusion of the visit is entered."),
            services.conclude_visit,
            forms.VisitForm,
            label=_("Enter the conclusion of the visit"),
            consequence=_("Without it nothing is decided; you will not be able to decide the case."),
            permission="licensing.conclude_visit",
            when=lambda case, actor: case.needs_visit and case.state != "submitted",
            leads=never,
            tab="checks",
        ),
        Act(
            "accept",
            _("The filing is accepted as complete; the review has begun."),
            services.accept_application,
            step="accept",
        ),
        Act(
            "refuse-consideration",
            _("Consideration is refused; the applicant gets the letter."),
            services.refuse_consideration,
            forms.ReasonsForm,
            step="refuse_consideration",
            supplied=frozenset({"reasons-missing"}),
            leads=never,
            paper="refusal_to_consider",
        ),
        Act(
            "recommend",
            _("The recommendation is made; a second person countersigns it."),
            services.recommend,
            forms.RecommendForm,
            step="recommend",
            supplied=frozenset({"no-recommendation"}),
            paper="recommendation",
        ),
        Act(
            "countersign",
            _("The recommendation is countersigned; a head decides."),
            services.countersign,
            step="countersign",
            paper="recommendation",
        ),
        Act(
            "return",
            _("The case is back in review."),
            services.return_to_review,
            WhyForm,
            label=_("Return to review"),
            step="return_to_review",
            leads=never,
        ),
        Act(
            "grant",
            _("The licence is granted."),
            services.decide_application,
            forms.DecideForm,
            label=_("Grant the licence"),
            step="grant",
            given={"outcome": "grant"},
            paper="recommendation",
        ),
        Act(
            "refuse",
            _("The licence is refused; the applicant gets the letter."),
            services.decide_application,
            forms.DecideForm,
            label=_("Refuse the licence"),
            step="refuse",
            given={"outcome": "refuse"},
            supplied=frozenset({"reasons-missing"}),
            paper="recommendation",
        ),
        Act(
            "confirm-silence",
            _("The permit is issued as of the end of the term."),
            services.confirm_silence,
            label=_("Confirm the permit that silence made"),
            step="confirm_silence",
        ),
        Act(
            "deny-silence",
            _("The case is back in review."),
            services.deny_silence,
            WhyForm,
            step="deny_silence",
            leads=never,
        ),
        Act(
            "take",
            _("The case is yours."),
            take_case,
            label=_("Take the case"),
            consequence=_("You become the officer of this case."),
            when=lambda case, actor: case.assigned_to_id != actor.pk,
            leads=lambda case, actor: case.assigned_to_id is None,
        ),
        *ASIDE,
    ),
)
