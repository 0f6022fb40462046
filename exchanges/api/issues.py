"""The register of issues: prepared, registered and corrected by operators of platforms, read by supervisors."""

from typing import Any, ClassVar

from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.parsers import UploadParser
from core.api.problems import ApiRefusal, not_found, say
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import Document, User
from core.services import Upload, read_document
from core.services.files import ACCEPTED
from exchanges import services
from exchanges.models import AssetIssue
from exchanges.serializers.issues import (
    IssueCorrectionSerializer,
    IssueDaySerializer,
    IssueDraftSerializer,
    IssueDropSerializer,
    IssueEndSerializer,
    IssuePaperSerializer,
    IssuePaperUploadSerializer,
    IssueSerializer,
    NewIssueSerializer,
)
from exchanges.services.issue_bodies import own_facts, paper_facts
from law.assets import KINDS
from law.problems import Problem, _

PARTS = ("organisation", "authority", "licence")
FILES = {(200, media_type): OpenApiTypes.BINARY for media_type in ACCEPTED}


def seen(user: User) -> Any:
    return AssetIssue.objects.visible_to(user).select_related(*PARTS).prefetch_related("changes")


def labels(row: AssetIssue) -> dict[str, Any]:
    state = row.WORKFLOW.state(row.state)
    return {"state_label": say(state.applicant_label), "kind_label": say(KINDS[row.dfa_kind])}


def bodies(rows: list[AssetIssue]) -> list[dict[str, Any]]:
    """Issues with their files, in one query for all."""
    label = AssetIssue._meta.label_lower
    found = Document.objects.current().filter(subject_type=label, subject_id__in=[row.pk for row in rows])
    files: dict[int, list[Document]] = {}
    for one in found.order_by("id"):
        files.setdefault(one.subject_id, []).append(one)
    return [
        {
            **own_facts(row),
            **labels(row),
            "papers": [
                paper_facts(one, f"/api/v1/issues/{row.reference}/documents/{one.pk}/content/", say)
                for one in files.get(row.pk, [])
            ],
        }
        for row in rows
    ]


def find_issue(user: User, reference: str) -> AssetIssue:
    found: AssetIssue | None = seen(user).filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def answer(row: AssetIssue, request: KeyRequest, status: int = 200) -> Response:
    headers = {"ETag": f'"{row.version}"'}
    if status == 201:
        headers["Location"] = request.build_absolute_uri(f"/api/v1/issues/{row.reference}/")
    fresh = seen(request.user).get(pk=row.pk)
    return Response(bodies([fresh])[0], status=status, headers=headers)


class IssueView(ApiView):
    """Officials of authorities that supervise no issuers find nothing here."""

    kept_by = "exchanges.supervise_issues"


class Issues(IssueView):
    """Issues that one may see, newest first; and the way to prepare one."""

    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="issues_list", parameters=PAGE_PARAMETERS, responses=page_of(IssueSerializer))
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body(bodies(list(page.cut(seen(request.user))))))

    @extend_schema(operation_id="issues_create", request=NewIssueSerializer, responses={201: IssueSerializer})
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(NewIssueSerializer())
        number = values.pop("licence").strip().upper()
        licence = services.platforms_of(request.user).filter(number=number).first()
        if licence is None:
            message = _("There is no platform of digital financial assets with this number for which you act.")
            raise ApiRefusal(400, Problem("licence-not-yours", message, field="licence"))
        row = services.draft_issue(
            licence, dfa_kind=values.pop("dfa_kind"), values=values, actor=request.user, at=timezone.now()
        )
        return answer(row, request, 201)


