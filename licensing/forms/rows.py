"""Rows that somebody types: a few empty ones at first, more when asked for; those left empty are passed over."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME

from core.days import told
from law.problems import Problem

MORE = 10  # empty rows at a time, where more are asked for


class TypedRows(forms.BaseFormSet):
    """The rows of a list. What is found of a row is told at its field: `<prefix>.<row>.<field>`."""

    def initial_form_count(self) -> int:
        """What is sent is judged as it stands: a row that was emptied is passed over, whatever stood in it."""
        return 0 if self.is_bound else super().initial_form_count()

    def filled(self) -> list[forms.Form]:
        """The rows in which something stands and that are not ticked as gone; asked of rows that were judged."""
        return [form for form in self.forms if form.has_changed() and not form.cleaned_data.get(DELETION_FIELD_NAME)]

    def place(self, field: str | None, text: str) -> bool:
        """Tell a fault at the field of the row that it names; whether there is one."""
        place, rows = (field or "").split("."), self.filled()
        if place[0] != self.prefix or len(place) not in (2, 3) or not place[1].isdigit() or int(place[1]) >= len(rows):
            return False
        form = rows[int(place[1])]
        form.add_error(place[2] if place[-1] in form.fields else None, text)
        return True

    def take_problems(self, problems: Iterable[Problem]) -> list[Problem]:
        """What the service finds of a row is told at its field; the rest is given back."""
        return [one for one in problems if not self.place(one.field, one.text(told))]


def typed_rows(
    row: type[forms.Form],
    data: Any,
    *,
    prefix: str,
    extra: int,
    most: int,
    formset: type[TypedRows] = TypedRows,
    rows: Sequence[Mapping[str, Any]] = (),
    removable: bool = False,
    **row_options: Any,
) -> Any:
    """The rows to fill in: those there are and some empty ones; `more` in the data asks for more of these (its value
    names the list, where a page has several)."""
    made = forms.formset_factory(
        row, formset=formset, extra=extra, max_num=most, absolute_max=most, validate_max=True, can_delete=removable
    )
    if data is not None and data.get("more", "") in (prefix, "1"):
        data, held = data.copy(), data.get(f"{prefix}-TOTAL_FORMS", "")
        count = int(held) if held.isascii() and held.isdigit() and len(held) < 5 else 0
        total = min(count + MORE, most)
        data[f"{prefix}-TOTAL_FORMS"] = str(total)
        ticked = [name for name, field in row.base_fields.items() if field.initial is True]
        data.update({f"{prefix}-{place}-{name}": "on" for place in range(count, total) for name in ticked})
    return made(data, initial=list(rows) or None, prefix=prefix, form_kwargs=row_options)
