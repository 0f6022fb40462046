"""Chapter 13 of the Entrepreneurial Code: what is checked, what follows from it, invalidity and sanctions."""

from datetime import date

from law.problems import _
from law.provisions.base import (
    ALLOWED,
    CALENDAR_DAYS,
    CHAPTER_13,
    CODE,
    EFFECT,
    MCI,
    OFFENCES_CODE,
    PROHIBITED,
    REQUIRED,
    RULE,
    TIMES,
    WORKING_DAYS,
    row,
)

# fmt: off
# A table: one rule after another, a line or two each.
_D155 = date(2025, 1, 1)  # Law 155-VIII: a day of 2025 that was not found
_OFFENCES = date(2015, 1, 1)

_CHECKING = (
    row("EK-CHECKLIST", True, REQUIRED, CODE, "137(6), 143(3), 151(1)", CHAPTER_13,
        title=_("Only what the checklist asks is checked")),
    row("EK-FORBIDDEN", True, PROHIBITED, CODE, "151", CHAPTER_13, day="assumed",
        title=_("What officials may not do at an inspection")),
    row("EK-SAME-PERIOD", True, PROHIBITED, CODE, "151(6)", CHAPTER_13, day="assumed",
        title=_("Second check of the same issue and period")),
    row("EK-COMPETENCE", True, REQUIRED, CODE, "156(2)(7)", CHAPTER_13, title=_("Competence of the body")),
    row("EK-GROUND", True, REQUIRED, CODE, "156(2)(1)", CHAPTER_13, title=_("A ground for the inspection")),
    row("EK-GROUND-2", 2, TIMES, CODE, "144(5)(2)", CHAPTER_13, day="assumed", confidence="assumed",
        title=_("Failures that found a check of an order to cure, at least"),
        note=_("More than one: the term missed and the request unanswered. Our reading.")),
    row("EK-ANONYMOUS", True, PROHIBITED, CODE, "144(6)", CHAPTER_13, day="assumed",
        title=_("Inspection on an anonymous complaint")),
    row("EK-WINDOW", True, REQUIRED, CODE, "155(1)", CHAPTER_13, day="assumed",
        title=_("Checked period within that of the complaint")),
    row("EK-TEAM", True, REQUIRED, CODE, "147(3), 155(1)", CHAPTER_13, title=_("Only officials named in the act")),
    row("EK-ORIGINALS", True, PROHIBITED, CODE, "152(10)", CHAPTER_13, day="assumed",
        title=_("Taking of original papers")),
    row("EK-PROMPT", False, ALLOWED, CODE, "136(1), 136(4)", CHAPTER_13, day="assumed",
        title=_("Prompt-response measures in digital assets"),
        note=_("They belong to supervision; digital assets are under control. Our reading.")),
    row("EK-INVESTOR-13", True, REQUIRED, CODE, "153(1-2)", CHAPTER_13, day="assumed",
        title=_("Approval of the prosecutor before a restrictive measure on a registered investor")),
    row("EK-PROSECUTOR-TOLD", True, REQUIRED, CODE, "153(1-1)", CHAPTER_13, day="assumed",
        title=_("Notice to the prosecutor of another restrictive measure"), note=_("No term is given.")),
)

_RESULTS = (
    row("EK-RESULT-DAY", True, REQUIRED, CODE, "152(12), 154(3)(7)", CHAPTER_13, day="assumed",
        title=_("Result act handed over on the last day, not later than the act of appointment says")),
    row("EK-COPIES", 3, TIMES, CODE, "152(8)", CHAPTER_13, day="assumed",
        title=_("Copies of result act and order to cure")),
    row("EK-PRESC-ONE", 1, TIMES, CODE, "152(4)", CHAPTER_13, day="assumed",
        title=_("Orders to cure for one result act")),
    row("EK-CURE-MIN", 10, CALENDAR_DAYS, CODE, "152(7)", CHAPTER_13, day="assumed",
        title=_("Term to cure, from the handing over, at least")),
    row("EK-CURE-REQ", 3, WORKING_DAYS, CODE, "152(7)", CHAPTER_13, day="assumed",
        title=_("Request of the subject to prolong the term to cure")),
    row("EK-CURE-DEC", 3, WORKING_DAYS, CODE, "152(7)", CHAPTER_13, day="assumed",
        title=_("Decision on the request to prolong")),
    row("EK-CURE-ASK", 2, WORKING_DAYS, CODE, "152(14)", CHAPTER_13, day="assumed",
        title=_("Request to the subject when no report of the cure came")),
    row("EK-OBJECTION", True, REQUIRED, CODE, "152(9)", CHAPTER_13, day="assumed",
        title=_("Written objections are attached to the result act"), note=_("No term is given.")),
    row("EK-NO-CASE", False, ALLOWED, CODE, "144-1, 144-2(1), 144-2(5)", CHAPTER_13, day="assumed",
        title=_("Administrative case after preventive control")),
    row("EK-CASE", True, ALLOWED, CODE, "134(4), 153(1)", CHAPTER_13, day="assumed",
        title=_("Administrative case after an inspection")),
)

