"""What a data centre of digital mining is assessed by: a checklist for each day, closed answers, a closed result.

Public API
----------
- `checklist(on) -> Checklist`: the version of the day of the assessment; NotInForce before 2023-04-01.
- `version(code) -> Checklist`: the version that an assessment took, by its first day as ISO text.
- `result(checklist, answers) -> Result`: what the answers come to; `faults(checklist, answers) -> list[Problem]`.
- `follow_up(outcome, on) -> dict[str, Due]`: who must do what by when; on = the day of the decision.
- `difference(before, after) -> tuple[Change, ...]`: two assessments item by item, under one version or two.
- `MET, NOT_MET, NOT_APPLICABLE`; `MEETS, REMARKS, FAILS`.

Items of the definition (LDA 1(9)) come from its editions; the others are ours and assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from law import checklists
from law.checklists import ANSWERS, MET, NOT_APPLICABLE, NOT_MET
from law.licensing import Due, due_by
from law.problems import Problem, _, as_day, problem
from law.provisions import NotInForce, Provision, history, provision

__all__ = [
    "ANSWERS",
    "CHANGES",
    "CURE",
    "FAILS",
    "FOLLOWS",
    "MEETS",
    "MET",
    "NOT_APPLICABLE",
    "NOT_MET",
    "REASSESSMENT",
    "REMARKS",
    "REMEDY",
    "RESULTS",
    "Change",
    "Checklist",
    "Item",
    "Result",
    "checklist",
    "difference",
    "faults",
    "follow_up",
    "result",
    "version",
    "versions",
]

MEETS: Final = "meets"
REMARKS: Final = "remarks"
FAILS: Final = "fails"
RESULTS: Mapping[str, str] = MappingProxyType(
    {
        MEETS: _("Meets the standard"),
        REMARKS: _("Meets the definition of the law, with remarks"),
        FAILS: _("Does not meet the definition of the law"),
    }
)

CURE: Final = "centre-cure"
REMEDY: Final = "centre-remedy"
REASSESSMENT: Final = "centre-reassessment"
#: What follows a result: the duty and the provision that gives its days.
FOLLOWS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        MEETS: {},
        REMARKS: {REMEDY: "centre.remedy", REASSESSMENT: "centre.reassessment"},
        FAILS: {CURE: "centre.cure", REASSESSMENT: "centre.reassessment"},
    }
)

#: Item by the provision that asks for it: what is looked at. Those of the definition first.
_DEFINITION: Mapping[str, str] = MappingProxyType(
    {
        "centre.object": _("It is an object of the infrastructure that the definition names."),
        "centre.mining_equipment": _("It holds mining equipment."),
        "centre.building_required": _("It is a production building."),
        "centre.keeps_capacity_working": _("It keeps its computing capacity working."),
        "centre.outside_residential_zone": _("It lies outside a residential zone."),
        "centre.lawful_power": _("It uses power under the law on electric power."),
    }
)
_OURS: Mapping[str, str] = MappingProxyType(
    {
        "centre.standard.power": _("The supply of power carries the declared megawatts with a reserve."),
        "centre.standard.cooling": _("Cooling carries away the heat of the machines at full load."),
        "centre.standard.network": _("Two lines connect it, and traffic to pools is known by address."),
        "centre.standard.physical_safety": _("Fire alarm, extinguishing and access control work."),
        "centre.standard.metering": _("Power is metered by sealed meters, apart for each licence holder."),
        "centre.standard.information_security": _(
            "Machines are managed from a network of their own; access is logged."
        ),
    }
)
#: Where the text in force and its commentary differ: said beside the item, from the day of the change on.
_DOUBT = _("The commentary on the amendment says that this condition was dropped; the text in force keeps its words.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(checklists.Item):
    """One thing to look at; its code is without the point: `outside_residential_zone`, `standard-power`."""

    of_definition: bool


Checklist = checklists.Checklist[Item]


@dataclass(frozen=True, slots=True)
class Result:
    """`outcome` is one of RESULTS; `unmet` are the items that made it."""

    outcome: str
    unmet: tuple[Item, ...]
    provision: Provision


@dataclass(frozen=True, slots=True)
class Change:
    """One item in two assessments: answers as given, "" where the version of that day did not ask for it."""

    code: str
    text: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        """same, better, worse, other, added (only the later asks) or dropped (only the earlier asked)."""
        if not self.before or not self.after:
            return "added" if self.after else "dropped"
        if self.before == self.after:
            return "same"
        return {MET: "better", NOT_MET: "worse"}.get(self.after, "other")


CHANGES: Mapping[str, str] = MappingProxyType(
    {
        "same": _("as before"),
        "better": _("better"),
        "worse": _("worse"),
        "other": _("answered otherwise"),
        "added": _("asked only in the later"),
        "dropped": _("asked only in the earlier"),
    }
)


def _days() -> tuple[date, ...]:
    """The days on which the checklist changes, in order."""
    return checklists.days_of((*_DEFINITION, *_OURS))


def checklist(on: date) -> Checklist:
    """The version in force on the day of the assessment (the day on which the centre was looked at).

    Raises NotInForce before the first edition of the definition (2023-04-01)."""
    past = [day for day in _days() if day <= as_day(on)]
    if not past:
        raise NotInForce("centre.outside_residential_zone", on)
    since = past[-1]
    until = next((day for day in _days() if day > on), None)
    items = [
        Item(code=_name(code), text=text, provision=row, of_definition=code in _DEFINITION, doubt=_doubt(code, since))
        for code, text in (*_DEFINITION.items(), *_OURS.items())
        if (row := checklists.in_force(code, since)) is not None
    ]
    return checklists.Checklist(since.isoformat(), since, until, tuple(items))


def version(code: str) -> Checklist:
    """The version by its code. ValueError for a text that is no day, NotInForce for a day before the first."""
    return checklist(date.fromisoformat(code))


def versions() -> tuple[Checklist, ...]:
    """All versions, oldest first."""
    return tuple(checklist(day) for day in _days())


def _name(code: str) -> str:
    return code.removeprefix("centre.").replace(".", "-")


def _doubt(code: str, since: date) -> str:
    """The doubt begins with the amendment that the commentary speaks of: the day on which the building was dropped."""
    (building,) = history("centre.building_required")
    told = code == "centre.outside_residential_zone" and building.repealed is not None and since >= building.repealed
    return _DOUBT if told else ""


def faults(asked: Checklist, answers: Mapping[str, str]) -> list[Problem]:
    """What stands against a result: items without an answer, answers to none, and parts of the definition set aside."""
    found = checklists.faults(asked, answers)
    for item in asked.items:
        if item.of_definition and answers.get(item.code) == NOT_APPLICABLE:
            message = _("A part of the definition applies to every data centre: %(item)s")
            found.append(problem("item-applies", message, field=item.code, provision=item.provision, item=item.text))
    return found


def result(asked: Checklist, answers: Mapping[str, str]) -> Result:
    """What the answers come to: the definition unmet in any part fails; unmet items of ours alone make remarks.

    ValueError while `faults` finds anything."""
    if faults(asked, answers):
        raise ValueError("the answers are not complete")
    unmet = tuple(item for item in asked.items if answers[item.code] == NOT_MET)
    outcome = FAILS if any(item.of_definition for item in unmet) else REMARKS if unmet else MEETS
    return Result(outcome, unmet, provision("centre.assessment_result", asked.since))


def follow_up(outcome: str, on: date) -> dict[str, Due]:
    """The duties after a result, each with its day and arithmetic, by code. `on`, the day of the decision, is not
    counted and picks the version. CURE and REMEDY are the owner's, REASSESSMENT is the authority's."""
    return {duty: due_by(code, on) for duty, code in FOLLOWS[outcome].items()}


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Change, ...]:
    """Two sets of answers by item, in the order of the checklist; items that neither asked for are left out."""
    texts = {_name(code): text for code, text in (*_DEFINITION.items(), *_OURS.items())}
    return tuple(
        Change(code, text, before.get(code, ""), after.get(code, ""))
        for code, text in texts.items()
        if code in before or code in after
    )
