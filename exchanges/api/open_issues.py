"""The register of issues as everybody reads it."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import not_found, say
from core.api.views import PublicView
from core.models import Document
from exchanges.models import AssetIssue
from exchanges.models.issues import OPEN
from exchanges.serializers.issues import RegisteredIssueSerializer
from exchanges.services.issue_bodies import open_facts, paper_facts
from law.assets import KINDS
from law.issues import PUBLIC_PAPERS, SUPERVISORS

FILTERS = [
    OpenApiParameter(
        "q",
        {"type": "string", "maxLength": 200},
        description="Words of number, asset, issuer or keeper, or the issuer's BIN.",
    ),
    OpenApiParameter("dfa_kind", int, enum=list(SUPERVISORS)),
    OpenApiParameter("state", str, enum=list(OPEN)),
]


def published() -> Any:
    parts = ("organisation", "authority", "licence")
    return AssetIssue.objects.open().select_related(*parts).prefetch_related("changes")


def narrowed(rows: Any, request: Request) -> Any:
    """By words, kind and state; what is not known finds nothing."""
    asked = request.query_params
    for name, known in (("dfa_kind", [str(kind) for kind in SUPERVISORS]), ("state", OPEN)):
        if value := asked.get(name):
            rows = rows.filter(**{name: value}) if value in known else rows.none()
    return rows.found_by(asked["q"][:200]) if asked.get("q") else rows


def bodies(rows: list[AssetIssue]) -> list[dict[str, Any]]:
    label = AssetIssue._meta.label_lower
    found = Document.objects.current().filter(
        subject_type=label, subject_id__in=[row.pk for row in rows], kind__in=PUBLIC_PAPERS
    )
    files: dict[int, list[Document]] = {}
    for one in found.order_by("id"):
        files.setdefault(one.subject_id, []).append(one)
    return [
        {
            **open_facts(row),
            "state_label": say(row.WORKFLOW.state(row.state).applicant_label),
            "kind_label": say(KINDS[row.dfa_kind]),
            "papers": [
                paper_facts(one, f"/issues/{row.reference}/documents/{one.pk}/", say) for one in files.get(row.pk, [])
            ],
        }
        for row in rows
    ]


class OpenIssues(PublicView):
    """Issues that were registered, newest first."""

    @extend_schema(
        operation_id="register_issues_list",
        parameters=FILTERS + PAGE_PARAMETERS,
        responses=page_of(RegisteredIssueSerializer),
    )
    def get(self, request: Request) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body(bodies(list(page.cut(narrowed(published(), request))))))


class OpenIssue(PublicView):
    """One registered issue."""

    @extend_schema(operation_id="register_issues_read", responses=RegisteredIssueSerializer)
    def get(self, request: Request, reference: str) -> Response:
        row = published().filter(reference=reference).first()
        if row is None:
            raise not_found()
        return Response(bodies([row])[0])
