"""Officials look at the people behind firms, requirement by requirement, and are reminded to look again."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from core.models import Obligation, User
from core.models.base import INTERNAL
from core.services import Upload, meet, owe, record, require, store_document
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.fitness import Requirement, requirements
from law.licensing import Due
from law.problems import Line, Problem, _
from licensing.models import FirmPerson, FitnessCheck
from licensing.services.terms import officials

TEXT_LIMIT = 10_000
LOOK_AGAIN = "fitness-again"
DUTIES = {LOOK_AGAIN: _("Look again at a person behind a firm")}


def asked_of(person: FirmPerson, on: date) -> tuple[Requirement, ...]:
    """What he must meet on a day."""
    return requirements(person.permit, person.side, person.role, person.beneficial, on)


@transaction.atomic
def check_person(
    person: FirmPerson,
    *,
    code: str,
    met: bool,
    note: str,
    checked_on: date,
    expires_on: date | None = None,
    file: Upload | None = None,
    actor: User,
    at: datetime,
) -> FitnessCheck:
    """Enter what was found of a requirement. Where the official says until when it may be relied on, the authority owes
    another look by that day; what it owed before is met.

    Raises:
        PermissionDenied; TransitionRefused: he is behind the firm no more, no such requirement, no words, wrong days, a
            file that is not accepted.
    """
    row, today = locked(person), timezone.localdate(at)
    require(actor, "licensing.check_person", row)
    found = next((one for one in asked_of(row, min(checked_on, today)) if one.code == code), None)
    made = FitnessCheck(
        person=row,
        code=code,
        met=met,
        note=note.strip(),
        checked_on=checked_on,
        expires_on=expires_on,
        checked_by=actor,
        checked_at=at,
    )
    problems = faults(made, today)
    if found is None:
        message = _("Nothing of the kind is asked of him on that day.")
        problems.append(Problem("fitness-unknown", message, field="code"))
    if found is None or problems:
        raise TransitionRefused(problems)
    made.ground = found.provision.ground()
    made.document = store_document(row, file, kind="fitness", actor=actor, at=at, audience=INTERNAL) if file else None
    made.save()
    facts = {"requirement": code, "met": met}
    record(row, "firmperson.check", actor=actor, at=at, grounds=[found.provision], data=facts, audience=INTERNAL)
    meet(row, LOOK_AGAIN, at=at, part=code)
    if expires_on is not None:
        lines = (Line(_("As the official has set it, when he looked on %(day)s"), day=checked_on),)
        due = Due(row.permit, LOOK_AGAIN, checked_on, expires_on, lines, found.provision)
        owe(row, {LOOK_AGAIN: due}, debtor=Obligation.AUTHORITY, at=at, audience=INTERNAL, part=code)
    return made


def faults(made: FitnessCheck, today: date) -> list[Problem]:
    """What is wrong with a look, whatever it is at."""
    problems = []
    if made.person.until is not None:
        problems.append(Problem("person-gone", _("He stands behind the firm no more.")))
    if not made.note:
        problems.append(Problem("note-missing", _("Write what was seen."), field="note"))
    if len(made.note) > TEXT_LIMIT:
        message = _("The text is longer than %(limit)s characters.")
        problems.append(Problem("text-too-long", message, {"limit": TEXT_LIMIT}, field="note"))
    if made.checked_on > today:
        problems.append(Problem("fitness-day", _("The day is still to come."), field="checked_on"))
    if made.expires_on is not None and made.expires_on <= max(made.checked_on, today):
        problems.append(Problem("fitness-expiry", _("The day of the next look lies ahead."), field="expires_on"))
    return problems


def told(obligation: Obligation, role: str, on: date) -> tuple[list[User], str]:
    """Who hears that a look is due, and the page of the person."""
    return officials(obligation.authority_id, *([role] if role else [])), f"/firm-people/{obligation.subject_id}/"
