"""What the page tags show: dates, numbers, grounds and states in three languages, without a database."""

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from core import days
from core.templatetags import tizilim as tags
from core.templatetags._states import ICONS, LOOKS
from law.problems import problem
from law.provisions import provision

DAY = date(2026, 3, 27)


def text(value: str) -> str:
    return value.replace(days.NO_BREAK, " ").replace(tags.THIN, " ")


@pytest.mark.parametrize(
    ("language", "short", "long"),
    [
        ("en", "27 Mar 2026", "27 March 2026"),
        ("ru", "27 мар 2026", "27 марта 2026 года"),
        ("kk", "27 нау 2026", "2026 жылғы 27 наурыз"),
    ],
)
def test_dates_in_three_languages(language: str, short: str, long: str) -> None:
    with override(language):
        assert text(days.dateshort(DAY)) == short
        assert text(days.datelong(DAY)) == long


def test_moment_is_shown_in_the_products_time_zone() -> None:
    with override("en"):
        assert text(days.datetimeshort(datetime(2026, 3, 26, 20, 30, tzinfo=UTC))) == "27 Mar 2026, 01:30"


@pytest.mark.parametrize("empty", [None, ""])
def test_empty_values_show_nothing(empty: str | None) -> None:
    shown = [days.dateshort(empty), tags.thin(empty), tags.money(empty), tags.bin_groups(empty), tags.cite(empty)]  # type: ignore[arg-type]
    assert shown == [""] * 5


@pytest.mark.parametrize(
    ("value", "language", "shown"),
    [
        (8650000, "en", "8 650 000"),
        (Decimal("1234.50"), "kk", "1 234,50"),
        (-1000, "ru", "-1 000"),
        ("n/a", "en", "n/a"),
    ],
)
def test_numbers_in_groups_of_three(value: object, language: str, shown: str) -> None:
    with override(language):
        assert text(tags.thin(value)) == shown


def test_money_has_its_sign() -> None:
    with override("en"):
        assert text(tags.money("21625")) == "21 625 ₸"
        assert text(tags.money(10, "AED")) == "10 AED"


def test_bin_copies_without_gaps_and_escapes_what_is_no_bin() -> None:
    assert tags.bin_groups("090340001234") == (
        '<span class="bin"><span>0903</span><span>4000</span><span>1234</span></span>'
    )
    assert "<b>" not in tags.bin_groups("<b>")


def test_a_provision_is_cited_with_its_doubt_alike_live_and_stored() -> None:
    rule = provision("permit.decision", date(2026, 6, 1))
    assert tags.cite(rule) == tags.cite(rule.ground()) == tags.cite({"ground": rule.ground()})
    doubtful = {**rule.ground(), "confidence": "assumed"}
    with override("en"):
        assert "unconfirmed" in tags.cite(doubtful)


def test_problems_become_rows_linked_to_their_field() -> None:
    rows = tags.problem_rows([problem("x", "Wrong %(what)s", field="bin", what="digit"), {"message": "Plain"}])
    assert rows[0]["message"] == "Wrong digit"
    assert rows[0]["field_id"] == "id_bin"
    assert rows[1] == {"message": "Plain"}


def test_a_state_has_colour_icon_and_word() -> None:
    with override("en"):
        badge = tags.state_badge("overdue")
    assert "tone-bad" in badge
    assert "#alert-triangle" in badge
    assert "Overdue" in badge
    assert "tone-wait" in tags.state_badge("new_state", "Новое", "waiting")


@pytest.mark.parametrize(("days", "words"), [(-3, "3 working days late"), (0, "Due today"), (1, "1 working day left")])
def test_days_left_in_words(days: int, words: str) -> None:
    with override("en"):
        assert words in render_to_string("components/days_left.html", {"days": days, "state": "running"})


def test_refused_act_takes_the_frame_of_its_reader() -> None:
    official = SimpleNamespace(htmx=False, user=SimpleNamespace(is_official=True))
    stranger = SimpleNamespace(htmx=False, user=SimpleNamespace(is_official=False))
    assert tags.frame(official) == "base_office.html"
    assert tags.frame(stranger) == tags.frame(None) == "base_public.html"
    assert tags.frame(SimpleNamespace(htmx=True)) == "base_part.html"


def test_the_page_of_last_resort_needs_nothing() -> None:
    assert "<h1>" in render_to_string("500.html")


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    root = Path(settings.BASE_DIR)
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (root / "static" / "icons.svg").read_text("utf-8")))
    named = {look.icon for look in LOOKS.values()} | set(ICONS.values())
    for page in (root / "templates").rglob("*.html"):
        named |= set(re.findall(r'{% icon "([^"]+)"', page.read_text("utf-8")))
    assert named <= sprite


def test_front_end_files_are_those_recorded() -> None:
    script = Path(settings.BASE_DIR) / "scripts" / "vendor.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
