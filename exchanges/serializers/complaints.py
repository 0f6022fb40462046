"""The shapes of complaints and incidents in the API."""

from typing import Any

from rest_framework import serializers

from core.api.fields import StrictSerializer
from core.api.serializers import ProvisionSerializer
from exchanges.workflow import COMPLAINT, INCIDENT
from law.duties import INCIDENTS

TEXT_LIMIT = 10_000


class ComplaintSerializer(serializers.Serializer[Any]):
    """A complaint put to a provider. Name and contact stand in it where the person agreed."""

    reference = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=[state.name for state in COMPLAINT.states])
    licence = serializers.CharField()
    organisation = serializers.CharField(help_text="BIN of the provider.")
    filed_at = serializers.DateTimeField()
    forwarded_at = serializers.DateTimeField(allow_null=True)
    text = serializers.CharField()
    name = serializers.CharField(allow_null=True)
    contact = serializers.CharField(allow_null=True)
    answer_due_on = serializers.DateField(allow_null=True)
    answer = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    remark = serializers.CharField(allow_blank=True, help_text="Why another answer is asked for.")
    outcome = serializers.CharField(allow_blank=True)


class ComplaintAnswerSerializer(StrictSerializer):
    """The answer of a provider."""

    answer = serializers.CharField(max_length=TEXT_LIMIT)


class IncidentSerializer(serializers.Serializer[Any]):
    """An incident at a provider, with the clock of its first report."""

    reference = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=[state.name for state in INCIDENT.states])
    licence = serializers.CharField()
    organisation = serializers.CharField(help_text="BIN of the provider.")
    kind = serializers.ChoiceField(choices=list(INCIDENTS))
    noticed_at = serializers.DateTimeField()
    reported_at = serializers.DateTimeField()
    due_on = serializers.DateField(help_text="By when it was to be reported.")
    late = serializers.BooleanField()
    provision = ProvisionSerializer()
    summary = serializers.CharField()
    persons = serializers.IntegerField(allow_null=True)
    report_due_on = serializers.DateField(allow_null=True, help_text="By when the full report is owed.")
    description = serializers.CharField(allow_blank=True)
    measures = serializers.CharField(allow_blank=True)
    remark = serializers.CharField(allow_blank=True, help_text="What is missing in the last full report.")
    outcome = serializers.CharField(allow_blank=True)


class NewIncidentSerializer(StrictSerializer):
    """An incident as the provider reports it."""

    licence = serializers.CharField(max_length=40, help_text="Number of the licence.")
    kind = serializers.ChoiceField(choices=list(INCIDENTS))
    noticed_at = serializers.DateTimeField()
    summary = serializers.CharField(max_length=300, help_text="Name no person.")
    persons = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=0, max_value=2**31 - 1)


class IncidentReportSerializer(StrictSerializer):
    """What happened and why, and what was done."""

    description = serializers.CharField(max_length=TEXT_LIMIT)
    measures = serializers.CharField(max_length=TEXT_LIMIT)
