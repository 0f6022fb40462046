"""A firm answers its inspection in the browser, without scripts and on a telephone; officials answer it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from inspections.models import Annulment, Filing, Inspection
from tests import factories as make
from tests.inspections import answers
from tests.journeys.conftest import NARROW, Opener, watched

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def send(page: Page) -> None:
    with page.expect_navigation():
        page.locator("form.confirm-act button.btn-primary").click()


def test_a_firm_reports_objects_and_applies_and_is_answered(open_browser: Opener, tmp_path: Path) -> None:
    row = answers.make_curing()
    proof = tmp_path / "meter.pdf"
    proof.write_bytes(make.PDF)
    page = open_browser(answers.subject_of(row), scripts=False, viewport=NARROW).new_page()
    with watched(page) as faults:
        page.goto("/account/inspections/")
        page.get_by_role("link", name=row.reference).click()
        expect(page.get_by_text("Only what stands here may be checked.")).to_be_visible()
        expect(page.get_by_text("Requirement 1")).to_be_visible()
        page.get_by_role("link", name="Report the cure").click()
        page.locator("[name=item_0]").fill("A meter is mounted.")
        page.locator("[name=papers]").set_input_files(str(proof))
        send(page)
        page.get_by_role("link", name="Object to the result act").click()
        page.locator("[name=text]").fill("The line was off that day.")
        send(page)
        page.get_by_role("link", name="Apply to annul").click()
        expect(page.get_by_text("the facts stored here do not bear it out").first).to_be_visible()
        page.locator("[name=breaches][value='EK-156-2.3']").check()
        page.locator("[name=text]").fill("We were told too late.")
        send(page)
        report, application = Filing.objects.get(kind="cure"), Annulment.objects.get()
        assert [one.filename for one in report.documents()] == ["meter.pdf"]
        for reference in (report.reference, application.reference):
            expect(page.get_by_role("link", name=reference)).to_be_visible()
    assert not faults, faults
    judge(open_browser, application)
    page.goto(f"/account/inspections/{row.reference}/")
    expect(page.get_by_text("its result act and order are no evidence", exact=False).first).to_be_visible()
    assert Inspection.objects.get(pk=row.pk).state == "annulled"


def judge(open_browser: Opener, application: Annulment) -> None:
    """A head without a hand in the inspection grants the application."""
    page = open_browser(make.make_user("head")).new_page()
    with watched(page) as faults:
        page.goto("/annulments/")
        page.get_by_role("link", name=application.reference).click()
        expect(page.get_by_text("The facts stored here did not bear it out.")).to_be_visible()
        page.get_by_role("link", name="Grant: annul the inspection").click()
        page.locator("[name=answer]").fill("The notice came a day too late.")
        send(page)
        expect(page.locator(".page-head")).to_contain_text("Granted: the inspection is annulled")
    assert not faults, faults
