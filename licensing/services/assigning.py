"""Rules give new filings to officers. They prepare cases, so they give none to who will sign or decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from core.models import Absence, Authority, Event, User
from core.models.absences import stand_in
from core.models.base import INTERNAL
from core.regions import REGIONS
from core.services import notify, record, require, touch
from core.services.acts import locked
from core.workflow import OFFICER, TransitionRefused
from law.problems import Problem, _
from licensing.models import Application, AssignmentRule
from licensing.models.applications import OPEN
from licensing.permissions import FILING
from licensing.permits import kinds

RULES_LIMIT = 200  # standing rules of one authority
ORDERS = range(1, 10_000)
#: Who filed the case, countersigned or decided it: such a hand does not prepare it.
OTHER_HANDS = (*FILING, "application.countersign", "application.grant", "application.refuse")


@dataclass(frozen=True, slots=True)
class Pick:
    """Who gets a case by which rule; `away` where he stands in for the officer whom the rule names."""

    rule: AssignmentRule
    officer: User
    away: Absence | None = None


@transaction.atomic
def apply_rules(application: Application, *, actor: User, at: datetime) -> Application:
    """Give an open case that nobody has to whom the rules of today pick, as they would a new filing.

    Raises:
        PermissionDenied; TransitionRefused: somebody has it, it has ended, or no rule finds anybody.
    """
    fresh = locked(application)
    require(actor, "licensing.manage_rules", fresh)
    problems = []
    if fresh.state not in OPEN:
        problems.append(Problem(code="case-ended", message=_("The case is not open.")))
    if fresh.assigned_to_id is not None:
        problems.append(Problem(code="case-given", message=_("Somebody has the case already.")))
    if not problems:
        fresh = assign_by_rules(fresh, at=at, actor=actor)
        if fresh.assigned_to_id is None:
            problems.append(Problem(code="no-rule-fits", message=_("No rule finds anybody for this case.")))
    if problems:
        raise TransitionRefused(problems)
    return fresh


def assign_by_rules(application: Application, *, at: datetime, actor: User | None = None) -> Application:
    """Give a filing to whom the first fitting rule picks. Where none fits it stays open, and its events say so.

    Where an authority has no rules, nothing happens. `actor`: who had the rules applied; the system where nobody did.
    """
    rules = list(
        AssignmentRule.objects.standing()
        .filter(authority=application.authority_id)
        .select_related("officer", "team")
        .prefetch_related("team__members")
        .order_by("order", "id")
    )
    if not rules:
        return application
    by, found = actor or User.objects.system(), pick(application, rules, on=timezone.localdate(at))
    if found is None:
        facts: dict[str, Any] = {"rules": len(rules)}
        record(application, "application.no_rule", actor=by, at=at, audience=INTERNAL, data=facts)
        return application
    application.assigned_to = found.officer
    touch(application, fields=["assigned_to"])
    facts = {"to": found.officer.pk, "rule": found.rule.pk, "order": found.rule.order}
    facts |= {"for": found.away.person_id} if found.away else {}
    event = record(application, "application.assign", actor=by, at=at, audience=INTERNAL, data=facts)
    path = f"/cases/{application.reference}/"
    notify(event, [found.officer], "case_assigned", {"reference": application.reference}, path=path, at=at)
    return application


def pick(application: Application, rules: Iterable[AssignmentRule], *, on: date) -> Pick | None:
    """The first rule that fits and finds somebody: at work that day, an officer of the authority, without a hand."""
    fitting = [rule for rule in rules if rule.fits(application.kind, application.region)]
    if not fitting:
        return None
    absent = Absence.objects.deputies(application.authority_id, on)
    hands = other_hands(application)
    for rule in fitting:
        people = [
            person
            for person in candidates(rule, absent)
            if can_prepare(person, application.authority_id) and person.pk not in hands
        ]
        if people:
            away = absent.get(rule.officer_id) if rule.officer_id else None
            return Pick(rule, least_busy(people), away)
    return None


def candidates(rule: AssignmentRule, absent: Mapping[int, Absence]) -> list[User]:
    """The rule's officer or who stands in for him; of a team, the members who are at work."""
    if rule.officer is not None:
        person = stand_in(rule.officer, absent)
        return [person] if person is not None else []
    return [person for person in rule.team.members.all() if person.pk not in absent] if rule.team else []


def can_prepare(person: User, authority_id: int) -> bool:
    """An active officer of the authority; heads decide and are given nothing to prepare by a rule."""
    return person.is_active and person.role == OFFICER and person.authority_id == authority_id


