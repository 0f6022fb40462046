"""The acts on a measure against a licence."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _

from core.models import User
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.problems import Problem
from licensing import services
from licensing.forms import life as forms
from licensing.models import Licence, Measure
from licensing.views.acts import Act, Table
from licensing.views.acts.watching import WATCHING


def find(user: User, reference: str) -> Measure:
    rows = Measure.objects.visible_to(user).select_related("organisation", "authority", "licence", "breach")
    return get_object_or_404(rows, reference=reference)


def hold(measure: Measure) -> Licence:
    """The licence first, as every act does."""
    return locked(measure.licence)


def awaits_minutes(measure: Measure, actor: User) -> bool:
    hearing = measure.hearing if measure.told_on and measure.closed_at is None else None
    return hearing is not None and hearing.minutes_at is None


def record_hearing(measure: Measure, **given: Any) -> Any:
    """The minutes of the hearing on the measure's draft.

    Raises:
        TransitionRefused: there is none, or it is closed.
    """
    if (hearing := measure.hearing) is None:
        raise TransitionRefused([Problem("hearing-closed", _("This hearing is closed."))])
    return services.record_hearing(hearing, **given)


ENDED = _("The measure has ended.")
COURT_DAYS = frozenset({"court-day", "judgment-not-in-force", "court-missing", "note-missing"})
ACTS = Table(
    find=find,
    page="measure",
    index=("measures", _("Measures")),
    nav="breaches",
    permission="licensing.review_measure",
    hold=hold,
    acts=(
        Act(
            "countersign",
            _("The measure is countersigned; a head decides."),
            services.countersign_measure,
            step="countersign",
        ),
        Act(
            "decide",
            _("The measure is in effect."),
            services.decide_measure,
            forms.MeasureConfirmForm,
            step="decide",
            when=lambda case, actor: not case.by_court,
        ),
        Act(
            "file",
            _("The claim is filed."),
            services.file_claim,
            forms.ClaimForm,
            step="file",
            supplied=COURT_DAYS,
            when=lambda case, actor: case.by_court,
        ),
        Act(
            "hear",
            _("The hearing is entered."),
            services.enter_court_hearing,
            forms.CourtHearingForm,
            step="hear",
            supplied=COURT_DAYS,
        ),
        Act(
            "uphold",
            _("The judgment is carried out."),
            services.carry_out_judgment,
            forms.JudgmentForm,
            step="uphold",
            supplied=COURT_DAYS,
        ),
        Act(
            "announce",
            _("The draft is sent to the holder."),
            services.announce_measure,
            forms.AnnounceForm,
            label=_("Make the draft known"),
            consequence=_("The holder gets the draft and may answer it; the licence stays as it is."),
            when=lambda case, actor: case.told_on is None,
        ),
        Act(
            "minutes",
            _("The minutes stand in the case."),
            record_hearing,
            forms.MinutesForm,
            label=_("Enter the minutes of the hearing"),
            consequence=_("The minutes stand in the case, for the holder to read, and cannot be changed."),
            when=awaits_minutes,
        ),
        Act(
            "approve",
            _("The approval is on file."),
            services.approve_measure,
            forms.ApprovalForm,
            label=_("Note the prosecutor's approval"),
            when=lambda case, actor: case.organisation.is_registered_investor,
        ),
        Act(
            "reject",
            ENDED,
            services.end_measure,
            forms.RejectForm,
            step="reject",
            given={"step": "reject"},
            supplied=COURT_DAYS,
        ),
        Act(
            "drop",
            ENDED,
            services.end_measure,
            forms.TextForm,
            step="drop",
            given={"step": "drop"},
            supplied=frozenset({"note-missing"}),
        ),
        *WATCHING,
    ),
)
