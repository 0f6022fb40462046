"""Closed lists of grounds: why a licence may be refused, and why an application may be refused consideration.

Public API
----------
- `Ground`: code, text (msgid), source, in_force, repealed, confidence; `ground()` as a Provision has it.
- `refusal_grounds(kind, on) -> tuple[Ground, ...]`: on = the day of the decision.
- `incompleteness_reasons(kind, on) -> tuple[Ground, ...]`: on = the day of the refusal to consider.
- `pause_cases(kind, on) -> tuple[Ground, ...]`: when the review may stop; on = the day of the pause.
- `repeat_reasons(kind, on) -> tuple[Ground, ...]`: why a filing after a refusal is refused consideration; on = its day.
The first two are also reached through `law.licensing`. A kind without a list raises NotInForce.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from law.problems import _, as_day
from law.provisions import D205, D259, LDA, LDA_START, PERMITS_LAW, Confidence, NotInForce, Source
from law.provisions.base import AIFC_RULES, NBK_LAW, UNCONFIRMED_DAYS


@dataclass(frozen=True, slots=True)
class Ground:
    """One item of a closed list. `text` is a msgid; `in_force` the first day, `repealed` the first day no longer."""

    code: str
    text: str
    source: Source
    in_force: date
    repealed: date | None = None
    confidence: Confidence = "text"
    day: Confidence | None = None  # how we know the days, where that does not follow from the shared days

    @property
    def day_confidence(self) -> Confidence:
        """How we know the days."""
        if self.day is not None:
            return self.day
        return "assumed" if {self.in_force, self.repealed} & UNCONFIRMED_DAYS else "text"

    @property
    def is_confirmed(self) -> bool:
        """False where content or day is only assumed or known from a commentary."""
        return not {self.confidence, self.day_confidence} & {"source", "assumed"}

    def applies(self, on: date) -> bool:
        """Whether the item is in force on that day."""
        return self.in_force <= on and (self.repealed is None or on < self.repealed)

    def ground(self) -> dict[str, object]:
        """A plain dict with the keys of `Provision.ground()`; the text is the value."""
        return {
            "code": self.code,
            "value": self.text,
            "unit": _("ground"),
            "act": self.source.act,
            "article": self.source.article,
            "in_force": self.in_force.isoformat(),
            "repealed": self.repealed.isoformat() if self.repealed else None,
            "confidence": self.confidence,
            "day_confidence": self.day_confidence,
        }


def numbered(
    prefix: str,
    act: str,
    article: str,
    texts: tuple[str, ...],
    in_force: date,
    repealed: date | None = None,
) -> tuple[Ground, ...]:
    """A numbered list; `article` has `%d` where the number of the item stands."""
    return tuple(
        Ground(f"{prefix}.{number}", text, Source(act, article % number), in_force, repealed)
        for number, text in enumerate(texts, start=1)
    )


_PERMITS_32 = (
    _("The activity is forbidden to this class of persons."),
    _("The fee for the right to the activity is not paid."),
    _("The applicant does not meet the qualification requirements."),
    _("The agreeing state body gave a negative answer."),
    _("A court judgment in force suspends or bans the activity."),
    _("A court has banned the issue on the motion of a bailiff."),
    _("The papers or the data in them are false."),
)
_PLATFORM_6_18 = (
    _("The data are unreliable or incomplete."),
    _("The set of papers is incomplete, or a paper is against the law or an act of the National Bank."),
    _("The owners do not meet the requirements of Art. 6(11) and 6(12)."),
    _("The executives do not meet the requirements of Art. 6(13)."),
    _("The capital does not meet the requirements of Art. 6(14)."),
    _("The beneficial owner has an unspent conviction."),
)
_EXCHANGER_12_3 = (
    _("The data are unreliable or incomplete."),
    _("The set of papers is incomplete, or a paper is against the law or an act of the National Bank."),
    _("The head of the executive body does not meet the requirements."),
    _("The beneficial owner has an unspent conviction."),
)
_REGIME_51_5 = (
    _("The activity is outside the aims of the special regime."),
    _("The selection criteria are not met."),
    _("The papers do not meet the requirements."),
)
_REGIME_51_5_6 = (
    _("The conditions of the special regime or of the contract are breached."),
    _("The participant no longer meets the conditions of the special regime."),
)
_INCOMPLETE_29 = (
    _("The application is missing or lacks data that it must hold."),
    _("The proof of payment of the fee is missing, and the fee was not paid through the payment gateway."),
    _("A paper that proves the qualification requirements is missing."),
)

_PLATFORM_6_16 = (
    _("The data on the applicant or its owners are unreliable."),
    _("The contents of the papers are against the law."),
    _("The data or papers have to be verified."),
)

# The rules of pool accreditation were not read: the requirements are text, that a lack of them is a ground is assumed.
_POOL_REFUSAL = (
    ("1(10), 10(1)", _("The applicant is not a legal entity.")),
    ("10(2)(1)", _("The equipment of the pool is not in Kazakhstan.")),
    ("10(2)(2)", _("Positive results of the security tests are missing or have expired.")),
    ("10(2)(3)", _("The rules of accreditation are not met.")),
    ("10(2)", _("The papers or the data in them are false.")),
)
_POOL_ENDING = (
    ("10(2)(1)", _("The equipment of the pool is no longer in Kazakhstan.")),
    ("10(2)(2)", _("The protocols of the security tests have expired or are negative, and no new ones were given.")),
    ("10(3)", _("The data that a pool owes were not given.")),
    ("10(2)", _("The accreditation rests on false papers or data.")),
    ("10(2)(3)", _("The rules of accreditation are breached.")),
)


def _of_pools(prefix: str, items: tuple[tuple[str, str], ...]) -> tuple[Ground, ...]:
    return tuple(
        Ground(f"{prefix}.{number}", text, Source(LDA, article), LDA_START, confidence="assumed")
        for number, (article, text) in enumerate(items, start=1)
    )


_POOL = _of_pools("pool-accreditation.refusal", _POOL_REFUSAL)
POOL_ENDING = _of_pools("pool-accreditation.withdrawal", _POOL_ENDING)

# For mining and secured assets the rules of Law 202-V count from the start of the Law on Digital Assets.
_MINING = numbered("permit.refusal", PERMITS_LAW, "32(1)(%d)", _PERMITS_32, LDA_START)
_SECURED = numbered("permit.refusal", PERMITS_LAW, "32(1)(%d)", _PERMITS_32, LDA_START, D259)
_PLATFORM = numbered("nbk.platform.refusal", LDA, "6(18)(%d)", _PLATFORM_6_18, D259)
_PLATFORM_PAUSE = tuple(
    Ground(f"nbk.platform.pause.{number}", text, Source(LDA, "6(16)"), D259)
    for number, text in enumerate(_PLATFORM_6_16, start=1)
)
_EXCHANGER = numbered("nbk.exchanger.refusal", LDA, "12-3(%d)", _EXCHANGER_12_3, D259)
_REGIME = numbered("nbk.special_regime.refusal", NBK_LAW, "51-5(4)(%d)", _REGIME_51_5, D205)
REGIME_ENDING = tuple(
    Ground(f"nbk.special_regime.ending.{number}", text, Source(NBK_LAW, "51-5(6)"), D205)
    for number, text in enumerate(_REGIME_51_5_6, start=1)
)
_AFSA_REFUSAL = (
    _("The applicant does not meet the requirements of the rules."),
    _("The papers or the data in them are incomplete or false."),
    _("Individuals of the firm are not fit and proper."),
)
_AFSA_ENDING = (
    _("The requirements of the rules are no longer met."),
    _("The rules of the AIFC are breached."),
    _("The papers or data of the filing were false."),
    _("The firm asks for it, or carries on no activity."),
)


def _of_afsa(prefix: str, texts: tuple[str, ...]) -> tuple[Ground, ...]:
    """The rulebook's own lists were not read: ours, assumed."""
    return tuple(
        Ground(f"aifc.{prefix}.{number}", text, Source(AIFC_RULES, ""), LDA_START, confidence="assumed")
        for number, text in enumerate(texts, start=1)
    )


