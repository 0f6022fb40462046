"""An inspection from the site to its end in the browser: cured and closed; or a complaint, silence, and the licence
suspended. An unlawful attempt at each step, and what the page says."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

from core.services import sweep_duties
from inspections import services
from inspections.models import Inspection
from licensing import services as licensing
from licensing.models import Licence, Measure
from licensing.services import print_left_over
from tests import factories as make
from tests.inspections import world
from tests.journeys.conftest import NARROW, Opener

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(world.START, tick=True) as found:
        yield found


def act(page: Page, row: Inspection, name: str, **values: str) -> None:
    """Open an act on the results and send its form."""
    page.goto(f"/inspections/{row.reference}/results/{name}/")
    send(page, **values)


def send(page: Page, **values: str) -> None:
    for field, value in values.items():
        control = page.locator(f"[name={field}]")
        if control.evaluate("node => node.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    page.locator("form.confirm-act .form-buttons button").click()


def answer(page: Page, row: Inspection, unmet: str) -> None:
    """By the plain form, on a telephone."""
    page.goto(f"/inspections/{row.reference}/site/")
    for code in ("R1", "R2", "R3"):
        page.check(f"[name=answer-{code}][value={'not_met' if code == unmet else 'met'}]")
        page.fill(f"[name=evidence-{code}]", "Looked at.")
    page.get_by_role("button", name="Keep and send").click()
    expect(page.locator("body")).to_contain_text("The entries are kept.")


def hand_over(page: Page, row: Inspection, cure_by: datetime) -> None:
    given = {"findings": "One item is not met.", "receipt": "taken", "instructions": "Mount a meter."}
    page.goto(f"/inspections/{row.reference}/results/hand/")
    send(page, **given, cure_by=(world.START + timedelta(days=9)).date().isoformat())
    expect(page.locator("form.confirm-act")).to_contain_text("the earliest day allowed is 30 Jul 2026")
    send(page, cure_by=cure_by.date().isoformat())
    expect(page.locator(".page-head")).to_contain_text("Order to cure")


def test_breaches_are_ordered_cured_and_closed(open_browser: Opener, clock: Any) -> None:
    row = world.make_running()
    page = open_browser(world.leader(row), scripts=False, viewport=NARROW).new_page()
    page.goto(f"/inspections/{row.reference}/results/hand/")
    send(page, findings="All is well.", receipt="taken")
    expect(page.locator("form.confirm-act")).to_contain_text("Not answered: R1")
    answer(page, row, "R2")
    hand_over(page, row, world.START + timedelta(days=30))
    assert print_left_over(at=world.START) >= 2
    page.reload()
    expect(page.get_by_role("link", name="Order to cure", exact=True)).to_be_visible()
    head = open_browser(make.make_user("head"), scripts=False).new_page()
    act(head, row, "find_uncured", closing="No meter.")
    expect(head.locator("form.confirm-act")).to_contain_text("The term to cure runs to 19 Aug 2026")
    party = make.make_applicant(row.organisation)
    services.report_cure(row, items={"R2": "A meter is mounted."}, actor=party, at=world.START + timedelta(days=20))
    clock.move_to(world.START + timedelta(days=21))
    head = open_browser(make.make_user("head"), scripts=False).new_page()  # the session of July is over
    act(head, row, "accept_cure", closing="The meter runs.")
    expect(head.locator(".page-head")).to_contain_text("Closed")


def test_a_complaint_leads_to_the_suspension_of_the_licence(open_browser: Opener, clock: Any) -> None:
    row = world.make_running(kind="unscheduled", ground="3", ground_text="Complaint of a neighbour, with photographs.")
    page = open_browser(world.leader(row), scripts=False, viewport=NARROW).new_page()
    answer(page, row, "R1")
    hand_over(page, row, world.START + timedelta(days=30))
    officer = open_browser(make.make_user("officer"), scripts=False).new_page()
    answer_by = (world.CURE_PASSED + timedelta(days=7)).date().isoformat()
    act(officer, row, "remind", answer_by=answer_by)
    expect(officer.locator("form.confirm-act")).to_contain_text("The term to cure runs to")
    clock.move_to(world.CURE_PASSED)
    sweep_duties(at=world.CURE_PASSED)
    officer = open_browser(make.make_user("officer"), scripts=False).new_page()
    act(officer, row, "remind", answer_by=answer_by)
    expect(officer.locator("body")).to_contain_text("The subject is asked.")
    clock.move_to(world.ANSWER_PASSED)
    sweep_duties(at=world.ANSWER_PASSED)
    print_left_over(at=world.ANSWER_PASSED)
    head = open_browser(make.make_user("head"), scripts=False).new_page()
    act(head, row, "find_uncured", closing="No meter, no word.")
    expect(head.locator(".page-head")).to_contain_text("Not cured in time")
    officer = open_browser(make.make_user("officer"), scripts=False).new_page()
    act(officer, row, "follow_up")
    expect(officer.locator("body")).to_contain_text("The draft of the check is open.")
    made = row.followed_by.get()
    assert (made.ground, made.failures, made.documents().filter(kind="ground").count()) == ("2", 2, 3)
    act(officer, row, "propose_suspension", months="2", text="The breach was not cured.")
    measure = Measure.objects.get()
    officer.goto(f"/measures/{measure.reference}/")
    expect(officer.get_by_role("link", name=row.reference)).to_be_visible()
    assert suspend(measure, world.ANSWER_PASSED).state == "suspended"


def suspend(measure: Measure, at: datetime) -> Licence:
    """As every measure: made known, countersigned by a second officer, decided by a head."""
    make.hear_holder(measure, at=at)
    signed = licensing.countersign_measure(measure, actor=make.make_user("officer"), at=at + timedelta(hours=1))
    licensing.decide_measure(
        signed, actor=make.make_user("head"), at=at + timedelta(hours=2), confirmation="It applies."
    )
    return Licence.objects.get(pk=measure.licence_id)
