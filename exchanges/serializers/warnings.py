"""The shapes of warnings of the unlicensed market: as everybody reads them, and as officials propose and end them."""

from typing import Any

from rest_framework import serializers

from core.api.fields import StrictSerializer
from core.api.serializers import NamesSerializer, ProvisionSerializer
from exchanges.services.warnings import MANY, NAME_LIMIT, TEXT_LIMIT
from exchanges.workflow import WARNING
from law.market import KINDS


class DomainSerializer(serializers.Serializer[Any]):
    """A domain: `name` in ASCII by IDNA, `shown` in its own letters; `resembles` the Latin name that its letters pass
    for, `mixed_scripts` where one part mixes alphabets."""

    name = serializers.CharField()
    shown = serializers.CharField()
    resembles = serializers.CharField(allow_null=True)
    mixed_scripts = serializers.ListField(child=serializers.CharField())


class MarketWarningSerializer(serializers.Serializer[Any]):
    """A warning as the officials of its authority have it, from the proposal on."""

    reference = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=[one.name for one in WARNING.states])
    state_label = serializers.CharField()
    kind = serializers.ChoiceField(choices=list(KINDS))
    name = serializers.CharField()
    brands = serializers.ListField(child=serializers.CharField())
    domains = DomainSerializer(many=True)
    since = serializers.DateField()
    proposed_on = serializers.DateField()
    published_on = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)


class WholeMarketWarningSerializer(MarketWarningSerializer):
    """A warning whole, with what the public does not read."""

    texts = NamesSerializer()
    grounds = ProvisionSerializer(many=True)
    proposed_by = serializers.CharField()
    published_by = serializers.CharField(allow_null=True)
    confirmation = serializers.CharField(allow_blank=True)
    ended_by = serializers.CharField(allow_null=True)
    ending_reason = serializers.CharField(allow_blank=True)
    tips = serializers.ListField(child=serializers.CharField(), help_text="Tips that it was proposed of.")


class WarningTextsSerializer(StrictSerializer):
    """What the public reads, in three languages."""

    kk = serializers.CharField(max_length=TEXT_LIMIT)
    ru = serializers.CharField(max_length=TEXT_LIMIT)
    en = serializers.CharField(max_length=TEXT_LIMIT)


class ProposeWarningSerializer(StrictSerializer):
    """A warning to be put before a head. `rules`: codes of provisions in force today that fit the kind."""

    kind = serializers.ChoiceField(choices=list(KINDS))
    name = serializers.CharField(max_length=NAME_LIMIT)
    brands = serializers.ListField(
        child=serializers.CharField(max_length=NAME_LIMIT), max_length=MANY, required=False, default=list
    )
    domains = serializers.ListField(
        child=serializers.CharField(max_length=2_000), max_length=MANY, required=False, default=list
    )
    since = serializers.DateField(help_text="Known since.")
    rules = serializers.ListField(child=serializers.CharField(max_length=100), max_length=MANY)
    texts = WarningTextsSerializer()


class PublishWarningSerializer(StrictSerializer):
    """Why the public is warned. No act that was read provides for the list: it is kept and not shown to the public."""

    confirmation = serializers.CharField(max_length=TEXT_LIMIT)


class EndWarningSerializer(StrictSerializer):
    """Why; kept and not shown to the public."""

    reason = serializers.CharField(max_length=TEXT_LIMIT)
