"""The public list of warnings of the unlicensed market."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import not_found, provision_body, say
from core.api.serializers import NamesSerializer, ProvisionSerializer
from core.api.views import PublicView
from exchanges.models import MarketWarning
from exchanges.models.warnings import OPEN
from exchanges.serializers.warnings import DomainSerializer
from law.market import KINDS

FILTERS = [
    OpenApiParameter(
        "q",
        {"type": "string", "maxLength": 200},
        description="Words of number, name or brand; or a domain or address, which finds also what looks like it.",
    ),
    OpenApiParameter("kind", str, enum=list(KINDS)),
    OpenApiParameter("state", str, enum=list(OPEN)),
]


class WarningSerializer(serializers.Serializer[Any]):
    """A warning that was published; a withdrawn one has the day of its withdrawal."""

    reference = serializers.CharField()
    kind = serializers.ChoiceField(choices=list(KINDS))
    kind_label = serializers.CharField()
    authority = serializers.CharField()
    state = serializers.ChoiceField(choices=list(OPEN))
    state_label = serializers.CharField()
    name = serializers.CharField()
    brands = serializers.ListField(child=serializers.CharField())
    domains = DomainSerializer(many=True)
    since = serializers.DateField()
    published_on = serializers.DateField()
    withdrawn_on = serializers.DateField(allow_null=True)
    texts = NamesSerializer()
    grounds = ProvisionSerializer(many=True)


def domains_body(row: MarketWarning) -> list[dict[str, Any]]:
    """Its domains, and what they pass for."""
    return [
        {
            "name": look.domain,
            "shown": look.shown,
            "resembles": look.resembles or None,
            "mixed_scripts": [script.lower() for script in look.scripts],
        }
        for look in row.looks
    ]


def warning_body(row: MarketWarning) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "kind": row.kind,
        "kind_label": say(KINDS[row.kind]),
        "authority": row.authority.code,
        "state": row.state,
        "state_label": say(row.WORKFLOW.state(row.state).applicant_label),
        "name": row.name,
        "brands": row.brands,
        "domains": domains_body(row),
        "since": row.since,
        "published_on": timezone.localdate(row.published_at),
        "withdrawn_on": timezone.localdate(row.ended_at) if row.ended_at else None,
        "texts": row.texts,
        "grounds": [provision_body(ground) for ground in row.rules],
    }


def published() -> Any:
    return MarketWarning.objects.open().select_related("authority")


def narrowed(rows: Any, request: Request, states: Iterable[str] = OPEN) -> Any:
    """By words, kind and state; what is not known finds nothing."""
    asked = request.query_params
    for name, known in (("kind", tuple(KINDS)), ("state", tuple(states))):
        if value := asked.get(name):
            rows = rows.filter(**{name: value}) if value in known else rows.none()
    return rows.found_by(asked["q"][:200]) if asked.get("q") else rows


class Warnings(PublicView):
    """The list of warnings, newest first, withdrawn ones included."""

    @extend_schema(
        operation_id="warnings_list", parameters=FILTERS + PAGE_PARAMETERS, responses=page_of(WarningSerializer)
    )
    def get(self, request: Request) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([warning_body(row) for row in page.cut(narrowed(published(), request))]))


class OneWarning(PublicView):
    """One warning."""

    @extend_schema(operation_id="warnings_read", responses=WarningSerializer)
    def get(self, request: Request, reference: str) -> Response:
        row = published().filter(reference=reference).first()
        if row is None:
            raise not_found()
        return Response(warning_body(row))
