"""Reports of pools and miners by API, in one request or as a file; and where the two differ."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.fields import StrictSerializer
from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import provision_body
from core.api.rowfiles import RowFileParser, RowFileSerializer, accepted
from core.api.serializers import ProvisionSerializer
from core.api.views import KeyRequest, repeatable
from core.models import RowFile
from core.services import Upload, keep_row_file
from licensing.api.bodies import arithmetic_body
from mining import services
from mining.api.bodies import (
    ROWS,
    MiningView,
    OrganisationField,
    UploadedRowsSerializer,
    amount,
    found_or_404,
    keeper,
    own_organisation,
)
from mining.models import MinerReport, PoolReport
from mining.models.distributions import PeriodReport
from mining.services.distribution_rows import POOL_DISTRIBUTION, REVISIONS
from mining.services.distributions import totals

AS_IT_HAPPENED = "Rows that differ from the register of licences are as it happened: they are taken and marked."


class ReportedPeriodSerializer(StrictSerializer):
    """The period of a report, and its number."""

    organisation = OrganisationField()
    period = serializers.DateField(help_text="First day of the period.")
    revision = serializers.IntegerField(
        min_value=1,
        max_value=REVISIONS,
        default=1,
        help_text="1 for the first report of the period; the highest number counts, in whatever order they come.",
    )


class DistributionRowSerializer(StrictSerializer):
    """What a miner got of an asset on a day."""

    day = serializers.CharField(max_length=40)
    miner = serializers.CharField(max_length=40, help_text="IIN or BIN.")
    miner_name = serializers.CharField(max_length=300, required=False, allow_blank=True)
    licence = serializers.CharField(max_length=60)
    licence_date = serializers.CharField(max_length=40)
    wallet = serializers.CharField(max_length=200)
    asset = serializers.CharField(max_length=40)
    amount = serializers.CharField(max_length=60)
    commission = serializers.CharField(max_length=60, required=False, allow_blank=True)


class NewPoolReportSerializer(ReportedPeriodSerializer):
    """A pool's report on a period."""

    as_it_happened = serializers.BooleanField(default=False, help_text=AS_IT_HAPPENED)
    rows = DistributionRowSerializer(many=True, max_length=ROWS, allow_empty=False)  # type: ignore[call-arg]  # of lists


class PoolReportFileSerializer(UploadedRowsSerializer):
    """A pool's report on a period as a file."""

    period = serializers.DateField(help_text="First day of the period.")
    revision = serializers.IntegerField(min_value=1, max_value=REVISIONS, default=1)
    as_it_happened = serializers.BooleanField(default=False, help_text=AS_IT_HAPPENED)


class OutputRowSerializer(StrictSerializer):
    """How much of an asset."""

    asset = serializers.CharField(max_length=40)
    amount = serializers.CharField(max_length=60)


class NewMinerReportSerializer(ReportedPeriodSerializer):
    """A miner's report on a period."""

    explanation = serializers.CharField(max_length=10_000, required=False, allow_blank=True, default="")
    rows = OutputRowSerializer(many=True, max_length=ROWS, allow_empty=False)  # type: ignore[call-arg]  # of lists


class PeriodReportSerializer(serializers.Serializer[Any]):
    """A report: its period, its day, whether it counts."""

    reference = serializers.CharField()
    organisation = serializers.CharField(help_text="BIN or IIN.")
    period_first = serializers.DateField()
    period_last = serializers.DateField()
    revision = serializers.IntegerField()
    counts = serializers.BooleanField(help_text="False once a report with a higher number has come.")
    received_at = serializers.DateTimeField()
    due_on = serializers.DateField(allow_null=True)
    late = serializers.BooleanField()
    arithmetic = serializers.ListField(child=serializers.CharField())
    provision = ProvisionSerializer(allow_null=True)
    rows = serializers.IntegerField()
    digest = serializers.CharField()


class SumSerializer(serializers.Serializer[Any]):
    """The sum of an asset."""

    asset = serializers.CharField()
    amount = serializers.CharField()
    commission = serializers.CharField()


class PoolReportSerializer(PeriodReportSerializer):
    """A pool's report with its sums."""

    accreditation = serializers.CharField()
    as_it_happened = serializers.BooleanField()
    marked = serializers.IntegerField(help_text="Rows that differ from the register.")
    sums = SumSerializer(many=True)


class OutputSerializer(serializers.Serializer[Any]):
    """How much of an asset."""

    asset = serializers.CharField()
    amount = serializers.CharField()


class DifferenceSerializer(serializers.Serializer[Any]):
    """An asset: what pools say, what the miner says, and what explains the difference."""

    asset = serializers.CharField()
    pools = serializers.CharField()
    commission = serializers.CharField()
    miner = serializers.CharField(allow_null=True)
    difference = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())


class MinerReportSerializer(PeriodReportSerializer):
    """A miner's report, against what pools say."""

    explanation = serializers.CharField(allow_blank=True)
    amounts = OutputSerializer(many=True)
    differences = DifferenceSerializer(many=True)


REPORTS = page_of(PeriodReportSerializer)


