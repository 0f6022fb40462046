"""A kind of file, declared once: its columns, what is looked at in each row and over all of them, and what is done with
rows that are right.

Apps declare their kinds from AppConfig.ready(). What a kind gives:

- `columns`: what a row holds, each with its titles and its reader (core.rows.values);
- `look`: what is wrong with a row by itself, its values given as COPY writes them;
- `passes`: what is wrong with rows against each other and against what is held, each one statement over `staged`;
- `take`: writes the rows, by INSERT … SELECT from `staged`, and says what came of it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.rows.faults import ERROR, Fault
from core.rows.values import Reader
from law.problems import Problem

if TYPE_CHECKING:
    from core.models import Event, RowFile


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `titles`: what its heading may say beside the name, in any language; `sql`: its type."""

    name: str
    label: str  # msgid
    titles: tuple[str, ...]
    read: Reader
    sql: str = "text"
    required: bool = True

    @property
    def headings(self) -> frozenset[str]:
        return frozenset(plain_heading(title) for title in (self.name, *self.titles))


def plain_heading(title: str) -> str:
    """A heading as headings are compared: small letters, single spaces, no marks that cannot be seen."""
    seen = "".join(c if c.isprintable() else " " for c in title.replace("_", " "))
    return " ".join(seen.lower().replace("ё", "е").strip(" *:\"'").split())


@dataclass(frozen=True, slots=True)
class Pass:
    """A look over all rows: `sql` selects (row, params as jsonb) of those at fault from `staged`."""

    code: str
    message: str  # msgid
    column: str
    sql: str
    severity: str = ERROR


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file: what was made of it, on which the event stands, and further facts for that event (codes and
    numbers). `written` is False where the same rows stood already: then nothing happened."""

    subject: Any
    reference: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    written: bool = True


Row = Mapping[str, str | None]


def nothing_found(row: Row) -> Iterable[Fault]:
    return ()


def nothing_against(file: "RowFile", at: datetime) -> list[Problem]:
    return []


def no_facts(file: "RowFile", at: datetime) -> dict[str, Any]:
    return {}


def tell_nobody(subject: Any, event: "Event", at: datetime) -> None:
    return None


def no_hold(file: "RowFile") -> None:
    return None


@dataclass(frozen=True, slots=True)
class RowKind:
    """A kind of file. `permission` is asked of the file, whose sight is its authority and organisation.

    Args:
        against: what stands against the file whatever its rows are.
        facts: parameters of the passes; `file`, `organisation`, `authority`, `digest` and `at` are always among them.
        prepare: statements before the passes, with the same parameters; tables that they make are temporary ones.
        passes: of this file: what its sender confirmed may turn an error into a warning.
        hold: locks what must not change between the last look and the writing.
        tell: who hears of what was made.
        page: of what was made: a name of an address that takes the reference.
        back: the name of the page from which files are sent.
        indexes: of `staged`, as SQL: what the passes join by.
    """

    code: str
    title: str  # msgid
    columns: tuple[Column, ...]
    permission: str
    verb: str  # of the event
    take: Callable[["RowFile", Mapping[str, Any], datetime], Taken]
    look: Callable[[Row], Iterable[Fault]] = nothing_found
    passes: Callable[["RowFile"], Iterable[Pass]] = lambda file: ()
    against: Callable[["RowFile", datetime], list[Problem]] = nothing_against
    facts: Callable[["RowFile", datetime], dict[str, Any]] = no_facts
    hold: Callable[["RowFile"], None] = no_hold
    tell: Callable[[Any, "Event", datetime], None] = tell_nobody
    prepare: tuple[str, ...] = ()
    page: str = ""
    back: str = "account"
    indexes: tuple[str, ...] = ()

    def column(self, name: str) -> Column | None:
        return next((one for one in self.columns if one.name == name), None)


_KINDS: dict[str, RowKind] = {}


def register_rows(*kinds: RowKind) -> None:
    """Declare kinds of files, from an AppConfig.ready()."""
    _KINDS.update({kind.code: kind for kind in kinds})


def row_kind(code: str) -> RowKind:
    """KeyError where there is none (a programmer's mistake)."""
    return _KINDS[code]


def row_kinds() -> Mapping[str, RowKind]:
    return _KINDS
