"""What becomes of a licence after its grant: printed anew, suspended and resumed, suspended and ended by a court."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

from config.invariants import faults
from core.models import Obligation, User
from core.services import sweep_duties, verify_events
from licensing import services
from licensing.models import Application, Breach, Licence, Measure
from tests import factories as make
from tests.api.conftest import Caller
from tests.journeys.conftest import Opener, watched
from tests.journeys.test_main_path import take_act

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
RULE = "mining-licence.suspension.2"


class Calendar:
    """The day on which everybody lives: browsers, programs and the timed work."""

    def __init__(self, clock: Any) -> None:
        self.clock = clock

    def turn_to(self, day: date) -> datetime:
        """Ten o'clock of a later day, after the timed work of the night."""
        at = make.AT.replace(year=day.year, month=day.month, day=day.day)
        self.clock.move_to(at)
        services.lapse_suspensions(at=at)
        services.expire_licences(at=at)
        sweep_duties(at=at)
        return at


@pytest.fixture
def calendar() -> Iterator[Calendar]:
    with time_machine.travel(make.AT + timedelta(hours=6), tick=True) as clock:
        yield Calendar(clock)


def file_request(holder: User, licence: Licence, act: str, **body: Any) -> Application:
    """The holder's program: opens the request, adds the papers that it needs, files it."""
    api = Caller(holder)
    opened = api.post(f"/licences/{licence.number}/requests/", {"act": act, **body})
    assert opened.status_code == 201, opened.content
    request = Application.objects.get(reference=opened.json()["reference"])
    case = f"/applications/{request.reference}/"
    for paper in request.form.papers(opened_on(request)):
        assert api.upload(f"{case}documents/", make.PDF + paper.code.encode(), kind=paper.code).status_code == 201
    filed = api.post(f"{case}submit/", If_Match=api.get(f"/requests/{request.reference}/")["ETag"])
    assert filed.status_code == 200, filed.content
    return request


def opened_on(request: Application) -> date:
    return request.created_at.astimezone(make.ALMATY).date()


def grant_in_the_browser(open_browser: Opener, request: Application, judged: str, head: User) -> list[str]:
    """Accepted and judged by an officer, countersigned by a second, granted by a head; what the pages complained of."""
    desk = open_browser(make.make_user("officer")).new_page()
    with watched(desk) as broken:
        take_act(desk, request.reference, "accept")
        desk.goto(f"/cases/{request.reference}/judge/?code={judged}")
        desk.check("#act [name=met][value=yes]")
        desk.fill("#act [name=note]", "The papers bear it out.")
        desk.locator("#act .form-buttons button").first.click()
        expect(desk.locator("#act")).to_have_count(0)
        take_act(desk, request.reference, "recommend", {"text": "All is proved."})
    take_act(open_browser(make.make_user("officer")).new_page(), request.reference, "countersign")
    page = open_browser(head).new_page()
    with watched(page) as more:
        take_act(page, request.reference, "grant")
    assert Application.objects.get(pk=request.pk).state == "granted"
    return broken + more


