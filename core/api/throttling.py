"""How often one caller may ask. A broken Redis lets everybody pass: it slows mail, and nothing else."""

import time
from typing import Any

import structlog
from django.conf import settings
from django.core.cache import cache
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from core.limits import address_of

log = structlog.get_logger(__name__)
SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86_400}
REST = 5.0  # seconds for which an unreachable cache is not asked again


class OpenThrottle(BaseThrottle):
    """Counts in windows of the rate of the view's scope: public | read | write | upload."""

    asleep_until = 0.0
    wait_for = 0.0

    def allow_request(self, request: Request, view: Any) -> bool:
        scope = scope_of(request, view)
        limit, seconds = rate(scope)
        now = time.time()
        if time.monotonic() < OpenThrottle.asleep_until:
            return True
        caller = f"u{request.user.pk}" if request.user and request.user.is_authenticated else self.address(request)
        key = f"throttle:{scope}:{caller}:{int(now) // seconds}"
        try:
            cache.add(key, 0, seconds * 2)
            count = int(cache.incr(key))
        except Exception as error:  # whatever the cache does, the call goes on
            OpenThrottle.asleep_until = time.monotonic() + REST
            log.warning("throttle not counted", error=type(error).__name__)
            return True
        self.wait_for = seconds - now % seconds
        return count <= limit

    def address(self, request: Request) -> str:
        return address_of(request._request)[:64]

    def wait(self) -> float:
        return self.wait_for


def scope_of(request: Request, view: Any) -> str:
    named: str | None = getattr(view, "throttle_scope", None)
    if named == "upload" and request.method == "POST":
        return "upload"
    if not request.user or not request.user.is_authenticated:
        return "public"
    return "read" if request.method in SAFE_METHODS else "write"


def rate(scope: str) -> tuple[int, int]:
    """(requests, seconds) from settings such as "600/min"."""
    rates: Any = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
    number, _line, period = rates[scope].partition("/")
    return int(number), SECONDS[period]
