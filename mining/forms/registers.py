"""What the pages of mining ask for. The services judge; forms only read and say what is malformed."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.days import monthlong
from core.models import Organisation, User
from licensing.forms import ActForm, words
from mining.models.machines import EXCLUDE, MOVE, TRANSFER

LISTED = 100  # organisations that a form offers
NUMBERS = 20_000  # characters of a list of machines
PERIODS = 24


class SenderForm(forms.Form):
    """A form that is sent for an organisation: one of the sender's own, or whose BIN or IIN an official enters."""

    organisation = forms.CharField(label=_("BIN or IIN of the owner"), max_length=12)

    def __init__(self, *args: Any, user: User, among: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.is_official:
            rows = user.organisations() if among is None else among
            own = [(one.identifier, f"{one.name}, {one.identifier}") for one in rows.order_by("pk")[:LISTED]]
            self.fields["organisation"] = forms.ChoiceField(label=_("On behalf of"), choices=own)

    def clean_organisation(self) -> Organisation:
        rows = Organisation.objects.visible_to(self.user)
        found = rows.filter(identifier=str(self.cleaned_data["organisation"]).replace(" ", "")).first()
        if found is None:
            raise forms.ValidationError(_("No organisation with this BIN or IIN is known here."))
        return found


class RowFileForm(SenderForm):
    file = forms.FileField(label=_("File"), allow_empty_file=True)


class ChangeForm(SenderForm):
    """What is asked about machines in the register."""

    act = forms.ChoiceField(
        label=_("What is asked"),
        choices=[
            (EXCLUDE, _("Take them out of the register")),
            (MOVE, _("Move them to another data centre")),
            (TRANSFER, _("Pass them to another owner")),
        ],
        widget=forms.RadioSelect,
    )
    numbers = forms.CharField(
        label=_("Numbers of the machines"),
        max_length=NUMBERS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("As HSC-00000012, separated by spaces, commas or lines."),
    )
    to_centre = forms.CharField(label=_("Number of the new data centre"), max_length=20, required=False)
    to_owner = forms.CharField(label=_("BIN or IIN of the new owner"), max_length=12, required=False)
    reason = words(_("Reason"), required=False, rows=3)

    def clean_numbers(self) -> list[str]:
        return self.cleaned_data["numbers"].replace(",", " ").replace(";", " ").split()


class GrantForm(ActForm):
    answer = words(_("Note to the owner"), required=False, rows=3)


class RefuseForm(ActForm):
    answer = words(_("Reasons in words"), rows=4)


class ConsentForm(ActForm):
    paper = words(
        _("What the paper was"),
        rows=3,
        help_text=_("Its kind, number and day, and who signed it for each owner."),
    )


class AnswerForm(forms.Form):
    """The new owner's answer to the offer of machines."""

    outcome = forms.ChoiceField(choices=[("confirm", "confirm"), ("decline", "decline")])
    reason = forms.CharField(required=False, max_length=2_000)
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1)


def past_periods() -> list[tuple[str, str]]:
    """The months that are over, the latest first."""
    today, found = timezone.localdate(), []
    year, month = today.year, today.month
    for _step in range(PERIODS):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        first = date(year, month, 1)
        found.append((first.isoformat(), monthlong(first)))
    return found


class PeriodForm(SenderForm):
    """A report on a period, and its number among those of the period."""

    period = forms.TypedChoiceField(label=_("Period"), choices=past_periods, coerce=date.fromisoformat)
    revision = forms.IntegerField(
        label=_("Number of the report"),
        min_value=1,
        max_value=999,
        initial=1,
        help_text=_("1 is the first report of the period; a correction has a higher number and brings all rows anew."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )


class DistributionForm(PeriodForm):
    file = forms.FileField(label=_("File"), allow_empty_file=True)
    as_it_happened = forms.BooleanField(
        label=_("Rows that differ from the register of licences are as it happened"), required=False
    )


class OutputForm(PeriodForm):
    """The sums by asset, one a line."""

    amounts = forms.CharField(
        label=_("Amounts obtained"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_("An asset and its amount a line, as: BTC 0.12345678"),
    )
    explanation = words(_("Explanation"), required=False, rows=3)

    def clean_amounts(self) -> list[dict[str, str]]:
        lines = [line.split(maxsplit=1) for line in self.cleaned_data["amounts"].splitlines() if line.strip()]
        return [{"asset": line[0], "amount": line[1] if len(line) > 1 else ""} for line in lines]
