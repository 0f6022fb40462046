"""The checklist of data centres: its versions on their days, closed answers, closed results, what differs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law import provisions, standards
from law.provisions import D231, NotInForce, base, history
from law.standards import FAILS, MEETS, MET, NOT_APPLICABLE, NOT_MET, REMARKS, checklist, difference, faults, result

FIRST, SECOND, THIRD = "2023-04-01", "2026-01-18", "2026-07-12"
OURS = {"power", "cooling", "network", "physical_safety", "metering", "information_security"}


def all_met(on: date) -> dict[str, str]:
    return {item.code: MET for item in checklist(on).items}


@pytest.mark.parametrize(
    ("on", "version", "building", "keeps", "doubted", "thing"),
    [
        ("2023-04-01", FIRST, True, False, False, "information and communication infrastructure"),
        ("2026-01-17", FIRST, True, False, False, "information and communication infrastructure"),
        ("2026-01-18", SECOND, False, True, True, "information and communication infrastructure"),
        ("2026-07-11", SECOND, False, True, True, "information and communication infrastructure"),
        ("2026-07-12", THIRD, False, True, True, "digital infrastructure"),
        ("2027-12-31", THIRD, False, True, True, "digital infrastructure"),
    ],
)
def test_the_day_picks_the_checklist(
    on: str, version: str, building: bool, keeps: bool, doubted: bool, thing: str
) -> None:
    asked = checklist(date.fromisoformat(on))
    assert asked.code == version
    assert (asked.item("building_required") is not None) == building
    assert (asked.item("keeps_capacity_working") is not None) == keeps
    zone, what = asked.item("outside_residential_zone"), asked.item("object")
    assert zone is not None  # under every edition: the text keeps the words that its commentary says are gone
    assert bool(zone.doubt) == doubted
    assert what is not None
    assert what.provision.value == thing


def test_nothing_before_the_first_edition() -> None:
    with pytest.raises(NotInForce):
        checklist(date(2023, 3, 31))
    with pytest.raises(ValueError, match="isoformat"):
        standards.version("yesterday")


def test_versions_follow_each_other_without_a_gap() -> None:
    found = standards.versions()
    assert [one.code for one in found] == [FIRST, SECOND, THIRD]
    assert [one.until for one in found] == [date(2026, 1, 18), date(2026, 7, 12), None]
    assert all(standards.version(one.code) == one for one in found)


@pytest.mark.parametrize("one", standards.versions(), ids=[one.code for one in standards.versions()])
def test_items_cite_what_is_in_force_and_ours_are_assumed(one: standards.Checklist) -> None:
    assert len({item.code for item in one.items}) == len(one.items)
    for item in one.items:
        assert item.provision.applies(one.since)
        assert item.of_definition == (item.provision.source.article == "1(9)")
        assert (
            item.provision.is_confirmed
            or not item.of_definition
            or item.provision.in_force == D231
            or (item.provision.repealed == D231)
        )
    ours = {item.code.removeprefix("standard-") for item in one.items if not item.of_definition}
    assert ours == OURS
    assert not any(item.provision.is_confirmed for item in one.items if not item.of_definition)


def test_the_day_of_the_change_is_kept_in_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Corrected there, the versions move with it."""
    moved = date(2026, 2, 1)
    rows = {code: list(history(code)) for code in ("centre.building_required", "centre.keeps_capacity_working")}
    assert {row.repealed for row in rows["centre.building_required"]} == {base.D231}
    assert {row.in_force for row in rows["centre.keeps_capacity_working"]} == {base.D231}
    changed = dict(provisions._ROWS)
    changed["centre.building_required"] = tuple(
        replace(row, repealed=moved) for row in rows["centre.building_required"]
    )
    changed["centre.keeps_capacity_working"] = tuple(
        replace(row, in_force=moved) for row in rows["centre.keeps_capacity_working"]
    )
    monkeypatch.setattr(provisions, "_ROWS", changed)
    assert checklist(date(2026, 1, 31)).code == FIRST
    assert checklist(date(2026, 2, 1)).code == "2026-02-01"


@pytest.mark.parametrize(
    ("unmet", "outcome"),
    [
        ((), MEETS),
        (("standard-cooling",), REMARKS),
        (("outside_residential_zone",), FAILS),
        (("standard-cooling", "lawful_power"), FAILS),
    ],
)
def test_the_result_follows_from_the_unmet_items(unmet: tuple[str, ...], outcome: str) -> None:
    day = date(2026, 6, 16)
    found = result(checklist(day), all_met(day) | dict.fromkeys(unmet, NOT_MET))
    assert found.outcome == outcome
    assert {item.code for item in found.unmet} == set(unmet)
    assert not found.provision.is_confirmed


def test_faults_are_listed_at_once() -> None:
    day = date(2026, 6, 16)
    given_answers = all_met(day) | {
        "lawful_power": NOT_APPLICABLE,
        "standard-network": "perhaps",
        "building_required": MET,
        "standard-metering": NOT_APPLICABLE,
    }
    del given_answers["object"]
    found = faults(checklist(day), given_answers)
    assert sorted((one.code, one.field) for one in found) == [
        ("item-answer", "standard-network"),
        ("item-applies", "lawful_power"),
        ("item-unanswered", "object"),
        ("item-unknown", "building_required"),
    ]
    with pytest.raises(ValueError, match="not complete"):
        result(checklist(day), given_answers)


def test_what_follows_and_by_when() -> None:
    day = date(2026, 6, 16)
    assert standards.follow_up(MEETS, day) == {}
    remarks, fails = standards.follow_up(REMARKS, day), standards.follow_up(FAILS, day)
    assert set(remarks) == {standards.REMEDY, standards.REASSESSMENT}
    assert set(fails) == {standards.CURE, standards.REASSESSMENT}
    assert fails[standards.CURE].due_on == date(2026, 7, 29)
    assert all("unconfirmed" in str(due.arithmetic[-1]) for due in (remarks | fails).values())


def test_two_standards_side_by_side() -> None:
    before, after = date(2026, 1, 17), date(2026, 1, 18)
    left = all_met(before) | {"standard-cooling": NOT_MET, "standard-metering": NOT_APPLICABLE}
    right = all_met(after) | {"standard-network": NOT_MET}
    kinds = {one.code: one.kind for one in difference(left, right)}
    assert kinds["building_required"] == "dropped"
    assert kinds["keeps_capacity_working"] == "added"
    assert kinds["outside_residential_zone"] == "same"
    assert kinds["standard-cooling"] == "better"
    assert kinds["standard-network"] == "worse"
    assert kinds["standard-metering"] == "better"
    assert set(kinds.values()) <= set(standards.CHANGES)


@given(st.dates(date(2023, 4, 1), date(2040, 1, 1)), st.data())
def test_whatever_is_answered_comes_to_one_result(on: date, data: st.DataObject) -> None:
    asked = checklist(on)
    answers = {
        item.code: data.draw(st.sampled_from([MET, NOT_MET] if item.of_definition else [MET, NOT_MET, NOT_APPLICABLE]))
        for item in asked.items
    }
    found = result(asked, answers)
    assert (found.outcome == MEETS) == (NOT_MET not in answers.values())
    assert asked.since <= on < (asked.until or on + timedelta(days=1))
