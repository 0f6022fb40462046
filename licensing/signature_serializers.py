"""Applicants' signatures as the API takes and tells them."""

from typing import Any

from rest_framework import serializers

from core.api.fields import StrictSerializer
from core.signing.facts import VERDICTS
from licensing.serializers import SignatureSerializer


class SignSerializer(StrictSerializer):
    """One CMS signature (CAdES-BES), detached or with the content inside: DER, PEM or base64."""

    file = serializers.FileField(allow_empty_file=True)
    document = serializers.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, help_text="What is signed; without it the draft as a whole."
    )


class PartySignatureSerializer(SignatureSerializer):
    """A signature of the applicant's side: under a document, or under the filing as a whole."""

    document = serializers.IntegerField(allow_null=True, help_text="Null where the filing as a whole is signed.")
    iin = serializers.CharField(allow_blank=True, help_text="Of the certificate's subject.")
    bin = serializers.CharField(allow_blank=True)
    issuer = serializers.CharField(help_text="Who issued the certificate.")
    verdict = serializers.ChoiceField(choices=list(VERDICTS))
    verdict_label = serializers.CharField()
    reason_codes = serializers.ListField(child=serializers.CharField(), help_text="The same as `reasons`, as codes.")
    content = serializers.CharField(help_text="Address of the signature itself (DER).")
    signed_content = serializers.CharField(help_text="Address of the bytes that are signed.")


class PartySignatureListSerializer(serializers.Serializer[Any]):
    """All signatures of the applicant's side; there are at most fifty."""

    results = PartySignatureSerializer(many=True)
