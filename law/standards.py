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

from law.licensing import Due, due_by
from law.problems import Problem, _, as_day, problem
from law.provisions import NotInForce, Provision, history, provision

MET: Final = "met"
NOT_MET: Final = "not_met"
NOT_APPLICABLE: Final = "not_applicable"
ANSWERS: Mapping[str, str] = MappingProxyType(
    {MET: _("met"), NOT_MET: _("not met"), NOT_APPLICABLE: _("not applicable")}
)

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


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at. `doubt` is a msgid, said on the screen beside it; empty where nothing is doubted."""

    code: str  # without the point: `outside_residential_zone`, `standard-power`
    text: str
    provision: Provision
    of_definition: bool
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """The items of one version. `code` is its first day; `until` the first day on which another stands, or None."""

    code: str
    since: date
    until: date | None
    items: tuple[Item, ...]

    def item(self, code: str) -> Item | None:
        return next((one for one in self.items if one.code == code), None)


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
    rows = [row for code in (*_DEFINITION, *_OURS) for row in history(code)]
    return tuple(sorted({row.in_force for row in rows} | {row.repealed for row in rows if row.repealed}))


def checklist(on: date) -> Checklist:
    """The version in force on the day of the assessment (the day on which the centre was looked at).

    Raises NotInForce before the first edition of the definition (2023-04-01)."""
    past = [day for day in _days() if day <= as_day(on)]
    if not past:
        raise NotInForce("centre.outside_residential_zone", on)
    since = past[-1]
    until = next((day for day in _days() if day > on), None)
    items = [
        Item(_name(code), text, row, code in _DEFINITION, _doubt(code, since))
        for code, text in (*_DEFINITION.items(), *_OURS.items())
        if (row := _in_force(code, since)) is not None
    ]
    return Checklist(since.isoformat(), since, until, tuple(items))


def version(code: str) -> Checklist:
    """The version by its code. ValueError for a text that is no day, NotInForce for a day before the first."""
    return checklist(date.fromisoformat(code))


def versions() -> tuple[Checklist, ...]:
    """All versions, oldest first."""
    return tuple(checklist(day) for day in _days())


def _name(code: str) -> str:
    return code.removeprefix("centre.").replace(".", "-")


def _in_force(code: str, on: date) -> Provision | None:
    try:
        return provision(code, on)
    except NotInForce:
        return None


def _doubt(code: str, since: date) -> str:
    """The doubt begins with the amendment that the commentary speaks of: the day on which the building was dropped."""
    (building,) = history("centre.building_required")
    told = code == "centre.outside_residential_zone" and building.repealed is not None and since >= building.repealed
    return _DOUBT if told else ""


def faults(asked: Checklist, answers: Mapping[str, str]) -> list[Problem]:
    """What stands against a result: items without an answer, answers to none, and parts of the definition set aside."""
    found = []
    for item in asked.items:
        given = answers.get(item.code, "")
        if not given:
            message = _("Not answered: %(item)s")
            found.append(problem("item-unanswered", message, field=item.code, provision=item.provision, item=item.text))
        elif given not in ANSWERS:
            message = _("No such answer: %(given)s.")
            found.append(problem("item-answer", message, field=item.code, given=given))
        elif item.of_definition and given == NOT_APPLICABLE:
            message = _("A part of the definition applies to every data centre: %(item)s")
            found.append(problem("item-applies", message, field=item.code, provision=item.provision, item=item.text))
    for code in answers:
        if asked.item(code) is None:
            message = _("The checklist of %(since)s does not ask for “%(code)s”.")
            found.append(problem("item-unknown", message, field=code, since=asked.since, code=code))
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
