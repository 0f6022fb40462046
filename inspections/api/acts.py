"""Joint acts in force, with their rows: published, so for everybody (Entrepreneurial Code 143(1))."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import not_found, provision_body
from core.api.serializers import NamesSerializer, ProvisionSerializer
from core.api.views import PublicView, day_asked
from inspections.models import JointAct
from inspections.models.acts import CHECKLIST, CRITERION_KINDS, GROUPS, KINDS
from law.inspections.codes import RISKS, SEVERITIES
from law.provisions import provision

FILTERS = [
    OpenApiParameter(
        "on", {"type": "string", "format": "date"}, description="What is in force on this day; without it today."
    ),
    OpenApiParameter("kind", str, enum=list(KINDS)),
    OpenApiParameter("group", str, enum=list(GROUPS), description="Kind of permit, or of object, that it is for."),
]


class JointActSerializer(serializers.Serializer[Any]):
    """A checklist or criteria of risk that a second person confirmed."""

    reference = serializers.CharField()
    authority = serializers.CharField()
    kind = serializers.ChoiceField(choices=list(KINDS))
    number = serializers.CharField()
    signed_on = serializers.DateField()
    name = serializers.CharField()
    groups = serializers.ListField(child=serializers.CharField())
    in_force = serializers.DateField()
    repealed = serializers.DateField(allow_null=True, help_text="First day on which it is no longer in force.")
    provision = ProvisionSerializer(allow_null=True, help_text="Why nothing else may be asked; of checklists.")


class RequirementSerializer(serializers.Serializer[Any]):
    """One item: what is asked, how grave its breach is, by which article and how it is checked."""

    code = serializers.CharField()
    text = NamesSerializer()
    severity = serializers.ChoiceField(choices=list(SEVERITIES))
    article = serializers.CharField()
    method = serializers.CharField()


class CriterionSerializer(serializers.Serializer[Any]):
    """One criterion of risk: a degree for objects of a kind, or points for what an indicator counts."""

    kind = serializers.ChoiceField(choices=list(CRITERION_KINDS))
    code = serializers.CharField()
    least = serializers.DecimalField(max_digits=12, decimal_places=3, allow_null=True)
    degree = serializers.ChoiceField(choices=["", *RISKS], allow_blank=True)
    weight = serializers.DecimalField(max_digits=8, decimal_places=3, allow_null=True)
    greatest = serializers.DecimalField(max_digits=8, decimal_places=3, allow_null=True)


class WholeActSerializer(JointActSerializer):
    """An act with its rows."""

    requirements = RequirementSerializer(many=True)
    criteria = CriterionSerializer(many=True)


def act_body(row: JointAct) -> dict[str, Any]:
    checklist = row.kind == CHECKLIST and row.in_force is not None
    return {
        "reference": row.reference,
        "authority": row.authority.code,
        "kind": row.kind,
        "number": row.number,
        "signed_on": row.signed_on,
        "name": row.name,
        "groups": row.kinds_of_permit,
        "in_force": row.in_force,
        "repealed": row.repealed,
        "provision": provision_body(provision("EK-CHECKLIST", row.in_force)) if checklist and row.in_force else None,
    }


def whole_body(row: JointAct) -> dict[str, Any]:
    requirements = [
        {
            "code": one.code,
            "text": {"kk": one.text_kk, "ru": one.text_ru, "en": one.text_en},
            "severity": one.severity,
            "article": one.article,
            "method": one.method,
        }
        for one in row.requirements.all()
    ]
    criteria = CriterionSerializer(row.criteria.all(), many=True).data
    return act_body(row) | {"requirements": requirements, "criteria": criteria}


class JointActs(PublicView):
    """What is in force on a day, newest first."""

    @extend_schema(
        operation_id="joint_acts_list", parameters=FILTERS + PAGE_PARAMETERS, responses=page_of(JointActSerializer)
    )
    def get(self, request: Request) -> Response:
        rows, asked = JointAct.objects.in_force(day_asked(request)), request.query_params
        if asked.get("kind") in KINDS:
            rows = rows.filter(kind=asked["kind"])
        if asked.get("group") in GROUPS:
            rows = rows.filter(kinds_of_permit__contains=[asked["group"]])
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([act_body(row) for row in page.cut(rows.select_related("authority"))]))


class OneJointAct(PublicView):
    """One act with its rows, also where it is not in force yet or any more."""

    @extend_schema(operation_id="joint_acts_read", responses=WholeActSerializer)
    def get(self, request: Request, reference: str) -> Response:
        row = JointAct.objects.confirmed().select_related("authority").filter(reference=reference).first()
        if row is None:
            raise not_found()
        return Response(whole_body(row))
