"""The course of an inspection: what is checked, how long, extensions, what is taken."""

from __future__ import annotations

from datetime import date

from law.calendar import working_days_between
from law.inspections.blocking.facts import Facts, block
from law.inspections.codes import VISITS, Size
from law.inspections.durations import (
    EXTENSION_REASONS,
    duration_rules,
    extended_last_day,
    extension_needs_notice,
    extension_notice_by,
    last_day,
    length,
)
from law.inspections.grounds import COMPLAINT, FORBIDDEN, unscheduled_ground
from law.problems import Problem, _
from law.provisions import NotInForce, provision

__all__ = ["b4", "b9", "b17", "b18", "b25", "repeated_period"]

_ACTS = {one.code.rpartition(".")[2]: one.text for one in FORBIDDEN}


def repeated_period(facts: Facts) -> tuple[date, date] | None:
    """A period in which the same issue was checked before and that the checked period meets; None without one."""
    plan = facts.plan
    if plan.period_from is None or plan.period_to is None:
        return None
    met = (one for one in plan.checked_before or () if one[0] <= plan.period_to and plan.period_from <= one[1])
    return next(met, None)


def _may_repeat(facts: Facts) -> bool:
    try:
        return bool(facts.plan.ground) and unscheduled_ground(facts.plan.ground or "", facts.day).repeats
    except NotInForce:
        return False


def b4(facts: Facts) -> list[Problem]:
    """Anything that Art. 151 forbids."""
    plan, found = facts.plan, []
    if plan.items_asked is not None and plan.checklist_items is not None:
        outside = sorted(set(plan.items_asked) - set(plan.checklist_items))
        if outside:
            message = _("The checklist in force does not ask: %(items)s. Leave it out.")
            rule = provision("EK-CHECKLIST", facts.day)
            found += block("B4", message, rule, field="items_asked", items=outside)
    before = repeated_period(facts)
    if before and not _may_repeat(facts):
        message = _("The same issue was checked for %(first)s to %(last)s. Choose another period or issue.")
        rule = provision("EK-SAME-PERIOD", facts.day)
        found += block("B4", message, rule, field="period_from", first=before[0], last=before[1])
    done = set(plan.forbidden_acts or ())
    if done - set(_ACTS):
        raise ValueError(f"unknown forbidden act: {sorted(done - set(_ACTS))}")
    if done:
        message = _("Art. 151 forbids what was done: %(acts)s")
        rule = provision("EK-FORBIDDEN", facts.day)
        found += block("B4", message, rule, field="forbidden_acts", acts=[_ACTS[code] for code in sorted(done)])
    return found


def b9(facts: Facts) -> list[Problem]:
    """Longer than Art. 148 allows, or extended by more; without a known size the longest length counts."""
    plan, found = facts.plan, []
    if facts.kind is None or facts.kind not in VISITS:
        return []
    size = facts.size or Size.LARGE
    first, extension = duration_rules(size, facts.kind, facts.day)
    days = plan.working_days
    if plan.start_on and plan.end_on:
        days = length(plan.start_on, plan.end_on)
    if days is not None and days > first.number:
        if plan.start_on:
            message = _("It lasts %(days)s working days, and %(most)s are allowed. End it by %(last)s.")
            last = last_day(size, facts.kind, plan.start_on)
            found += block("B9", message, first, field="end_on", days=days, most=first.number, last=last)
        else:
            message = _("It lasts %(days)s working days, and %(most)s are allowed.")
            found += block("B9", message, first, field="working_days", days=days, most=first.number)
    if plan.end_on and plan.extended_to:
        more = working_days_between(plan.end_on, plan.extended_to)
        if more > extension.number:
            message = _("It is extended by %(days)s working days, and %(most)s are allowed. End it by %(last)s.")
            last = extended_last_day(size, facts.kind, plan.end_on, facts.day)
            found += block("B9", message, extension, field="extended_to", days=more, most=extension.number, last=last)
    return found


def b17(facts: Facts) -> list[Problem]:
    """A second extension, one without a reason of Art. 148(2), by an unregistered act, or asked or told too late."""
    plan, rule = facts.plan, provision("EK-EXT-ACT", facts.day)
    most = provision("EK-EXT-MAX", facts.day)
    if plan.extensions is not None and plan.extensions > most.number:
        return block("B17", _("An inspection is extended once only."), most, field="extensions")
    if not plan.extensions and plan.extended_to is None and plan.extension_act_on is None:
        return []
    if plan.extension_reason not in EXTENSION_REASONS:
        message = _("An extension needs one of these reasons: %(reasons)s.")
        return block("B17", message, rule, field="extension_reason", reasons=list(EXTENSION_REASONS.values()))
    found = []
    if plan.extension_registered is False:
        message = _("The act of extension is not registered with legal statistics.")
        found += block("B17", message, rule, field="extension_registered")
    if plan.end_on is None:
        return found
    if plan.extension_registered_on and plan.extension_registered_on > plan.end_on:
        message = _("The act of extension was registered on %(registered)s; the last day was %(last)s.")
        registration, days = provision("EK-REG-BEFORE", facts.day), {"last": plan.end_on}
        days["registered"] = plan.extension_registered_on
        found += block("B17", message, registration, field="extension_registered_on", **days)
    if plan.extension_act_on and plan.extension_act_on > plan.end_on:
        message = _("The inspection ended on %(end)s; it can no longer be extended.")
        found += block("B17", message, rule, field="extension_act_on", end=plan.end_on)
    last = extension_notice_by(plan.end_on, facts.day)
    told = plan.extension_noticed_on
    if extension_needs_notice(plan.extension_reason or "") and told and told > last:
        message = _("The subject was told of the extension on %(told)s; the last day was %(last)s.")
        notice = provision("EK-EXT-NOTICE", facts.day)
        found += block("B17", message, notice, field="extension_noticed_on", told=told, last=last)
    return found


def b18(facts: Facts) -> list[Problem]:
    """A checked period that goes beyond that of the complaint."""
    plan = facts.plan
    if plan.ground != COMPLAINT:
        return []
    early = plan.complaint_from and plan.period_from and plan.period_from < plan.complaint_from
    late = plan.complaint_to and plan.period_to and plan.period_to > plan.complaint_to
    if not early and not late:
        return []
    message = _("The checked period goes beyond that of the complaint (%(first)s to %(last)s).")
    rule = provision("EK-WINDOW", facts.day)
    first, last = plan.complaint_from or "…", plan.complaint_to or "…"
    return block("B18", message, rule, field="period_from", first=first, last=last)


def b25(facts: Facts) -> list[Problem]:
    """Original papers taken outside criminal procedure and that on offences."""
    if not facts.plan.originals_taken or facts.plan.criminal_or_offence_case:
        return []
    message = _("Original papers may not be taken. Take copies and give the originals back.")
    return block("B25", message, provision("EK-ORIGINALS", facts.day), field="originals_taken")
