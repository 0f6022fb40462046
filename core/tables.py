"""A table as a report makes it: the page, the CSV file, the spreadsheet and the chart all read the same one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.charts import Chart

TEXT, COUNT, SHARE, DAY = "text", "count", "share", "day"


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its head in the reader's language. A share is a percentage with one decimal."""

    label: str
    kind: str = COUNT

    @property
    def is_number(self) -> bool:
        return self.kind in (COUNT, SHARE)


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, and where to find what it counts. None is shown as a dash and written as nothing."""

    value: Any = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows and a bottom line. The first cell of a row is its head."""

    code: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    note: str = ""
    chart: Chart | None = None

    def head(self) -> list[str]:
        return [column.label for column in self.columns]

    def lines(self) -> list[list[Any]]:
        """The values as they are shown, the bottom line last."""
        return [[cell.value for cell in row] for row in (*self.rows, *filter(None, (self.total,)))]

    def shown(self) -> Iterator[list[tuple[Column, Cell]]]:
        """Each row as pairs of column and cell."""
        return (list(zip(self.columns, row, strict=True)) for row in self.rows)

    def bottom(self) -> list[tuple[Column, Cell]]:
        return list(zip(self.columns, self.total, strict=True)) if self.total else []


def cells(*values: Any) -> tuple[Cell, ...]:
    return tuple(value if isinstance(value, Cell) else Cell(value) for value in values)
