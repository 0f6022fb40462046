"""The declaration of who stands behind a firm, typed: a list of rows for each list of the kind's particulars, made from
the fields that the API takes."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.api.problems import validation_bodies
from law.people import OWNER
from licensing.forms import day
from licensing.forms.rows import TypedRows, typed_rows
from licensing.models import FirmPerson
from licensing.people_serializers import declaration_form
from licensing.permits import PermitKind

ROWS = 2  # empty rows at first
MOST = 50  # rows of a list that are typed; longer ones are declared by API


class DeclareForm(forms.Form):
    """The day, and which edition of the list was seen."""

    as_of = day(_("As of"), today=True, help_text=_("The last day on which something changed."))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def typed(field: Any) -> forms.Field:
    """The field of a page for a field of the API."""
    label = capfirst(field.label)
    given: dict[str, Any] = {"label": label, "required": field.required}
    if isinstance(field, serializers.BooleanField):
        return forms.BooleanField(label=label, required=False, initial=field.default is True)
    if isinstance(field, serializers.ChoiceField):
        return forms.ChoiceField(choices=[("", "—"), *field.choices.items()], **given)
    if isinstance(field, serializers.DateField):
        return day(label, required=field.required)
    if isinstance(field, serializers.FloatField):
        return forms.DecimalField(
            min_value=field.min_value,
            max_value=field.max_value,
            max_digits=9,
            decimal_places=4,
            localize=False,
            **given,
        )
    return forms.CharField(max_length=getattr(field, "max_length", None), **given)


class PersonForm(forms.Form):
    """A row; one in which nothing is written is empty, whatever is ticked in it."""

    def has_changed(self) -> bool:
        return any(not isinstance(self.fields[name], forms.BooleanField) for name in self.changed_data)


class Removable(TypedRows):
    """Rows that one may tick as gone."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields[DELETION_FIELD_NAME].label = _("Has left")

    def stated(self) -> list[dict[str, Any]]:
        """The rows as the API would take them."""
        return [
            {
                name: plain(value)
                for name, value in form.cleaned_data.items()
                if name != DELETION_FIELD_NAME and value not in (None, "")
            }
            for form in self.filled()
        ]


def plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


class PeopleLists:
    """All lists of one kind of permit, on one page."""

    def __init__(self, permit: PermitKind, data: Any, known: Iterable[FirmPerson] = ()) -> None:
        if permit.people_form is None:
            raise LookupError(f"{permit.code} names nobody")
        self.shape, rows = permit.people_form, list(known)
        self.lists: list[tuple[Any, Removable]] = []
        for name, field in self.shape().fields.items():
            fields: Any = field.child.fields  # type: ignore[attr-defined]  # a list of rows
            row = type("TypedPersonForm", (PersonForm,), {key: typed(one) for key, one in fields.items()})
            initial = [begun(one, fields) for one in rows if belongs(one, fields)]
            made = typed_rows(
                row, data, prefix=name, extra=ROWS, most=MOST, formset=Removable, rows=initial, removable=True
            )
            self.lists.append((field.label, made))

    def is_valid(self) -> bool:
        return all(rows.is_valid() for _label, rows in self.lists)

    def checked(self, form: DeclareForm) -> dict[str, Any] | None:
        """What the API would have read; its faults are told at their fields, and None is given back."""
        given = {rows.prefix: rows.stated() for _label, rows in self.lists}
        read = declaration_form(self.shape)(data={"as_of": form.cleaned_data["as_of"].isoformat(), **given})
        if read.is_valid():
            return {name: value for name, value in read.validated_data.items() if name != "as_of"}
        for body in validation_bodies(read.errors):
            self.tell(form, body["field"], body["message"])
        return None

    def tell(self, form: DeclareForm, field: str | None, text: str) -> None:
        """Tell a fault where it belongs: at a row, at a field above, or of the whole."""
        if not any(rows.place(field, text) for _label, rows in self.lists):
            form.add_error(field if field in form.fields else None, text)


def belongs(one: FirmPerson, fields: Sequence[str]) -> bool:
    """Whether somebody who is known stands in the list with these fields."""
    return (one.side == OWNER) == ("share" in fields)


def begun(one: FirmPerson, fields: Sequence[str]) -> dict[str, Any]:
    """A row as it begins, with what is kept of somebody."""
    known = {name: getattr(one, name, None) for name in fields}
    known |= {"residence": one.country, "share": one.plain_share}
    return {name: value for name, value in known.items() if name in fields and value is not None}
