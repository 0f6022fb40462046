"""The acts on a tip. A warning of it is proposed on the page of warnings, which needs more than a form of an act."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _

from core.models import User
from exchanges import services
from exchanges.forms import tips as forms
from exchanges.models import MarketTip
from licensing.views.acts import Act, Table, never


def find(user: User, reference: str) -> MarketTip:
    people = ("authority", "taken_by", "duplicate_of", "referral", "breach", "warning")
    return get_object_or_404(MarketTip.objects.visible_to(user).select_related(*people), reference=reference)


def named(tip: MarketTip) -> Any:
    return tip.title


ACTS = Table(
    find=find,
    page="tip",
    index=("tips", _("Tips")),
    nav="tips",
    heading=named,
    acts=(
        Act("take", _("The tip is yours to look at."), services.take_tip, step="take"),
        Act(
            "hand_over",
            _("The tip is referred."),
            services.refer_tip,
            forms.HandOverForm,
            step="hand_over",
            leads=never,
        ),
        Act(
            "breach",
            _("The breach is opened."),
            services.open_breach_of_tip,
            forms.TipBreachForm,
            step="open_breach",
            leads=never,
        ),
        Act(
            "repeat",
            _("The tip is noted as a duplicate."),
            services.repeat_tip,
            forms.RepeatForm,
            step="repeat",
            supplied=frozenset({"tip-original"}),
            leads=never,
        ),
        Act(
            "close",
            _("The tip is closed."),
            services.close_tip,
            forms.CloseTipForm,
            step="close",
            supplied=frozenset({"tip-reason", "note-missing"}),
            leads=never,
        ),
    ),
)
