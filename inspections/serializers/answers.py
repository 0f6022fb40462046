"""The shapes of inspections as their subject reads them, and of what it files to them."""

from typing import Any

from rest_framework import serializers

from core.api.fields import StrictSerializer
from core.api.serializers import ProvisionSerializer
from inspections.models.answers import KINDS
from inspections.services.filed import TEXT_LIMIT
from inspections.workflow import ANNULMENT, FILING, INSPECTION
from law.checklists import ANSWERS
from law.inspections.codes import KINDS as KINDS_OF_CONTROL
from law.inspections.codes import SEVERITIES
from law.inspections.grounds import GROSS_BREACHES, REFUSALS_OF_ACCESS
from licensing.serializers import TermSerializer


class ControlGroundSerializer(serializers.Serializer[Any]):
    """An item of a closed list of the Code."""

    code = serializers.CharField()
    text = serializers.CharField()
    provision = ProvisionSerializer()


class CheckedItemSerializer(serializers.Serializer[Any]):
    """One item of the checklist; its answer once the result act was handed over."""

    code = serializers.CharField()
    text = serializers.CharField()
    severity = serializers.ChoiceField(choices=[str(one) for one in SEVERITIES])
    article = serializers.CharField()
    answer = serializers.ChoiceField(choices=list(ANSWERS), allow_blank=True)
    evidence = serializers.CharField(allow_blank=True)
    cure_by = serializers.DateField(allow_null=True)


class LastDaySerializer(serializers.Serializer[Any]):
    """A last day that the subject may miss, with its arithmetic."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field of the answer, not the option of fields
    due_on = serializers.DateField()
    arithmetic = serializers.ListField(child=serializers.CharField())
    provision = ProvisionSerializer()


class TeamMemberSerializer(serializers.Serializer[Any]):
    """An official named in the act."""

    name = serializers.CharField()
    post = serializers.CharField()
    leads = serializers.BooleanField()


class InspectionLineSerializer(serializers.Serializer[Any]):
    """An inspection in a list."""

    reference = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=[state.name for state in INSPECTION.states])
    state_label = serializers.CharField()
    kind = serializers.ChoiceField(choices=[str(one) for one in KINDS_OF_CONTROL])
    authority = serializers.CharField(help_text="Code of the authority.")
    organisation = serializers.CharField(help_text="BIN of the subject.")
    licence = serializers.CharField(allow_null=True, help_text="Number of the licence that is the object of control.")
    start_on = serializers.DateField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)
    cure_by = serializers.DateField(allow_null=True)
    evidence = serializers.BooleanField(help_text="false: annulled; its result act and order are no evidence.")


class OwnInspectionSerializer(InspectionLineSerializer):
    """An inspection as its subject may know it."""

    subject_matter = serializers.CharField(allow_blank=True)
    period_from = serializers.DateField(allow_null=True)
    period_to = serializers.DateField(allow_null=True)
    noticed_at = serializers.DateTimeField(allow_null=True)
    team = TeamMemberSerializer(many=True)
    act_number = serializers.CharField(allow_blank=True, help_text="Once the act was handed over.")
    registration_number = serializers.CharField(allow_blank=True)
    registered_on = serializers.DateField(allow_null=True)
    started_at = serializers.DateTimeField(allow_null=True)
    items = CheckedItemSerializer(many=True)
    rights = ControlGroundSerializer(many=True)
    duties = ControlGroundSerializer(many=True)
    result_number = serializers.CharField(allow_blank=True)
    result_handed_at = serializers.DateTimeField(allow_null=True)
    findings = serializers.CharField(allow_blank=True)
    order_number = serializers.CharField(allow_blank=True)
    instructions = serializers.CharField(allow_blank=True)
    terms = TermSerializer(many=True)
    last_days = LastDaySerializer(many=True)
    filings = serializers.ListField(child=serializers.CharField(), help_text="Numbers of what was filed to it.")
    annulments = serializers.ListField(child=serializers.CharField())


class NamedGroundSerializer(serializers.Serializer[Any]):
    """A ground that was named, and what the facts stored that day said for it."""

    code = serializers.CharField()
    text = serializers.CharField()
    provision = ProvisionSerializer()
    facts = serializers.ListField(child=serializers.CharField(), help_text="Empty: the stored facts show nothing.")


class FiledItemSerializer(serializers.Serializer[Any]):
    """An item of the order, with what was done."""

    code = serializers.CharField()
    measures = serializers.CharField(allow_blank=True)


class FiledSerializer(serializers.Serializer[Any]):
    """What every filing has."""

    reference = serializers.CharField()
    version = serializers.IntegerField()
    state_label = serializers.CharField()
    inspection = serializers.CharField()
    organisation = serializers.CharField(help_text="BIN of the subject.")
    filed_on = serializers.DateField()
    text = serializers.CharField(allow_blank=True)
    claims = NamedGroundSerializer(many=True)
    due_on = serializers.DateField(allow_null=True, help_text="The last day to decide.")
    answer = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)


class InspectionFilingSerializer(FiledSerializer):
    """An objection, a report of the cure, a request to prolong or a refusal of access."""

    state = serializers.ChoiceField(choices=[state.name for state in FILING.states])
    kind = serializers.ChoiceField(choices=list(KINDS))
    until = serializers.DateField(allow_null=True)
    granted_to = serializers.DateField(allow_null=True)
    late = serializers.BooleanField(help_text="A report after the term to cure.")
    items = FiledItemSerializer(many=True)


class AnnulmentSerializer(FiledSerializer):
    """An application to annul; no decision in its term is one in favour of the subject."""

    state = serializers.ChoiceField(choices=[state.name for state in ANNULMENT.states])
    lapsed_on = serializers.DateField(allow_null=True)


def words(**options: Any) -> serializers.CharField:
    return serializers.CharField(max_length=TEXT_LIMIT, **options)


class NewObjectionSerializer(StrictSerializer):
    """An objection to the result act. Files follow, one by one."""

    text = words()


class NewCureItemSerializer(StrictSerializer):
    code = serializers.CharField(max_length=30)
    measures = words()


class NewCureReportSerializer(StrictSerializer):
    """What was done, by item of the order. Evidence follows, file by file."""

    items = NewCureItemSerializer(many=True)
    text = words(required=False, allow_blank=True, default="")


class NewProlongRequestSerializer(StrictSerializer):
    """A later last day to cure; for some items, or the whole order without any."""

    until = serializers.DateField()
    text = words(help_text="Measures taken so far, and the reasons.")
    items = serializers.ListField(child=serializers.CharField(max_length=30), required=False, default=list)


class NewAccessRefusalSerializer(StrictSerializer):
    """A refusal of access by a ground of Art. 155(1)."""

    ground = serializers.ChoiceField(choices=[one.code for one in REFUSALS_OF_ACCESS])
    text = words(required=False, allow_blank=True, default="")


class NewAnnulmentSerializer(StrictSerializer):
    """An application to annul for gross breaches of Art. 156(2)."""

    breaches = serializers.ListField(child=serializers.ChoiceField(choices=[one.code for one in GROSS_BREACHES]))
    text = words()


class FiledPaperSerializer(StrictSerializer):
    """One file: PDF, PNG, JPEG, XLSX or DOCX."""

    file = serializers.FileField()
