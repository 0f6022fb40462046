"""The whole case as one file, in the browser: with HTMX the bar moves by itself, without JavaScript the page does."""

import io
import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from core.services.packing import public_key, verify_package
from licensing import services
from licensing.models import Archive
from tests import factories as make
from tests.journeys.conftest import Opener, watched
from tests.journeys.walk import RULES

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def ask(page: Page, reference: str) -> None:
    page.goto(f"/archives/{reference}/")
    page.locator("main form.confirm-act button").click()
    page.wait_for_url(f"**/archives/{reference}/*/")


def downloaded(page: Page) -> bytes:
    with page.expect_download() as coming:
        page.locator("#archive a[download]").click()
    return Path(coming.value.path()).read_bytes()


def opened_offline(page: Page, content: bytes, folder: Path) -> None:
    """The index in a folder, as somebody reads it at home: it needs nothing else, and axe finds nothing."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        package.extractall(folder)
    page.goto((folder / "index.html").as_uri())
    expect(page.locator("main h2").first).to_be_visible()
    found = Axe().run(page, options=RULES).response["violations"]
    assert not [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
    assert page.locator("main a[href^='documents/']").count() > 0
    assert len(page.pdf()) > 10_000


def test_an_officer_and_a_party_each_have_theirs(open_browser: Opener, tmp_path: Path) -> None:
    case = make.make_in_review()
    officer = make.make_user("officer")
    services.add_note(case, text="Between us.", actor=officer, at=make.AT)
    services.print_left_over(at=timezone.now())

    page = open_browser(officer, "ru").new_page()
    with watched(page) as faults:
        page.goto(f"/cases/{case.reference}/?tab=documents")
        page.locator(f"a[href='/archives/{case.reference}/']").click()
        ask(page, case.reference)
        expect(page.locator("#archive progress")).to_be_visible()
        Archive.objects.update(progress=40, started_at=timezone.now())
        expect(page.locator("#archive progress")).to_have_attribute("value", "40")  # by itself
        services.make_left_over_archives(at=timezone.now())
        expect(page.locator("#archive a[download]")).to_be_visible()
        content = downloaded(page)
        assert not faults
    assert not list(verify_package(io.BytesIO(content), key=public_key()[0]))
    opened_offline(open_browser(None, "ru").new_page(), content, tmp_path / "whole")
    assert "Between us." in (tmp_path / "whole" / "index.html").read_text()

    page = open_browser(case.created_by, "kk", scripts=False).new_page()
    page.goto("/account/")
    page.locator(f"a[href='/archives/{case.reference}/']").click()
    ask(page, case.reference)
    expect(page.locator("#archive progress")).to_be_visible()
    services.make_left_over_archives(at=timezone.now())
    expect(page.locator("#archive a[download]")).to_be_visible()  # the page loads itself again
    opened_offline(open_browser(None, "kk").new_page(), downloaded(page), tmp_path / "party")
    assert "Between us." not in (tmp_path / "party" / "index.html").read_text()
