"""Chapter 13 of the Entrepreneurial Code: frequency, plans, notices, registration and length of inspections.

A rule that Law 71-VIII also touched, or whose first day is not known, counts from the first day of the chapter, and
that day is *assumed*. The codes are those by which the rules are known outside.
"""

from datetime import date

from law.problems import _
from law.provisions.base import (
    ALLOWED,
    CALENDAR_DAYS,
    CHAPTER_13,
    CODE,
    FLAG,
    HOUR,
    HOURS,
    KILOMETRES,
    LDA,
    LDA_START,
    ORDER_162,
    PERCENT,
    PERMITS_CODE,
    REQUIRED,
    RULE,
    TIMES,
    WORKING_DAYS,
    YEAR_DAY,
    YEARS,
    row,
)

# fmt: off
# A table: one rule after another, a line or two each.
_BY = _("“By” a day is read as the last working day before it.")
_OURS = _("No text says so; it is set here, so that people see in time what comes.")
_AUTOMATIC = _("formed by the automated system")
_NO_HOUR = _("The Code names no hour; the usual working day of offices is taken.")
_PAPER = _("approved by the head without an automated system")

_FREQUENCY = (
    row("EK-FREQ-HIGH", 1, YEARS, CODE, "141(4)", CHAPTER_13, day="assumed",
        title=_("Compliance inspection at high risk, once in")),
    row("EK-FREQ-MED", 2, YEARS, CODE, "141(4)", CHAPTER_13, day="assumed",
        title=_("Compliance inspection at medium risk, once in")),
    row("EK-FREQ-LOW", 3, YEARS, CODE, "141(4)", CHAPTER_13, day="assumed",
        title=_("Compliance inspection at low risk, once in")),
    row("EK-FREQ-VISIT", 2, TIMES, CODE, "144-2(2)", CHAPTER_13, day="assumed",
        title=_("Visits of preventive control in a year, at most"),
        note=_("That the year is the calendar year is assumed.")),
    row("EK-VISIT-LOW", 0, TIMES, CODE, "141(4)", CHAPTER_13, day="assumed",
        title=_("Visits of preventive control at low risk")),
    row("EK-DESK-FIRST", 1, YEARS, CODE, "131(5), 144-2(1)", CHAPTER_13,
        title=_("Desk control in the calendar year before a visit"),
        note=_("Where the law of the sphere has desk control.")),
    row("EK-CAP5", 5, PERCENT, CODE, "141(7)", CHAPTER_13, day="assumed",
        title=_("Share of subjects checked without an automated system, at most")),
    row("EK-HOLIDAY3", 3, YEARS, CODE, "131(6)", PERMITS_CODE,
        title=_("No control of a small firm after its registration"),
        note=_("Not for unscheduled inspections and successors of other firms. The first day was not found.")),
    row("MORAT-1", _("small and micro firms"), RULE, _("Decree 229 of 26.12.2019"), "", date(2020, 1, 1),
        date(2024, 1, 1), title=_("Moratorium on inspections"), confidence="assumed", day="assumed",
        note=_("The decree was not found; its exceptions are not known.")),
)

