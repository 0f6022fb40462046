"""Security tests of pools: which kind counts on a day, what protocols lack, when a new one is due."""

from datetime import date

import pytest

from law.licensing import documents, due, term, valid_until
from law.life import ending_body, ending_grounds, suspension_grounds
from law.pools import Protocol, kind_of_test, protocol_problems, renew_by, renewal
from law.provisions import NotInForce, history
from law.requests import change_grounds, request_papers, request_refusal_grounds
from law.terms import authority_silence

KIND = "pool-accreditation"
FILED = date(2026, 6, 16)


def protocol(kind: str, issued: str, expires: str, *, positive: bool = True) -> Protocol:
    return Protocol(kind, "7/2026", "Laboratory", date.fromisoformat(issued), date.fromisoformat(expires), positive)


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        ("2023-04-01", "act"),
        ("2024-02-10", "act"),
        ("2024-02-11", "information_security"),
        ("2026-07-11", "information_security"),
        ("2026-07-12", "cybersecurity"),
    ],
)
def test_the_kind_of_test_of_a_day(on: str, kind: str) -> None:
    assert kind_of_test(date.fromisoformat(on)) == kind


def test_every_row_of_the_rule_has_its_kind() -> None:
    assert [kind_of_test(row.in_force) for row in history("pool.security_test")] == [
        "act",
        "information_security",
        "cybersecurity",
    ]
    with pytest.raises(NotInForce):
        kind_of_test(date(2023, 3, 31))


@pytest.mark.parametrize(
    ("on", "given", "codes"),
    [
        ("2026-06-16", [("information_security", "2026-01-12", "2027-01-11", True)], []),
        ("2026-06-16", [], ["pool-tests"]),
        ("2026-06-16", [("act", "2026-01-12", "2027-01-11", True)], ["protocol-idle", "pool-tests"]),
        ("2026-07-12", [("information_security", "2026-01-12", "2027-01-11", True)], ["protocol-idle", "pool-tests"]),
        ("2026-07-12", [("cybersecurity", "2026-06-01", "2027-05-31", True)], []),
        ("2026-06-16", [("information_security", "2026-01-12", "2027-01-11", False)], ["protocol-idle", "pool-tests"]),
        # the last day counts, the day after does not
        ("2026-06-16", [("information_security", "2025-06-17", "2026-06-16", True)], ["protocol-expires"]),
        ("2026-06-17", [("information_security", "2025-06-17", "2026-06-16", True)], ["protocol-idle", "pool-tests"]),
        ("2026-06-16", [("information_security", "2026-06-17", "2027-06-16", True)], ["protocol-days", "pool-tests"]),
        ("2026-06-16", [("information_security", "2026-06-10", "2026-06-09", True)], ["protocol-days", "pool-tests"]),
        # an old one beside a new one is told, and does not block
        (
            "2026-06-16",
            [
                ("act", "2023-05-02", "2024-05-01", True),
                ("information_security", "2026-01-12", "2027-01-11", True),
            ],
            ["protocol-idle"],
        ),
    ],
)
def test_protocols(on: str, given: list[tuple[str, str, str, bool]], codes: list[str]) -> None:
    rows = [protocol(kind, first, last, positive=good) for kind, first, last, good in given]
    found = protocol_problems(rows, date.fromisoformat(on))
    assert [one.code for one in found] == codes
    assert all(one.provision is not None and "%(" not in str(one) for one in found)
    assert all(one.blocks == (one.code in ("pool-tests", "protocol-days")) for one in found)


@pytest.mark.parametrize(("expires", "day"), [("2027-01-11", "2026-12-12"), ("2027-03-01", "2027-01-30")])
def test_a_new_protocol_is_due_thirty_days_before(expires: str, day: str) -> None:
    last = date.fromisoformat(expires)
    assert renew_by(last) == date.fromisoformat(day)
    told = renewal(last, FILED)
    assert told.due_on == renew_by(last)
    assert not told.provision.is_confirmed


def test_a_protocol_that_ends_soon_is_due_at_once() -> None:
    assert renewal(date(2026, 6, 20), FILED).due_on == FILED


def test_the_general_rules_by_analogy_are_unconfirmed() -> None:
    found = term(KIND, "decision", FILED)
    assert (found.code, found.number, found.confidence) == ("permit.decision", 15, "assumed")
    assert term("mining-licence-1", "decision", FILED).confidence == "text"
    assert "unconfirmed" in str(due(KIND, "completeness", FILED).arithmetic[-1])
    for rule in ("no-such-rule", "fee"):
        with pytest.raises(NotInForce) as caught:
            term(KIND, rule, FILED)
        assert caught.value.code == f"{KIND}.{rule}"
    with pytest.raises(NotInForce):
        term(KIND, "decision", date(2023, 3, 31))


def test_what_is_known_of_an_accreditation() -> None:
    assert valid_until(KIND, FILED) is None
    assert authority_silence(KIND, FILED).effect == "none"
    assert ending_body(KIND, date(2026, 4, 30)).value == ending_body(KIND, date(2026, 5, 1)).value == "authority"
    assert [one.code for one in documents(KIND, FILED)] == ["security-protocols", "equipment-place"]
    lists = (
        ending_grounds(KIND, FILED),
        change_grounds(KIND, "reissue", FILED),
        request_refusal_grounds(KIND, "reissue", FILED),
        request_papers(KIND, "reissue", FILED),
    )
    for listed in lists:
        assert listed
        assert not any(one.is_confirmed for one in listed)
    with pytest.raises(NotInForce):
        suspension_grounds(KIND, FILED)
