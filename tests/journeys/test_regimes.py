"""One path per regime, from a program's filing to the public register, and the filings that each law turns away."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from config.invariants import faults
from core.models import Authority, User
from core.services import verify_events
from licensing import services
from licensing.models import Application, ScreeningMatch
from tests import factories as make
from tests.api.conftest import Caller, codes
from tests.journeys.conftest import Opener, watched
from tests.journeys.test_main_path import take_act
from tests.licensing import lists

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NOW = make.AT + timedelta(hours=6)
LAST_DAY = datetime(2026, 4, 30, 10, 0, tzinfo=make.ALMATY)
#: Kind of permit, its authority, the moment at which all happens, how its numbers begin.
REGIMES = [
    ("nbk-exchanger", "nbk", NOW, "EX-2026-"),
    ("nbk-special-regime", "nbk", NOW, "SR-2026-"),
    ("aifc-exchange", "afsa", NOW, "AX-2026-"),
    ("secured-asset-permit", "maidd", LAST_DAY, "SA-2026-"),
]


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=True) as found:
        yield found


def body(kind: str, firm: User, at: datetime, **facts: Any) -> dict[str, Any]:
    number = firm.organisations(localdate(at)).get().identifier
    stated = make.lawful(kind, localdate(at), **facts)
    if kind == "aifc-exchange":
        del stated["activities"]  # of the other kind of the AIFC
    return {"kind": kind, "organisation": number, **stated}


def filed(kind: str, firm: User, at: datetime, **facts: Any) -> Any:
    """The firm's program opens a draft, adds every paper that the kind asks for, and files it: the last answer."""
    api = Caller(firm)
    opened = api.post("/applications/", body(kind, firm, at, **facts))
    assert opened.status_code == 201, opened.content
    path = f"/applications/{opened.json()['reference']}/"
    for paper in api.get(f"/kinds/{kind}/").json()["documents"]:
        assert api.upload(f"{path}documents/", make.PDF + paper["code"].encode(), kind=paper["code"]).status_code == 201
    return api.post(f"{path}submit/", If_Match=api.get(path)["ETag"])


def judge(page: Page, case: Application) -> None:
    """The officer says of every check that a person must settle, and that is not known to fail, that it is met."""
    found = Application.objects.get(pk=case.pk).findings(localdate())
    failed = {one.code for one in found if one.verdict == "not_met"}
    for code in [check.code for check in case.form.checks if check.by_person and check.code not in failed]:
        page.goto(f"/cases/{case.reference}/judge/?code={code}")
        page.check("#act [name=met][value=yes]")
        page.fill("#act [name=note]", "The papers bear it out.")
        page.locator("#act .form-buttons button").first.click()
        expect(page.locator("#act")).to_have_count(0)


def at_the_desk(open_browser: Opener, case: Application, draft: dict[str, str]) -> list[str]:
    """Taken, accepted, judged, recommended, countersigned by a second; what the pages complained of."""
    authority = Authority.objects.get(code=case.authority.code)
    page = open_browser(make.make_user("officer", authority=authority), scripts=False).new_page()
    with watched(page) as broken:
        for act in ("take", "accept"):
            take_act(page, case.reference, act)
        judge(page, case)
        page.goto(f"/cases/{case.reference}/recommend/")
        for name, value in draft.items():
            if name == "outcome":
                page.check(f"#act [name=outcome][value={value}]")
            elif name == "reasons":
                page.check(f"#act [name=reasons][value='{value}']")
            else:
                page.fill(f"#act [name={name}]", value)
        page.locator("#act .form-buttons button").first.click()
        expect(page.locator("#act")).to_have_count(0)
    second = open_browser(make.make_user("officer", authority=authority), scripts=False).new_page()
    take_act(second, case.reference, "countersign")
    return broken


@pytest.mark.parametrize(("kind", "authority", "at", "number"), REGIMES, ids=[row[0] for row in REGIMES])
def test_from_the_filing_to_the_register(
    open_browser: Opener, clock: Any, kind: str, authority: str, at: datetime, number: str
) -> None:
    clock.move_to(at)
    office = make.make_authority(authority)
    stranger = make.make_user("officer", authority=make.make_authority("maidd" if authority != "maidd" else "nbk"))
    answer = filed(kind, make.make_applicant(), at)
    assert answer.status_code == 200, answer.content
    case = Application.objects.get(reference=answer.json()["reference"])
    services.screen_people(at=NOW)
    broken = at_the_desk(open_browser, case, {"outcome": "grant", "text": "Every requirement is met."})
    page = open_browser(make.make_user("head", authority=office)).new_page()
    with watched(page) as more:
        take_act(page, case.reference, "grant")
    assert broken + more == []
    case.refresh_from_db()
    assert case.state == "granted"
    assert case.licence.number.startswith(number)
    public = open_browser().new_page()
    public.goto(f"/register/?q={case.licence.number}")
    public.get_by_role("link", name=case.organisation.name_en).first.click()
    public.wait_for_url(f"**/register/{case.licence.number}/")
    expect(public.locator("main")).to_contain_text("In force")
    elsewhere = open_browser(stranger).new_page()
    for path in (f"/cases/{case.reference}/", f"/licences/{case.licence.number}/"):
        seen = elsewhere.goto(path)
        assert seen is not None
        assert seen.status == 404
    assert not list(verify_events())
    assert list(faults(at=at + timedelta(hours=1))) == []


