"""The cells of which the tables of the perimeter are made, and the remarks that they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from law.exchanges.codes import AIFC, ASSETS, NATIONAL, NATIONAL_BANK, Verdict
from law.problems import _
from law.provisions import Confidence

ALL_FOUR: Final = "all four"  # one row for every class of asset

# How the answer is limited. Msgids.
BANK_ONLY = _("Only by a second-tier bank.")
BANK_NOT_POST = _("Only by a second-tier bank, not by the National Postal Operator.")
BANK_OR_POST = _("Only by a second-tier bank or the National Postal Operator.")
CLIENT_LICENSED = _("Only for a client that holds the corresponding licence (permit).")
CLIENT_REGISTERED = _("Only for a client that is registered with the National Bank.")
ADMISSION = _("Together with an admission by a joint act of the AIFC, the National Bank and the financial regulator.")
HELD_BY_OPERATOR = _("The operator of the platform holds the registration; the issuer needs none of its own.")
QUALIFIED = _("Where the terms of issue require it, qualified investors only.")
NO_REGISTRATION = _("A stock exchange and the central depository need no registration, but must meet the requirements.")
FOR_OTHERS = _("This is about keeping them for others.")

# What is doubtful or worth knowing beside the answer. Msgids.
ASK_FIRST = _(
    "The ban covers organising turnover only, and the flat ban on issue had left the text; the legal commentary says"
    " that issue is prohibited. Do not issue; ask."
)
EXCHANGE_CLOSED = _(
    "The law of these months also knows a licence under the laws of Kazakhstan, but no rules for it were found: it"
    " cannot be applied for."
)
TURNOVER_UNDEFINED = _("The law bans turnover without saying what turnover is.")
NO_CLIENT = _("There is no lawful client at this place.")
ORGANISING_ONLY = _("Only organising turnover is banned, not dealing.")
ADVERTISING = _("The law on advertising was not read.")
NO_DFA_ABROAD = _("An asset issued abroad is no digital financial asset of this law.")
TERRITORY = _("The article speaks of the territory of Kazakhstan.")
WITH_RESIDENTS = _("Turnover is also a deal in which a resident of Kazakhstan takes part.")
OFF_PLATFORM = _("Digital financial assets are traded on the platforms of the two operators alone.")
MERE_TURNOVER = _(
    "The closed list of cases also names mere turnover, so that a deal off any licensed venue may be caught; an"
    " unsecured asset is in no case a means of payment."
)
EXCHANGER_DOUBTFUL = _("Whether an exchanger may issue is doubtful: exchange is its only business.")
JOINT_ISSUES = _(
    "Financial organisations and residents of Kazakhstan may issue in the AIFC, and participants of the AIFC on"
    " platforms registered with the National Bank, under joint acts; their rules are not known."
)
BY_NAME = _(
    "A miner's own output, assets arrested, seized or confiscated by the state, and what the National Bank and its"
    " subsidiaries do are allowed by name: ask for them."
)
STANDING_LOST = _(
    "Who is removed from the register or loses the licence stands outside the National Bank from that day: then the"
    " answer for Kazakhstan outside the AIFC applies."
)

#: Places in the law that are said in words. Msgids, for the edge that shows them.
PLACES = (_("AIFC law"), _("AIFC law; 6(5)"), _("banking law"), _("advertising law not read"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer of a table. `articles` as the sources cite them; `conditions` and `notes` are msgids or Lines."""

    verdict: Verdict
    kinds: tuple[str, ...] = ()
    articles: str = ""
    confidence: Confidence = "text"
    conditions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """An activity with a class of asset (or `ALL_FOUR`) at the four venues."""

    activity: str
    asset: str
    aifc: Cell
    national: Cell
    national_bank: Cell
    abroad: Cell

    @property
    def assets(self) -> tuple[str, ...]:
        return tuple(ASSETS) if self.asset == ALL_FOUR else (self.asset,)

    def at(self, venue: str) -> Cell:
        """The cell of a venue."""
        known = {AIFC: self.aifc, NATIONAL: self.national, NATIONAL_BANK: self.national_bank}
        return known.get(venue, self.abroad)


def need(
    kinds: str, articles: str, confidence: Confidence, *, when: tuple[str, ...] = (), notes: tuple[str, ...] = ()
) -> Cell:
    """One of the kinds (codes with spaces between) is needed."""
    return Cell(Verdict.PERMIT_NEEDED, tuple(kinds.split()), articles, confidence, when, notes)


def free(articles: str, confidence: Confidence, *, when: tuple[str, ...] = (), notes: tuple[str, ...] = ()) -> Cell:
    """Allowed without a permit of one's own, under the conditions."""
    return Cell(Verdict.ALLOWED, (), articles, confidence, when, notes)


def ban(articles: str, confidence: Confidence, *, when: tuple[str, ...] = (), notes: tuple[str, ...] = ()) -> Cell:
    """Prohibited."""
    return Cell(Verdict.PROHIBITED, (), articles, confidence, when, notes)


def doubt(articles: str = "", confidence: Confidence = "assumed", *, notes: tuple[str, ...] = ()) -> Cell:
    """The text does not answer."""
    return Cell(Verdict.UNCLEAR, (), articles, confidence, (), notes)


def out(articles: str = "", confidence: Confidence = "assumed", *, notes: tuple[str, ...] = ()) -> Cell:
    """This law does not reach it; that is assumed unless the sources say how they know."""
    return Cell(Verdict.OUTSIDE, (), articles, confidence, (), notes)
