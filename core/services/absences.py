"""Being away: who stands in for whom, without gaps in the line and without a circle."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from core.models import Absence, User
from core.models.absences import stand_in
from core.models.base import INTERNAL
from core.services.acts import locked, record, require
from core.services.letters import notify
from core.workflow import HEAD, OFFICER, TransitionRefused
from law.problems import Problem, _

PAGE = "/work/absences/"


@transaction.atomic
def enter_absence(person: User, *, from_on: date, to_on: date, deputy: User, actor: User, at: datetime) -> Absence:
    """A person is away from one day to another, both inclusive; what is given to him meanwhile goes to the deputy.

    Raises:
        PermissionDenied: it is neither himself nor a head or administrator of his authority.
        TransitionRefused: the days are not in order or have passed, another absence covers one of them, the deputy
            cannot stand in, or the deputies would stand in for each other in a circle; every fault at once.
    """
    require(actor, "core.enter_absence", person)
    if person.authority is None:
        raise TransitionRefused([not_of_an_authority()])
    locked(person.authority)  # one at a time, so that two entries do not close a circle between them
    problems = [*wrong_days(from_on, to_on, timezone.localdate(at)), *unfit_deputy(person, deputy)]
    if not problems:
        standing = list(
            Absence.objects.standing()
            .filter(authority=person.authority, from_on__lte=to_on, to_on__gte=from_on)
            .select_related("person", "deputy")
        )
        problems = [*overlapping(person, standing), *circle(person, deputy, from_on, to_on, standing)]
    if problems:
        raise TransitionRefused(problems)
    row = Absence.objects.create(
        person=person,
        deputy=deputy,
        authority=person.authority,
        from_on=from_on,
        to_on=to_on,
        made_by=actor,
        made_at=at,
    )
    facts = {"person": person.pk, "deputy": deputy.pk, "from": from_on.isoformat(), "to": to_on.isoformat()}
    event = record(row, "absence.enter", actor=actor, at=at, audience=INTERNAL, data=facts)
    days = {"on": from_on.isoformat(), "valid_to": to_on.isoformat()}
    notify(event, {deputy} - {actor}, "absence_deputy", days, path=PAGE, at=at)
    notify(event, {person} - {actor}, "absence_entered", days, path=PAGE, at=at)
    return row


def not_of_an_authority() -> Problem:
    return Problem(code="not-an-official", message=_("Only officials of an authority are absent from it."))


def wrong_days(from_on: date, to_on: date, today: date) -> list[Problem]:
    if to_on < from_on:
        message = _("The absence ends on %(to)s, before it starts on %(from)s.")
        days = {"from": from_on.isoformat(), "to": to_on.isoformat()}
        return [Problem(code="absence-days", message=message, params=days, field="to_on")]
    if to_on < today:
        return [Problem(code="absence-past", message=_("The last day has already passed."), field="to_on")]
    return []


def unfit_deputy(person: User, deputy: User) -> list[Problem]:
    """Why somebody cannot stand in for a person."""
    if deputy == person:
        return [Problem(code="deputy-self", message=_("Nobody is his own deputy."), field="deputy")]
    if deputy.authority_id != person.authority_id or deputy.role not in (OFFICER, HEAD) or not deputy.is_active:
        message = _("The deputy is an officer or head of the same authority.")
        return [Problem(code="deputy-unfit", message=message, field="deputy")]
    return []


def overlapping(person: User, standing: Iterable[Absence]) -> list[Problem]:
    """Every absence of the person among those that share a day with the new one."""
    return [
        Problem(
            code="absence-overlaps",
            message=_("%(person)s is entered as absent from %(from)s to %(to)s already."),
            params={"person": str(person), "from": row.from_on.isoformat(), "to": row.to_on.isoformat()},
            field="from_on",
        )
        for row in standing
        if row.person_id == person.pk
    ]


def circle(person: User, deputy: User, from_on: date, to_on: date, standing: Iterable[Absence]) -> list[Problem]:
    """Whether on some day the line of deputies would come back to the person; the problem names all who are in it."""
    away: dict[int, list[Absence]] = {}
    for row in standing:
        away.setdefault(row.person_id, []).append(row)
    lines = [([person, deputy], from_on, to_on)]
    while lines:
        line, first, last = lines.pop()
        if line[-1] == person:
            return [
                Problem(
                    code="deputies-in-a-circle",
                    message=_("From %(from)s to %(to)s the deputies would stand in for each other: %(circle)s."),
                    params={
                        "from": first.isoformat(),
                        "to": last.isoformat(),
                        "circle": " → ".join(str(one) for one in line),
                    },
                    field="deputy",
                )
            ]
        for row in away.get(line[-1].pk, ()):
            shared = max(first, row.from_on), min(last, row.to_on)
            if shared[0] <= shared[1] and row.deputy not in line[1:]:
                lines.append(([*line, row.deputy], *shared))
    return []


@transaction.atomic
def end_absence(absence: Absence, *, actor: User, at: datetime) -> Absence:
    """The person is back today: what has begun ended yesterday, what has not begun falls away.

    Raises:
        PermissionDenied; TransitionRefused: it has ended already.
    """
    require(actor, "core.enter_absence", absence.person)
    locked(absence.authority)
    row, today = locked(absence), timezone.localdate(at)
    if row.cancelled_at is not None or row.to_on < today:
        raise TransitionRefused([Problem(code="absence-over", message=_("This absence has ended already."))])
    if row.from_on < today:
        row.to_on = today - timedelta(days=1)
        row.save(update_fields=["to_on"])
    else:
        row.cancelled_at = at
        row.save(update_fields=["cancelled_at"])
    facts = {"person": row.person_id, "to": row.to_on.isoformat(), "cancelled": row.cancelled_at is not None}
    event = record(row, "absence.end", actor=actor, at=at, audience=INTERNAL, data=facts)
    notify(event, {row.deputy, row.person} - {actor}, "absence_ended", path=PAGE, at=at)
    return row


def taker(person: User, *, on: date) -> tuple[User | None, Absence | None]:
    """(who takes what is given to a person on a day, his absence of that day): himself where he is at work."""
    absent = Absence.objects.deputies(person.authority_id, on)
    return stand_in(person, absent), absent.get(person.pk)


def stood_in_for(deputy: User, *, on: date) -> dict[int, Absence]:
    """The absences of those for whom a person stands in on a day, down every line, by the absent person's id."""
    absent = Absence.objects.deputies(deputy.authority_id, on)
    if deputy.pk in absent:
        return {}
    return {pk: row for pk, row in absent.items() if stand_in(row.person, absent) == deputy}
