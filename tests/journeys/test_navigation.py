"""The office's navigation stays on one line at every width, in the language with the longest words."""

import pytest

from tests import factories as make
from tests.journeys.conftest import Opener

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
#: Where each entry begins, how far the last one reaches, and how wide the window is.
MEASURE = """() => {
  const items = [...document.querySelectorAll('.band nav > ul > li')].map(item => item.getBoundingClientRect())
  return {tops: items.map(box => Math.round(box.top)), right: Math.max(...items.map(box => box.right)),
          wide: document.documentElement.scrollWidth - window.innerWidth}
}"""


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_navigation_of_an_account_is_one_line(open_browser: Opener, language: str) -> None:
    page = open_browser(make.make_applicant(full_name="Қонысбаев Нұрсұлтан"), language).new_page()
    page.goto("/account/")
    for width in (1440, 1600):
        page.set_viewport_size({"width": width, "height": 800})
        found = page.evaluate(MEASURE)
        tools = page.locator(".band-tools").bounding_box()
        assert len(set(found["tops"])) == 1, (width, found)
        assert tools is not None
        assert tools["y"] < found["tops"][0] + 40, (width, found, tools)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_navigation_is_one_line(open_browser: Opener, language: str) -> None:
    page = open_browser(make.make_user("head", full_name="Қонысбаев Нұрсұлтан"), language).new_page()
    page.goto("/work/")
    for width in (840, 960, 1119, 1121, 1240, 1424, 1425, 1440, 1600):
        page.set_viewport_size({"width": width, "height": 800})
        found = page.evaluate(MEASURE)
        assert len(set(found["tops"])) == 1, (width, found)
        assert found["right"] <= width, (width, found)
        assert found["wide"] <= 0, (width, found)
    page.set_viewport_size({"width": 960, "height": 800})
    page.locator(".band nav .menu > summary").first.click()
    assert page.locator(".band nav .menu-list").first.is_visible()
