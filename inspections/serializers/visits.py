"""Supervisory visits as the API tells them."""

from typing import Any

from rest_framework import serializers

from core.api.serializers import ProvisionSerializer
from inspections.models.visits import OTHER_REGIMES
from inspections.workflow import SUPERVISORY_VISIT
from law.inspections.codes import METHODS


class SupervisoryVisitSerializer(serializers.Serializer[Any]):
    """One visit; the report is there once it was issued."""

    reference = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=[one.name for one in SUPERVISORY_VISIT.states])
    authority = serializers.CharField()
    licence = serializers.CharField()
    organisation = serializers.CharField()
    regime = serializers.ChoiceField(choices=[str(one) for one in OTHER_REGIMES])
    provision = ProvisionSerializer(allow_null=True, help_text="The rule on who supervises, on the day it was for.")
    method = serializers.ChoiceField(choices=[str(one) for one in METHODS])
    purpose = serializers.CharField()
    planned_on = serializers.DateField()
    carried_on = serializers.DateField(allow_null=True)
    report = serializers.CharField(allow_blank=True)
    issued_at = serializers.DateTimeField(allow_null=True)
    reply = serializers.CharField(allow_blank=True)
    replied_at = serializers.DateTimeField(allow_null=True)
    conclusion = serializers.CharField(allow_blank=True)


class VisitReplySerializer(serializers.Serializer[Any]):
    """What the provider says to the report."""

    reply = serializers.CharField(max_length=20_000)
