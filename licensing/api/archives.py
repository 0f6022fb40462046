"""The whole case as one file, by API: ask, watch, have."""

from typing import Any, ClassVar

from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.problems import ApiRefusal, not_found
from core.api.views import ApiView, KeyRequest, PublicView, repeatable
from core.days import language
from core.services.packing import public_key
from law.problems import Problem, _
from licensing import services
from licensing.api.applications import find_application
from licensing.api.bodies import address
from licensing.api.papers import FileView
from licensing.models import Archive
from licensing.models.archives import STANDINGS
from licensing.serializers import EmptySerializer


class ArchiveSerializer(serializers.Serializer[Any]):
    """A case as one file, and how far its making is."""

    id = serializers.IntegerField()
    audience = serializers.ChoiceField(choices=["internal", "party"], help_text="For whom: officials or the parties.")
    language = serializers.CharField()
    state = serializers.ChoiceField(choices=list(STANDINGS))
    progress = serializers.IntegerField(min_value=0, max_value=100, help_text="Per cent.")
    requested_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True, help_text="The file is deleted then.")
    size = serializers.IntegerField(allow_null=True, help_text="Bytes.")
    sha256 = serializers.CharField(allow_blank=True)
    error = serializers.CharField(allow_blank=True)
    content = serializers.URLField(allow_null=True)


class ArchiveListSerializer(serializers.Serializer[Any]):
    """The files of a case that are kept."""

    results = ArchiveSerializer(many=True)


class SealKeySerializer(serializers.Serializer[Any]):
    """The public key that verifies seals and archives."""

    algorithm = serializers.CharField()
    public_key = serializers.CharField(help_text="Hexadecimal, 32 bytes.")
    pem = serializers.CharField()


def archive_body(row: Archive, request: Request, reference: str) -> dict[str, Any]:
    ready = row.standing == "ready"
    return {
        "id": row.pk,
        "audience": row.audience,
        "language": row.language,
        "state": row.standing,
        "progress": row.progress,
        "requested_at": row.requested_at,
        "finished_at": row.finished_at,
        "expires_at": row.expires_at,
        "size": row.size,
        "sha256": row.sha256,
        "error": row.error,
        "content": address(request, "api-archive-content", reference, row.pk) if ready else None,
    }


def kept(request: KeyRequest, reference: str) -> Any:
    application = find_application(request.user, reference)
    rows = Archive.objects.visible_to(request.user).kept(timezone.now()).filter(application=application)
    return rows.select_related("application").order_by("-id")


def find_archive(request: KeyRequest, reference: str, pk: int) -> Archive:
    found: Archive | None = kept(request, reference).filter(pk=pk).first()
    if found is None:
        raise not_found()
    return found


class Archives(ApiView):
    """The files of this case that the reader may have; and the way to a new one. One is made at a time: while it is
    being made, asking again answers with the same."""

    @extend_schema(operation_id="archives_list", responses=ArchiveListSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        rows = kept(request, reference)[:20]
        return Response({"results": [archive_body(row, request, reference) for row in rows]})

    @extend_schema(operation_id="archives_create", request=EmptySerializer, responses={202: ArchiveSerializer})
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        application = find_application(request.user, reference)
        self.checked(EmptySerializer())
        row = services.ask_archive(application, actor=request.user, at=timezone.now(), language=language())
        location = request.build_absolute_uri(f"{request.path}{row.pk}/")
        return Response(archive_body(row, request, reference), status=202, headers={"Location": location})


class OneArchive(ApiView):
    """How far the making is."""

    @extend_schema(operation_id="archives_read", responses=ArchiveSerializer)
    def get(self, request: KeyRequest, reference: str, pk: int) -> Response:
        row = find_archive(request, reference, pk)
        waits = row.standing in ("waiting", "running")
        return Response(archive_body(row, request, reference), headers={"Retry-After": "2"} if waits else None)


class ArchiveContent(FileView):
    """The file itself, streamed. 404 with Retry-After until it is ready."""

    acts: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="archives_content", responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request: KeyRequest, reference: str, pk: int) -> FileResponse:
        row = find_archive(request, reference, pk)
        if row.standing in ("waiting", "running"):
            message = _("The file is being made. Ask again in a few seconds.")
            raise ApiRefusal(404, Problem("archive-in-making", message), headers={"Retry-After": "2"})
        stream = services.open_archive(row, actor=request.user, at=timezone.now())
        response = FileResponse(stream, as_attachment=True, filename=row.filename, content_type="application/zip")
        response["Cache-Control"] = "private, no-store"
        return response


class SealKey(PublicView):
    """The public key with which this register signs its seals and archives. Keep a copy: a key is trusted by where it
    was read."""

    @extend_schema(operation_id="seal_key", responses=SealKeySerializer)
    def get(self, request: Request) -> Response:
        raw, pem = public_key()
        return Response({"algorithm": "Ed25519", "public_key": raw, "pem": pem})
