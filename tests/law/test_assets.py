"""To which class an asset belongs: the items of each day, and the class to which each set of answers comes."""

from datetime import date, timedelta

import pytest

from law import assets
from law.assets import DFA, FIXED_VALUE, MET, NOT_APPLICABLE, NOT_MET, SECURED, UNSECURED
from law.provisions import D115, D231, D259, FIXED_VALUE_ORDER, LDA_START, NotInForce

DAY = timedelta(days=1)
SEVEN = {"rights", "decision", "no_money", "no_instrument", "issuer_data", "property_proved", "recorded"}
FIVE = {"public_value", "deviation_max", "disclosure", "market_data", "no_act_against"}
NEEDS = {
    "issued_on_platform",
    "issue_registered_by_operator",
    "traded_on_platforms",
    "issuer_resident_entity",
    "underlying_verified_first",
}
KINDS = ("kind-money", "kind-property", "kind-instrument")


@pytest.mark.parametrize(
    ("on", "items", "since", "until"),
    [
        (LDA_START, SEVEN, LDA_START, D115),
        (D115 - DAY, SEVEN, LDA_START, D115),
        (D115, SEVEN, D115, FIXED_VALUE_ORDER),
        (FIXED_VALUE_ORDER - DAY, SEVEN, D115, FIXED_VALUE_ORDER),
        (FIXED_VALUE_ORDER, SEVEN | FIVE, FIXED_VALUE_ORDER, D259),
        (D231, SEVEN | FIVE, FIXED_VALUE_ORDER, D259),
        (D259 - DAY, SEVEN | FIVE, FIXED_VALUE_ORDER, D259),
        (D259, NEEDS | {*KINDS} | FIVE, D259, None),
    ],
)
def test_the_items_of_the_day(on: date, items: set[str], since: date, until: date | None) -> None:
    asked = assets.checklist(on)
    assert {item.code for item in asked.items} == items
    assert (asked.since, asked.until) == (since, until)
    assert assets.version(asked.code) == asked


def test_before_the_law_there_is_none() -> None:
    with pytest.raises(NotInForce):
        assets.checklist(LDA_START - DAY)


def answered(on: date, *, unmet: set[str] = frozenset(), aside: set[str] = frozenset()) -> dict[str, str]:  # type: ignore[assignment]  # an empty one
    """Every item met but those named; kinds are met only where their group is not named."""
    given = {item.code: MET for item in assets.checklist(on).items}
    return given | dict.fromkeys(unmet, NOT_MET) | dict.fromkeys(aside, NOT_APPLICABLE)


def classified(on: date, answers: dict[str, str]) -> assets.Result:
    return assets.classify(assets.checklist(on), answers)


@pytest.mark.parametrize("on", [LDA_START, D115, date(2025, 6, 1), FIXED_VALUE_ORDER, D231, D259 - DAY])
def test_secured_is_what_meets_all_seven(on: date) -> None:
    assert classified(on, answered(on)).asset_class == SECURED
    for one in SEVEN:
        found = classified(on, answered(on, unmet={one, *(FIVE if on >= FIXED_VALUE_ORDER else ())}))
        assert found.asset_class == UNSECURED
        assert found.provision.source.article == "5(2)"
        assert one in {item.code for item in found.unmet}
        assert bool(found.doubts) == (on < D115)


@pytest.mark.parametrize(("number", "kind"), [(1, KINDS[0]), (2, KINDS[1]), (3, KINDS[2])])
def test_a_digital_financial_asset_is_of_one_of_three_kinds(number: int, kind: str) -> None:
    others = set(KINDS) - {kind}
    found = classified(D259, answered(D259, unmet=others))
    assert (found.asset_class, found.kind, found.unmet) == (DFA, number, ())
    assert {item.code for item in found.rests_on} == {*NEEDS, kind}
    assert found.is_confirmed
    for one in NEEDS:
        found = classified(D259, answered(D259, unmet={one, *others, *FIVE}))
        assert (found.asset_class, found.provision.source.article) == (UNSECURED, "1(3), 12-1(2)")
        assert one in {item.code for item in found.unmet}


def test_what_is_of_no_kind_is_no_digital_financial_asset() -> None:
    found = classified(D259, answered(D259, unmet={*KINDS, *FIVE}))
    assert found.asset_class == UNSECURED
    assert set(KINDS) <= {item.code for item in found.unmet}


def test_the_seven_tests_make_nothing_secured_after_their_last_day() -> None:
    assert classified(D259 - DAY, answered(D259 - DAY)).asset_class == SECURED
    assert not SEVEN & {item.code for item in assets.checklist(D259).items}


@pytest.mark.parametrize("on", [FIXED_VALUE_ORDER, D259 - DAY, D259, date(2026, 11, 27)])
def test_fixed_value_needs_every_criterion_and_says_its_doubt(on: date) -> None:
    rest = {"rights"} if on < D259 else {*KINDS}
    found = classified(on, answered(on, unmet=rest))
    assert found.asset_class == FIXED_VALUE
    assert found.provision.confidence == "secondary"
    assert bool(found.doubts) == (on >= D259)
    for one in FIVE:
        assert classified(on, answered(on, unmet={*rest, one})).asset_class == UNSECURED


def test_everything_that_is_wrong_is_told() -> None:
    asked = assets.checklist(D259)
    assert {one.code for one in assets.faults(asked, {})} == {"item-unanswered"}
    assert len(assets.faults(asked, {})) == len(asked.items)
    several = answered(D259)
    assert [one.code for one in assets.faults(asked, several)] == ["kinds-several"]
    aside = answered(D259, unmet={"kind-property", "kind-instrument"}, aside={"underlying_verified_first"})
    assert [one.code for one in assets.faults(asked, aside)] == ["underlying-applies"]
    wrong = answered(D259, unmet={*KINDS}, aside={"disclosure"}) | {"rights": MET}
    assert {one.code for one in assets.faults(asked, wrong)} == {"item-applies", "item-unknown"}
    with pytest.raises(ValueError, match="not complete"):
        assets.classify(asked, {})


def test_an_instrument_in_digital_form_has_no_underlying() -> None:
    given = answered(D259, unmet={"kind-money", "kind-property"}, aside={"underlying_verified_first"})
    assert classified(D259, given).kind == 3
