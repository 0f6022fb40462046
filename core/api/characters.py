"""Characters that no text of a request may hold: controls, lone surrogates, marks that turn the direction of writing.

They are found before any field is looked at, so that no name is stored that looks like another one.
"""

from collections.abc import Iterator
from typing import Any

from law.problems import Problem, _

DEPTH = 12  # lists and objects inside each other; no form of ours needs more than three
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_SPACES = frozenset("\n\r\t")


def is_strange(character: str) -> bool:
    code = ord(character)
    control = (code < 0x20 and character not in _SPACES) or 0x7F <= code < 0xA0
    return control or 0xD800 <= code <= 0xDFFF or character in _BIDI


def without_strange(text: str) -> str:
    return "".join(character for character in text if not is_strange(character))


def faults(data: Any, path: str = "", depth: int = 0) -> Iterator[Problem]:
    """One problem for each text (value or key) that holds such a character, by its dotted path."""
    if depth > DEPTH:
        yield Problem("too-deep", _("The content is nested too deeply."), field=path)
    elif isinstance(data, str):
        if found := sorted({f"U+{ord(c):04X}" for c in data if is_strange(c)}):
            yield Problem(
                "characters",
                _("Contains characters that cannot be seen or change the direction of writing: %(codes)s."),
                {"codes": ", ".join(found[:5])},
                field=path,
            )
    elif isinstance(data, dict):
        for key, value in data.items():
            place = _join(path, without_strange(str(key)))
            yield from faults(key, place, depth + 1)
            yield from faults(value, place, depth + 1)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from faults(value, _join(path, str(number)), depth + 1)


def cleaned(data: Any, depth: int = 0) -> Any:
    """The same content without such characters, so that its other faults can be told at the same time."""
    if depth > DEPTH:
        return None
    if isinstance(data, str):
        return without_strange(data)
    if isinstance(data, dict):
        return {without_strange(str(key)): cleaned(value, depth + 1) for key, value in data.items()}
    if isinstance(data, list):
        return [cleaned(value, depth + 1) for value in data]
    return data


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
