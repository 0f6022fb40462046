"""The shapes of offered assets in the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.api.fields import StrictSerializer
from core.api.serializers import ProvisionSerializer
from exchanges.models.offers import DIFFERENCES
from exchanges.services.naming import LENGTHS
from exchanges.workflow import OFFER


class NamedAssetSerializer(StrictSerializer):
    """A licence, and an asset: by the number of its entry in the list, else in words."""

    licence = serializers.CharField(label=_("licence"), max_length=40, help_text="Its number.")
    asset = serializers.CharField(
        label=_("entry of the list"),
        max_length=20,
        required=False,
        allow_blank=True,
        default="",
        help_text="Its number in the list of approved assets. Without it the asset is named in words.",
    )
    name = serializers.CharField(
        label=_("name of the asset"), max_length=LENGTHS["name"], required=False, allow_blank=True, default=""
    )
    symbol = serializers.CharField(
        label=_("symbol"), max_length=LENGTHS["symbol"], required=False, allow_blank=True, default=""
    )
    network = serializers.CharField(
        label=_("network"), max_length=LENGTHS["network"], required=False, allow_blank=True, default=""
    )
    contract = serializers.CharField(
        label=_("address of the contract"), max_length=LENGTHS["contract"], required=False, allow_blank=True, default=""
    )
    other = serializers.BooleanField(
        required=False, default=False, help_text="It is none of the listed assets that have the same symbol."
    )


class NewOfferSerializer(NamedAssetSerializer):
    """What a holder declares that it offers."""

    from_day = serializers.DateField(label=_("offered from"))
    to_day = serializers.DateField(label=_("offered to"), required=False, allow_null=True, default=None)


class OfferEndSerializer(StrictSerializer):
    """The end of an offer."""

    to_day = serializers.DateField(label=_("last day of the offer"), help_text="Today at the latest.")


class NewObservedOfferSerializer(NamedAssetSerializer):
    """What an official saw a holder offer."""

    observed_on = serializers.DateField(label=_("observed on"))
    source = serializers.CharField(  # type: ignore[assignment]  # a field of the request, not the option of fields
        label=_("where it was seen"), max_length=LENGTHS["source"]
    )


class OfferDifferenceSerializer(serializers.Serializer[Any]):
    """What the list does not carry, and the breach that it is."""

    kind = serializers.ChoiceField(choices=list(DIFFERENCES))
    kind_label = serializers.CharField()
    since = serializers.DateField()
    breach = serializers.CharField()


class AssetOfHolderSerializer(serializers.Serializer[Any]):
    """An asset of a licence holder."""

    licence = serializers.CharField()
    organisation = serializers.CharField()
    asset = serializers.CharField(allow_null=True, help_text="The entry of the list; null where it is not there.")
    name = serializers.CharField()
    symbol = serializers.CharField()
    network = serializers.CharField(allow_blank=True)
    contract = serializers.CharField(allow_blank=True)
    differences = OfferDifferenceSerializer(many=True)


class OfferedAssetSerializer(AssetOfHolderSerializer):
    """An offer that a holder declared."""

    reference = serializers.CharField()
    state = serializers.ChoiceField(choices=[state.name for state in OFFER.states])
    state_label = serializers.CharField()
    from_day = serializers.DateField()
    to_day = serializers.DateField(allow_null=True)
    end_by = serializers.DateField(allow_null=True, help_text="Where the asset left the list: the end is owed by then.")
    end_rule = ProvisionSerializer(allow_null=True)


class ObservedOfferSerializer(AssetOfHolderSerializer):
    """What an official saw."""

    observed_on = serializers.DateField()
    source = serializers.CharField()  # type: ignore[assignment]  # a field of the answer, not the option of fields
