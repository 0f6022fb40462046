"""manage.py messages: bring the Kazakh and Russian catalogues up to date with the sources, and compile them.

English msgids are gathered from Python and templates, new ones are added empty, those no longer used are dropped, and
the compiled catalogues are written. `--check` changes nothing and tells what is missing: a text without a translation,
a placeholder lost on the way, a compiled catalogue that is not that of its source.
"""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation.template import templatize

LANGUAGES = ("kk", "ru")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "_t": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
SOURCES = ("config", "core", "exchanges", "inspections", "law", "licensing", "mining")
GLUED = re.compile(r"[а-яәғқңөұүһі)][.!?][А-ЯӘҒҚҢӨҰҮҺІ]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
THIRD_PARTY = "config/third_party_words.py"
TEXT = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(?:np|n|p)?gettext\(\s*{TEXT}(?:\s*,\s*(?:{TEXT}|count))*\s*\)")  # what templatize() leaves
HEADER = "Texts of Tizilim. The English msgid is what the source says."


def sources() -> Iterator[tuple[str, bytes]]:
    """(path, Python text) of everything that may hold a msgid; templates are turned into Python first."""
    for folder in SOURCES:
        for path in sorted((settings.BASE_DIR / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(settings.BASE_DIR)), path.read_bytes()
    for path in sorted((settings.BASE_DIR / "templates").rglob("*")):
        if path.suffix in {".html", ".txt"}:
            calls = CALL.findall(templatize(path.read_text(), origin=str(path)))
            yield str(path.relative_to(settings.BASE_DIR)), "\n".join(calls).encode()


def gathered() -> Any:
    """A catalogue of all msgids, with the files where they stand (without line numbers, which change too often)."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract

    catalogue = Catalog(header_comment=HEADER, charset="utf-8")
    for path, text in sources():
        for _line, message, _comments, context in extract("python", io.BytesIO(text), keywords=KEYWORDS):
            if message and message != ("", ""):
                catalogue.add(message, locations=[(path, 0)], context=context)
    return catalogue


def catalogue_path(language: str) -> Path:
    return Path(settings.BASE_DIR) / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Any:
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def written(catalogue: Any) -> bytes:
    """The source text of a catalogue, the same for the same texts: no dates, no line numbers."""
    from babel.messages.pofile import write_po

    catalogue.project, catalogue.version, catalogue.fuzzy = "Tizilim", "1", False
    catalogue.header_comment, catalogue.copyright_holder = f"# {HEADER}", "Tizilim"
    catalogue.msgid_bugs_address = catalogue.last_translator = "Tizilim"
    catalogue.language_team = str(catalogue.locale)
    out = io.BytesIO()
    write_po(out, catalogue, width=120, omit_header=False, sort_output=True, include_lineno=False, ignore_obsolete=True)
    lines = [
        line
        for line in out.getvalue().decode().split("\n")
        if not line.startswith(('"POT-Cr', '"PO-Rev', '"Generated'))
    ]
    return "\n".join(lines).encode()


def compiled(catalogue: Any) -> bytes:
    from babel.messages.mofile import write_mo

    # The moment of compiling would stand in the header: the same source must give the same bytes.
    catalogue.creation_date = datetime(2026, 1, 1, tzinfo=UTC)
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def spoken_by_library(language: str, message: Any) -> bool:
    """Whether a text that only libraries use has a translation of theirs."""
    if any(path != THIRD_PARTY for path, _line in message.locations) or isinstance(message.id, tuple):
        return False
    with translation.override(language):
        said = translation.pgettext(message.context, message.id) if message.context else translation.gettext(message.id)
    return said != message.id


def faults(language: str, template: Any) -> Iterator[str]:
    """What is missing in one language."""
    held = read(language)
    for message in template:
        if not message.id:
            continue
        english = message.id if isinstance(message.id, tuple) else (message.id,)
        found = held.get(message.id, context=message.context)
        said = () if found is None else found.string if isinstance(found.string, (tuple, list)) else (found.string,)
        if not said or not all(said) or (found is not None and found.fuzzy):
            if not spoken_by_library(language, message):
                yield f"{language}: not translated: {english[0]!r}"
        elif any(set(PLACEHOLDER.findall(text)) - set(PLACEHOLDER.findall(" ".join(english))) for text in said):
            yield f"{language}: an unknown placeholder: {english[0]!r}"
        elif set(PLACEHOLDER.findall(english[-1])) - set(PLACEHOLDER.findall(said[-1])):
            yield f"{language}: a placeholder is lost: {english[0]!r}"
        elif any(GLUED.search(text) for text in said):
            yield f"{language}: a sentence sticks to another, as when a text stands twice: {english[0]!r}"
    path = catalogue_path(language).with_suffix(".mo")
    if not path.exists() or path.read_bytes() != compiled(held):
        yield f"{language}: the compiled catalogue is not that of its source; run manage.py messages"


class Command(BaseCommand):
    help = "Update and compile the Kazakh and Russian catalogues; --check tells what is missing."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        template = gathered()
        if options["check"]:
            found = [fault for language in LANGUAGES for fault in faults(language, template)]
            if found:
                raise CommandError("\n".join(found))
            self.stdout.write("All texts are translated.")
            return
        for language in LANGUAGES:
            catalogue, path = read(language), catalogue_path(language)
            catalogue.update(template, no_fuzzy_matching=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written(catalogue))
            path.with_suffix(".mo").write_bytes(compiled(read(language)))
            empty = sum(1 for message in catalogue if message.id and not all(message.string or ("",)))
            self.stdout.write(f"{language}: {len(catalogue)} texts, {empty} to translate")
