"""Inspectors and plans for the walks of pages: a published schedule, a later version being made, and who reads them."""

from datetime import datetime

from inspections.models import ControlPlan, Inspector
from inspections.services import plans
from tests import factories as make
from tests.inspections import planning, world


def build(now: datetime) -> None:
    """The schedule of the next year, of the year after it where its day has passed."""
    for region in ("KZ-39", "KZ-71"):
        world.make_inspector(region=region, from_on=now.date())
    year = now.year + 1 + ((now.month, now.day) >= (12, 24))
    plan = planning.form(planning.make_population(3), year=year, at=now)
    plan = plans.publish_plan(plan, actor=make.make_user("head"), at=now)
    plans.open_version(plan, reason="One has merged.", actor=make.make_user("officer"), at=now)


def published() -> ControlPlan:
    return ControlPlan.objects.get(pk__in=[version().previous_id])


def version() -> ControlPlan:
    return ControlPlan.objects.get(state="formed")


def public_pages() -> list[str]:
    return ["/control-plans/", f"/control-plans/{published().reference}/"]


def account_pages() -> list[str]:
    return ["/account/control-plans/"]


def office_pages() -> list[str]:
    here, there = f"/inspection-plans/{published().reference}/", f"/inspection-plans/{version().reference}/"
    row = version().entries.order_by("place")[0]
    return [
        "/inspectors/",
        "/inspection-plans/",
        "/inspection-plans/new/",
        here,
        there,
        f"{here}why/?bin={row.subject.organisation.identifier}",
        f"{here}version/",
        f"{there}board/",
        f"{there}changes/",
        f"{there}entries/{row.pk}/move/?start_on={row.start_on.year}-12-27",
        f"{there}entries/{row.pk}/take-out/",
        f"/inspection-calendar/?on={row.start_on.isoformat()}",
        f"/inspection-calendar/?on={row.start_on.isoformat()}&view=week",
        f"/inspection-routes/?on={row.start_on.isoformat()}",
    ]


def head_pages() -> list[str]:
    there = f"/inspection-plans/{version().reference}/"
    own = ["/inspectors/new/", f"/inspectors/{Inspector.objects.order_by('pk')[0].pk}/"]
    return [*own, f"{there}publish/", f"{there}drop/"]
