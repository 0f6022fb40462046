"""The shapes of accounts at banks in the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.api.fields import PastDateField, StrictSerializer
from core.api.serializers import ProvisionSerializer
from core.regions import REGIONS
from exchanges.workflow import RAIL
from law.provisions import LDA_START
from law.rails import RISKS, SERVICERS


class ServicerSerializer(serializers.Serializer[Any]):
    """A bank, or the National Postal Operator, that may hold accounts of providers."""

    identifier = serializers.CharField(help_text="BIN.")
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=list(SERVICERS))


class RatingSerializer(serializers.Serializer[Any]):
    """How a servicer rates the risk of its client; told to the servicer and the authority alone."""

    risk = serializers.ChoiceField(choices=list(RISKS))
    rated_on = serializers.DateField()
    reason = serializers.CharField()
    measures = serializers.CharField(allow_blank=True)


class RailSerializer(serializers.Serializer[Any]):
    """An account of a licence holder, from its first day to its last."""

    reference = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=[state.name for state in RAIL.states])
    licence = serializers.CharField()
    licence_state = serializers.CharField()
    organisation = serializers.CharField(help_text="BIN of the licence holder.")
    servicer = ServicerSerializer()
    regions = serializers.ListField(child=serializers.CharField(), help_text="ISO 3166-2; empty: in the whole country.")
    from_on = serializers.DateField()
    to_on = serializers.DateField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]  # a field of the answer, not the option of fields
    provisions = ProvisionSerializer(many=True)
    ratings = RatingSerializer(many=True)


class NewRailSerializer(StrictSerializer):
    """An account that the holder of a licence declares."""

    licence = serializers.CharField(max_length=40, help_text="Number of the licence.")
    servicer = serializers.CharField(max_length=12, help_text="BIN of the bank or postal operator.")
    regions = serializers.ListField(
        child=serializers.ChoiceField(choices=list(REGIONS)), required=False, default=list, max_length=len(REGIONS)
    )
    from_on = serializers.DateField(label=_("from"))
    to_on = serializers.DateField(label=_("last day"), required=False, allow_null=True, default=None)
    source = serializers.CharField(  # type: ignore[assignment]  # a field of the request, not the option of fields
        max_length=300, help_text="The contract with its number and day."
    )


class RailEndSerializer(StrictSerializer):
    """The last day of an account, and where this is known from."""

    to_on = PastDateField(earliest=LDA_START)
    source = serializers.CharField(max_length=300)  # type: ignore[assignment]  # a field, not the option of fields


class NewRatingSerializer(StrictSerializer):
    """A rating by the bank or postal operator; at high risk with the enhanced measures."""

    risk = serializers.ChoiceField(choices=list(RISKS))
    rated_on = PastDateField(earliest=LDA_START)
    reason = serializers.CharField(max_length=10_000)
    measures = serializers.CharField(max_length=10_000, required=False, allow_blank=True, default="")
