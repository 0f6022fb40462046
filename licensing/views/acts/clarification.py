"""The acts on a request for an official clarification."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _

from core.models import User
from licensing import services
from licensing.forms import WhyForm
from licensing.forms.clarification import DraftForm
from licensing.models import Clarification
from licensing.services.clarifications import hold_with_replaced
from licensing.views.acts import Act, Table


def find(user: User, reference: str) -> Clarification:
    people = ("asked_by", "drafted_by", "signed_by", "organisation", "authority", "replaces", "document")
    rows = Clarification.objects.filter(authority=user.authority_id).select_related(*people)
    return get_object_or_404(rows, reference=reference)


def heading(clarification: Clarification) -> str:
    return clarification.heading


ACTS = Table(
    find=find,
    page="clarification-request",
    index=("clarification-requests", _("Clarifications")),
    nav="clarification-requests",
    heading=heading,
    hold=hold_with_replaced,
    acts=(
        Act("sign", _("The clarification is signed and has its number."), services.sign_clarification, step="sign"),
        Act(
            "draft",
            _("The answer waits for a signature."),
            services.draft_clarification,
            DraftForm,
            step="draft",
            supplied=frozenset({"answer-missing", "title-missing", "provisions-missing"}),
        ),
        Act("send-back", _("The draft is sent back."), services.send_back_clarification, WhyForm, step="send_back"),
        Act("publish", _("Everybody can read it now."), services.publish_clarification, step="publish"),
        Act(
            "withdraw",
            _("The clarification is withdrawn."),
            services.withdraw_clarification,
            WhyForm,
            step="withdraw",
        ),
    ),
)
