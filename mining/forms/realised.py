"""What a report on jobs and investment asks for: of the holder, and of an officer who enters it from a paper."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from core.days import dateshort
from core.models import User
from licensing.forms import day, words
from licensing.models import Licence
from mining.models.hosting import HOSTED_KINDS
from mining.models.realised import MOST_JOBS
from mining.services.realised import past_periods

PERIODS, LISTED = 16, 100


def period_choices() -> list[tuple[str, str]]:
    periods = past_periods(timezone.localdate(), PERIODS)
    return [(one.first.isoformat(), f"{dateshort(one.first)} – {dateshort(one.last)}") for one in periods]


class RealisedForm(forms.Form):
    """The fields are the arguments of the service."""

    licence = forms.CharField(label=_("Number of the licence"), max_length=40)
    period = forms.TypedChoiceField(label=_("Period"), choices=lazy(period_choices, list), coerce=date.fromisoformat)
    jobs = forms.IntegerField(label=_("Jobs on the last day of the period"), min_value=0, max_value=MOST_JOBS)
    investment = forms.DecimalField(
        label=_("Invested in the period, tenge"), min_value=Decimal(0), max_digits=18, decimal_places=2
    )
    source = forms.CharField(
        label=_("Paper it is entered from"), max_length=300, help_text=_("As: letter No. 12 of 5 October 2026.")
    )
    paper_on = day(_("Day of the paper"))
    note = words(_("Note"), required=False, rows=3)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.licences = Licence.objects.visible_to(user).filter(kind__in=HOSTED_KINDS)
        if not user.is_official:
            rows = self.licences.select_related("organisation").order_by("-id")[:LISTED]
            own = [(one.number, f"{one.number}, {one.organisation.name}") for one in rows]
            self.fields["licence"] = forms.ChoiceField(label=_("Licence"), choices=own)
            self.order_fields(["licence"])
            del self.fields["source"], self.fields["paper_on"]

    def clean_licence(self) -> Licence:
        number = str(self.cleaned_data["licence"]).strip().upper()
        found = self.licences.filter(number=number).first()
        if found is None:
            raise forms.ValidationError(_("There is no mining licence with this number."))
        return found

    def values(self) -> dict[str, Any]:
        """What the service takes beside the licence."""
        return {name: value for name, value in self.cleaned_data.items() if name != "licence"}

    @property
    def licence_given(self) -> Licence:
        return cast("Licence", self.cleaned_data["licence"])
