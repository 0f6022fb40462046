"""The particulars of a pool accreditation as the API and the officer's page show them, and its test protocols."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.api.fields import StrictSerializer
from law.pools import TESTS
from mining.models.pools import PoolParticulars
from mining.serializers.particulars import LIST_LIMIT

KINDS = [(code, _(name)) for code, name in TESTS.items()]


class StoredDateField(serializers.DateField):
    """A day that a list keeps as text."""

    def to_internal_value(self, value: Any) -> Any:
        day: date = super().to_internal_value(value)
        return day.isoformat()


class PoolMachineSerializer(serializers.Serializer[dict[str, Any]]):
    """One line of the equipment of a pool."""

    model = serializers.CharField(label=_("model"), max_length=100)
    count = serializers.IntegerField(label=_("count"), min_value=1, max_value=1_000_000)


class ProtocolSerializer(serializers.Serializer[dict[str, Any]]):
    """A test act or protocol of a security test, with the days in which it counts."""

    kind = serializers.ChoiceField(label=_("kind of test"), choices=KINDS)
    number = serializers.CharField(label=_("number of the protocol"), max_length=100)
    laboratory = serializers.CharField(label=_("laboratory"), max_length=200)
    issued_on = StoredDateField(label=_("issued"))
    expires_on = StoredDateField(label=_("valid to"))
    positive = serializers.BooleanField(label=_("result is positive"))


class NewProtocolSerializer(StrictSerializer):
    """A new protocol of a pool that is accredited."""

    kind = serializers.ChoiceField(label=_("kind of test"), choices=KINDS)
    number = serializers.CharField(label=_("number of the protocol"), max_length=100)
    laboratory = serializers.CharField(label=_("laboratory"), max_length=200)
    issued_on = serializers.DateField(label=_("issued"))
    expires_on = serializers.DateField(label=_("valid to"))
    positive = serializers.BooleanField(label=_("result is positive"))


class PoolParticularsSerializer(serializers.ModelSerializer[PoolParticulars]):
    """One declaration: the API's fields, the officer's page, the schema."""

    hardware_in = serializers.RegexField(
        r"^[A-Z]{2}$",
        required=False,
        allow_blank=True,
        label=_("country of the equipment"),
        help_text="ISO 3166 alpha-2, such as KZ.",
    )
    equipment = PoolMachineSerializer(  # type: ignore[call-arg]  # many=True makes a list, which has a length
        many=True, required=False, max_length=LIST_LIMIT, label=_("equipment")
    )
    assets = serializers.ListField(
        child=serializers.CharField(max_length=20),
        required=False,
        max_length=LIST_LIMIT,
        label=_("digital assets distributed"),
    )
    protocols = ProtocolSerializer(  # type: ignore[call-arg]  # many=True makes a list, which has a length
        many=True, required=False, max_length=50, label=_("protocols of the security tests")
    )

    class Meta:
        model = PoolParticulars
        exclude = ("application",)