_PLANS = (
    row("inspection-plan.formed", 15, WORKING_DAYS, CODE, "144(2), 144-2(4)", CHAPTER_13, confidence="assumed",
        day="assumed", note=_OURS, title=_("A plan is formed before the last day of its publication")),
    row("inspection-plan.published", 3, WORKING_DAYS, CODE, "144(2), 144-2(4)", CHAPTER_13, confidence="assumed",
        day="assumed", note=_OURS, title=_("A plan is published before that day, that day included")),
    row("inspection-plan.opened", 21, CALENDAR_DAYS, CODE, "144(3), 144-2(4)", CHAPTER_13, confidence="assumed",
        day="assumed", note=_OURS,
        title=_("The draft of a planned inspection is opened before the last day of its notice")),
    row("EK-SCHED-PUB", "12-25", YEAR_DAY, CODE, "144(2)", CHAPTER_13, day="assumed", note=_BY,
        title=_("Yearly schedule sent for publication, in the year before, by")),
    row("EK-LIST1-PLS", "12-10", YEAR_DAY, CODE, "144-2(4)", CHAPTER_13, day="assumed", note=_BY,
        title=_("List of the first half-year sent to legal statistics, in the year before, by")),
    row("EK-LIST2-PLS", "05-10", YEAR_DAY, CODE, "144-2(4)", CHAPTER_13, day="assumed", note=_BY,
        title=_("List of the second half-year sent to legal statistics by")),
    row("EK-LIST1-PUB", "12-25", YEAR_DAY, CODE, "144-2(4)", CHAPTER_13, day="assumed", note=_BY,
        title=_("List of the first half-year published, in the year before, by")),
    row("EK-LIST2-PUB", "05-25", YEAR_DAY, CODE, "144-2(4)", CHAPTER_13, day="assumed", note=_BY,
        title=_("List of the second half-year published by")),
    row("EK-LIST-CHG", 1, TIMES, _("Rules of the Prosecutor General's Office"), "", CHAPTER_13, day="assumed",
        title=_("Change of a list, to take subjects out, at most"), confidence="secondary",
        note=_("The text of the rules was not found.")),
    row("EK-MODE-RAMS", _AUTOMATIC, RULE, CODE, "141(7), 144(2)", CHAPTER_13, day="assumed",
        title=_("Plan with an automated risk system")),
    row("EK-MODE-PAPER", _PAPER, RULE, CODE, "144(2), 144-2(4)", CHAPTER_13, day="assumed",
        title=_("Plan without an automated risk system")),
    row("EK-MODE-ONE", True, REQUIRED, CODE, "144(2), 144-2(4)", CHAPTER_13, day="assumed",
        title=_("One way of forming the plan of one period")),
    row("EK-COMMON-PERIOD", True, REQUIRED, CODE, "144(2)", CHAPTER_13, day="assumed",
        title=_("One period for a subject of both the schedule and a list")),
    row("CAL-REPDAY", _("last Thursday of September"), RULE, CODE, "131-1", date(2021, 1, 1), day="assumed",
        title=_("Unified Reporting Day of control bodies")),
    row("CAL-CONST-OLD", "08-30", YEAR_DAY, _("Law on holidays"), "", date(1996, 1, 1), date(2026, 1, 1),
        title=_("Constitution Day until 2025"), confidence="secondary", day="secondary"),
    row("CAL-CONST-NEW", "03-15", YEAR_DAY, _("Constitution"), "", date(2027, 1, 1),
        title=_("Constitution Day from 2027"), confidence="secondary", day="secondary"),
)

_NOTICES = (
    row("EK-NOTICE-COMP", 30, CALENDAR_DAYS, CODE, "144(3)", CHAPTER_13,
        title=_("Notice before a compliance inspection"), note=_("Neither its own day nor that of the start counts.")),
    row("EK-NOTICE-VISIT", 30, CALENDAR_DAYS, CODE, "144-2(4)", CHAPTER_13,
        title=_("Notice before a visit of preventive control"),
        note=_("Neither its own day nor that of the start counts.")),
    row("EK-NOTICE-UNSCH", 24, HOURS, CODE, "144(4)", CHAPTER_13,
        title=_("Notice before an unscheduled inspection")),
    row("EK-NOTICE-NONE", _("grounds 3, 4, 7, 8 and cases of 144(8), (9), (10)"), RULE, CODE, "144(4)", CHAPTER_13,
        day="assumed", title=_("Unscheduled inspections without notice")),
    row("EK-NOTICE-DESK", False, REQUIRED, CODE, "137, 144-1", CHAPTER_13, day="assumed",
        title=_("Notice before desk control")),
    row("EK-TEAM-NOTICE", True, REQUIRED, CODE, "147(3)", CHAPTER_13,
        title=_("Notice to subject and legal statistics before a new official joins")),
)

_REGISTRATION = (
    row("EK-ACT", True, REQUIRED, CODE, "145", CHAPTER_13, title=_("Act of appointment with all its fields")),
    row("EK-ACT-ONE", 1, TIMES, CODE, "147(4), 155(1)", CHAPTER_13, day="assumed",
        title=_("Subjects in one act of appointment")),
    row("EK-ACT-HANDED", True, REQUIRED, CODE, "147(2), 156(2)(6)", CHAPTER_13,
        title=_("Act of appointment handed to the subject at the start")),
    row("EK-REG-BEFORE", 0, WORKING_DAYS, CODE, "146(2)", CHAPTER_13,
        title=_("Registration of the act before the start")),
    row("EK-REG-URGENT", 1, WORKING_DAYS, CODE, "144(8), 146(2), 146(3)", CHAPTER_13, day="assumed",
        title=_("Registration after the start in urgent cases")),
    row("EK-REG-REMOTE", 5, WORKING_DAYS, CODE, "144(9)", CHAPTER_13, day="assumed",
        title=_("Registration after the start at a remote object")),
    row("EK-REG-KM", 100, KILOMETRES, CODE, "144(9)", CHAPTER_13, day="assumed",
        title=_("A remote object: farther from the place of registration than")),
    row("EK-HOURS", True, REQUIRED, CODE, "146(3), 154(3)(3)", CHAPTER_13,
        title=_("Work in the working time of the subject, urgent cases aside"), confidence="assumed"),
    row("EK-HOURS.from", 9, HOUR, CODE, "146(3), 154(3)(3)", CHAPTER_13, confidence="assumed", day="assumed",
        title=_("An inspection begins from"), note=_NO_HOUR),
    row("EK-HOURS.to", 18, HOUR, CODE, "146(3), 154(3)(3)", CHAPTER_13, confidence="assumed", day="assumed",
        title=_("An inspection begins before"), note=_NO_HOUR),
)

