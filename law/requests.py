"""What the holder of a permit may ask for: grounds, papers, terms to apply, reasons to refuse.

Public API
----------
- `change_grounds(kind, act, on)`: why a licence is re-issued; act: reissue | reissue-split; on = the day of filing.
- `change_codes(act)`: their codes and words, for forms.
- `REORGANISATIONS`: the grounds on which another organisation than the holder files.
- `apply_by(kind, act, changed_on) -> Due`: until when a change must be filed.
- `request_papers(kind, act, on) -> tuple[Paper, ...]`: on = the day of filing.
- `request_refusal_grounds(kind, act, on) -> tuple[Ground, ...]`: on = the day of the decision.

All by Law 202-V, for the kinds that it governs on the day or that take it by analogy (then assumed); for others the
lists are empty. ValueError: unknown kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final, TypeVar

from law.grounds import Ground
from law.licensing import BY_ANALOGY, GOVERNED_BY_PERMITS_LAW, KINDS, Due, Paper, due, holds
from law.problems import _, as_day
from law.provisions import D259, LDA_START, PERMITS_LAW, Confidence, Source

__all__ = ["REORGANISATIONS", "apply_by", "change_codes", "change_grounds", "request_papers", "request_refusal_grounds"]

REISSUE: Final = "reissue"
SPLIT: Final = "reissue-split"


def _ground(code: str, text: str, article: str, confidence: Confidence = "text") -> Ground:
    return Ground(f"permit.{code}", text, Source(PERMITS_LAW, article), LDA_START, confidence=confidence)


_CHANGES: Mapping[str, tuple[Ground, ...]] = MappingProxyType(
    {
        REISSUE: (
            _ground("reissue.person", _("The name of a natural person has changed."), "33(1)"),
            _ground(
                "reissue.trader",
                _("A sole trader has been registered anew, or his name or legal address has changed."),
                "33(1)",
            ),
            _ground("reissue.entity", _("The name or the seat of a legal entity has changed."), "33(1)"),
            _ground("reissue.transformation", _("The holder has been transformed."), "33(1)(3), 34(1)-(3)"),
            _ground("reissue.merger", _("The holder has merged into a new entity."), "33(1)(3), 34(1)-(3)"),
            _ground("reissue.accession", _("The holder has acceded to another entity."), "33(1)(3), 34(1)-(3)"),
            _ground("reissue.law", _("A law demands the re-issue."), "33(1)(7)"),
            _ground("reissue.activity", _("The name of the licensed activity has changed."), "33(2)"),
        ),
        SPLIT: (
            _ground("reissue.spin-off", _("The new entity was spun off from the holder."), "34(4)"),
            _ground("reissue.division", _("The holder was divided, the new entity being one of its parts."), "34(5)"),
        ),
    }
)
#: After these the applicant is another organisation than the one that holds the licence, or may be.
REORGANISATIONS: Final = frozenset(
    f"permit.reissue.{name}" for name in ("transformation", "merger", "accession", "spin-off", "division")
)

_GATEWAY = _("the fee was paid through the payment gateway of e-government")
_SYSTEMS = _("state information systems show it")
_FEE_PROOF = Paper("fee-proof", _("Proof of payment of the licence fee"), Source(PERMITS_LAW, "33(3)"), unless=_GATEWAY)
_PAPERS: Mapping[str, tuple[Paper, ...]] = MappingProxyType(
    {
        REISSUE: (
            _FEE_PROOF,
            Paper(
                "change-proof",
                _("Copies of the papers that prove the change"),
                Source(PERMITS_LAW, "33(3), 29(4)"),
                unless=_SYSTEMS,
            ),
        ),
        SPLIT: (
            _FEE_PROOF,
            Paper(
                "holder-consent",
                _("Consent of the entity that holds the licence"),
                Source(PERMITS_LAW, "34(4)"),
                unless=_("the holder has ended by division"),
            ),
            Paper(
                "separation-act",
                _("Decision on the reorganisation with the separation balance"),
                Source(PERMITS_LAW, "34(4), 34(5)"),
                "assumed",
            ),
        ),
        "duplicate": (
            Paper("fee-proof", _("Proof of payment of the licence fee"), Source(PERMITS_LAW, "43(1)"), unless=_GATEWAY),
        ),
        "resumption": (Paper("cure-proof", _("Proof that the breaches are cured"), Source(PERMITS_LAW, "45(3)")),),
    }
)

_UNPROVED = _ground("request.refusal.unproved", _("What the request rests on is not proved."), "", "assumed")
_STATE = _ground(
    "request.refusal.state", _("The licence is not in a state in which this may be asked for."), "", "assumed"
)
_DRAWN = _ground("reissue.refusal.papers", _("Papers are missing, or are not drawn up as they must be."), "33(5)")
_FEE_UNPAID = _("The fee for this act is not paid.")
_REFUSALS: Mapping[str, tuple[Ground, ...]] = MappingProxyType(
    {
        REISSUE: (
            _DRAWN,
            _ground("reissue.refusal.fee", _FEE_UNPAID, "33(3), 33(5)", "assumed"),
            _UNPROVED,
            _STATE,
        ),
        SPLIT: (
            _DRAWN,
            _ground(
                "reissue.refusal.gone-over", _("The licence has already been re-issued to another entity."), "34(5)"
            ),
            _STATE,
        ),
        "duplicate": (
            _ground(
                "duplicate.refusal.electronic",
                _("The licence is not on paper, or is neither lost nor spoiled."),
                "43(1)",
            ),
            _ground("duplicate.refusal.fee", _FEE_UNPAID, "43(1)", "assumed"),
            _STATE,
        ),
        "electronic": (
            _ground("electronic.refusal.form", _("The licence is not on paper."), "43(2)"),
            _STATE,
        ),
        "correction": (
            _ground("correction.refusal.no-error", _("There is no error in the licence."), "44", "assumed"),
            _STATE,
        ),
        "suspension": (_UNPROVED, _STATE),
        "resumption": (
            _ground("resumption.refusal.uncured", _("The breaches are not cured."), "45(3)"),
            _STATE,
        ),
        "resumption-own": (_STATE,),
        "surrender": (_UNPROVED, _STATE),
    }
)


#: Acts of kinds outside that law for which their own says nothing, and without which a permit could not live on: the
#: law suspends an exchanger's licence without a length and does not say how it comes back. From which day.
_ACTS_BY_ANALOGY: Mapping[tuple[str, str], date] = MappingProxyType({("nbk-exchanger", "resumption"): D259})

Cited = TypeVar("Cited", Ground, Paper)


def _listed(kind: str, on: date, rows: tuple[Cited, ...], act: str) -> tuple[Cited, ...]:
    """The rows where Law 202-V governs the kind on the day; as assumed where it is taken by analogy; else none."""
    if kind not in KINDS:
        raise ValueError(f"unknown kind of permit: {kind!r}")
    if holds(GOVERNED_BY_PERMITS_LAW, kind, as_day(on)):
        return rows
    first = _ACTS_BY_ANALOGY.get((kind, act))
    taken = holds(BY_ANALOGY, kind, on) or (first is not None and first <= on)
    return tuple(replace(row, confidence="assumed") for row in rows) if taken else ()


def change_grounds(kind: str, act: str, on: date) -> tuple[Ground, ...]:
    """Why a licence of the kind is re-issued: eight cases without a new check of the qualification (Law 202-V 33, 34),
    two with it (34(4), 34(5)). on = the day of filing. Empty for other acts and for kinds outside that law.

    A renamed street or settlement is none of them: it is changed through the state systems (33(1), last part)."""
    return _listed(kind, on, _CHANGES.get(act, ()), act)


def change_codes(act: str) -> dict[str, str]:
    """Every code that a re-issue may rest on with its words, whatever the kind and day; empty for other acts."""
    return {one.code: one.text for one in _CHANGES.get(act, ())}


def apply_by(kind: str, act: str, changed_on: date) -> Due:
    """The last day to file a change: 30 calendar days after it, after the end of reorganisation for a spin-off or
    division (33(4), 34(4), 34(5)); the day of the change picks the version. NotInForce outside Law 202-V."""
    return due(kind, "reissue-split-apply" if act == SPLIT else "reissue-apply", changed_on)


def request_papers(kind: str, act: str, on: date) -> tuple[Paper, ...]:
    """The papers of a request beside the application itself; on = the day of filing. None for acts asked free-form."""
    return _listed(kind, on, _PAPERS.get(act, ()), act)


def request_refusal_grounds(kind: str, act: str, on: date) -> tuple[Ground, ...]:
    """Why a request may be refused; on = the day of the decision.

    Of a re-issue only missing or badly drawn papers are text (33(5), which leaves out plain reorganisation). That an
    unpaid fee is a ground follows from the fee proof among those papers (33(3)), *assumed*; of the other acts most
    lists are ours, hence *assumed*. After spin-off and division the list of Art. 32 comes too."""
    return _listed(kind, on, _REFUSALS.get(act, ()), act)
