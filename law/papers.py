"""The papers that are filed beside an application, by kind. `law.licensing.documents()` is the door to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from law.problems import _
from law.provisions import D205, D259, LDA, LDA_START, PERMITS_LAW, Confidence, Source
from law.provisions.base import AIFC_RULES, NBK_LAW, UNCONFIRMED_DAYS


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to file, from `in_force` on, up to the day before `repealed`. `title` and `unless` are msgids; `unless`
    says when it is not needed, "" when always."""

    code: str
    title: str
    source: Source
    confidence: Confidence = "text"
    unless: str = ""
    in_force: date = LDA_START
    repealed: date | None = None

    @property
    def day_confidence(self) -> Confidence:
        """How we know the days."""
        return "assumed" if {self.in_force, self.repealed} & UNCONFIRMED_DAYS else "text"

    @property
    def is_confirmed(self) -> bool:
        """False where the paper or its day is only assumed or known from a commentary: say *unconfirmed* then."""
        return not {self.confidence, self.day_confidence} & {"source", "assumed"}

    def applies(self, on: date) -> bool:
        """Whether it is asked on that day."""
        return self.in_force <= on and (self.repealed is None or on < self.repealed)

    def ground(self) -> dict[str, object]:
        """A plain dict with the keys of `Provision.ground()`: the title is the value, the day that of the law."""
        return {
            "code": f"paper.{self.code}",
            "value": self.title,
            "unit": _("paper"),
            "act": self.source.act,
            "article": self.source.article,
            "in_force": self.in_force.isoformat(),
            "repealed": self.repealed.isoformat() if self.repealed else None,
            "confidence": self.confidence,
            "day_confidence": self.day_confidence,
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


def _bank(article: str, code: str, title: str, number: int, unless: str = "") -> Paper:
    return Paper(code, title, Source(LDA, f"{article}({number})"), unless=unless, in_force=D259)


_STANDARD = _("the firm works by the standard charter")


def _operator(article: str, interaction: str, rules: str) -> tuple[Paper, ...]:
    """The papers of an operator of the National Bank; the application itself is the filing."""
    return (
        _bank(article, "executive-papers", _("Diplomas and proof of work of the executives"), 1),
        _bank(article, "capital-proof", _("Proof that the capital was paid"), 2),
        _bank(article, "charter", _("Charter"), 3, _STANDARD),
        _bank(article, "interaction", interaction, 4),
        _bank(article, "internal-rules", rules, 5),
        _bank(article, "filer-authority", _("Proof of the authority of who files"), 6),
    )


_PLATFORM = _operator(
    "6(15)",
    _("Document on the interaction with the other operator, a bank or the postal operator"),
    _("Internal rules approved by the governing body"),
)
_EXCHANGER = _operator(
    "12-2(6)",
    _("Document on the interaction with a bank or the postal operator, and on the source of assets"),
    _("Rules of the activity"),
)
_REGIME = (
    Paper("regime-plan", _("Description of the activity under the special regime"), Source(NBK_LAW, "51-5"), "assumed",
          in_force=D205),
    Paper("regime-consumers", _("How consumers are told of the special regime"), Source(NBK_LAW, "51-5"), "assumed",
          in_force=D205),
)  # fmt: skip
_AFSA = (
    Paper("business-plan", _("Regulatory business plan"), Source(AIFC_RULES, ""), "assumed"),
    Paper("individuals", _("Papers of the approved individuals"), Source(AIFC_RULES, ""), "assumed"),
)
_AFSA_FACILITY = (
    Paper("facility-rules", _("Business, membership and admission rules to be approved"), Source(AIFC_RULES, ""),
          "official"),
    *_AFSA,
)  # fmt: skip
_SECURED = (
    Paper("issue-decision", _("Decision on the issue of secured assets"), Source(LDA, "7(1)"), "assumed",
          repealed=D259),
    Paper("backing-proof", _("Proof of the rights that back the assets"), Source(LDA, "5(1), 6(8)"), "assumed",
          repealed=D259),
    Paper("platform-papers", _("Papers on the platform"), Source(LDA, "6(1)"), "assumed", repealed=D259),
)  # fmt: skip
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
    "secured-asset-permit": _SECURED,
    "nbk-dfa-platform": _PLATFORM,
    "nbk-trading-platform": _PLATFORM,
    "nbk-exchanger": _EXCHANGER,
    "nbk-special-regime": _REGIME,
    "aifc-exchange": _AFSA_FACILITY,
    "aifc-provider": _AFSA,
}
