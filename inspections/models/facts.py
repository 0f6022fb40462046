"""The facts of an inspection as plain values, read from its rows: what `law.inspections.blockers` judges."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from inspections.models.course import TeamMember
from inspections.models.inspections import Inspection
from inspections.models.plans import PlanEntry
from law.checklists import ANSWERS, NOT_MET
from law.inspections import Kind, Mode, Plan
from law.inspections.requirements import may_ask
from law.problems import Problem


def plan_of(row: Inspection, on: date) -> Plan:
    """Everything that is known of it on a day; what is not known is None."""
    return Plan(
        **_subject(row, on),
        **_founding(row),
        **_opening(row),
        **_course(row),
        **_team(row),
        **_result(row),
    )


def _local(moment: Any) -> date | None:
    return timezone.localdate(moment) if moment is not None else None


def _last_of(others: QuerySet[Inspection], kind: str) -> date | None:
    """The day on which the last one of a kind ended."""
    ended = others.filter(kind=kind).order_by("-result_handed_at").values_list("result_handed_at", flat=True)
    return _local(ended.first())


def _subject(row: Inspection, on: date) -> dict[str, Any]:
    organisation, start = row.organisation, row.start_on or on
    facts: dict[str, Any] = {
        "kind": row.kind,
        "kind_of_permit": row.kind_of_permit,
        "authority": row.authority.code,
        "size": row.size or None,
        "risk": row.risk or None,
        "firm_registered_on": organisation.registered_on,
        "successor": row.subject.successor,
        "registered_investor": organisation.is_registered_investor,
        "distance_km": row.object.distance_km,
    }
    others = Inspection.objects.filter(subject=row.subject_id, result_handed_at__isnull=False).exclude(pk=row.pk)
    others = others.exclude(state="annulled")
    if row.started_at is not None:  # what came after it says nothing of it
        others = others.filter(result_handed_at__lt=row.started_at)
    if row.kind == Kind.COMPLIANCE:
        kept = row.subject.last_ended_on  # of older files, too; once this one began, its own day or that of a later one
        begun = _local(row.started_at)
        days = [_last_of(others, Kind.COMPLIANCE), kept if kept and (begun is None or kept < begun) else None]
        facts["last_ended_on"] = max((day for day in days if day is not None), default=None)
    if row.kind == Kind.VISIT_CONTROL:
        facts["visits_this_year"] = others.filter(kind=Kind.VISIT_CONTROL, start_on__year=start.year).count()
    facts["desk_control_on"] = _last_of(others, Kind.DESK_CONTROL)
    same = others.filter(checklist=row.checklist_id, period_from__isnull=False, period_to__isnull=False)
    facts["checked_before"] = list(same.values_list("period_from", "period_to")) if row.checklist_id else None
    return facts


def _founding(row: Inspection) -> dict[str, Any]:
    entry = row.entry
    begun = row.started_at is not None
    facts: dict[str, Any] = {"listed": entry is not None and (begun or entry.is_listed)}
    if entry is not None:
        facts |= _periods(entry, row.kind) | {"modes": {entry.plan.mode}}
        facts |= {"automated_system": entry.plan.mode == Mode.AUTOMATED}
        facts |= {"sphere_subjects": entry.plan.subjects, "sphere_chosen": entry.plan.chosen}
    if row.kind == Kind.UNSCHEDULED:
        facts |= {
            "ground": row.ground or None,
            "ground_papers": bool(row.ground_text.strip()) and row.documents().filter(kind="ground").exists(),
            "failures": row.failures,
            "case": row.case or None,
            "anonymous": row.anonymous,
            "complaint_from": row.complaint_from,
            "complaint_to": row.complaint_to,
        }
    return facts


def _periods(entry: PlanEntry, kind: str) -> dict[str, Any]:
    """The period of its place and, where the other kind of plan names the subject too, of that one."""
    side, other = ("schedule", "list") if kind == Kind.COMPLIANCE else ("list", "schedule")
    facts = {f"{side}_from": entry.from_on, f"{side}_to": entry.to_on}
    places = PlanEntry.objects.filter(subject=entry.subject_id, plan__year=entry.plan.year, plan__state="published")
    named = list(places.filter(plan__plan__startswith=other).values_list("from_on", "to_on"))
    differs = [one for one in named if one != (entry.from_on, entry.to_on)]
    if named:
        facts |= dict(zip((f"{other}_from", f"{other}_to"), (differs or named)[0], strict=True))
    return facts


def _opening(row: Inspection) -> dict[str, Any]:
    signed, begun = bool(row.act_number), row.state in ("running", "curing", "closed", "uncured")
    return {
        "urgent": row.urgent,
        "noticed_on": _local(row.noticed_at),
        "noticed_at": row.noticed_at,
        "act_fields": act_fields(row) if signed else None,
        "act_subjects": 1 if signed else None,
        "act_handed": bool(row.started_at) if signed and begun else None,
        "registered": bool(row.registered_on) if signed else None,
        "registered_on": row.registered_on,
        "start_on": _local(row.started_at) or row.start_on,
        "start_at": row.started_at,
    }


def act_fields(row: Inspection) -> set[str]:
    """Which fields of Art. 145(2) its act of appointment holds, by what is entered."""
    held = {
        "number_date": row.act_number and row.act_signed_at,
        "body": row.authority_id,
        "officials": row.team.exists(),
        "experts": row.experts,
        "subject": row.organisation.identifier and row.object_id,
        "subject_matter": row.subject_matter.strip(),
        "duration": row.start_on and row.end_on,
        "grounds": row.entry_id or row.ground,
        "period": row.period_from and row.period_to,
        "rights": True,  # printed on every act from law.inspections.grounds
        "signature": row.act_signed_by_id,
        "receipt": row.receipt,
    }
    return {code for code, value in held.items() if value}


def _course(row: Inspection) -> dict[str, Any]:
    asked: list[str] | None = None
    allowed: list[str] | None = None
    if row.checklist is not None:
        first = _local(row.started_at) or row.start_on or row.checklist.in_force
        rows = list(row.checklist.requirements.select_related("act")) if row.checklist.in_force else []
        allowed = [one.code for one in rows if first is not None and may_ask(one.as_law(), first)]
        asked = list(row.items.values_list("code", flat=True)) or [one.code for one in rows]
    return {
        "end_on": row.end_on,
        "extensions": 1 if row.extension_number else 0,
        "extended_to": row.extended_to,
        "extension_reason": row.extension_reason or None,
        "extension_registered": bool(row.extension_registered_on) if row.extension_number else None,
        "extension_registered_on": row.extension_registered_on,
        "extension_act_on": row.extension_act_on,
        "extension_noticed_on": row.extension_noticed_on,
        "period_from": row.period_from,
        "period_to": row.period_to,
        "items_asked": asked,
        "checklist_items": allowed,
    }


def _working(member: TeamMember, row: Inspection) -> str:
    """Who the act names, as it names him; by name who left the authority since, since he may not go."""
    person = member.person
    serves = person.is_active and person.authority_id == row.authority_id
    return str(person.pk) if serves else person.full_name


def _team(row: Inspection) -> dict[str, Any]:
    members = list(row.team.select_related("person"))
    working = [one for one in members if one.left_on is None]
    joined = [one for one in working if one.joined_on is not None]
    last = max(joined, key=lambda one: one.joined_on or date.min, default=None)
    facts: dict[str, Any] = {
        "officials_named": [str(one.person_id) for one in members],
        "officials_working": [_working(one, row) for one in working],
    }
    if last is not None:
        facts |= {
            "joined_on": last.joined_on,
            "joined_told_subject_on": last.told_subject_on,
            "joined_told_statistics_on": last.told_statistics_on,
        }
    return facts


def _result(row: Inspection) -> dict[str, Any]:
    return {
        "result_handed_on": _local(row.result_handed_at),
        "orders": 1 if row.order_number else 0,
        "order_handed_on": _local(row.result_handed_at) if row.order_number else None,
        "cure_by": row.cure_by,
    }


def result_faults(row: Inspection) -> list[Problem]:
    """Items without an answer, breaches without what was seen, no findings; an order without breaches and breaches
    without an order."""
    items = list(row.items.all())
    found = [
        Problem("item-unanswered", gettext_noop("Not answered: %(item)s"), {"item": one.code}, field=one.code)
        for one in items
        if one.answer not in ANSWERS
    ]
    if not items:
        found.append(Problem("items-none", gettext_noop("Nothing was checked."), field="items"))
    found += [
        Problem("item-unseen", gettext_noop("Say what was seen: %(item)s"), {"item": one.code}, field=one.code)
        for one in items
        if one.answer == NOT_MET and not one.evidence.strip()
    ]
    if not row.findings.strip():
        found.append(Problem("findings", gettext_noop("Write what was found."), field="findings"))
    breaches = any(one.answer == NOT_MET for one in items)
    if breaches and not row.order_number:
        message = gettext_noop("Breaches were found: an order to cure goes with the result act.")
        found.append(Problem("order-missing", message, field="cure_by"))
    if not breaches and row.order_number:
        message = gettext_noop("No breach was found: there is nothing to order.")
        found.append(Problem("order-groundless", message, field="cure_by"))
    return found
