"""Names of internet domains: written in one way (IDNA 2008), and letters in them that pass for others told."""

import re
import unicodedata
from dataclasses import dataclass

import idna

LIMIT = 253
_HOST = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@\s]*@)?([^/?#:\s]+)(?::\d{1,5})?(?:[/?#]\S*)?\s*$", re.I)
#: Small letters of Cyrillic and Greek that look like Latin ones in most type faces.
_CYRILLIC = dict(zip("авсеһіјкмнорԛѕтуԝхѵӏь", "abcehijkmhopqstywxvlb", strict=True))
_GREEK = dict(zip("αβεηικμνορτυχω", "abenikuvoptuxw", strict=True))
#: Letters of Latin and digits that pass for another Latin letter.
_LATIN = {"0": "o", "1": "l", "ı": "i", "ɡ": "g", "ɩ": "i"}
LOOK_ALIKES = {**_CYRILLIC, **_GREEK, **_LATIN}
_EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"})


def normal_domain(text: str) -> str:
    """The domain of an address, or of a name alone, in lower case and ASCII: `https://Пример.рф/a` → `xn--….xn--p1ai`.

    Raises:
        ValueError: it is none: no dot, a number of a computer, characters that no domain has.
    """
    found = _HOST.match(text)
    if found is None or len(text) > 2_000:
        raise ValueError("no domain")
    try:
        name = idna.encode(found[1].rstrip("."), uts46=True, std3_rules=True).decode("ascii")
    except idna.IDNAError as fault:
        raise ValueError("no domain") from fault
    labels = name.split(".")
    if len(labels) < 2 or len(name) > LIMIT or labels[-1].isdigit():
        raise ValueError("no domain")
    return name.removeprefix("www.") if len(labels) > 2 else name


def readable(domain: str) -> str:
    """A normal domain as a browser shows it, in its own letters; as it is where it cannot be read back."""
    try:
        return idna.decode(domain)
    except idna.IDNAError:
        return domain


def scripts_of(label: str) -> list[str]:
    """The scripts of its letters by the names of Unicode, sorted: ["CYRILLIC", "LATIN"]. East Asian ones are one."""
    names = {unicodedata.name(c, "UNKNOWN").split(" ", 1)[0] for c in label if c.isalpha()}
    return sorted({"CJK" if name in _EAST_ASIAN else name for name in names})


def skeleton(text: str) -> str:
    """What a text looks like in plain Latin letters: marks gone, look-alikes replaced. Equal skeletons look alike."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    plain = "".join(LOOK_ALIKES.get(c, c) for c in plain)
    return plain.replace("rn", "m").replace("vv", "w")


@dataclass(frozen=True, slots=True)
class Look:
    """How a domain looks. `scripts`: where one part of it mixes several; `resembles`: the Latin name that its foreign
    letters make it look like, "" where none."""

    domain: str
    shown: str
    scripts: tuple[str, ...]
    resembles: str

    @property
    def is_doubtful(self) -> bool:
        return bool(self.scripts or self.resembles)


def look_of(domain: str) -> Look:
    """How a normal domain looks."""
    shown = readable(domain)
    mixed: list[str] = []
    alike: list[str] = []
    for label in shown.split("."):
        scripts = scripts_of(label)
        if len(scripts) > 1:
            mixed += [name for name in scripts if name not in mixed]
        foreign = [c for c in label if c.isalpha() and not c.isascii()]
        # Wholly of letters that pass for Latin, at least one of them foreign: аррӏе. A word like «сайт» has others.
        alike.append(skeleton(label) if foreign and skeleton(label).isascii() else label)
    plain = ".".join(alike)
    return Look(domain, shown, tuple(mixed), plain if plain != shown else "")
