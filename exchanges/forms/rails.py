"""What the pages of accounts at banks ask for. The services judge."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import Organisation, User
from core.regions import REGIONS
from exchanges.models import Servicer
from law.rails import CLIENT_KINDS, RISKS, SERVICERS
from licensing.forms import day, words
from licensing.forms.deeds import DeedForm
from licensing.models import Licence

LISTED = 300  # licences that a form offers


def named(choices: Any, first: str = "") -> list[tuple[str, str]]:
    rows = [(code, gettext(label)) for code, label in choices.items()]
    return [("", first), *rows] if first else rows


class RailsForm(forms.Form):
    """What narrows the list. A value that is not offered narrows nothing."""

    q = forms.CharField(required=False, max_length=40, label=_("Number of the account or licence, or BIN"))
    state = forms.ChoiceField(required=False, label=_("State"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = {"held": _("Account held"), "ended": _("Account ended")}
        cast("forms.ChoiceField", self.fields["state"]).choices = named(states, gettext("Any state"))


class ServicerForm(forms.Form):
    """An organisation that is a bank, or the postal operator."""

    organisation = forms.CharField(label=_("BIN"), max_length=12)
    kind = forms.ChoiceField(label=_("What it is"))
    source = forms.CharField(
        label=_("Where this is known from"), max_length=300, help_text=_("A page, a letter with its number and day.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["kind"]).choices = named(SERVICERS)

    def clean_organisation(self) -> Organisation:
        found = Organisation.objects.filter(identifier=self.cleaned_data["organisation"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("No organisation is registered here under this number."))
        return found


class LicenceChoice(forms.ModelChoiceField):
    """A licence by its number and holder."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number} · {obj.organisation.name}"


def clients_of(user: User) -> Any:
    """The licences of providers for which somebody may enter what concerns them, the newest first."""
    rows = Licence.objects.visible_to(user).filter(kind__in=CLIENT_KINDS).select_related("organisation")
    return rows.order_by("-id")[:LISTED]


class RailForm(forms.Form):
    """An account of a licence holder."""

    licence = LicenceChoice(Licence.objects.none(), label=_("Licence"), to_field_name="number")
    servicer = forms.ModelChoiceField(Servicer.objects.none(), label=_("Bank or postal operator"))
    regions = forms.MultipleChoiceField(
        label=_("Regions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: in the whole country."),
    )
    from_on = day(_("Account held from"))
    to_on = day(_("Last day"), required=False, help_text=_("Where it has ended already."))
    source = forms.CharField(
        label=_("Where this is known from"), max_length=300, help_text=_("The contract with its number and day.")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        licences = Licence.objects.visible_to(user).filter(pk__in=[row.pk for row in clients_of(user)])
        own = cast("forms.ModelChoiceField[Any]", self.fields["licence"])
        own.queryset = licences.select_related("organisation").order_by("-id")
        banks = cast("forms.ModelChoiceField[Any]", self.fields["servicer"])
        banks.queryset = Servicer.objects.select_related("organisation")
        cast("forms.MultipleChoiceField", self.fields["regions"]).choices = named(REGIONS)


class EndRailForm(DeedForm):
    to_on = day(_("Last day of the account"), today=True)
    end_source = forms.CharField(label=_("Where this is known from"), max_length=300)


class RateRailForm(DeedForm):
    risk = forms.ChoiceField(label=_("Risk"))
    rated_on = day(_("Rated on"), today=True)
    reason = words(_("Reason"), rows=3)
    measures = words(_("Enhanced measures"), required=False, rows=3, help_text=_("Needed at high risk."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["risk"]).choices = named(RISKS)
