"""The shapes of classes of digital assets in the API of officials."""

from typing import Any

from rest_framework import serializers

from core.api.fields import StrictSerializer
from core.api.serializers import ProvisionSerializer
from exchanges.workflow import ASSET_CLASS
from law import assets
from licensing.serializers import DocumentSerializer

TEXT_LIMIT, ITEMS = 10_000, 100


class AssetClassSerializer(serializers.Serializer[Any]):
    """An assessment of an asset as the list has it. The class is null until a head signs it off."""

    reference = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=[one.name for one in ASSET_CLASS.states])
    state_label = serializers.CharField()
    asset = serializers.CharField()
    issuer = serializers.CharField(allow_blank=True)
    on = serializers.DateField(help_text="Day for which the class is asked.")
    asset_class = serializers.ChoiceField(choices=list(assets.CLASSES), allow_null=True)
    asset_class_label = serializers.CharField(allow_null=True)
    dfa_kind = serializers.IntegerField(allow_null=True, help_text="Of a digital financial asset: 1, 2 or 3.")


class AssetItemSerializer(serializers.Serializer[Any]):
    """One thing to look at, by its rule; its answer and what was seen."""

    code = serializers.CharField()
    part = serializers.ChoiceField(choices=list(assets.PARTS))
    part_label = serializers.CharField()
    text = serializers.CharField()
    provision = ProvisionSerializer(allow_null=True)
    doubt = serializers.CharField(allow_blank=True)
    answers = serializers.ListField(child=serializers.ChoiceField(choices=list(assets.ANSWERS)))
    answer = serializers.ChoiceField(choices=list(assets.ANSWERS), allow_null=True)
    evidence = serializers.CharField(allow_blank=True)
    documents = DocumentSerializer(many=True)


class WholeAssetClassSerializer(AssetClassSerializer):
    """An assessment whole: the checklist of its day, item by item, and the class with its rule."""

    checklist_since = serializers.DateField()
    summary = serializers.CharField(allow_blank=True)
    items = AssetItemSerializer(many=True)
    documents = DocumentSerializer(many=True, help_text="Files of the whole, of no item of its own.")
    provision = ProvisionSerializer(allow_null=True, help_text="The rule of the class.")
    doubts = serializers.ListField(child=serializers.CharField())
    prepared_by = serializers.CharField()
    signed_by = serializers.CharField(allow_null=True)
    signed_at = serializers.DateTimeField(allow_null=True)


class NewAssetClassSerializer(StrictSerializer):
    """An asset to be looked at; the day picks the checklist in force."""

    asset = serializers.CharField(max_length=200)
    issuer = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    on = serializers.DateField()


class AssetAnswerSerializer(StrictSerializer):
    """What is answered to an item; what is left out stays as it is, an empty answer opens the item again."""

    code = serializers.CharField(max_length=60)
    answer = serializers.ChoiceField(choices=list(assets.ANSWERS), required=False, allow_blank=True)
    evidence = serializers.CharField(max_length=TEXT_LIMIT, required=False, allow_blank=True)


class AnswerAssetClassSerializer(StrictSerializer):
    """Answers, all or a part of them; items that are not named stay as they are."""

    items = serializers.ListField(child=AssetAnswerSerializer(), required=False, default=list, max_length=ITEMS)
    summary = serializers.CharField(max_length=TEXT_LIMIT, required=False, allow_blank=True)


class ReasonOfClassSerializer(StrictSerializer):
    """Why."""

    reason = serializers.CharField(max_length=TEXT_LIMIT)


class AssetEvidenceSerializer(StrictSerializer):
    """A file that shows what was seen, of one item or of the whole."""

    item = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    file = serializers.FileField(allow_empty_file=True)
