"""What the holder of a permit may do while it stands in a state: Law 202-V, and by analogy where it does not govern.

Public API
----------
- `may_while(state, kind) -> tuple[May, ...]`: every act with its answer (yes, no, unclear), article and confidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from law.licensing import BY_ANALOGY, GOVERNED_BY_PERMITS_LAW, MINING_LICENCES
from law.problems import _
from law.provisions import PERMITS_LAW, Confidence, Source
from law.provisions.base import PERMITS_START

__all__ = ["May", "may_while"]

YES, NO, UNCLEAR = "yes", "no", "unclear"


@dataclass(frozen=True, slots=True)
class May:
    """What a holder may do in a state of the licence: `answer` yes, no or unclear; by which rule, how sure."""

    act: str
    label: str
    answer: str
    source: Source
    confidence: Confidence = "text"

    @property
    def is_confirmed(self) -> bool:
        return self.confidence not in {"source", "assumed"}

    def ground(self) -> dict[str, object]:
        """A plain dict with the keys of `Provision.ground()`; the answer is the value."""
        return {
            "code": f"may.{self.act}",
            "value": self.answer,
            "unit": _("rule"),
            "act": self.source.act,
            "article": self.source.article,
            "in_force": PERMITS_START.isoformat(),
            "repealed": None,
            "confidence": self.confidence,
            "day_confidence": "assumed",
        }


_ACTIVITY = _("Carry on the licensed activity")
_REPORT = _("File the reports due")
_REISSUE = _("Apply for re-issue when data change")
_CORRECT = _("Have an error corrected")
_RENEW = _("File for a new licence")
_RESUME = _("Report the cure and ask for resumption")
_GIVE_UP = _("Give the licence up")
_APPEAL = _("Appeal")


def _rows(*rows: tuple[str, str, str, str, Confidence]) -> tuple[May, ...]:
    return tuple(
        May(act, label, answer, Source(PERMITS_LAW, article), confidence)
        for act, label, answer, article, confidence in rows
    )


_ENDED: Final = _rows(
    ("activity", _ACTIVITY, NO, "35(3)", "text"),
    ("report", _REPORT, YES, "", "assumed"),
    ("reissue", _REISSUE, NO, "33", "assumed"),
    ("correction", _CORRECT, NO, "44", "assumed"),
    ("renewal", _RENEW, YES, "25", "assumed"),
    ("resumption", _RESUME, NO, "45(4)", "assumed"),
    ("surrender", _GIVE_UP, NO, "35(1)(5)", "assumed"),
    ("appeal", _APPEAL, YES, "", "assumed"),
)
_WHILE: Mapping[str, tuple[May, ...]] = MappingProxyType(
    {
        "in_force": _rows(
            ("activity", _ACTIVITY, YES, "22(3)", "text"),
            ("report", _REPORT, YES, "", "assumed"),
            ("reissue", _REISSUE, YES, "33(1), 33(4)", "text"),
            ("correction", _CORRECT, YES, "44", "text"),
            ("renewal", _RENEW, YES, "25", "assumed"),
            ("resumption", _RESUME, NO, "45(3)", "text"),
            ("surrender", _GIVE_UP, YES, "35(1)(5)", "text"),
            ("appeal", _APPEAL, YES, "", "assumed"),
        ),
        "suspended": _rows(
            ("activity", _ACTIVITY, NO, "45(2)", "text"),
            ("report", _REPORT, YES, "", "assumed"),
            ("reissue", _REISSUE, YES, "33(4)", "assumed"),
            ("correction", _CORRECT, YES, "44", "assumed"),
            ("renewal", _RENEW, YES, "25", "assumed"),
            ("resumption", _RESUME, YES, "45(3), 45(7)", "text"),
            ("surrender", _GIVE_UP, YES, "35(1)(5)", "text"),
            ("appeal", _APPEAL, YES, "", "assumed"),
        ),
        "uncured": _rows(
            ("activity", _ACTIVITY, NO, "45(4)", "assumed"),
            ("report", _REPORT, YES, "", "assumed"),
            ("reissue", _REISSUE, UNCLEAR, "33(4)", "assumed"),
            ("correction", _CORRECT, YES, "44", "assumed"),
            ("renewal", _RENEW, YES, "25", "assumed"),
            ("resumption", _RESUME, YES, "45(4)", "text"),
            ("surrender", _GIVE_UP, YES, "35(1)(5)", "text"),
            ("appeal", _APPEAL, YES, "", "assumed"),
        ),
    }
)


#: What Law 202-V alone gives its holders: elsewhere the law of the kind is silent of it.
_OF_PERMITS_LAW: Final = frozenset({"reissue", "correction", "surrender"})


def may_while(state: str, kind: str = MINING_LICENCES[0]) -> tuple[May, ...]:
    """What the holder may do while the licence is in a state; every state that is not named is an end.

    For a kind that Law 202-V does not govern it is taken by analogy (*assumed*), and what only that law gives is
    unclear.
    """
    rows = _WHILE.get(state, _ENDED)
    if kind in GOVERNED_BY_PERMITS_LAW:
        return rows
    silent: frozenset[str] = frozenset() if kind in BY_ANALOGY else _OF_PERMITS_LAW
    return tuple(
        replace(row, confidence="assumed", answer=UNCLEAR if row.answer == YES and row.act in silent else row.answer)
        for row in rows
    )
