"""A name as it is compared: its words, each folded to few Latin letters, legal forms and patronymic endings apart.

Letters are folded coarsely on purpose: Қ, К, K and Q are one, and so are ы, і, и, й, y and i. What sounds alike through
three alphabets, passports and English spellings must meet; who is meant is judged by a person afterwards.

After folding, S stands for sh, C for ch, Z for zh and j; all other letters are plain small ones.
"""

import re
import unicodedata
from dataclasses import dataclass

_CYRILLIC = {
    **dict(zip("абвгдезиклмнопрстуфхыэ", "abvgdeziklmnoprstufhie", strict=True)),
    **dict(zip("әғқңөұүһійёжчшщ", "agknouuhiieZCSS", strict=True)),
    **dict(zip("їєґўҳҷӣӯ", "ieguhZiu", strict=True)),
    **dict(zip("цюяъь", ("ts", "iu", "ia", "", ""), strict=True)),
}
#: Latin letters that would lose their sound with their mark.
_MARKED = {"ş": "S", "š": "S", "ç": "C", "č": "C", "ž": "Z", "ı": "i", "ə": "a", "æ": "a", "ø": "o", "ß": "s", "ł": "l"}
_LETTERS, _MARKS = str.maketrans(_CYRILLIC), str.maketrans(_MARKED)
_ANY_LATIN = re.compile("[a-z]")
#: Spellings of one sound in Latin letters, in this order.
_LATIN = (
    (re.compile("shch|sch|sh"), "S"),
    (re.compile("tch|ch"), "C"),
    (re.compile("dzh|zh|dj"), "Z"),
    (re.compile("j(?=[aeiouy])|^j$"), "Z"),
    (re.compile("kh"), "h"),
    (re.compile("gh"), "g"),
    (re.compile("ph"), "f"),
    (re.compile("th"), "t"),
    (re.compile("ck|q|c"), "k"),
    (re.compile("tz"), "ts"),
    (re.compile("x"), "ks"),
    (re.compile("w"), "v"),
    (re.compile("[jy]"), "i"),
    (re.compile("oo"), "u"),
    (re.compile("ff$"), "v"),
)
#: In both alphabets, when all letters are Latin.
_SOUNDS = (
    (re.compile("dZ"), "Z"),
    (re.compile("ng"), "n"),
    (re.compile("i+e"), "e"),
    (re.compile("i+o"), "e"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("ei(?=[aeu])"), "e"),
    (re.compile(r"(.)\1+"), r"\1"),
)
APOSTROPHES = re.compile("['’`ʼʹʺ′]")
_SPLIT = re.compile(r"[^\w]+|_")
_VOWELS = re.compile("[aeiou]")

