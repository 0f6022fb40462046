"""How the house shares its work today: who is away and who stands in, teams, and rules for what comes in."""

from datetime import datetime, timedelta

from django.utils import timezone

from core.models import User
from core.services import enter_absence, enter_team
from licensing.models import Application
from licensing.services import add_task, enter_rule, watch_case

TASK = "Электр қуаты шартының екінші бетін өтініш берушіден нақтылап алу керек."


def share_work(people: dict[str, User], *, now: datetime) -> None:
    """One officer is away, the officer who can log in stands in for him; another leaves next month.

    From today on rules give what comes in: Kostanay to one officer, the rest of the
    north to a team, the south to nobody.
    """
    officer, second, third, fourth = (
        people[f"{name}@maidd.example"] for name in ("officer", "officer2", "officer3", "officer4")
    )
    head = people["head@maidd.example"]
    today = timezone.localdate(now)
    enter_absence(
        third, from_on=today - timedelta(days=2), to_on=today + timedelta(days=9), deputy=officer, actor=third, at=now
    )
    first = today + timedelta(days=20)
    enter_absence(second, from_on=first, to_on=first + timedelta(days=13), deputy=fourth, actor=head, at=now)
    names = {"kk": "Солтүстік өңірлер", "ru": "Северные регионы", "en": "Northern regions"}
    authority = head.authority
    assert authority is not None  # noqa: S101  (a head has one)
    team = enter_team(authority, names=names, members=[officer, second, third], actor=head, at=now)
    rules = [
        {"region": "KZ-39", "officer": fourth},
        {"region": "KZ-55", "team": team},
        {"region": "KZ-59", "team": team},
    ]
    for order, values in enumerate(rules, start=1):
        enter_rule(authority, values={"order": order * 10, **values}, actor=head, at=now)
    case = Application.objects.filter(authority=authority, state="in_review").order_by("-id").first()
    if case is not None:
        add_task(case, what=TASK, to=officer, due_on=today + timedelta(days=3), actor=second, at=now)
        watch_case(case, actor=head, at=now)