def other_hands(application: Application) -> set[int]:
    """Who filed, countersigned or decided the case, by its events."""
    rows = Event.objects.of(application).filter(verb__in=OTHER_HANDS)
    return set(rows.values_list("actor_id", flat=True))


def least_busy(people: list[User]) -> User:
    """Who has the fewest open cases; among equals, whose newest case is the oldest: they take turns."""
    if len(people) == 1:
        return people[0]
    rows = Application.objects.open().filter(assigned_to__in=people).order_by()
    load = {
        pk: (count, newest) for pk, count, newest in rows.values_list("assigned_to").annotate(Count("pk"), Max("pk"))
    }
    return min(people, key=lambda person: (*load.get(person.pk, (0, 0)), person.pk))


@transaction.atomic
def enter_rule(authority: Authority, *, values: Mapping[str, Any], actor: User, at: datetime) -> AssignmentRule:
    """A new rule of an authority; it holds for what is filed from now on.

    Args:
        values: order, kind and region ("" for any), and either officer or team.

    Raises:
        PermissionDenied: he is neither head nor administrator there.  TransitionRefused: see `rule_faults`.
    """
    rule = AssignmentRule(authority=authority, made_by=actor, made_at=at, **values)
    require(actor, "licensing.manage_rules", rule)
    locked(authority)
    problems = rule_faults(rule)
    if AssignmentRule.objects.standing().filter(authority=authority).count() >= RULES_LIMIT:
        message = _("The authority has %(limit)s rules already.")
        problems.append(Problem(code="too-many-rules", message=message, params={"limit": RULES_LIMIT}))
    if problems:
        raise TransitionRefused(problems)
    rule.save()
    record(rule, "rule.enter", actor=actor, at=at, audience=INTERNAL, data=told(rule))
    return rule


@transaction.atomic
def edit_rule(rule: AssignmentRule, *, values: Mapping[str, Any], actor: User, at: datetime) -> AssignmentRule:
    """Change a standing rule; the event keeps what it said before.

    Raises:
        see `enter_rule`; TransitionRefused too where the rule has ended.
    """
    locked(rule.authority)
    row = standing_rule(rule, actor=actor)
    before = told(row)
    for name, value in values.items():
        setattr(row, name, value)
    if problems := rule_faults(row):
        raise TransitionRefused(problems)
    row.save(update_fields=list(values))
    record(row, "rule.edit", actor=actor, at=at, audience=INTERNAL, data={"old": before, **told(row)})
    return row


@transaction.atomic
def end_rule(rule: AssignmentRule, *, actor: User, at: datetime) -> AssignmentRule:
    """The rule gives nothing any more; what it gave stays where it is."""
    locked(rule.authority)
    row = standing_rule(rule, actor=actor)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    record(row, "rule.end", actor=actor, at=at, audience=INTERNAL, data=told(row))
    return row


def standing_rule(rule: AssignmentRule, *, actor: User) -> AssignmentRule:
    row = locked(rule)
    require(actor, "licensing.manage_rules", row)
    if row.ended_at is not None:
        raise TransitionRefused([Problem(code="rule-ended", message=_("This rule has ended already."))])
    return row


def told(rule: AssignmentRule) -> dict[str, Any]:
    """What a rule says, by codes and ids."""
    return {name: getattr(rule, name) for name in ("order", "kind", "region", "officer_id", "team_id")}


def rule_faults(rule: AssignmentRule) -> list[Problem]:
    """Everything that is wrong with a rule, at once."""
    permit = kinds().get(rule.kind)
    others = AssignmentRule.objects.standing().filter(authority=rule.authority_id, order=rule.order)
    officer, team = rule.officer, rule.team
    faults = [
        (
            rule.order not in ORDERS or others.exclude(pk=rule.pk).exists(),
            ("rule-order", _("The order is a number from 1 to 9999 that no other rule has."), "order"),
        ),
        (
            bool(rule.kind) and (permit is None or permit.authority != rule.authority.code),
            ("rule-kind", _("This authority decides on no such kind."), "kind"),
        ),
        (bool(rule.region) and rule.region not in REGIONS, ("rule-region", _("There is no such region."), "region")),
        (
            (officer is None) == (team is None),
            ("rule-target", _("A rule gives either to one officer or to one team."), "officer"),
        ),
        (
            officer is not None and not can_prepare(officer, rule.authority_id),
            ("rule-officer", _("A rule gives to an officer at work in its own authority; heads decide."), "officer"),
        ),
        (
            team is not None and team.authority_id != rule.authority_id,
            ("rule-team", _("This team is of another authority."), "team"),
        ),
    ]
    return [Problem(code=code, message=message, field=field) for wrong, (code, message, field) in faults if wrong]
