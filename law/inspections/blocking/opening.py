"""How an inspection is opened: act of appointment, notice, handing over, registration, team."""

from __future__ import annotations

from datetime import date

from law.calendar import next_working_day
from law.inspections.acts import ACT_FIELDS, is_remote, missing_fields, registration_by, registration_rule
from law.inspections.blocking.facts import Facts, block
from law.inspections.codes import VISITS
from law.inspections.notices import earliest_start, hours_kept, latest_notice_date, needs_notice, notice_rule
from law.problems import Problem, _
from law.provisions import provision

__all__ = ["b2", "b3", "b6", "b8", "b15", "b16"]


def b2(facts: Facts) -> list[Problem]:
    """No act of appointment, or a field of it missing."""
    plan = facts.plan
    if not facts.visits:
        return []
    rule = provision("EK-ACT", facts.day)
    if plan.act_fields is None:
        return block("B2", _("There is no act of appointment. Make it and have it signed."), rule, field="act_fields")
    missing = missing_fields(plan.act_fields, handed=bool(plan.act_handed))
    if not missing:
        return []
    message = _("The act of appointment lacks: %(fields)s.")
    return block("B2", message, rule, field="act_fields", fields=[ACT_FIELDS[code] for code in missing])


def b3(facts: Facts) -> list[Problem]:
    """The notice is missing, wrong or too late."""
    plan = facts.plan
    if facts.kind is None:
        if plan.noticed_on is None and plan.noticed_at is None:
            rule = provision("EK-NOTICE-COMP", facts.day)
            return block("B3", _("The subject has had no notice."), rule, field="noticed_on")
        return []
    if facts.kind not in VISITS or not needs_notice(facts.kind, facts.day, plan.ground, plan.case):
        return []
    rule = notice_rule(facts.kind, facts.day, plan.ground, plan.case)
    if plan.notice_wrong:
        message = _("The notice does not say what it must, or was not served as it must be. Serve it anew.")
        return block("B3", message, rule, field="notice_wrong")
    noticed_on = plan.noticed_on or (plan.noticed_at.date() if plan.noticed_at else None)
    if noticed_on is None:
        return _unserved(facts)
    if plan.start_on is None:
        return []
    if plan.noticed_at and plan.start_at and rule.code == "EK-NOTICE-UNSCH":
        if hours_kept(plan.noticed_at, plan.start_at, facts.day):
            return []
        message = _("Less than %(hours)s hours lie between notice and start. Start later.")
        return block("B3", message, rule, field="start_at", hours=rule.number)
    earliest = earliest_start(facts.kind, noticed_on, plan.ground, plan.case)
    if plan.start_on >= earliest:
        return []
    earliest = next_working_day(earliest)
    message = _("The notice of %(noticed)s came too late. Move the start to %(earliest)s or later.")
    return block("B3", message, rule, field="start_on", noticed=noticed_on, earliest=earliest)


def _unserved(facts: Facts) -> list[Problem]:
    plan = facts.plan
    rule = notice_rule(facts.kind or "", facts.day, plan.ground, plan.case)
    latest = latest_notice_date(facts.kind or "", facts.day, plan.ground) if plan.start_on else None
    earliest = next_working_day(earliest_start(facts.kind or "", facts.on, plan.ground, plan.case))
    if latest is None:
        message = _("The subject has had no notice. Served today, the inspection may start on %(earliest)s.")
        return block("B3", message, rule, field="noticed_on", earliest=earliest)
    if facts.on <= latest:
        message = _("The subject has had no notice. Serve it by %(latest)s, or move the start.")
        return block("B3", message, rule, field="noticed_on", latest=latest)
    message = _("It is too late for notice of this start. Serve it today and move the start to %(earliest)s or later.")
    return block("B3", message, rule, field="start_on", earliest=earliest)


def b6(facts: Facts) -> list[Problem]:
    """The act of appointment was not handed to the subject."""
    if facts.plan.act_handed is not False or not facts.visits:
        return []
    message = _(
        "The act of appointment was not handed over: before that, and before the checklist is shown, nothing begins. A"
        " refusal to take it is recorded and does not stop the inspection."
    )
    return block("B6", message, provision("EK-ACT-HANDED", facts.day), field="act_handed")


def b8(facts: Facts) -> list[Problem]:
    """The act of appointment is not registered with legal statistics where and when it must be."""
    plan = facts.plan
    if not facts.visits:
        return []
    urgent = bool(plan.urgent) or plan.case == "144(8)"
    remote = plan.case == "144(9)" or (plan.distance_km is not None and is_remote(plan.distance_km, facts.day))
    rule = registration_rule(facts.day, urgent=urgent, remote=remote)
    last = registration_by(plan.start_on, urgent=urgent, remote=remote) if plan.start_on else None
    if plan.registered_on is not None:
        if last is None or plan.registered_on <= last:
            return []
        message = _("The act was registered on %(registered)s; the last day was %(last)s.")
        return block("B8", message, rule, field="registered_on", registered=plan.registered_on, last=last)
    if plan.registered is not False:
        return []
    if last is None or not rule.number:
        message = _("The act of appointment is not registered. Register it with the checklist before the start.")
        return block("B8", message, rule, field="registered")
    if facts.on <= last:
        return []
    message = _("The act of appointment was to be registered by %(last)s.")
    return block("B8", message, rule, field="registered", last=last)


def b15(facts: Facts) -> list[Problem]:
    """One act for several subjects."""
    most = provision("EK-ACT-ONE", facts.day)
    if facts.plan.act_subjects is None or facts.plan.act_subjects <= most.number:
        return []
    message = _("The act names %(count)s subjects. Make an act for each.")
    return block("B15", message, most, field="act_subjects", count=facts.plan.act_subjects)


def b16(facts: Facts) -> list[Problem]:
    """An official who is not named, or a new one who joined without notice beforehand."""
    plan = facts.plan
    if plan.officials_working is not None and plan.officials_named is not None:
        strangers = sorted(set(plan.officials_working) - set(plan.officials_named))
        if strangers:
            message = _("The act does not name: %(officials)s. Change the team by a decision, and tell the subject.")
            rule = provision("EK-TEAM", facts.day)
            return block("B16", message, rule, field="officials_working", officials=strangers)
    if plan.joined_on is None:
        return []
    told = (plan.joined_told_subject_on, plan.joined_told_statistics_on)
    if all(_before(day, plan.joined_on) for day in told):
        return []
    message = _("Subject and legal statistics are told before a new official joins on %(joined)s.")
    rule = provision("EK-TEAM-NOTICE", facts.day)
    return block("B16", message, rule, field="joined_told_subject_on", joined=plan.joined_on)


def _before(told_on: date | None, joined_on: date) -> bool:
    return told_on is not None and told_on <= joined_on
