"""The law as dated rows, for everybody."""

from datetime import date
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.problems import not_found, say
from core.api.serializers import ValueField
from core.api.views import PublicView, day_asked
from law.definitions import Definition, definitions
from law.provisions import Provision, history, provisions
from law.provisions.base import CONFIDENCES

ON = OpenApiParameter(
    "on", {"type": "string", "format": "date"}, description="The day, 1991-12-16 to 2100-12-31; today unless told."
)


class DatedSerializer(serializers.Serializer[Any]):
    """A row of law between two days."""

    act = serializers.CharField()
    article = serializers.CharField(allow_blank=True)
    in_force = serializers.DateField()
    repealed = serializers.DateField(allow_null=True, help_text="First day on which it no longer applies.")
    confidence = serializers.ChoiceField(choices=CONFIDENCES)
    day_confidence = serializers.ChoiceField(choices=CONFIDENCES)
    unconfirmed = serializers.BooleanField()


class RowSerializer(DatedSerializer):
    """One version of a provision."""

    code = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    value = ValueField()
    unit = serializers.CharField()
    note = serializers.CharField(allow_blank=True)


class RowListSerializer(serializers.Serializer[Any]):
    """Provisions in force on a day, or all versions of one."""

    results = RowSerializer(many=True)


class DefinitionSerializer(DatedSerializer):
    """A defined term in its wording of a day."""

    term = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()


class DefinitionListSerializer(serializers.Serializer[Any]):
    """Defined terms on a day."""

    results = DefinitionSerializer(many=True)


def dated(one: Provision | Definition) -> dict[str, Any]:
    return {
        "act": say(one.source.act),
        "article": one.source.article,
        "in_force": one.in_force,
        "repealed": one.repealed,
        "confidence": one.confidence,
        "day_confidence": one.day_confidence,
        "unconfirmed": not one.is_confirmed,
    }


def row_body(one: Provision) -> dict[str, Any]:
    value: Any = one.value
    if isinstance(value, str):
        value = say(value)
    elif not isinstance(value, bool | int):
        value = str(value)
    words = {"title": say(one.title), "unit": say(one.unit), "note": say(one.note)}
    return {"code": one.code, "value": value, **words, **dated(one)}


def definitions_on(day: date) -> list[dict[str, Any]]:
    return [
        {"term": one.term, "title": say(one.title), "text": say(one.text), **dated(one)} for one in definitions(day)
    ]


class Provisions(PublicView):
    """Every provision in force on a day."""

    @extend_schema(operation_id="provisions_list", parameters=[ON], responses=RowListSerializer)
    def get(self, request: Request) -> Response:
        return Response({"results": [row_body(one) for one in provisions(day_asked(request))]})


class OneProvision(PublicView):
    """All versions of a provision, by day."""

    @extend_schema(operation_id="provisions_read", responses=RowListSerializer)
    def get(self, request: Request, code: str) -> Response:
        rows = history(code)
        if not rows:
            raise not_found()
        return Response({"results": [row_body(one) for one in rows]})


class Definitions(PublicView):
    """The defined terms in their wording of a day."""

    @extend_schema(operation_id="definitions_list", parameters=[ON], responses=DefinitionListSerializer)
    def get(self, request: Request) -> Response:
        return Response({"results": definitions_on(day_asked(request))})
