"""A refusal, the appeal of a program, its reversal in the browser, and the licence that follows."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.services import verify_events
from licensing.models import Appeal, Application
from tests import factories as make
from tests.api.conftest import Caller
from tests.journeys.conftest import Opener, watched
from tests.journeys.test_main_path import take_act

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_refusal_then_appeal_then_reversal(open_browser: Opener) -> None:
    first, second = make.make_user("officer"), make.make_user("officer")
    head, other = make.make_user("head"), make.make_user("head")
    case = make.make_decided(at=timezone.now(), outcome="refuse", head=head, officer=first)
    api = Caller(make.party_of(case))
    filed = api.post(f"/applications/{case.reference}/appeals/", {"text": "Every requirement is met."})
    assert filed.status_code == 201, filed.content
    reference = filed.json()["reference"]

    page = open_browser(second).new_page()
    with watched(page) as faults:
        page.goto("/appeals/")
        page.get_by_role("link", name=reference).click()
        page.get_by_role("link", name="Forward").click()
        page.locator("#act button.btn-primary").click()
        page.wait_for_url(f"**/appeals/{reference}/")
        assert Appeal.objects.get().state == "forwarded"

        page = open_browser(head).new_page()
        page.goto(f"/appeals/{reference}/")
        expect(page.get_by_role("link", name="Annul the act")).to_have_count(0)  # he took the decision

        page = open_browser(other, scripts=False).new_page()
        page.goto(f"/appeals/{reference}/")
        page.locator(".identity-acts summary").click()
        page.get_by_role("link", name="Annul the act").click()
        page.fill("#act [name=text]", "The requirements are met.")
        page.locator("#act button.btn-primary").click()
        page.wait_for_url(f"**/appeals/{reference}/")
        assert Appeal.objects.get().state == "annulled"

        page = open_browser(first).new_page()
        take_act(page, case.reference, "recommend", {"text": "Every requirement is met."})
        assert Application.objects.get().state == "recommended"
        page = open_browser(make.make_user("officer")).new_page()
        take_act(page, case.reference, "countersign")
        page = open_browser(other).new_page()
        take_act(page, case.reference, "grant")
        assert Application.objects.get().state == "granted"
        assert not faults
    assert not list(verify_events())
