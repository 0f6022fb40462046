"""What the documentation names exists: pages and their parts, files, commands of make and of manage.py."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.utils.text import slugify

ROOT = Path(settings.BASE_DIR)
PAGES = {
    str(path.relative_to(ROOT)): path.read_text()
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "documents").rglob("*.md")]
}
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`|^(make [a-z]+)", re.MULTILINE)
FILE = re.compile(r"[a-z]\w*(?:/\w+)*/(?:[\w.-]+\.(?:py|html|md|json|toml|txt|typ|po|css|js)|\w+/)")
pages = pytest.mark.parametrize("page", sorted(PAGES))


def headings(text: str) -> set[str]:
    return {slugify(line.lstrip("# "), allow_unicode=True) for line in text.splitlines() if line.startswith("#")}


@pages
def test_links_lead_somewhere(page: str) -> None:
    here, lost = ROOT / page, []
    for link in LINK.findall(PAGES[page]):
        if "://" in link or link.startswith("mailto:"):
            continue
        name, _, part = link.partition("#")
        target = (here.parent / name).resolve() if name else here
        if not target.exists() or (part and part not in headings(target.read_text())):
            lost.append(link)
    assert lost == []


@pages
def test_files_that_are_named_exist(page: str) -> None:
    """A file with its folder, or a folder in a folder: from the root, the templates, or the page's own folder."""
    named = {match[0] for match in CODE.findall(PAGES[page]) if FILE.fullmatch(match[0])}
    bases = (ROOT, ROOT / "templates", (ROOT / page).parent)
    assert {name for name in named if not any((base / name).exists() for base in bases)} == set()


@pages
def test_commands_that_are_named_exist(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    words = [span or line for span, line in CODE.findall(PAGES[page])]
    assert {word.split()[1] for word in words if re.match(r"make [a-z]", word)} <= targets
    assert set(re.findall(r"manage\.py ([a-z_]+)", PAGES[page])) <= set(get_commands())


def test_the_index_leads_to_every_page() -> None:
    reached, waiting = set(), ["README.md", "docs/index.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        for link in LINK.findall(PAGES[page]):
            target = ((ROOT / page).parent / link.partition("#")[0]).resolve()
            found = [target] if target.suffix == ".md" else sorted(target.glob("*.md")) if target.is_dir() else []
            names = [str(path.relative_to(ROOT)) for path in found if path.is_relative_to(ROOT)]
            waiting += [name for name in names if name in PAGES and name not in reached]
    assert {name for name in PAGES if name.startswith("docs/")} - reached == set()
