"""Documents, terms, letters and events of an application."""

from typing import Any, ClassVar

from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.parsers import UploadParser
from core.api.problems import ApiRefusal, not_found
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import Document, Event, Obligation
from core.models.base import PARTY, PUBLIC
from core.services import Upload, read_document
from core.services.files import ACCEPTED
from law.problems import Problem, _
from licensing import services
from licensing.api.applications import find_application
from licensing.api.bodies import document_body, event_body, letter_body, term_body
from licensing.models import Application, Letter
from licensing.models.hearings import POSITION_PAPER
from licensing.serializers import (
    DocumentListSerializer,
    DocumentSerializer,
    EventSerializer,
    LetterListSerializer,
    TermListSerializer,
    UploadSerializer,
)

OTHER = "other"
LETTERS = tuple(code for code, _label in Letter.KINDS)
FILES = {(200, media_type): OpenApiTypes.BINARY for media_type in ACCEPTED}


class FileView(ApiView):
    """Answers with a file whatever the Accept header says; errors stay problem+json."""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        renderer = self.get_renderers()[0]
        return renderer, renderer.media_type


def send_file(document: Document, request: KeyRequest) -> FileResponse:
    """The file as an attachment under its own type; who opened it is logged."""
    stream = read_document(document, actor=request.user, at=timezone.now())
    response = FileResponse(stream, as_attachment=True, filename=document.filename, content_type=document.media_type)
    response["Cache-Control"] = "private, no-store"
    return response


def find_document(request: KeyRequest, application: Application, pk: int) -> Document:
    found = Document.objects.visible_to(request.user).of(application).filter(pk=pk, removed_at=None).first()
    if found is None:
        raise not_found()
    return found


def kind_of_document(application: Application, code: str) -> str:
    """A paper of what is asked for, `position` for a hearing, or `other`."""
    listed = application.form.papers(application.day(timezone.localdate()))
    known = [*(paper.code for paper in listed), POSITION_PAPER, OTHER]
    if code not in known:
        message = _("No such document here. Known are: %(codes)s.")
        raise ApiRefusal(400, Problem("document-kind", message, {"codes": ", ".join(known)}, field="kind"))
    return code


def not_signed(letter: Letter) -> ApiRefusal:
    """The letter exists and waits: the authority cannot sign it yet."""
    message = _("The letter waits for its signature: %(why)s It goes out by itself as soon as there is one.")
    return ApiRefusal(404, Problem("not-signed", message, {"why": letter.held_label}), headers={"Retry-After": "300"})


class Documents(ApiView):
    """Files of the case: taken in a draft, and afterwards in answer to an open question."""

    acts: ClassVar = frozenset({"POST"})
    throttle_scope = "upload"
    parser_classes = (UploadParser,)

    @extend_schema(operation_id="documents_list", responses=DocumentListSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        application = find_application(request.user, reference)
        rows = application.documents().visible_to(request.user).exclude(kind__in=LETTERS)
        return Response({"results": [document_body(row, request, reference) for row in rows]})

    @extend_schema(
        operation_id="documents_upload",
        request={"multipart/form-data": UploadSerializer},
        responses={201: DocumentSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        application = find_application(request.user, reference)
        values = self.checked(UploadSerializer())
        version = self.sent_version() if "If-Match" in request.headers else None
        file = values["file"]
        document = services.attach_document(
            application,
            Upload(file.name, file.file, file.size),
            kind=kind_of_document(application, values["kind"]),
            actor=request.user,
            at=timezone.now(),
            version=version,
        )
        body = document_body(document, request, reference)
        location = request.build_absolute_uri(f"{request.path}{document.pk}/")
        return Response(body, status=201, headers={"Location": location})


class OneDocument(ApiView):
    """What a file is; and its removal from a draft (If-Match names the version of the application)."""

    if_match: ClassVar = frozenset({"DELETE"})
    acts: ClassVar = frozenset({"DELETE"})

    @extend_schema(operation_id="documents_read", responses=DocumentSerializer)
    def get(self, request: KeyRequest, reference: str, pk: int) -> Response:
        application = find_application(request.user, reference)
        return Response(document_body(find_document(request, application, pk), request, reference))

    @extend_schema(operation_id="documents_remove", responses={204: None})
    def delete(self, request: KeyRequest, reference: str, pk: int) -> Response:
        application = find_application(request.user, reference)
        document = find_document(request, application, pk)
        version = self.sent_version()
        fresh = services.detach_document(document, application, actor=request.user, at=timezone.now(), version=version)
        return Response(status=204, headers={"ETag": f'"{fresh.version}"'})


class DocumentContent(FileView):
    """The file itself."""

    @extend_schema(operation_id="documents_content", responses=FILES)
    def get(self, request: KeyRequest, reference: str, pk: int) -> FileResponse:
        application = find_application(request.user, reference)
        return send_file(find_document(request, application, pk), request)


class Terms(ApiView):
    """Who owes what by which day, each with its arithmetic and its rule."""

    @extend_schema(operation_id="terms_list", responses=TermListSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        application = find_application(request.user, reference)
        rows = Obligation.objects.visible_to(request.user).of(application).order_by("due_on", "id")
        rows = rows.prefetch_related("pauses")
        return Response({"results": [term_body(row) for row in rows]})


class Letters(ApiView):
    """Letters that the authority sent in this case."""

    @extend_schema(operation_id="letters_list", responses=LetterListSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        application = find_application(request.user, reference)
        rows = Letter.objects.filter(application=application).order_by("id").select_related("document")
        rows = rows.prefetch_related("document__signatures")
        return Response({"results": [letter_body(row, request, reference) for row in rows]})


class LetterContent(FileView):
    """The letter as PDF. It is made right after the act: 404 with Retry-After for the seconds until then."""

    @extend_schema(operation_id="letters_content", responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: KeyRequest, reference: str, pk: int) -> FileResponse:
        application = find_application(request.user, reference)
        letter = Letter.objects.filter(application=application, pk=pk).select_related("document").first()
        if letter is None:
            raise not_found()
        if letter.held:
            raise not_signed(letter)
        if letter.document is None:
            message = _("The letter is being printed. Ask again in a few seconds.")
            raise ApiRefusal(404, Problem("not-printed", message), headers={"Retry-After": "5"})
        return send_file(letter.document, request)


class Events(ApiView):
    """What happened in the case, oldest first, as the parties may know it."""

    @extend_schema(operation_id="events_list", parameters=PAGE_PARAMETERS, responses=page_of(EventSerializer))
    def get(self, request: KeyRequest, reference: str) -> Response:
        application = find_application(request.user, reference)
        rows = Event.objects.visible_to(request.user).of(application).filter(audience__in=(PARTY, PUBLIC))
        page = KeysetPagination(request, ["id"])
        return Response(page.body([event_body(row) for row in page.cut(rows.select_related("actor"))]))
