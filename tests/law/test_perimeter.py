"""The perimeter against tables read from the law apart from the code, on both sides of each change, for all who ask."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise, product
from pathlib import Path
from typing import NamedTuple

import pytest

from config.perimeter_page import perimeter_page
from law.exchanges import (
    ACTIVITIES,
    ASSETS,
    KINDS,
    VENUES,
    VERDICTS,
    WHO,
    Verdict,
    frozen,
    later,
    next_answer,
    perimeter,
    spans,
)
from law.exchanges.cells import BANK_NOT_POST, BANK_ONLY, BANK_OR_POST, CLIENT_LICENSED, CLIENT_REGISTERED
from law.exchanges.rules import EDITIONS, RULES
from law.provisions import D115, D205, D231, D259, FIXED_VALUE_ORDER, LDA_START, NotInForce

FACTS = Path(__file__).with_name("perimeter_tables.md").read_text()
DAY = timedelta(days=1)
#: The days on which each of the three tables holds: its first, the one it is written for, its last.
HOLDS = {
    "2025-06-01": (date(2025, 1, 8), date(2025, 6, 1), date(2025, 8, 30)),
    "2026-02-01": (date(2026, 1, 18), date(2026, 2, 1), date(2026, 4, 30)),
    "2026-06-01": (date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 12), date(2031, 1, 1)),
}
ARTICLES = re.compile(
    r"AIFC law; 6\(5\)|AIFC law|banking law|advertising law not read"
    r"|\d[\d-]*(?:\([\d-]+\))*(?:-\(\d\))?(?:, (?:\d[\d-]*)?(?:\([\d-]+\))+)*"
)
CONFIDENCE = ("text", "official", "secondary", "source", "assumed")
BANKS = {
    "bank": BANK_ONLY,
    "bank, not postal": BANK_NOT_POST,
    "bank or postal": BANK_OR_POST,
    "bank or postal, client licensed": BANK_OR_POST,
    "bank or postal, client registered": BANK_OR_POST,
}


class Told(NamedTuple):
    """A cell of the tables."""

    verdict: str
    kinds: frozenset[str]
    articles: str
    confidence: str
    words: str


def read_cell(text: str) -> Told:
    first, *parts = [part.strip() for part in text.replace("**", "").split(" · ")]
    verdict, _space, words = first.partition(" ")
    named = words.partition(" (national-exchange closed)")[0].replace("mining-licence-1 or -2", " ".join(MINING))
    named = named.replace("aifc (other licence)", "aifc-provider")
    kinds = frozenset(kind for kind in KINDS if kind in named)
    confidence = parts.pop() if parts and parts[-1] in CONFIDENCE else "assumed"
    articles = ARTICLES.match(parts[0]) if parts else None
    return Told(verdict, kinds, articles[0] if articles else "", confidence, words)


MINING = ("mining-licence-1", "mining-licence-2")


def read_tables() -> Iterator[tuple[str, str, str, str, Told]]:
    """(table, activity, asset or "all four", venue, cell)."""
    table, venues = "", list(VENUES)
    for line in FACTS.splitlines():
        if line.startswith("### "):
            table = line[4:]
        elif line.startswith("| ") and not line.startswith("| activity"):
            activity, asset, *cells = [part.strip() for part in line.strip("| ").split(" | ")]
            for venue, cell in zip(venues, cells, strict=True):
                yield table, activity, asset, venue, read_cell(cell)


ROWS = {(table, activity, asset, venue): told for table, activity, asset, venue, told in read_tables()}


def expected(table: str, activity: str, asset: str, venue: str) -> Told:
    """What the tables and the words above them say of one question."""
    nothing = Told("outside", frozenset(), "", "assumed", "")
    if asset == "dfa" and table != "2026-06-01":
        return nothing
    read, confidence = asset, ""
    if asset == "fixed_value":
        read, confidence = "unsecured", "assumed"
    if asset == "secured" and table == "2026-06-01":
        read = "unsecured"
    if activity == "mine" and read != "unsecured":
        return nothing
    told = ROWS.get((table, activity, read, venue)) or ROWS[table, activity, "all four", venue]
    return told._replace(confidence=confidence or told.confidence)


def test_the_tables_are_read_whole() -> None:
    assert {table for table, *_rest in ROWS} == set(HOLDS)
    assert len([1 for key in ROWS if key[0] == "2025-06-01"]) == 17 * 4
    assert len(ROWS) == (17 + 17 + 17) * 4
    assert ROWS["2026-06-01", "exchange_fiat", "unsecured", "national_bank"] == Told(
        "permit_needed",
        frozenset({"nbk-exchanger", "nbk-trading-platform", "nbk-special-regime"}),
        "12-1(1)(1), (3), 12-2(1)",
        "text",
        "nbk-exchanger or nbk-trading-platform or nbk-special-regime",
    )


@pytest.mark.parametrize("table", HOLDS)
def test_every_cell_is_that_of_the_tables(table: str) -> None:
    wrong: list[tuple[object, ...]] = []
    for on, activity, asset, venue in product(HOLDS[table], ACTIVITIES, ASSETS, VENUES):
        told, answer = expected(table, activity, asset, venue), perimeter(activity, asset, venue, on)
        given = (str(answer.verdict), frozenset(kind for kind, _body in answer.permits), answer.articles)
        if (*given, answer.confidence) != told[:4]:
            wrong.append((on.isoformat(), activity, asset, venue, given, answer.confidence, told))
        banks = BANKS.get(told.words) if activity == "settle" else None
        if banks and banks not in answer.conditions:
            wrong.append((on.isoformat(), activity, asset, venue, answer.conditions, told.words))
        for word, condition in (("client licensed", CLIENT_LICENSED), ("client registered", CLIENT_REGISTERED)):
            if (word in told.words) != (condition in answer.conditions):
                wrong.append((on.isoformat(), activity, asset, venue, answer.conditions, told.words))
    assert wrong == []


@pytest.mark.parametrize("on", [LDA_START, D115 - DAY])
def test_before_2025_the_first_table_is_assumed(on: date) -> None:
    for activity, asset, venue in product(ACTIVITIES, ASSETS, VENUES):
        answer, told = perimeter(activity, asset, venue, on), expected("2025-06-01", activity, asset, venue)
        assert str(answer.verdict) == told.verdict, (activity, asset, venue)
        assert frozenset(kind for kind, _body in answer.permits) == told.kinds
        assert answer.confidence == "assumed"
        assert not answer.is_confirmed
        assert answer.notes


@pytest.mark.parametrize("on", [D205, date(2025, 12, 1), D231 - DAY])
def test_from_the_special_regime_to_law_231_its_column_is_that_of_the_second_table(on: date) -> None:
    for activity, asset, venue in product(ACTIVITIES, ASSETS, VENUES):
        told = expected("2025-06-01", activity, asset, venue)
        if venue == "national_bank":
            after = expected("2026-02-01", activity, asset, venue)
            told = after if "nbk-special-regime" in after.kinds else told
        answer = perimeter(activity, asset, venue, on)
        assert (str(answer.verdict), frozenset(kind for kind, _body in answer.permits)) == told[:2]
        assert answer.confidence == "assumed"


def test_before_the_law_nothing_is_in_force() -> None:
    with pytest.raises(NotInForce):
        perimeter("mine", "unsecured", "national", LDA_START - DAY)


@pytest.mark.parametrize(
    "question",
    [
        ("mining", "unsecured", "national", "person"),
        ("mine", "bitcoin", "national", "person"),
        ("mine", "unsecured", "moon", "person"),
        ("mine", "unsecured", "national", "robot"),
    ],
)
def test_an_unknown_code_is_an_error(question: tuple[str, str, str, str]) -> None:
    activity, asset, venue, who = question
    with pytest.raises(ValueError, match="unknown code"):
        perimeter(activity, asset, venue, date(2026, 6, 1), who)


SIDES = sorted(
    {day for change in (D115, D205, FIXED_VALUE_ORDER, D231, date(2026, 3, 19), D259, date(2026, 7, 12))
     for day in (change - DAY, change)} | {LDA_START, date(2024, 1, 1), date(2024, 12, 31), date(2026, 11, 27)}
)  # fmt: skip


def test_every_combination_is_answered_by_a_row_or_a_named_rule() -> None:
    tables = {one.code: one for one in EDITIONS}
    assert tables.keys() == {"first-assumed", "first", "between", "second", "third"}
    for activity, asset, venue, who, on in product(ACTIVITIES, ASSETS, VENUES, WHO, SIDES):
        answer = perimeter(activity, asset, venue, on, who)
        assert answer.rule in RULES
        assert answer.verdict in VERDICTS
        assert answer.since <= on
        assert answer.until is None or on < answer.until
        assert bool(answer.permits) == (answer.verdict == Verdict.PERMIT_NEEDED)
        if answer.rule == "row":
            table = [one for one in EDITIONS if one.since <= on][-1]
            keys = {(activity, answer.read_as), (activity, "all four")}
            assert len(keys & table.rows.keys()) == 1


def test_what_is_unclear_is_never_shown_as_allowed() -> None:
    assert VERDICTS[Verdict.UNCLEAR] != VERDICTS[Verdict.ALLOWED]
    for key, told in ROWS.items():
        if told.verdict == "unclear":
            table, activity, asset, venue = key
            for one in ASSETS if asset == "all four" else (asset,):
                if expected(table, activity, one, venue).verdict == "unclear":
                    answer = perimeter(activity, one, venue, date.fromisoformat(table))
                    assert answer.verdict == Verdict.UNCLEAR
                    assert frozen(answer)["verdict"] == "unclear"


def test_every_article_of_the_law_leads_to_a_rule() -> None:
    unread = {"", "banking law", "advertising law not read"}
    for activity, asset, venue, who, on in product(ACTIVITIES, ASSETS, VENUES, WHO, SIDES):
        answer = perimeter(activity, asset, venue, on, who)
        assert answer.articles in unread or answer.grounds or answer.terms, (activity, asset, venue, who, on)


def test_spans_cover_all_days_without_a_gap() -> None:
    for activity, asset, venue, who in product(ACTIVITIES, ASSETS, VENUES, WHO):
        found = spans(activity, asset, venue, who)
        assert found[0].since == LDA_START
        assert found[-1].until is None
        for before, after in pairwise(found):
            assert before.until == after.since
            assert before.substance() != after.substance()
            assert next_answer(before) == after


@pytest.mark.parametrize(
    ("question", "changes"),
    [
        (
            ("deal_own", "unsecured", "national"),
            [
                (LDA_START, "prohibited"),
                (D115, "prohibited"),
                (D205, "prohibited"),
                (D231, "allowed"),
                (D259, "unclear"),
            ],
        ),
        (
            ("operate_platform", "unsecured", "national_bank"),
            [
                (LDA_START, "prohibited"),
                (D115, "prohibited"),
                (D205, "permit_needed"),
                (D231, "permit_needed"),
                (D259, "permit_needed"),
            ],
        ),
        (("issue", "dfa", "national_bank"), [(LDA_START, "outside"), (D259, "permit_needed")]),
        (("mine", "dfa", "national"), [(LDA_START, "outside"), (D259, "outside")]),
    ],
)
def test_what_changes_when(question: tuple[str, str, str], changes: list[tuple[date, str]]) -> None:
    assert [(one.since, str(one.verdict)) for one in spans(*question)] == changes


def test_the_days_between_which_it_holds_are_as_sure_as_the_days() -> None:
    answer = perimeter("deal_own", "unsecured", "national", date(2026, 2, 1))
    assert (answer.since, answer.until, answer.confidence) == (D231, D259, "text")
    assert answer.day_confidence == "assumed"
    assert perimeter("deal_own", "unsecured", "national", date(2026, 6, 1)).day_confidence == "text"


@pytest.mark.parametrize(
    ("activity", "venue", "who", "on", "verdict"),
    [
        ("deal_own", "national", "miner", D231 - DAY, "prohibited"),
        ("deal_own", "national", "miner", D259, "allowed"),
        ("deal_own", "abroad", "miner", D259, "allowed"),
        ("deal_own", "abroad", "legal_entity", D259, "unclear"),
        ("operate_platform", "national", "miner", D259, "prohibited"),
        ("operate_platform", "aifc", "miner", D231 - DAY, "prohibited"),
        ("operate_platform", "aifc", "miner", D231, "permit_needed"),
        ("deal_own", "national", "state_body", D259, "allowed"),
        ("deal_own", "national", "nbk", D259, "allowed"),
        ("deal_own", "national", "nbk", D259 - DAY, "allowed"),
        ("deal_own", "national", "nbk", D231 - DAY, "prohibited"),
        ("settle", "aifc", "postal_operator", D231 - DAY, "prohibited"),
        ("settle", "aifc", "postal_operator", D231, "allowed"),
        ("settle", "aifc", "person", D231 - DAY, "allowed"),
        ("operate_platform", "national_bank", "stock_exchange", D259, "allowed"),
        ("operate_platform", "national", "depository", D259, "allowed"),
        ("operate_platform", "aifc", "stock_exchange", D259, "permit_needed"),
        ("operate_platform", "national", "stock_exchange", D259 - DAY, "prohibited"),
    ],
)
def test_who_asks_matters(activity: str, venue: str, who: str, on: date, verdict: str) -> None:
    assert str(perimeter(activity, "unsecured", venue, on, who).verdict) == verdict


def test_who_cannot_hold_the_permit_is_told() -> None:
    on = date(2026, 6, 1)
    for who in ("person", "foreign_entity"):
        answer = perimeter("mine", "unsecured", "national", on, who)
        assert answer.verdict == Verdict.PERMIT_NEEDED
        assert any("may mine" in text for text in answer.conditions)
    trader = perimeter("exchange_fiat", "unsecured", "national_bank", on, "sole_trader")
    assert "nbk.legal_form" in {one.code for one in trader.grounds}
    issuer = perimeter("issue", "dfa", "national_bank", on, "sole_trader")
    assert "dfa.issuer_resident_entity" in {one.code for one in issuer.grounds}


@pytest.mark.parametrize(
    ("on", "share"), [(date(2023, 12, 31), ""), (date(2024, 1, 1), "50%"), (date(2025, 1, 1), "75%"), (D231, "")]
)
def test_a_miner_is_told_what_of_his_sales_counts(on: date, share: str) -> None:
    said = [text for text in perimeter("deal_own", "unsecured", "aifc", on, "miner").notes if "of what is sold" in text]
    assert [share in text for text in said] == ([True] if share else [])


def test_a_kept_answer_is_compared_with_that_of_a_later_day() -> None:
    kept = frozen(perimeter("deal_own", "unsecured", "national", date(2026, 2, 1)))
    assert later(kept, date(2026, 4, 30)) is None
    other = later(kept, date(2026, 11, 27))
    assert other is not None
    assert (other.since, other.only_grounds, str(other.answer.verdict)) == (D259, False, "unclear")
    with pytest.raises(ValueError, match="before"):
        later(kept, date(2026, 1, 31))


def test_a_kept_answer_whose_grounds_alone_changed_says_so() -> None:
    kept = frozen(perimeter("mine", "unsecured", "national", date(2025, 6, 1)))
    other = later(kept, date(2026, 11, 27))
    assert other is not None
    assert (other.since, other.only_grounds) == (D205, True)


def test_a_correction_of_the_law_as_entered_is_told_from_the_day_of_the_answer() -> None:
    kept = frozen(perimeter("mine", "unsecured", "national", date(2026, 6, 1))) | {"verdict": "allowed"}
    other = later(kept, date(2026, 11, 27))
    assert other is not None
    assert (other.since, other.only_grounds) == (date(2026, 6, 1), False)


def test_the_page_for_lawyers_is_what_the_function_says() -> None:
    written = (Path(__file__).parents[2] / "docs" / "perimeter.md").read_text()
    notice = written.split("\n")[2]
    assert notice.startswith("<!-- Written by")
    assert written == "\n".join(perimeter_page(notice)).rstrip() + "\n"
