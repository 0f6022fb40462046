"""What a limit of power asks for."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, own_region
from core.regions import ZONES
from mining.forms.centres import MEGAWATTS


def own_zones() -> list[tuple[str, Any]]:
    return [("", "—"), *((code, gettext(name)) for code, name in ZONES.items())]


class LimitForm(forms.Form):
    """A limit of one place by an act."""

    region = forms.ChoiceField(label=_("Region"), choices=own_region, required=False)
    zone = forms.ChoiceField(label=_("Zone of the grid"), choices=lazy(own_zones, list), required=False)
    megawatts = forms.DecimalField(label=_("Limit, MW"), **MEGAWATTS)
    source = forms.CharField(label=_("Act that sets it"), max_length=300)
    since = forms.DateField(label=_("From"), widget=DateInput)
    until = forms.DateField(label=_("Last day"), widget=DateInput, required=False)


class EndLimitForm(forms.Form):
    until = forms.DateField(label=_("Last day"), widget=DateInput)
