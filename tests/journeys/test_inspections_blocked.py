"""What an official sees when an inspection would be unlawful: the reason, its article, and no way past it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.models import User
from inspections.models import Inspection
from law.calendar import add_working_days
from tests import factories as make
from tests.inspections import world
from tests.journeys.conftest import Opener, watched

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def start(days: int) -> datetime:
    """Ten in the morning of the first working day after so many days."""
    day = add_working_days(timezone.localdate() + timedelta(days=days), 1)
    return datetime(day.year, day.month, day.day, 10, tzinfo=world.ALMATY)


def officer(row: Inspection) -> User:
    return make.make_user("officer")


def too_late() -> Inspection:
    return world.make_inspection(at=timezone.now(), start=start(10))


def too_often() -> Inspection:
    licence = make.make_miner()
    world.make_subject(licence, last_ended_on=timezone.localdate() - timedelta(days=100))
    return world.make_inspection(at=timezone.now(), start=start(50), licence=licence)


def too_young() -> Inspection:
    pool = make.make_pool()
    pool.organisation.registered_on = timezone.localdate() - timedelta(days=400)
    pool.organisation.save(update_fields=["registered_on"])
    world.make_subject(pool, size="small")
    return world.make_inspection(at=timezone.now(), start=start(50), licence=pool)


def unregistered() -> Inspection:
    return world.make_appointed(at=timezone.now(), start=start(50))


def too_long() -> Inspection:
    begins = start(50)
    values: dict[str, Any] = {"end_on": add_working_days(begins.date(), 15)}  # the sixteenth working day
    return world.make_inspection(at=timezone.now(), start=begins, **values)


@pytest.mark.parametrize(
    ("build", "reader", "act", "code", "words"),
    [
        (too_late, officer, "serve-notice", "B3", "It is too late for notice of this start."),
        (too_often, officer, "serve-notice", "B5", "the subject may be inspected once in 2 years"),
        (too_young, officer, "serve-notice", "B11", "A small firm is left alone until"),
        (unregistered, world.leader, "start", "B8", "The act of appointment is not registered."),
        (too_long, officer, "serve-notice", "B9", "It lasts 16 working days, and 15 are allowed."),
    ],
    ids=["notice", "frequency", "holiday", "registration", "duration"],
)
def test_what_bars_an_inspection_is_told_and_bars_it(
    build: Callable[[], Inspection],
    reader: Callable[[Inspection], User],
    act: str,
    code: str,
    words: str,
    open_browser: Opener,
) -> None:
    row = build()
    page = open_browser(reader(row)).new_page()
    with watched(page) as faults:
        page.goto(f"/inspections/{row.reference}/")
        standing = page.get_by_role("region", name="What stands against it now")
        told = standing.get_by_role("listitem").filter(has_text=words)
        expect(told.first).to_contain_text(code)
        expect(told.first).to_contain_text("Entrepreneurial Code, Art.")
        expect(page.get_by_text("Not possible now, because:").first).to_be_visible()
        expect(page.locator(f'a[href$="/{act}/"]')).to_have_count(0)
        page.goto(f"/inspections/{row.reference}/{act}/")
        expect(page.get_by_text("Not possible now, because:").first).to_be_visible()
        expect(page.locator("form#act")).to_have_count(0)
    assert not faults
    row.refresh_from_db()
    assert row.state in ("draft", "appointed")