def act_on(page: Page, address: str, name: str, **fields: str) -> None:
    """An act on a licence, a breach or a measure: from its own page, by its own link, through its form."""
    page.goto(address)
    link = page.locator(f".identity-acts a[href='{address}{name}/']").first
    if not link.is_visible():
        page.locator(".identity-acts summary").click()
    link.click()
    page.wait_for_url(f"**{address}{name}/")
    for field, value in fields.items():
        control = page.locator(f"#act [name={field}]")
        if control.first.get_attribute("type") == "checkbox":
            page.check(f"#act [name={field}][value='{value}']")
        elif control.first.evaluate("one => one.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    page.locator("#act .form-buttons button").first.click()
    expect(page.locator("#act")).to_have_count(0)


def heard(desk: Page, measure: Measure) -> None:
    """The draft is sent from the page of the measure; the holder's program waives the hearing."""
    act_on(desk, f"/measures/{measure.reference}/", "announce", place="Room 1, 10:00")
    api, path = Caller(measure.licence.application.created_by), f"/measures/{measure.reference}/"
    waived = api.post(f"{path}waive/", If_Match=api.get(path)["ETag"])
    assert waived.status_code == 200, waived.content


def suspend_in_the_browser(open_browser: Opener, licence: Licence, head: User) -> tuple[Breach, Measure]:
    """A breach, the holder's explanation, a suspension of a month: proposed, countersigned, put into effect."""
    page = f"/licences/{licence.number}/"
    desk = open_browser(make.make_user("officer")).new_page()
    with watched(desk) as broken:
        act_on(desk, page, "breach", rule=RULE, found_on="2026-06-16", facts="The centre works without a meter.")
        breach = Breach.objects.get()
        expect(desk.locator("h1")).to_contain_text(breach.reference)
        api = Caller(licence.application.created_by)
        path = f"/breaches/{breach.reference}/"
        told = api.post(f"{path}explanation/", {"explanation": "It broke."}, If_Match=api.get(path)["ETag"])
        assert told.status_code == 200, told.content
        act_on(desk, page, "suspend", reasons=RULE, text="There is no meter.", months="1", breach=str(breach.pk))
        measure = Measure.objects.get()
        file = f"/measures/{measure.reference}/"
        expect(desk.locator(f".identity-acts a[href='{file}countersign/']")).to_have_count(0)  # he proposed it
        heard(desk, measure)
        act_on(open_browser(make.make_user("officer")).new_page(), file, "countersign")
        act_on(open_browser(head).new_page(), file, "decide")
        act_on(desk, f"/breaches/{breach.reference}/", "close", text="The licence is suspended.")
    assert broken == []
    return breach, measure


def in_register(open_browser: Opener, licence: Licence, *said: str) -> None:
    page = open_browser().new_page()
    with watched(page) as broken:
        page.goto(f"/register/?q={licence.number}")
        expect(page.locator("main")).to_contain_text(said[0])
        page.goto(f"/register/{licence.number}/")
        for words in said:
            expect(page.locator("article")).to_contain_text(words)
    assert broken == []


def sound(at: datetime) -> None:
    assert [str(fault) for fault in faults(at=at) if fault.code != "letter-unprinted"] == []  # nobody prints here
    assert not list(verify_events())


def test_a_new_name_is_applied_for_and_printed(open_browser: Opener, calendar: Calendar) -> None:
    licence = make.make_licence()
    at = calendar.turn_to(date(2026, 7, 7))
    facts = {"ground": "permit.reissue.entity", "changed_on": "2026-06-25", "name_en": "Quiet Steppe LLP"}
    paid = {"fee_paid_on": "2026-07-01", "fee_reference": "PAY-77", "fee_amount": "865000.00"}
    request = file_request(licence.application.created_by, licence, "reissue", **facts, **paid)
    due = Obligation.objects.of(request).get(code="decision").due_on
    assert due == date(2026, 7, 10)
    assert grant_in_the_browser(open_browser, request, "proved", make.make_user("head")) == []
    assert services.print_left_over(at=at) >= 2
    in_register(open_browser, licence, "Quiet Steppe LLP", "In force")
    holder = open_browser(licence.application.created_by).new_page()
    holder.goto("/account/")
    expect(holder.locator("main")).to_contain_text(request.reference)
    office = open_browser(make.make_user("officer")).new_page()
    office.goto(f"/licences/{licence.number}/")
    expect(office.locator("main")).to_contain_text("Quiet Steppe LLP")
    licence.refresh_from_db()
    assert (licence.edition, licence.state) == (2, "in_force")
    sound(at)


def test_suspended_cured_and_resumed_within_its_term(open_browser: Opener, calendar: Calendar) -> None:
    licence, head = make.make_licence(), make.make_user("head")
    suspend_in_the_browser(open_browser, licence, head)
    in_register(open_browser, licence, "Suspended", "16 Jun 2026", "16 Jul 2026", "9(4)(2)")
    at = calendar.turn_to(date(2026, 7, 7))
    request = file_request(licence.application.created_by, licence, "resumption", text="There is a meter now.")
    due = Obligation.objects.of(request).get(code="decision").due_on
    at = calendar.turn_to(date(2026, 7, 14))
    assert due is not None
    assert due >= at.date()
    assert grant_in_the_browser(open_browser, request, "cured", head) == []
    assert Obligation.objects.of(request).get(code="decision").overdue_at is None
    in_register(open_browser, licence, "In force")
    calendar.turn_to(date(2026, 7, 20))  # the day on which the suspension would have ended is past: nothing comes of it
    licence.refresh_from_db()
    assert (licence.state, licence.suspended_to) == ("in_force", None)
    assert not Obligation.objects.of(licence).open().exists()
    sound(at)


def test_suspended_not_cured_and_ended_by_a_court(open_browser: Opener, calendar: Calendar) -> None:
    licence, head = make.make_licence(), make.make_user("head")
    suspend_in_the_browser(open_browser, licence, head)
    calendar.turn_to(date(2026, 7, 17))
    owed = Obligation.objects.of(licence).open().get(code="revocation-start")
    assert (owed.base_on, owed.due_on) == (date(2026, 7, 16), date(2026, 7, 30))
    in_register(open_browser, licence, "Suspension over, cure not shown", "17 Jul 2026")
    page, desk = f"/licences/{licence.number}/", open_browser(make.make_user("officer")).new_page()
    with watched(desk) as broken:
        desk.goto(page)
        expect(desk.get_by_role("complementary", name="Register and terms")).to_contain_text("Begin to end the licence")
        act_on(desk, page, "revoke", reasons="permit.uncured", text="The meter is still missing.")
        claim = Measure.objects.get(act="revoke")
        file = f"/measures/{claim.reference}/"
        expect(desk.locator("main")).to_contain_text("a court")
        assert not Obligation.objects.of(licence).open().exists()
        heard(desk, claim)
        act_on(open_browser(make.make_user("officer")).new_page(), file, "countersign")
        bench = open_browser(head).new_page()
        bench.goto(file)
        expect(bench.locator(f".identity-acts a[href='{file}decide/']")).to_have_count(0)  # a court alone
        claimed = {"court": "Economic Court", "claim_reference": "7/26", "filed_on": "2026-07-17"}
        act_on(bench, file, "file", **claimed, confirmation="It applies.")
        calendar.turn_to(date(2026, 9, 15))
        desk = open_browser(make.make_user("officer")).new_page()  # whoever logged in in July is logged out
        act_on(desk, file, "hear", heard_on="2026-08-20")
        bench = open_browser(head).new_page()
        judged = {"judgment_on": "2026-08-21", "judgment_in_force_on": "2026-09-10"}
        act_on(bench, file, "uphold", **judged, text="The claim is upheld.")
    assert broken == []
    in_register(open_browser, licence, "Revoked", "10 Sep 2026", "45(4)")
    entry = open_browser().new_page().request.get(f"/register/{licence.number}/?format=json").json()
    assert (entry["standing"], entry["standing_since"], entry["until"]) == ("revoked", "2026-09-10", "2026-09-10")
    assert entry["reason"] == "permit.uncured"
    sound(calendar.turn_to(date(2026, 9, 30)))
