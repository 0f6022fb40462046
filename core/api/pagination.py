"""Pages by key: each costs the same however deep it lies, and nothing is counted."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from core.api.problems import ApiRefusal
from core.keyset import beyond
from law.problems import Problem, _

SIZE, LARGEST = 50, 200
T = TypeVar("T")
PAGE_PARAMETERS = [
    OpenApiParameter("cursor", str, description="Where the page starts, from `next` of the page before."),
    OpenApiParameter(
        "page_size",
        {"type": "integer", "minimum": 1, "maximum": LARGEST, "default": SIZE},
        description="Rows on a page.",
    ),
]


class KeysetPagination:
    """Cuts a page out of an ordered query and knows the address of the next one.

    `ordering` ends in a unique column; columns have no empty values and are all read in one direction (`-` or not).
    The rows are dicts (`.values()`), models or whatever has the columns.
    """

    def __init__(self, request: Request, ordering: Sequence[str]) -> None:
        self.request = request
        self.columns = [name.lstrip("-") for name in ordering]
        self.ordering, self.falls = list(ordering), ordering[0].startswith("-")
        self.next: str | None = None

    def cut(self, rows: "QuerySet[Any, Any]") -> list[Any]:
        """The rows of the page; sets `next`."""
        size = self.size()
        if cursor := self.request.query_params.get("cursor"):
            rows = rows.filter(self.after(self.read(cursor, rows.model)))
        found = list(rows.order_by(*self.ordering)[: size + 1])
        if len(found) > size:
            found.pop()
            self.next = self.address(self.write(found[-1]))
        return found

    def size(self) -> int:
        text = self.request.query_params.get("page_size", str(SIZE))
        if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= LARGEST):
            message = _("A whole number from 1 to %(largest)s.")
            raise ApiRefusal(400, Problem("page-size", message, {"largest": LARGEST}, field="page_size"))
        return int(text)

    def after(self, values: Sequence[Any]) -> Q:
        """The rows behind a place: an index over the columns is entered there."""
        return beyond(self.columns, values, falling=self.falls)

    def write(self, row: Any) -> str:
        values = [row[name] if isinstance(row, dict) else getattr(row, name) for name in self.columns]
        return packed([value.isoformat() if isinstance(value, date) else value for value in values])

    def read(self, cursor: str, model: type[Model]) -> list[Any]:
        values = unpacked(cursor)
        try:
            return [self.typed(model, name, value) for name, value in zip(self.columns, values, strict=True)]
        except (ValueError, TypeError):
            raise no_cursor() from None

    def typed(self, model: type[Model], name: str, value: Any) -> Any:
        kind = model._meta.get_field(name).get_internal_type()
        if kind == "DateField":
            return date.fromisoformat(value)
        if type(value) is not int or not 0 <= value < 2**63:
            raise ValueError(name)
        return value

    def address(self, cursor: str) -> str:
        query = self.request.query_params.copy()
        query["cursor"] = cursor
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")

    def body(self, results: list[Any]) -> dict[str, Any]:
        return {"next": self.next, "results": results}


class SortedPagination(KeysetPagination):
    """Cuts a page out of a list that is made anew for each request and bounded by its maker: sorted by a key of texts,
    by which the next page finds its place again."""

    def __init__(self, request: Request) -> None:
        super().__init__(request, ["key"])

    def cut_list(self, rows: Iterable[T], key: Callable[[T], tuple[str, ...]]) -> list[T]:
        """The rows of the page; sets `next`."""
        size, found = self.size(), sorted(rows, key=key)
        if cursor := self.request.query_params.get("cursor"):
            place = tuple(unpacked(cursor))
            if not all(isinstance(part, str) for part in place):
                raise no_cursor()
            found = [row for row in found if key(row) > place]
        if len(found) > size:
            self.next = self.address(packed(list(key(found[size - 1]))))
        return found[:size]


def packed(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def unpacked(cursor: str) -> list[Any]:
    """
    Raises:
        ApiRefusal: it is none that was made here.
    """
    try:
        values = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars="-_", validate=True))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise no_cursor() from None
    if not isinstance(values, list):
        raise no_cursor()
    return values


def no_cursor() -> ApiRefusal:
    return ApiRefusal(400, Problem("cursor", _("This is no cursor of this list."), field="cursor"))


def page_of(row: type[serializers.Serializer[Any]]) -> type[serializers.Serializer[Any]]:
    """The serializer of a page of such rows, for the schema."""
    name = row.__name__.removesuffix("Serializer")
    fields = {
        "next": serializers.URLField(allow_null=True, help_text="Address of the next page; null on the last."),
        "results": row(many=True),
        "__doc__": f"One page of a list: {name}.",
        "__module__": row.__module__,
    }
    return type(f"{name}PageSerializer", (serializers.Serializer,), fields)
