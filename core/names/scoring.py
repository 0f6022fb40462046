"""How alike two names are, from 0 to 1, and why: which words met, what differed, what one of them has alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from core.names.folding import Name, Word, skeleton

EXACT, SAME_CONSONANTS, INITIAL, FATHER = 1.0, 0.92, 0.75, 0.7  # how alike two words are
LEAST = 0.7  # words that are less alike did not meet
PATRONYMIC_WEIGHT = 0.6  # against 1 of any other word
ALONE = 0.12  # what a word costs that the longer name has alone
PATRONYMIC_ALONE = 0.03  # passports of many countries have none
AT_ODDS = 0.25  # what it costs that both have patronymics and they differ
FEWEST = 2  # words must meet where both names have as many
#: An initial keeps one letter of two: S. for Шолпан is Sh cut short.
_INITIALS = str.maketrans("SZC", "szk")


@dataclass(frozen=True, slots=True)
class Meeting:
    """A word of one name and one of the other. `how`: same, consonants, near, initial, father (a patronymic of one)."""

    one: str
    other: str
    how: str
    alike: float


@dataclass(frozen=True, slots=True)
class Score:
    """What comparing gave. `only_one`, `only_other`: the words that met none."""

    value: float
    met: tuple[Meeting, ...]
    only_one: tuple[str, ...]
    only_other: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For keeping: plain values."""
        met = [{"one": m.one, "other": m.other, "how": m.how, "alike": round(m.alike, 3)} for m in self.met]
        sides = {"only_one": list(self.only_one), "only_other": list(self.only_other)}
        return {"score": round(self.value, 3), "met": met, **sides}


Pair = tuple[float, str, int, int]


def compare(one: Name, other: Name) -> Score:
    """Words meet best first, each once; what met is weighed against the shorter name, what did not is taken off.

    The value is the same whichever name comes first.
    """
    first, second = joined(one.words, other.words), joined(other.words, one.words)
    pairs = best_pairs(first, second)
    taken_one, taken_other = {pair[2] for pair in pairs}, {pair[3] for pair in pairs}
    left_one = [word for at, word in enumerate(first) if at not in taken_one]
    left_other = [word for at, word in enumerate(second) if at not in taken_other]
    met = tuple(Meeting(first[a].written, second[b].written, how, alike) for alike, how, a, b in pairs)
    value = weighed(first, second, pairs, left_one, left_other)
    return Score(value, met, tuple(word.written for word in left_one), tuple(word.written for word in left_other))


def weighed(
    first: Sequence[Word], second: Sequence[Word], pairs: Sequence[Pair], left_one: list[Word], left_other: list[Word]
) -> float:
    """The score. Names of two words and more in which fewer than two met are no match at all."""
    if not pairs or len(pairs) < min(FEWEST, len(first), len(second)):
        return 0.0
    parts = [(min(weight(first[a]), weight(second[b])), alike) for alike, _how, a, b in pairs]
    got = sum(part * alike for part, alike in parts)
    whole = sum(part for part, _alike in parts)
    apart, fewer = sorted((left_one, left_other), key=len, reverse=True)
    own = [word for word in fewer if not word.patronymic]
    whole += len(own)  # of the name with fewer words left, each should have met
    lost = sum(PATRONYMIC_ALONE if word.patronymic else ALONE for word in apart[len(own) :])
    if any(word.patronymic for word in left_one) and any(word.patronymic for word in left_other):
        lost += AT_ODDS
    if min(len(first), len(second)) == 1 < max(len(first), len(second)):
        lost += ALONE
    return max(0.0, min(1.0, got / whole - lost))


def weight(word: Word) -> float:
    return PATRONYMIC_WEIGHT if word.patronymic or word.initial else 1.0


def joined(words: Sequence[Word], others: Sequence[Word]) -> list[Word]:
    """Two words that follow each other made one where the other name writes them so: Nur-Sultan and Nursultan."""
    known = {word.folded for word in others}
    found: list[Word] = []
    for word in words:
        before = found[-1] if found else None
        if before is not None and len(before.folded) > 1 and before.folded + word.folded in known:
            found[-1] = Word(f"{before.written} {word.written}", before.folded + word.folded, word.patronymic)
        else:
            found.append(word)
    return found


def best_pairs(first: Sequence[Word], second: Sequence[Word]) -> list[Pair]:
    """(alike, how, place in one, place in the other), best first, each place once."""
    every = [(*alike(a, b), i, j) for i, a in enumerate(first) for j, b in enumerate(second)]
    ranked = sorted((pair for pair in every if pair[0] >= LEAST), key=lambda pair: (-pair[0], pair[2], pair[3]))
    found: list[Pair] = []
    ones: set[int] = set()
    others: set[int] = set()
    for pair in ranked:
        if pair[2] not in ones and pair[3] not in others:
            found.append(pair)
            ones.add(pair[2])
            others.add(pair[3])
    return found


def alike(one: Word, other: Word) -> tuple[float, str]:
    """How alike two words are, and how. An initial meets a word that begins with it."""
    if one.folded == other.folded:
        return (EXACT, "same") if one.patronymic == other.patronymic else (FATHER, "father")
    if one.initial or other.initial:
        same = one.folded[:1].translate(_INITIALS) == other.folded[:1].translate(_INITIALS)
        return (INITIAL, "initial") if same else (0.0, "")
    if one.patronymic != other.patronymic or one.folded.isdigit() or other.folded.isdigit():
        return 0.0, ""
    if skeleton(one.folded) == skeleton(other.folded) and abs(len(one.folded) - len(other.folded)) <= 2:
        return SAME_CONSONANTS, "consonants"
    low, high = sorted((one.folded, other.folded))
    return min(SequenceMatcher(None, low, high, autojunk=False).ratio(), SAME_CONSONANTS), "near"
