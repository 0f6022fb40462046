"""A data centre assessed under both standards by keyboard alone, and the two looks beside each other."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from mining.models import Assessment
from tests import factories as make
from tests.journeys.conftest import Opener, watched
from tests.mining.centres import make_centre

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
UNDER_THE_FIRST, UNDER_THE_SECOND = date(2025, 12, 12), date(2026, 6, 6)  # the same in any order of day and month


def reach(page: Page, selector: str) -> None:
    """Tab until something of this kind has the focus."""
    for _step in range(160):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way by keyboard to {selector} on {page.url}")


def follow(page: Page, selector: str) -> None:
    """A link or button by keyboard."""
    reach(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def assess(page: Page, centre: str, on: date, unmet: str) -> Assessment:
    """From the centre to the proposed result."""
    page.goto(f"/centres/{centre}/")
    follow(page, f"a[href='/centres/{centre}/assess/']")
    reach(page, "[name=assessed_on]")
    page.keyboard.type(on.strftime("%d%m%Y"))
    follow(page, "#act .form-buttons button")
    row = Assessment.objects.latest("id")
    assert row.assessed_on == on
    follow(page, f"a[href='/assessments/{row.reference}/answer/']")
    for item in row.items.all():
        reach(page, f"[name=answer-{item.code}]")
        page.keyboard.press("Space")
        if item.code == unmet:
            page.keyboard.press("ArrowDown")
        reach(page, f"[name=evidence-{item.code}]")
        page.keyboard.type("Seen on the spot.")
    follow(page, "#act .form-buttons button")
    follow(page, f"a[href='/assessments/{row.reference}/propose/']")
    follow(page, "#act .form-buttons button")
    row.refresh_from_db()
    assert row.state == "proposed"
    return row


def sign(page: Page, row: Assessment) -> None:
    page.goto(f"/assessments/{row.reference}/")
    follow(page, f"a[href='/assessments/{row.reference}/sign-off/']")
    reach(page, "[name=confirmation]")
    page.keyboard.type("The days are fair.")
    follow(page, "#act .form-buttons button")
    row.refresh_from_db()
    assert row.state == "signed"


def test_one_centre_under_both_standards_by_keyboard(open_browser: Opener) -> None:
    officer, head = make.make_user("officer"), make.make_user("head")
    centre = make_centre(actor=officer).reference
    desk, signer = open_browser(officer, "en").new_page(), open_browser(head, "en").new_page()
    with watched(desk) as faults, watched(signer) as more:
        old = assess(desk, centre, UNDER_THE_FIRST, "standard-cooling")
        sign(signer, old)
        new = assess(desk, centre, UNDER_THE_SECOND, "outside_residential_zone")
        sign(signer, new)
        assert (old.outcome, new.outcome) == ("remarks", "fails")
        desk.goto(f"/centres/{centre}/")
        follow(desk, f"a[href='/centres/{centre}/compare/']")
        table = desk.locator("main table")
        expect(table).to_contain_text("It is a production building.")
        expect(table.locator("tr.change-dropped")).to_contain_text("asked only in the earlier")
        expect(table.locator("tr.change-added")).to_contain_text("asked only in the later")
        expect(table.locator("tr.change-worse")).to_contain_text("the text in force keeps its words")
        expect(table.locator("tr.change-better")).to_contain_text("Cooling carries away the heat")
        assert not faults
        assert not more
