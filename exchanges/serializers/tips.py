"""The shapes of tips as officials handle them by API."""

from typing import Any

from rest_framework import serializers

from core.api.fields import StrictSerializer
from core.api.serializers import ProvisionSerializer
from core.regions import REGIONS
from exchanges.models.tips import REASONS
from exchanges.services.warnings import TEXT_LIMIT
from exchanges.workflow import TIP
from law.market import KINDS


class TipFileSerializer(serializers.Serializer[Any]):
    """A file that came with a tip."""

    id = serializers.IntegerField()
    filename = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    sha256 = serializers.CharField()
    content = serializers.CharField(help_text="Address of the file itself.")


class MarketTipSerializer(serializers.Serializer[Any]):
    """A tip as the list of its authority has it."""

    reference = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=[one.name for one in TIP.states])
    state_label = serializers.CharField()
    kind = serializers.ChoiceField(choices=list(KINDS))
    received_on = serializers.DateField()
    names = serializers.ListField(child=serializers.CharField())
    domains = serializers.ListField(child=serializers.CharField())
    region = serializers.ChoiceField(choices=list(REGIONS), allow_null=True)


class AlikeSerializer(serializers.Serializer[Any]):
    """Another tip of the authority that may tell of the same."""

    reference = serializers.CharField()
    domains = serializers.ListField(child=serializers.CharField(), help_text="Domains that look alike.")
    name_per_cent = serializers.IntegerField(help_text="How alike names are; 0 where they are not.")


class WholeTipSerializer(MarketTipSerializer):
    """The whole of a tip. `contact` is told to who may handle it, and null to everybody else."""

    text = serializers.CharField()
    places = serializers.CharField(allow_blank=True)
    contact = serializers.CharField(allow_null=True)
    why_here = ProvisionSerializer()
    files = TipFileSerializer(many=True)
    alike = AlikeSerializer(many=True)
    warnings = serializers.ListField(child=serializers.CharField(), help_text="Warnings of a domain that looks so.")
    duplicate_of = serializers.CharField(allow_null=True)
    referral = serializers.CharField(allow_null=True)
    breach = serializers.CharField(allow_null=True)
    warning = serializers.CharField(allow_null=True)
    outcome = serializers.ChoiceField(choices=list(REASONS), allow_null=True)
    outcome_text = serializers.CharField(allow_blank=True)


class RepeatTipSerializer(StrictSerializer):
    """Which tip of the authority it repeats."""

    original = serializers.CharField(max_length=20)


class ReferTipSerializer(StrictSerializer):
    """To whom it goes, in the official's own words; `documents` are files of the tip that the other may read."""

    body = serializers.CharField(max_length=40, help_text="Code of the authority.")
    text = serializers.CharField(max_length=TEXT_LIMIT)
    documents = serializers.ListField(child=serializers.IntegerField(), required=False, default=list, max_length=20)


class TipBreachSerializer(StrictSerializer):
    """Whose breach it is: the number of a licence, or a name where there is none."""

    rule = serializers.CharField(max_length=100, help_text="Code of the provision that was breached.")
    facts = serializers.CharField(max_length=TEXT_LIMIT)
    found_on = serializers.DateField()
    licence = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    subject_name = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class CloseTipSerializer(StrictSerializer):
    """Why nothing is done; words where the reason is `other`."""

    why = serializers.ChoiceField(choices=list(REASONS))
    text = serializers.CharField(max_length=TEXT_LIMIT, required=False, allow_blank=True, default="")