def test_capital_below_the_minimum_is_turned_away_and_where_it_was_stated_wrong_refused(
    open_browser: Opener, clock: Any
) -> None:
    office = make.make_authority("nbk")
    short = filed("nbk-exchanger", make.make_applicant(), NOW, capital="49999999.99")
    assert short.status_code == 409
    assert "capital-short" in codes(short)
    said = next(one for one in short.json()["problems"] if one["code"] == "capital-short")
    assert said["provision"]["article"]
    answer = filed("nbk-exchanger", make.make_applicant(), NOW, capital="50000000.00")
    case = Application.objects.get(reference=answer.json()["reference"])
    ground = "nbk.exchanger.refusal.1"  # the papers or the data in them do not meet the law
    refusal = {"outcome": "refuse", "reasons": ground, "text": "The bank shows 49,999,999 tenge on that day."}
    broken = at_the_desk(open_browser, case, refusal)
    broken += refuse(open_browser, case, office)
    assert broken == []
    case.refresh_from_db()
    assert (case.state, case.reasons) == ("refused", [ground])
    public = open_browser().new_page()
    public.goto(f"/register/?q={case.organisation.identifier}")
    expect(public.locator("main")).not_to_contain_text(case.organisation.name_en)


def refuse(open_browser: Opener, case: Application, office: Authority) -> list[str]:
    """The applicant waives the hearing, where there is one; the head refuses. What the pages complained of."""
    case.refresh_from_db()
    if case.needs_hearing("refuse"):
        officer = make.make_user("officer", authority=office)
        hearing = services.announce_hearing(case, **make.hearing_set(NOW), actor=officer, at=NOW)
        services.waive_hearing(hearing, actor=case.created_by, at=NOW)
    page = open_browser(make.make_user("head", authority=office)).new_page()
    with watched(page) as broken:
        take_act(page, case.reference, "refuse")
    return broken


def test_a_listed_owner_is_found_confirmed_by_an_official_and_refused(open_browser: Opener, clock: Any) -> None:
    office = make.make_authority("nbk")
    lists.imported(
        lists.csv_of("Қасымов Ғалымжан Ахметұлы;;1970-02-03;KZ;A-1"), make.make_user("head", authority=office)
    )
    owners = [make.owner(name="Kassymov Galymzhan")]
    answer = filed("nbk-exchanger", make.make_applicant(), NOW, owners=owners)
    assert answer.status_code == 200, answer.content
    case = Application.objects.get(reference=answer.json()["reference"])
    services.screen_people(at=NOW)
    page = open_browser(make.make_user("officer", authority=office), scripts=False).new_page()
    with watched(page) as broken:
        page.goto("/screening/matches/")
        page.locator("main a.ref").first.click()
        expect(page.locator("main")).to_contain_text("Қасымов Ғалымжан")
        match = ScreeningMatch.objects.get()
        page.goto(f"/screening/matches/{match.reference}/confirm/")
        page.fill("#act [name=evidence]", "The passport shows the same day of birth.")
        page.locator("#act .form-buttons button").first.click()
        expect(page.locator("#act")).to_have_count(0)
    ground = "nbk.exchanger.refusal.2"
    broken += at_the_desk(open_browser, case, {"outcome": "refuse", "reasons": ground, "text": "The owner is listed."})
    broken += refuse(open_browser, case, office)
    assert broken == []
    case.refresh_from_db()
    assert (case.state, case.reasons) == ("refused", [ground])


def test_what_is_pending_when_the_permit_for_secured_assets_goes_ends_without_a_decision(clock: Any) -> None:
    clock.move_to(LAST_DAY)
    firm = make.make_applicant()
    make.make_authority()
    answer = filed("secured-asset-permit", firm, LAST_DAY)
    assert answer.status_code == 200, answer.content
    first = LAST_DAY + timedelta(days=1)
    clock.move_to(first)
    late = Caller(firm).post("/applications/", body("secured-asset-permit", firm, LAST_DAY))
    assert late.status_code == 409, late.content
    problem = late.json()["problems"][0]
    assert (problem["code"], problem["provision"]["act"]) == ("kind-abolished", "Law 259-VIII")
    services.end_abolished_kinds(at=first)
    case = Application.objects.get(reference=answer.json()["reference"])
    assert case.state == "discontinued"
    assert not case.decisions.exists()
