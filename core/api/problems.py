"""Every error of the API is application/problem+json (RFC 9457), with all its reasons in `problems`."""

import math
import traceback
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext
from django.views.defaults import page_not_found
from rest_framework.exceptions import APIException, Throttled, ValidationError
from rest_framework.response import Response

from core.api.characters import without_strange
from core.http import UPLOAD_STATUS
from core.workflow import StaleVersion, TransitionRefused
from law.problems import Cited, Problem, _

log = structlog.get_logger(__name__)
MEDIA_TYPE = "application/problem+json"
UNCONFIRMED = {"source", "assumed"}

TITLES = {
    400: _("The request is faulty"),
    401: _("A valid key is needed"),
    403: _("You may not do this"),
    404: _("There is nothing here that you may see"),
    405: _("This method is not possible here"),
    406: _("The answer cannot be given in the form asked for"),
    409: _("The act is not possible now"),
    412: _("Somebody changed this before you"),
    413: _("The request is too large"),
    415: _("This type of content is not accepted"),
    422: _("This Idempotency-Key was used for another request"),
    428: _("The If-Match header is needed"),
    429: _("Too many requests"),
    500: _("Something went wrong on our side"),
}
NOT_FOUND = Problem("not-found", _("There is nothing at this address, or it is not yours to see."))
DENIED = Problem("not-allowed", _("Your part in this case does not let you do this."))
TOO_LARGE = Problem("too-large", _("The request is larger than is accepted."))
BROKEN = Problem("unexpected", _("The fault has been logged with the number in X-Request-ID. Nothing was changed."))


class ApiRefusal(Exception):
    """An answer other than success, with its reasons."""

    def __init__(self, status: int, *problems: Problem, headers: Mapping[str, str] | None = None) -> None:
        self.status, self.problems, self.headers = status, problems, dict(headers or {})
        super().__init__(str(status))


def not_found() -> ApiRefusal:
    return ApiRefusal(404, NOT_FOUND)


def provision_body(ground: Cited | Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A rule as the API tells it, from the rule itself or as it was kept with an act."""
    if ground is None:
        return None
    facts: Mapping[str, Any] = ground if isinstance(ground, Mapping) else ground.ground()
    doubts = {facts.get("confidence"), facts.get("day_confidence")} & UNCONFIRMED
    return {
        "code": facts["code"],
        "act": say(str(facts["act"])),
        "article": facts["article"],
        "in_force": facts.get("in_force"),
        "confidence": facts.get("confidence"),
        "unconfirmed": bool(doubts),
    }


def say(msgid: str) -> str:
    """A text of the law in the reader's language."""
    return gettext(msgid) if msgid else ""


def problem_body(problem: Problem) -> dict[str, Any]:
    """One reason: a code for programs, a message for people, the field and the rule it is about."""
    return {
        "code": problem.code,
        "message": without_strange(problem.text(gettext)),
        "field": problem.field,
        "severity": problem.severity,
        "provision": provision_body(problem.provision),
    }


def answer(
    status: int, reasons: Iterable[dict[str, Any]], *, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """The problem document."""
    listed = list(reasons)
    code = listed[0]["code"] if len(listed) == 1 else f"http-{status}"
    body = {
        "type": f"urn:tizilim:problem:{code}",
        "title": gettext(TITLES.get(status, TITLES[400])),
        "status": status,
        "detail": " ".join(dict.fromkeys(one["message"] for one in listed))[:2000],
        "problems": listed,
        **more,
    }
    return Response(body, status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}))


def validation_bodies(detail: Any, path: str = "") -> Iterator[dict[str, Any]]:
    """The faults that serializers and filters found, each with its dotted field."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            own = "" if name in ("non_field_errors", "__all__") else str(name)
            yield from validation_bodies(inner, ".".join(part for part in (path, own) if part))
    elif isinstance(detail, list):
        for number, inner in enumerate(detail):
            nested = isinstance(inner, Mapping | list)
            yield from validation_bodies(inner, f"{path}.{number}" if nested and path else path)
    else:
        yield {
            "code": str(getattr(detail, "code", None) or "invalid"),
            "message": without_strange(str(detail)),
            "field": without_strange(path) or None,
            "severity": "error",
            "provision": None,
        }


def exception_handler(error: Exception, context: dict[str, Any]) -> Response:
    """The one way from an exception to an answer; what nobody expected is logged and says nothing of the inside."""
    if isinstance(error, ApiRefusal):
        return answer(error.status, map(problem_body, error.problems), headers=error.headers)
    if isinstance(error, TransitionRefused):
        status = UPLOAD_STATUS.get(error.problems[0].code, 409) if error.problems else 409
        return answer(status, map(problem_body, error.problems))
    if isinstance(error, StaleVersion):
        return stale(error)
    if isinstance(error, ValidationError):
        return answer(400, validation_bodies(error.detail))
    if isinstance(error, APIException):
        bodies = getattr(error, "bodies", None)
        return answer(400, bodies) if bodies else of_framework(error)
    for kind, status, problem in (
        (Http404, 404, NOT_FOUND),
        (PermissionDenied, 403, DENIED),
        (RequestDataTooBig, 413, TOO_LARGE),
    ):
        if isinstance(error, kind):
            return answer(status, [problem_body(problem)])
    if isinstance(error, SuspiciousOperation):
        return answer(400, [problem_body(Problem("malformed", _("The request cannot be read.")))])
    # Where, not what: the words of an error may hold what a person wrote.
    log.error("unexpected", error=type(error).__name__, at=traceback.format_tb(error.__traceback__)[-10:])
    return answer(500, [problem_body(BROKEN)])


def missing(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """404 of an address that is none: to programs as every other problem, to people as a page."""
    if not request.path.startswith("/api/"):
        return page_not_found(request, exception)
    return JsonResponse(answer(404, [problem_body(NOT_FOUND)]).data, status=404, content_type=MEDIA_TYPE)


def stale(error: StaleVersion) -> Response:
    problem = Problem(
        "stale-version",
        _("Version %(sent)s was sent, version %(current)s is held. Read it again and decide anew."),
        {"sent": error.sent, "current": error.current},
    )
    return answer(412, [problem_body(problem)], current_version=error.current, headers={"ETag": f'"{error.current}"'})


def of_framework(error: APIException) -> Response:
    """Faults that the framework itself finds: no key, wrong method, wrong type, too many requests."""
    headers = {}
    if header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = header
    if isinstance(error, Throttled):
        headers["Retry-After"] = str(max(1, math.ceil(getattr(error, "wait", None) or 1)))
    return answer(error.status_code, validation_bodies(error.detail), headers=headers)
