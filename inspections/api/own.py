"""Inspections as their subjects read them: what is checked, by whom, its rights, result and order, terms, documents."""

from typing import Any, ClassVar

from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import not_found, provision_body, say
from core.api.views import ApiView, KeyRequest
from core.models import Document, Obligation, User
from inspections.models import Inspection
from inspections.serializers.answers import InspectionLineSerializer, OwnInspectionSerializer
from inspections.services.answers import last_day_to_ask
from inspections.services.own import appeal_terms, checked_items, known_days
from law.grounds import Ground
from law.inspections.grounds import DUTIES, RIGHTS
from law.licensing import Due
from licensing.api.bodies import arithmetic_body, document_body, term_body
from licensing.api.papers import FILES, FileView, send_file
from licensing.serializers import DocumentListSerializer

CONTENT = "api-inspection-document-content"
PARTS = ("authority", "organisation", "object", "object__licence", "checklist")
SAME = ("subject_matter", "period_from", "period_to", "noticed_at", "registration_number", "registered_on")
RESULT = ("result_number", "result_handed_at", "order_number", "instructions")


def line_body(row: Inspection, user: User) -> dict[str, Any]:
    state = row.WORKFLOW.state(row.state)
    return {
        "reference": row.reference,
        "version": row.version,
        "state": row.state,
        "state_label": say(state.label if user.is_official else state.applicant_label),
        "kind": row.kind,
        "authority": row.authority.code,
        "organisation": row.organisation.identifier,
        "licence": row.object.licence.number if row.object.licence else None,
        "start_on": row.start_on,
        "last_day": row.last_day,
        "cure_by": row.cure_by,
        "evidence": row.is_evidence,
    }


def ground_body(ground: Ground) -> dict[str, Any]:
    return {"code": ground.code, "text": say(ground.text), "provision": provision_body(ground)}


def due_body(label: str, due: Due) -> dict[str, Any]:
    return {
        "label": say(label),
        "due_on": due.due_on,
        "arithmetic": arithmetic_body(due.steps()),
        "provision": provision_body(due.provision),
    }


def inspection_body(row: Inspection, user: User) -> dict[str, Any]:
    today, handed = timezone.localdate(), row.result_handed_at is not None
    team = row.team.standing().select_related("person")
    terms = Obligation.objects.visible_to(user).of(row).prefetch_related("pauses").order_by("due_on", "id")
    days = [*known_days(last_day_to_ask(row)), *appeal_terms(row)]
    own = ("code", "text", "severity", "article", "answer", "evidence", "cure_by")
    return {
        **line_body(row, user),
        **{name: getattr(row, name) for name in (*SAME, *RESULT)},
        "findings": row.findings if handed else "",
        "started_at": row.started_at,
        "act_number": row.act_number if row.started_at else "",
        "team": [{"name": one.person.full_name, "post": one.post, "leads": one.leads} for one in team],
        "items": [{name: item[name] for name in own} for item in checked_items(row)],
        "rights": [ground_body(one) for one in RIGHTS if one.applies(today)],
        "duties": [ground_body(one) for one in DUTIES if one.applies(today)],
        "terms": [term_body(one) for one in terms],
        "last_days": [due_body(label, due) for label, due in days],
        "filings": list(row.filings.order_by("id").values_list("reference", flat=True)),
        "annulments": list(row.annulments.order_by("id").values_list("reference", flat=True)),
    }


def own(user: User) -> Any:
    return Inspection.objects.visible_to(user).select_related(*PARTS)


def find_inspection(user: User, reference: str) -> Inspection:
    found: Inspection | None = own(user).filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def documents_of(row: Any, request: KeyRequest, content: str) -> list[dict[str, Any]]:
    """Its files that the caller may see, letters among them."""
    rows = Document.objects.visible_to(request.user).of(row).current().order_by("id")
    return [document_body(one, request, row.reference, content) for one in rows]


def content_of(row: Any, request: KeyRequest, pk: int) -> FileResponse:
    found = Document.objects.visible_to(request.user).of(row).current().filter(pk=pk).first()
    if found is None:
        raise not_found()
    return send_file(found, request)


class Inspections(ApiView):
    """Inspections of one's firms, the newest first: each once its subject was told of it."""

    kept_by = "inspections.keep"

    @extend_schema(
        operation_id="inspections_list", parameters=PAGE_PARAMETERS, responses=page_of(InspectionLineSerializer)
    )
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([line_body(row, request.user) for row in page.cut(own(request.user))]))


class OneInspection(ApiView):
    """One inspection: its checklist, the rights and duties of the subject, result and order, terms."""

    kept_by = "inspections.keep"
    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="inspections_read", responses=OwnInspectionSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        row = find_inspection(request.user, reference)
        return Response(inspection_body(row, request.user), headers={"ETag": f'"{row.version}"'})


class InspectionDocuments(ApiView):
    """Documents of an inspection: notice, acts, result, order, letters."""

    kept_by = "inspections.keep"

    @extend_schema(operation_id="inspections_documents", responses=DocumentListSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        row = find_inspection(request.user, reference)
        return Response({"results": documents_of(row, request, CONTENT)})


class InspectionDocumentContent(FileView):
    """The content of a document of an inspection."""

    kept_by = "inspections.keep"

    @extend_schema(operation_id="inspections_documents_content", responses=FILES)
    def get(self, request: KeyRequest, reference: str, pk: int) -> FileResponse:
        return content_of(find_inspection(request.user, reference), request, pk)
