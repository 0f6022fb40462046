"""Published plans of inspections, and who stands in them."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import not_found, say
from core.api.views import PublicView
from inspections.models import ControlPlan, PlanEntry
from law.inspections.codes import MODES, Mode
from law.inspections.schedules import PLANS

STATES = ("published", "replaced")
FILTERS = [OpenApiParameter("year", int), OpenApiParameter("state", str, enum=list(STATES))]
BIN = OpenApiParameter("bin", str, description="The whole number of a legal person.")


class ControlPlanSerializer(serializers.Serializer[Any]):
    """A plan that was published; a replaced one had a later version published in its place."""

    reference = serializers.CharField()
    authority = serializers.CharField()
    plan = serializers.ChoiceField(choices=list(PLANS))
    plan_label = serializers.CharField()
    year = serializers.IntegerField()
    formed_by = serializers.ChoiceField(choices=[str(one) for one in Mode])
    formed_by_label = serializers.CharField()
    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=list(STATES))
    state_label = serializers.CharField()
    subjects = serializers.IntegerField()
    published_on = serializers.DateField()


class ControlPlanRowSerializer(serializers.Serializer[Any]):
    """A subject of a plan and its period; the number of a natural person is not shown."""

    subject = serializers.CharField()
    bin = serializers.CharField(allow_null=True)
    object = serializers.CharField(allow_null=True)
    region = serializers.CharField(allow_null=True)
    first_day = serializers.DateField()
    last_day = serializers.DateField()


def plan_body(row: ControlPlan) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "authority": row.authority.code,
        "plan": row.plan,
        "plan_label": say(PLANS[row.plan]),
        "year": row.year,
        "formed_by": row.mode,
        "formed_by_label": say(MODES[Mode(row.mode)]),
        "number": row.number,
        "state": row.state,
        "state_label": say(row.WORKFLOW.state(row.state).applicant_label),
        "subjects": row.chosen,
        "published_on": timezone.localdate(row.published_at) if row.published_at else None,
    }


def row_body(one: PlanEntry) -> dict[str, Any]:
    holder = one.subject.organisation
    return {
        "subject": holder.name,
        "bin": holder.identifier if holder.form == "legal_entity" else None,
        "object": one.object.kind_of_permit if one.object else None,
        "region": (one.object.region or None) if one.object else None,
        "first_day": one.from_on,
        "last_day": one.to_on,
    }


def published() -> Any:
    return ControlPlan.objects.filter(state__in=STATES).select_related("authority")


class ControlPlans(PublicView):
    """Plans that were published, newest first."""

    @extend_schema(
        operation_id="control_plans_list",
        parameters=FILTERS + PAGE_PARAMETERS,
        responses=page_of(ControlPlanSerializer),
    )
    def get(self, request: Request) -> Response:
        rows, asked = published(), request.query_params
        if year := asked.get("year"):
            rows = rows.filter(year=int(year)) if year.isascii() and year.isdigit() and len(year) < 5 else rows.none()
        if state := asked.get("state"):
            rows = rows.filter(state=state)
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([plan_body(row) for row in page.cut(rows)]))


class OneControlPlan(PublicView):
    """One published plan."""

    @extend_schema(operation_id="control_plans_read", responses=ControlPlanSerializer)
    def get(self, request: Request, reference: str) -> Response:
        row = published().filter(reference=reference).first()
        if row is None:
            raise not_found()
        return Response(plan_body(row))


class ControlPlanRows(PublicView):
    """Who stands in a published plan, and in which period; by `bin` one subject."""

    @extend_schema(
        operation_id="control_plans_subjects",
        parameters=[BIN, *PAGE_PARAMETERS],
        responses=page_of(ControlPlanRowSerializer),
    )
    def get(self, request: Request, reference: str) -> Response:
        row = published().filter(reference=reference).first()
        if row is None:
            raise not_found()
        rows = row.entries.select_related("subject__organisation", "object")
        if number := request.query_params.get("bin"):
            rows = rows.filter(subject__organisation__identifier=number, subject__organisation__form="legal_entity")
        page = KeysetPagination(request, ["id"])
        return Response(page.body([row_body(one) for one in page.cut(rows)]))
