"""Suspension, its length and grounds, who ends a licence, what holds meanwhile: at their boundary days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.licensing import due, due_by
from law.life import (
    closing_grounds,
    draft_notice,
    ending_body,
    ending_grounds,
    months_after,
    suspension,
    suspension_grounds,
    suspension_limits,
    suspension_problems,
)
from law.provisions import NotInForce
from law.standing import may_while

RULE = "nbk.exchanger.draft_notice"


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-07-01", 6, "2027-01-01"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2028-02-29", 6, "2028-08-29"),
        ("2026-11-30", 3, "2027-02-28"),
    ],
)
def test_months_end_with_the_same_day_or_the_last(start: str, months: int, end: str) -> None:
    assert months_after(day(start), months) == day(end)
    days = suspension("mining-licence-1", day(start), months)
    assert (days.from_on, days.until) == (day(start), day(end))
    assert any(end in str(line) for line in days.arithmetic)


@given(st.dates(date(2024, 2, 11), date(2090, 1, 1)), st.integers(1, 6))
def test_a_suspension_never_ends_before_its_months(start: date, months: int) -> None:
    until = months_after(start, months)
    assert (until.year * 12 + until.month) - (start.year * 12 + start.month) == months
    assert until.day <= start.day


@pytest.mark.parametrize(
    ("months", "on", "codes"),
    [
        (0, "2026-06-16", ["suspension-length"]),
        (1, "2026-06-16", []),
        (6, "2026-06-16", []),
        (7, "2026-06-16", ["suspension-length"]),
        (None, "2026-06-16", ["suspension-length"]),
        (3, "2024-02-11", []),
        (3, "2024-02-10", ["no-suspension"]),
    ],
)
def test_the_length_of_a_mining_suspension(months: int | None, on: str, codes: list[str]) -> None:
    found = suspension_problems("mining-licence-1", months, day(on))
    assert [one.code for one in found] == codes


def test_other_kinds_have_their_own_rules() -> None:
    on = day("2026-06-16")
    assert suspension_problems("nbk-exchanger", None, on) == []  # no length in the law
    assert suspension("nbk-exchanger", on, None).until is None
    assert [one.code for one in suspension_problems("nbk-dfa-platform", 2, on)] == ["no-suspension"]
    assert suspension_limits("nbk-exchanger", on).longest is None
    with pytest.raises(ValueError, match="unknown kind"):
        suspension_grounds("no-such-kind", on)


@pytest.mark.parametrize(
    ("lists", "kind", "first", "count"),
    [
        (suspension_grounds, "mining-licence-2", "2024-02-11", 6),
        (suspension_grounds, "nbk-exchanger", "2026-05-01", 7),
        (ending_grounds, "nbk-exchanger", "2026-05-01", 5),
        (ending_grounds, "nbk-dfa-platform", "2026-05-01", 11),
        (ending_grounds, "nbk-trading-platform", "2026-05-01", 11),
    ],
)
def test_closed_lists_begin_on_their_day(lists: object, kind: str, first: str, count: int) -> None:
    listed = lists  # a function of law.life
    assert len(listed(kind, day(first))) == count  # type: ignore[operator]  # parametrized
    with pytest.raises(NotInForce):
        listed(kind, date.fromordinal(day(first).toordinal() - 1))  # type: ignore[operator]  # parametrized


def test_the_eight_cases_of_an_end() -> None:
    assert [one.source.article for one in closing_grounds("mining-licence-1", day("2026-06-16"))] == [
        f"35(1)({number})" for number in range(1, 9)
    ]


@pytest.mark.parametrize(
    ("kind", "on", "who"),
    [
        ("mining-licence-1", "2024-02-11", "court"),
        ("mining-licence-2", "2026-11-26", "court"),
        ("nbk-exchanger", "2026-05-01", "authority"),
        ("nbk-dfa-platform", "2026-05-01", "authority"),
        ("secured-asset-permit", "2026-04-30", "court"),
    ],
)
def test_who_takes_a_licence_away(kind: str, on: str, who: str) -> None:
    assert ending_body(kind, day(on)).value == who


@pytest.mark.parametrize(
    ("kind", "on"),
    [("mining-licence-1", "2024-02-10"), ("nbk-exchanger", "2026-04-30"), ("secured-asset-permit", "2026-05-01")],
)
def test_nobody_takes_it_away_where_the_law_is_silent(kind: str, on: str) -> None:
    with pytest.raises(NotInForce):
        ending_body(kind, day(on))


@pytest.mark.parametrize(
    ("told", "until"),
    [
        ("2026-06-16", "2026-06-19"),  # three working days, the day itself not counted
        ("2026-06-18", "2026-06-23"),  # a weekend between
        ("2026-07-03", "2026-07-09"),  # Capital Day on Monday 6 July
        ("2026-12-30", "2027-01-06"),  # New Year, 1 and 2 January and the weekend
    ],
)
def test_the_exchanger_is_heard_on_a_draft(told: str, until: str) -> None:
    notice = draft_notice("nbk-exchanger", RULE, day(told))
    assert notice is not None
    assert notice.due_on == day(until)
    assert draft_notice("nbk-exchanger", RULE, day("2026-04-30")) is None


@pytest.mark.parametrize(
    ("rule", "base", "end"),
    [
        ("revocation-start", "2026-09-30", "2026-10-14"),
        ("revocation-start", "2026-12-20", "2027-01-05"),
        ("cure-check", "2026-06-16", "2026-06-30"),
        ("cure-check", "2026-04-27", "2026-05-14"),
        ("resume-voluntary", "2026-06-16", "2026-06-19"),
        ("correction", "2026-06-19", "2026-06-23"),
        ("reissue", "2026-12-31", "2027-01-08"),
    ],
)
def test_terms_of_a_licence(rule: str, base: str, end: str) -> None:
    assert due("mining-licence-1", rule, day(base)).due_on == day(end)


def test_terms_of_practice_say_that_they_are_ours() -> None:
    term = due_by("permit.breach-explanation", day("2026-06-16"))
    assert term.due_on == day("2026-06-23")
    assert not term.provision.is_confirmed
    assert "unconfirmed" in term.arithmetic[-1]


def test_what_one_may_do_meanwhile() -> None:
    answers = {
        state: {one.act: one.answer for one in may_while(state)} for state in ("in_force", "suspended", "uncured")
    }
    assert answers["in_force"]["activity"] == "yes"
    assert answers["suspended"]["activity"] == "no"
    assert answers["uncured"]["activity"] == "no"
    assert answers["suspended"]["resumption"] == answers["uncured"]["resumption"] == "yes"
    assert answers["uncured"]["reissue"] == "unclear"
    bank = {one.act: one for one in may_while("in_force", "nbk-dfa-platform")}
    assert {one.confidence for one in bank.values()} == {"assumed"}
    assert (bank["activity"].answer, bank["reissue"].answer) == ("yes", "unclear")
    assert {one.answer for one in may_while("in_force", "pool-accreditation")} == {"yes", "no"}
    ended = {one.act: one.answer for one in may_while("revoked")}
    assert ended == {one.act: one.answer for one in may_while("expired")}
    assert ended["activity"] == "no"
    acts = {tuple(one.act for one in may_while(state)) for state in ("in_force", "suspended", "uncured", "ended")}
    assert len(acts) == 1  # every state answers every act
    assert all(set(one.ground()) >= {"act", "article", "confidence"} for one in may_while("suspended"))
