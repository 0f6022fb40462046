"""An inspection is opened, its draft written, its team named, the papers of its ground kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Document, User
from core.models.base import INTERNAL
from core.services import Upload, record, require, store_document, touch
from core.services.acts import locked
from core.workflow import TransitionRefused
from inspections.models import ControlObject, Inspection, Inspector, JointAct, PlanEntry, TeamMember
from inspections.models.acts import CHECKLIST
from inspections.models.inspections import SERIES
from inspections.services.terms import keep_terms
from law.inspections import Kind, blockers
from law.inspections.grounds import CASES, unscheduled_grounds
from law.problems import Problem, _
from licensing.services.numbers import next_in

GROUND = "ground"  # kind of the papers that prove the ground
#: What can be written while it is a draft.
TEXTS = ("subject_matter", "experts", "ground_text", "urgent_reason")
FACTS = (
    *("method", "ground", "case", "urgent", "anonymous", "complaint_from", "complaint_to", "failures", "follows"),
    *("checklist", "period_from", "period_to", "start_on", "end_on"),
)
#: Blockers that no later step can cure: they refuse the draft itself.
NEVER = frozenset({"B7", "B14", "B23", "B26"})
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Named:
    """An official of the team as the act of appointment names him."""

    person: User
    post: str
    leads: bool = False


def not_drafted(row: Inspection) -> Problem:
    message = _("Only a draft is changed; this one is in the state “%(state)s”.")
    return Problem("not-a-draft", message, {"state": row.WORKFLOW.state(row.state).label})


@transaction.atomic
def open_inspection(
    thing: ControlObject,
    *,
    kind: str,
    actor: User,
    at: datetime,
    entry: PlanEntry | None = None,
    values: Mapping[str, Any] | None = None,
) -> Inspection:
    """Begin the draft of an inspection of an object. Size and degree of risk are those of the subject today.

    Args:
        entry: the place in a plan that founds it; its days are proposed.
        values: fields of `TEXTS` and `FACTS`.

    Raises:
        PermissionDenied; TransitionRefused: no law allows this inspection of this subject, by this authority, on that
        day, or a value cannot be.
    """
    subject, today = locked(thing.subject), timezone.localdate(at)
    row = Inspection(
        authority_id=subject.authority_id,
        organisation=subject.organisation,
        subject=subject,
        object=thing,
        kind=kind,
        kind_of_permit=thing.kind_of_permit,
        size=subject.size,
        risk=subject.risk,
        entry=entry,
        opened_by=actor,
        created_at=at,
    )
    require(actor, "inspections.open", row)
    if entry is not None:
        row.start_on = entry.start_on
    problems = fill(row, values or {}) + already_open(row) + entry_faults(row)
    if thing.left_on is not None and thing.left_on <= today:
        problems.append(Problem("object-left", _("This is no longer an object of control."), field="object"))
    if problems:
        raise TransitionRefused(problems)
    row.reference = next_in(f"{SERIES}-{today.year}")
    row.save()
    if never := [one for one in blockers(row.plan(today), today) if one.code in NEVER]:
        raise TransitionRefused(never)
    record(row, "inspection.open", actor=actor, at=at, to_state=row.state, audience=INTERNAL, data={"kind": kind})
    keep_terms(row, at=at)
    return row


def already_open(row: Inspection) -> list[Problem]:
    """Two acts for one subject at once: one planned inspection of a kind is under way already, or one of this entry."""
    others = Inspection.objects.filter(subject=row.subject_id, kind=row.kind).under_way().exclude(pk=row.pk)
    if row.kind == Kind.UNSCHEDULED:
        others = others.filter(ground=row.ground, object=row.object_id)
    found = others.first()
    if found is None:
        return []
    message = _("Inspection %(reference)s of this subject is under way.")
    return [Problem("inspection-open", message, {"reference": found.reference}, field="object")]


def entry_faults(row: Inspection) -> list[Problem]:
    """A place in a plan founds one inspection, of its own subject."""
    if row.entry is None:
        return []
    if row.entry.subject_id != row.subject_id or Inspection.objects.filter(entry=row.entry).exists():
        return [Problem("entry-taken", _("This place in the plan is another subject's, or used."), field="entry")]
    return []


def fill(row: Inspection, values: Mapping[str, Any]) -> list[Problem]:
    """Put values on the row; lists those that cannot be. ValueError for a field that is not written in a draft."""
    if unknown := set(values) - {*TEXTS, *FACTS}:
        raise ValueError(f"not written in a draft: {sorted(unknown)}")
    for field, value in values.items():
        setattr(row, field, value.strip() if field in TEXTS else value)
    found = [
        Problem("too-long", _("At most %(most)s characters."), {"most": LONGEST}, field=field)
        for field in TEXTS
        if len(getattr(row, field)) > LONGEST
    ]
    if row.ground and row.ground not in {
        one.item for one in unscheduled_grounds(row.start_on or row.created_at.date())
    }:
        found.append(Problem("ground-unknown", _("There is no such ground on that day."), field="ground"))
    if row.case and row.case not in CASES:
        found.append(Problem("case-unknown", _("There is no such case."), field="case"))
    if row.urgent and not row.urgent_reason:
        found.append(Problem("urgent-reason", _("Say why it is urgent."), field="urgent_reason"))
    for first, last in (("start_on", "end_on"), ("period_from", "period_to"), ("complaint_from", "complaint_to")):
        if getattr(row, first) and getattr(row, last) and getattr(row, last) < getattr(row, first):
            found.append(Problem("days-order", _("The last day lies before the first."), field=last))
    return found + checklist_faults(row) + parent_faults(row)


def checklist_faults(row: Inspection) -> list[Problem]:
    """The checklist is a confirmed one of this authority, for this kind of object."""
    if row.checklist is None:
        return []
    act = row.checklist
    fits = act.kind == CHECKLIST and act.authority_id == row.authority_id and row.kind_of_permit in act.kinds_of_permit
    day = row.start_on or timezone.localdate(row.created_at)
    if fits and JointAct.objects.in_force(day).filter(pk=act.pk).exists():
        return []
    message = _("This checklist is not in force on that day for such an object.")
    return [Problem("checklist-other", message, field="checklist")]


def parent_faults(row: Inspection) -> list[Problem]:
    if row.follows is None or row.follows.subject_id == row.subject_id:
        return []
    return [Problem("follows-other", _("The order to be checked is another subject's."), field="follows")]


@transaction.atomic
def edit_inspection(
    inspection: Inspection, *, values: Mapping[str, Any], actor: User, at: datetime, version: int | None = None
) -> Inspection:
    """Write the draft.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: it is no draft, or a value cannot be.
    """
    row = locked(inspection, version=version)
    require(actor, "inspections.prepare", row)
    problems = [not_drafted(row)] if row.state != "draft" else fill(row, values)
    if problems:
        raise TransitionRefused(problems)
    touch(row, fields=values)
    record(row, "inspection.edit", actor=actor, at=at, audience=INTERNAL, data={"fields": sorted(values)})
    keep_terms(row, at=at)
    return row


@transaction.atomic
def set_team(
    inspection: Inspection, team: Iterable[Named], *, actor: User, at: datetime, version: int | None = None
) -> Inspection:
    """Name the officials anew, before the act of appointment names them. Who leaves the list was never on it.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: the act is signed, nobody or a stranger is named, or not one
        leads.
    """
    row, named = locked(inspection, version=version), list(team)
    require(actor, "inspections.prepare", row)
    problems = team_faults(row, named) if row.state in ("draft", "noticed") else [not_drafted(row)]
    if problems:
        raise TransitionRefused(problems)
    row.team.all().delete()
    TeamMember.objects.bulk_create(
        TeamMember(inspection=row, person=one.person, post=one.post.strip(), leads=one.leads) for one in named
    )
    touch(row)
    record(row, "inspection.set_team", actor=actor, at=at, audience=INTERNAL, data={"officials": len(named)})
    return row


def team_faults(row: Inspection, named: list[Named]) -> list[Problem]:
    """Officials of the authority who go on inspections, each once with a post, one of whom leads."""
    found = []
    if not named:
        found.append(Problem("team-empty", _("Name the officials who go."), field="team"))
    elif sum(one.leads for one in named) != 1 or len({one.person.pk for one in named}) != len(named):
        found.append(Problem("team-leader", _("Name each official once; one of them leads."), field="team"))
    return found + [problem for one in named for problem in person_faults(row, one)]


def person_faults(row: Inspection, one: Named) -> list[Problem]:
    """Who goes serves the authority as inspector or officer, or is kept as an inspector, and has a post."""
    found, person = [], one.person
    serves = person.is_active and person.authority_id == row.authority_id
    inspects = person.role in ("inspector", "officer") or Inspector.objects.filter(person=person).exists()
    if not serves or not inspects:
        message = _("%(person)s does not go on inspections of this authority.")
        found.append(Problem("team-person", message, {"person": str(person)}, field="team"))
    if not one.post.strip() or len(one.post.strip()) > 200:
        found.append(Problem("team-post", _("Give the post of each official."), field="team"))
    return found


def keep_ground(inspection: Inspection, upload: Upload, *, actor: User, at: datetime) -> Document:
    """Keep a paper that proves the ground; the subject does not see who complained.

    Raises:
        PermissionDenied; TransitionRefused: it is no draft, or the file cannot be taken.
    """
    with transaction.atomic():
        row = locked(inspection)
        require(actor, "inspections.prepare", row)
        if row.state != "draft":
            raise TransitionRefused([not_drafted(row)])
        return store_document(
            row, upload, kind=GROUND, actor=actor, at=at, audience=INTERNAL, verb="inspection.keep_ground"
        )


@transaction.atomic
def keep_grounds(
    inspection: Inspection, *, papers: Iterable[Upload], actor: User, at: datetime, version: int | None = None
) -> Inspection:
    """Keep several at once. Errors as `keep_ground`."""
    row = locked(inspection, version=version)
    for upload in papers:
        keep_ground(row, upload, actor=actor, at=at)
    return row
