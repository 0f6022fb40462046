"""Jobs and investment: reported by holders, entered by officers from papers, and summed by region for officials."""

from decimal import Decimal
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.fields import StrictSerializer
from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import ApiRefusal, provision_body, say
from core.api.serializers import ProvisionSerializer
from core.api.views import KeyRequest, repeatable
from core.regions import REGIONS
from law.problems import Problem, _
from law.provisions import provision
from licensing.models import Licence
from mining import services
from mining.api.bodies import MiningView, found_or_404
from mining.api.power import office_of
from mining.models import RealisedReport
from mining.models.hosting import HOSTED_KINDS
from mining.models.realised import MOST_JOBS, Effect, effects

TENGE: dict[str, Any] = {"max_digits": 18, "decimal_places": 2}


class NewRealisedReportSerializer(StrictSerializer):
    """A holder's report on a period; an officer names the paper that he enters it from, and its day."""

    licence = serializers.CharField(max_length=40, help_text="Number of the licence.")
    period = serializers.DateField(help_text="First day of the quarter.")
    jobs = serializers.IntegerField(min_value=0, max_value=MOST_JOBS, help_text="On the last day of the period.")
    investment = serializers.DecimalField(min_value=Decimal(0), help_text="Tenge, in the period.", **TENGE)
    note = serializers.CharField(max_length=10_000, required=False, allow_blank=True, default="")
    source = serializers.CharField(  # type: ignore[assignment]  # a field of the request, not the option of fields
        max_length=300, required=False, allow_blank=True, default=""
    )
    paper_on = serializers.DateField(required=False, allow_null=True, default=None)


class RealisedReportSerializer(serializers.Serializer[Any]):
    """A report on jobs and investment. `counts`: false once a later report of the period has come."""

    reference = serializers.CharField()
    licence = serializers.CharField()
    organisation = serializers.CharField(help_text="BIN or IIN.")
    period_first = serializers.DateField()
    period_last = serializers.DateField()
    revision = serializers.IntegerField()
    counts = serializers.BooleanField()
    jobs = serializers.IntegerField()
    investment = serializers.CharField()
    currency = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    source = serializers.CharField(  # type: ignore[assignment]  # a field of the answer, not the option of fields
        allow_blank=True
    )
    paper_on = serializers.DateField(allow_null=True)
    received_at = serializers.DateTimeField()
    provision = ProvisionSerializer()


class EffectSerializer(serializers.Serializer[Any]):
    """Declared and realised of one place. `…_of_reported`: declared by those who reported; the differences are
    realised less that. Null where nobody reported. Tenge as text."""

    region = serializers.ChoiceField(choices=list(REGIONS), allow_null=True)
    name = serializers.CharField(allow_blank=True)
    licences = serializers.IntegerField()
    reported = serializers.IntegerField()
    jobs = serializers.IntegerField()
    jobs_of_reported = serializers.IntegerField()
    jobs_realised = serializers.IntegerField(allow_null=True)
    jobs_difference = serializers.IntegerField(allow_null=True)
    investment = serializers.CharField()
    investment_of_reported = serializers.CharField()
    investment_realised = serializers.CharField(allow_null=True)
    investment_difference = serializers.CharField(allow_null=True)


class EffectsSerializer(serializers.Serializer[Any]):
    """By region under the licences in force, and all together. `provision`: nobody owes these reports."""

    regions = EffectSerializer(many=True)
    total = EffectSerializer()
    currency = serializers.CharField()
    provision = ProvisionSerializer()


def tenge(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def effect_body(code: str | None, one: Effect) -> dict[str, Any]:
    return {
        "region": code,
        "name": say(REGIONS[code]) if code else "",
        "licences": one.licences,
        "reported": one.reported,
        "jobs": one.jobs,
        "jobs_of_reported": one.jobs_of_reported,
        "jobs_realised": one.jobs_realised,
        "jobs_difference": one.jobs_difference,
        "investment": tenge(one.investment),
        "investment_of_reported": tenge(one.investment_of_reported),
        "investment_realised": tenge(one.investment_realised),
        "investment_difference": tenge(one.investment_difference),
    }


def report_body(row: RealisedReport) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "licence": row.licence.number,
        "organisation": row.organisation.identifier,
        "period_first": row.period_first,
        "period_last": row.period_last,
        "revision": row.revision,
        "counts": row.standing,
        "jobs": row.jobs,
        "investment": tenge(row.investment),
        "currency": "KZT",
        "note": row.note,
        "source": row.source,
        "paper_on": row.paper_on,
        "received_at": row.received_at,
        "provision": provision_body(provision("jobs.report_period", row.period_last)),
    }


class Jobs(MiningView):
    """Jobs and investment declared and realised, by region: for officials."""

    @extend_schema(operation_id="jobs_read", responses=EffectsSerializer)
    def get(self, request: KeyRequest) -> Response:
        found = effects(office_of(request))
        rows = [effect_body(code, one) for code, one in found.regions.items() if one.licences]
        rows += [effect_body(None, found.nowhere)] if found.nowhere.licences else []
        rule = provision_body(provision("jobs.report_period", timezone.localdate()))
        body = {"regions": rows, "total": effect_body(None, found.total), "currency": "KZT", "provision": rule}
        return Response(body)


class RealisedReports(MiningView):
    """Reports on jobs and investment, the newest first; and the way to report a period or to correct a report of it."""

    acts: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="jobs_reports_list", parameters=PAGE_PARAMETERS, responses=page_of(RealisedReportSerializer)
    )
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([report_body(row) for row in page.cut(rows_of(request))]))

    @extend_schema(
        operation_id="jobs_reports_create",
        request=NewRealisedReportSerializer,
        responses={201: RealisedReportSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(NewRealisedReportSerializer())
        licence = licence_of(request, values.pop("licence"))
        made = services.report_realised(licence, **values, actor=request.user, at=timezone.now())
        location = request.build_absolute_uri(f"/api/v1/jobs-reports/{made.reference}/")
        row = found_or_404(rows_of(request), pk=made.pk)
        return Response(report_body(row), status=201, headers={"Location": location})


class OneRealisedReport(MiningView):
    """One report, also where a later one of its period counts."""

    @extend_schema(operation_id="jobs_reports_read", responses=RealisedReportSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return Response(report_body(found_or_404(rows_of(request), reference=reference)))


def rows_of(request: KeyRequest) -> Any:
    return RealisedReport.objects.visible_to(request.user).select_related("licence", "organisation")


def licence_of(request: KeyRequest, number: str) -> Licence:
    """A mining licence that the caller sees.

    Raises:
        ApiRefusal: 400 where there is none.
    """
    rows = Licence.objects.visible_to(request.user).filter(kind__in=HOSTED_KINDS)
    found = rows.filter(number=number.strip().upper()).first()
    if found is None:
        message = _("There is no mining licence with this number.")
        raise ApiRefusal(400, Problem("licence-not-yours", message, field="licence"))
    return found
