"""The shapes of matches of screening as officials of their authority handle them by API."""

from typing import Any

from rest_framework import serializers

from core.api.fields import StrictSerializer
from licensing.models.people import SIDES
from licensing.services.matches import TEXT_LIMIT
from licensing.services.screening import HOW
from licensing.workflow import MATCH


class MatchSerializer(serializers.Serializer[Any]):
    """A match as the list has it."""

    reference = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=[one.name for one in MATCH.states])
    state_label = serializers.CharField()
    organisation = serializers.CharField(help_text="BIN, IIN or foreign number of the firm.")
    person = serializers.CharField(help_text="The name behind the firm.")
    entry = serializers.CharField(help_text="The name in the list.")
    list = serializers.CharField(help_text="Number of the list.")
    likeness = serializers.DecimalField(max_digits=4, decimal_places=3, help_text="0 to 1.")


class MatchedPersonSerializer(serializers.Serializer[Any]):
    """Who stands behind the firm."""

    number = serializers.CharField(allow_blank=True)
    born_on = serializers.DateField(allow_null=True)
    country = serializers.CharField(allow_blank=True)
    side = serializers.ChoiceField(choices=list(SIDES))
    role = serializers.CharField(allow_blank=True)
    share = serializers.DecimalField(max_digits=7, decimal_places=4, allow_null=True, help_text="Per cent.")


class MatchedEntrySerializer(serializers.Serializer[Any]):
    """What the list says."""

    identifier = serializers.CharField(allow_blank=True)
    born_on = serializers.DateField(allow_null=True)
    country = serializers.CharField(allow_blank=True)
    reference = serializers.CharField(allow_blank=True)
    current = serializers.BooleanField(help_text="False where a later version of the list took its place.")


class MetSerializer(serializers.Serializer[Any]):
    """Two words that met, and how."""

    one = serializers.CharField()
    other = serializers.CharField()
    how = serializers.ChoiceField(choices=list(HOW))


class WholeMatchSerializer(MatchSerializer):
    """A match whole. `met` is empty where a number met and no name."""

    behind = MatchedPersonSerializer()
    listed = MatchedEntrySerializer()
    met = MetSerializer(many=True)
    same_number = serializers.CharField(allow_null=True)
    imported_by = serializers.CharField(help_text="Who imported the list, and so does not decide.")
    evidence = serializers.CharField(allow_blank=True)
    decided_at = serializers.DateTimeField(allow_null=True)


class DecideMatchSerializer(StrictSerializer):
    """What shows that it is this person, or another."""

    evidence = serializers.CharField(max_length=TEXT_LIMIT)
