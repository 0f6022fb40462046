"""Exchange, issue and turnover of digital assets: the perimeter of what needs a permit of whom.

Public API
----------
- `perimeter(activity, asset, venue, on, who="legal_entity") -> Answer`: what the law of a day says; NotInForce before
  2023-04-01, ValueError for an unknown code.
- `spans(activity, asset, venue, who) -> tuple[Answer, ...]`: every answer by days; `next_answer(answer)`.
- `frozen(answer) -> dict`: the answer as plain data, as known now; `later(frozen, on) -> Later | None`: since when the
  law of a day answers otherwise.
- `Verdict`; `ACTIVITIES, ASSETS, VENUES, WHO, VERDICTS, KINDS, KIND_TITLES, AUTHORITIES`: codes with their msgids.

The three tables stand in `first`, `second` and `third`, a line a cell, so that they can be compared with the law; what
they do not say row by row stands in `rules` and `holders`.
"""

from law.exchanges.answers import Answer, next_answer, perimeter, spans
from law.exchanges.codes import (
    ACTIVITIES,
    ASSETS,
    AUTHORITIES,
    KIND_TITLES,
    KINDS,
    VENUES,
    VERDICTS,
    WHO,
    Verdict,
)
from law.exchanges.keeping import Later, frozen, later

__all__ = [
    "ACTIVITIES",
    "ASSETS",
    "AUTHORITIES",
    "KINDS",
    "KIND_TITLES",
    "VENUES",
    "VERDICTS",
    "WHO",
    "Answer",
    "Later",
    "Verdict",
    "frozen",
    "later",
    "next_answer",
    "perimeter",
    "spans",
]
