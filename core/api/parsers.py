"""Bodies of requests, bounded before they are read."""

import json
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from rest_framework.parsers import BaseParser, MultiPartParser

from core.api.problems import TOO_LARGE, ApiRefusal
from law.problems import Problem, _

JSON_LIMIT = 1024 * 1024  # bytes; 500 machines need about 50 KB
FORM_MARGIN = 64 * 1024  # bytes that a form takes around its file
DRAIN_LIMIT = 100 * 1024 * 1024
CHUNK = 256 * 1024


def refuse_large(stream: IO[bytes], length: int, limit: int, problem: Problem = TOO_LARGE) -> None:
    """413 before anything is kept. What the sender still sends is read away, so that he hears the answer."""
    if length <= limit:
        return
    left = min(length, DRAIN_LIMIT)
    while left > 0 and (chunk := stream.read(min(CHUNK, left))):
        left -= len(chunk)
    raise ApiRefusal(413, problem)


def length_of(context: Mapping[str, Any]) -> int:
    try:
        return int(context["request"].META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


class BoundedJSONParser(BaseParser):
    """JSON as RFC 8259 has it: UTF-8, no NaN and no Infinity, no key twice, an object at the top."""

    media_type = "application/json"

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        refuse_large(stream, length_of(parser_context or {}), JSON_LIMIT)
        try:
            data = json.loads(
                stream.read(JSON_LIMIT).decode(), parse_constant=_refuse_constant, object_pairs_hook=_object
            )
        except (ValueError, RecursionError):
            raise ApiRefusal(400, Problem("json", _("The body is not valid JSON."))) from None
        if not isinstance(data, dict):
            raise ApiRefusal(400, Problem("json-object", _("The body must be a JSON object.")))
        return data


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


class UploadParser(MultiPartParser):
    """One file with its fields, refused by its length before a byte of it is stored."""

    @property
    def limit(self) -> int:
        return int(settings.UPLOAD_LIMIT)

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        problem = Problem(
            "file-too-large",
            _("The file is larger than %(limit)s MB."),
            {"limit": self.limit // 1024 // 1024},
            field="file",
        )
        refuse_large(stream, length_of(parser_context or {}), self.limit + FORM_MARGIN, problem)
        return super().parse(stream, media_type, parser_context)


class PaperParser(UploadParser):
    """A paper to be verified by anybody: far smaller than what an applicant uploads."""

    @property
    def limit(self) -> int:
        return int(settings.VERIFY_LIMIT)
