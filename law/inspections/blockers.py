"""What makes an inspection unlawful, found before it happens.

Public API
----------
- `blockers(plan, on) -> list[Problem]`: codes B1 … B26, each with its rule and what to do.
- `doubts(plan, on) -> list[Problem]`: warnings, which block nothing.
- `STEPS`, `blockers_at(step, plan, on)`: which codes are asked before a step is taken.
- `TITLES`: each code with what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from law.calendar import is_working_day
from law.checklists import in_force
from law.inspections.blocking import course, founding, opening, results
from law.inspections.blocking.facts import Facts, facts_of
from law.inspections.codes import Kind
from law.inspections.frequency import moratorium
from law.inspections.grounds import unscheduled_ground
from law.inspections.plans import Plan
from law.problems import Problem, _
from law.provisions import NotInForce

__all__ = ["STEPS", "TITLES", "blockers", "blockers_at", "doubts"]

_CHECKS: Final[Mapping[str, Callable[[Facts], list[Problem]]]] = MappingProxyType(
    {
        "B1": founding.b1,
        "B2": opening.b2,
        "B3": opening.b3,
        "B4": course.b4,
        "B5": founding.b5,
        "B6": opening.b6,
        "B7": founding.b7,
        "B8": opening.b8,
        "B9": course.b9,
        "B10": founding.b10,
        "B11": founding.b11,
        "B12": founding.b12,
        "B13": founding.b13,
        "B14": founding.b14,
        "B15": opening.b15,
        "B16": opening.b16,
        "B17": course.b17,
        "B18": course.b18,
        "B19": results.b19,
        "B20": results.b20,
        "B21": founding.b21,
        "B22": founding.b22,
        "B23": founding.b23,
        "B24": results.b24,
        "B25": course.b25,
        "B26": founding.b26,
    }
)
TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "B1": _("No ground"),
        "B2": _("No act of appointment, or a field of it missing"),
        "B3": _("Notice missing, wrong or too late"),
        "B4": _("Something that Art. 151 forbids"),
        "B5": _("Too often for the degree of risk"),
        "B6": _("Act of appointment not handed over"),
        "B7": _("Outside the competence of the body"),
        "B8": _("Act of appointment not registered"),
        "B9": _("Longer than the law allows"),
        "B10": _("Visit without desk control in the year before"),
        "B11": _("Small firm in its first three years"),
        "B12": _("Visit at low risk"),
        "B13": _("More than 5 per cent of the sphere without an automated system"),
        "B14": _("Anonymous complaint"),
        "B15": _("Several subjects in one act"),
        "B16": _("Official not named, or joined without notice"),
        "B17": _("Unlawful extension"),
        "B18": _("Checked period beyond the complaint"),
        "B19": _("Result act after the last day"),
        "B20": _("Term to cure too short, or a second order"),
        "B21": _("Two periods or two ways of planning"),
        "B22": _("Moratorium"),
        "B23": _("Test purchase or investigation that no law allows"),
        "B24": _("Measure without procedure or approval"),
        "B25": _("Original papers taken"),
        "B26": _("Form of control that the law does not have"),
    }
)
#: Where Chapter 13 does not govern: whose subject it is, and the prosecutor's approval, are asked all the same.
_BEYOND: Final = ("B7", "B24")

_PLAN: Final = frozenset({"B5", "B7", "B9", "B10", "B11", "B12", "B13", "B14", "B21", "B22", "B23", "B26"})
_NOTIFY: Final = _PLAN | {"B1", "B3"}
_APPOINT: Final = _NOTIFY | {"B2", "B4", "B15", "B16", "B18"}
_REGISTER: Final = _APPOINT | {"B8"}
_WORK: Final = _REGISTER | {"B6", "B24", "B25"}
#: Codes asked before a step, of the facts as they stand after it.
STEPS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "plan": _PLAN,
        "notify": _NOTIFY,
        "appoint": _APPOINT,
        "register": _REGISTER,
        "start": _REGISTER | {"B6"},
        "work": _WORK,
        "extend": _WORK | {"B17"},
        "hand_result": _WORK | {"B17", "B19"},
        "order": _WORK | {"B17", "B19", "B20"},
    }
)


def blockers(plan: Plan, on: date) -> list[Problem]:
    """What makes the inspection unlawful, in the order of the codes; empty when nothing does.

    on = the day of the judgement: it says what is still in time. The start of the plan picks the version of the law;
    `on` does while it is not known. Where Chapter 13 does not govern (another regime, control before a permit) only B7
    and B24 are asked; where no law provides for control, only B26. Every Problem is an error and names a field of the
    plan. TypeError for a datetime in place of a day, ValueError for an unknown code."""
    facts = facts_of(plan, on)
    if facts.is_lawless:
        return founding.b26(facts)
    asked = _CHECKS if facts.is_governed else _BEYOND
    return [found for code in asked for found in _CHECKS[code](facts)]


def blockers_at(step: str, plan: Plan, on: date) -> list[Problem]:
    """The blockers of a step of `STEPS`, by the facts as they will stand when it is taken. ValueError for another."""
    if step not in STEPS:
        raise ValueError(f"unknown step: {step!r}")
    return [one for one in blockers(plan, on) if one.code in STEPS[step]]


def _warning(code: str, message: str, facts: Facts, rule: str, **params: object) -> Problem:
    return Problem(code, message, params, None, in_force(rule, facts.day), "warning")


def doubts(plan: Plan, on: date) -> list[Problem]:
    """What an official should know though it blocks nothing; all warnings. Dates and errors as `blockers`.

    period-refusal: ground 2-1 may check a period again, but the list of refusals of access omits it. day-off: the start
    is no working day. moratorium: one that is known only by its period, whose exceptions were not found. first-failure:
    how often the subject failed is not known, though ground 2 needs more than once."""
    facts, found = facts_of(plan, on), []
    if not facts.is_governed:
        return []
    if plan.ground and course.repeated_period(facts) and _warned(facts):
        message = _("The subject may refuse access: the list of refusals does not except this ground.")
        found.append(_warning("period-refusal", message, facts, "EK-REFUSE-ACCESS"))
    if plan.start_on and not is_working_day(plan.start_on) and not plan.urgent:
        message = _("The start on %(day)s is a day off. Only urgent cases allow it; move it to a working day.")
        found.append(_warning("day-off", message, facts, "EK-HOURS", day=plan.start_on))
    if facts.kind is Kind.UNSCHEDULED and facts.size and not plan.moratorium_excepted:
        if moratorium(facts.size, facts.day):
            message = _("A moratorium for small firms held then; whether it lets this ground through is not known.")
            found.append(_warning("moratorium", message, facts, "MORAT-1"))
        if plan.ground == "2" and plan.failures is None:
            message = _("How often the subject failed is not known: one failure founds no inspection.")
            found.append(_warning("first-failure", message, facts, "EK-GROUND-2"))
    return found


def _warned(facts: Facts) -> bool:
    try:
        return unscheduled_ground(facts.plan.ground or "", facts.day).warned
    except NotInForce:
        return False
