"""One AutoSchema for all endpoints: error answers, versions and request keys are described here, once."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from core.api.fields import StrictSerializer
from core.api.problems import MEDIA_TYPE, TITLES
from core.api.serializers import ProblemSerializer

BODY = frozenset({"POST", "PATCH", "PUT"})
REQUEST_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    description="Send the same request again with the same key: it acts once and gets the same answer.",
)
LANGUAGE = OpenApiParameter(
    "Accept-Language",
    {"type": "string", "enum": ["kk", "ru", "en"]},
    OpenApiParameter.HEADER,
    description="Language of the texts in the answer.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description='The ETag of the version that was read, such as `"3"`; `*` for any. 428 without it, 412 when stale.',
)
ETAG_HEADER = {"description": 'The version, such as `"3"`.', "schema": {"type": "string"}}
RETRY_HEADER = {"description": "Seconds to wait.", "schema": {"type": "string"}}
EXAMPLE = {
    "type": "urn:tizilim:problem:document-missing",
    "title": "The act is not possible now",
    "status": 409,
    "detail": "A document is missing: Proof of payment of the licence fee.",
    "problems": [
        {
            "code": "document-missing",
            "message": "A document is missing: Proof of payment of the licence fee.",
            "field": "documents.fee-proof",
            "severity": "error",
            "provision": {
                "code": "paper.fee-proof",
                "act": "Law 202-V on Permits and Notifications",
                "article": "29(3)",
                "in_force": "2023-04-01",
                "confidence": "text",
                "unconfirmed": False,
            },
        }
    ],
}


class Schema(AutoSchema):
    """Adds what views declare by `if_match`, `acts`, `versioned`, `kept_by`, and the errors of method and path."""

    def get_override_parameters(self) -> list[Any]:
        parameters = [LANGUAGE]
        if self.method == "POST":
            parameters.append(REQUEST_KEY)
        if self.method in getattr(self.view, "if_match", ()):
            parameters.append(IF_MATCH)
        return parameters

    def get_tags(self) -> list[str]:
        first = self._tokenize_path()[:1]
        return [str(name) for name in first] or ["api"]

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        if self.method in getattr(self.view, "versioned", ()):
            for status, response in operation["responses"].items():
                if status.startswith("2"):
                    response.setdefault("headers", {})["ETag"] = ETAG_HEADER
        for status in self.error_statuses():
            operation["responses"].setdefault(str(status), self.error_response(status))
        return operation

    def error_statuses(self) -> list[int]:
        statuses = {400, 405, 406, 429, 500}
        if self.get_auth():
            statuses |= {401, 403}
        kept_by: str = getattr(self.view, "kept_by", "")
        if "{" in self.path or kept_by:
            statuses.add(404)
        if self.method in BODY:
            statuses |= {413, 415}
        if self.method == "POST":
            statuses.add(422)
        if self.method in getattr(self.view, "acts", ()):
            statuses.add(409)
        if self.method in getattr(self.view, "if_match", ()):
            statuses |= {412, 428}
        return sorted(statuses)

    def error_response(self, status: int) -> dict[str, Any]:
        content: dict[str, Any] = {"schema": self.resolve_serializer(ProblemSerializer, "response").ref}
        if status == 409:
            content["example"] = EXAMPLE
        response: dict[str, Any] = {"description": TITLES[status], "content": {MEDIA_TYPE: content}}
        if status == 429:
            response["headers"] = {"Retry-After": RETRY_HEADER}
        return response

    def _map_basic_serializer(self, serializer: Any, direction: str) -> Any:
        schema = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]  # untyped
        if direction == "request" and isinstance(serializer, StrictSerializer):
            schema["additionalProperties"] = False
        return schema
