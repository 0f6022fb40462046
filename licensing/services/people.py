"""The people behind a firm follow its filings, and what the holder of a licence declares between them: who is named
anew is entered, who is named no more is ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from core.models import User
from core.models.base import INTERNAL
from core.services import notify, record, require
from core.services.acts import locked
from core.services.publishing import publish
from core.workflow import StaleVersion, TransitionRefused
from law.problems import Problem, _
from licensing.models import Application, FirmPerson, Licence, PeopleDeclaration
from licensing.services.terms import officials
from licensing.stated import not_stated
from licensing.workflow import LIVE

SCREEN = "licensing.screen_people"


def await_screening(authority_id: int) -> int:
    """A list has changed: everybody who stands behind a firm before the authority is looked at again, once the act is
    through. One statement, however many they are."""
    waiting = FirmPerson.objects.standing().filter(authority=authority_id, screened_at__isnull=False)
    count = waiting.update(screened_at=None)
    ask_screening()
    return count


def ask_screening() -> None:
    """Have a worker look, after the commit; where none hears, the sweep does."""
    transaction.on_commit(lambda: publish(SCREEN, []), robust=True)


def enter_people(filed: Application, *, actor: User, at: datetime) -> int:
    """Enter whom a filing names, where its kind names people; who is named as before stays one row. Returns how many
    are new, who then wait for screening.

    The firm's row is locked: of two filings at once the second finds what the first entered.
    """
    if filed.permit.people is None or not filed.form.has_particulars:
        return 0
    locked(filed.organisation)
    on = timezone.localdate(at)
    fresh, gone = compared(filed, on)
    if fresh or gone:
        replace_people(fresh, gone, on)
        facts = {"entered": len(fresh), "ended": len(gone)}
        record(filed, "application.name_people", actor=actor, at=at, data=facts, audience=INTERNAL)
    return len(fresh)


def compared(filing: Application, on: date) -> tuple[list[FirmPerson], list[int]]:
    """Who is named anew, and the rows of who is named no more. Who is named without a day keeps the known one."""
    standing = list(FirmPerson.objects.of(filing).standing().select_related("organisation"))
    since = {row.said[:-1]: row.since for row in standing}
    stated: dict[tuple[object, ...], FirmPerson] = {}
    for one in filing.permit.people(filing.particulars) if filing.permit.people else ():
        row = FirmPerson.stated(filing, one, on)
        if one.since is None:
            row.since = since.get(row.said[:-1], on)
        stated[row.said] = row
    known = {row.said for row in standing}
    return [row for said, row in stated.items() if said not in known], [
        row.pk for row in standing if row.said not in stated
    ]


def replace_people(fresh: Sequence[FirmPerson], gone: Sequence[int], on: date) -> None:
    """Keep what has changed; whoever is new waits for screening."""
    FirmPerson.objects.filter(pk__in=gone).update(until=Greatest(F("since"), on))
    FirmPerson.objects.bulk_create(fresh)
    ask_screening()


@dataclass(frozen=True, slots=True)
class Declared:
    """What a declaration changed; nothing where the list was known already. `warnings` are for a person to judge."""

    entered: int
    ended: int
    warnings: tuple[Problem, ...]

    @property
    def changed(self) -> bool:
        return bool(self.entered or self.ended)


@transaction.atomic
def declare_people(
    licence: Licence,
    lists: Mapping[str, Sequence[Mapping[str, Any]]],
    *,
    day: date,
    actor: User,
    at: datetime,
    version: int | None = None,
) -> Declared:
    """The holder says who owns and leads the firm as of a day: whole lists, in the shape that a filing has.

    Args:
        lists: validated by the kind's `people_form`.
        version: the edition of the list that the actor saw (FirmPersonQuerySet.edition), where he says it.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: all that is wrong, each with its field; nothing is written.
    """
    fresh = locked(licence)
    require(actor, "licensing.declare_people", fresh)
    locked(fresh.organisation)
    draft = as_filing(fresh, lists, actor)
    known = FirmPerson.objects.of(draft)
    edition = known.edition()
    if version is not None and version != edition:
        raise StaleVersion(edition, version)
    found = [*standing_problems(fresh), *day_problems(day, known.known_day(), timezone.localdate(at))]
    found += people_faults(draft, day)
    if any(one.blocks for one in found):
        raise TransitionRefused([one for one in found if one.blocks])
    new, gone = compared(draft, day)
    if new or gone:
        keep_declaration(fresh, new, gone, day=day, actor=actor, at=at)
    return Declared(len(new), len(gone), tuple(found))


def as_filing(licence: Licence, lists: Mapping[str, Sequence[Mapping[str, Any]]], actor: User) -> Application:
    """The declaration in the shape of a filing that is not kept, so that the same checks look at it."""
    draft = Application(
        kind=licence.kind, authority=licence.authority, organisation=licence.organisation, created_by=actor
    )
    draft.particulars = licence.permit.particulars(**lists)
    return draft


def standing_problems(licence: Licence) -> list[Problem]:
    """Only of a licence that has not ended, and of a kind that names people."""
    found = []
    if licence.permit.people is None:
        message = _("This kind of permit names nobody who owns or leads the firm.")
        found.append(Problem("kind-names-nobody", message))
    if licence.state not in LIVE:
        found.append(Problem("licence-ended", _("The licence has ended: nothing is declared on it any more.")))
    return found


def day_problems(day: date, known: date | None, today: date) -> list[Problem]:
    """Neither ahead nor before what is known already."""
    if day > today:
        return [Problem("as-of-ahead", _("The day lies in the future."), field="as_of")]
    if known is not None and day < known:
        message = _("The list is known as of %(day)s already: declare it as of that day or a later one.")
        return [Problem("as-of-early", message, {"day": known}, field="as_of")]
    return []


def people_faults(draft: Application, on: date) -> list[Problem]:
    """What the checks of a filing find of its people, by the law of the day as of which they are declared."""
    permit = draft.permit
    if permit.people_form is None:
        return []
    found = not_stated(draft.particulars, permit.people_form().fields)
    return found + [problem for one in permit.checks if one.of_people for problem in one.test(draft, on)]


def keep_declaration(
    licence: Licence, fresh: Sequence[FirmPerson], gone: Sequence[int], *, day: date, actor: User, at: datetime
) -> None:
    """Write what has changed, and tell the officials, for only a person may judge it."""
    row = PeopleDeclaration.objects.create(
        authority=licence.authority,
        organisation=licence.organisation,
        licence=licence,
        permit=licence.kind,
        day=day,
        declared_at=at,
        entered=len(fresh),
        ended=len(gone),
    )
    for person in fresh:
        person.declaration = row
    replace_people(fresh, gone, day)
    facts = {"as_of": day.isoformat(), "entered": len(fresh), "ended": len(gone)}
    event = record(licence, "licence.declare_people", actor=actor, at=at, data=facts)
    told = {"number": licence.number, "entered": len(fresh), "ended": len(gone)}
    notify(event, officials(licence.authority_id), "people_declared", told, path=f"/licences/{licence.number}/", at=at)
