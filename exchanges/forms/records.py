"""What records of providers ask for. The services judge."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import User
from core.services import Upload
from exchanges.forms.complaints import states_of
from exchanges.forms.rails import LicenceChoice, clients_of
from exchanges.workflow import RECORD
from law.records import LANGUAGES, RECORDS
from licensing.forms import day, words
from licensing.forms.deeds import DeedForm
from licensing.models import Licence

LANGUAGE_NAMES = {"kk": _("Kazakh"), "ru": _("Russian"), "en": _("English")}


def kinds_of_records(first: str = "") -> list[tuple[str, str]]:
    rows = [(code, gettext(kind.title)) for code, kind in RECORDS.items()]
    return [("", first), *rows] if first else rows


class RecordsForm(forms.Form):
    """What narrows the list. A value that is not offered narrows nothing."""

    q = forms.CharField(required=False, max_length=40, label=_("Number, licence or BIN"))
    kind = forms.ChoiceField(required=False, label=_("Kind"))
    state = forms.ChoiceField(required=False, label=_("State"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["kind"]).choices = kinds_of_records(gettext("Any kind"))
        cast("forms.ChoiceField", self.fields["state"]).choices = states_of(RECORD)


class RecordForm(forms.Form):
    """A record as it is filed; which fields it needs is told by its kind."""

    licence = LicenceChoice(Licence.objects.none(), label=_("Licence"), to_field_name="number")
    kind = forms.ChoiceField(label=_("Kind"))
    from_on = day(_("First day"), help_text=_("Of a report: the first day of its period."))
    to_on = day(
        _("Last day"), required=False, help_text=_("Of a report: the last of its period. Of a test: of its term.")
    )
    name = forms.CharField(
        label=_("Name"), required=False, max_length=300, help_text=_("Of the programme, the system, the officer.")
    )
    number = forms.CharField(label=_("Number or version"), required=False, max_length=100)
    place = forms.CharField(label=_("Place or address on the Internet"), required=False, max_length=500)
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
    )
    country = forms.CharField(
        label=_("Country"), required=False, max_length=2, help_text=_("Two letters; where the data are kept.")
    )
    note = words(_("Note"), required=False, rows=3)
    file = forms.FileField(label=_("File"), required=False, help_text=_("PDF, XLSX, DOCX or a picture."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = cast("forms.ModelChoiceField[Any]", self.fields["licence"])
        rows = Licence.objects.visible_to(user).filter(pk__in=[row.pk for row in clients_of(user)])
        own.queryset = rows.select_related("organisation").order_by("-id")
        cast("forms.ChoiceField", self.fields["kind"]).choices = kinds_of_records()

    def given(self) -> dict[str, Any]:
        """The arguments of the service."""
        values = dict(self.cleaned_data)
        file = values.pop("file")
        return values | {"file": Upload(file.name, file.file, file.size) if file else None}


class CheckForm(DeedForm):
    checked_on = day(_("Looked at"), today=True)
    note = words(_("What was found"), rows=4)


class EndRecordForm(DeedForm):
    to_on = day(_("Last day"), today=True)
