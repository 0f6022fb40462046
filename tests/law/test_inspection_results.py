"""Closed lists, acts, registration, orders to cure, invalidity and fines."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.inspections import Kind
from law.inspections.acts import (
    ACT_FIELDS,
    COPIES_TO,
    ORDER_FIELDS,
    RESULT_FIELDS,
    copies,
    is_remote,
    missing_fields,
    needs_registration,
    registration_by,
    registration_rule,
)
from law.inspections.grounds import (
    CASES,
    DUTIES,
    FORBIDDEN,
    GROSS_BREACHES,
    REFUSALS_OF_ACCESS,
    RIGHTS,
    special_case,
    unscheduled_ground,
    unscheduled_grounds,
)
from law.inspections.results import (
    OFFENCES,
    annulment_by,
    annulment_silence,
    cure_from,
    fine,
    may_follow_up,
    may_open_case,
    prolong_by,
    prolong_decision_by,
    reminder_by,
    suspends_licence,
)
from law.provisions import NotInForce, provision

ON = date(2026, 3, 2)


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_grounds_of_unscheduled_inspections() -> None:
    before, after = unscheduled_grounds(date(2026, 6, 30)), unscheduled_grounds(date(2026, 7, 1))
    assert [one.item for one in before] == ["1", "2", "2-1", "3", "4", "5", "5-1", "5-2", "6", "7", "8"]
    assert [one.item for one in after if one not in before] == ["5-3"]
    assert {one.item for one in before if not one.notice} == {"3", "4", "7", "8"}
    assert {one.item for one in before if one.repeats} == {"2-1", "3", "4", "5", "6", "7", "8"}
    assert {one.item for one in before if one.warned} == {"2-1"}
    assert {one.item for one in after if not one.digital_assets} == {"5-1", "5-2", "5-3"}
    for one in after:
        assert one.ground.source.article == f"144(5)({one.item})"
        assert one.papers
    with pytest.raises(NotInForce):
        unscheduled_ground("5-3", date(2026, 6, 30))
    assert [special_case(code) for code in CASES] == ["144(8)", "144(9)", "144(10)"]


def test_closed_lists_have_their_articles() -> None:
    assert [one.source.article for one in GROSS_BREACHES] == [f"156(2)({n})" for n in range(1, 11)]
    for listed, article in ((FORBIDDEN, "151"), (REFUSALS_OF_ACCESS, "155(1)"), (RIGHTS, "155"), (DUTIES, "155")):
        assert {one.source.article for one in listed} == {article}
        assert len({one.code for one in listed}) == len(listed)
        assert {one.day_confidence for one in listed} == {"assumed"}
    assert all(one.is_confirmed for one in GROSS_BREACHES)
    assert [one.item for one in unscheduled_grounds(date(2026, 7, 1)) if one.ground.is_confirmed] == ["5-3"]


def test_fields_of_an_act() -> None:
    assert missing_fields(ACT_FIELDS, handed=True) == ()
    assert missing_fields(set(ACT_FIELDS) - {"experts", "receipt"}, handed=False) == ()
    assert missing_fields(set(ACT_FIELDS) - {"experts", "receipt"}, handed=True) == ("receipt",)
    assert len(missing_fields((), handed=False)) == 10
    with pytest.raises(ValueError, match="unknown field"):
        missing_fields({"stamp"}, handed=False)
    assert len(ACT_FIELDS) == 12
    assert "checklist" in RESULT_FIELDS
    assert "items" in ORDER_FIELDS
    assert copies(ON) == len(COPIES_TO) == 3


@pytest.mark.parametrize(
    ("start", "urgent", "remote", "last"),
    [
        ("2026-03-02", False, False, "2026-03-02"),
        ("2026-03-02", True, False, "2026-03-03"),
        ("2026-03-06", True, False, "2026-03-10"),  # Friday before Women's Day
        ("2026-03-02", False, True, "2026-03-10"),
        ("2026-03-20", False, True, "2026-04-01"),  # over Nauryz
        ("2026-03-02", True, True, "2026-03-10"),
        ("2024-02-28", True, False, "2024-02-29"),
    ],
)
def test_registration_by(start: str, urgent: bool, remote: bool, last: str) -> None:
    assert registration_by(day(start), urgent=urgent, remote=remote) == day(last)


def test_registration_rules() -> None:
    assert registration_rule(ON).number == 0
    assert not is_remote(100, ON)
    assert is_remote(Decimal("100.1"), ON)
    assert [needs_registration(kind) for kind in Kind] == [True, True, True, False, False, False]


@pytest.mark.parametrize(
    ("handed", "earliest"),
    [("2026-02-20", "2026-03-02"), ("2024-02-20", "2024-03-01"), ("2026-02-26", "2026-03-08")],
)
def test_at_least_ten_days_to_cure(handed: str, earliest: str) -> None:
    assert cure_from(day(handed)) == day(earliest)


@pytest.mark.parametrize(
    ("base", "three", "two", "ten"),
    [
        ("2026-03-02", "2026-03-05", "2026-03-04", "2026-03-17"),
        ("2026-03-06", "2026-03-12", "2026-03-11", "2026-03-26"),
        ("2026-12-15", "2026-12-21", "2026-12-18", "2026-12-30"),
    ],
)
def test_terms_after_an_inspection(base: str, three: str, two: str, ten: str) -> None:
    assert prolong_by(day(base)).due_on == day(three)
    assert prolong_decision_by(day(base)).due_on == day(three)
    assert reminder_by(day(base)).due_on == day(two)
    assert annulment_by(day(base)).due_on == day(ten)
    assert annulment_by(day(base)).arithmetic
    assert annulment_silence(day(base)).value == "in favour of the subject"


@given(st.dates(date(2023, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_a_later_base_is_never_due_earlier(base: date, more: int) -> None:
    for term in (prolong_by, reminder_by, annulment_by):
        assert term(base).due_on > base
        assert term(base + timedelta(days=more)).due_on >= term(base).due_on
    assert cure_from(base) - base == timedelta(days=10)


def test_no_terms_before_the_chapter() -> None:
    for term in (prolong_by, reminder_by, annulment_by, cure_from):
        with pytest.raises(NotInForce):
            term(date(2022, 12, 31))


def test_what_follows() -> None:
    assert [may_follow_up(failures, ON) for failures in (0, 1, 2, 3)] == [False, False, True, True]
    assert [may_open_case(kind, ON) for kind in ("compliance", "unscheduled", "visit_control", "desk_control")] == [
        True,
        True,
        False,
        False,
    ]
    with pytest.raises(NotInForce):
        may_open_case("investigation", ON)
    ground = suspends_licence("unscheduled", "mining-licence-1", ON)
    assert ground is not None
    assert ground.source.article == "9(4)(3)"
    assert suspends_licence("compliance", "mining-licence-1", ON) is None
    assert suspends_licence("unscheduled", "pool-accreditation", ON) is None
    assert suspends_licence("unscheduled", "mining-licence-1", date(2024, 2, 10)) is None
    assert suspends_licence("unscheduled", "mining-licence-2", date(2024, 2, 11)) is not None
    assert provision("EK-OBJECTION", ON).note == "No term is given."


@pytest.mark.parametrize(
    ("offence", "who", "again", "indices"),
    [
        ("rules", "official", False, 20),
        ("rules", "official", True, 25),
        ("access", "person", False, 3),
        ("access", "small", False, 100),
        ("access", "medium", False, 150),
        ("access", "large", False, 200),
        ("access", "person", True, 7),
        ("access", "small", True, 200),
        ("access", "medium", True, 300),
        ("access", "large", True, 400),
        ("order", "person", False, 5),
        ("order", "official", False, 15),
        ("order", "small", False, 100),
        ("order", "medium", False, 200),
        ("order", "large", False, 500),
        ("report", "any", False, 20),
    ],
)
def test_fines(offence: str, who: str, again: bool, indices: int) -> None:
    found = fine(offence, who, ON, again=again)
    assert found.amount == indices * 4325
    assert str(found.arithmetic[-1]) == f"{indices} × 4325 tenge = {indices * 4325} tenge"
    assert fine(offence, who, date(2025, 12, 31), again=again).amount == indices * 3932


def test_fines_that_are_not_known() -> None:
    assert sum(len(who) for who in OFFENCES.values()) == 11
    for on in (date(2024, 12, 31), date(2027, 1, 1)):
        with pytest.raises(NotInForce):
            fine("rules", "official", on)
    with pytest.raises(ValueError, match="unknown offence"):
        fine("access", "official", ON)
