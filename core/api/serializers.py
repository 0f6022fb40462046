"""Shapes that several endpoints answer with."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from law.provisions.base import CONFIDENCES


class ProvisionSerializer(serializers.Serializer[Any]):
    """The rule behind an answer. What is `unconfirmed` is assumed or known from a commentary only."""

    code = serializers.CharField()
    act = serializers.CharField()
    article = serializers.CharField()
    in_force = serializers.DateField(allow_null=True)
    confidence = serializers.ChoiceField(choices=CONFIDENCES, allow_null=True)
    unconfirmed = serializers.BooleanField()


class ReasonSerializer(serializers.Serializer[Any]):
    """One reason: what is wrong, where, and by which rule. A warning blocks nothing."""

    code = serializers.CharField(help_text="Stable, for programs.")
    message = serializers.CharField(help_text="For people, in the language of Accept-Language.")
    field = serializers.CharField(allow_null=True, help_text="Dotted name of the field of the request.")
    severity = serializers.ChoiceField(choices=["error", "warning"])
    provision = ProvisionSerializer(allow_null=True)


class ProblemSerializer(serializers.Serializer[Any]):
    """An error as RFC 9457 has it, with all its reasons."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(allow_blank=True)
    problems = ReasonSerializer(many=True)
    current_version = serializers.IntegerField(required=False, help_text="With 412: the version that is held.")


class NamesSerializer(serializers.Serializer[Any]):
    """A name in three languages; empty where there is none."""

    kk = serializers.CharField(allow_blank=True)
    ru = serializers.CharField(allow_blank=True)
    en = serializers.CharField(allow_blank=True)


class AuthoritySerializer(serializers.Serializer[Any]):
    """A regulator or another body."""

    code = serializers.CharField()
    name = serializers.CharField()


@extend_schema_field({"type": ["number", "string", "boolean"]})
class ValueField(serializers.Field[Any, Any, Any, Any]):
    """The value of a provision as it is: a number, a text or a yes or no."""

    def to_representation(self, value: Any) -> Any:
        return value


class PauseSerializer(serializers.Serializer[Any]):
    """What moved a due day, from when to when, and by which rule."""

    kind = serializers.ChoiceField(choices=["pause", "extension", "recalculation"])
    from_on = serializers.DateField()
    to_on = serializers.DateField(allow_null=True)
    days = serializers.IntegerField(allow_null=True)
    removed_at = serializers.DateTimeField(allow_null=True)
    provision = ProvisionSerializer(allow_null=True)
