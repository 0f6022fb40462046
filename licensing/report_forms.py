"""What a report is asked for: from which day to which, and of which filings."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput
from licensing.filters import kind_choices, region_choices

MONTHS = 36  # the longest period: a chart of more months cannot be read


class ReportForm(forms.Form):
    """Sent by GET. Both days belong to the period; without one the last month that is over is shown."""

    from_on = forms.DateField(label=_("From"), widget=DateInput())
    to_on = forms.DateField(label=_("To, that day included"), widget=DateInput())
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, none, choices in (
            ("kind", _("All kinds"), kind_choices()),
            ("region", _("All regions"), region_choices()),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
            field.choices = [("", none), *choices]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("from_on"), given.get("to_on")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("to_on", _("The last day lies before the first."))
            elif last.year * 12 + last.month - first.year * 12 - first.month >= MONTHS:
                self.add_error("to_on", _("A period has at most 36 months."))
        return given
