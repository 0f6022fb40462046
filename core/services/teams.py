"""Teams of an authority: entered and changed by its heads and administrators, each change an event."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from core.models import Authority, Team, User
from core.models.base import INTERNAL
from core.services.acts import locked, record, require
from core.workflow import HEAD, OFFICER, TransitionRefused
from law.problems import Problem, _

TEAMS_LIMIT = 100  # of one authority


@transaction.atomic
def enter_team(
    authority: Authority, *, names: Mapping[str, str], members: Iterable[User], actor: User, at: datetime
) -> Team:
    """A new team of officers and heads of one authority.

    Raises:
        PermissionDenied: he is neither head nor administrator there.
        TransitionRefused: it has no name, or a member cannot take cases of the authority.
    """
    team = Team(authority=authority, made_at=at)
    require(actor, "core.manage_teams", team)
    locked(authority)
    people = list(members)
    problems = team_faults(team, names, people)
    if Team.objects.filter(authority=authority).count() >= TEAMS_LIMIT:
        message = _("The authority has %(limit)s teams already.")
        problems.append(Problem(code="too-many-teams", message=message, params={"limit": TEAMS_LIMIT}))
    if problems:
        raise TransitionRefused(problems)
    rename(team, names)
    team.save()
    team.members.set(people)
    record(team, "team.enter", actor=actor, at=at, audience=INTERNAL, data={"members": ids(people)})
    return team


@transaction.atomic
def edit_team(team: Team, *, names: Mapping[str, str], members: Iterable[User], actor: User, at: datetime) -> Team:
    """Give a team other names or other members. Cases that its members hold stay with them.

    Raises:
        see `enter_team`.
    """
    row = locked(team)
    require(actor, "core.manage_teams", row)
    people = list(members)
    if problems := team_faults(row, names, people):
        raise TransitionRefused(problems)
    before = ids(row.members.all())
    rename(row, names)
    row.save(update_fields=["name_kk", "name_ru", "name_en"])
    row.members.set(people)
    facts = {"old": before, "members": ids(people)}
    record(row, "team.edit", actor=actor, at=at, audience=INTERNAL, data=facts)
    return row


def team_faults(team: Team, names: Mapping[str, str], members: Iterable[User]) -> list[Problem]:
    problems = []
    if not any(name.strip() for name in names.values()):
        message = _("Give the name in one language at least.")
        problems.append(Problem(code="team-unnamed", message=message, field="name_kk"))
    wrong = [m for m in members if m.authority_id != team.authority_id or m.role not in (OFFICER, HEAD)]
    problems += [
        Problem(
            code="member-unfit",
            message=_("%(person)s is no officer or head of this authority."),
            params={"person": str(person)},
            field="members",
        )
        for person in wrong
    ]
    return problems


def rename(team: Team, names: Mapping[str, str]) -> None:
    team.name_kk, team.name_ru, team.name_en = (names.get(code, "").strip()[:300] for code in ("kk", "ru", "en"))


def ids(people: Iterable[User]) -> list[int]:
    return sorted(person.pk for person in people)
