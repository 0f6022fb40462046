"""The heading of a file of rows: where it stands and which column is which, by its titles in any language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

from core.rows.declaring import plain_heading
from core.rows.faults import FileFault, letters
from core.rows.values import shown
from law.problems import _

if TYPE_CHECKING:
    from core.rows.declaring import Column

HEAD_ROWS = 20  # in which a heading is looked for: a title may stand above it
Numbered = tuple[int, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Heading:
    """The row of the heading, how wide it is, the place of each known column, and which titles are passed over."""

    row: int
    width: int
    places: dict[str, int]
    passed_over: tuple[str, ...]


def known_places(cells: Sequence[Any], columns: Iterable["Column"]) -> dict[str, list[int]]:
    """Where each known column stands; more than one place where its title stands twice."""
    names = [plain_heading(cell) if isinstance(cell, str) else "" for cell in cells]
    found: dict[str, list[int]] = {}
    for column in columns:
        headings = column.headings
        if here := [place for place, name in enumerate(names) if name in headings]:
            found[column.name] = here
    return found


def likeness(rows: Iterable[Numbered], columns: Sequence["Column"]) -> tuple[int, Numbered | None]:
    """The first row that names at least two known columns, and how many it names; in a table of one column, the first
    row that is nothing but the only column that is needed."""
    needed, alone = {column.name for column in columns if column.required}, None
    for number, cells in rows:
        known = set(known_places(cells, columns))
        if len(known) >= min(2, len(columns)):
            return len(known), (number, cells)
        if known and known == needed and alone is None and sum(bool(str(cell or "").strip()) for cell in cells) == 1:
            alone = (number, cells)
    return (1, alone) if alone else (0, None)


def read_heading(row: Numbered | None, columns: Sequence["Column"], first: Numbered | None) -> Heading:
    """The heading that stands in a row.

    Raises:
        FileFault: there is none, it is too wide, a column stands twice, or one that is needed is missing.
    """
    if row is None:
        raise no_heading(first, columns)
    number, cells = row
    width = max((place + 1 for place, cell in enumerate(cells) if str(cell or "").strip()), default=0)
    most = settings.ROW_FILE_COLUMNS
    if width > most:
        message = _("The heading has %(count)s columns; at most %(most)s are read.")
        raise FileFault("file-wide", message, number, most, count=width, most=most)
    found = known_places(cells, columns)
    for name, places in found.items():
        if len(places) > 1:
            message = _("The column “%(name)s” stands twice, in %(first)s and %(second)s.")
            said = {"name": name, "first": letters(places[0]), "second": letters(places[1])}
            raise FileFault("file-column-twice", message, number, places[1], **said)
    if missing := [column.name for column in columns if column.required and column.name not in found]:
        message = _("Columns are missing: %(missing)s. The file has: %(found)s.")
        raise FileFault("file-columns", message, number, missing=", ".join(missing), found=listed(cells))
    taken = {places[0] for places in found.values()}
    others = (cell for place, cell in enumerate(cells[:width]) if place not in taken)
    over = tuple(shown(cell) for cell in others if str(cell or "").strip())
    return Heading(number, width, {name: places[0] for name, places in found.items()}, over)


def no_heading(first: Numbered | None, columns: Sequence["Column"]) -> FileFault:
    if first is None:
        return FileFault("file-empty", _("The file has no rows."))
    needed = ", ".join(column.name for column in columns if column.required)
    message = _("No heading stands in the first %(rows)s rows. Missing are: %(missing)s. The file has: %(found)s.")
    return FileFault("file-no-heading", message, first[0], rows=HEAD_ROWS, missing=needed, found=listed(first[1]))


def listed(cells: Sequence[Any]) -> str:
    """The first cells of a row, for whoever looks what is wrong with it."""
    return ", ".join(shown(cell)[:40] for cell in cells[:20] if str(cell or "").strip())
