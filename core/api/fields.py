"""Fields and forms that are stricter than the framework's own."""

import math
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses fields that it does not know: a misspelt name is told, not lost."""

    default_error_messages: ClassVar = {"unknown": _("There is no such field here, or it cannot be set.")}

    def to_internal_value(self, data: Any) -> Any:
        errors: dict[str, Any] = {}
        if isinstance(data, Mapping):
            open_fields = {name for name, field in self.fields.items() if not field.read_only}
            message = str(self.error_messages["unknown"])
            errors = {
                str(name): [serializers.ErrorDetail(message, "unknown-field")]
                for name in data
                if name not in open_fields
            }
        try:
            values = super().to_internal_value(data)
        except serializers.ValidationError as error:
            if isinstance(error.detail, dict):
                raise serializers.ValidationError(errors | error.detail) from None
            raise
        if errors:
            raise serializers.ValidationError(errors)
        return values


class SeveralField(serializers.ListField):
    """A list. A form names its part once for each value, so that a part that stands alone is a list of one."""

    def to_internal_value(self, data: Any) -> list[Any]:
        if isinstance(data, str | File):
            data = [data] if data else []
        return list(super().to_internal_value(data))


class NumberField(serializers.FloatField):
    """A finite number; true, "nan" and numbers beyond measure are refused."""

    def to_internal_value(self, data: Any) -> float:
        if isinstance(data, bool):
            self.fail("invalid")
        try:
            value = float(super().to_internal_value(data))
        except OverflowError:
            self.fail("invalid")
        if not math.isfinite(value):
            self.fail("invalid")
        return value


class PastDateField(serializers.DateField):
    """A day from `earliest` up to today in Almaty."""

    default_error_messages: ClassVar = {
        "early": _("The day lies before {earliest}."),
        "future": _("The day lies in the future."),
    }

    def __init__(self, *, earliest: date, **options: Any) -> None:
        self.earliest = earliest
        super().__init__(**options)

    def to_internal_value(self, value: Any) -> date:
        day = super().to_internal_value(value)
        if day < self.earliest:
            self.fail("early", earliest=self.earliest.isoformat())
        if day > timezone.localdate():
            self.fail("future")
        return day
