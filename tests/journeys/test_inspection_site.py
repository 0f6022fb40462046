"""The page for the site in a real browser whose network is cut: nothing is lost, nothing doubled."""

import struct
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from inspections.models import Inspection
from tests.inspections import world
from tests.journeys.conftest import NARROW, PATIENCE, Opener

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
ITEMS, PHOTOS = 60, 20
PHONE = {"viewport": NARROW}


def picture(number: int) -> bytes:
    """A PNG of one point, each of another colour, with a place in its text."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    place = chunk(b"tEXt", b"Location\0" + b"51.1694 N 71.4491 E")
    data = chunk(b"IDAT", zlib.compress(b"\0" + bytes([number, number, 255 - number])))
    return b"\x89PNG\r\n\x1a\n" + head + place + data + chunk(b"IEND", b"")


def long_list() -> Inspection:
    act = world.make_joint_act()
    with world.rows_of(act):
        act.requirements.all().delete()
        world.add_requirements(act, ["significant"] * ITEMS)
    return at_site()


def at_site() -> Inspection:
    """One under way whose last day is still to come, whenever this runs."""
    row = world.make_running()
    Inspection.objects.filter(pk=row.pk).update(end_on=timezone.localdate() + timedelta(days=3))
    return row


def open_page(context: BrowserContext, row: Inspection) -> Page:
    page = context.new_page()
    page.goto(f"/inspections/{row.reference}/site/")
    expect(page.locator("[data-site]")).to_have_attribute("data-kept", "yes", timeout=PATIENCE)
    return page


def answer_all(page: Page) -> None:
    for place in range(1, ITEMS + 1):
        box = page.locator(f"[data-item=R{place}]")
        box.locator(f"input[value={'not_met' if place % 7 == 0 else 'met'}]").check()
        box.locator("textarea").fill(f"Seen {place}.")
    for place in range(1, PHOTOS + 1):
        file = {"name": f"photo-{place}.png", "mimeType": "image/png", "buffer": picture(place)}
        page.locator(f"#photo-R{place}").set_input_files(file)  # type: ignore[arg-type]  # a file as playwright takes it
        expect(page.locator(f"[data-item=R{place}] [data-photos] li")).to_have_count(1)


def test_sixty_items_and_twenty_photographs_outlive_a_cut_network_and_a_reload(open_browser: Opener) -> None:
    row = long_list()
    context = open_browser(world.leader(row), **PHONE)
    page = open_page(context, row)
    context.set_offline(True)
    answer_all(page)
    expect(page.locator("[data-site]")).to_have_attribute("data-waiting", str(ITEMS + PHOTOS), timeout=PATIENCE)
    page.reload()
    expect(page.locator("[data-site]")).to_have_attribute("data-waiting", str(ITEMS + PHOTOS), timeout=PATIENCE)
    expect(page.locator("#evidence-R60")).to_have_value("Seen 60.")
    assert not row.entries.exists()
    context.set_offline(False)
    page.get_by_role("button", name="Keep and send").click()
    expect(page.locator("[data-site]")).to_have_attribute("data-waiting", "0", timeout=PATIENCE)
    assert (row.items.exclude(answer="").count(), row.documents().filter(kind__startswith="photo:").count()) == (60, 20)
    assert row.entries.count() == ITEMS + PHOTOS
    assert row.items.get(code="R7").answer == "not_met"
    page.reload()
    expect(page.locator("[data-item=R20] [data-photos] a")).to_have_count(1)
    page.get_by_role("button", name="Keep and send").click()
    assert row.entries.count() == ITEMS + PHOTOS


def test_an_answer_lost_on_the_way_doubles_nothing(open_browser: Opener) -> None:
    row = at_site()
    context = open_browser(world.leader(row), **PHONE)
    page = open_page(context, row)
    lost: list[object] = []

    def lose(route: object) -> None:  # the server takes the batch, the phone never hears of it
        if not lost:
            lost.append(route.fetch())  # type: ignore[attr-defined]  # a route of playwright
            route.abort()  # type: ignore[attr-defined]  # as above
        else:
            route.continue_()  # type: ignore[attr-defined]  # as above

    page.route("**/site/entries/", lose)
    page.locator("[data-item=R1] input[value=met]").check()
    page.get_by_role("button", name="Keep and send").click()
    expect(page.locator("[data-site-line]")).to_contain_text("No network")
    assert row.batches.count() == 1
    page.get_by_role("button", name="Keep and send").click()
    expect(page.locator("[data-site]")).to_have_attribute("data-waiting", "0", timeout=PATIENCE)
    assert (row.batches.count(), row.entries.count()) == (1, 1)


def test_who_is_signed_out_loses_nothing_and_is_told(open_browser: Opener) -> None:
    row = at_site()
    context = open_browser(world.leader(row), **PHONE)
    page = open_page(context, row)
    cookies = context.cookies()
    context.clear_cookies()
    page.locator("[data-item=R1] input[value=met]").check()
    page.get_by_role("button", name="Keep and send").click()
    expect(page.locator("[data-site-line]")).to_contain_text("sign in again")
    assert not row.entries.exists()
    context.add_cookies(cookies)  # type: ignore[arg-type]  # as they were given
    page.get_by_role("button", name="Keep and send").click()
    expect(page.locator("[data-site]")).to_have_attribute("data-waiting", "0", timeout=PATIENCE)
    assert row.items.get(code="R1").answer == "met"


def test_the_kept_page_goes_with_the_session_and_entries_stay(open_browser: Opener) -> None:
    row = at_site()
    context = open_browser(world.leader(row), **PHONE)
    page = open_page(context, row)
    context.set_offline(True)
    page.locator("[data-item=R1] input[value=met]").check()
    expect(page.locator("[data-item=R1] [data-told]")).to_have_text("waits on this device")
    context.set_offline(False)
    context.clear_cookies()
    page.goto("/accounts/login/")
    page.wait_for_function("caches.keys().then((names) => !names.some((name) => name.startsWith('tizilim-site:')))")
    held = page.evaluate(  # as entries, or packed to be sent
        """() => new Promise((done) => { const asked = indexedDB.open("tizilim-site", 1);
        asked.onsuccess = () => { const inside = asked.result.transaction(["entries", "batches"]);
        const entries = inside.objectStore("entries").getAll(), batches = inside.objectStore("batches").getAll();
        const packed = () => batches.result.flatMap((one) => one.entries);
        inside.oncomplete = () => done(entries.result.length + packed().length); }; })"""
    )
    assert held == 1 or row.entries.count() == 1


def test_a_photograph_that_is_too_large_or_no_picture_is_refused_before_it_is_sent(
    open_browser: Opener, tmp_path: Path
) -> None:
    row = at_site()
    page = open_page(open_browser(world.leader(row), **PHONE), row)
    large = tmp_path / "large.jpg"
    large.write_bytes(b"\xff\xd8\xff" + b"0" * (40 * 1024 * 1024))
    page.locator("#photo-R1").set_input_files(
        large
    )  # read by the browser itself: through its driver it takes half a minute
    expect(page.locator("[data-site-fault]")).to_contain_text("large.jpg is larger than 10 MB")
    heic = {"name": "a.heic", "mimeType": "image/heic", "buffer": b"\0\0\0\x18ftypheic" + b"0" * 64}
    page.locator("#photo-R1").set_input_files(heic)  # type: ignore[arg-type]  # a file as playwright takes it
    expect(page.locator("[data-site-fault]")).to_contain_text("Most Compatible")
    expect(page.locator("[data-site]")).to_have_attribute("data-waiting", "0", timeout=PATIENCE)


def test_it_is_a_plain_form_without_scripts(open_browser: Opener) -> None:
    row = at_site()
    page = open_browser(world.leader(row), scripts=False, **PHONE).new_page()
    page.goto(f"/inspections/{row.reference}/site/")
    page.locator("[data-item=R2] input[value=not_met]").check()
    page.locator("#evidence-R2").fill("No meter.")
    file = {"name": "meter.png", "mimeType": "image/png", "buffer": picture(1)}
    page.locator("#photo-R2").set_input_files(file)  # type: ignore[arg-type]  # a file as playwright takes it
    page.get_by_role("button", name="Keep and send").click()
    expect(page.locator("[data-item=R2] [data-photos] a")).to_have_text("meter.png")
    assert list(row.items.exclude(answer="").values_list("code", "answer", "evidence")) == [
        ("R2", "not_met", "No meter.")
    ]
