"""The particulars of a participant of the special regime as the API and the officer's page show them."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from exchanges.models.regime import RegimeParticulars


class RegimeParticularsSerializer(serializers.ModelSerializer[RegimeParticulars]):
    """One declaration: the API's fields, the officer's page, the schema."""

    months = serializers.IntegerField(
        label=_("months for which the contract is asked for"),
        min_value=1,
        max_value=600,
        required=False,
        allow_null=True,
    )

    class Meta:
        model = RegimeParticulars
        exclude = ("application",)
