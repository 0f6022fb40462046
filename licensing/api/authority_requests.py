"""Requests between authorities for officials of both: the lists, one, asking, answering, settling, withdrawing."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.parsers import BoundedJSONParser, UploadParser
from core.api.problems import ApiRefusal, not_found, say
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import Authority, Document, Obligation, User
from core.services import Upload, log_access, require
from law.problems import Problem, _
from licensing import services
from licensing.api.bodies import document_body, term_body
from licensing.api.papers import FILES, FileView, send_file
from licensing.models import Referral
from licensing.referral_serializers import (
    SIDES,
    AnswerRequestSerializer,
    AnswerRequestWithFilesSerializer,
    AuthorityRequestSerializer,
    NewAuthorityRequestSerializer,
    NewAuthorityRequestWithFilesSerializer,
    WholeAuthorityRequestSerializer,
    WithdrawRequestSerializer,
)
from licensing.services.referrals import (
    about,
    answers_due,
    papers_answered,
    papers_between,
    papers_of,
    papers_sent,
    seen_kind,
)

CONTENT = "api-authority-request-content"
FILTERS = [
    OpenApiParameter(
        "show", str, enum=list(SIDES), description="What your authority has to answer, was asked, or has asked."
    )
]
PARTS = ("authority", "body", "sent_by", "answered_by")


def line_body(row: Referral, due_on: date | None) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "version": row.version,
        "state": row.state,
        "state_label": say(row.WORKFLOW.state(row.state).label),
        "kind": row.kind,
        "authority": row.authority.code,
        "body": row.body.code,
        "about": row.about,
        "asked_on": row.asked_on,
        "due_on": due_on,
        "answered_on": row.answered_on,
    }


def whole_body(row: Referral, request: KeyRequest) -> dict[str, Any]:
    kind = seen_kind(row, request.user)
    terms = Obligation.objects.of(row).order_by("due_on", "id").prefetch_related("pauses")
    return {
        **line_body(row, answers_due([row]).get(row.pk)),
        "record": {"kind": kind.page, "reference": row.about} if kind else None,
        "text": row.text,
        "sent_by": row.sent_by.full_name,
        "documents": papers_body(papers_sent(row), request, row),
        "answer": row.answer,
        "answered_by": row.answered_by.full_name if row.answered_by else None,
        "answer_documents": papers_body(papers_answered(row), request, row),
        "withdrawn_because": row.withdrawn_because,
        "terms": [term_body(one) for one in terms],
    }


def papers_body(papers: Iterable[Document], request: KeyRequest, row: Referral) -> list[dict[str, Any]]:
    return [document_body(one, request, row.reference, CONTENT) for one in papers]


def find_request(user: User, reference: str) -> Referral:
    found = Referral.objects.visible_to(user).select_related(*PARTS).filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def whole(request: KeyRequest, reference: str, status: int = 200) -> Response:
    """A request as it stands; each look is logged."""
    row = find_request(request.user, reference)
    log_access(row, actor=request.user, at=timezone.now())
    headers = {"ETag": f'"{row.version}"'}
    if status == 201:
        headers["Location"] = request.build_absolute_uri(f"/api/v1/authority-requests/{row.reference}/")
    return Response(whole_body(row, request), status=status, headers=headers)


def uploads(files: Iterable[Any]) -> list[Upload]:
    return [Upload(one.name, one.file, one.size) for one in files]


def body_named(code: str, faults: list[Problem]) -> Authority | None:
    """The authority of a code; a fault where there is none."""
    found = Authority.objects.filter(code=code).first()
    if found is None:
        faults.append(Problem("authority-unknown", _("There is no authority with this code."), field="body"))
    return found


def papers_named(subject: Any, numbers: Iterable[int], user: User, faults: list[Problem]) -> list[Document]:
    """The papers of a record that are to be shown; a fault where one is not of it, or not the caller's to see."""
    asked = set(numbers)
    found = list(papers_of(subject, user).filter(pk__in=asked)) if subject is not None and asked else []
    if len(found) != len(asked):
        message = _("A document is not one of this case.")
        faults.append(Problem("document-of-another", message, field="documents"))
    return found


def record_named(given: dict[str, Any], user: User, faults: list[Problem]) -> Any:
    """The record that a request is about, as the caller sees it; None where it is about something in words."""
    page, reference = given.pop("record"), given.pop("reference")
    if not page and not reference:
        return None
    kind = about(page)
    found = kind.found(user, reference).first() if kind else None
    if found is None:
        message = _("There is no such record, or it is not yours to see.")
        faults.append(Problem("record-unknown", message, field="reference"))
    if given["about"]:
        message = _("A request is about a record or about something in words, not about both.")
        faults.append(Problem("about-twice", message, field="about"))
    return found


