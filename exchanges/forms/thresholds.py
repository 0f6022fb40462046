"""The two questions of the page on thresholds: an operation of a provider, and the month of a retail client."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput
from exchanges.forms.perimeter import DayForm, lawful_day, question_choices
from law.limits import ASSETS, PROVIDERS

SUM: dict[str, Any] = {"max_digits": 20, "decimal_places": 2}
CENT = Decimal("0.01")
OPERATION, MONTH = "operation", "month"


class OperationForm(DayForm):
    """An operation, by who carries it out, what it is of, and its sum. The day is that of every question of the law."""

    field_order = ("provider", "asset", "amount", "on")

    provider = forms.ChoiceField(label=_("Who carries it out?"), choices=question_choices(PROVIDERS))
    asset = forms.ChoiceField(label=_("What operation?"), choices=question_choices(ASSETS))
    amount = forms.DecimalField(
        label=_("Amount, tenge"),
        min_value=CENT,
        help_text=_("In tenge on the day of the operation."),
        **SUM,
    )


class MonthForm(forms.Form):
    """What a retail client bought in a calendar month, and a purchase that is asked for."""

    bought = forms.DecimalField(
        label=_("Bought so far in the month, US dollars"),
        min_value=Decimal(0),
        help_text=_("Purchases alone, with those at other providers where they are known."),
        **SUM,
    )
    further = forms.DecimalField(label=_("A further purchase, US dollars"), required=False, min_value=Decimal(0), **SUM)
    on = forms.DateField(
        label=_("A day of the month"),
        widget=DateInput,
        validators=[lawful_day],
        error_messages={"required": _("Choose a day."), "invalid": _("Write the day as year-month-day.")},
    )
    tested = forms.BooleanField(label=_("The provider has tested the client"), required=False)
