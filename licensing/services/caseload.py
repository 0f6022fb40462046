"""A whole caseload from one person to others: set by set, with an event for each case, whole or not at all."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from core.models import Absence, Event, User
from core.models.base import INTERNAL
from core.services import notify, record, record_each, require
from core.workflow import HEAD, OFFICER, TransitionRefused
from law.problems import Problem, _
from licensing.models import Application, CaseloadMove
from licensing.services.assigning import OTHER_HANDS

SLICE = 500  # cases that are locked, changed and told of at once
CASELOAD_LIMIT = 5_000  # cases that one move takes, those filed first


@transaction.atomic
def move_caseload(
    holder: User, *, to: Sequence[User], reason: str, key: UUID, actor: User, at: datetime
) -> CaseloadMove:
    """Give every open case of a person to others, evenly by what they have; a case that none of them may prepare stays.

    The same key moves once: called again it returns what was done.

    Raises:
        PermissionDenied: he is neither head nor administrator of the holder's authority.
        TransitionRefused: nobody to give to, one of them cannot take cases or is absent, no reason, no open case.
    """
    require(actor, "licensing.move_caseload", holder)
    if holder.authority is None:
        raise PermissionDenied("licensing.move_caseload")
    people = list({person.pk: person for person in to}.values())
    if problems := move_faults(holder, people, reason, timezone.localdate(at)):
        raise TransitionRefused(problems)
    facts = {"authority": holder.authority, "holder": holder, "reason": reason, "made_by": actor, "made_at": at}
    move, made = CaseloadMove.objects.get_or_create(key=key, defaults=facts)
    if not made:
        require(actor, "licensing.move_caseload", move)
        return move
    load = Counter(dict(held_by(people)))
    for ids in sliced(caseload(holder)):
        move_slice(move, ids, people, load)
    if not move.given and not move.refused:
        raise TransitionRefused([Problem(code="caseload-empty", message=_("This person has no open cases."))])
    move.save(update_fields=["given", "refused"])
    told = {"from": holder.pk, "given": move.given, "left": len(move.refused)}
    event = record(move, "caseload.move", actor=actor, at=at, reason=reason, audience=INTERNAL, data=told)
    for person in people:
        if number := move.given.get(str(person.pk)):
            notify(event, {person} - {actor}, "caseload_given", {"number": number}, path="/work/", at=at)
    notify(event, {holder} - {actor}, "caseload_taken", {"number": move.moved}, path="/work/", at=at)
    return move


def caseload(holder: User) -> list[int]:
    """Ids of the person's open cases, those filed first."""
    rows = Application.objects.open().filter(assigned_to=holder, authority=holder.authority_id)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:CASELOAD_LIMIT])


def sliced(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + SLICE] for start in range(0, len(ids), SLICE))


def held_by(people: Iterable[User]) -> "Iterable[tuple[int, int]]":
    """(person, how many open cases he has)."""
    rows = Application.objects.open().filter(assigned_to__in=list(people)).order_by()
    return rows.values_list("assigned_to").annotate(Count("pk"))


def move_slice(move: CaseloadMove, ids: Sequence[int], people: Sequence[User], load: Counter[int]) -> None:
    """Lock, choose, change and tell some cases: as many queries for many as for few, and one update a person."""
    mine = Application.objects.open().filter(pk__in=list(ids), assigned_to=move.holder)
    rows = list(mine.select_for_update(of=("self",), no_key=True).order_by("pk"))
    hands = hands_in(rows, people)
    given: dict[int, list[Application]] = defaultdict(list)
    for row in rows:
        fit = [person for person in people if person.pk not in hands[row.pk]]
        if not fit:
            move.refused.append(row.reference)
            continue
        chosen = min(fit, key=lambda person: (load[person.pk], person.pk)).pk
        load[chosen] += 1
        given[chosen].append(row)
    for person, cases in given.items():
        changed = Application.objects.filter(pk__in=[case.pk for case in cases])
        changed.update(assigned_to=person, version=F("version") + 1)
        record_each(
            cases,
            "application.assign",
            actor=move.made_by,
            at=move.made_at,
            reason=move.reason,
            audience=INTERNAL,
            data={"to": person, "move": move.pk},
        )
        move.given[str(person)] = move.given.get(str(person), 0) + len(cases)


def hands_in(rows: Iterable[Application], people: Iterable[User]) -> dict[int, set[int]]:
    """By case, who of these people filed, countersigned or decided it and so does not prepare it: one query."""
    found: dict[int, set[int]] = defaultdict(set)
    events = Event.objects.filter(
        subject_type=Application._meta.label_lower,
        subject_id__in=[row.pk for row in rows],
        actor__in=list(people),
        verb__in=OTHER_HANDS,
    )
    for case, person in events.values_list("subject_id", "actor_id"):
        found[case].add(person)
    return found


def move_faults(holder: User, people: Sequence[User], reason: str, on: date) -> list[Problem]:
    """Everything that is wrong with a move, at once."""
    problems = []
    if not people:
        problems.append(Problem(code="nobody-chosen", message=_("Choose at least one person."), field="to"))
    if holder in people:
        message = _("The cases go to others than the person who has them.")
        problems.append(Problem(code="move-to-oneself", message=message, field="to"))
    absent = Absence.objects.deputies(holder.authority_id, on)
    for person in people:
        if person.authority_id != holder.authority_id or person.role not in (OFFICER, HEAD) or not person.is_active:
            message = _("A case goes to an officer of its own authority.")
            problems.append(Problem(code="not-an-officer", message=message, field="to"))
        elif person.pk in absent:
            away = absent[person.pk]
            problems.append(
                Problem(
                    code="taker-absent",
                    message=_("%(person)s is absent until %(to)s; the deputy is %(deputy)s."),
                    params={"person": str(person), "to": away.to_on.isoformat(), "deputy": str(away.deputy)},
                    field="to",
                )
            )
    if not reason.strip():
        problems.append(Problem(code="note-missing", message=_("Say why."), field="reason"))
    return problems
