"""The acts on a request between authorities. The asked authority answers on the page itself."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _

from core.models import User
from licensing import services
from licensing.forms import ActForm
from licensing.forms.referral import EnterAnswerForm, WithdrawForm
from licensing.models import Referral
from licensing.views.acts import Act, Table


def find(user: User, reference: str) -> Referral:
    """One that the official's own authority asked or is asked."""
    people = ("authority", "body", "sent_by", "answered_by")
    return get_object_or_404(Referral.objects.visible_to(user).select_related(*people), reference=reference)


def to_whom(row: Referral) -> Any:
    return f"{row.authority.name} → {row.body.name}"


def asked_it(row: Referral, actor: User) -> bool:
    return actor.authority_id == row.authority_id


ACTS = Table(
    find=find,
    page="request",
    index=("authority-requests", _("Between authorities")),
    nav="authority-requests",
    heading=to_whom,
    acts=(
        Act(
            "answer",
            _("The answer is entered."),
            services.answer_request,
            EnterAnswerForm,
            step="answer",
            supplied=frozenset({"particular-missing", "answer-day"}),
            when=asked_it,
            versioned=False,
        ),
        Act("settle", _("The matter is settled."), services.settle_request, ActForm, step="settle"),
        Act(
            "withdraw",
            _("The request is withdrawn."),
            services.withdraw_request,
            WithdrawForm,
            step="withdraw",
            supplied=frozenset({"note-missing"}),
            leads=lambda case, actor: False,
        ),
    ),
)
