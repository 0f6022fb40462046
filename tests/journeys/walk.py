"""How pages are walked: in three languages, on a desk and on a telephone; nothing overflows, and axe finds nothing.

Most of the time goes into axe, so it looks at what it has not seen: at the frame of a page (heading, ways, foot) and at
what stands in it once for each shape (look.js), whichever visitor, language or width shows it first. Colours are the
same in every language: it looks at them in English, light and dark in turn.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from core.models import User
from tests.journeys.conftest import NARROW, WIDE, Opener, watched

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,  # a page has no styles from elsewhere
}
AXE = Axe().axe_script
LOOK = Path(__file__).with_name("look.js").read_text()
EXAMINE = "([exclude, options]) => axe.run({ exclude }, options).then(found => found.violations)"
FRAME, MAIN = "body > :not(main)", "main"
LANGUAGES = ("en", "kk", "ru")  # what English shows first is looked at with its colours
Visits = list[tuple[User | None, list[str]]]


@dataclass
class Walk:
    """The shapes that axe has seen, of frames and of what stands in them."""

    frames: set[str] = field(default_factory=set)
    mains: set[str] = field(default_factory=set)

    def visit(self, page: Page, address: str, language: str, turn: int) -> list[str]:
        """What is wrong with a page at either width: from page to page in turn from wide to narrow and back, so that
        the window is resized once a page. Colours are looked at where the page is looked at first."""
        page.goto(address)
        colours = ("light", "dark")[turn // 2 % 2] if language == "en" else ""
        found = []
        for viewport in (WIDE, NARROW) if turn % 2 == 0 else (NARROW, WIDE):
            page.set_viewport_size(viewport)
            looked = page.evaluate(LOOK, language)
            faults = [*looked["faults"], *self.examine(page, looked, colours)]
            if looked["wider"] > 0:
                faults.append(f"{looked['wider']} pixels wider than the window")
            found += [f"{language} {address} at {viewport['width']} {colours}: {fault}" for fault in faults]
            colours = ""
        return found

    def examine(self, page: Page, looked: dict[str, Any], colours: str) -> list[str]:
        """What axe finds in the parts of a page that it has not seen yet."""
        parts = ((FRAME, looked["frame"], self.frames), (MAIN, looked["main"], self.mains))
        known = [[part] for part, shape, shapes in parts if shape in shapes]
        if len(known) == len(parts):
            return []
        for _part, shape, shapes in parts:
            shapes.add(shape)
        if colours:
            page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]  # one of two
        if not looked["axe"]:
            page.evaluate(AXE)
        rules = RULES | {"rules": {"color-contrast": {"enabled": bool(colours)}}}
        return [told(violation) for violation in page.evaluate(EXAMINE, [known, rules])]


def told(violation: dict[str, Any]) -> str:
    nodes = (f"{node['html'][:160]} ({node.get('failureSummary', '')[:160]})" for node in violation["nodes"][:2])
    return f"{violation['id']}: {'; '.join(nodes)}"


def walked(open_browser: Opener, visits: Visits, *, missing: bool = False) -> list[str]:
    """What is wrong with the pages of each visitor in each language, all in one world; pages may be missing in it."""
    found, walk = [], Walk()
    for language in LANGUAGES:
        for user, addresses in visits:
            context = open_browser(user, language, reduced_motion="reduce")
            page = context.new_page()
            with watched(page) as faults:
                for turn, address in enumerate(addresses):
                    found += walk.visit(page, address, language, turn)
            found += [fault for fault in faults if not (missing and "404" in fault)]
            context.close()
    return found
