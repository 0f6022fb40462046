"""What a register is searched by: the words of names and numbers, folded, so that one box takes any spelling.

The text that is stored and the words that are looked for are made by the same rule: letters folded as names are
compared, digits as they stand, legal forms by their code (ТОО, ЖШС and LLP are one word).
"""

import re
import unicodedata
from collections.abc import Iterator

from core.names.folding import APOSTROPHES, fold, form_of, without_phrase

MOST_WORDS = 6  # of a question
#: What begins a number: letters, a dash and digits, or eight of the twelve digits of a BIN. Fewer stand in any name.
_NUMBER = re.compile(r"[^\W\d_]\w*-\d[\w/-]+|\d{8,12}")
SHORT = 3  # a shorter word is looked for at the beginning of words only: there the index knows it
_SPLIT = re.compile(r"(?:[^\w/-]|_)+")
_LETTERS = re.compile(r"[^\W\d_]+")


def words_of(text: str) -> Iterator[str]:
    """The words of a text as they are stored and looked for, in their order."""
    plain = unicodedata.normalize("NFKC", APOSTROPHES.sub("", text))
    kept = "".join(letter for letter in plain if unicodedata.category(letter) not in {"Cf", "Cs"})
    plain, spelled_out = without_phrase(" ".join(kept.split()))
    if spelled_out:
        yield spelled_out.lower()
    for piece in _SPLIT.split(plain):
        if form := form_of(piece):
            yield form.lower()
        elif folded := _LETTERS.sub(lambda run: fold(run[0]), piece).strip("-/"):
            yield folded


def searched(*parts: str) -> str:
    """What is stored of numbers and names: every word once, each with a space before it."""
    return "".join(f" {word}" for word in dict.fromkeys(word for part in parts for word in words_of(part)))


def sought(text: str) -> list[str]:
    """What a stored text must contain, all of it, to be found by a question."""
    together = "".join(text.split())
    if together.isdecimal() and together.isascii():
        return [together] if len(together) >= SHORT else [f" {together}"]
    words = list(dict.fromkeys(words_of(text)))[:MOST_WORDS]
    return [word if len(word) >= SHORT else f" {word}" for word in words]


def number_sought(text: str) -> str:
    """The word of a question that may begin a number or a BIN; empty where none does."""
    return next((word for word in sought(text) if _NUMBER.fullmatch(word)), "")
