"""What a filing states, as the lines of a page: words for codes, days and numbers as they are shown."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django.utils.translation import gettext
from rest_framework import serializers

from core.days import dateshort
from core.templatetags.tizilim import thin

WIDE = 4  # columns of a list above which each line is shown as facts of its own
NUMERIC = (serializers.DecimalField, serializers.IntegerField, serializers.FloatField)


def fact(name: str, shape: "serializers.Field[Any, Any, Any, Any]", value: Any) -> dict[str, Any]:
    """One line of particulars: {name, label, kind (text, number, list, table, records, empty), value}."""
    label = str(shape.label or name)
    label = label[:1].upper() + label[1:]
    row: dict[str, Any] = {"name": name, "label": label, "kind": "text", "value": value}
    if value is None or value == "" or value == []:
        return row | {"kind": "empty"}
    if isinstance(value, bool):
        return row | {"value": gettext("Yes") if value else gettext("No")}
    if isinstance(shape, serializers.ListSerializer):
        fields = cast(serializers.Serializer[Any], shape.child).fields
        if len(fields) > WIDE:
            return row | {"kind": "records", "value": [record(fields, line) for line in value]}
        return row | {
            "kind": "table",
            "columns": [str(one.label) for one in fields.values()],
            "value": [[cell(one, line.get(name)) for name, one in fields.items()] for line in value],
        }
    if isinstance(value, list):
        return row | {"kind": "list", "value": [cell(getattr(shape, "child", None), one) for one in value]}
    if isinstance(shape, serializers.ChoiceField):
        return row | {"value": gettext(str(shape.choices.get(value, value)))}
    if isinstance(shape, serializers.DateField):
        return row | {"value": cell(shape, value)}
    return row | ({"kind": "number", "value": plain_number(value)} if isinstance(shape, NUMERIC) else {})


def record(fields: Mapping[str, Any], line: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """A line of a list with many columns, as (label, value) of what is stated."""
    told = ((str(one.label), cell(one, line.get(name))) for name, one in fields.items())
    return [(label[:1].upper() + label[1:], value) for label, value in told if value != ""]


def cell(shape: Any, value: Any) -> Any:
    """A value of a list: words for a code, yes or no, a day as days are shown, a number without idle zeros."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(shape, serializers.ChoiceField):
        return gettext(str(shape.choices.get(value, value)))
    if isinstance(shape, serializers.DateField):
        return dateshort(date.fromisoformat(str(value)))
    return thin(plain_number(value)) if isinstance(shape, NUMERIC) else value


def plain_number(value: Any) -> Any:
    """A number without the zeros that only its column carries; anything else as it is."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return value
    return int(number) if number == number.to_integral_value() else number.normalize()
