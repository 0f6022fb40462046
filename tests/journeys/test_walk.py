"""The walk of pages is not blind: though axe looks at each shape once, a fault in one language is found there, once."""

import pytest
from playwright.sync_api import Page, Route

from tests.journeys.conftest import Opener
from tests.journeys.walk import LANGUAGES, Walk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PAGE = "/accounts/login/"
DARK = 2  # a turn at which English is looked at in dark colours
UNBROKEN = '<p class="text-nowrap">{}</p>'
FIELD = '<p><label for="walked">{}</label> <input id="walked" class="form-control"></p>'
TABLE = '<div class="table-wrap"><table><tr><td>{} <a href="/">Go</a></td></tr></table></div>'
BUTTON = '<p><button type="button" class="btn">{}</button></p>'
#: In which language, what is added to the page there and in the other two, and what the walk says of it.
FAULTS = {
    "a word that does not break": ("ru", UNBROKEN.format("Щ" * 60), UNBROKEN.format("Щ"), "wider than the window"),
    "a table that is cut off": ("kk", TABLE.format(UNBROKEN.format("Щ" * 300)), TABLE.format("Щ"), "is cut off"),
    "a field without a name": ("kk", FIELD.format(""), FIELD.format("Name"), "label:"),
    "a button without a name": ("ru", BUTTON.format(""), BUTTON.format("Go"), "button-name:"),
    "a button without a name in English": ("en", BUTTON.format(""), BUTTON.format("Go"), "button-name:"),
    "pale text in dark colours": ("en", '<p><font color="#444">Pale</font></p>', "<p>Word</p>", "color-contrast:"),
    "markup shown as text": ("kk", "<p>&lt;span&gt;Word</p>", "<p>Word</p>", "markup shown as text"),
    "two regions of the same name": (
        "kk",
        '<nav aria-label="Ways"></nav><nav aria-label="Ways"></nav>',
        '<nav aria-label="Ways"></nav><nav aria-label="Others"></nav>',
        "landmark-unique:",
    ),
}


def alter(page: Page, html: str) -> None:
    def answered(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</main>", f"{html}</main>"))

    page.unroute(f"**{PAGE}")
    page.route(f"**{PAGE}", answered)


def test_each_fault_is_found_in_its_language(open_browser: Opener) -> None:
    pages = {language: open_browser(None, language, reduced_motion="reduce").new_page() for language in LANGUAGES}
    for fault, (where, bad, good, said) in FAULTS.items():
        walk, found = Walk(), {}
        for language, page in pages.items():
            alter(page, bad if language == where else good)
            found[language] = walk.visit(page, PAGE, language, DARK)
        assert [language for language in LANGUAGES if found[language]] == [where], (fault, found)
        assert all(said in one for one in found[where]), (fault, found)
