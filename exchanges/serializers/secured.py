"""The particulars of a permit for secured assets as the API and the officer's page show them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from exchanges.models.secured import SecuredParticulars
from exchanges.serializers.operators import StoredDateField


class SecuredAssetSerializer(serializers.Serializer[dict[str, Any]]):
    """An asset to be issued, what backs it, and the day of the decision on its issue."""

    name = serializers.CharField(label=_("name of the asset"), max_length=200)
    backing = serializers.CharField(label=_("rights that back it"), max_length=500)
    decided_on = StoredDateField(label=_("decision on the issue"))


class SecuredParticularsSerializer(serializers.ModelSerializer[SecuredParticulars]):
    """One declaration: the API's fields, the officer's page, the schema."""

    assets = SecuredAssetSerializer(  # type: ignore[call-arg]  # many=True makes a list, which has a length
        many=True, required=False, max_length=100, label=_("secured assets to be issued")
    )

    class Meta:
        model = SecuredParticulars
        exclude = ("application",)
