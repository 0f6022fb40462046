"""What names are found by in a long list before they are scored: two of their words that sound alike, in any order.

A stored name has `stored` keys, a name that is looked for has `probes`; names that share none are not compared. Words
are reduced to their consonants, so that spellings meet; a consonant that differs in the only other word hides a name.
"""

from collections.abc import Iterator
from itertools import combinations

from core.names.folding import Name, Word, skeleton

MOST_WORDS = 6  # the longest words of a long name are enough
_INITIALS = str.maketrans("SZC", "szk")


def stored(name: Name) -> list[str]:
    """Keys of a name in a list: its pairs of words, each word with the first letter of every other."""
    short = {f"{key}~" for key in beside(name)} if any(word.initial for word in name.words) else set()
    return sorted(pairs(name) | {f"{key}." for key in beside(name)} | short)


def probes(name: Name) -> list[str]:
    """Keys by which a name is looked for. Where it has initials itself, any name may be meant that begins so; else
    only names that have initials are found by their first letters."""
    mark = "." if any(word.initial for word in name.words) else "~"
    return sorted(pairs(name) | {f"{key}{mark}" for key in beside(name)})


def whole_words(name: Name) -> list[Word]:
    words = [word for word in name.words if not word.initial]
    return sorted(words, key=lambda word: -len(word.folded))[:MOST_WORDS]


def pairs(name: Name) -> set[str]:
    """Two words each, and two that follow each other taken as one; a name of one word is its own key."""
    whole = whole_words(name)
    if len(name.words) == 1:
        return {f"={skeleton(word.folded)}" for word in whole}
    found = {key(one.folded, other.folded) for one, other in combinations(whole, 2)}
    return found | set(joined(name))


def joined(name: Name) -> Iterator[str]:
    kept = [word for word in name.words if not word.initial][:MOST_WORDS]
    for at in range(len(kept) - 1):
        one = kept[at].folded + kept[at + 1].folded
        others = kept[:at] + kept[at + 2 :]
        yield from (key(one, other.folded) for other in others)
        if not others and len(name.words) == len(kept):
            yield f"={skeleton(one)}"


def key(one: str, other: str) -> str:
    return " ".join(sorted((skeleton(one), skeleton(other))))


def beside(name: Name) -> set[str]:
    """Each whole word with the first letter of each other word."""
    whole = whole_words(name)
    others = [*whole, *(word for word in name.words if word.initial)]
    return {
        f"{skeleton(one.folded)} {other.folded[:1].translate(_INITIALS)}"
        for one in whole
        for other in others
        if other is not one
    }