_INVALIDITY = (
    row("EK-INVAL", _("act and order to cure are no evidence and may be annulled"), EFFECT, CODE, "156(1)", CHAPTER_13,
        title=_("What a gross breach of the rules means")),
    row("EK-INVAL-APP", 10, WORKING_DAYS, CODE, "156(1)", CHAPTER_13,
        title=_("Decision of the higher body on an application to annul")),
    row("EK-INVAL-SILENCE", _("in favour of the subject"), EFFECT, CODE, "156(1)", CHAPTER_13,
        title=_("No decision on an application to annul")),
    row("EK-APPEAL", _("higher state body or court"), RULE, CODE, "157", CHAPTER_13,
        title=_("Where acts of an inspection are appealed against")),
    row("EK-REFUSE-ACCESS", True, ALLOWED, CODE, "155(1)", CHAPTER_13, day="assumed",
        title=_("Refusal of access by the subject")),
)

_SANCTIONS = (
    row("FINE-OFF", 20, MCI, OFFENCES_CODE, "175", _D155, day="assumed",
        title=_("Fine of an official for a breach of the rules of inspection")),
    row("FINE-OFF-AGAIN", 25, MCI, OFFENCES_CODE, "175", _D155, day="assumed",
        title=_("The same, again within a year")),
    row("FINE-ACCESS.person", 3, MCI, OFFENCES_CODE, "462", _OFFENCES, day="assumed",
        title=_("Obstruction: natural person")),
    row("FINE-ACCESS.small", 100, MCI, OFFENCES_CODE, "462", _OFFENCES, day="assumed",
        title=_("Obstruction: official, small firm, non-profit body")),
    row("FINE-ACCESS.medium", 150, MCI, OFFENCES_CODE, "462", _OFFENCES, day="assumed",
        title=_("Obstruction: medium firm")),
    row("FINE-ACCESS.large", 200, MCI, OFFENCES_CODE, "462", _OFFENCES, day="assumed",
        title=_("Obstruction: large firm")),
    row("FINE-ACCESS-AGAIN.person", 7, MCI, OFFENCES_CODE, "462", _OFFENCES, day="assumed",
        title=_("Obstruction again: natural person")),
    row("FINE-ACCESS-AGAIN.small", 200, MCI, OFFENCES_CODE, "462", _OFFENCES, day="assumed",
        title=_("Obstruction again: official, small firm, non-profit body")),
    row("FINE-ACCESS-AGAIN.medium", 300, MCI, OFFENCES_CODE, "462", _OFFENCES, day="assumed",
        title=_("Obstruction again: medium firm")),
    row("FINE-ACCESS-AGAIN.large", 400, MCI, OFFENCES_CODE, "462", _OFFENCES, day="assumed",
        title=_("Obstruction again: large firm")),
    row("FINE-ORDER.person", 5, MCI, OFFENCES_CODE, "462", _OFFENCES, day="assumed",
        title=_("Order to cure not fulfilled: natural person")),
    row("FINE-ORDER.official", 15, MCI, OFFENCES_CODE, "462", _OFFENCES, day="assumed",
        title=_("Order to cure not fulfilled: official")),
    row("FINE-ORDER.small", 100, MCI, OFFENCES_CODE, "462", _OFFENCES, day="assumed",
        title=_("Order to cure not fulfilled: small firm")),
    row("FINE-ORDER.medium", 200, MCI, OFFENCES_CODE, "462", _OFFENCES, day="assumed",
        title=_("Order to cure not fulfilled: medium firm")),
    row("FINE-ORDER.large", 500, MCI, OFFENCES_CODE, "462", _OFFENCES, day="assumed",
        title=_("Order to cure not fulfilled: large firm")),
    row("FINE-REPORT", 20, MCI, OFFENCES_CODE, "462", _OFFENCES, day="assumed",
        title=_("No information on the measures taken")),
)

ROWS = _CHECKING + _RESULTS + _INVALIDITY + _SANCTIONS
# fmt: on
