"""What the world's hash rate asks for."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from law.hash_rate import UNITS
from licensing.forms import day, words


class WorldForm(forms.Form):
    """A figure and where it is from. The fields are the arguments of the service."""

    day = day(_("Day of the figure"), today=True)
    amount = forms.DecimalField(
        label=_("Hash rate of the world"), min_value=Decimal("0.001"), max_digits=15, decimal_places=3
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=[(unit, unit) for unit in UNITS], initial="EH/s")
    source = forms.CharField(
        label=_("Source"), max_length=500, help_text=_("In words, or the address of the page that says it.")
    )


class CorrectWorldForm(WorldForm):
    """A figure in place of one entered before."""

    reason = words(_("Why it is corrected"), rows=3)
