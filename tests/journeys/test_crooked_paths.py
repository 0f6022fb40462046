"""The paths that are not straight: not considered and filed anew, an opinion that never comes, heard and refused."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from config.invariants import faults
from core.services import sweep_duties, verify_events
from licensing import services
from licensing.models import Application
from tests import factories as make
from tests.api.conftest import Caller
from tests.journeys.conftest import Opener, watched
from tests.journeys.test_main_path import follow_act, state, take_act

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def sound() -> None:
    now = timezone.now()
    assert [str(fault) for fault in faults(at=now) if fault.code != "letter-unprinted"] == []  # nobody prints here
    assert not list(verify_events())


def send_form(page: Page) -> None:
    page.locator("#act .form-buttons button").first.click()
    expect(page.locator("#act")).to_have_count(0)


def test_consideration_refused_and_filed_anew(open_browser: Opener) -> None:
    applicant, officer = make.make_applicant(), make.make_user("officer")
    filed = make.make_submitted(at=timezone.now(), actor=applicant)
    page = open_browser(officer).new_page()
    page.goto(f"/cases/{filed.reference}/")
    follow_act(page, filed.reference, "refuse-consideration")
    page.check("#act [name=reasons][value='permit.incomplete.3']")
    page.fill("#act [name=text]", "The contract on electricity is missing.")
    send_form(page)
    assert state(filed.reference) == "refused_consideration"
    account = open_browser(applicant).new_page()
    account.goto("/account/")
    expect(account.locator("main")).to_contain_text("Not considered: the filing was incomplete")
    api = Caller(applicant)
    fresh = api.post(f"/applications/{filed.reference}/start-again/")
    assert fresh.status_code == 201, fresh.content
    again = api.post(f"/applications/{fresh.json()['reference']}/submit/", If_Match=fresh["ETag"])
    assert again.status_code == 200, again.content
    second = Application.objects.get(reference=again.json()["reference"])
    assert (second.state, second.started_from) == ("submitted", filed)
    assert second.obligations().filter(code="decision", met_at=None, ended_at=None).count() == 1
    page.goto(f"/cases/{second.reference}/")
    expect(page.get_by_role("complementary", name="Terms and related")).to_contain_text(filed.reference)
    sound()


def test_an_opinion_that_never_comes(open_browser: Opener) -> None:
    officer, then = make.make_user("officer"), timezone.now() - timedelta(days=30)
    body = make.make_authority("energy", decides=False)
    case = make.make_in_review(at=then, officer=officer)
    services.request_opinion(case, body=body, text="Is there power?", actor=officer, at=then + timedelta(hours=2))
    page = open_browser(officer).new_page()
    with watched(page) as broken:
        page.goto(f"/cases/{case.reference}/?tab=questions")
        expect(page.locator("main")).to_contain_text("Silence means nothing")
        sweep_duties(at=timezone.now())
        page.goto(f"/cases/{case.reference}/?tab=questions")
        expect(page.locator("#case-main")).to_contain_text("without an answer")
        expect(page.locator("#case-main")).to_contain_text("no effect")
        expect(page.get_by_role("complementary", name="Terms and related")).to_contain_text("Passed without an answer")
        page.goto(f"/cases/{case.reference}/?tab=timeline")
        expect(page.locator("#case-main")).to_contain_text("Another body let its term pass")
        page.goto(f"/cases/{case.reference}/?tab=questions")
        page.get_by_role("link", name="Enter the opinion").click()
        page.check("#act [name=answer][value=objected]")
        page.fill("#act [name=text]", "There is none.")
        send_form(page)
        expect(page.locator("#case-main")).to_contain_text("There is none.")
    assert broken == []
    assert case.opinions.get().silent_on is not None  # it came late, and that stays visible
    sound()


def test_heard_and_then_refused(open_browser: Opener) -> None:
    applicant = make.make_applicant()
    officer, second, head = (make.make_user(role) for role in ("officer", "officer", "head"))
    case = make.make_in_review(at=timezone.now(), actor=applicant, officer=officer)
    at_desk, at_second, at_head = (open_browser(one).new_page() for one in (officer, second, head))
    at_desk.goto(f"/cases/{case.reference}/recommend/")
    at_desk.check("#act [name=outcome][value=refuse]")
    at_desk.check("#act [name=reasons][value='permit.refusal.3']")
    at_desk.fill("#act [name=text]", "The equipment is not owned.")
    send_form(at_desk)
    take_act(at_second, case.reference, "countersign")
    at_head.goto(f"/cases/{case.reference}/refuse/")
    expect(at_head.locator("main")).to_contain_text("has not been sent the draft")
    with watched(at_desk) as broken:
        take_act(at_desk, case.reference, "announce-hearing", {"place": "Room 214, 10:00"})
        expect(at_desk.locator("#case-main")).to_contain_text("Room 214, 10:00")
    assert broken == []
    at_head.goto(f"/cases/{case.reference}/refuse/")
    expect(at_head.locator("main")).to_contain_text("until that day has passed or his position is in")
    page = open_browser(applicant).new_page()
    with watched(page) as broken:
        page.goto("/account/")
        page.get_by_role("link", name="Read the draft and state your position").click()
        expect(page.locator("main")).to_contain_text("The equipment is not owned.")
        page.fill("[name=text]", "It is owned: see the contract.")
        page.set_input_files("[name=file]", {"name": "contract.pdf", "mimeType": "application/pdf", "buffer": make.PDF})
        page.get_by_role("button", name="State the position").click()
        expect(page.locator("main")).to_contain_text("It is owned: see the contract.")
        expect(page.locator("main")).to_contain_text("contract.pdf")
    assert broken == []
    at_head.goto(f"/cases/{case.reference}/?tab=questions")
    expect(at_head.locator("#case-main")).to_contain_text("It is owned: see the contract.")
    take_act(at_head, case.reference, "refuse")
    assert state(case.reference) == "refused"
    letters = case.letters.order_by("id").values_list("kind", flat=True)
    assert list(letters) == ["receipt", "hearing", "refusal"]
    sound()
