"""Whether there may be an inspection at all: ground, form, competence, frequency, those left alone, the plan."""

from __future__ import annotations

from datetime import timedelta

from law.calendar import next_working_day
from law.checklists import in_force
from law.exchanges.codes import AUTHORITIES
from law.inspections.blocking.facts import Facts, block
from law.inspections.codes import KINDS, MODES, PLANNED, RISKS, SIZES, Kind, Mode, Regime, Risk, known
from law.inspections.frequency import (
    cap,
    desk_year,
    first_day_after,
    frequency_rule,
    holiday_until,
    in_holiday,
    may_schedule,
    moratorium,
    visits_allowed,
)
from law.inspections.grounds import UNCURED_ORDER, unscheduled_ground
from law.inspections.regimes import authorities, forms, lacking_law, regime_rule
from law.inspections.results import may_follow_up
from law.inspections.schedules import common_period
from law.problems import Problem, _
from law.provisions import NotInForce, provision

__all__ = ["b1", "b5", "b7", "b10", "b11", "b12", "b13", "b14", "b21", "b22", "b23", "b26"]


def b1(facts: Facts) -> list[Problem]:
    """No ground: in no published plan, or no ground of Art. 144(5) with its papers."""
    plan, rule = facts.plan, in_force("EK-GROUND", facts.day)
    if not facts.visits:
        return []
    if facts.kind is Kind.UNSCHEDULED or (facts.kind is None and plan.ground):
        return _unscheduled(facts)
    if plan.listed:
        return []
    message = _(
        "The subject stands in no published schedule or list. Inspect it by the next, or on a ground of Art. 144(5)."
    )
    return block("B1", message, rule, field="listed")


def _unscheduled(facts: Facts) -> list[Problem]:
    plan, rule = facts.plan, in_force("EK-GROUND", facts.day)
    if not plan.ground:
        message = _("No ground of Art. 144(5) is named. Name it and add its papers.")
        return block("B1", message, rule, field="ground")
    try:
        found = unscheduled_ground(plan.ground, facts.day)
    except NotInForce as missing:
        return block("B1", missing.problem.message, rule, field="ground", **missing.problem.params)
    if not found.digital_assets:
        message = _("Ground %(item)s of Art. 144(5) is not for digital assets: %(text)s")
        return block("B1", message, rule, field="ground", item=found.item, text=found.ground.text)
    if not plan.ground_papers:
        message = _("The papers that prove the ground are missing: %(papers)s")
        return block("B1", message, rule, field="ground_papers", papers=found.papers)
    if plan.ground == UNCURED_ORDER and plan.failures is not None and not may_follow_up(plan.failures, facts.day):
        message = _("One failure founds no inspection: first send a request and wait for its answer.")
        return block("B1", message, provision("EK-GROUND-2", facts.day), field="failures")
    return []


def b5(facts: Facts) -> list[Problem]:
    """Too often: compliance inspections by degree of risk, visits by the year."""
    plan = facts.plan
    if plan.risk is None:
        return []
    if facts.kind is Kind.COMPLIANCE and plan.last_ended_on is not None:
        if may_schedule(plan.risk, plan.last_ended_on, facts.day):
            return []
        rule = frequency_rule(plan.risk, facts.day)
        message = _("At %(risk)s the subject may be inspected once in %(years)s years. Start on %(earliest)s or later.")
        earliest = next_working_day(first_day_after(plan.risk, plan.last_ended_on, facts.day))
        risk = RISKS[known(Risk, plan.risk)]
        return block("B5", message, rule, field="start_on", risk=risk, years=rule.number, earliest=earliest)
    # At low risk there is no visit at all, which B12 says.
    if facts.kind is Kind.VISIT_CONTROL and plan.visits_this_year is not None and plan.risk != Risk.LOW:
        allowed = visits_allowed(plan.risk, facts.day)
        if plan.visits_this_year >= allowed:
            message = _("The subject has had %(count)s visits this year; at most %(allowed)s are allowed.")
            rule = provision("EK-FREQ-VISIT", facts.day)
            return block("B5", message, rule, field="start_on", count=plan.visits_this_year, allowed=allowed)
    return []


def b7(facts: Facts) -> list[Problem]:
    """Outside the competence of the body: another authority inspects this subject, or the issue is not the body's."""
    plan, rule = facts.plan, in_force("EK-COMPETENCE", facts.day)
    if plan.kind_of_permit and plan.authority and facts.regime is not Regime.NONE:
        competent = authorities(plan.kind_of_permit, facts.day)
        if plan.authority not in competent:
            message = _("On %(day)s another authority inspects this subject: %(authorities)s.")
            cited = regime_rule(plan.kind_of_permit, facts.day) or rule
            named = [AUTHORITIES.get(code, code) for code in competent]
            return block("B7", message, cited, field="authority", day=facts.day, authorities=named)
    if plan.outside_competence and facts.is_governed:
        message = _("An issue lies outside the competence of the body. Take it out, or pass it on.")
        return block("B7", message, rule, field="outside_competence")
    return []


def b10(facts: Facts) -> list[Problem]:
    """A visit without desk control in the year before, while the law of the sphere has desk control."""
    if facts.kind is not Kind.VISIT_CONTROL:
        return []
    year, done = desk_year(facts.day), facts.plan.desk_control_on
    if year is None or (done is not None and done.year == year):
        return []
    message = _("No desk control of the subject took place in %(year)s, so it may not be visited this year.")
    return block("B10", message, provision("EK-DESK-FIRST", facts.day), field="desk_control_on", year=str(year))