_AFSA = _of_afsa("refusal", _AFSA_REFUSAL)
AFSA_ENDING = _of_afsa("ending", _AFSA_ENDING)
_INCOMPLETE = numbered("permit.incomplete", PERMITS_LAW, "25(1), 29(3)(%d)", _INCOMPLETE_29, LDA_START)
_INCOMPLETE_SECURED = numbered("permit.incomplete", PERMITS_LAW, "25(1), 29(3)(%d)", _INCOMPLETE_29, LDA_START, D259)

_INCOMPLETE_POOL = tuple(replace(one, confidence="assumed") for one in (_INCOMPLETE[0], _INCOMPLETE[2]))

_REFUSAL: dict[str, tuple[Ground, ...]] = {
    "mining-licence-1": _MINING,
    "mining-licence-2": _MINING,
    "pool-accreditation": _POOL,
    "secured-asset-permit": _SECURED,
    "nbk-dfa-platform": _PLATFORM,
    "nbk-trading-platform": _PLATFORM,
    "nbk-exchanger": _EXCHANGER,
    "nbk-special-regime": _REGIME,
    "aifc-exchange": _AFSA,
    "aifc-provider": _AFSA,
}
_INCOMPLETENESS: dict[str, tuple[Ground, ...]] = {
    "mining-licence-1": _INCOMPLETE,
    "mining-licence-2": _INCOMPLETE,
    "pool-accreditation": _INCOMPLETE_POOL,
    "secured-asset-permit": _INCOMPLETE_SECURED,
}
_UNCURED = Ground(
    "nbk.platform.repeat.uncured", _("The reasons of the refusal are not removed."), Source(LDA, "6(19)"), D259
)
_REPEAT: dict[str, tuple[Ground, ...]] = {
    "nbk-dfa-platform": (_UNCURED,),
    "nbk-trading-platform": (_UNCURED,),
}
_PAUSE: dict[str, tuple[Ground, ...]] = {
    "nbk-dfa-platform": _PLATFORM_PAUSE,
    "nbk-trading-platform": _PLATFORM_PAUSE,
}


