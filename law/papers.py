"""The papers that are filed beside an application, by kind. `law.licensing.documents()` is the door to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from law.problems import _
from law.provisions import LDA, LDA_START, PERMITS_LAW, Confidence, Source


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to file. `title` and `unless` are msgids; `unless` says when it is not needed, "" when always."""

    code: str
    title: str
    source: Source
    confidence: Confidence = "text"
    unless: str = ""

    @property
    def is_confirmed(self) -> bool:
        """False where the paper is only assumed or known from a commentary: say *unconfirmed* then."""
        return self.confidence not in {"source", "assumed"}

    def ground(self) -> dict[str, object]:
        """A plain dict with the keys of `Provision.ground()`: the title is the value, the day that of the law."""
        return {
            "code": f"paper.{self.code}",
            "value": self.title,
            "unit": _("paper"),
            "act": self.source.act,
            "article": self.source.article,
            "in_force": LDA_START.isoformat(),
            "repealed": None,
            "confidence": self.confidence,
            "day_confidence": "text",
        }


_FEE_PROOF = Paper(
    "fee-proof",
    _("Proof of payment of the licence fee"),
    Source(PERMITS_LAW, "29(3)"),
    unless=_("the fee was paid through the payment gateway of e-government"),
)
_SUBTYPE = Source(LDA, "9(1)")
_POWER = Paper("power-contract", _("Contract or papers on the source of electricity"), Source(LDA, "9"), "secondary")
_POOL = Paper("pool-contract", _("Contract with an accredited mining pool"), Source(LDA, "8(1)"), "assumed")
_TESTS = Source(LDA, "10(2)(2)")
_PLACE = Source(LDA, "10(2)(1)")
PAPERS: Mapping[str, tuple[Paper, ...]] = {
    "mining-licence-1": (
        _FEE_PROOF,
        Paper("centre-right", _("Proof of ownership or another right to the data centre"), _SUBTYPE, "assumed"),
        _POWER,
        _POOL,
    ),
    "mining-licence-2": (
        _FEE_PROOF,
        Paper("equipment-right", _("Proof of ownership of the mining equipment"), _SUBTYPE, "assumed"),
        Paper("hosting-contract", _("Contract on placing equipment in a data centre"), _SUBTYPE, "assumed"),
        _POWER,
        _POOL,
    ),
    "pool-accreditation": (
        Paper("security-protocols", _("Protocols of the security tests with a positive result"), _TESTS, "assumed"),
        Paper("equipment-place", _("Papers that show where the equipment of the pool is"), _PLACE, "assumed"),
    ),
}
