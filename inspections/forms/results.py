"""What the end of an inspection and the acts after it ask for."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.days import dateshort
from inspections.models import Inspection, InspectionItem
from inspections.models.inspections import RECEIPTS
from inspections.services.results import LONGEST
from law.inspections.codes import SEVERITIES, Severity
from licensing.forms.deeds import DeedForm


def words(label: Any, *, required: bool = True, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows})
    )


def day(label: Any, *, required: bool = True, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}), **more)


class ResultForm(DeedForm):
    """Findings and receipt; where items were not met, what is to be mended and by when, also item by item."""

    findings = words(_("What was found"))
    receipt = forms.ChoiceField(label=_("Receipt by the subject"), choices=list(RECEIPTS.items()))

    def __init__(self, *args: Any, found: list[InspectionItem], earliest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        if not found:
            return
        self.fields["instructions"] = words(_("What is to be mended"))
        told = gettext("Not before %(day)s: ten calendar days after the handing over.") % {"day": dateshort(earliest)}
        self.fields["cure_by"] = day(_("To be cured by"), help_text=told)
        for item in found:
            label = gettext("%(item)s, %(severity)s: another day") % {
                "item": item.code,
                "severity": gettext(SEVERITIES[Severity(item.severity)]),
            }
            self.fields[f"day-{item.code}"] = day(label, required=False)

    def given(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        days = {item.code: values.pop(f"day-{item.code}", None) for item in self.found}
        return values | ({"days": {code: one for code, one in days.items() if one}} if self.found else {})


class ClosingForm(DeedForm):
    closing = words(_("What came of the order"))


class ReminderForm(DeedForm):
    answer_by = day(_("To be answered by"), help_text=_("The Code gives no day; the request names one."))


class SuspensionForm(DeedForm):
    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=6)
    text = words(_("Reasons in words"))


class FollowUpForm(DeedForm):
    """A check of an order asks for nothing: all of it is known."""

    def given(self) -> dict[str, Any]:
        return {}


def result_form(row: Inspection, found: list[InspectionItem], earliest: date, *data: Any) -> ResultForm:
    return ResultForm(*data, found=found, earliest=earliest, initial={"version": row.version})
