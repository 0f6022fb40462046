"""The whole case as one file: ask for it, watch it being made, have it. Officials and parties each their own."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods

from core.days import language
from core.services.packing import public_key
from core.views import reader
from licensing import services
from licensing.models import Application, Archive

SHOWN = 10


def case_of(request: HttpRequest, reference: str) -> Application:
    """A case that the reader sees: of his authority, or of his side."""
    rows = Application.objects.visible_to(reader(request)).select_related("organisation", "authority")
    return get_object_or_404(rows, reference=reference)


def archive_of(request: HttpRequest, reference: str, pk: int) -> Archive:
    rows = Archive.objects.visible_to(reader(request)).kept(timezone.now()).select_related("application__organisation")
    return get_object_or_404(rows, application__reference=reference, pk=pk)


@require_http_methods(["GET", "POST"])
def archives(request: HttpRequest, reference: str) -> HttpResponse:
    """What there is for this reader, and the button that asks for a new one."""
    case = case_of(request, reference)
    if request.method == "POST":
        asked = services.ask_archive(case, actor=reader(request), at=timezone.now(), language=language())
        return redirect("archive", reference=reference, pk=asked.pk)
    rows = Archive.objects.visible_to(reader(request)).kept(timezone.now()).filter(application=case)
    found = list(rows.select_related("requested_by", "application").order_by("-id")[:SHOWN])
    return render(request, "licensing/archives.html", {**facts(request, case), "archives": found})


@require_GET
def archive(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """How far it is: the page loads itself again without JavaScript, HTMX swaps the bar alone."""
    row = archive_of(request, reference, pk)
    template = (
        "licensing/archive_bar.html" if request.headers.get("HX-Target") == "archive" else "licensing/archive.html"
    )
    return render(request, template, {**facts(request, row.application), "archive": row})


@require_GET
@cache_control(private=True, no_store=True)
def archive_content(request: HttpRequest, reference: str, pk: int) -> HttpResponseBase:
    """The file, streamed; who had it is logged."""
    row = archive_of(request, reference, pk)
    stream = services.open_archive(row, actor=reader(request), at=timezone.now())
    response = FileResponse(stream, as_attachment=True, filename=row.filename, content_type="application/zip")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def facts(request: HttpRequest, case: Application) -> dict[str, Any]:
    official = reader(request).is_official
    return {
        "case": case,
        "official": official,
        "key": public_key()[0],
        "nav": "queue" if official else "account",
    }
