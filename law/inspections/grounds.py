"""Closed lists of inspections: what founds an unscheduled one, what makes one invalid, when access may be refused.

Public API
----------
- `unscheduled_grounds(on) -> tuple[UnscheduledGround, ...]`; `unscheduled_ground(item, on) -> UnscheduledGround`:
  items of Art. 144(5) by their number as text ("2-1", "3" …); on = the day of the start.
- `special_case(code) -> str`: the cases of Art. 144(8), (9), (10), checked.
- `GROSS_BREACHES`: Art. 156(2); `REFUSALS_OF_ACCESS`: Art. 155(1); `FORBIDDEN`: Art. 151; as `law.grounds.Ground`.
- `RIGHTS`, `DUTIES`: what a notice tells the subject (Art. 155).

ValueError for an unknown item, NotInForce for one that is not in force on the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from law.grounds import Ground, numbered
from law.problems import _, as_day
from law.provisions import CHAPTER_13, Confidence, NotInForce, Source
from law.provisions.base import CODE, D254

__all__ = [
    "CASES",
    "COMPLAINT",
    "DUTIES",
    "FORBIDDEN",
    "GROSS_BREACHES",
    "REFUSALS_OF_ACCESS",
    "RIGHTS",
    "UNCURED_ORDER",
    "UnscheduledGround",
    "special_case",
    "unscheduled_ground",
    "unscheduled_grounds",
]

COMPLAINT: Final = "3"
UNCURED_ORDER: Final = "2"


@dataclass(frozen=True, slots=True)
class UnscheduledGround:
    """One item of Art. 144(5). `papers` (msgid) are what proves it, in our own reading; `notice`: whether the subject
    is told beforehand; `repeats`: whether it may check an issue and period checked before (151(6)); `warned`: the list
    of 155(1) does not name it, so that the subject may refuse access; `digital_assets`: not for another sphere."""

    item: str
    ground: Ground
    papers: str
    notice: bool = True
    repeats: bool = False
    warned: bool = False
    digital_assets: bool = True


def _item(
    item: str,
    text: str,
    papers: str,
    *,
    notice: bool = True,
    repeats: bool = False,
    warned: bool = False,
    digital_assets: bool = True,
    since: date | None = None,
) -> UnscheduledGround:
    # Law 71-VIII changed the article too; since when each item reads so is known of the newest alone.
    day: Confidence = "text" if since else "assumed"
    ground = Ground(f"EK-144-5.{item}", text, Source(CODE, f"144(5)({item})"), since or CHAPTER_13, day=day)
    return UnscheduledGround(item, ground, papers, notice, repeats, warned, digital_assets)


_MEDICAL: Final = _("The paper of the health authority.")
_GROUNDS: Final[Mapping[str, UnscheduledGround]] = MappingProxyType(
    {
        one.item: one
        for one in (
            _item(
                "1",
                _("Check that breaches found by an investigation are cured."),
                _("The result of the investigation and the term to cure."),
            ),
            _item(
                "2",
                _("Check of an order to cure after more than one failure to report the cure or to cure."),
                _("The order to cure, its term missed, and the request left unanswered."),
            ),
            _item(
                "2-1",
                _("Check that breaches behind prompt-response measures are cured."),
                _("The act of the measure and its term."),
                repeats=True,
                warned=True,
            ),
            _item(
                "3",
                _("Complaint of a person or firm on breaches of law, with convincing grounds and evidence."),
                _("The complaint with the name of its author, and the evidence."),
                notice=False,
                repeats=True,
            ),
            _item(
                "4",
                _("Demand of the prosecutor on concrete harm or a threat of it."),
                _("The demand of the prosecutor."),
                notice=False,
                repeats=True,
            ),
            _item(
                "5",
                _("Request of a state body on concrete harm, or on breaches that harm life or health."),
                _("The request of the state body."),
                repeats=True,
            ),
            _item("5-1", _("Order of the minister of health."), _MEDICAL, digital_assets=False),
            _item("5-2", _("Reports of the media on medical harm."), _MEDICAL, digital_assets=False),
            _item(
                "5-3",
                _("Agreed plan of visits to a construction site."),
                _("The agreed plan of visits."),
                digital_assets=False,
                since=D254,
            ),
            _item(
                "6",
                _("Repeat inspection after the subject contests the first."),
                _("The application of the subject against the first inspection."),
                repeats=True,
            ),
            _item(
                "7",
                _("Order of a body of criminal prosecution."),
                _("The order of the body of criminal prosecution."),
                notice=False,
                repeats=True,
            ),
            _item(
                "8",
                _("Case of tax law."),
                _("The paper that the tax law names."),
                notice=False,
                repeats=True,
            ),
        )
    }
)

#: Cases in which an unscheduled inspection is not announced (144(4)), and the act may be registered later (146(2)).
CASES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "144(8)": _("emergency"),
        "144(9)": _("object farther than 100 km from the place of registration"),
        "144(10)": _("another case that the Code names"),
    }
)


def special_case(code: str) -> str:
    """The code itself where it is one of `CASES`; ValueError for another."""
    if code not in CASES:
        raise ValueError(f"unknown case: {code!r}")
    return code


def unscheduled_ground(item: str, on: date) -> UnscheduledGround:
    """One item of Art. 144(5); on = the day of the start. Item 5-3 is in force from 2026-07-01.

    ValueError for an unknown item, NotInForce before its first day."""
    found = _GROUNDS.get(item)
    if found is None:
        raise ValueError(f"unknown ground of an unscheduled inspection: {item!r}")
    if not found.ground.applies(as_day(on)):
        raise NotInForce(found.ground.code, on)
    return found


def unscheduled_grounds(on: date) -> tuple[UnscheduledGround, ...]:
    """The items of Art. 144(5) in force on the day of the start, those of other spheres included."""
    return tuple(one for one in _GROUNDS.values() if one.ground.applies(as_day(on)))


_INVALID_156 = (
    _("There is no ground for the inspection."),
    _("There is no act of appointment."),
    _("The subject was not told, or too late."),
    _("What Art. 151 forbids was done."),
    _("The inspection comes sooner than the degree of risk allows."),
    _("The act of appointment was not handed to the subject."),
    _("The issue is outside the competence of the body."),
    _("The act of appointment was not registered where it must be."),
    _("The inspection lasted longer than Art. 148 allows."),
    _("No desk control went before the visit."),
)
#: Gross breaches that make an inspection invalid.
GROSS_BREACHES: Final = numbered("EK-156-2", CODE, "156(2)(%d)", _INVALID_156, CHAPTER_13)


def _listed(prefix: str, article: str, texts: Mapping[str, str]) -> tuple[Ground, ...]:
    found = ((f"{prefix}.{code}", text) for code, text in texts.items())
    return tuple(Ground(code, text, Source(CODE, article), CHAPTER_13, day="assumed") for code, text in found)


#: What officials may not do at an inspection; the codes after the point are those of `Plan.forbidden_acts`.
FORBIDDEN: Final = _listed(
    "EK-151",
    "151",
    {
        "outside_checklist": _("Checking what the checklist does not ask or the competence does not hold."),
        "papers_off_subject": _("Asking for papers off the subject of the inspection."),
        "samples_without_act": _("Taking samples without an act."),
        "disclosure": _("Disclosing what the inspection has shown."),
        "over_time": _("Going on after the time is over."),
        "same_period": _("Checking again an issue and period that were checked before."),
        "costs_on_subject": _("Putting the costs on the subject."),
    },
)
#: Why a subject may refuse access, as far as it was read.
REFUSALS_OF_ACCESS: Final = _listed(
    "EK-155-1",
    "155(1)",
    {
        "frequency": _("The inspection comes sooner than the degree of risk allows."),
        "unregistered": _("The act of appointment or of extension is not registered, or lacks what it must hold."),
        "expired": _("The time of the act is over."),
        "several_subjects": _("One act names several subjects."),
        "not_named": _("An official is not named in the act."),
        "extension": _("The inspection is extended a second time or without a reason of Art. 148(2)."),
        "period": _("The checked period lies outside that of the complaint."),
        "same_period": _("The same issue and period were checked before."),
    },
)
RIGHTS: Final = _listed(
    "EK-RIGHT",
    "155",
    {
        "refuse_access": _("Refuse access where the Code says so."),
        "withhold": _("Withhold papers off the subject or the period of the inspection."),
        "appeal": _("Appeal against the act of appointment, the result act, the order to cure and acts of officials."),
        "ignore_bans": _("Leave unlawful bans of officials unheeded."),
        "record": _("Record the inspection in sound and picture."),
        "third_parties": _("Bring third parties to the inspection."),
    },
)
DUTIES: Final = _listed(
    "EK-DUTY",
    "155",
    {
        "access": _("Give access where the act is registered."),
        "copies": _("Give copies of papers and access to databases."),
        "receipt": _("Mark receipt on the act of appointment, the result act and the order to cure."),
        "no_edits": _("Change nothing in checked papers during the inspection."),
        "safety": _("Keep the officials safe."),
        "presence": _("Be at the object on the days of the notice."),
    },
)