class OneIssue(IssueView):
    """One issue; and the change of a draft."""

    if_match: ClassVar = frozenset({"PATCH"})
    acts: ClassVar = frozenset({"PATCH"})
    versioned: ClassVar = frozenset({"GET", "PATCH"})

    @extend_schema(operation_id="issues_read", responses=IssueSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return answer(find_issue(request.user, reference), request)

    @extend_schema(operation_id="issues_edit", request=IssueDraftSerializer, responses=IssueSerializer)
    def patch(self, request: KeyRequest, reference: str) -> Response:
        found, version = find_issue(request.user, reference), self.sent_version()
        values = self.checked(IssueDraftSerializer())
        row = services.edit_issue(
            found,
            dfa_kind=values.pop("dfa_kind", None),
            values=values,
            actor=request.user,
            at=timezone.now(),
            version=version,
        )
        return answer(row, request)


class IssueAct(IssueView):
    """An act on an issue: what it takes, and the service."""

    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    def act(self, request: KeyRequest, reference: str, service: Any, **given: Any) -> Response:
        found, version = find_issue(request.user, reference), self.sent_version()
        row = service(found, **given, actor=request.user, at=timezone.now(), version=version)
        return answer(row, request)


class IssueRegistration(IssueAct):
    """Register an issue; everything that stands against it is told at once."""

    @extend_schema(operation_id="issues_register", request=None, responses=IssueSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        return self.act(request, reference, services.register_issue)


class IssuePlacement(IssueAct):
    """Note the day on which it was first offered to investors."""

    @extend_schema(operation_id="issues_place", request=IssueDaySerializer, responses=IssueSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        values = self.checked(IssueDaySerializer())
        return self.act(request, reference, services.note_issue, step="place", on=values["on"])


class IssueRedemption(IssueAct):
    """Note the day on which it was redeemed."""

    @extend_schema(operation_id="issues_redeem", request=IssueDaySerializer, responses=IssueSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        values = self.checked(IssueDaySerializer())
        return self.act(request, reference, services.note_issue, step="redeem", on=values["on"])


class IssueEnd(IssueAct):
    """Note that a registered issue ended without placement."""

    @extend_schema(operation_id="issues_end", request=IssueEndSerializer, responses=IssueSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        values = self.checked(IssueEndSerializer())
        return self.act(request, reference, services.note_issue, step="end", **values)


class IssueDrop(IssueAct):
    """Give up a draft."""

    @extend_schema(operation_id="issues_drop", request=IssueDropSerializer, responses=IssueSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        values = self.checked(IssueDropSerializer())
        return self.act(request, reference, services.drop_issue, reason=values["reason"])


class IssueCorrection(IssueAct):
    """Correct a registered issue; what stood before stays readable."""

    @extend_schema(operation_id="issues_correct", request=IssueCorrectionSerializer, responses=IssueSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        values = self.checked(IssueCorrectionSerializer())
        reason = values.pop("reason")
        return self.act(request, reference, services.correct_issue, values=values, reason=reason)


class IssuePapers(IssueView):
    """Add a file to a draft."""

    acts: ClassVar = frozenset({"POST"})
    throttle_scope = "upload"
    parser_classes = (UploadParser,)

    @extend_schema(
        operation_id="issues_papers_upload",
        request={"multipart/form-data": IssuePaperUploadSerializer},
        responses={201: IssuePaperSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        found = find_issue(request.user, reference)
        values = self.checked(IssuePaperUploadSerializer())
        version = self.sent_version() if "If-Match" in request.headers else None
        file = values["file"]
        document = services.attach_to_issue(
            found,
            Upload(file.name, file.file, file.size),
            kind=values["kind"],
            actor=request.user,
            at=timezone.now(),
            version=version,
        )
        url = f"/api/v1/issues/{reference}/documents/{document.pk}/content/"
        return Response(paper_facts(document, url, say), status=201)


def find_paper(request: KeyRequest, reference: str, pk: int) -> tuple[AssetIssue, Document]:
    found = find_issue(request.user, reference)
    document = found.documents().visible_to(request.user).filter(pk=pk).first()
    if document is None:
        raise not_found()
    return found, document


class OneIssuePaper(IssueView):
    """Take a file off a draft."""

    if_match: ClassVar = frozenset({"DELETE"})
    acts: ClassVar = frozenset({"DELETE"})

    @extend_schema(operation_id="issues_papers_remove", responses={204: None})
    def delete(self, request: KeyRequest, reference: str, pk: int) -> Response:
        (found, document), version = find_paper(request, reference, pk), self.sent_version()
        row = services.remove_from_issue(document, found, actor=request.user, at=timezone.now(), version=version)
        return Response(status=204, headers={"ETag": f'"{row.version}"'})


class IssuePaperContent(IssueView):
    """The content of a file."""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        renderer = self.get_renderers()[0]
        return renderer, renderer.media_type

    @extend_schema(operation_id="issues_papers_content", responses=FILES)
    def get(self, request: KeyRequest, reference: str, pk: int) -> FileResponse:
        _found, document = find_paper(request, reference, pk)
        stream = read_document(document, actor=request.user, at=timezone.now())
        response = FileResponse(
            stream, as_attachment=True, filename=document.filename, content_type=document.media_type
        )
        response["Cache-Control"] = "private, no-store"
        return response
