"""Inspections for the walks of pages: a draft, a noticed one, a signed one, one under way."""

from datetime import datetime, timedelta

from django.utils import timezone

from inspections.models import Inspection
from law.calendar import add_working_days
from tests import factories as make
from tests.inspections import world


def build(now: datetime) -> None:
    """The one under way is made by onsite."""
    start = datetime.combine(add_working_days((now + timedelta(days=50)).date(), 1), now.timetz())
    for maker in (world.make_inspection, world.make_noticed, world.make_appointed):
        maker(kind="unscheduled", at=now, start=start, licence=make.make_miner())


def page(state: str) -> str:
    return f"/inspections/{Inspection.objects.filter(state=state).order_by('pk')[0].reference}/"


def office_pages() -> list[str]:
    draft, noticed, signed = page("draft"), page("noticed"), page("appointed")
    acts = [
        *(f"{draft}{name}/" for name in ("edit", "team", "serve-notice")),
        f"{signed}register/",
        f"{noticed}replan/",
    ]
    figures = ["/inspections/statistics/", f"/inspections/reporting-day/{timezone.localdate():%Y}/"]
    return ["/inspections/", "/inspections/?q=nothing", "/inspections/new/", "/inspections/registrations/",
            draft, noticed, signed, page("running"), f"{page('running')}papers/", *acts, *figures]  # fmt: skip


def head_pages() -> list[str]:
    noticed, running = page("noticed"), page("running")
    return [f"{noticed}appoint/", f"{noticed}drop/", f"{running}extend/", f"{running}change-team/"]
