"""How the house shares its work today: who is away and who stands in."""

from datetime import datetime, timedelta

from django.utils import timezone

from core.models import User
from core.services import enter_absence


def share_work(people: dict[str, User], *, now: datetime) -> None:
    """One officer is away, the officer who can log in stands in for him; another leaves next month."""
    officer, second, third, fourth = (
        people[f"{name}@maidd.example"] for name in ("officer", "officer2", "officer3", "officer4")
    )
    today = timezone.localdate(now)
    enter_absence(
        third, from_on=today - timedelta(days=2), to_on=today + timedelta(days=9), deputy=officer, actor=third, at=now
    )
    head = people["head@maidd.example"]
    first = today + timedelta(days=20)
    enter_absence(second, from_on=first, to_on=first + timedelta(days=13), deputy=fourth, actor=head, at=now)
