"""What subjects file to their inspections. What officials do with it stands on their pages."""

from typing import Any, ClassVar

from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.parsers import UploadParser
from core.api.problems import not_found, say
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import User
from core.services import Upload
from inspections import services
from inspections.api.own import content_of, documents_of, find_inspection, ground_body
from inspections.models import Annulment, Filing
from inspections.serializers.answers import (
    AnnulmentSerializer,
    FiledPaperSerializer,
    InspectionFilingSerializer,
    NewAccessRefusalSerializer,
    NewAnnulmentSerializer,
    NewCureReportSerializer,
    NewObjectionSerializer,
    NewProlongRequestSerializer,
)
from law.problems import render
from licensing.api.bodies import document_body
from licensing.api.papers import FILES, FileView
from licensing.serializers import DocumentListSerializer, DocumentSerializer

SAME = ("reference", "version", "state", "filed_on", "text", "due_on", "answer", "answered_at")
FILING_PAGE, ANNULMENT_PAGE = "inspection-filings", "annulment-applications"
FILING_CONTENT, ANNULMENT_CONTENT = "api-filing-content", "api-annulment-content"


def filed_body(row: Filing | Annulment, user: User) -> dict[str, Any]:
    state = row.WORKFLOW.state(row.state)
    claims = [
        ground_body(row.ground_of(one["code"]))
        | {"facts": [render(fact["msgid"], fact["params"], gettext) for fact in one["facts"]]}
        for one in row.claims
    ]
    return {name: getattr(row, name) for name in SAME} | {
        "state_label": say(state.label if user.is_official else state.applicant_label),
        "inspection": row.inspection.reference,
        "organisation": row.organisation.identifier,
        "claims": claims,
    }


def filing_body(row: Filing, user: User) -> dict[str, Any]:
    items = [{"code": one.item.code, "measures": one.measures} for one in row.items.all()]
    own = {name: getattr(row, name) for name in ("kind", "until", "granted_to", "late")}
    return filed_body(row, user) | own | {"items": items}


def annulment_body(row: Annulment, user: User) -> dict[str, Any]:
    return filed_body(row, user) | {"lapsed_on": row.lapsed_on}


def filings_of(user: User) -> Any:
    rows = Filing.objects.visible_to(user).select_related("inspection", "organisation")
    return rows.prefetch_related("items__item")


def annulments_of(user: User) -> Any:
    return Annulment.objects.visible_to(user).select_related("inspection", "organisation")


def find(rows: Any, reference: str) -> Any:
    found = rows.filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def answer(row: Filing | Annulment, request: KeyRequest, status: int = 200) -> Response:
    body: dict[str, Any]
    if isinstance(row, Filing):
        fresh, page = find(filings_of(request.user), row.reference), FILING_PAGE
        body = filing_body(fresh, request.user)
    else:
        fresh, page = find(annulments_of(request.user), row.reference), ANNULMENT_PAGE
        body = annulment_body(fresh, request.user)
    headers = {"ETag": f'"{fresh.version}"'}
    if status == 201:
        headers["Location"] = request.build_absolute_uri(f"/api/v1/{page}/{fresh.reference}/")
    return Response(body, status=status, headers=headers)


class FilingView(ApiView):
    """An act of the subject on one of its inspections."""

    kept_by = "inspections.keep"
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    def file(self, request: KeyRequest, reference: str, service: Any, **given: Any) -> Response:
        row = find_inspection(request.user, reference)
        made = service(row, **given, actor=request.user, at=timezone.now())
        return answer(made, request, 201)


