"""Law as dated rows, and the only door to it.

Public API
----------
- `provision(code, on) -> Provision`: the row in force on that day, else `NotInForce`.
- `provisions(on=None) -> tuple[Provision, ...]`: all rows, or those in force on a day, by code and day.
- `history(code) -> tuple[Provision, ...]`: all rows of one code, oldest first.
- `titles() -> Mapping[code, msgid]`; `groups() -> tuple[(title msgid, rows), ...]` for pages and documents.
- `NotInForce(code, on)` with `.code`, `.on`, `.problem`.
- `ALIASES`: other names of single rows, taken by `provision` and `history`.
- `faults(rows=None) -> list[str]`: overlapping rows, rows without a source; empty when all is well (`manage.py check`).
- Days: `LDA_START, D44, D71, D113, D115, D205, D219, D231, D259_FIRST, D259, D256 …`; `CONFIDENCES`.

An amendment is a closed row and a new row; a repeal is one date. Codes carry no version. One rule is never two rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from types import MappingProxyType

from law.problems import Problem, _, as_day, problem
from law.provisions import (
    aifc,
    answers,
    appeals,
    assets,
    central_bank,
    centres,
    classes,
    conduct,
    duties,
    inspections,
    inspections_results,
    inspections_risk,
    issues,
    keeping,
    life,
    mining,
    offers,
    perimeter,
    permits,
    pools,
    publication,
    reporting,
    requests,
    sales,
)
from law.provisions.base import (
    ACT,
    ALLOWED,
    CALENDAR_DAYS,
    CHAPTER_13,
    CLASS,
    CONFIDENCE_TITLES,
    CONFIDENCES,
    D44,
    D71,
    D113,
    D115,
    D205,
    D219,
    D231,
    D256,
    D259,
    D259_FIRST,
    D306,
    FIXED_VALUE_ORDER,
    LDA,
    LDA_START,
    MONTHS,
    PERMITS_LAW,
    PERMITS_START,
    UNCONFIRMED_DAYS,
    WORKING_DAYS,
    Confidence,
    Provision,
    Source,
    Value,
    row,
)

__all__ = [
    "ACT",
    "ALIASES",
    "ALLOWED",
    "CALENDAR_DAYS",
    "CHAPTER_13",
    "CLASS",
    "CONFIDENCES",
    "CONFIDENCE_TITLES",
    "D44",
    "D71",
    "D113",
    "D115",
    "D205",
    "D219",
    "D231",
    "D256",
    "D259",
    "D259_FIRST",
    "D306",
    "FIXED_VALUE_ORDER",
    "LDA",
    "LDA_START",
    "MONTHS",
    "PERMITS_LAW",
    "PERMITS_START",
    "UNCONFIRMED_DAYS",
    "WORKING_DAYS",
    "Confidence",
    "NotInForce",
    "Provision",
    "Source",
    "Value",
    "faults",
    "groups",
    "history",
    "provision",
    "provisions",
    "row",
    "titles",
]

_GROUPS: tuple[tuple[str, tuple[Provision, ...]], ...] = (
    (_("Permits procedure"), permits.ROWS),
    (_("Life of a permit"), (*life.ROWS, *requests.ROWS)),
    (_("Digital mining"), (*mining.ROWS, *reporting.ROWS, *sales.ROWS, *pools.ROWS)),
    (_("Data centres of digital mining"), centres.ROWS),
    (_("Digital assets and their turnover"), (*assets.ROWS, *classes.ROWS, *perimeter.ROWS)),
    (_("Operators of the National Bank"), (*central_bank.ROWS, *offers.ROWS, *issues.ROWS)),
    (_("Firms of the AIFC"), aifc.ROWS),
    (_("Conduct, monitoring and control"), conduct.ROWS),
    (_("Inspections: plans, notices, registration, length"), inspections.ROWS),
    (_("Inspections: checks, results, invalidity, fines"), inspections_results.ROWS),
    (_("Risk of subjects and size of a business"), inspections_risk.ROWS),
    (_("Duties of providers"), duties.ROWS),
    (_("Personal data: periods and rights"), keeping.ROWS),
    (_("Appeals"), appeals.ROWS),
    (_("Official clarifications"), answers.ROWS),
    (_("The public register"), publication.ROWS),
)


def _by_code() -> Mapping[str, tuple[Provision, ...]]:
    found: dict[str, list[Provision]] = defaultdict(list)
    for _title, rows in _GROUPS:
        for one in rows:
            found[one.code].append(one)
    return MappingProxyType({code: tuple(sorted(found[code], key=lambda p: p.in_force)) for code in sorted(found)})


_ROWS = _by_code()

#: Other names of single rows: one rule is never two rows, but two lists of rules may each have a code for it.
ALIASES: Mapping[str, Provision] = MappingProxyType(
    {
        "EK-UNS-53": _ROWS["inspection.ground-5-3"][0],
        "EK-INVESTOR": _ROWS["permit.investor-approval"][0],
        "MCI-2025": _ROWS["mci"][0],
        "MCI-2026": _ROWS["mci"][1],
    }
)


def _of(code: str) -> tuple[Provision, ...]:
    return (ALIASES[code],) if code in ALIASES else _ROWS.get(code, ())


class NotInForce(LookupError):
    """No row of this code is in force on that day: not yet, no longer, or never entered. `.problem` says which."""

    def __init__(self, code: str, on: date) -> None:
        super().__init__(code, on)
        self.code = code
        self.on = on

    def __str__(self) -> str:
        return str(self.problem)

    @property
    def problem(self) -> Problem:
        """What to tell a person; code `not_in_force`."""
        rows = _of(self.code)
        if not rows:
            message = _("The law gives no rule “%(code)s”, or it is not entered.")
            return problem("not_in_force", message, code=self.code, on=self.on)
        title = rows[0].title
        if self.code == "mci":
            message = _("The monthly calculation index (MCI) of %(year)s is not entered.")
            return problem("not_in_force", message, code=self.code, on=self.on, year=self.on.year)
        past = [one for one in rows if one.repealed and one.repealed <= self.on]
        if past:
            message = _("The rule “%(title)s” no longer applies on %(on)s (it ended on %(ended)s).")
            last = past[-1]
            return problem(
                "not_in_force", message, provision=last, code=self.code, title=title, on=self.on, ended=last.repealed
            )
        message = _("The rule “%(title)s” is not in force on %(on)s, or what stood before %(start)s is not entered.")
        return problem("not_in_force", message, code=self.code, title=title, on=self.on, start=rows[0].in_force)


def provision(code: str, on: date) -> Provision:
    """The row of `code` in force on that day. The caller says which day picks the version (filed, sold, paid …).

    Raises NotInForce where none is (an unknown code included), TypeError for a datetime."""
    as_day(on)
    for one in _of(code):
        if one.applies(on):
            return one
    raise NotInForce(code, on)


def provisions(on: date | None = None) -> tuple[Provision, ...]:
    """All rows, or only those in force on a day; ordered by code, then by first day."""
    rows = tuple(one for found in _ROWS.values() for one in found)
    return rows if on is None else tuple(one for one in rows if one.applies(as_day(on)))


def history(code: str) -> tuple[Provision, ...]:
    """All rows of one code, oldest first (of an alias, its one row); empty for an unknown code."""
    return _of(code)


def titles() -> Mapping[str, str]:
    """The short title (msgid) of every code."""
    return MappingProxyType({code: rows[0].title for code, rows in _ROWS.items()})


def groups() -> tuple[tuple[str, tuple[Provision, ...]], ...]:
    """The rows as pages show them: (title of the subject as msgid, its rows in the order of the procedure)."""
    return _GROUPS


def faults(rows: tuple[Provision, ...] | None = None) -> list[str]:
    """What is wrong with the rows (all of them when not given), in English for maintainers; empty when nothing is."""
    found = []
    by_code: dict[str, list[Provision]] = defaultdict(list)
    for one in provisions() if rows is None else rows:
        by_code[one.code].append(one)
        if not one.source.act or not one.title or not one.unit:
            found.append(f"{one.code}: no source, title or unit")
        if one.repealed is not None and one.repealed <= one.in_force:
            found.append(f"{one.code}: ends before it begins ({one.in_force})")
        if not {one.confidence, one.day_confidence} <= set(CONFIDENCES):
            found.append(f"{one.code}: unknown confidence")
    for code, versions in by_code.items():
        for earlier, later in pairwise(sorted(versions, key=lambda p: p.in_force)):
            if earlier.repealed is None or later.in_force < earlier.repealed:
                found.append(f"{code}: rows of {earlier.in_force} and {later.in_force} overlap")
    return found