def listed(lists: Mapping[str, tuple[Ground, ...]], kind: str, rule: str, on: date) -> tuple[Ground, ...]:
    """The items of a kind's list that apply on a day. NotInForce(`<kind>.<rule>`) where none does."""
    as_day(on)
    found = tuple(one for one in lists.get(kind, ()) if one.applies(on))
    if not found:
        raise NotInForce(f"{kind}.{rule}", on)
    return found


def refusal_grounds(kind: str, on: date) -> tuple[Ground, ...]:
    """The closed list of grounds on which a permit of this kind may be refused; on = the day of the decision.

    Seven for Law 202-V (Art. 32(1)), six for platforms (LDA 6(18)), four for exchangers (12-3), three for the special
    regime (National Bank law 51-5(4)), five for pools and three for firms of the AIFC (assumed). NotInForce where the
    kind has no list on that day or it is not known."""
    return listed(_REFUSAL, kind, "refusal-grounds", on)


def incompleteness_reasons(kind: str, on: date) -> tuple[Ground, ...]:
    """What may be missing so that the application is refused consideration (Law 202-V 25(1)): the papers of Art. 29(3).

    on = the day of the refusal to consider. This is no refusal of a licence, and no ground of Art. 32 is needed.
    NotInForce where the kind knows no such outcome."""
    return listed(_INCOMPLETENESS, kind, "incomplete-outcome", on)


def pause_cases(kind: str, on: date) -> tuple[Ground, ...]:
    """In which cases the authority may stop the review of this kind (LDA 6(16): three); on = the day of the pause.

    NotInForce where the law lets nothing stop it, as for mining licences and exchangers."""
    return listed(_PAUSE, kind, "pause-cases", on)


def repeat_reasons(kind: str, on: date) -> tuple[Ground, ...]:
    """Why a filing that follows a refusal may be refused consideration (LDA 6(19)); on = the day of that refusal.

    NotInForce where the law knows no such outcome."""
    return listed(_REPEAT, kind, "repeat-reasons", on)