class InspectionObjections(FilingView):
    """Object in writing to the result act."""

    @extend_schema(
        operation_id="inspections_object",
        request=NewObjectionSerializer,
        responses={201: InspectionFilingSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        find_inspection(request.user, reference)
        return self.file(request, reference, services.file_objection, **self.checked(NewObjectionSerializer()))


class InspectionCureReports(FilingView):
    """Report the cure, item by item."""

    @extend_schema(
        operation_id="inspections_report_cure",
        request=NewCureReportSerializer,
        responses={201: InspectionFilingSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        find_inspection(request.user, reference)
        values = self.checked(NewCureReportSerializer())
        items = {one["code"]: one["measures"] for one in values["items"]}
        return self.file(request, reference, services.report_cure, items=items, text=values["text"])


class InspectionProlongRequests(FilingView):
    """Ask to prolong the term to cure, in three working days after act and order were received."""

    @extend_schema(
        operation_id="inspections_prolong",
        request=NewProlongRequestSerializer,
        responses={201: InspectionFilingSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        find_inspection(request.user, reference)
        return self.file(request, reference, services.ask_to_prolong, **self.checked(NewProlongRequestSerializer()))


class InspectionAccessRefusals(FilingView):
    """Refuse access by a ground of the Code."""

    @extend_schema(
        operation_id="inspections_refuse_access",
        request=NewAccessRefusalSerializer,
        responses={201: InspectionFilingSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        find_inspection(request.user, reference)
        return self.file(request, reference, services.refuse_access, **self.checked(NewAccessRefusalSerializer()))


class InspectionAnnulments(FilingView):
    """Apply to annul the inspection for gross breaches."""

    @extend_schema(
        operation_id="inspections_annul", request=NewAnnulmentSerializer, responses={201: AnnulmentSerializer}
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        find_inspection(request.user, reference)
        return self.file(request, reference, services.file_annulment, **self.checked(NewAnnulmentSerializer()))


class InspectionFilings(ApiView):
    """Objections, reports, requests and refusals, the newest first."""

    kept_by = "inspections.keep"

    @extend_schema(
        operation_id="inspection_filings_list",
        parameters=PAGE_PARAMETERS,
        responses=page_of(InspectionFilingSerializer),
    )
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([filing_body(row, request.user) for row in page.cut(filings_of(request.user))]))


class OneInspectionFiling(ApiView):
    """One of them."""

    kept_by = "inspections.keep"
    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="inspection_filings_read", responses=InspectionFilingSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return answer(find(filings_of(request.user), reference), request)


class Annulments(ApiView):
    """Applications to annul, the newest first."""

    kept_by = "inspections.keep"

    @extend_schema(operation_id="annulments_list", parameters=PAGE_PARAMETERS, responses=page_of(AnnulmentSerializer))
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        rows = page.cut(annulments_of(request.user))
        return Response(page.body([annulment_body(row, request.user) for row in rows]))


class OneAnnulment(ApiView):
    """One application to annul."""

    kept_by = "inspections.keep"
    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="annulments_read", responses=AnnulmentSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return answer(find(annulments_of(request.user), reference), request)


class FiledPapers(ApiView):
    """Files of a filing: added as long as nobody has answered it."""

    kept_by = "inspections.keep"
    acts: ClassVar = frozenset({"POST"})
    throttle_scope = "upload"
    parser_classes = (UploadParser,)
    rows: ClassVar[Any]
    content: ClassVar[str]

    def listed(self, request: KeyRequest, reference: str) -> Response:
        return Response(
            {"results": documents_of(find(type(self).rows(request.user), reference), request, self.content)}
        )

    def kept(self, request: KeyRequest, reference: str) -> Response:
        row = find(type(self).rows(request.user), reference)
        version = self.sent_version() if "If-Match" in request.headers else None
        file = self.checked(FiledPaperSerializer())["file"]
        upload = Upload(file.name, file.file, file.size)
        document = services.attach_to(row, upload, actor=request.user, at=timezone.now(), version=version)
        return Response(document_body(document, request, reference, self.content), status=201)


class InspectionFilingPapers(FiledPapers):
    """Files of an objection, report, request or refusal."""

    rows = staticmethod(filings_of)
    content = FILING_CONTENT

    @extend_schema(operation_id="inspection_filings_documents", responses=DocumentListSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return self.listed(request, reference)

    @extend_schema(
        operation_id="inspection_filings_upload",
        request={"multipart/form-data": FiledPaperSerializer},
        responses={201: DocumentSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        return self.kept(request, reference)


class AnnulmentPapers(FiledPapers):
    """Files of an application to annul."""

    rows = staticmethod(annulments_of)
    content = ANNULMENT_CONTENT

    @extend_schema(operation_id="annulments_documents", responses=DocumentListSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return self.listed(request, reference)

    @extend_schema(
        operation_id="annulments_upload",
        request={"multipart/form-data": FiledPaperSerializer},
        responses={201: DocumentSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        return self.kept(request, reference)


class InspectionFilingContent(FileView):
    """The content of a file of a filing."""

    kept_by = "inspections.keep"

    @extend_schema(operation_id="inspection_filings_content", responses=FILES)
    def get(self, request: KeyRequest, reference: str, pk: int) -> FileResponse:
        return content_of(find(filings_of(request.user), reference), request, pk)


class AnnulmentContent(FileView):
    """The content of a file of an application to annul."""

    kept_by = "inspections.keep"

    @extend_schema(operation_id="annulments_content", responses=FILES)
    def get(self, request: KeyRequest, reference: str, pk: int) -> FileResponse:
        return content_of(find(annulments_of(request.user), reference), request, pk)


class Withdrawal(ApiView):
    """Take back what was filed, before it is answered."""

    kept_by = "inspections.keep"
    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})


class InspectionFilingWithdrawal(Withdrawal):
    """Take back an objection, a request or a refusal of access."""

    @extend_schema(operation_id="inspection_filings_withdraw", request=None, responses=InspectionFilingSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row, version = find(filings_of(request.user), reference), self.sent_version()
        return answer(services.withdraw_filing(row, actor=request.user, at=timezone.now(), version=version), request)


class AnnulmentWithdrawal(Withdrawal):
    """Take back an application to annul."""

    @extend_schema(operation_id="annulments_withdraw", request=None, responses=AnnulmentSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row, version = find(annulments_of(request.user), reference), self.sent_version()
        return answer(services.withdraw_annulment(row, actor=request.user, at=timezone.now(), version=version), request)
