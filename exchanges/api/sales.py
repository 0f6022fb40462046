"""Reports on sales, and the list of exchanges of the AIFC."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import ApiRefusal, not_found, provision_body
from core.api.rowfiles import RowFileParser, RowFileSerializer, accepted
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import Organisation, User
from core.services import Upload
from exchanges import services
from exchanges.models import ListedExchange, SaleReport
from exchanges.serializers import (
    ListedExchangeSerializer,
    NewSaleReportSerializer,
    SaleCorrectionSerializer,
    SaleReportFileSerializer,
    SaleReportLineSerializer,
    SaleReportSerializer,
)
from law.problems import Problem, _


def exchange_body(row: ListedExchange) -> dict[str, Any]:
    return {
        "code": row.code,
        "names": row.names,
        "licence_number": row.licence_number,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "kept_here": row.licence_id is not None,
        "source": row.source,
    }


def line_body(row: SaleReport) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "edition": row.edition,
        "source": row.source,
        "organisation": row.organisation.identifier if row.organisation else None,
        "exchange": row.exchange.code if row.exchange else None,
        "period_from": row.period_from,
        "period_to": row.period_to,
        "filed_on": row.filed_on,
        "due_on": row.due_on,
        "late": row.late,
        "provision": provision_body(row.ground or None),
        "rows_count": row.rows_count,
        "total": f"{row.total:.2f}",
        "currency": "KZT",
    }


def report_body(row: SaleReport) -> dict[str, Any]:
    return {
        **line_body(row),
        "reason": row.reason,
        "paper": row.paper,
        "rows": [
            {
                "sold_on": one.sold_on,
                "asset": one.asset,
                "amount": f"{one.amount:.2f}",
                "exchange": one.exchange.code if one.exchange else "",
                "miner": one.miner,
                "deal": one.deal,
            }
            for one in row.rows.select_related("exchange")
        ],
    }


def answer(row: SaleReport, request: KeyRequest, status: int = 200) -> Response:
    headers = {"ETag": f'"{row.edition}"'}
    if status == 201:
        headers["Location"] = request.build_absolute_uri(f"/api/v1/sale-reports/{row.reference}/")
    return Response(report_body(row), status=status, headers=headers)


def find_report(user: User, reference: str) -> SaleReport:
    rows = SaleReport.objects.visible_to(user).current().select_related("organisation", "exchange", "authority")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def lines_of(values: list[dict[str, Any]]) -> list[services.SaleLine]:
    return [services.SaleLine(**row) for row in values]


class Exchanges(ApiView):
    """Exchanges licensed in the AIFC, with the days of their licences: the codes that reports name."""

    @extend_schema(
        operation_id="exchanges_list", parameters=PAGE_PARAMETERS, responses=page_of(ListedExchangeSerializer)
    )
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        rows = ListedExchange.objects.visible_to(request.user)
        return Response(page.body([exchange_body(row) for row in page.cut(rows)]))


class SaleReports(ApiView):
    """Reports on sales that one may see, newest first; and the way to a new one. The same report sent again is the one
    that stands."""

    kept_by = "exchanges.keep_reports"
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="sale_reports_list", parameters=PAGE_PARAMETERS, responses=page_of(SaleReportLineSerializer)
    )
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        rows = SaleReport.objects.visible_to(request.user).current().select_related("organisation", "exchange")
        return Response(page.body([line_body(row) for row in page.cut(rows)]))

    @extend_schema(
        operation_id="sale_reports_create", request=NewSaleReportSerializer, responses={201: SaleReportSerializer}
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(NewSaleReportSerializer())
        organisation, exchange = whose(request.user, values["organisation"].strip(), values["exchange"].strip())
        row = services.file_sale_report(
            services.keeper(),
            organisation=organisation,
            exchange=exchange,
            period_from=values["period_from"],
            period_to=values["period_to"],
            rows=lines_of(values["rows"]),
            paper=values["paper"],
            actor=request.user,
            at=timezone.now(),
        )
        return answer(row, request, 201)


def whose(user: User, identifier: str, code: str) -> tuple[Organisation | None, ListedExchange | None]:
    """Who reports: an organisation that the caller acts for (an official: any), or an exchange of its own.

    Raises:
        ApiRefusal: both or none is named, or none that he may report for.
    """
    if bool(identifier) == bool(code):
        message = _("Name either the organisation or the exchange that reports.")
        raise ApiRefusal(400, Problem("reporter", message, field="organisation"))
    own = Organisation.objects.all() if user.is_official else user.organisations()
    if identifier:
        found = own.filter(identifier=identifier).first()
        if found is not None:
            return found, None
        message, field = _("There is no organisation with this number for which you act."), "organisation"
        raise ApiRefusal(400, Problem("organisation-not-yours", message, field=field))
    rows = ListedExchange.objects.filter(code=code.lower())
    exchange = (rows if user.is_official else rows.filter(organisation__in=own)).first()
    if exchange is None:
        message = _("There is no exchange with this code for which you act.")
        raise ApiRefusal(400, Problem("exchange-not-yours", message, field="exchange"))
    return None, exchange


class SaleReportFiles(ApiView):
    """A report as a file of any length: it is looked at, and its faults are read at row-files/<id>/."""

    kept_by = "exchanges.keep_reports"
    parser_classes = (RowFileParser,)
    acts: ClassVar = frozenset({"POST"})
    throttle_scope = "upload"

    @extend_schema(
        operation_id="sale_reports_upload",
        request={"multipart/form-data": SaleReportFileSerializer},
        responses={202: RowFileSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(SaleReportFileSerializer())
        organisation, exchange = whose(request.user, values["organisation"].strip(), values["exchange"].strip())
        upload = values["file"]
        file = services.send_sales(
            Upload(upload.name, upload.file, upload.size),
            organisation=organisation,
            exchange=exchange,
            take=values["take"],
            **{name: values[name] for name in ("period_from", "edition", "reason", "paper")},
            actor=request.user,
            at=timezone.now(),
        )
        return accepted(request, file)


class OneSaleReport(ApiView):
    """The edition of a report that counts, with its rows."""

    kept_by = "exchanges.keep_reports"
    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="sale_reports_read", responses=SaleReportSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return answer(find_report(request.user, reference), request)


class SaleReportCorrection(ApiView):
    """Correct a report: a new edition with all its rows replaces the one that counts."""

    kept_by = "exchanges.keep_reports"
    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="sale_reports_correct", request=SaleCorrectionSerializer, responses=SaleReportSerializer
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        found, version = find_report(request.user, reference), self.sent_version()
        values = self.checked(SaleCorrectionSerializer())
        row = services.correct_sale_report(
            found,
            rows=lines_of(values["rows"]),
            reason=values["reason"],
            paper=values["paper"],
            actor=request.user,
            at=timezone.now(),
            version=version,
        )
        return answer(row, request)
