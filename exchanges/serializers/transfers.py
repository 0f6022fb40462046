"""The shapes of held transfers in the API."""

from typing import Any

from rest_framework import serializers

from core.api.fields import StrictSerializer
from core.api.serializers import ProvisionSerializer, ReasonSerializer
from exchanges.workflow import TRANSFER


class HeldTransferSerializer(serializers.Serializer[Any]):
    """A transfer that came without the data of sender and receiver; `act` is what is to be done with it now."""

    reference = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=[state.name for state in TRANSFER.states])
    licence = serializers.CharField()
    own_number = serializers.CharField()
    asset = serializers.CharField()
    seen_at = serializers.DateTimeField()
    stopped_at = serializers.DateTimeField(allow_null=True)
    given_at = serializers.DateTimeField(allow_null=True)
    over_at = serializers.DateTimeField(allow_null=True)
    act = serializers.ChoiceField(choices=["pass", "stop", "hold", "refuse"], allow_null=True)
    hold_until = serializers.DateTimeField(allow_null=True, help_text="It is not refused before.")
    provision = ProvisionSerializer()
    faults = ReasonSerializer(many=True)


class NewHeldTransferSerializer(StrictSerializer):
    """A transfer by the provider's own number; tell no data of a person."""

    licence = serializers.CharField(max_length=40, help_text="Number of the licence.")
    own_number = serializers.CharField(max_length=60)
    asset = serializers.CharField(max_length=20)
    seen_at = serializers.DateTimeField(help_text="When the client asked for it.")
    stopped_at = serializers.DateTimeField(allow_null=True, help_text="null where it was not stopped.")


class TransferOutcomeSerializer(StrictSerializer):
    """What became of a held transfer."""

    outcome = serializers.ChoiceField(choices=["pass", "refuse"])
    over_at = serializers.DateTimeField()
    given_at = serializers.DateTimeField(required=False, allow_null=True, default=None, help_text="When the data came.")
