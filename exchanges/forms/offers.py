"""What declaring, ending and observing an offer ask for."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import User
from exchanges.models import ApprovedAsset
from exchanges.services import AssetNamed, offering_licences
from exchanges.services.naming import LENGTHS
from licensing.forms import day, words
from licensing.models import Licence
from licensing.workflow import LIVE

WORDS = ("name", "symbol", "network", "contract")
CHOICES = 200  # entries of the list that a page offers to choose from; others by their number


class AssetForm(forms.Form):
    """Whose asset, and which: an entry of the list, or another in words."""

    licence = forms.ModelChoiceField(queryset=Licence.objects.none(), label=_("Licence"))
    code = forms.ChoiceField(
        label=_("Entry of the list"),
        required=False,
        help_text=_("Leave it empty and name the asset below where it is not in the list."),
    )
    name = forms.CharField(label=_("Name of the asset"), max_length=LENGTHS["name"], required=False)
    symbol = forms.CharField(label=_("Symbol"), max_length=LENGTHS["symbol"], required=False)
    network = forms.CharField(label=_("Network"), max_length=LENGTHS["network"], required=False)
    contract = forms.CharField(label=_("Address of the contract"), max_length=LENGTHS["contract"], required=False)
    other = forms.BooleanField(label=_("It is another asset than the listed one of the same symbol"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        licences = offering_licences(user).filter(state__in=LIVE).order_by("number")
        cast("forms.ModelChoiceField[Licence]", self.fields["licence"]).queryset = licences
        self.fields["licence"].label_from_instance = lambda row: f"{row.number} · {row.organisation.name}"  # type: ignore[attr-defined]  # of a ModelChoiceField
        listed = ApprovedAsset.objects.standing(timezone.localdate()).order_by("symbol", "id")[:CHOICES]
        cast("forms.ChoiceField", self.fields["code"]).choices = [
            ("", "–"),
            *((row.reference, f"{row.symbol} · {row.name} ({row.reference})") for row in listed),
        ]

    def named(self) -> AssetNamed:
        own = self.cleaned_data
        return AssetNamed(code=own["code"], other=own["other"], **{field: own[field] for field in WORDS})


class DeclareForm(AssetForm):
    from_day = day(_("Offered from"), today=True)
    to_day = day(_("Offered to"), required=False, help_text=_("Where the last day is known."))

    def given(self) -> dict[str, Any]:
        own = self.cleaned_data
        return {"asset": self.named(), "from_day": own["from_day"], "to_day": own["to_day"]}


class ObserveForm(AssetForm):
    observed_on = day(_("Observed on"), today=True)
    source = words(_("Where it was seen"), rows=3, help_text=_("A page, an advertisement, a letter."))

    def given(self) -> dict[str, Any]:
        own = self.cleaned_data
        return {"asset": self.named(), "observed_on": own["observed_on"], "source": own["source"]}


class EndOfferForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    to_day = day(_("Last day of the offer"), today=True)
