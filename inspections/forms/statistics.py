"""The period that figures of inspections are asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from licensing.forms import day


class PeriodForm(forms.Form):
    """First and last day, both counted."""

    from_on = day(_("From"))
    to_on = day(_("To"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("from_on"), given.get("to_on")
        if first and last and first > last:
            self.add_error("to_on", _("The last day lies before the first."))
        return given
