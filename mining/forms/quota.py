"""What the pages of a miner's sales and conduct ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Authority
from licensing.forms import ActForm, day, words


class PeriodForm(forms.Form):
    """The days of an assessment."""

    first = day(_("From"))
    last = day(_("To"))


class JudgementForm(ActForm):
    """The head's reasons."""

    text = words(_("Judgement in words"), help_text=_("What the arithmetic shows, and what it means for this miner."))


class FactsForm(ActForm):
    """What the miner is asked to explain."""

    facts = words(_("Facts"), help_text=_("The one concerned reads this in the letter."))


class TradeForm(forms.Form):
    """A miner organises trade, and which body is told."""

    traded_on = day(_("Day of the trade"), help_text=_("The law of this day counts."))
    facts = words(_("Facts"), help_text=_("The one concerned reads this in the letter."))
    body = forms.ModelChoiceField(Authority.objects.none(), label=_("Referred to"))
    text = words(_("What is asked"), rows=4)

    def __init__(self, *args: object, authority_id: int | None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as forms.Form takes them
        bodies = Authority.objects.exclude(pk=authority_id or 0).order_by("code")
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]  # a field of models


class ActivityForm(forms.Form):
    """Another activity of a miner, or stakes in others."""

    on = day(_("Day of the activity"), help_text=_("The law of this day counts."))
    facts = words(_("Facts"), help_text=_("The one concerned reads this in the letter."))
