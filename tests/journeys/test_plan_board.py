"""A plan on its board: a row moved by keyboard alone, and by dragging; what a move breaks is told at once."""

import pytest
from playwright.sync_api import Page, expect

from inspections.models import ControlPlan, PlanEntry
from tests import factories as make
from tests.inspections.planning import make_plan
from tests.journeys.conftest import NARROW, Opener, watched
from tests.journeys.test_centre import follow, reach

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def one_row() -> tuple[ControlPlan, PlanEntry, str]:
    plan = make_plan(2)
    row = plan.entries.order_by("place")[0]
    return plan, row, f"/inspection-plans/{plan.reference}/entries/{row.pk}/move/"


def test_a_row_is_moved_by_keyboard_alone(open_browser: Opener) -> None:
    plan, row, move = one_row()
    page: Page = open_browser(make.make_user("officer"), viewport=NARROW).new_page()
    with watched(page) as faults:
        page.goto(f"/inspection-plans/{plan.reference}/board/")
        follow(page, f"a[href='{move}']")
        reach(page, "[name=start_on]")
        page.keyboard.type("27/12/2027")
        page.keyboard.press("Tab")
        expect(page.locator("#move-check")).to_contain_text("This move would break")
        reach(page, "[name=start_on]")
        page.keyboard.type("09/09/2027")
        page.keyboard.press("Tab")
        expect(page.locator("#move-check")).to_contain_text("Nothing stands against this move")
        follow(page, ".form-buttons .btn-primary")
        expect(page.locator("[data-board]")).to_be_visible()
    row.refresh_from_db()
    assert row.start_on.isoformat() == "2027-09-09"
    assert not faults


def test_a_row_is_dragged_to_another_month(open_browser: Opener) -> None:
    plan, row, move = one_row()
    page: Page = open_browser(make.make_user("officer")).new_page()
    with watched(page) as faults:
        page.goto(f"/inspection-plans/{plan.reference}/board/")
        cell = page.locator(f"[data-cell][data-lead='{row.lead_id}'][data-month='2027-11']")
        chip = page.locator(f"[data-move='{move}']")
        chip.hover()
        page.mouse.down()
        chip.hover(position={"x": 8, "y": 8})  # taken up before the board scrolls to the other month
        cell.hover()
        page.mouse.up()
        page.wait_for_url("**/move/?*")
        expect(page.locator("#move-check")).to_contain_text("Nothing stands against this move")
        with page.expect_navigation():
            page.locator(".form-buttons .btn-primary").click()
    row.refresh_from_db()
    assert (row.start_on.year, row.start_on.month) == (2027, 11)
    assert not faults
