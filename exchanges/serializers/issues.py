"""The shapes of issues of digital financial assets in the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.api.fields import StrictSerializer
from exchanges.workflow import ISSUE
from law.issues import PAPERS, SUPERVISORS, UNDERLYINGS


class StatedSerializer(StrictSerializer):
    """What the operator states of an issue. Nothing must be there before it is registered."""

    name = serializers.CharField(label=_("name of the asset"), max_length=200, required=False, allow_blank=True)
    issuer_name = serializers.CharField(label=_("name of the issuer"), max_length=300, required=False, allow_blank=True)
    issuer_number = serializers.CharField(label=_("BIN of the issuer"), max_length=32, required=False, allow_blank=True)
    issuer_residence = serializers.CharField(
        label=_("residence of the issuer"),
        max_length=2,
        required=False,
        allow_blank=True,
        help_text="ISO 3166 alpha-2.",
    )
    initiator_name = serializers.CharField(
        label=_("name of the initiator"),
        max_length=300,
        required=False,
        allow_blank=True,
        help_text="Where it is another than the issuer.",
    )
    initiator_number = serializers.CharField(
        label=_("BIN or IIN of the initiator"), max_length=32, required=False, allow_blank=True
    )
    decision = serializers.CharField(
        label=_("decision on the issue"),
        max_length=200,
        required=False,
        allow_blank=True,
        help_text="Of the issuer: its number, and which body took it.",
    )
    decided_on = serializers.DateField(label=_("day of the decision"), required=False, allow_null=True)
    underlying = serializers.ChoiceField(
        label=_("underlying"), choices=list(UNDERLYINGS), required=False, allow_blank=True
    )
    underlying_text = serializers.CharField(
        label=_("what the underlying is"), max_length=2_000, required=False, allow_blank=True
    )
    keeper_name = serializers.CharField(label=_("name of the keeper"), max_length=300, required=False, allow_blank=True)
    keeper_number = serializers.CharField(label=_("BIN of the keeper"), max_length=32, required=False, allow_blank=True)
    keeper_residence = serializers.CharField(
        label=_("residence of the keeper"),
        max_length=2,
        required=False,
        allow_blank=True,
        help_text="ISO 3166 alpha-2.",
    )
    checked_on = serializers.DateField(label=_("underlying checked on"), required=False, allow_null=True)
    checked_by = serializers.CharField(
        label=_("underlying checked by"), max_length=200, required=False, allow_blank=True
    )
    amount = serializers.DecimalField(
        label=_("amount"), max_digits=20, decimal_places=2, required=False, allow_null=True
    )
    currency = serializers.CharField(
        label=_("currency"), max_length=3, required=False, allow_blank=True, help_text="ISO 4217."
    )
    placement_on = serializers.DateField(label=_("day of placement"), required=False, allow_null=True)
    redemption_on = serializers.DateField(label=_("day of redemption"), required=False, allow_null=True)


class IssueDraftSerializer(StatedSerializer):
    """More of a draft, or otherwise; what is left out stays."""

    dfa_kind = serializers.ChoiceField(label=_("kind"), choices=list(SUPERVISORS), required=False)


class NewIssueSerializer(IssueDraftSerializer):
    """An issue to be prepared on the platform of an operator."""

    licence = serializers.CharField(label=_("registration"), max_length=40, help_text="Number of the operator's.")
    dfa_kind = serializers.ChoiceField(label=_("kind"), choices=list(SUPERVISORS))


class IssueCorrectionSerializer(StatedSerializer):
    """What is stated otherwise of a registered issue, and why."""

    reason = serializers.CharField(label=_("why it was corrected"), max_length=2_000)


class IssueDaySerializer(StrictSerializer):
    """The day on which it was placed or redeemed."""

    on = serializers.DateField(label=_("day"))


class IssueEndSerializer(IssueDaySerializer):
    """The day on which it ended without placement, and why."""

    reason = serializers.CharField(label=_("why"), max_length=2_000)


class IssueDropSerializer(StrictSerializer):
    """Why a draft is given up."""

    reason = serializers.CharField(label=_("why"), max_length=2_000)


class IssuePaperUploadSerializer(StrictSerializer):
    """A file of an issue."""

    kind = serializers.ChoiceField(choices=list(PAPERS))
    file = serializers.FileField(allow_empty_file=True)


class IssuePaperSerializer(serializers.Serializer[Any]):
    """A file of an issue."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=list(PAPERS))
    kind_label = serializers.CharField()
    filename = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    url = serializers.CharField()


class RegisteredIssueSerializer(serializers.Serializer[Any]):
    """An issue as everybody reads it. The initiator is named where it is no natural person."""

    reference = serializers.CharField()
    state = serializers.ChoiceField(choices=[state.name for state in ISSUE.states])
    state_label = serializers.CharField()
    dfa_kind = serializers.ChoiceField(choices=list(SUPERVISORS))
    kind_label = serializers.CharField()
    supervisor = serializers.CharField()
    operator = serializers.CharField()
    operator_number = serializers.CharField(help_text="BIN.")
    licence = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    issuer_name = serializers.CharField(allow_blank=True)
    issuer_number = serializers.CharField(allow_blank=True)
    initiator_name = serializers.CharField(allow_blank=True)
    decision = serializers.CharField(allow_blank=True)
    decided_on = serializers.DateField(allow_null=True)
    underlying = serializers.CharField(allow_blank=True)
    underlying_text = serializers.CharField(allow_blank=True)
    keeper_name = serializers.CharField(allow_blank=True)
    keeper_number = serializers.CharField(allow_blank=True)
    checked_on = serializers.DateField(allow_null=True)
    amount = serializers.CharField(allow_null=True)
    currency = serializers.CharField(allow_blank=True)
    placement_on = serializers.DateField(allow_null=True, help_text="Planned.")
    redemption_on = serializers.DateField(allow_null=True, help_text="Planned.")
    registered_on = serializers.DateField(allow_null=True)
    placed_on = serializers.DateField(allow_null=True)
    redeemed_on = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)
    corrected_on = serializers.ListField(child=serializers.DateField())
    papers = IssuePaperSerializer(many=True)


class IssueChangeSerializer(serializers.Serializer[Any]):
    """A correction: what was stated before and after."""

    at = serializers.DateTimeField()
    reason = serializers.CharField()
    before = serializers.DictField(child=serializers.CharField(allow_null=True))
    after = serializers.DictField(child=serializers.CharField(allow_null=True))


class IssueSerializer(RegisteredIssueSerializer):
    """An issue as its operator and its supervisor read it."""

    issuer_residence = serializers.CharField(allow_blank=True)
    initiator_number = serializers.CharField(allow_blank=True)
    keeper_residence = serializers.CharField(allow_blank=True)
    checked_by = serializers.CharField(allow_blank=True)
    ending_reason = serializers.CharField(allow_blank=True)
    changes = IssueChangeSerializer(many=True)