def report_body(row: Any) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "organisation": row.organisation.identifier,
        "period_first": row.period_first,
        "period_last": row.period_last,
        "revision": row.revision,
        "counts": row.standing,
        "received_at": row.received_at,
        "due_on": row.due_on,
        "late": row.is_late,
        "arithmetic": arithmetic_body(row.arithmetic),
        "provision": provision_body(row.ground or None),
        "rows": row.rows,
        "digest": row.digest,
    }


def pool_report_body(row: PoolReport) -> dict[str, Any]:
    return report_body(row) | {
        "accreditation": row.accreditation.number,
        "as_it_happened": row.as_it_happened,
        "marked": row.marked,
        "sums": [
            {"asset": one["asset"], "amount": amount(one["total"]), "commission": amount(one["fee"])}
            for one in totals(row)
        ],
    }


def miner_report_body(row: MinerReport) -> dict[str, Any]:
    found = services.differences(row.organisation, row.period_first, row.period_last, authority=row.authority)
    return report_body(row) | {
        "explanation": row.explanation,
        "amounts": [{"asset": line.asset, "amount": amount(line.amount)} for line in row.lines.all()],
        "differences": [
            {
                "asset": one.asset,
                "pools": amount(one.pools),
                "commission": amount(one.commission),
                "miner": amount(one.miner) if one.miner is not None else None,
                "difference": amount(one.difference),
                "reasons": arithmetic_body(one.reasons),
            }
            for one in found
        ],
    }


def own_reports(request: KeyRequest, model: type[PeriodReport]) -> Any:
    rows = model.objects.visible_to(request.user)  # type: ignore[attr-defined]  # both have one
    return rows.select_related("organisation", "authority")


def made(request: KeyRequest, model: type[PeriodReport], file: RowFile, place: str, body: Any) -> Response:
    """The report that the rows made; the same request again gets the same."""
    row = found_or_404(own_reports(request, model), reference=file.made)
    location = request.build_absolute_uri(f"/api/v1/{place}/{row.reference}/")
    return Response(body(row), status=201, headers={"Location": location})


class PoolReports(MiningView):
    """Distribution reports, the newest first; and a pool's way to report a period in one request: all rows or none."""

    acts: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="pool_reports_list", parameters=PAGE_PARAMETERS, responses=REPORTS)
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([report_body(row) for row in page.cut(own_reports(request, PoolReport))]))

    @extend_schema(
        operation_id="pool_reports_create", request=NewPoolReportSerializer, responses={201: PoolReportSerializer}
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(NewPoolReportSerializer())
        pool = own_organisation(request, values.pop("organisation"))
        rows = [dict(row) for row in values.pop("rows")]
        acting: dict[str, Any] = {"authority": keeper(request), "actor": request.user, "at": timezone.now()}
        file = services.report_distribution(pool, rows, **values, **acting)
        return made(request, PoolReport, file, "pool-reports", pool_report_body)


class PoolReportFiles(MiningView):
    """A pool's report as a file of any length: it is looked at, and its faults are read at row-files/<id>/."""

    parser_classes = (RowFileParser,)
    acts: ClassVar = frozenset({"POST"})
    throttle_scope = "upload"

    @extend_schema(
        operation_id="pool_reports_upload",
        request={"multipart/form-data": PoolReportFileSerializer},
        responses={202: RowFileSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(PoolReportFileSerializer())
        pool, upload = own_organisation(request, values["organisation"]), values["file"]
        file = keep_row_file(
            POOL_DISTRIBUTION,
            Upload(upload.name, upload.file, upload.size),
            authority=keeper(request),
            organisation=pool,
            options={name: values[name] for name in ("period", "revision", "as_it_happened")},
            take=values["take"],
            actor=request.user,
            at=timezone.now(),
        )
        return accepted(request, file)


class OnePoolReport(MiningView):
    """One report with its sums."""

    @extend_schema(operation_id="pool_reports_read", responses=PoolReportSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        rows = own_reports(request, PoolReport).select_related("organisation", "accreditation")
        return Response(pool_report_body(found_or_404(rows, reference=reference)))


class MinerReports(MiningView):
    """Reports of miners, the newest first; and a miner's way to report a period."""

    acts: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="miner_reports_list", parameters=PAGE_PARAMETERS, responses=REPORTS)
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([report_body(row) for row in page.cut(own_reports(request, MinerReport))]))

    @extend_schema(
        operation_id="miner_reports_create", request=NewMinerReportSerializer, responses={201: MinerReportSerializer}
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(NewMinerReportSerializer())
        miner = own_organisation(request, values.pop("organisation"))
        rows = [dict(row) for row in values.pop("rows")]
        acting: dict[str, Any] = {"authority": keeper(request), "actor": request.user, "at": timezone.now()}
        file = services.report_output(miner, rows, **values, **acting)
        return made(request, MinerReport, file, "miner-reports", miner_report_body)


class OneMinerReport(MiningView):
    """One report, against what pools say."""

    @extend_schema(operation_id="miner_reports_read", responses=MinerReportSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return Response(miner_report_body(found_or_404(own_reports(request, MinerReport), reference=reference)))
