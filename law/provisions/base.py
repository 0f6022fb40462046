"""The shape of a provision, and the names that its rows share: days, acts, units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, get_args

from law.problems import Line, _, plain

Confidence = Literal["text", "official", "secondary", "source", "assumed"]
Value = int | Decimal | str | bool

#: How we know a rule or its day, from best to worst. `source` and `assumed` are shown as *unconfirmed*.
CONFIDENCES: tuple[str, ...] = get_args(Confidence)
CONFIDENCE_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "text": _("read in the text of the act"),
        "official": _("from the page of the authority concerned"),
        "secondary": _("from secondary sources"),
        "source": _("from a legal commentary only"),
        "assumed": _("assumed, not confirmed"),
    }
)

# Days that several rows share. Correct a day here, once.
CHAPTER_13 = date(2023, 1, 1)  # Law 95-VII: chapter 13 of the Entrepreneurial Code anew
LDA_START = date(2023, 4, 1)  # Law 193-VII
D44 = date(2024, 2, 11)  # Law 44-VIII
D71 = date(2024, 6, 8)  # Law 71-VIII
D113 = date(2024, 9, 6)  # Law 113-VIII
D115 = date(2025, 1, 8)  # Law 115-VIII
D205 = date(2025, 8, 31)  # Law 205-VIII
D219 = date(2025, 11, 20)  # Law 219-VIII
FIXED_VALUE_ORDER = date(2025, 12, 13)
D231 = date(2026, 1, 18)  # Law 231-VIII: 60 calendar days after publication
D259_FIRST = date(2026, 3, 19)  # Law 259-VIII, first part
D259 = date(2026, 5, 1)  # Law 259-VIII, second part
D254 = date(2026, 7, 1)  # Law 254-VIII: ground 5-3 of unscheduled inspections
D306 = date(2026, 7, 1)  # Law 306-VIII: prosecutor's rules of the Entrepreneurial Code
D256 = date(2026, 7, 12)  # Law 256-VIII
PERMITS_START = date(2014, 11, 21)  # Law 202-V: six months after publication
PERMITS_2015 = date(2015, 1, 1)
PERMITS_2018 = date(2018, 6, 1)
PERMITS_CODE = date(2016, 1, 1)  # Entrepreneurial Code
PROCEDURE_CODE_START = date(2021, 7, 1)  # Code 350-VI

#: Days that we count ourselves because no text names them; a row that begins or ends on one is unconfirmed in its day.
UNCONFIRMED_DAYS = frozenset(
    {D113, D205, D219, D231, D306, PERMITS_START, PERMITS_2018, PERMITS_CODE, PROCEDURE_CODE_START}
)

LDA = _("Law 193-VII on Digital Assets")
PERMITS_LAW = _("Law 202-V on Permits and Notifications")
CODE = _("Entrepreneurial Code")
PROCEDURE_CODE = _("Administrative Procedural Code")
TAX_CODE = _("Tax Code 214-VIII")
NBK_LAW = _("Law on the National Bank")
NBK_RULES = _("Rules of the National Bank")
AIFC_RULES = _("AIFC rules on digital asset activities")
AML_LAW = _("Law 191-IV against Money Laundering")
PERSONAL_DATA_LAW = _("Law 94-V on Personal Data")
ARCHIVE_RULES = _("Typical list of documents with their periods of keeping")
BUDGET_LAW = _("Law on the Republican Budget")
OFFENCES_CODE = _("Code on Administrative Offences")
ORDER_48 = _("Order 48 of 22.06.2022 on risk systems")
ORDER_162 = _("Order 162 of 25.12.2020 on registration of inspections")
HOUSE = _("Working rule of this system")  # no act: set here, and always assumed

WORKING_DAYS = _("working days")
CALENDAR_DAYS = _("calendar days")
MONTHS = _("months")
YEARS = _("years")
HOURS = _("hours")
HOUR = _("o’clock")
TENGE = _("tenge")
DOLLARS = _("US dollars")
MCI = _("monthly calculation indices")
SHARE = _("share")
OF_FEE = _("share of the fee")
GROUNDS = _("grounds in a closed list")
TIMES = _("times")
PEOPLE = _("people")
POINTS = _("points")
PERCENT = _("percent")
KILOMETRES = _("kilometres")
YEAR_DAY = _("month and day")  # of a value written as 12-25
EFFECT = _("effect")
RULE = _("rule")
ACT = _("act")
CLASS = _("class")
#: What silence means, as rows say it and programs compare it.
AGREED = _("agreed")
DEEMED_ISSUED = _("deemed issued at the end of the term")
NO_EFFECT = _("no effect")
#: Forms of control, as the rows on them say it and programs compare it.
PREVENTIVE_TOO = _("inspections and preventive control")
# Units of a bool: what the word True says.
REQUIRED = _("required")
ALLOWED = _("allowed")
PROHIBITED = _("prohibited")
SUBJECT = _("subject of monitoring")
FLAG = _("yes or no")


#: An article said by its numbers alone, as `12-1(1)(2)`; a place with words in it (a row, another act) is a msgid.
NUMBERED = re.compile(r"\d[\d(),; -]*")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule stands: an act (msgid) and the article in it, as `9(1)`; "" where the act as a whole is meant."""

    act: str
    article: str

    def cite(self) -> Line:
        """The citation as a translatable line."""
        if not self.article:
            return Line("%(act)s", act=self.act)
        if NUMBERED.fullmatch(self.article):
            return Line(_("%(act)s, Art. %(article)s"), act=self.act, article=self.article)
        return Line(_("%(act)s, %(article)s"), act=self.act, article=self.article)

    def __str__(self) -> str:
        return str(self.cite())