def b11(facts: Facts) -> list[Problem]:
    """A small firm in the three years after its registration."""
    plan = facts.plan
    if facts.size is None or plan.firm_registered_on is None:
        return []
    if not in_holiday(facts.size, plan.firm_registered_on, facts.day, successor=bool(plan.successor), kind=facts.kind):
        return []
    until = holiday_until(plan.firm_registered_on, facts.day)
    message = _("A small firm is left alone until %(until)s. Start on %(earliest)s or later.")
    rule = provision("EK-HOLIDAY3", facts.day)
    earliest = next_working_day(until + timedelta(days=1))
    return block("B11", message, rule, field="start_on", until=until, earliest=earliest)


def b12(facts: Facts) -> list[Problem]:
    """A visit at low risk."""
    if facts.kind is not Kind.VISIT_CONTROL or facts.plan.risk is None or visits_allowed(facts.plan.risk, facts.day):
        return []
    message = _("A subject of low risk is not visited by preventive control.")
    return block("B12", message, provision("EK-VISIT-LOW", facts.day), field="risk")


def b13(facts: Facts) -> list[Problem]:
    """More than 5 per cent of the sphere without an automated system; of planned control alone (assumed)."""
    plan = facts.plan
    if facts.kind not in PLANNED or plan.automated_system or plan.sphere_subjects is None or plan.sphere_chosen is None:
        return []
    most = cap(plan.sphere_subjects, facts.day)
    if plan.sphere_chosen <= most:
        return []
    message = _(
        "Without an automated system at most %(most)s of %(subjects)s subjects may be chosen; %(chosen)s are. Take"
        " %(excess)s out."
    )
    numbers = {"most": most, "subjects": plan.sphere_subjects, "chosen": plan.sphere_chosen}
    rule = provision("EK-CAP5", facts.day)
    return block("B13", message, rule, field="sphere_chosen", excess=plan.sphere_chosen - most, **numbers)


def b14(facts: Facts) -> list[Problem]:
    """An anonymous complaint as the ground."""
    if not facts.plan.anonymous or facts.kind not in {Kind.UNSCHEDULED, None}:
        return []
    message = _("An anonymous complaint never founds an inspection.")
    return block("B14", message, provision("EK-ANONYMOUS", facts.day), field="anonymous")


def b21(facts: Facts) -> list[Problem]:
    """Different periods in schedule and list, or a plan formed in both ways."""
    plan, found = facts.plan, []
    schedule, listed = (plan.schedule_from, plan.schedule_to), (plan.list_from, plan.list_to)
    if None not in schedule and None not in listed and schedule != listed:
        shared = common_period(schedule, listed)  # type: ignore[arg-type]  # no None is left in them
        rule = provision("EK-COMMON-PERIOD", facts.day)
        if shared:
            message = _("Schedule and list name different periods. Set one for both, from %(first)s to %(last)s.")
            found += block("B21", message, rule, field="schedule_from", first=shared[0], last=shared[1])
        else:
            message = _("Schedule and list name different periods. Set one for both.")
            found += block("B21", message, rule, field="schedule_from")
    modes = {known(Mode, one) for one in plan.modes or ()}
    if len(modes) > 1:
        message = _("The plan of one period was formed in two ways: %(modes)s.")
        rule = provision("EK-MODE-ONE", facts.day)
        found += block("B21", message, rule, field="modes", modes=[MODES[one] for one in sorted(modes)])
    return found


def b22(facts: Facts) -> list[Problem]:
    """A moratorium for the category: entered by an official, or known from the rows (planned inspections, assumed)."""
    plan = facts.plan
    if plan.moratorium_excepted:
        return []
    if plan.moratorium:
        message = _("A moratorium of the Government holds on %(day)s and has no exception for this inspection.")
        return block("B22", message, None, field="start_on", day=facts.day)
    rule = moratorium(facts.size, facts.day) if facts.size and facts.kind is not Kind.UNSCHEDULED else None
    if rule is None or facts.size is None:
        return []
    message = _("A moratorium for small and micro firms holds on %(day)s; this is a %(size)s.")
    return block("B22", message, rule, field="start_on", day=facts.day, size=SIZES[facts.size])


def b23(facts: Facts) -> list[Problem]:
    """A test purchase or an investigation that no law allows."""
    if facts.kind not in {Kind.TEST_PURCHASE, Kind.INVESTIGATION} or facts.plan.allowed_by_law:
        return []
    message = _("No law allows this in digital assets: %(kind)s.")
    return block("B23", message, lacking_law(facts.kind, facts.day), field="kind", kind=KINDS[facts.kind])


def b26(facts: Facts) -> list[Problem]:
    """A form of control that the law of the sphere does not allow on the day."""
    if facts.is_lawless:
        message = _("On %(day)s no law provides for control of this subject.")
        permit = facts.plan.kind_of_permit
        rule = (regime_rule(permit, facts.day) if permit else None) or in_force("EK-NO-SPECIAL-LAW", facts.day)
        return block("B26", message, rule, field="start_on", day=facts.day)
    # Test purchases and investigations need a law of their own, which B23 asks.
    if facts.kind in {Kind.VISIT_CONTROL, Kind.DESK_CONTROL} and facts.kind not in forms(facts.day):
        message = _("On %(day)s the law on digital assets has inspections alone, no %(kind)s.")
        rule = provision("control.form", facts.day)
        return block("B26", message, rule, field="kind", day=facts.day, kind=KINDS[facts.kind])
    return []
