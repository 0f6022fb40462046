"""A limit on how often an address asks, for open pages. Without its cache it lets everybody pass."""

import hashlib
import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import structlog
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from core.http import refusal

log = structlog.get_logger(__name__)
P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
WINDOW = 60  # seconds


def limited(
    name: str, *, per_minute: int
) -> Callable[[Callable[Concatenate[HttpRequest, P], R]], Callable[Concatenate[HttpRequest, P], R | HttpResponse]]:
    """Answer 429 with Retry-After to an address that asks for the view more often."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], R],
    ) -> Callable[Concatenate[HttpRequest, P], R | HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
            if count_of(name, address_of(request)) > per_minute:
                return too_often(request)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def count_of(name: str, address: str) -> int:
    """How often the address asked in the current minute, this time included; 0 when the cache does not answer."""
    digest = hashlib.sha256(f"{settings.SECRET_KEY}{address}".encode()).hexdigest()[:24]
    key = f"limit:{name}:{digest}:{int(time.time()) // WINDOW}"
    try:
        cache.add(key, 0, WINDOW * 2)
        return int(cache.incr(key))
    except Exception as error:  # a broken Redis slows mail and nothing else
        log.warning("limit not counted", limit=name, error=type(error).__name__)
        return 0


def address_of(request: HttpRequest) -> str:
    """The caller's address; behind a trusted proxy the one that the proxy wrote last."""
    if settings.SECURE_PROXY_SSL_HEADER and (chain := request.headers.get("X-Forwarded-For")):
        return chain.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def too_often(request: HttpRequest) -> HttpResponse:
    response: HttpResponse
    if wants_json(request):
        body = {"type": "about:blank", "title": "Too Many Requests", "status": 429}
        response = JsonResponse(body, status=429, content_type="application/problem+json")
    else:
        response = refusal(request, "429.html", 429, {})
    response["Retry-After"] = str(WINDOW)
    return response


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks: by ?format=json, or by an Accept that names JSON and not HTML."""
    if request.GET.get("format") == "json":
        return True
    accept = request.headers.get("Accept", "")
    return "application/json" in accept and "text/html" not in accept
