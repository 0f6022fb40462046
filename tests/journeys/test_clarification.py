"""A question of law from the account of who asks to the public page, and from there into a case."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from licensing import services
from licensing.models import Clarification
from tests import factories as make
from tests.journeys.conftest import Opener, watched
from tests.journeys.test_main_path import take_act

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def take(page: Page, reference: str, act: str, **fill: str) -> None:
    page.goto(f"/clarification-requests/{reference}/")
    page.locator(f"a[href='/clarification-requests/{reference}/{act}/']").first.click()
    for name, value in fill.items():
        page.fill(f"#act [name={name}]", value)
    page.locator("#act .form-buttons button").first.click()
    page.wait_for_url(f"**/clarification-requests/{reference}/")


def test_asked_answered_published_and_cited(open_browser: Opener) -> None:
    make.make_authority()
    officer, head, asker = make.make_user("officer"), make.make_user("head"), make.make_applicant()
    case = make.make_in_review(at=timezone.now(), officer=officer)

    page = open_browser(asker, "kk", scripts=False).new_page()
    page.goto("/account/")
    page.locator("a[href='/account/clarifications/']").first.click()
    page.select_option("[name=authority]", index=1)
    page.select_option("[name=organisation]", index=1)
    page.fill("[name=question_kk]", "Сынақ үшін лицензия керек пе?")
    page.locator("main form.confirm-act button").click()
    row = Clarification.objects.get()
    page.wait_for_url(f"**/account/clarifications/{row.reference}/")
    expect(page.locator(".term")).to_be_visible()

    desk = open_browser(officer, "ru").new_page()
    with watched(desk) as faults:
        desk.goto("/clarification-requests/")
        desk.locator(f"text={row.reference}").click()
        take(
            desk,
            row.reference,
            "draft",
            title_en="Trial runs",
            answer_kk="Иә, керек.",
            answer_en="Yes, it does.",
            provisions="mining-licence.validity",
        )
        signer = open_browser(head, "en").new_page()
        take(signer, row.reference, "sign")
        take(signer, row.reference, "publish")
        row.refresh_from_db()
        services.print_left_over_clarifications(at=timezone.now())
        page.reload()
        expect(page.locator("main")).to_contain_text("Иә, керек.")

        public = open_browser(None, "en", scripts=False).new_page()
        public.goto("/clarifications/")
        public.fill("#id_q", "trial")
        public.locator(".search-large button").click()
        public.locator(f"a[href='/clarifications/{row.number}/']").click()
        expect(public.locator("article")).to_contain_text("Yes, it does.")

        take_act(desk, case.reference, "cite", {"number": row.number})
        desk.goto(f"/cases/{case.reference}/")
        expect(desk.locator("#case-main")).to_contain_text(row.number)
        take(signer, row.reference, "withdraw", reason="The law has changed.")
        public.reload()
        expect(public.locator(".notice").first).to_be_visible()
        assert not faults
