"""Printed documents: plain data in, PDF/A-2b out.

Knows no licence and no letter: only the names of the templates in `documents/`, whose data shapes stand at the top of
each template. Whatever comes in is data. It reaches typst as one JSON string and is never made part of a template, so
no name can carry markup. The same template, data and `at` give the same bytes.
"""

import hashlib
import io
import json
import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

DOCUMENTS = Path(__file__).resolve().parent.parent / "documents"
STATE_LANGUAGE = "kk"
LANGUAGES = ("kk", "ru", "en")

MISSING_GLYPH = "□"
LARGEST_JSON_INTEGER = 2**53
LONGEST_URL = 500
# A run longer than any word of the three languages would stick out of its column: it may break at every twelfth sign.
LONG_RUN = re.compile(r"[^\s/\-]{25,}")
PIECE = re.compile(r".{12}(?=.)")
WEB_ADDRESS = re.compile(r"https?://[!-~]+")

_local = threading.local()


class PrintingError(Exception):
    """The document could not be made. The message names the template and what typst said."""


class _Drawable(dict[int, str | int | None]):
    """A `str.translate` table, filled as characters are met: what the font draws stays, the rest becomes harmless."""

    def __init__(self, covered: frozenset[int]) -> None:
        super().__init__({0x09: " ", 0x0A: 0x0A, 0x0B: "\n", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"})
        self.covered = covered

    def __missing__(self, code: int) -> str | int | None:
        self[code] = value = self._drawn(code)
        return value

    def _drawn(self, code: int) -> str | int | None:
        character = chr(code)
        # Controls, right-to-left marks, joiners, soft hyphens, variation selectors: they would reorder or hide text.
        if unicodedata.category(character) in ("Cc", "Cf") or 0xFE00 <= code <= 0xFE0F:
            return None
        if code in self.covered:
            return code
        plain = unicodedata.normalize("NFKC", character)
        if plain != character and all(ord(each) in self.covered for each in plain):
            return plain
        return MISSING_GLYPH


@cache
def _table() -> _Drawable:
    covered: set[int] = set()
    for line in (DOCUMENTS / "fonts" / "coverage.txt").read_text(encoding="ascii").split():
        first, last = (int(number, 16) for number in line.split("-"))
        covered.update(range(first, last + 1))
    return _Drawable(frozenset(covered))


@cache
def templates() -> frozenset[str]:
    """The names that `render` takes, such as "licence.typ"."""
    return frozenset(path.name for path in DOCUMENTS.glob("*.typ"))


def clean(text: str) -> str:
    """The text as it can be printed: composed (NFC), without controls and direction marks, □ for what no font draws.

    A lone surrogate becomes □, NUL vanishes, every kind of line end becomes a new line.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_table())
    return LONG_RUN.sub(lambda run: PIECE.sub("\\g<0>\u200b", run[0]), text)


def _plain(value: Any) -> Any:
    """`value` as JSON can hold it: days in ISO form, amounts as strings, anything else (lazy texts, enums) by `str`."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(each) for each in (sorted(value, key=str) if isinstance(value, (set, frozenset)) else value)]
    if isinstance(value, int) and abs(value) < LARGEST_JSON_INTEGER:
        return int(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return clean(str(value))


def _languages(data: Mapping[str, Any], language: str | None) -> list[str]:
    """The state language first, then the one asked for; `data["languages"]` decides when it is given."""
    asked = data.get("languages") or [STATE_LANGUAGE, language or "ru"]
    known = [each for each in dict.fromkeys(asked) if each in LANGUAGES]
    if not known or (language is not None and language not in LANGUAGES):
        raise ValueError(f"languages must be among {', '.join(LANGUAGES)}")
    return known


def qr_svg(text: str) -> str:
    """A QR code as SVG, error level M, with no quiet zone (the template leaves it).

    The mask is fixed: readers take every mask, and trying all eight would cost more than typesetting the page.
    """
    import segno  # here, as typst below: a web worker that prints nothing does not carry them

    image = io.BytesIO()
    segno.make(text, error="m", micro=False, mask=3, boost_error=False).save(image, kind="svg", border=0, xmldecl=False)
    return image.getvalue().decode()


def _digest(template: str, content: Mapping[str, Any]) -> str:
    text = json.dumps([template, content], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def fingerprint(template: str, data: Mapping[str, Any]) -> str:
    """SHA-256 (hex) over the template's name and the printed data; its first sixteen digits stand in the footer."""
    return _digest(template, _plain(data))


def _inputs(template: str, data: Mapping[str, Any], language: str | None) -> dict[str, str]:
    content = _plain(data)
    content["fingerprint"] = _digest(template, content)[:16]
    content["languages"] = _languages(data, language)
    content["verify_link"] = content["qr"] = None
    url = str(data.get("verify_url") or "")
    if len(url) <= LONGEST_URL and WEB_ADDRESS.fullmatch(url):
        content["verify_link"] = url
        content["qr"] = None if data.get("preview") else qr_svg(url)
    return {"data": json.dumps(content, ensure_ascii=False)}


def _compiler() -> "typst.Compiler":
    """One compiler a thread: it keeps parsed templates and fonts, and must not be entered twice at once."""
    import typst

    if not hasattr(_local, "compiler"):
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[DOCUMENTS / "fonts"])
        _local.compiler = typst.Compiler(root=DOCUMENTS, font_paths=fonts, ignore_system_fonts=True)
    compiler: typst.Compiler = _local.compiler
    return compiler


def render(template: str, data: Mapping[str, Any], *, at: datetime, language: str | None = None) -> bytes:
    """One PDF/A-2b document (also PDF/UA-1).

    `template` is a file name in `documents/`; `data` has the shape written at the top of that file. `at` is the aware
    moment set as the document's date. `language` is the recipient's: letters come in Kazakh first and then in it,
    unless `data["languages"]` says otherwise; a licence is always in three languages.

    Raises ValueError for an unknown template or language or a naive `at`, PrintingError when typst refuses.
    """
    if template not in templates():
        raise ValueError(f"no such template: {template!r}")
    if at.tzinfo is None:
        raise ValueError("the moment of a document needs a time zone")
    import typst

    try:
        pdf = _compiler().compile(
            DOCUMENTS / template,
            sys_inputs=_inputs(template, data, language),
            pdf_standards=["a-2b", "ua-1"],
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError as error:
        raise PrintingError(f"{template}: {error.message}") from error
    if not isinstance(pdf, bytes):
        raise PrintingError(f"{template}: typst gave no document")
    return pdf


def pictures(
    template: str, data: Mapping[str, Any], *, at: datetime, language: str | None = None, dots: int = 96
) -> list[bytes]:
    """The pages that `render` would give, each as a PNG of so many dots an inch: a preview beside a form.

    The arguments and errors are those of `render`.
    """
    if template not in templates():
        raise ValueError(f"no such template: {template!r}")
    import typst

    try:
        pages = _compiler().compile(
            DOCUMENTS / template,
            format="png",
            ppi=float(dots),
            sys_inputs=_inputs(template, data, language),
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError as error:
        raise PrintingError(f"{template}: {error.message}") from error
    return [page for page in (pages if isinstance(pages, list) else [pages]) if isinstance(page, bytes)]


def render_many(
    template: str, rows: Iterable[Mapping[str, Any]], *, at: datetime, language: str | None = None
) -> Iterator[bytes]:
    """The documents of a batch, one by one in the order of `rows`, without holding more than one in memory.

    The arguments and errors are those of `render`; an error stops the batch at its row.
    """
    for data in rows:
        yield render(template, data, at=at, language=language)
