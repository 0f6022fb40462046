"""The particulars of an operator of the National Bank as the API and the officer's page show them."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.api.fields import NumberField
from exchanges.models.operators import OperatorParticulars
from law.operators import OWNER_KINDS, ROLES

PEOPLE_LIMIT = 200
OWNER_CHOICES = [(code, _(name)) for code, name in OWNER_KINDS.items()]
ROLE_CHOICES = [(code, _(name)) for code, name in ROLES.items()]


class StoredDateField(serializers.DateField):
    """A day that a list keeps as text."""

    def to_internal_value(self, value: Any) -> Any:
        day: date = super().to_internal_value(value)
        return day.isoformat()


def country(label: Any, **options: Any) -> serializers.RegexField:
    return serializers.RegexField(r"^[A-Z]{2}$", label=label, help_text="ISO 3166 alpha-2, such as KZ.", **options)


def birth() -> StoredDateField:
    return StoredDateField(label=_("date of birth"), required=False, allow_null=True)


def through() -> serializers.CharField:
    return serializers.CharField(
        label=_("owns through the firm with the number"),
        max_length=60,
        required=False,
        allow_blank=True,
        help_text="Number of another owner in the list, in which the share is held; empty for a share in the firm.",
    )


class OwnerSerializer(serializers.Serializer[dict[str, Any]]):
    """A direct or indirect owner; a resident by IIN or BIN, a stranger by the number of his country."""

    kind = serializers.ChoiceField(label=_("who"), choices=OWNER_CHOICES)
    name = serializers.CharField(label=_("name"), max_length=300)
    number = serializers.CharField(label=_("IIN, BIN or foreign number"), max_length=60)
    residence = country(_("country of residence or registration"))
    share = NumberField(label=_("share, %"), min_value=0, max_value=100)
    direct = serializers.BooleanField(label=_("owns directly"), default=True)
    through = through()
    born_on = birth()
    beneficial = serializers.BooleanField(label=_("is a beneficial owner"), default=False)


class ExecutiveSerializer(serializers.Serializer[dict[str, Any]]):
    """Somebody who leads the firm, and what may bar him."""

    name = serializers.CharField(label=_("name"), max_length=300)
    number = serializers.CharField(label=_("IIN or foreign number"), max_length=60)
    residence = country(_("country of residence"))
    born_on = birth()
    role = serializers.ChoiceField(label=_("office"), choices=ROLE_CHOICES)
    since = StoredDateField(label=_("in office since"))
    degree = serializers.BooleanField(label=_("has higher education"), default=False)
    failed_on = StoredDateField(
        label=_("a financial organisation that he led failed on"), required=False, allow_null=True
    )
    left_on = StoredDateField(label=_("he had left it on"), required=False, allow_null=True)
    struck_off_on = StoredDateField(
        label=_("an exchanger that he headed lost its licence on"), required=False, allow_null=True
    )


class OperatorPeopleSerializer(serializers.Serializer[dict[str, Any]]):
    """Everybody who owns and leads an operator, as of a day."""

    owners = OwnerSerializer(many=True, max_length=PEOPLE_LIMIT, label=_("owners"))  # type: ignore[call-arg]  # many=True makes a list, which has a length
    executives = ExecutiveSerializer(many=True, max_length=PEOPLE_LIMIT, label=_("executives"))  # type: ignore[call-arg]  # many=True makes a list, which has a length


class OperatorParticularsSerializer(serializers.ModelSerializer[OperatorParticulars]):
    """One declaration for platforms and exchangers: the API's fields, the officer's page, the schema."""

    owners = OwnerSerializer(  # type: ignore[call-arg]  # many=True makes a list, which has a length
        many=True, required=False, max_length=PEOPLE_LIMIT, label=_("owners")
    )
    executives = ExecutiveSerializer(  # type: ignore[call-arg]  # many=True makes a list, which has a length
        many=True, required=False, max_length=PEOPLE_LIMIT, label=_("executives")
    )

    class Meta:
        model = OperatorParticulars
        exclude = ("application",)
