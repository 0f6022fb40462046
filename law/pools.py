"""Mining pools: which security tests count on a day, and what protocols of them lack (LDA 10(2)).

Public API
----------
- `TESTS`: code of a kind of test -> its words (msgid).
- `kind_of_test(on) -> str`: the kind that the law of the day asks for; `NotInForce` before 2023-04-01.
- `Protocol`: one act or protocol of a laboratory.
- `protocol_problems(protocols, on) -> list[Problem]`: what is missing or doubtful; on = the day of filing or entry.
- `renewal(expires_on, entered_on) -> Due`: until when a new one is given; `renew_by(expires_on)`: the day alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from law.licensing import POOL_ACCREDITATION, Due, rule_line
from law.mining import security_test
from law.problems import Line, Problem, _, as_day
from law.provisions import NotInForce, provision

TEST_ACT: Final = "act"
INFORMATION_SECURITY: Final = "information_security"
CYBERSECURITY: Final = "cybersecurity"
TESTS: Mapping[str, str] = MappingProxyType(
    {
        TEST_ACT: _("test act, information security"),
        INFORMATION_SECURITY: _("test protocols, information security"),
        CYBERSECURITY: _("test protocols, cybersecurity"),
    }
)
_KINDS: Final = {words: code for code, words in TESTS.items()}  # as the rows of the provision say it


def kind_of_test(on: date) -> str:
    """The kind of test that counts on a day: an act to 2024-02-10, protocols of information security to 2026-07-11,
    protocols of cybersecurity from 2026-07-12. NotInForce before 2023-04-01."""
    return _KINDS[str(security_test(on).value)]


@dataclass(frozen=True, slots=True)
class Protocol:
    """A test act or protocol: of a kind of TESTS, positive or not, valid from `issued_on` to `expires_on`, included."""

    kind: str
    number: str
    laboratory: str
    issued_on: date
    expires_on: date
    positive: bool = True

    def counts(self, kind: str, on: date) -> bool:
        """Whether it proves what the law of the day asks for."""
        return self.kind == kind and self.positive and self.issued_on <= on <= self.expires_on


def protocol_problems(protocols: Iterable[Protocol], on: date) -> list[Problem]:
    """What the protocols of a pool lack on that day: the day of filing, or of entering a new one, picks the version.

    An error where none proves the kind of test in force, or where a protocol's own days are out of order; a warning
    for each that proves nothing, and where the last that counts expires soon. NotInForce before 2023-04-01."""
    rows, rule, kind = list(protocols), security_test(as_day(on)), kind_of_test(on)
    found = [problem for row in rows for problem in _doubts(row, kind, on)]
    counting = [row for row in rows if row.counts(kind, on)]
    if not counting:
        message = _("A positive result is missing: %(test)s.")
        return [*found, Problem("pool-tests", message, {"test": rule.value}, "protocols", rule)]
    last = max(row.expires_on for row in counting)
    if renew_by(last) <= on:
        message = _("The last protocol that counts expires on %(day)s.")
        soon = provision("pool.protocol_renewal", on)
        found.append(Problem("protocol-expires", message, {"day": last}, "protocols", soon, "warning"))
    return found


def _doubts(row: Protocol, kind: str, on: date) -> list[Problem]:
    """What is wrong with one protocol, or why it proves nothing."""
    rule, named = security_test(on), {"number": row.number}
    if row.issued_on > on or row.expires_on < row.issued_on:
        message = _(
            "The days of protocol %(number)s are out of order: it is dated in the future or ends before it begins."
        )
        return [Problem("protocol-days", message, named, "protocols", rule)]
    message = ""
    if not row.positive:
        message = _("The result of protocol %(number)s is negative.")
    elif row.expires_on < on:
        message = _("Protocol %(number)s has expired.")
    elif row.kind != kind:
        message = _("Protocol %(number)s is not of the kind of test that the law of the day asks for.")
    return [Problem("protocol-idle", message, named, "protocols", rule, "warning")] if message else []


def renew_by(expires_on: date) -> date:
    """The day by which a new protocol is asked for: 30 calendar days before the old one ends (assumed, ours)."""
    try:
        return expires_on - timedelta(days=provision("pool.protocol_renewal", expires_on).number)
    except NotInForce:
        return expires_on


def renewal(expires_on: date, entered_on: date) -> Due:
    """Until when a pool gives a new protocol, counted back from the last day of the one it has; not moved to a working
    day, and never before the day of entry, which picks the version. That protocols must be renewed at all is *assumed*.
    NotInForce."""
    rule = provision("pool.protocols_renewed", entered_on)
    due_on = max(renew_by(expires_on), entered_on)
    lines = (
        Line(_("The protocol holds up to and including %(day)s"), day=expires_on),
        rule_line(provision("pool.protocol_renewal", entered_on)),
        Line(_("A new one is due on %(day)s"), day=due_on),
        Line(_("The rule or its first day is unconfirmed.")),
    )
    return Due(POOL_ACCREDITATION, "protocols", entered_on, due_on, lines, rule)
