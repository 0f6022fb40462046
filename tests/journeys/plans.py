"""Inspectors and plans for the walks of pages: a published schedule, a later version being made, and who reads them."""

from datetime import datetime

from inspections.models import Inspector
from tests.inspections import world


def build(now: datetime) -> None:
    world.make_inspector(from_on=now.date())


def office_pages() -> list[str]:
    return ["/inspectors/"]


def head_pages() -> list[str]:
    return ["/inspectors/new/", f"/inspectors/{Inspector.objects.order_by('pk')[0].pk}/"]