@dataclass(frozen=True, slots=True)
class Provision:
    """One rule of law between two days.

    `value` is a number, a word (msgid) or a bool (then `unit` says what True means); `unit` is a msgid in words.
    `in_force` is the first day, `repealed` the first day it no longer applies (None: none known).
    `confidence` speaks of the content, `day_confidence` of `in_force` and `repealed`.
    `title` and `note` are msgids for screens.
    """

    code: str
    value: Value
    unit: str
    source: Source
    in_force: date
    repealed: date | None = None
    confidence: Confidence = "text"
    day_confidence: Confidence = "text"
    note: str = ""
    title: str = ""

    def applies(self, on: date) -> bool:
        """Whether the row is in force on that day."""
        return self.in_force <= on and (self.repealed is None or on < self.repealed)

    @property
    def is_confirmed(self) -> bool:
        """False where the content or the day is only assumed or known from a commentary: say *unconfirmed* then."""
        return not {self.confidence, self.day_confidence} & {"source", "assumed"}

    @property
    def number(self) -> int:
        """The value as a whole number. TypeError where the rule has none (a programmer's mistake)."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise TypeError(f"{self.code} is not a whole number")
        return self.value

    @property
    def amount(self) -> Decimal:
        """The value as a Decimal. TypeError where the rule has no number."""
        if isinstance(self.value, bool | str):
            raise TypeError(f"{self.code} is not a number")
        return Decimal(self.value)

    @property
    def value_text(self) -> str:
        """The value for a screen: a msgid for words and bools, digits for numbers (without the unit)."""
        if isinstance(self.value, bool):
            named = self.unit != FLAG
            return self.unit if named and self.value else (_("yes") if self.value else _("no"))
        return str(self.value)

    def ground(self) -> dict[str, object]:
        """The rule as known now, as a plain dict with ISO dates: what an act keeps, so that a later correction of a day
        does not falsify it."""
        return {
            "code": self.code,
            "value": plain(self.value),
            "unit": self.unit,
            "act": self.source.act,
            "article": self.source.article,
            "in_force": self.in_force.isoformat(),
            "repealed": self.repealed.isoformat() if self.repealed else None,
            "confidence": self.confidence,
            "day_confidence": self.day_confidence,
        }


def row(
    code: str,
    value: Value,
    unit: str,
    act: str,
    article: str,
    in_force: date,
    repealed: date | None = None,
    *,
    title: str,
    note: str = "",
    confidence: Confidence = "text",
    day: Confidence | None = None,
) -> Provision:
    """A row as the tables of this package write it; the confidence of the day follows from the shared days."""
    if day is None:
        day = "assumed" if {in_force, repealed} & UNCONFIRMED_DAYS else "text"
    return Provision(code, value, unit, Source(act, article), in_force, repealed, confidence, day, note, title)
