"""The acts on a breach."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _

from core.models import User
from licensing import services
from licensing.forms import AssignForm, OtherBodyForm
from licensing.forms import life as forms
from licensing.models import Breach
from licensing.views.acts import Act, Table
from licensing.views.acts.watching import WATCHING


def find(user: User, reference: str) -> Breach:
    rows = Breach.objects.visible_to(user).select_related("organisation", "authority", "licence", "assigned_to")
    return get_object_or_404(rows, reference=reference)


SETTLED = _("The breach is settled.")
ACTS = Table(
    find=find,
    page="breach",
    index=("breaches", _("Breaches")),
    nav="breaches",
    permission="licensing.review_breach",
    acts=(
        Act(
            "cure",
            SETTLED,
            services.settle_breach,
            forms.CureForm,
            step="cure",
            given={"step": "cure"},
            supplied=frozenset({"cure-day", "note-missing"}),
        ),
        Act(
            "refer",
            _("The referral is sent."),
            services.refer_breach,
            OtherBodyForm,
            label=_("Refer to another body"),
            consequence=_("The other body owes an answer."),
        ),
        Act(
            "answer",
            _("The answer is entered."),
            services.answer_referral,
            forms.ReferralAnswerForm,
            label=_("Enter the answer of a body"),
            of="referral",
            when=lambda case, actor: case.referrals.filter(answered_on__isnull=True).exists(),
            versioned=False,
        ),
        Act("assign", _("The case is assigned."), services.assign_breach, AssignForm, label=_("Assign")),
        Act("close", SETTLED, services.settle_breach, forms.TextForm, step="close", given={"step": "close"}),
        Act(
            "dismiss",
            SETTLED,
            services.settle_breach,
            forms.TextForm,
            step="dismiss",
            given={"step": "dismiss"},
            supplied=frozenset({"note-missing"}),
        ),
        *WATCHING,
    ),
)
