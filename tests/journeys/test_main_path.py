"""The whole path once: a program files, officials decide in the browser, the public sees and verifies the licence."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from core.models import User
from core.services import verify_events
from licensing import services
from licensing.models import Application
from tests import factories as make
from tests.api.conftest import Caller, draft_body
from tests.journeys.conftest import Opener, watched

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def file_by_api(applicant: User) -> str:
    """From nothing to submitted, with a key; the reference."""
    api = Caller(applicant)
    opened = api.post("/applications/", draft_body(applicant))
    assert opened.status_code == 201, opened.content
    path = f"/applications/{opened.json()['reference']}/"
    for paper in api.get("/kinds/mining-licence-1/").json()["documents"]:
        assert api.upload(f"{path}documents/", make.PDF + paper["code"].encode(), kind=paper["code"]).status_code == 201
    filed = api.post(f"{path}submit/", If_Match=api.get(path)["ETag"])
    assert filed.status_code == 200, filed.content
    return str(filed.json()["reference"])


def sign_in(page: Page, user: User) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", make.PASSWORD)
    page.locator("main form button[type=submit], main form button.btn-primary").first.click()
    expect(page).not_to_have_url("**/accounts/login/")
    page.wait_for_url("**/work/")


def take_act(page: Page, reference: str, name: str, fill: dict[str, str] | None = None) -> None:
    """Open the case, follow the act's own link, fill in its form, send it."""
    page.goto(f"/cases/{reference}/")
    follow_act(page, reference, name)
    for field, value in (fill or {}).items():
        page.fill(f"#act [name={field}]", value)
    page.locator("#act .form-buttons button").first.click()
    page.wait_for_url(f"**/cases/{reference}/**")
    expect(page.locator("#act")).to_have_count(0)


def follow_act(page: Page, reference: str, name: str) -> None:
    """The one next act is a button; the others wait in the menu beside it."""
    link = page.locator(f".identity-acts a[href$='/cases/{reference}/{name}/']").first
    if not link.is_visible():
        page.locator(".identity-acts summary").click()
    link.click()
    page.wait_for_url(f"**/cases/{reference}/{name}/")


def state(reference: str) -> str:
    return Application.objects.get(reference=reference).state


def verified_email(user: User) -> User:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_from_the_api_to_the_verified_licence(open_browser: Opener) -> None:
    make.make_authority()
    make.make_pool(at=timezone.now() - timedelta(days=40))
    services.print_left_over(at=timezone.now())
    officer, second, head = (verified_email(make.make_user(role)) for role in ("officer", "officer", "head"))
    reference = file_by_api(make.make_applicant())

    page = open_browser().new_page()
    with watched(page) as faults:
        sign_in(page, officer)
        page.goto("/queue/")
        page.get_by_role("link", name=reference).first.click()
        expect(page.locator("h1")).to_contain_text(reference)
        take_act(page, reference, "take")
        take_act(page, reference, "accept")
        assert state(reference) == "in_review"
        take_act(page, reference, "recommend", {"text": "Every requirement is met."})
        assert state(reference) == "recommended"

        page = open_browser().new_page()
        sign_in(page, second)
        take_act(page, reference, "countersign")
        assert state(reference) == "countersigned"

        page = open_browser().new_page()
        sign_in(page, head)
        page.goto(f"/cases/{reference}/")
        follow_act(page, reference, "grant")
        expect(page.locator("img.paper-page").first).to_be_visible()
        assert preview(page, f"/cases/{reference}/grant/licence.pdf").startswith(b"%PDF-")
        assert state(reference) == "countersigned"  # to look is not to decide
        page.locator("#act .form-buttons button").first.click()
        page.wait_for_url(f"**/cases/{reference}/**")
        assert state(reference) == "granted"
        assert services.print_left_over(at=timezone.now()) == 3
        application = Application.objects.get(reference=reference)
        page.goto(f"/cases/{reference}/?tab=letters")
        link = page.locator("a[href^='/documents/']").first.get_attribute("href")
        assert link
        assert fetch(page, link).startswith(b"%PDF-")
        see_in_public(open_browser().new_page(), application.licence)
        assert not faults
    assert not list(verify_events())


def fetch(page: Page, path: str) -> bytes:
    """What the browser would get by this link, with its own cookies."""
    answer = page.request.get(path)
    assert answer.status == 200, (path, answer.status)
    return answer.body()


def preview(page: Page, path: str) -> bytes:
    """The letter as the button “Open as PDF” would get it: with what stands in the form, and nothing decided."""
    values = page.locator("#act").evaluate("form => Object.fromEntries(new FormData(form))")
    answer = page.request.post(path, form=values)
    assert answer.status == 200, (path, answer.status)
    return answer.body()


