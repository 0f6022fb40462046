"""Pages without OFFSET: each goes on from the last row seen, over an index that serves the order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Model, QuerySet

from core.keyset import beyond

PAGE = 50
SIZES = (50, 100, 200)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list ordered by (due day, id), empty days last; written `n.2026-06-16.12`, `p..7`."""

    back: bool
    due_on: date | None
    pk: int

    def __str__(self) -> str:
        return f"{'p' if self.back else 'n'}.{self.due_on.isoformat() if self.due_on else ''}.{self.pk}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """The cursor in a query; None for anything else, which shows the first page."""
        try:
            way, day, pk = text.split(".")
            return cls(way == "p", date.fromisoformat(day) if day else None, min(int(pk), 2**63 - 1))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page and the cursors to its neighbours ("" where there is none)."""

    rows: Sequence[Any]
    previous: str
    next: str


def page_by_due(rows: QuerySet[Any, Any], cursor: Cursor | None, size: int) -> Page:
    """One page of rows ordered by (due_on, id). Rows must show `due_on` and `pk` as their first two values.

    One query: dated rows and undated ones are two ranges of the index, joined by UNION ALL and not by OR.
    """
    back = cursor is not None and cursor.back
    if cursor is None:
        found = list(rows.order_by("due_on", "id")[: size + 1])
    else:
        ranges = [part[: size + 1] for part in (_dated(rows, cursor), _undated(rows, cursor)) if part is not None]
        joined = ranges[0].union(*ranges[1:], all=True) if len(ranges) > 1 else ranges[0]
        found = sorted(joined, key=_place, reverse=back)[: size + 1]
    more = len(found) > size
    shown = found[:size][::-1] if back else found[:size]
    if not shown:
        return Page([], "", "")
    first, last = shown[0], shown[-1]
    before = more if back else cursor is not None
    after = True if back else more
    return Page(
        shown,
        str(Cursor(True, first[0], first[1])) if before else "",
        str(Cursor(False, last[0], last[1])) if after else "",
    )


def _place(row: Any) -> tuple[date, int]:
    return (row[0] or date.max, row[1])


def _dated(rows: QuerySet[Any, Any], cursor: Cursor) -> QuerySet[Any, Any] | None:
    """Dated rows on the cursor's further side; None where all of them lie behind."""
    dated = rows.filter(due_on__isnull=False)
    if cursor.back:
        dated = dated.order_by("-due_on", "-id")
        if cursor.due_on is None:
            return dated
        return dated.filter(beyond(("due_on", "id"), (cursor.due_on, cursor.pk), falling=True))
    if cursor.due_on is None:
        return None
    return dated.filter(beyond(("due_on", "id"), (cursor.due_on, cursor.pk))).order_by("due_on", "id")


def _undated(rows: QuerySet[Any, Any], cursor: Cursor) -> QuerySet[Any, Any] | None:
    """Undated rows, which stand last, on the cursor's further side."""
    # Ordered by the empty day too: the database then knows that the index serves the order.
    undated = rows.filter(due_on__isnull=True)
    if cursor.back:
        return undated.filter(id__lt=cursor.pk).order_by("-due_on", "-id") if cursor.due_on is None else None
    undated = undated.order_by("due_on", "id")
    return undated.filter(id__gt=cursor.pk) if cursor.due_on is None else undated


def page_newest(rows: QuerySet[Any, Any], cursor: Cursor | None, size: int) -> Page:
    """One page of rows ordered by -id: models, or values that show `pk` first. One query."""
    if cursor is None:
        found = list(rows.order_by("-id")[: size + 1])
    elif cursor.back:
        found = list(rows.filter(id__gt=cursor.pk).order_by(F("id").asc())[: size + 1])
    else:
        found = list(rows.filter(id__lt=cursor.pk).order_by("-id")[: size + 1])
    back = cursor is not None and cursor.back
    more = len(found) > size
    shown = found[:size][::-1] if back else found[:size]
    if not shown:
        return Page([], "", "")
    before = more if back else cursor is not None
    return Page(
        shown,
        str(Cursor(True, None, _key(shown[0]))) if before else "",
        str(Cursor(False, None, _key(shown[-1]))) if back or more else "",
    )


def _key(row: Any) -> int:
    return row.pk if isinstance(row, Model) else row[0]