_FORMS = {
    "LLP": "тоо жшс llp llc ltd ооо limited",
    "JSC": "ао оао зао пао jsc ojsc pjsc plc inc corp",
    "IE": "ип",
    "BRANCH": "филиал филиалы branch",
}
FORMS = {word: code for code, words in _FORMS.items() for word in words.split()}
#: Forms that are words as well where they are not in capitals.
CAPITAL_FORMS = {"АҚ": "JSC", "ЖК": "IE", "ЖАҚ": "JSC", "ААҚ": "JSC"}
PHRASES = {
    "товарищество с ограниченной ответственностью": "LLP",
    "общество с ограниченной ответственностью": "LLP",
    "жауапкершілігі шектеулі серіктестігі": "LLP",
    "жауапкершілігі шектеулі серіктестік": "LLP",
    "limited liability partnership": "LLP",
    "limited liability company": "LLP",
    "акционерное общество": "JSC",
    "акционерлік қоғамы": "JSC",
    "акционерлік қоғам": "JSC",
    "joint stock company": "JSC",
    "индивидуальный предприниматель": "IE",
    "жеке кәсіпкер": "IE",
    "individual entrepreneur": "IE",
}
_CHILD_OF = ("uli", "kizi", "ogli", "oglu")  # ұлы, қызы, оглы: also as a word of its own
_PATRONYMIC = ("oviC", "eviC", "ovna", "evna", "iniCna", "iCna", *_CHILD_OF)
SHORTEST_ROOT = 2


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as it was written, as it is compared (of a patronymic without its ending)."""

    written: str
    folded: str
    patronymic: bool = False

    @property
    def initial(self) -> bool:
        return len(self.folded) == 1 or len(self.written) == 1


@dataclass(frozen=True, slots=True)
class Name:
    """A name read. `form`: code of the legal form, empty for none."""

    written: str
    words: tuple[Word, ...]
    form: str = ""

    @property
    def key(self) -> str:
        """The words as one text in an order of their own: what trigrams are taken of."""
        return " ".join(sorted(word.folded for word in self.words))


def fold(word: str) -> str:
    """One word without spaces in folded letters; empty where it holds neither letter nor digit."""
    text = APOSTROPHES.sub("", unicodedata.normalize("NFC", word).lower()).translate(_MARKS)
    if not text.isascii():
        text = "".join(bare(letter) for letter in text)
    if _ANY_LATIN.search(text):
        for pattern, put in _LATIN:
            text = pattern.sub(put, text)
    text = text.translate(_LETTERS)
    for pattern, put in _SOUNDS:
        text = pattern.sub(put, text)
    return "".join(letter for letter in text if letter.isalnum())


def bare(letter: str) -> str:
    """A letter without its marks; Cyrillic ones, whose marks are letters of their own, as they are."""
    if letter.isascii() or letter in _CYRILLIC:
        return letter
    return unicodedata.normalize("NFKD", letter)[:1]


def skeleton(folded: str) -> str:
    """The first letter and the consonants after it; every vowel at the start counts as one."""
    first = "a" if _VOWELS.match(folded) else folded[:1]
    return first + _VOWELS.sub("", folded[1:])


def read_name(written: str) -> Name:
    """A name in whatever order and alphabet. Of a name that is nothing but a legal form, the words are kept."""
    text = " ".join(unicodedata.normalize("NFC", APOSTROPHES.sub("", written)).split())
    plain, form = without_phrase(text)
    pieces = [piece for piece in _SPLIT.split(plain) if piece]
    kept = [piece for piece in pieces if not form_of(piece)]
    if kept and len(kept) < len(pieces):
        form = form or next(form_of(piece) for piece in pieces if form_of(piece))
    return Name(written, words_of(kept or pieces), form)


def without_phrase(text: str) -> tuple[str, str]:
    """(The rest of a name, the form that it spelled out): longest phrases first, as the table has them."""
    lowered = text.lower()
    for phrase, code in PHRASES.items():
        at = lowered.find(phrase)
        if at >= 0 and len(lowered) == len(text):
            rest = f"{text[:at]} {text[at + len(phrase) :]}"
            return (rest, code) if rest.strip() else (text, "")
    return text, ""


def form_of(piece: str) -> str:
    return FORMS.get(piece.lower()) or CAPITAL_FORMS.get(piece, "")


def words_of(pieces: list[str]) -> tuple[Word, ...]:
    """The words; "ұлы" and "қызы" by themselves make a patronymic of the word before them."""
    words: list[Word] = []
    for piece in pieces:
        folded = fold(piece)
        if folded in _CHILD_OF and words and not words[-1].patronymic:
            before = words.pop()
            words.append(Word(f"{before.written} {piece}", before.folded, patronymic=True))
        elif folded:
            words.append(word_of(piece, folded))
    return tuple(words)


def word_of(piece: str, folded: str) -> Word:
    for ending in _PATRONYMIC:
        root = folded.removesuffix(ending)
        if root != folded and len(root) >= SHORTEST_ROOT:
            return Word(piece, root, patronymic=True)
    return Word(piece, folded)
