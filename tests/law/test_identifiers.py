"""Identification numbers: what is valid, and what their digits say."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from law.identifiers import check_digit, describe, is_valid_bin, is_valid_iin

ELEVEN = st.text(alphabet="0123456789", min_size=11, max_size=11)


def numbered(eleven: str) -> str:
    digit = check_digit(eleven)
    assert digit is not None
    return f"{eleven}{digit}"


@given(ELEVEN)
def test_the_check_digit_makes_a_number(eleven: str) -> None:
    digit = check_digit(eleven)
    valid = [d for d in "0123456789" if is_valid_bin(eleven + d)]
    assert valid == ([] if digit is None else [str(digit)])


# The eleventh digit weighs 11 in the first round, so that round does not see it.
@given(ELEVEN, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_found_within_a_round(eleven: str, place: int, shift: int) -> None:
    """A changed digit always changes the sum; only a change of round of weights may hide it."""
    other = eleven[:place] + str((int(eleven[place]) + shift) % 10) + eleven[place + 1 :]
    rests = [sum(int(d) * w for d, w in zip(text, range(1, 12), strict=True)) % 11 for text in (eleven, other)]
    assert rests[0] != rests[1]
    assume(10 not in rests)
    assert not is_valid_iin(other + numbered(eleven)[-1])


def first_with(rounds: int) -> str:
    """The first eleven digits that need the second round (1) or cannot exist (2)."""
    for number in range(100_000):
        text = f"9506403{number:04d}"[:11]
        rest = sum(int(d) * w for d, w in zip(text, range(1, 12), strict=True)) % 11
        if rest == 10 and (check_digit(text) is None) == (rounds == 2):
            return text
    raise AssertionError("none found")


def test_both_rounds_of_weights() -> None:
    assert is_valid_bin(numbered(first_with(1)))
    impossible = first_with(2)
    assert check_digit(impossible) is None
    assert not any(is_valid_bin(f"{impossible}{digit}") for digit in range(10))


@pytest.mark.parametrize(
    "bad",
    [
        None, 123456789012, 1.0, b"950640000116", [], "", " ", "12345678901", "1234567890123", "00000000000x",
        " 50640000116", "95064000011 ", "95064-000116", "٩٥٠٦٤٠٠٠٠١١٦", "９５０６４００００１１６", "95064000011\n",
        "95064000011²", "\ud800" * 12, "\x00" * 12,
    ],
)  # fmt: skip
def test_anything_else_is_not_valid(bad: object) -> None:
    assert is_valid_iin(bad) is False
    assert is_valid_bin(bad) is False
    with pytest.raises(ValueError, match="identification number"):
        describe(bad)  # type: ignore[arg-type]


def test_nothing_is_stripped() -> None:
    good = numbered("95064000011")
    assert is_valid_bin(good)
    for bad in (f" {good}", f"{good} ", f"{good}\n", f"{good[:6]} {good[6:]}"):
        assert not is_valid_bin(bad)


def test_dates_and_the_fifth_digit_only_warn() -> None:
    good = numbered("99994000011")
    assert is_valid_bin(good)
    assert [one.code for one in describe(good).warnings] == ["bin_month"]
    assert not any(one.blocks for one in describe(good).warnings)


@pytest.mark.parametrize(
    ("eleven", "holder", "resident", "part", "codes"),
    [
        ("97124000131", "resident_entity", True, "head", []),
        ("20025100001", "foreign_entity", False, "branch", []),
        ("20026300001", "joint_sole_traders", True, "farm", []),
        ("20024900001", "resident_entity", True, "unknown", ["bin_part"]),
        ("20028000001", "unknown", None, "head", ["bin_holder"]),
    ],
)
def test_what_a_bin_says(eleven: str, holder: str, resident: bool | None, part: str, codes: list[str]) -> None:
    found = describe(numbered(eleven))
    assert (found.holder, found.resident, found.part) == (holder, resident, part)
    assert [one.code for one in found.warnings] == codes
    assert found.kind == ("unknown" if holder == "unknown" else "bin")
    assert found.registered == (int(eleven[:2]), int(eleven[2:4]))


@pytest.mark.parametrize(
    ("eleven", "born", "codes"),
    [
        ("90010130001", "1990-01-01", []),
        ("00022950001", "2000-02-29", []),
        ("00022930001", None, ["iin_date"]),  # 1900 was no leap year
        ("85063210001", None, ["iin_date"]),
        ("90010100001", None, ["iin_century"]),
        ("00022900001", None, ["iin_century"]),
    ],
)
def test_what_an_iin_says(eleven: str, born: str | None, codes: list[str]) -> None:
    found = describe(numbered(eleven))
    assert found.kind == "iin"
    assert found.holder == "person"
    assert (found.born_on.isoformat() if found.born_on else None) == born
    assert [one.code for one in found.warnings] == codes
    assert "%(" not in "".join(map(str, found.warnings))


@pytest.mark.parametrize("bad", ["123", "1234567890a", "１２３４５６７８９０１"])
def test_check_digit_needs_eleven_digits(bad: str) -> None:
    with pytest.raises(ValueError, match="eleven"):
        check_digit(bad)
