"""How the web meets the acts: a refusal is an answer, staff prove themselves twice, a request leaves one log line."""

import time
from base64 import b64encode
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import structlog
from allauth.mfa.utils import is_mfa_enabled
from csp.constants import UNSAFE_EVAL
from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.core.files.storage import default_storage
from django.db import DataError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers

from core.workflow import StaleVersion, TransitionRefused
from law.problems import Problem, _

log = structlog.get_logger("tizilim.request")
GetResponse = Callable[[HttpRequest], HttpResponse]

#: Refusals that are about the upload itself, with the status that HTTP has for them.
UPLOAD_STATUS = {"file-too-large": 413, "file-type": 415, "empty-file": 400, "signature-too-large": 413}
TOO_MANY_ROWS = Problem(
    "too-many-fields", _("More rows were sent than a page takes: send fewer, or all of them as a file or by API.")
)


class RefusalMiddleware:
    """Turns TransitionRefused into 409 and StaleVersion into 412, as a page or as the part that HTMX asked for.

    The API has its own form of the same answers (core.api.problems).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, TransitionRefused):
            status = UPLOAD_STATUS.get(error.problems[0].code, 409) if error.problems else 409
            return refusal(request, "409.html", status, {"problems": error.problems})
        if isinstance(error, StaleVersion):
            return refusal(request, "412.html", 412, {"current": error.current})
        if isinstance(error, RequestDataTooBig | TooManyFieldsSent):
            return unreadable(request, error)
        if isinstance(error, ValueError | DataError) and "NUL" in str(error):
            return refusal(request, "400.html", 400, {})
        if isinstance(error, UnicodeEncodeError):
            return refusal(request, "400.html", 400, {})
        return None


def refusal(request: HttpRequest, template: str, status: int, context: dict[str, Any]) -> HttpResponse:
    """The answer as a whole page, or as its part for HTMX (which shows it in the page's #problems)."""
    part = bool(getattr(request, "htmx", False))
    response = render(request, template, {**context, "part": part}, status=status)
    if part:
        response["HX-Retarget"], response["HX-Reswap"] = "#problems", "innerHTML"
    return response


class SecondFactorMiddleware:
    """Officials enrol a second factor before anything else (allauth asks for it at log-in once it is there)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if (
            settings.STAFF_SECOND_FACTOR
            and user.is_authenticated
            and (user.is_official or user.is_staff)
            and not request.path.startswith(("/accounts/", "/static/", "/i18n/", "/health/"))
            and not is_mfa_enabled(user)
        ):
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)


class PrivatePagesMiddleware:
    """What a signed-in person was shown is kept by no cache and comes back by no back button after the log-out."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


class AdminPolicyMiddleware:
    """The admin panel's scripts (Alpine) make functions of text; nothing outside /admin/ may."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_update = {"script-src": [UNSAFE_EVAL]}  # type: ignore[attr-defined]  # read by django-csp
        return response


class RequestLogMiddleware:
    """One line per request: route, status, milliseconds, an id. No query, no body, no address, no name."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid4().hex[:16]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        route = request.resolver_match.route if request.resolver_match else ""
        log.info(
            "request",
            method=request.method,
            route=route,
            status=response.status_code,
            ms=round((time.perf_counter() - started) * 1000),
        )
        patch_vary_headers(response, ["HX-Request"])
        return response


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What every page knows: whether this is the demo, and the reader's theme."""
    theme = request.COOKIES.get("theme", "auto")
    return {"demo": settings.DEMO, "theme": theme if theme in {"light", "dark"} else "auto"}


def denied(request: HttpRequest, exception: PermissionDenied | None = None) -> HttpResponse:
    """403: known, but not allowed to do this."""
    return refusal(request, "403.html", 403, {})


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 for what is too large: Django reads a form before it asks any page, and comes here by itself."""
    if isinstance(exception, RequestDataTooBig):
        return refusal(request, "413.html", 413, {})
    problems = [TOO_MANY_ROWS] if isinstance(exception, TooManyFieldsSent) else []
    return refusal(request, "400.html", 413 if problems else 400, {"problems": problems})


def stored_file(path: str, name: str, media_type: str, sha256: str) -> FileResponse:
    """A file of the storage, handed out in blocks, with its digest as RFC 9530 has it.

    Raises:
        Http404: the storage has lost it.
    """
    try:
        stream = default_storage.open(path, "rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(stream, as_attachment=True, filename=name, content_type=media_type)
    response["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(sha256)).decode()}:"
    response["X-Content-Type-Options"] = "nosniff"
    return response
