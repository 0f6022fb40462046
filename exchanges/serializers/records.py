"""The shapes of records of providers in the API."""

from typing import Any

from rest_framework import serializers

from core.api.fields import StrictSerializer
from core.api.serializers import ProvisionSerializer
from exchanges.workflow import RECORD
from law.records import LANGUAGES, RECORDS


class ProviderRecordSerializer(serializers.Serializer[Any]):
    """A record of a provider."""

    reference = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=[state.name for state in RECORD.states])
    kind = serializers.ChoiceField(choices=list(RECORDS))
    licence = serializers.CharField()
    organisation = serializers.CharField(help_text="BIN of the provider.")
    name = serializers.CharField(allow_blank=True)
    number = serializers.CharField(allow_blank=True)
    place = serializers.CharField(allow_blank=True)
    languages = serializers.ListField(child=serializers.ChoiceField(choices=list(LANGUAGES)))
    country = serializers.CharField(allow_blank=True)
    from_on = serializers.DateField()
    to_on = serializers.DateField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    provision = ProvisionSerializer(allow_null=True)
    checked_on = serializers.DateField(allow_null=True)
    check_note = serializers.CharField(allow_blank=True)


class NewProviderRecordSerializer(StrictSerializer):
    """A record as a form of several parts, with its file; what a kind needs is told when it is missing."""

    licence = serializers.CharField(max_length=40, help_text="Number of the licence.")
    kind = serializers.ChoiceField(choices=list(RECORDS))
    from_on = serializers.DateField(help_text="Of a report: the first day of its period.")
    to_on = serializers.DateField(required=False, allow_null=True, default=None)
    name = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    number = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
    place = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    languages = serializers.CharField(
        max_length=20, required=False, allow_blank=True, default="", help_text="Codes with commas: kk,ru,en."
    )
    country = serializers.CharField(max_length=2, required=False, allow_blank=True, default="")
    note = serializers.CharField(max_length=10_000, required=False, allow_blank=True, default="")
    file = serializers.FileField(required=False, allow_null=True, default=None)


class RecordEndSerializer(StrictSerializer):
    """The last day of a record that no longer counts."""

    to_on = serializers.DateField()