_LENGTH = (
    row("EK-DUR-MICRO", 5, WORKING_DAYS, CODE, "148(1)(1)", CHAPTER_13, title=_("Length at a micro firm")),
    row("EK-DUR-MICRO-X", 5, WORKING_DAYS, CODE, "148(1)(1)", CHAPTER_13, title=_("Extension at a micro firm")),
    row("EK-DUR-STD", 15, WORKING_DAYS, CODE, "148(1)(2)", CHAPTER_13,
        title=_("Length of a compliance inspection or visit, other firms")),
    row("EK-DUR-STD-X", 15, WORKING_DAYS, CODE, "148(1)(2)", CHAPTER_13,
        title=_("Extension of a compliance inspection or visit, other firms")),
    row("EK-DUR-UNSCH", 10, WORKING_DAYS, CODE, "148(1)(2)", CHAPTER_13,
        title=_("Length of an unscheduled inspection, other firms")),
    row("EK-DUR-UNSCH-X", 10, WORKING_DAYS, CODE, "148(1)(2)", CHAPTER_13,
        title=_("Extension of an unscheduled inspection, other firms")),
    row("EK-DUR-FIRST", _("the day of the start is working day one"), RULE, CODE, "148", CHAPTER_13,
        title=_("Counting of the length"), confidence="assumed"),
    row("EK-EXT-MAX", 1, TIMES, CODE, "148(2)", CHAPTER_13, title=_("Extensions of an inspection, at most")),
    row("EK-EXT-NOTICE", 1, WORKING_DAYS, CODE, "148(2)", CHAPTER_13, title=_("Notice before an extension")),
    row("EK-EXT-ACT", True, REQUIRED, CODE, "148(2)", CHAPTER_13,
        title=_("Registered act of extension with one of three reasons")),
    row("EK-INV-DUR", 30, CALENDAR_DAYS, CODE, "144-4(6)", CHAPTER_13, day="assumed",
        title=_("Length of an investigation")),
    row("EK-INV-EXT", 30, CALENDAR_DAYS, CODE, "144-4(6)", CHAPTER_13, day="assumed",
        title=_("Extension of an investigation, once")),
    row("EK-SUSPEND", False, ALLOWED, ORDER_162, "", CHAPTER_13, confidence="assumed", day="assumed",
        title=_("Suspension of an inspection"),
        note=_("No rule was found, so the time does not stop.")),
)

_FORMS = (
    row("EK-SPHERE", True, FLAG, CODE, "138(117), 129(20)", LDA_START,
        title=_("Digital assets as a sphere of state control")),
    row("EK-NO-SPECIAL-LAW", True, REQUIRED, CODE, "129(19)", CHAPTER_13, day="assumed",
        title=_("A law of the sphere that provides for the control")),
    row("EK-TEST-PURCHASE", False, ALLOWED, CODE, "144-3(5)", CHAPTER_13, confidence="assumed", day="assumed",
        title=_("Test purchases in digital assets"), note=_("No law that allows them was found.")),
    row("EK-INVESTIGATION", False, ALLOWED, CODE, "144-4(8)", CHAPTER_13, confidence="assumed", day="assumed",
        title=_("Investigations in digital assets"), note=_("No law that allows them was found.")),
    row("EK-PERMIT-CONTROL", False, REQUIRED, CODE, "129(7)", CHAPTER_13, day="assumed",
        title=_("Chapter 13 before a permit is issued")),
    row("control.old-secured", False, REQUIRED, LDA, "12", date(2026, 5, 1), confidence="assumed",
        title=_("Inspections of issuers of secured assets after the repeal")),
)

ROWS = _FORMS + _FREQUENCY + _PLANS + _NOTICES + _REGISTRATION + _LENGTH
# fmt: on
