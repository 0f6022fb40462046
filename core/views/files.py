"""Documents go out through sight alone; every opening is logged."""

from io import BytesIO

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from core import services
from core.models import Document, DocumentSignature, User
from core.services.files import JPEG, PDF, PNG
from core.views import reader

CMS = "application/pkcs7-signature"
SHOWN_INLINE = frozenset({PDF, PNG, JPEG})  # nothing that could run
POWERLESS = (
    "default-src 'none'; script-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; object-src 'self';"
    " frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)


@require_GET
@xframe_options_sameorigin
@cache_control(private=True, no_store=True)
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file, to be saved; with ?inline=1 shown in the page, where its type lets it. A stranger gets 404."""
    row = get_object_or_404(Document.objects.visible_to(request.user).filter(removed_at__isnull=True), pk=pk)
    user = request.user if request.user.is_authenticated else None
    return sent_document(row, user, inline="inline" in request.GET)


def sent_document(row: Document, user: User | None, *, inline: bool = False) -> FileResponse:
    """A file that the reader was found to see: powerless in the page, never kept, its opening logged."""
    stream = services.read_document(row, actor=user, at=timezone.now())
    inline = inline and row.media_type in SHOWN_INLINE
    response = FileResponse(stream, as_attachment=not inline, filename=row.filename, content_type=row.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    # Browsers show no PDF in a sandbox, so a PDF is only kept from running and loading anything.
    response["Content-Security-Policy"] = POWERLESS if row.media_type == PDF else f"{POWERLESS}; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def attachment(content: bytes, name: str, media_type: str) -> FileResponse:
    """Bytes to be saved, never shown."""
    response = FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = f"{POWERLESS}; sandbox"
    return response


@require_GET
@cache_control(private=True, no_store=True)
def signature(request: HttpRequest, pk: int) -> FileResponse:
    """A signature that came. A stranger gets 404."""
    row = get_object_or_404(DocumentSignature.objects.visible_to(request.user).current(), pk=pk)
    stream = services.open_signature(row, actor=reader(request), at=timezone.now())
    return attachment(stream.read(), row.filename, CMS)


@require_GET
@cache_control(private=True, no_store=True)
def signed_content(request: HttpRequest, pk: int) -> FileResponse:
    """What it signs, where that is no document."""
    rows = DocumentSignature.objects.visible_to(request.user).current().filter(content__isnull=False)
    row = get_object_or_404(rows, pk=pk)
    services.log_access(row, actor=reader(request), at=timezone.now())
    return attachment(bytes(row.content or b""), f"{row.reference}.json", "application/json")
