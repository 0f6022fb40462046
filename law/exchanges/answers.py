"""The perimeter: one answer with its grounds, its doubts, and the days between which it holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from law.definitions import TERMS, Definition, NotDefined, changed, definition
from law.definitions import Edition as LawEdition
from law.definitions import edition as law_edition
from law.exchanges import holders, rules
from law.exchanges.codes import ACTIVITIES, ASSETS, KINDS, VENUES, WHO, Verdict
from law.mining import LEGAL_ENTITY
from law.problems import Line, as_day
from law.provisions import (
    FIXED_VALUE_ORDER,
    LDA_START,
    UNCONFIRMED_DAYS,
    Confidence,
    NotInForce,
    Provision,
    history,
    provision,
)

Permit = tuple[str, str]  # kind and authority


@dataclass(frozen=True, slots=True)
class Answer:
    """What the law says of an activity on a day.

    `permits`: (kind, authority), of which one is needed. `articles` as the sources cite them; `grounds` and `terms` are
    the rows that they stand for on that day. `conditions` limit the answer, `notes` tell doubts and what else to know.
    `read_as` is the class of asset whose row answered, `rule` the rule (`row` for the table alone). The answer is the
    same from `since` to the day before `until` (None: no end known).
    """

    activity: str
    asset: str
    venue: str
    who: str
    on: date
    verdict: Verdict
    permits: tuple[Permit, ...]
    articles: str
    grounds: tuple[Provision, ...]
    terms: tuple[Definition, ...]
    confidence: Confidence
    conditions: tuple[Line, ...]
    notes: tuple[Line, ...]
    read_as: str
    rule: str
    since: date
    until: date | None

    @property
    def is_confirmed(self) -> bool:
        """False where the answer is only assumed or known from a commentary: say *unconfirmed* then."""
        return self.confidence not in ("source", "assumed")

    @property
    def day_confidence(self) -> Confidence:
        """How sure `since` and `until` are."""
        return "assumed" if {self.since, self.until} & UNCONFIRMED_DAYS else "text"

    @property
    def edition(self) -> LawEdition:
        """The edition of the law in force on the day."""
        found = law_edition(self.on)
        if found is None:  # the perimeter begins with the first edition
            raise NotInForce("law.digital_assets", self.on)
        return found

    def substance(self) -> tuple[object, ...]:
        """What makes two answers the same: the verdict, its permits, grounds and limits."""
        return (self.verdict, self.permits, self.articles, self.confidence, self.conditions, self.notes, self.grounds,
                self.terms, self.read_as, self.rule)  # fmt: skip


def perimeter(activity: str, asset: str, venue: str, on: date, who: str = LEGAL_ENTITY) -> Answer:
    """What the law of the day says of an activity with an asset at a venue. The day is that of the activity.

    `settle` is answered for a bank, and for the National Postal Operator where the law names it, whoever asks. For days
    before 2025-01-08 the first table is assumed. ValueError for a code that is not known, TypeError for a datetime,
    NotInForce before 2023-04-01."""
    for code, known in ((activity, ACTIVITIES), (asset, ASSETS), (venue, VENUES), (who, WHO)):
        if code not in known:
            raise ValueError(f"unknown code: {code!r}")
    if as_day(on) < LDA_START:
        raise NotInForce("law.digital_assets", on)
    found = next(one for one in spans(activity, asset, venue, who) if one.until is None or on < one.until)
    if found.since == on:
        return found
    return replace(found, on=on)


@lru_cache(maxsize=4096)
def spans(activity: str, asset: str, venue: str, who: str = LEGAL_ENTITY) -> tuple[Answer, ...]:
    """Every answer to the question, oldest first, each as of its first day; together they cover all days."""
    merged: list[Answer] = []
    for day in _days(activity, asset, venue, who):
        answer = _answer(activity, asset, venue, day, who)
        if not merged or merged[-1].substance() != answer.substance():
            merged.append(answer)
    return tuple(replace(one, until=later.since if later else None) for one, later in pairwise([*merged, None]) if one)


def next_answer(answer: Answer) -> Answer | None:
    """The answer that follows, as of its first day; None where no change is known."""
    if answer.until is None:
        return None
    return perimeter(answer.activity, answer.asset, answer.venue, answer.until, answer.who)


def _days(activity: str, asset: str, venue: str, who: str) -> list[date]:
    """The days on which the answer may change: those of the tables, of the rules, and of what the answers stand on."""
    starts = [one.since for one in rules.EDITIONS] + [FIXED_VALUE_ORDER]
    days = {*starts, *(row.in_force for row in history("mining.sale_share"))}
    for start in starts:
        for code in rules.find(activity, asset, venue, start, who).codes:
            for row in changed(code) if code in TERMS else history(code):
                days |= {row.in_force} | ({row.repealed} if row.repealed else set())
    return sorted(day for day in days if day >= LDA_START)


def _answer(activity: str, asset: str, venue: str, on: date, who: str) -> Answer:
    found = rules.find(activity, asset, venue, on, who)
    cell = found.cell
    limits = holders.limits(activity, found.read_as, venue, on, who, cell.kinds)
    share = holders.sale_share(activity, found.read_as, venue, on, who)
    codes = dict.fromkeys((*found.codes, *(code for _text, code in limits)))
    rows = [row for code in codes if code not in TERMS and (row := _row(code, on)) is not None]
    return Answer(
        activity=activity,
        asset=asset,
        venue=venue,
        who=who,
        on=on,
        verdict=cell.verdict,
        permits=tuple((kind, KINDS[kind]) for kind in cell.kinds),
        articles=cell.articles,
        grounds=tuple([*rows, share[1]] if share else rows),
        terms=tuple(term for code in codes if code in TERMS and (term := _term(code, on)) is not None),
        confidence=cell.confidence,
        conditions=_lines((*cell.conditions, *(text for text, _code in limits))),
        notes=_lines((*cell.notes, share[0]) if share else cell.notes),
        read_as=found.read_as,
        rule=found.rule,
        since=on,
        until=None,
    )


def _lines(texts: tuple[str, ...]) -> tuple[Line, ...]:
    return tuple(text if isinstance(text, Line) else Line(text) for text in texts)


def _row(code: str, on: date) -> Provision | None:
    try:
        return provision(code, on)
    except NotInForce:
        return None


def _term(code: str, on: date) -> Definition | None:
    try:
        return definition(code, on)
    except NotDefined:
        return None
