"""Matters of a firm: opened after a check for conflicts, changed and closed by its members, seen by nobody else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.models import Membership, Organisation, User
from core.models.base import PARTY
from core.services import record, require
from core.services.acts import locked
from core.workflow import StaleVersion, TransitionRefused
from law.problems import Problem, _
from licensing.models import Application, ConflictCheck, Licence, Matter, MatterParty, Measure
from licensing.models.matters import MATTERS, ROLES
from licensing.services.conflicts import covers
from licensing.services.numbers import next_in

CASES = 20


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody on the other side, or behind either side."""

    role: str
    name: str
    identifier: str = ""


@transaction.atomic
def open_matter(
    organisation: Organisation,
    *,
    subject: str,
    check: ConflictCheck,
    actor: User,
    at: datetime,
    client: Organisation | None = None,
    client_name: str = "",
    lawyer: User | None = None,
    cases: Iterable[str] = (),
    parties: Sequence[Party] = (),
    clearance: str = "",
    opened_on: date | None = None,
) -> Matter:
    """Open a matter for a client whose name, and those of the other side, were checked for conflicts.

    Args:
        client: who gave the firm a power of attorney that holds today; or `client_name`, of one without an account.
        clearance: why it is taken although the check found somebody.

    Raises:
        PermissionDenied: the actor is no member of the firm. TransitionRefused: lists everything against it.
    """
    today = timezone.localdate(at)
    row = Matter(
        organisation=locked(organisation),
        client=client,
        client_name=client_name.strip(),
        subject=subject.strip(),
        lawyer=lawyer or actor,
        cases=list(dict.fromkeys(one.strip().upper() for one in cases if one.strip())),
        check_made=check,
        clearance=clearance.strip(),
        opened_on=opened_on or today,
        created_at=at,
    )
    require(actor, "licensing.keep_matter", row)
    problems = client_problems(row, today) + matter_problems(row, actor, today)
    problems += check_problems(row, check, [Party("", row.for_whom, client.identifier if client else ""), *parties])
    problems += party_problems(parties)
    if problems:
        raise TransitionRefused(problems)
    row.reference = next_in(f"{MATTERS}-{today.year}")
    row.save()
    MatterParty.objects.bulk_create(
        MatterParty(matter=row, role=one.role, name=one.name, identifier=one.identifier) for one in parties
    )
    record(row, "matter.open", actor=actor, at=at, audience=PARTY)
    return row


def client_problems(row: Matter, today: date) -> list[Problem]:
    if (row.client is None) == (not row.client_name):
        message = _("Name the client once: one of yours, or one by name.")
        return [Problem("client-twice", message, field="client_name")]
    held = Membership.objects.valid(today).filter(firm=row.organisation, organisation=row.client)
    if row.client is not None and not held.exists():
        message = _("You do not act for this client today.")
        return [Problem("client-not-yours", message, field="client")]
    return []


def matter_problems(row: Matter, actor: User, today: date) -> list[Problem]:
    """What is wrong with subject, lawyer, cases and days."""
    problems = []
    if not row.subject:
        message = _("Not stated: %(field)s.")
        problems.append(Problem("particular-missing", message, {"field": _("subject")}, field="subject"))
    if not Membership.objects.valid(today).filter(user=row.lawyer, organisation=row.organisation).exists():
        message = _("The lawyer in charge is no member of the firm today.")
        problems.append(Problem("lawyer-foreign", message, field="lawyer"))
    if len(row.cases) > CASES:
        problems.append(Problem("too-many-cases", _("At most %(limit)s lines."), {"limit": CASES}, field="cases"))
    elif unknown := unknown_cases(row, actor):
        message = _("No case of the client has this number: %(numbers)s.")
        problems.append(Problem("case-unknown", message, {"numbers": ", ".join(unknown)}, field="cases"))
    if row.opened_on > today:
        problems.append(Problem("matter-day", _("The day is still to come."), field="opened_on"))
    return problems


def unknown_cases(row: Matter, actor: User) -> list[str]:
    """Numbers that are no case of the client, as far as the actor sees; a client without an account has none."""
    if not row.cases:
        return []
    own = Q(organisation=row.client) if row.client else Q(pk__in=[])
    seen: set[str] = set()
    for model, number in ((Application, "reference"), (Licence, "number"), (Measure, "reference")):
        rows: Any = model.objects.visible_to(actor)
        seen |= set(rows.filter(own, **{f"{number}__in": row.cases}).values_list(number, flat=True))
    return [one for one in row.cases if one not in seen]


