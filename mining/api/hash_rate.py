"""The share of registered machines in the world's hash rate, and the world's figures: for officials."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import say
from core.api.views import KeyRequest
from law.hash_rate import MARKS, UNITS, percent
from law.provisions import CONFIDENCES
from licensing.api.bodies import arithmetic_body
from mining import services
from mining.api.bodies import MiningView, amount
from mining.api.power import office_of
from mining.models import WorldHashRate
from mining.models.power_months import month_ends
from mining.services.hash_rate import ShareOfWorld

MONTHS = 36


class WorldHashRateSerializer(serializers.Serializer[Any]):
    """The world's hash rate on a day. `counts`: false once corrected; `corrects`: the row it takes the place of."""

    id = serializers.IntegerField()
    day = serializers.DateField()
    amount = serializers.CharField()
    unit = serializers.ChoiceField(choices=list(UNITS))
    source = serializers.CharField()  # type: ignore[assignment]  # a field of the answer, not the option of fields
    counts = serializers.BooleanField()
    corrects = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    entered_at = serializers.DateTimeField()


class ShareOfWorldSerializer(serializers.Serializer[Any]):
    """The register at the end of a day over the world's figure that counts on it; null where none was entered."""

    day = serializers.DateField()
    registered = serializers.CharField(help_text="TH/s")
    machines = serializers.IntegerField()
    world = WorldHashRateSerializer(allow_null=True)
    share = serializers.CharField(allow_null=True, help_text="Per cent.")
    arithmetic = serializers.ListField(child=serializers.CharField())


class HashRateMarkSerializer(serializers.Serializer[Any]):
    """What was published of the country before the register."""

    when = serializers.CharField()
    share = serializers.CharField(help_text="Per cent.")
    source = serializers.CharField()  # type: ignore[assignment]  # a field of the answer, not the option of fields
    confidence = serializers.ChoiceField(choices=list(CONFIDENCES))


class HashRateSerializer(serializers.Serializer[Any]):
    """Month by month, the oldest first; the last is today."""

    results = ShareOfWorldSerializer(many=True)
    marks = HashRateMarkSerializer(many=True)


def world_body(row: WorldHashRate) -> dict[str, Any]:
    return {
        "id": row.pk,
        "day": row.day,
        "amount": amount(row.amount),
        "unit": row.unit,
        "source": row.source,
        "counts": row.standing,
        "corrects": row.corrects_id,
        "reason": row.reason,
        "entered_at": row.entered_at,
    }


def share_body(one: ShareOfWorld) -> dict[str, Any]:
    return {
        "day": one.day,
        "registered": amount(one.registered.terahashes),
        "machines": one.registered.machines,
        "world": world_body(one.world) if one.world else None,
        "share": percent(one.share.value) if one.share else None,
        "arithmetic": arithmetic_body(one.share.arithmetic) if one.share else [],
    }


class HashRate(MiningView):
    """The share month by month, beside what was published before the register: for officials."""

    @extend_schema(operation_id="hash_rate_read", responses=HashRateSerializer)
    def get(self, request: KeyRequest) -> Response:
        rows = services.shares_of_world(office_of(request), month_ends(timezone.localdate(), MONTHS))
        marks = [
            {
                "when": say(mark.when),
                "share": percent(mark.share),
                "source": say(mark.source),
                "confidence": mark.confidence,
            }
            for mark in MARKS
        ]
        return Response({"results": [share_body(one) for one in rows], "marks": marks})


class WorldHashRates(MiningView):
    """The world's figures as they were entered, the newest first, corrected ones among them: for officials."""

    @extend_schema(
        operation_id="world_hash_rates_list", parameters=PAGE_PARAMETERS, responses=page_of(WorldHashRateSerializer)
    )
    def get(self, request: KeyRequest) -> Response:
        office_of(request)
        page = KeysetPagination(request, ["-id"])
        rows = page.cut(WorldHashRate.objects.visible_to(request.user))
        return Response(page.body([world_body(row) for row in rows]))
