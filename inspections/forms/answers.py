"""What filings of a subject, and the answers to them, ask for. The services judge."""

from typing import Any, ClassVar, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.days import told
from core.forms import FilesField
from core.services import Upload
from inspections.models import Filing, Inspection
from inspections.models.answers import KINDS
from inspections.services.annulments import breaches_of
from inspections.services.answers import breached
from inspections.workflow import ANNULMENT, FILING
from law.inspections.claims import refusal_known
from law.inspections.grounds import GROSS_BREACHES, REFUSALS_OF_ACCESS
from law.problems import Problem
from licensing.forms import closed_list, day, words
from licensing.forms.deeds import DeedForm


class FiledForm(DeedForm):
    """What every filing may carry: files."""

    papers = FilesField(label=_("Files"), required=False, help_text=_("PDF, XLSX, DOCX or pictures."))

    def given(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return values | {"files": values.pop("papers")}


class ObjectionForm(FiledForm):
    text = words(_("What you object to, and why"), rows=8)
    field_order = ["text", "papers"]


class CureForm(FiledForm):
    """A field for each item of the order: what was done."""

    needs_row: ClassVar[bool] = True
    text = words(_("What else is to be said"), required=False, rows=3)

    def __init__(self, *args: Any, row: Inspection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items: dict[str, str] = {}
        for number, (code, item) in enumerate(breached(row).items()):
            self.items[f"item_{number}"] = code
            help_text = f"{item.text} ({item.article})"
            self.fields[f"item_{number}"] = words(
                gettext("Item %(item)s: what was done") % {"item": code}, required=False, rows=3, help_text=help_text
            )
        self.order_fields([*self.items, "text", "papers"])

    def given(self) -> dict[str, Any]:
        values = super().given()
        told = {code: values.pop(name, "") for name, code in self.items.items()}
        return values | {"items": {code: text for code, text in told.items() if text.strip()}}


class ProlongForm(FiledForm):
    needs_row: ClassVar[bool] = True
    until = day(_("The last day that you ask for"))
    text = words(_("Measures taken so far, and the reasons"), rows=6)
    items = forms.MultipleChoiceField(
        label=_("Only for these items"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none to ask for the whole order."),
    )
    field_order = ["until", "text", "items", "papers"]

    def __init__(self, *args: Any, row: Inspection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(code, f"{code}: {item.text}") for code, item in breached(row).items()]
        cast("forms.MultipleChoiceField", self.fields["items"]).choices = chosen


def known_to(found: list[Problem]) -> str:
    """What the stored facts say for a ground, in words."""
    if not found:
        return gettext("the facts stored here do not bear it out")
    return gettext("the facts stored here bear it out: %(facts)s") % {
        "facts": " ".join(one.text(told) for one in found)
    }


class RefusalForm(FiledForm):
    needs_row: ClassVar[bool] = True
    ground = forms.ChoiceField(label=_("Ground of Art. 155(1)"), widget=forms.RadioSelect)
    text = words(_("What happened"), required=False, rows=4)
    field_order = ["ground", "text", "papers"]

    def __init__(self, *args: Any, row: Inspection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        plan = row.plan(today)
        cast("forms.ChoiceField", self.fields["ground"]).choices = [
            (code, f"{label} — {known_to(list(refusal_known(code, plan, today)))}")
            for code, label in closed_list(REFUSALS_OF_ACCESS)
        ]


class AnnulmentForm(FiledForm):
    needs_row: ClassVar[bool] = True
    breaches = forms.MultipleChoiceField(label=_("Gross breaches of Art. 156(2)"), widget=forms.CheckboxSelectMultiple)
    text = words(_("What happened, and what you ask for"), rows=8)
    field_order = ["breaches", "text", "papers"]

    def __init__(self, *args: Any, row: Inspection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = breaches_of(row, timezone.localdate())
        cast("forms.MultipleChoiceField", self.fields["breaches"]).choices = [
            (code, f"{label} — {known_to(known[code])}") for code, label in closed_list(GROSS_BREACHES)
        ]


class FileForm(DeedForm):
    """One more file."""

    file = forms.FileField(label=_("File"), help_text=_("PDF, XLSX, DOCX or a picture."))

    def given(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        file = values.pop("file")
        return values | {"upload": Upload(file.name, file.file, file.size)}


class NoteForm(DeedForm):
    answer = words(_("Remark"), required=False, rows=4)


class GrantForm(DeedForm):
    needs_row: ClassVar[bool] = True
    until = day(_("New last day to cure"))
    answer = words(_("Remark"), required=False, rows=3)

    def __init__(self, *args: Any, row: Filing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = row.until


class ReasonsForm(DeedForm):
    answer = words(_("Reasons"), rows=6)


def states_of(table: Any) -> list[tuple[str, str]]:
    return [("", gettext("Any state")), *((one.name, gettext(one.label)) for one in table.states)]


class FilingsForm(forms.Form):
    """What narrows the list. A value that is not offered narrows nothing."""

    q = forms.CharField(required=False, max_length=40, label=_("Number, inspection or BIN"))
    kind = forms.ChoiceField(required=False, label=_("Kind"))
    state = forms.ChoiceField(required=False, label=_("State"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", gettext("Any kind")), *((code, str(label)) for code, label in KINDS.items())]
        cast("forms.ChoiceField", self.fields["kind"]).choices = kinds
        cast("forms.ChoiceField", self.fields["state"]).choices = states_of(FILING)


class AnnulmentsForm(forms.Form):
    """What narrows the list. A value that is not offered narrows nothing."""

    q = forms.CharField(required=False, max_length=40, label=_("Number, inspection or BIN"))
    state = forms.ChoiceField(required=False, label=_("State"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["state"]).choices = states_of(ANNULMENT)