def check_problems(row: Matter, check: ConflictCheck, people: Sequence[Party]) -> list[Problem]:
    """Everybody was looked for in a check of this firm; what it found is answered in words."""
    if check.organisation_id != row.organisation_id:
        return [Problem("check-foreign", _("Choose a check for conflicts of your firm."), field="check")]
    missed = [one.name for one in people if not covers(check, one.name, one.identifier)]
    problems = []
    if missed:
        message = _("The check for conflicts did not look for: %(names)s.")
        problems.append(Problem("check-missed", message, {"names": ", ".join(missed)[:300]}, field="check"))
    if foreign(check, row) and not row.clearance:
        message = _("The check found somebody: say why the matter is taken all the same.")
        problems.append(Problem("conflict-found", message, field="clearance"))
    return problems


def foreign(check: ConflictCheck, row: Matter) -> list[dict[str, Any]]:
    """What was found but the client's own record as the firm's client."""
    names = set(row.client.names.values()) if row.client else set()
    return [one for one in check.found if not (one["role"] == "client" and one["name"] in names)]


def party_problems(parties: Sequence[Party]) -> list[Problem]:
    wrong = [one for one in parties if one.role not in ROLES or not one.name.strip() or len(one.name) > 300]
    if wrong:
        return [Problem("party-malformed", _("Each party has a name and a role."), field="parties")]
    return []


@transaction.atomic
def edit_matter(
    matter: Matter,
    *,
    subject: str,
    lawyer: User,
    cases: Iterable[str],
    actor: User,
    at: datetime,
    version: int | None = None,
) -> Matter:
    """Change subject, lawyer in charge and cases.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: something is wrong, or the matter is closed.
    """
    row = held(matter, actor, version)
    row.subject, row.lawyer = subject.strip(), lawyer
    row.cases = list(dict.fromkeys(one.strip().upper() for one in cases if one.strip()))
    problems = matter_problems(row, actor, timezone.localdate(at)) + open_problems(row)
    return keep(row, "matter.edit", problems, actor, at, "subject", "lawyer", "cases")


@transaction.atomic
def add_party(
    matter: Matter,
    party: Party,
    *,
    check: ConflictCheck,
    actor: User,
    at: datetime,
    clearance: str = "",
    version: int | None = None,
) -> Matter:
    """Somebody comes into the matter, after a check that looked for him.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: he was not looked for, or what was found is not answered.
    """
    row = held(matter, actor, version)
    added = clearance.strip()
    row.clearance, kept = added, row.clearance
    problems = check_problems(row, check, [party]) + party_problems([party]) + open_problems(row)
    row.clearance = "\n".join(part for part in (kept, added) if part)
    moved = keep(row, "matter.add_party", problems, actor, at, "clearance")
    MatterParty.objects.create(matter=row, role=party.role, name=party.name.strip(), identifier=party.identifier)
    return moved


@transaction.atomic
def close_matter(
    matter: Matter, *, actor: User, at: datetime, on: date | None = None, version: int | None = None
) -> Matter:
    """Close it on a day, today unless told.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: it is closed, or the day is out of order.
    """
    row, today = held(matter, actor, version), timezone.localdate(at)
    problems = open_problems(row)
    row.closed_on = on or today
    if not row.opened_on <= row.closed_on <= today:
        message = _("The day lies before the opening, or is still to come.")
        problems.append(Problem("matter-day", message, field="on"))
    return keep(row, "matter.close", problems, actor, at, "closed_on")


@transaction.atomic
def reopen_matter(matter: Matter, *, actor: User, at: datetime, version: int | None = None) -> Matter:
    row = held(matter, actor, version)
    problems = [] if row.closed_on else [Problem("matter-open", _("The matter is open."))]
    row.closed_on = None
    return keep(row, "matter.reopen", problems, actor, at, "closed_on")


def held(matter: Matter, actor: User, version: int | None) -> Matter:
    row = locked(matter)
    require(actor, "licensing.keep_matter", row)
    if version is not None and row.version != version:
        raise StaleVersion(row.version, version)
    return row


def open_problems(row: Matter) -> list[Problem]:
    return [] if row.closed_on is None else [Problem("matter-closed", _("The matter is closed."))]


def keep(row: Matter, verb: str, problems: list[Problem], actor: User, at: datetime, *fields: str) -> Matter:
    if problems:
        raise TransitionRefused(problems)
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    record(row, verb, actor=actor, at=at, audience=PARTY)
    return row
