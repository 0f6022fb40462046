"""Signatures of the applicant's side: what a draft's bytes are, attach a signature, read it, take it off a draft."""

from io import BytesIO
from typing import Any, ClassVar

from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.parsers import UploadParser
from core.api.problems import ApiRefusal, not_found
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import DocumentSignature
from core.services import Upload, log_access, open_signature
from law.problems import Problem, _
from licensing import services
from licensing.api.applications import find_application
from licensing.api.bodies import address, signature_body
from licensing.api.papers import FileView, find_document
from licensing.models import Application
from licensing.models.content import content_of, signatures_of
from licensing.signature_serializers import PartySignatureListSerializer, PartySignatureSerializer, SignSerializer

CMS = "application/pkcs7-signature"


def find_signature(application: Application, pk: int) -> DocumentSignature:
    found = next((row for row in signatures_of(application) if row.pk == pk), None)
    if found is None:
        raise not_found()
    return found


def party_signature_body(row: DocumentSignature, request: Request, reference: str) -> dict[str, Any]:
    signed = ("api-document-content", row.document_id) if row.document_id else ("api-signed-content", row.pk)
    return {
        **(signature_body(row) or {}),
        "valid": row.valid and not row.outdated,
        "document": row.document_id,
        "iin": row.iin,
        "bin": row.bin,
        "issuer": row.issuer,
        "verdict": row.verdict,
        "verdict_label": row.verdict_label,
        "reason_codes": row.found,
        "content": address(request, "api-signature-content", reference, row.pk),
        "signed_content": address(request, signed[0], reference, signed[1]),
    }


def send_bytes(content: bytes, name: str, media_type: str) -> FileResponse:
    response = FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=media_type)
    response["Cache-Control"] = "private, no-store"
    return response


class Snapshot(FileView):
    """A draft as the one sequence of bytes that is signed: its particulars and the hashes of its documents. It stays
    the same until the draft is changed; the ETag names the version."""

    acts: ClassVar = frozenset({"GET"})
    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="applications_snapshot", responses={(200, "application/json"): OpenApiTypes.OBJECT})
    def get(self, request: KeyRequest, reference: str) -> FileResponse:
        application = find_application(request.user, reference)
        if application.submitted_at is not None:
            message = _("The filing as a whole is signed before it is filed.")
            raise ApiRefusal(409, Problem("filed-already", message))
        response = send_bytes(content_of(application), f"{reference}.json", "application/json")
        response["ETag"] = f'"{application.version}"'
        return response


class Signatures(ApiView):
    """Signatures under documents and under the filing as a whole. Taken in a draft, and afterwards under documents in
    answer to an open question. Kept with what was found: a signature that does not hold says why. If-Match names the
    version of the application, where it is sent."""

    acts: ClassVar = frozenset({"POST"})
    throttle_scope = "upload"
    parser_classes = (UploadParser,)

    @extend_schema(operation_id="signatures_list", responses=PartySignatureListSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        rows = signatures_of(find_application(request.user, reference))
        return Response({"results": [party_signature_body(row, request, reference) for row in rows]})

    @extend_schema(
        operation_id="signatures_create",
        request={"multipart/form-data": SignSerializer},
        responses={201: PartySignatureSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        application = find_application(request.user, reference)
        values = self.checked(SignSerializer())
        version = self.sent_version() if "If-Match" in request.headers else None
        signed, file = values.get("document"), values["file"]
        row = services.sign_filing(
            application,
            Upload(file.name, file.file, file.size),
            document=find_document(request, application, signed) if signed else None,
            actor=request.user,
            at=timezone.now(),
            version=version,
        )
        location = request.build_absolute_uri(f"{request.path}{row.pk}/")
        body = party_signature_body(row, request, reference)
        return Response(body, status=201, headers={"Location": location})


class OneSignature(ApiView):
    """One signature; and its removal from a draft (If-Match names the version of the application)."""

    if_match: ClassVar = frozenset({"DELETE"})
    acts: ClassVar = frozenset({"DELETE"})

    @extend_schema(operation_id="signatures_read", responses=PartySignatureSerializer)
    def get(self, request: KeyRequest, reference: str, pk: int) -> Response:
        row = find_signature(find_application(request.user, reference), pk)
        return Response(party_signature_body(row, request, reference))

    @extend_schema(operation_id="signatures_remove", responses={204: None})
    def delete(self, request: KeyRequest, reference: str, pk: int) -> Response:
        application = find_application(request.user, reference)
        row = find_signature(application, pk)
        version = self.sent_version()
        fresh = services.remove_signature(row, application, actor=request.user, at=timezone.now(), version=version)
        return Response(status=204, headers={"ETag": f'"{fresh.version}"'})


class SignatureContent(FileView):
    """The signature itself, DER."""

    @extend_schema(operation_id="signatures_content", responses={(200, CMS): OpenApiTypes.BINARY})
    def get(self, request: KeyRequest, reference: str, pk: int) -> FileResponse:
        row = find_signature(find_application(request.user, reference), pk)
        stream = open_signature(row, actor=request.user, at=timezone.now())
        return send_bytes(stream.read(), row.filename, CMS)


class SignedContent(FileView):
    """What a signature of the filing as a whole signs, as it was then."""

    @extend_schema(operation_id="signatures_signed", responses={(200, "application/json"): OpenApiTypes.OBJECT})
    def get(self, request: KeyRequest, reference: str, pk: int) -> FileResponse:
        row = find_signature(find_application(request.user, reference), pk)
        if row.content is None:
            raise not_found()
        log_access(row, actor=request.user, at=timezone.now())
        return send_bytes(bytes(row.content), f"{reference}.json", "application/json")
