"""A pool: filed by a program, accredited in the browser, found in the register, its protocols renewed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from licensing.models import Application, Licence
from mining.models import SecurityProtocol
from tests import factories as make
from tests.journeys.conftest import Opener, watched
from tests.journeys.test_main_path import take_act

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_pool_is_accredited(open_browser: Opener) -> None:
    now = timezone.now()
    issued, ends = timezone.localdate(now) - timedelta(days=30), timezone.localdate(now) + timedelta(days=40)
    protocol = make.protocol(kind="cybersecurity", issued_on=issued.isoformat(), expires_on=ends.isoformat())
    officer, second, head = (make.make_user(role) for role in ("officer", "officer", "head"))
    case = make.make_submitted(kind=make.POOL, at=now, protocols=[protocol])
    page = open_browser(officer).new_page()
    with watched(page) as faults:
        page.goto("/queue/")
        page.get_by_role("link", name=case.reference).first.click()
        expect(page.locator("main")).to_contain_text("Steppe Pool")
        take_act(page, case.reference, "accept")
        take_act(page, case.reference, "recommend", {"text": "Every requirement is met."})
        take_act(open_browser(second).new_page(), case.reference, "countersign")
        take_act(open_browser(head).new_page(), case.reference, "grant")
        assert Application.objects.get().state == "granted"
        pool = Licence.objects.get()

        page.goto("/pools/")
        page.get_by_role("link", name=pool.number).click()
        expect(page.locator("main")).to_contain_text("Give a new protocol of the security tests")
        page.select_option("[name=kind]", "cybersecurity")
        page.fill("[name=number]", "CS-2/2026")
        page.fill("[name=laboratory]", "Trial Laboratory JSC")
        page.fill("[name=issued_on]", timezone.localdate(now).isoformat())
        page.fill("[name=expires_on]", (ends + timedelta(days=365)).isoformat())
        page.check("[name=positive][value=yes]")
        page.get_by_role("button", name="Enter the protocol").click()
        expect(page.locator("main")).to_contain_text("CS-2/2026")
        assert SecurityProtocol.objects.count() == 2

        public = open_browser().new_page()
        public.goto("/register/?kind=pool-accreditation")
        public.get_by_role("link", name=pool.organisation.name_en).first.click()
        expect(public.locator("main")).to_contain_text("Steppe Pool")
        assert not faults
