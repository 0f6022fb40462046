"""The list of approved assets, as of a day."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import not_found, provision_body, say
from core.api.serializers import ProvisionSerializer
from core.api.views import PublicView, day_asked
from exchanges.models import ApprovedAsset
from law.offers import LIMIT_CLIENTS, LIMIT_PERIODS, list_in_force

FILTERS = [
    OpenApiParameter(
        "on", {"type": "string", "format": "date"}, description="What stands on the list on this day; without it today."
    ),
    OpenApiParameter(
        "q", {"type": "string", "maxLength": 100}, description="A number, a symbol, or words of the name."
    ),
]


class LimitSerializer(serializers.Serializer[Any]):
    """The most that clients may buy or sell of it over a period."""

    amount = serializers.CharField()
    currency = serializers.CharField()
    period = serializers.ChoiceField(choices=list(LIMIT_PERIODS))
    clients = serializers.ChoiceField(choices=list(LIMIT_CLIENTS))


class ApprovedAssetSerializer(serializers.Serializer[Any]):
    """An entry of the list, known by its reference: two assets may share a symbol."""

    reference = serializers.CharField()
    state = serializers.ChoiceField(choices=["listed", "withdrawn"])
    state_label = serializers.CharField()
    name = serializers.CharField()
    symbol = serializers.CharField()
    network = serializers.CharField(allow_blank=True)
    contract = serializers.CharField(allow_blank=True)
    limit = LimitSerializer(allow_null=True)
    first_day = serializers.DateField()
    last_day = serializers.DateField(allow_null=True)
    decision = serializers.CharField()
    authority = serializers.CharField()
    reason = serializers.CharField(allow_blank=True, help_text="Why it was withdrawn.")
    provision = ProvisionSerializer(allow_null=True, help_text="The rule behind the list.")


def asset_body(row: ApprovedAsset) -> dict[str, Any]:
    state = row.open_state
    return {
        "reference": row.reference,
        "state": state,
        "state_label": say(row.WORKFLOW.state(state).applicant_label),
        "name": row.name,
        "symbol": row.symbol,
        "network": row.network,
        "contract": row.contract,
        "limit": row.limit,
        "first_day": row.first_day,
        "last_day": row.until,
        "decision": row.decision,
        "authority": row.authority.code,
        "reason": row.ending_reason if state == "withdrawn" else "",
        "provision": provision_body(list_in_force(row.first_day)),
    }


class ApprovedAssets(PublicView):
    """What stands on the list on a day, newest first."""

    @extend_schema(
        operation_id="approved_assets_list",
        parameters=FILTERS + PAGE_PARAMETERS,
        responses=page_of(ApprovedAssetSerializer),
    )
    def get(self, request: Request) -> Response:
        page = KeysetPagination(request, ["-id"])
        rows = ApprovedAsset.objects.standing(day_asked(request)).found_by(request.query_params.get("q", "")[:100])
        return Response(page.body([asset_body(row) for row in page.cut(rows.select_related("authority"))]))


class OneApprovedAsset(PublicView):
    """One entry, withdrawn ones too."""

    @extend_schema(operation_id="approved_assets_read", responses=ApprovedAssetSerializer)
    def get(self, request: Request, reference: str) -> Response:
        row = ApprovedAsset.objects.open().select_related("authority").filter(reference=reference).first()
        if row is None:
            raise not_found()
        return Response(asset_body(row))
