"""The daily files of the register, and what each of their columns means."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.http import stored_file
from core.limits import limited
from law.publication import MICA, SERVICES
from licensing.models import RegisterFile
from licensing.models.register_files import MEDIA_TYPES
from licensing.register_columns import COLUMNS
from licensing.services import dictionary, find_register_file
from licensing.views.keyset import Cursor, page_newest

PAGE = 50


@login_not_required
@require_safe
def register_files(request: HttpRequest) -> HttpResponse:
    """The files, the newest first, and the data dictionary."""
    page = page_newest(RegisterFile.objects.all(), Cursor.read(request.GET.get("cursor", "")), PAGE)
    services = [(code, name, MICA.get(code, "")) for code, name in SERVICES.items()]
    context = {"page": page, "columns": COLUMNS, "services": services, "nav": "register"}
    return render(request, "public/register_files.html", context)


@login_not_required
@require_safe
def register_dictionary(request: HttpRequest) -> HttpResponse:
    return JsonResponse(dictionary(), json_dumps_params={"ensure_ascii": False})


@login_not_required
@require_safe
@limited("open-data", per_minute=10)
def register_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file, handed out in blocks; its SHA-256 is said beside it."""
    row = find_register_file(name)
    if row is None:
        raise Http404
    return stored_file(row.path, row.name, MEDIA_TYPES[row.format], row.sha256)