def see_in_public(page: Page, licence: Any) -> None:
    """Found by number in the register, confirmed by its code; a code that was never given is not."""
    page.goto("/")
    page.goto(f"/register/?q={licence.number}")
    page.get_by_role("link", name=licence.organisation.name_en).first.click()
    page.wait_for_url(f"**/register/{licence.number}/")
    expect(page.locator("main")).to_contain_text(licence.number)
    expect(page.locator("main")).to_contain_text("In force")
    page.goto("/verify/")
    page.fill("main input[name=code]", licence.code.lower())
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/verify/{licence.code}/")
    expect(page.locator("main")).to_contain_text(licence.number)
    assert page.request.get("/verify/AAAA-BBBB-CCCC/").status == 404


def test_an_act_by_keyboard_alone(open_browser: Opener) -> None:
    application, officer = make.make_submitted(at=timezone.now()), make.make_user("officer")
    page = open_browser(officer).new_page()
    page.goto(f"/cases/{application.reference}/")
    press_tab_until(page, "Other acts")
    page.keyboard.press("Enter")
    press_tab_until(page, f"/cases/{application.reference}/accept/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accept/")
    press_tab_until(page, "Accept as complete")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{application.reference}/**")
    expect(page.locator("#act")).to_have_count(0)
    assert state(application.reference) == "in_review"


#: Of what has the focus: where it leads, what it says, and whether one sees that it has it.
FOCUSED = """() => {
  const e = document.activeElement, s = getComputedStyle(e);
  const seen = s.outlineStyle !== "none" || s.boxShadow !== "none" || e === document.body;
  return [e.getAttribute("href") || "", (e.textContent || "").trim(), e.tagName, seen];
}"""


def press_tab_until(page: Page, target: str) -> None:
    """Tab until a link to, or a button named so has the focus; every stop on the way shows that it has it."""
    for _stop in range(80):
        page.keyboard.press("Tab")
        href, text, tag, seen = page.evaluate(FOCUSED)
        assert seen, f"no visible focus on {tag} {text!r}"
        if href.endswith(target) or (tag in ("BUTTON", "SUMMARY") and text == target):
            return
    raise AssertionError(f"{target} is not reached by Tab")


def test_every_act_without_javascript(open_browser: Opener) -> None:
    """Plain forms and links: all that officials do to a case, in one case after the other."""
    now = timezone.now()
    make.make_authority("energy", decides=False)
    officer, second, head = (make.make_user(role) for role in ("officer", "officer", "head"))
    pages = {user: open_browser(user, scripts=False).new_page() for user in (officer, second, head)}

    opinion = 0

    def act(user: User, name: str, **fields: str) -> None:
        page = pages[user]
        query = {"judge": "?code=subtype", "record-opinion": f"?opinion={opinion}"}.get(name, "")
        page.goto(f"/cases/{case.reference}/{name}/{query}")
        for field, value in fields.items():
            control = page.locator(f"#act [name={field}]")
            kind = control.first.get_attribute("type")
            if kind in ("radio", "checkbox"):
                page.check(f"#act [name={field}][value='{value}']")
            elif field in ("body", "to"):
                control.select_option(index=1)
            else:
                control.fill(value)
        page.locator("#act .form-buttons button").first.click()
        assert not page.url.split("?")[0].endswith(f"/{name}/"), page.locator("main").inner_text()

    make.make_pool(at=now - timedelta(days=40))
    case = make.make_submitted(at=now)
    act(officer, "take")
    act(officer, "register")
    act(officer, "note", text="Call them.")
    act(officer, "accept")
    act(officer, "ask", text="Which feeder?")
    act(officer, "request-opinion", body="", text="Is there power?")
    opinion = case.opinions.get().pk
    act(officer, "record-opinion", answer="agreed", text="There is.")
    act(officer, "judge", met="yes", note="Seen on site.")
    act(head, "assign", to="")
    act(officer, "recommend", outcome="grant", text="All is met.")
    act(officer, "edit-letter", text="All of it is met.")
    act(second, "return", reason="Look at the contract again.")
    act(officer, "recommend", outcome="grant", text="All is met.")
    act(second, "countersign")
    act(head, "grant")
    assert state(case.reference) == "granted"

    case = make.make_submitted(at=now)
    act(officer, "refuse-consideration", reasons="permit.incomplete.3", text="The contract is missing.")
    assert state(case.reference) == "refused_consideration"

    case = make.make_submitted(at=now)
    act(officer, "accept")
    act(officer, "recommend", outcome="refuse", reasons="permit.refusal.3", text="Not met.")
    act(second, "countersign")
    act(officer, "announce-hearing", place="Room 1, 10:00")
    assert case.hearing is not None
    services.waive_hearing(case.hearing, actor=case.created_by, at=timezone.now())
    act(head, "refuse")
    assert state(case.reference) == "refused"
