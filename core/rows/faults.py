"""What is wrong with a file of rows, and where: the row and the column as a spreadsheet names them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from law.problems import Problem

ERROR, WARNING = "error", "warning"


def letters(place: int) -> str:
    """The name of a column by its place from 0: A, B … Z, AA … XFD."""
    name, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


class CellFault(Exception):
    """A value that cannot be taken, with the reason (`message` is an English msgid)."""

    def __init__(self, code: str, message: str, **params: Any) -> None:
        self.code, self.message, self.params = code, message, params
        super().__init__(code)


class FileFault(Exception):
    """The file as a whole cannot be read; `row` and `place` say where, as far as that is known."""

    def __init__(self, code: str, message: str, row: int = 0, place: int | None = None, **params: Any) -> None:
        self.code, self.message, self.row, self.place, self.params = code, message, row, place, params
        super().__init__(code)

    def fault(self) -> "Fault":
        return Fault(self.row, self.place, "", self.code, self.message, self.params)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `row` counts from 1 as a spreadsheet does (0: the file), `place` is the column's place from 0."""

    row: int
    place: int | None
    column: str
    code: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)
    severity: str = ERROR

    @property
    def letter(self) -> str:
        return letters(self.place) if self.place is not None else ""

    def problem(self) -> Problem:
        """As the API tells it: the field is `rows.<row>.<column>`."""
        where = ".".join(part for part in ("rows", str(self.row or ""), self.column) if part)
        severity = "warning" if self.severity == WARNING else "error"
        return Problem(self.code, self.message, self.params, field=where, severity=severity)  # type: ignore[arg-type]  # str
