"""Who may mine, what goes through exchanges, what centres and pools must be."""

from datetime import date
from decimal import Decimal

import pytest

from law.mining import (
    centre_problems,
    exclusive_activity,
    exclusive_activity_problems,
    may_mine,
    pool_problems,
    required_sale_share,
    subtype_problems,
)
from law.provisions import NotInForce

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("sold_on", "share"),
    [
        ("2022-06-01", "0"),
        ("2023-12-31", "0"),
        ("2024-01-01", "0.5"),
        ("2024-02-29", "0.5"),
        ("2024-12-31", "0.5"),
        ("2025-01-01", "0.75"),
        ("2026-01-17", "0.75"),
        ("2026-01-18", "0"),
        ("2199-01-01", "0"),
    ],
)
def test_sale_share(sold_on: str, share: str) -> None:
    found = required_sale_share(date.fromisoformat(sold_on))
    assert isinstance(found, Decimal)
    assert found == Decimal(share)


@pytest.mark.parametrize(
    ("form", "country", "on", "codes"),
    [
        ("legal_entity", "KZ", date(2023, 4, 1), []),
        ("sole_trader", "KZ", TODAY, []),
        ("person", "KZ", TODAY, ["holder_form"]),
        ("person", "CN", TODAY, ["holder_form", "foreign_holder"]),
        ("legal_entity", "CN", TODAY, ["foreign_holder"]),
        ("legal_entity", "", TODAY, ["foreign_holder"]),
        ("legal_entity", "kz", TODAY, ["foreign_holder"]),
        ("legal_entity", "KZ", date(2023, 3, 31), ["notice_regime"]),
        ("legal_entity", "CN", date(2020, 1, 1), ["before_licences"]),
    ],
)
def test_may_mine(form: str, country: str, on: date, codes: list[str]) -> None:
    found = may_mine(form, country, on)
    assert [one.code for one in found] == codes
    assert all(one.blocks and "%(" not in str(one) for one in found)


def test_a_foreign_firm_gets_the_article_and_the_advice() -> None:
    (found,) = may_mine("legal_entity", "CN", TODAY)
    assert found.provision is not None
    assert found.provision.source.article == "1(7), 8(5)"
    assert found.field == "registered_in"
    assert "Form a legal entity in Kazakhstan, or partner with one" in str(found)


def test_unknown_form() -> None:
    with pytest.raises(ValueError, match="holder form"):
        may_mine("trust", "KZ", TODAY)


@pytest.mark.parametrize(
    ("on", "required"),
    [("2023-03-31", False), ("2023-04-01", True), ("2026-01-17", True), ("2026-01-18", False)],
)
def test_exclusive_activity(on: str, required: bool) -> None:
    day = date.fromisoformat(on)
    assert exclusive_activity(day) is required
    assert bool(exclusive_activity_problems(True, day)) is required
    assert exclusive_activity_problems(False, day) == []
    assert [one.severity for one in exclusive_activity_problems(None, day)] == (["warning"] if required else [])


@pytest.mark.parametrize(
    ("on", "zone", "building", "working", "codes"),
    [
        (date(2026, 1, 17), True, True, None, []),
        (date(2026, 1, 17), True, False, None, ["centre_building_required"]),
        (date(2026, 1, 18), True, False, True, []),
        (date(2026, 1, 18), True, None, False, ["centre_keeps_capacity_working"]),
        (date(2026, 1, 18), False, None, True, ["centre_outside_residential_zone"]),
        (date(2023, 4, 1), False, True, None, ["centre_outside_residential_zone"]),
        (date(2026, 7, 12), False, None, True, ["centre_outside_residential_zone"]),
        (date(2026, 7, 12), None, None, True, ["centre_outside_residential_zone_unknown"]),
    ],
)
def test_centres(on: date, zone: bool | None, building: bool | None, working: bool | None, codes: list[str]) -> None:
    found = centre_problems(
        on, outside_residential_zone=zone, production_building=building, keeps_capacity_working=working
    )
    assert [one.code for one in found] == codes
    assert all(one.blocks != one.code.endswith("_unknown") for one in found)


def test_pools() -> None:
    assert pool_problems(TODAY, hardware_in="KZ", tests_passed=True) == []
    found = pool_problems(date(2026, 7, 12), hardware_in="IS", tests_passed=False)
    assert [one.code for one in found] == ["pool_hardware", "pool_tests"]
    assert "cybersecurity" in str(found[1])
    assert "information security" in str(pool_problems(date(2026, 7, 11), hardware_in="KZ", tests_passed=False)[0])
    assert not any(one.blocks for one in pool_problems(TODAY, hardware_in=None, tests_passed=None))
    with pytest.raises(NotInForce):
        pool_problems(date(2023, 3, 31), hardware_in="KZ", tests_passed=True)


def test_subtypes() -> None:
    assert subtype_problems("mining-licence-1", TODAY, holds_centre=True, owns_equipment=False) == []
    assert subtype_problems("mining-licence-2", TODAY, holds_centre=False, owns_equipment=True) == []
    (centre,) = subtype_problems("mining-licence-1", TODAY, holds_centre=False, owns_equipment=True)
    (equipment,) = subtype_problems("mining-licence-2", TODAY, holds_centre=None, owns_equipment=None)
    assert centre.blocks
    assert not equipment.blocks
    with pytest.raises(ValueError, match="not a mining licence"):
        subtype_problems("pool-accreditation", TODAY, holds_centre=True, owns_equipment=True)
