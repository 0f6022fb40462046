"""An independent judge of inspections as they are stored: planned ones, and finished ones afterwards.

What is independent: the facts are read from the rows here anew, without `inspections.models.facts`; the rules are those
of `tests.law.inspection_judge`, a second reading of Chapter 13 that shares with the blockers nothing but the bag of
values `Plan`, the calendar and the provisions; and what only stored rows can tell, as the 24 hours between two moments,
the hands and the order of the journal, is judged here. Nothing of `law.inspections.blockers` is asked.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from core.models import Event
from inspections.models import ControlPlan, Inspection, PlanEntry, Requirement, Subject
from law.calendar import is_working_day
from law.inspections.plans import Plan
from tests.law.inspection_judge import SILENT, judge

#: The journal of an inspection that ran to its end has these in this order; a notice is not needed on every ground.
ORDER = ("open", "serve_notice", "appoint", "register", "start")
LATER_REGISTERED = {"144(8)", "144(9)"}
#: What a place in a plan cannot have yet: an act, a notice, a registration.
OPENED = {"B2", "B3", "B8"}


def judge_row(row: Inspection, on: date | None = None) -> set[str]:
    """Codes of what is unlawful in an inspection as it is stored, seen from a day (the day of its result, or today)."""
    row = Inspection.objects.select_related("authority", "organisation", "subject", "object", "entry__plan").get(
        pk=row.pk
    )
    seen = on or day_of(row.result_handed_at) or timezone.localdate()
    return judge(Plan(**facts(row)), seen) | set(stored(row))


def judge_entry(entry: PlanEntry) -> set[str]:
    """Codes of what is unlawful in a place of a plan, as if it were published and begun on its day."""
    plan, subject, start = entry.plan, entry.subject, entry.start_on
    earlier = Inspection.objects.filter(subject=subject, kind="compliance", result_handed_at__isnull=False)
    days = [handed(one) for one in earlier.exclude(state="annulled")]
    others = ControlPlan.objects.filter(authority=plan.authority, plan=plan.plan, year=plan.year)
    found: dict[str, Any] = {
        "kind": "compliance" if plan.plan == "schedule" else "visit_control",
        "kind_of_permit": entry.object.kind_of_permit if entry.object else None,
        "authority": plan.authority.code,
        "size": subject.size or None,
        "risk": entry.risk or None,
        "firm_registered_on": subject.organisation.registered_on,
        "successor": subject.successor,
        "last_ended_on": max((day for day in (*days, subject.last_ended_on) if day is not None), default=None),
        "listed": True,
        "automated_system": plan.mode == "automated",
        "sphere_subjects": Subject.objects.filter(authority=plan.authority).count(),
        "sphere_chosen": plan.entries.values("subject").distinct().count(),
        "modes": set(others.filter(state__in=["formed", "approved", "published"]).values_list("mode", flat=True)),
        "start_on": start,
        "working_days": entry.working_days,
    }
    codes = judge(Plan(**found), start) - OPENED
    within = entry.from_on <= start <= entry.to_on and start.year == plan.year and is_working_day(start)
    return codes if within else codes | {"DAY"}


def day_of(moment: Any) -> date | None:
    return timezone.localdate(moment) if moment else None


def facts(row: Inspection) -> dict[str, Any]:
    """What the rows say, as plain values."""
    start = day_of(row.started_at) or row.start_on
    found = {
        "kind": row.kind,
        "kind_of_permit": row.kind_of_permit,
        "authority": row.authority.code,
        "size": row.size or None,
        "risk": row.risk or None,
        "firm_registered_on": row.organisation.registered_on,
        "successor": row.subject.successor,
        "distance_km": row.object.distance_km,
        "start_on": start,
        "end_on": row.end_on,
        "period_from": row.period_from,
        "period_to": row.period_to,
        "result_handed_on": day_of(row.result_handed_at),
    }
    return {**found, **planned(row), **before(row, start), **opened(row), **extended(row), **ended(row, start)}


def planned(row: Inspection) -> dict[str, Any]:
    """The plan that it stands in, or the ground of an unscheduled one."""
    if row.kind == "unscheduled":
        papers = row.documents().filter(kind="ground").exists()
        return {
            "ground": row.ground or None,
            "ground_papers": papers and row.ground_text != "",
            "failures": row.failures,
            "case": row.case or None,
            "urgent": row.urgent,
            "anonymous": row.anonymous,
            "complaint_from": row.complaint_from,
            "complaint_to": row.complaint_to,
        }
    entry = row.entry
    if entry is None:
        return {"listed": False}
    plan, same = entry.plan, entry.subject_id == row.subject_id and entry.object_id == row.object_id
    return {
        "listed": same and plan.published_at is not None and plan.state in ("published", "replaced"),
        "automated_system": plan.mode == "automated",
        "sphere_subjects": plan.subjects,
        "sphere_chosen": plan.chosen,
        "schedule_from": entry.from_on,
        "schedule_to": entry.to_on,
        **in_common(entry),
    }


def in_common(entry: PlanEntry) -> dict[str, Any]:
    """Schedule and lists name one common period (144(2)): any other one, as if it were that of the list."""
    listed, named = entry.plan.plan.startswith("list"), (entry.from_on, entry.to_on)
    others = PlanEntry.objects.filter(subject=entry.subject_id, plan__year=entry.plan.year, plan__state="published")
    for one in others.select_related("plan"):
        if one.plan.plan.startswith("list") != listed and (one.from_on, one.to_on) != named:
            return {"list_from": one.from_on, "list_to": one.to_on}
    return {}


def before(row: Inspection, start: date | None) -> dict[str, Any]:
    """What was done to the subject before this one began."""
    others = Inspection.objects.filter(subject=row.subject_id, result_handed_at__isnull=False).exclude(pk=row.pk)
    earlier = [one for one in others.exclude(state="annulled") if start is None or handed(one) < start]
    days = [handed(one) for one in earlier if one.kind == "compliance"]
    desks = [handed(one) for one in earlier if one.kind == "desk_control"]
    year = start.year if start else timezone.localdate().year
    visits = [one for one in earlier if one.kind == "visit_control" and day_year(one) == year]
    told = row.subject.last_ended_on  # of the time before the program; its own end is written there too
    if told is not None and (start is None or told < start):
        days.append(told)
    return {
        "last_ended_on": max(days, default=None),
        "desk_control_on": max(desks, default=None),
        "visits_this_year": len(visits) if row.kind == "visit_control" else None,
        "checked_before": [
            (one.period_from, one.period_to)
            for one in earlier
            if one.checklist_id == row.checklist_id and one.period_from and one.period_to
        ],
    }


def day_year(row: Inspection) -> int | None:
    begun = day_of(row.started_at)
    return begun.year if begun else None


def handed(row: Inspection) -> date:
    found = day_of(row.result_handed_at)
    assert found is not None
    return found


def opened(row: Inspection) -> dict[str, Any]:
    """Notice, act, registration, handing over."""
    fields = {
        "number_date": row.act_number and row.act_signed_at,
        "body": row.authority_id,
        "officials": row.team.filter(joined_on__isnull=True).exists(),
        "subject": row.organisation.identifier and row.object_id,
        "subject_matter": row.subject_matter,
        "duration": row.start_on and row.end_on,
        "grounds": row.entry_id or row.ground,
        "period": row.period_from and row.period_to,
        "rights": True,
        "signature": row.act_signed_by_id,
        "receipt": row.receipt,
    }
    return {
        "noticed_on": day_of(row.noticed_at),
        "act_fields": {code for code, value in fields.items() if value} if row.act_number else None,
        "act_subjects": 1 if row.act_number else None,
        "act_handed": bool(row.started_at and row.receipt) if row.result_handed_at else None,
        "registered": row.registered_on is not None if row.act_number else None,
        "registered_on": row.registered_on,
    }


def extended(row: Inspection) -> dict[str, Any]:
    if row.extended_to is None:
        return {"extensions": 0}
    return {
        "extensions": 1,
        "extended_to": row.extended_to,
        "extension_reason": row.extension_reason or None,
        "extension_registered": row.extension_registered_on is not None,
        "extension_registered_on": row.extension_registered_on,
        "extension_act_on": row.extension_act_on,
        "extension_noticed_on": row.extension_noticed_on,
    }


def ended(row: Inspection, start: date | None) -> dict[str, Any]:
    """Who worked, what was asked, what was ordered."""
    asked = set(row.items.values_list("code", flat=True))
    days = [day for day in row.items.values_list("cure_by", flat=True) if day is not None]
    standing = [
        one.code
        for one in Requirement.objects.filter(act=row.checklist_id).select_related("act")
        if start is None or counts(one, start)
    ]
    return {
        "items_asked": asked,
        "checklist_items": set(standing) if row.checklist_id else None,
        "officials_named": {str(pk) for pk in row.team.values_list("person", flat=True)},
        "officials_working": {str(pk) for pk in workers(row)},
        "orders": Event.objects.of(row).filter(verb="inspection.order_cure").count(),
        "cure_by": min([*days, row.cure_by]) if row.cure_by else None,
    }


def counts(row: Requirement, on: date) -> bool:
    act = row.act
    if act.confirmed_at is None or act.in_force is None:
        return False
    return act.in_force <= on and (act.repealed is None or on < act.repealed)


def workers(row: Inspection) -> set[int]:
    """Who answered an item or handed something over, by the rows and by the journal."""
    on_site = ("inspection.start", "inspection.answer", "inspection.find_clean", "inspection.order_cure")
    acted = Event.objects.of(row).filter(verb__in=on_site).values_list("actor", flat=True)
    answered = row.items.filter(answered_by__isnull=False).values_list("answered_by", flat=True)
    return {pk for pk in (*acted, *answered) if pk is not None}


def stored(row: Inspection) -> Iterator[str]:
    """What only moments, members and the journal tell."""
    silent = row.ground in SILENT or bool(row.case)
    if row.kind == "unscheduled" and not silent and row.started_at is not None:
        told = row.noticed_at
        yield from ["B3"] if told is None or row.started_at - told < timedelta(hours=24) else []
    yield from on_time(row)
    for member in row.team.filter(joined_on__isnull=False):
        days = (member.told_subject_on, member.told_statistics_on)
        if member.joined_on is None or any(day is None or day > member.joined_on for day in days):
            yield "B16"
    if row.result_handed_at is not None:
        if row.items.filter(answered_at__gt=row.result_handed_at).exists():
            yield "B4"
        yield from journal(row)


def on_time(row: Inspection) -> Iterator[str]:
    """A notice of this draft, a start in working time, work by who had joined and while the act let it go on."""
    planned = Event.objects.of(row).filter(verb__in=["inspection.open", "inspection.replan"]).order_by("-seq")
    if row.noticed_at is not None and row.noticed_at < planned[0].at:
        yield "B3"
    if row.started_at is not None and not row.urgent:
        local = timezone.localtime(row.started_at)
        if not is_working_day(local.date()) or not 9 <= local.hour < 18:
            yield "HOURS"
    joined = dict(row.team.filter(joined_on__isnull=False).values_list("person", "joined_on"))
    for person, at in row.items.filter(answered_at__isnull=False).values_list("answered_by", "answered_at"):
        day = timezone.localdate(at)
        first = joined.get(person)
        if first is not None and first > day:
            yield "B16"
        if row.extended_to and row.end_on and row.end_on < day:
            yield from [] if row.extension_registered_on and row.extension_registered_on <= row.end_on else ["B17"]


def journal(row: Inspection) -> Iterator[str]:
    """Steps in their order, and the act signed by a hand that prepared nothing."""
    events = list(Event.objects.of(row).order_by("seq").values_list("verb", "actor"))
    verbs = [verb.split(".")[1] for verb, _actor in events]
    if "start" not in verbs:
        yield "B6"
        return
    begun = len(verbs) - 1 - verbs[::-1].index("start")
    later = row.case in LATER_REGISTERED or row.urgent or (row.object.distance_km or 0) > 100
    if not later and "register" not in verbs[:begun]:
        yield "B8"
    known = [verb for verb in verbs if verb in ORDER]
    last = {verb: len(known) - 1 - known[::-1].index(verb) for verb in known}
    if last.get("appoint", -1) > last.get("start", -1):
        yield "B2"
    prepared = {
        actor for verb, actor in events if verb in ("inspection.open", "inspection.edit", "inspection.set_team")
    }
    if row.act_signed_by_id in prepared:
        yield "HANDS"
