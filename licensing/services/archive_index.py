"""What the file of a case holds for one reader: sections of plain rows, the same for people (HTML) and programs (JSON).

Everything is read through sight: what `visible_to()` does not give the reader is not there, and rows that are internal
are read for officials only. Another part of the product adds a section of its own by `register_section()`.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.models import Document, DocumentSignature, User
from core.models.base import INTERNAL, PARTY, PUBLIC
from law.problems import render
from law.provisions.base import Source
from licensing.models import Application, Measure

ENDINGS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
MISSING, CHANGED = "missing", "changed"  # what may be wrong with a stored content


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a table: lines of text; `href` makes the first of them a link inside the package."""

    lines: tuple[str, ...]
    href: str = ""
    fixed: bool = False  # a hash or a number


@dataclass(slots=True)
class Section:
    """One part of the file: `rows` as people read them, `data` the same as programs read it."""

    code: str
    title: str
    columns: tuple[str, ...] = ()
    internal: bool = False
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    data: list[dict[str, Any]] = field(default_factory=list)

    def add(self, data: dict[str, Any], *cells: "str | Cell | Iterable[str]") -> None:
        self.data.append(data)
        self.rows.append(tuple(cell(one) for one in cells))

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "title": self.title, "internal": self.internal, "rows": self.data}


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a file is made: the person who asked, whether internal rows are his, and what lies in the package."""

    application: Application
    user: User
    internal: bool
    documents: tuple[Document, ...]
    members: dict[int, str]  # names in the package by the document's id
    faults: dict[int, str] = field(default_factory=dict)  # MISSING or CHANGED by the document's id
    signatures: tuple[DocumentSignature, ...] = ()  # those of the party that came

    @property
    def audiences(self) -> tuple[str, ...]:
        return (INTERNAL, PARTY, PUBLIC) if self.internal else (PARTY, PUBLIC)

    def member(self, document_id: int | None) -> str:
        """The place of a document in the package; "" where it does not lie there."""
        if document_id is None or self.faults.get(document_id) == MISSING:
            return ""
        return self.members.get(document_id, "")


def cell(value: "str | Cell | Iterable[str]") -> Cell:
    if isinstance(value, Cell):
        return value
    return Cell((value,) if isinstance(value, str) else tuple(one for one in value if one))


def read_case(application: Application, user: User, *, internal: bool) -> Reader:
    """The reader's view of a case, with the documents that go into the file, in order."""
    measures = told_measures(application, user, internal=internal)
    hung = Q(subject_type=Application._meta.label_lower, subject_id=application.pk)
    hung |= Q(subject_type=Measure._meta.label_lower, subject_id__in=measures.values("pk"))
    rows = Document.objects.visible_to(user).filter(hung).current()
    if not internal:
        rows = rows.filter(audience__in=(PARTY, PUBLIC))
    documents = tuple(rows.select_related("uploaded_by").order_by("id"))
    signed = DocumentSignature.objects.visible_to(user).of(application).current().filter(audience__in=(PARTY, PUBLIC))
    return Reader(application, user, internal, documents, member_names(documents), signatures=tuple(signed))


def told_measures(application: Application, user: User, *, internal: bool) -> QuerySet[Measure]:
    """Measures against the licence that the case issued; those of which a party knows nothing are for officials."""
    rows: QuerySet[Measure] = Measure.objects.visible_to(user).filter(licence__application=application)
    return rows if internal else rows.told()  # type: ignore[attr-defined]  # our own QuerySet


def member_names(documents: Iterable[Document]) -> dict[int, str]:
    """Names in order, of safe characters, that meet no other: number, kind and version, never the sender's own name."""
    seen: Counter[str] = Counter()
    names = {}
    for number, row in enumerate(documents, start=1):
        seen[row.kind] += 1
        kind = "".join(c if c.isascii() and c.isalnum() else "-" for c in row.kind.lower()).strip("-") or "document"
        ending = ENDINGS.get(row.media_type, "bin")
        names[row.pk] = f"documents/{number:04d}-{kind}-v{seen[row.kind]}.{ending}"
    return names


def moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def cited(ground: dict[str, Any] | None) -> str:
    """A kept ground in words, with the mark of what is unconfirmed."""
    if not ground or not ground.get("act"):
        return ""
    line = Source(str(ground["act"]), str(ground.get("article") or "")).cite()
    words = render(line.msgid, line.params, _)
    doubtful = {ground.get("confidence"), ground.get("day_confidence")} & {"source", "assumed"}
    return f"{words} ({_('unconfirmed')})" if doubtful else words


SectionReader = Callable[[Reader], Section]
_SECTIONS: list[SectionReader] = []


def register_section(read: SectionReader, *, place: int | None = None) -> SectionReader:
    """Add a part to the file of every case, at a place or after those that are there. It returns its rows in the active
    language."""
    if read not in _SECTIONS:
        _SECTIONS.insert(len(_SECTIONS) if place is None else place, read)
    return read


def sections(reader: Reader) -> list[Section]:
    """All parts that are not empty and are this reader's, in order, in the active language."""
    found = [read(reader) for read in _SECTIONS]
    return [one for one in found if one.rows and (reader.internal or not one.internal)]
