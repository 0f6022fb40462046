"""Names of people and firms in Kazakh, Russian and Latin letters: folded into comparable words, and two of them scored.

Pure: no law, no database, no clock. `folding` makes words of a name, `keys` find candidates in a long list,
`scoring` compares two, `searching` makes the text that a register is searched by.
"""

from core.names.folding import Name, Word, fold, read_name, skeleton
from core.names.keys import probes, stored
from core.names.scoring import Meeting, Score, compare
from core.names.searching import number_sought, searched, sought

__all__ = [
    "Meeting",
    "Name",
    "Score",
    "Word",
    "compare",
    "fold",
    "number_sought",
    "probes",
    "read_name",
    "searched",
    "skeleton",
    "sought",
    "stored",
]
