"""A pool reports, the miner reports another sum, both see why; the officer finds it in the list of differences."""

from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

from core.models import RowFile
from core.services import work_on_row_file
from tests import factories as make
from tests.journeys.conftest import Opener, watched
from tests.mining import world

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def go(page: Page, address: str) -> None:
    page.goto(address)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_miner_differs_from_his_pool_and_it_is_explained(
    open_browser: Opener, tmp_path: Path, scripts: bool, settings: Any
) -> None:
    settings.TIME_ZONE = "Asia/Almaty"
    user, licence = world.pool(), world.miner()
    party, officer = licence.application.created_by, make.make_user("officer")
    rows = tmp_path / "august.csv"
    rows.write_bytes(world.csv_of([world.line(licence), world.line(licence, "2026-08-03", amount="0,25")]))
    with time_machine.travel(world.LATER, tick=True):
        pool_page = open_browser(user, scripts=scripts).new_page()
        with watched(pool_page) as faults:
            go(pool_page, "/pool-reports/")
            pool_page.get_by_role("link", name="Report a period").click()
            pool_page.get_by_label("Period").select_option("2026-08-01")
            pool_page.get_by_label("File").set_input_files(rows)
            pool_page.get_by_role("button", name="Look at the file").click()
            expect(pool_page.get_by_role("heading", name="Waiting to be looked at")).to_be_visible()
            file = RowFile.objects.get()
            work_on_row_file(file.pk, at=world.LATER)
            pool_page.reload()
            pool_page.get_by_role("button", name="Take all rows").click()
            work_on_row_file(file.pk, at=world.LATER)
            pool_page.reload()
            pool_page.get_by_role("link", name="POOL-").click()
            expect(pool_page.get_by_text("1 day late")).to_be_visible()
            assert faults == []
        miner_page = open_browser(party, scripts=scripts).new_page()
        with watched(miner_page) as faults:
            go(miner_page, "/miner-reports/new/")
            miner_page.get_by_label("Period").select_option("2026-08-01")
            miner_page.get_by_label("Amounts obtained").fill("BTC 0,77")
            miner_page.get_by_label("Explanation").fill("We count gross.")
            miner_page.get_by_role("button", name="Send the report").click()
            expect(miner_page.get_by_text("The miner counts the commission in: 0.75 + 0.02 = 0.77.")).to_be_visible()
            assert faults == []
        office_page = open_browser(officer, scripts=scripts).new_page()
        with watched(office_page) as faults:
            go(office_page, "/differences/?period=2026-08-01")
            office_page.get_by_role("link", name=licence.organisation.name_en).click()
            expect(office_page.get_by_text("We count gross.")).to_be_visible()
            assert faults == []
