"""What ends an inspection: the result act, the order to cure, measures."""

from __future__ import annotations

from law.checklists import in_force
from law.inspections.blocking.facts import Facts, block
from law.inspections.codes import Regime
from law.inspections.results import cure_from
from law.problems import Problem, _
from law.provisions import Provision, provision

__all__ = ["b19", "b20", "b24"]


def b19(facts: Facts) -> list[Problem]:
    """The result act handed over after the last day."""
    plan = facts.plan
    last = plan.extended_to or plan.end_on
    if last is None or plan.result_handed_on is None or plan.result_handed_on <= last:
        return []
    message = _("The result act was handed over on %(handed)s; the last day was %(last)s.")
    rule = provision("EK-RESULT-DAY", facts.day)
    return block("B19", message, rule, field="result_handed_on", handed=plan.result_handed_on, last=last)


def b20(facts: Facts) -> list[Problem]:
    """A term to cure under ten calendar days, or a second order for one act."""
    plan, found = facts.plan, []
    handed = plan.order_handed_on or plan.result_handed_on
    if plan.cure_by is not None and handed is not None:
        earliest = cure_from(handed)
        if plan.cure_by < earliest:
            message = _("The term to cure ends on %(cure)s; the earliest day allowed is %(earliest)s.")
            rule = provision("EK-CURE-MIN", handed)
            found += block("B20", message, rule, field="cure_by", cure=plan.cure_by, earliest=earliest)
    most = provision("EK-PRESC-ONE", facts.day)
    if plan.orders is not None and plan.orders > most.number:
        found += block("B20", _("One result act has one order to cure only."), most, field="orders")
    return found


def _approval(facts: Facts) -> Provision | None:
    """The rule on the prosecutor's approval: within Chapter 13 always, beyond it from 2026-07-01 (day assumed)."""
    if facts.is_governed:
        return provision("EK-INVESTOR-13", facts.day)
    reaches = facts.plan.before_permit or facts.regime is Regime.FINANCIAL_SUPERVISION
    return in_force("EK-INVESTOR", facts.day) if reaches else None


def b24(facts: Facts) -> list[Problem]:
    """A prompt-response measure without a procedure by law, or a measure on an investor without the prosecutor."""
    plan, found = facts.plan, []
    if facts.is_governed and plan.prompt_response and not plan.prompt_response_lawful:
        message = _("No law gives prompt-response measures in digital assets a procedure.")
        found += block("B24", message, provision("EK-PROMPT", facts.day), field="prompt_response")
    approval = _approval(facts)
    if approval and plan.restrictive_measure and plan.registered_investor and not plan.prosecutor_approved:
        message = _("The subject is a registered investor: the prosecutor approves the measure first.")
        found += block("B24", message, approval, field="prosecutor_approved")
    return found
