"""Power by region and zone against the limits entered, today and month by month: for officials."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import ApiRefusal, not_found, provision_body, say
from core.api.serializers import ProvisionSerializer
from core.api.views import KeyRequest
from core.models import Authority
from core.regions import REGIONS, ZONES
from law.power import LEVELS, level, percent
from law.problems import Problem, _
from licensing.api.bodies import arithmetic_body
from mining.api.bodies import MiningView, amount
from mining.models import PowerLimit
from mining.models.power import Use, power_use
from mining.models.power_months import MOST, MonthOfPower, month_ends, power_months

PLACES = {**REGIONS, **ZONES}
USUAL = 24


class PlaceOfPowerSerializer(serializers.Serializer[Any]):
    """A region or a zone. Amounts are MW; `share` is what counts against the limit, in per cent of it."""

    place = serializers.ChoiceField(choices=list(PLACES))
    name = serializers.CharField()
    declared = serializers.CharField()
    asked_for = serializers.CharField()
    capacity = serializers.CharField()
    measured = serializers.CharField()
    licences = serializers.IntegerField()
    filings = serializers.IntegerField()
    centres = serializers.IntegerField()
    centres_measured = serializers.IntegerField()
    limit = serializers.CharField(allow_null=True)
    share = serializers.CharField(allow_null=True)
    level = serializers.ChoiceField(choices=list(LEVELS))
    level_label = serializers.CharField()
    arithmetic = serializers.ListField(child=serializers.CharField())
    provision = ProvisionSerializer(allow_null=True)


class PowerUseSerializer(serializers.Serializer[Any]):
    """All places on a day."""

    day = serializers.DateField()
    granted = serializers.BooleanField(help_text="Whether open filings were counted as granted.")
    regions = PlaceOfPowerSerializer(many=True)
    zones = PlaceOfPowerSerializer(many=True)


class PowerMonthSerializer(serializers.Serializer[Any]):
    """The last day of a month (of the running one, today) in MW. `measured`, `limit`: null where there is none."""

    day = serializers.DateField()
    declared = serializers.CharField()
    licences = serializers.IntegerField()
    measured = serializers.CharField(allow_null=True)
    centres_measured = serializers.IntegerField()
    limit = serializers.CharField(allow_null=True)


class PowerMonthsSerializer(serializers.Serializer[Any]):
    """Of the country or of one place, the oldest month first."""

    place = serializers.ChoiceField(choices=["", *PLACES])
    results = PowerMonthSerializer(many=True)


class PowerLimitSerializer(serializers.Serializer[Any]):
    """A limit by an act; `until` is its last day."""

    place = serializers.ChoiceField(choices=list(PLACES))
    megawatts = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # a field of the answer, not the option of fields
    since = serializers.DateField()
    until = serializers.DateField(allow_null=True)
    entered_at = serializers.DateTimeField()


def office_of(request: KeyRequest) -> Authority:
    """The authority of an official; to everybody else there is nothing here."""
    if not request.user.is_official or request.user.authority is None:
        raise not_found()
    return request.user.authority


def place_body(code: str, use: Use, day: Any, *, granted: bool) -> dict[str, Any]:
    counted = use.declared + use.pending if granted else use.declared
    found = level(counted, use.limit.megawatts if use.limit else None, day)
    return {
        "place": code,
        "name": say(PLACES[code]),
        "declared": amount(use.declared),
        "asked_for": amount(use.pending),
        "capacity": amount(use.capacity),
        "measured": amount(use.measured),
        "licences": use.licences,
        "filings": use.filings,
        "centres": use.centres,
        "centres_measured": use.centres_measured,
        "limit": amount(use.limit.megawatts) if use.limit else None,
        "share": percent(found.share) if found.share is not None else None,
        "level": found.code,
        "level_label": say(LEVELS[found.code]),
        "arithmetic": arithmetic_body(found.arithmetic),
        "provision": provision_body(found.provision),
    }


def month_body(row: MonthOfPower) -> dict[str, Any]:
    return {
        "day": row.day,
        "declared": amount(row.declared),
        "licences": row.licences,
        "measured": amount(row.measured) if row.measured is not None else None,
        "centres_measured": row.centres,
        "limit": amount(row.limit) if row.limit is not None else None,
    }


class Power(MiningView):
    """Megawatts declared, asked for, built and measured, against the limits: for officials."""

    @extend_schema(
        operation_id="power_read",
        parameters=[OpenApiParameter("if", str, enum=["granted"], description="As if every open filing were granted.")],
        responses=PowerUseSerializer,
    )
    def get(self, request: KeyRequest) -> Response:
        authority, today = office_of(request), timezone.localdate()
        granted = request.query_params.get("if") == "granted"
        found = power_use(authority, today)
        sides = {"regions": found.regions, "zones": found.zones}
        body: dict[str, Any] = {"day": today, "granted": granted}
        for side, uses in sides.items():
            body[side] = [place_body(code, use, today, granted=granted) for code, use in uses.items()]
        return Response(body)


class PowerMonths(MiningView):
    """The same month by month: for officials."""

    @extend_schema(
        operation_id="power_months",
        parameters=[
            OpenApiParameter("place", str, enum=list(PLACES), description="Left out: the country."),
            OpenApiParameter("months", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}),
        ],
        responses=PowerMonthsSerializer,
    )
    def get(self, request: KeyRequest) -> Response:
        authority, place = office_of(request), request.query_params.get("place", "")
        text = request.query_params.get("months", str(USUAL))
        if place and place not in PLACES:
            raise ApiRefusal(400, Problem("place-unknown", _("There is no such region or zone."), field="place"))
        if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= MOST):
            message = _("A whole number from 1 to %(largest)s.")
            raise ApiRefusal(400, Problem("months", message, {"largest": MOST}, field="months"))
        rows = power_months(authority, month_ends(timezone.localdate(), int(text)), place)
        return Response({"place": place, "results": [month_body(row) for row in rows]})


class PowerLimits(MiningView):
    """The limits that were entered, the newest first: for officials."""

    @extend_schema(
        operation_id="power_limits_list", parameters=PAGE_PARAMETERS, responses=page_of(PowerLimitSerializer)
    )
    def get(self, request: KeyRequest) -> Response:
        office_of(request)
        page = KeysetPagination(request, ["-id"])
        rows = page.cut(PowerLimit.objects.visible_to(request.user))
        return Response(page.body([limit_body(row) for row in rows]))


def limit_body(row: PowerLimit) -> dict[str, Any]:
    return {
        "place": row.place,
        "megawatts": amount(row.megawatts),
        "source": row.source,
        "since": row.since,
        "until": row.until,
        "entered_at": row.entered_at,
    }
