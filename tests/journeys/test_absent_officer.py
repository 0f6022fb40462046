"""A caseload moved from an absent officer: entered by his head, taken over by a deputy, then moved for good."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.models import Absence
from licensing.models import Application
from tests import factories as make
from tests.journeys.conftest import NARROW, Opener, watched

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_caseload_moved_from_an_absent_officer(open_browser: Opener, scripts: bool) -> None:
    away, deputy, other, head = (
        make.make_user(role, full_name=name)
        for role, name in (("officer", "Olga"), ("officer", "Dana"), ("officer", "Timur"), ("head", "Aliya"))
    )
    cases = [make.make_submitted(at=timezone.now()) for _ in range(3)]
    Application.objects.filter(pk__in=[case.pk for case in cases]).update(assigned_to=away)
    today = timezone.localdate()

    page = open_browser(head, scripts=scripts).new_page()
    with watched(page) as faults:
        page.goto("/work/absences/")
        page.select_option("#id_person", str(away.pk))
        page.fill("#id_to_on", (today + timedelta(days=6)).isoformat())
        page.select_option("#id_deputy", str(deputy.pk))
        page.get_by_role("button", name="Enter the absence").click()
        expect(page.locator("tbody tr")).to_contain_text("away now")
        assert Absence.objects.get().deputy == deputy

        mine = open_browser(deputy, scripts=scripts, viewport=NARROW).new_page()
        mine.goto("/work/")
        if (later := mine.locator("summary.h2")).count():
            later.click()  # towards the end of a week, what is due next week is folded
        for case in cases:
            expect(mine.get_by_role("link", name=case.reference).first).to_be_visible()
        expect(mine.get_by_text("in the stead of Olga").first).to_be_visible()

        page.get_by_role("link", name="Move the cases").click()
        expect(page.get_by_text("Olga has 3 open cases.")).to_be_visible()
        page.get_by_label("Dana").check()
        page.get_by_label("Timur").check()
        page.get_by_label("Why").fill("Away for a long time.")
        page.get_by_role("button", name="Move the caseload").click()
        expect(page.get_by_role("heading", name="A caseload was moved")).to_be_visible()
        assert not Application.objects.filter(assigned_to=away).exists()
        assert Application.objects.filter(assigned_to__in=[deputy, other]).count() == 3
        page.go_back()
        expect(page.get_by_text("There is nothing to move from this person.")).to_be_visible()

        mine.goto("/work/")
        expect(mine.get_by_text("in the stead of Olga")).to_have_count(0)
    assert not faults