class AuthorityRequests(ApiView):
    """Requests of one's authority to others and of others to it, the newest first; and the way to ask another one."""

    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})
    parser_classes = (BoundedJSONParser, UploadParser)
    throttle_scope = "upload"

    @extend_schema(
        operation_id="authority_requests_list",
        parameters=FILTERS + PAGE_PARAMETERS,
        responses=page_of(AuthorityRequestSerializer),
    )
    def get(self, request: KeyRequest) -> Response:
        rows = Referral.objects.visible_to(request.user).select_related("authority", "body")
        if show := request.query_params.get("show"):
            rows = rows.on_side(show, request.user.authority_id) if show in SIDES else rows.none()
        page = KeysetPagination(request, ["-id"])
        found = page.cut(rows)
        due = answers_due(found)
        return Response(page.body([line_body(row, due.get(row.pk)) for row in found]))

    @extend_schema(
        operation_id="authority_requests_ask",
        request={
            "application/json": NewAuthorityRequestSerializer,
            "multipart/form-data": NewAuthorityRequestWithFilesSerializer,
        },
        responses={201: WholeAuthorityRequestSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        user, own = request.user, request.user.authority
        require(user, "licensing.ask_body", Referral(authority=own))
        faults: list[Problem] = []
        given = self.checked(NewAuthorityRequestWithFilesSerializer())
        subject, body = record_named(given, user, faults), body_named(given.pop("body"), faults)
        shown = papers_named(subject, given.pop("documents"), user, faults)
        if faults or body is None or own is None:
            raise ApiRefusal(400, *faults)
        files = uploads(given.pop("files"))
        more: dict[str, Any] = {"subject": subject, "documents": shown, "files": files}
        row = services.ask_body(own, body=body, **given, **more, actor=user, at=timezone.now())
        return whole(request, row.reference, 201)


class OneAuthorityRequest(ApiView):
    """One request, as both authorities read it."""

    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="authority_requests_read", responses=WholeAuthorityRequestSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return whole(request, reference)


class AuthorityRequestContent(FileView):
    """A paper that was shown, or came with question or answer."""

    @extend_schema(operation_id="authority_requests_content", responses=FILES)
    def get(self, request: KeyRequest, reference: str, pk: int) -> FileResponse:
        found = papers_between(find_request(request.user, reference)).filter(pk=pk).first()
        if found is None:
            raise not_found()
        return send_file(found, request)


class RequestAct(ApiView):
    """What the acts on a request share."""

    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    def done(self, request: KeyRequest, row: Referral, service: Any, **given: Any) -> Response:
        service(row, **given, actor=request.user, at=timezone.now(), version=self.sent_version())
        return whole(request, row.reference)


class AuthorityRequestAnswer(RequestAct):
    """Answer a request that your authority was asked; or enter what came on paper to its own."""

    parser_classes = (BoundedJSONParser, UploadParser)
    throttle_scope = "upload"

    @extend_schema(
        operation_id="authority_requests_answer",
        request={
            "application/json": AnswerRequestSerializer,
            "multipart/form-data": AnswerRequestWithFilesSerializer,
        },
        responses=WholeAuthorityRequestSerializer,
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row = find_request(request.user, reference)
        require(request.user, "licensing.answer_request", row)
        given = self.checked(AnswerRequestWithFilesSerializer(asker=row.authority_id == request.user.authority_id))
        files = uploads(given.pop("files"))
        return self.done(request, row, services.answer_request, **given, files=files)


class AuthorityRequestSettling(RequestAct):
    """Note that your authority has what it needs."""

    @extend_schema(operation_id="authority_requests_settle", request=None, responses=WholeAuthorityRequestSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        return self.done(request, find_request(request.user, reference), services.settle_request)


class AuthorityRequestWithdrawal(RequestAct):
    """Withdraw a request that is not answered; the other authority goes on reading what it was sent."""

    @extend_schema(
        operation_id="authority_requests_withdraw",
        request=WithdrawRequestSerializer,
        responses=WholeAuthorityRequestSerializer,
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row = find_request(request.user, reference)
        return self.done(request, row, services.withdraw_request, **self.checked(WithdrawRequestSerializer()))
