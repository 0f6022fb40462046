"""What the tables of the perimeter do not say row by row: which table a day has, how an asset is read, and who asks.

Each rule has a code, which the answer names; `row` means that a row of the table answers as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from law.exchanges import first, second, third
from law.exchanges.cells import ALL_FOUR, BANK_NOT_POST, BANK_ONLY, Cell, Row, ban, free, out
from law.exchanges.codes import (
    CENTRAL_BANK,
    DEAL,
    DEPOSITORY,
    DFA,
    EXCHANGE,
    FIXED_VALUE,
    MINE,
    MINER,
    NATIONAL,
    NATIONAL_BANK,
    POST,
    SECURED,
    SETTLE,
    STATE_BODY,
    STOCK_EXCHANGE,
    STORE,
    UNSECURED,
    Verdict,
)
from law.mining import exclusive_activity
from law.problems import Line, _
from law.provisions import D115, D205, D231, D259, FIXED_VALUE_ORDER, LDA_START, Confidence

_DAY_BEFORE: Final = timedelta(days=1)
EARLIER = Line(_("The table is written for the edition of %(day)s; for earlier days it is assumed."), day=D115)
NOT_READ = Line(_("The text of the law from %(first)s to %(last)s was not read."), first=D205, last=D231 - _DAY_BEFORE)
NO_DFA_YET = Line(
    _(
        "The law knows digital financial assets from %(day)s only: ask again for the asset as secured, unsecured or a"
        " security."
    ),
    day=D259,
)
NO_SECURED_MORE = Line(
    _(
        "The law knows no secured assets since %(day)s: the answer is that for an unsecured asset. One that is issued"
        " on a platform of digital financial assets is a digital financial asset: ask for that."
    ),
    day=D259,
)
AS_UNSECURED = _("An asset of fixed value is an unsecured one; that its answers are the same is assumed.")
NO_CRITERIA_YET = Line(_("Criteria for assets of fixed value exist from %(day)s only."), day=FIXED_VALUE_ORDER)
CRITERIA_DOUBTFUL = Line(
    _("The ministry's power to set criteria for fixed value ended on %(day)s: whether they still hold is not known."),
    day=D259,
)
MONEY_BACKED = _(
    "One that is backed by money and issued on a platform of digital financial assets is a digital financial asset of"
    " the first kind: ask for that."
)
ONLY_UNSECURED_MINED = _("Only unsecured assets are mined.")
OWN_OUTPUT = _("Only what the miner mined itself.")
OWN_SEIZED = _("Only arrested, seized or confiscated assets.")
NOT_FOR_CLIENTS = _("Not as a service to clients.")
MEET_REQUIREMENTS = _("Without registration, but the qualification requirements must be met.")
POST_LATER = Line(
    _("The law of that day names banks alone; the National Postal Operator stands beside them since %(day)s."), day=D231
)


@dataclass(frozen=True, slots=True)
class Edition:
    """The table that answers from a day on. `assumed`: said of every answer of it, where it is only assumed."""

    code: str
    since: date
    rows: Mapping[tuple[str, str], Row]
    grounds: Mapping[str, tuple[str, ...]]
    assumed: Line | None = None


def _by_key(rows: tuple[Row, ...]) -> Mapping[tuple[str, str], Row]:
    return MappingProxyType({(row.activity, row.asset): row for row in rows})


def _between() -> tuple[Row, ...]:
    """The first table with the cells of the National Bank for which the second names the special regime."""
    later = _by_key(second.ROWS)
    found = []
    for row in first.ROWS:
        other = later[row.activity, row.asset].national_bank
        found.append(replace(row, national_bank=other) if "nbk-special-regime" in other.kinds else row)
    return tuple(found)


EDITIONS: tuple[Edition, ...] = (
    Edition("first-assumed", LDA_START, _by_key(first.ROWS), first.GROUNDS, EARLIER),
    Edition("first", D115, _by_key(first.ROWS), first.GROUNDS),
    Edition("between", D205, _by_key(_between()), first.GROUNDS, NOT_READ),
    Edition("second", D231, _by_key(second.ROWS), second.GROUNDS),
    Edition("third", D259, _by_key(third.ROWS), third.GROUNDS),
)

#: What each rule says, for those who compare it with the sources. Msgids.
RULES: Mapping[str, Line] = MappingProxyType(
    {
        "row": Line(_("A row of the table of the day.")),
        "no-dfa-yet": Line(_("A digital financial asset before %(day)s: outside, assumed."), day=D259),
        "only-unsecured-mined": Line(_("Mining of any other asset than an unsecured one: outside, assumed.")),
        "postal-operator-later": Line(
            _("Accounts at the National Postal Operator before %(day)s: prohibited, assumed."), day=D231
        ),
        "named-cases": Line(
            _(
                "From %(day)s a miner's own output, assets seized by the state, and the National Bank: dealing in and"
                " keeping of unsecured assets is allowed at any venue."
            ),
            day=D259,
        ),
        "without-registration": Line(
            _(
                "From %(day)s a stock exchange and the central depository act where an operator of a platform may, with"
                " no registration."
            ),
            day=D259,
        ),
        "exclusive-activity": Line(
            _("To %(day)s a miner may have no other activity: prohibited."), day=D231 - _DAY_BEFORE
        ),
    }
)
ROW: Final = "row"


@dataclass(frozen=True, slots=True)
class Found:
    """A cell, the rule that gave it, the asset whose row was read, and the codes on which it stands."""

    cell: Cell
    rule: str
    read_as: str
    codes: tuple[str, ...]


def edition_of(on: date) -> Edition:
    """The table of a day from 2023-04-01 on."""
    return [one for one in EDITIONS if one.since <= on][-1]


def read_as(asset: str, on: date) -> tuple[str, tuple[str, ...]]:
    """The class whose row answers on a day, and what is said of it. That a secured asset is unsecured from the third
    table on is text; that one of fixed value has the answers of an unsecured one is assumed."""
    if asset == SECURED and on >= D259:
        return UNSECURED, (NO_SECURED_MORE,)
    if asset == FIXED_VALUE:
        if on < FIXED_VALUE_ORDER:
            return UNSECURED, (AS_UNSECURED, NO_CRITERIA_YET)
        return UNSECURED, (AS_UNSECURED, CRITERIA_DOUBTFUL, MONEY_BACKED) if on >= D259 else (AS_UNSECURED,)
    return asset, ()


def find(activity: str, asset: str, venue: str, on: date, who: str) -> Found:
    """The answer of the tables and rules, before who may hold the permit is looked at."""
    edition, (read, remarks) = edition_of(on), read_as(asset, on)
    if read == DFA and on < D259:
        return Found(out(notes=(NO_DFA_YET,)), "no-dfa-yet", read, ())
    if activity == MINE and read != UNSECURED:
        return Found(out(notes=(ONLY_UNSECURED_MINED,)), "only-unsecured-mined", read, ())
    row = edition.rows.get((activity, read)) or edition.rows[activity, ALL_FOUR]
    cell, rule = row.at(venue), ROW
    for named, test in _BY_WHO.items():
        other = test(row, venue, on, who)
        if other is not None:
            cell, rule = other, named
            break
    codes = edition.grounds.get(cell.articles, _BY_RULE.get(rule, ()))
    if asset == SECURED and read == UNSECURED:
        codes = (*codes, "unsecured-digital-asset")
    confidence: Confidence = "assumed" if edition.assumed or asset == FIXED_VALUE else cell.confidence
    notes = tuple(one for one in (edition.assumed, *remarks, *cell.notes) if one)
    return Found(replace(cell, confidence=confidence, notes=notes), rule, read, codes)


def _postal_operator_later(row: Row, venue: str, on: date, who: str) -> Cell | None:
    cell = row.at(venue)
    if who != POST or row.activity != SETTLE or not {BANK_ONLY, BANK_NOT_POST} & set(cell.conditions):
        return None
    return ban(cell.articles, "assumed", notes=(POST_LATER,))


_NAMED: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        STATE_BODY: ("12-1(1)(4)", (OWN_SEIZED,)),
        MINER: ("12-1(1)(5)", (OWN_OUTPUT,)),
        CENTRAL_BANK: ("12-1(1)(6)", ()),
    }
)


def _named_cases(row: Row, venue: str, on: date, who: str) -> Cell | None:
    """Art. 12-1(1)(4)-(6): turnover of their own; a service to others stays what the row says it is."""
    if on < D259 or who not in _NAMED or row.asset != UNSECURED or row.activity not in (DEAL, EXCHANGE, STORE):
        return None
    articles, conditions = _NAMED[who]
    own = (NOT_FOR_CLIENTS,) if who == MINER and row.activity != DEAL else ()
    return free(articles, "text", when=(*conditions, *own))


def _without_registration(row: Row, venue: str, on: date, who: str) -> Cell | None:
    """Art. 6(24): what a registered operator may, these may without registration, also with no other standing."""
    if on < D259 or who not in (STOCK_EXCHANGE, DEPOSITORY) or venue not in (NATIONAL, NATIONAL_BANK):
        return None
    registered = row.national_bank
    if not {"nbk-dfa-platform", "nbk-trading-platform"} & set(registered.kinds):
        return None
    return Cell(Verdict.ALLOWED, (), "6(24)", registered.confidence, (MEET_REQUIREMENTS,))


def _exclusive_activity(row: Row, venue: str, on: date, who: str) -> Cell | None:
    """Art. 8(6): it bars other activity, not what the miner does with its own output or with a bank."""
    if who != MINER or not exclusive_activity(on) or row.activity in (MINE, DEAL, SETTLE):
        return None
    barred = row.at(venue).verdict in (Verdict.PERMIT_NEEDED, Verdict.ALLOWED)
    return ban("8(6)", "text") if barred else None


_BY_WHO: Mapping[str, Callable[[Row, str, date, str], Cell | None]] = MappingProxyType(
    {
        "postal-operator-later": _postal_operator_later,
        "named-cases": _named_cases,
        "without-registration": _without_registration,
        "exclusive-activity": _exclusive_activity,
    }
)
_BY_RULE: Mapping[str, tuple[str, ...]] = MappingProxyType({"exclusive-activity": ("mining.exclusive_activity",)})
