"""The law as dated rows: editions side by side, what changed between two days, the history of each rule."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from law import provisions as rules
from law.definitions import EDITIONS, TERMS, Definition, changed, definitions, edition
from law.provisions import CONFIDENCE_TITLES, D231, Provision

BRIEF = 40  # so many lines are shown at once; of more, the first subject
NEW, ENDED, CHANGED, SAME = "new", "ended", "changed", "same"


@dataclass(frozen=True, slots=True)
class Line:
    """One rule or term on two days: the rows in force then, and what became of it between."""

    code: str
    title: str
    before: Any
    after: Any
    is_term: bool

    @property
    def change(self) -> str:
        if self.before is None:
            return NEW
        if self.after is None:
            return ENDED
        return SAME if self.before == self.after else CHANGED

    @property
    def words_before(self) -> str:
        return wording(self.before) if self.before else ""

    @property
    def words_after(self) -> str:
        return wording(self.after) if self.after else ""


@login_not_required
@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """Editions, and the rules of two days beside each other: ?before=, ?after=, ?q=, ?all=1 for the unchanged too.

    Unless asked otherwise, the last day before Law 231-VIII beside today.
    """
    today = timezone.localdate()
    before, after = day_of(request, "before", D231 - timedelta(days=1)), day_of(request, "after", today)
    text = request.GET.get("q", "").strip()[:200]
    everything = bool(text) or "all" in request.GET
    lines = [line for line in all_lines(before, after) if matches(line, text)]
    shown = [line for line in lines if everything or line.change != SAME]
    context = {
        "editions": [{"edition": one, "day_before": one.day - timedelta(days=1)} for one in EDITIONS],
        "edition_now": edition(today),
        "before": before,
        "after": after,
        "q": text,
        "everything": everything,
        "groups": grouped(shown),
        "brief": len(shown) <= BRIEF,
        "counts": {kind: sum(line.change == kind for line in lines) for kind in (NEW, CHANGED, ENDED, SAME)},
        "nav": "law",
    }
    return render(request, "core/law.html", context)


def day_of(request: HttpRequest, name: str, default: date) -> date:
    """The day asked for; nonsense is the default."""
    try:
        return parse_date(request.GET.get(name, "")) or default
    except ValueError:
        return default


def all_lines(before: date, after: date) -> Iterator[Line]:
    """Every term and rule that is in force on one of the days, terms first."""
    terms = [{one.term: one for one in definitions(day)} for day in (before, after)]
    for code, title in TERMS.items():
        if code in terms[0] or code in terms[1]:
            yield Line(code, title, terms[0].get(code), terms[1].get(code), is_term=True)
    held = [{one.code: one for one in rules.provisions(day)} for day in (before, after)]
    titles = rules.titles()
    for _title, rows in rules.groups():
        for code in dict.fromkeys(row.code for row in rows):
            if code in held[0] or code in held[1]:
                yield Line(code, titles[code], held[0].get(code), held[1].get(code), is_term=False)


def matches(line: Line, text: str) -> bool:
    """Whether every word stands in the title, the code, the article or the wording, in the language of the page."""
    words = text.casefold().split()
    if not words:
        return True
    parts = [line.code, gettext(line.title)]
    for row in (line.before, line.after):
        if row is not None:
            parts += [gettext(row.source.act), row.source.article, wording(row)]
    place = " ".join(parts).casefold()
    return all(word in place for word in words)


def wording(row: Provision | Definition) -> str:
    """What the rule says, in the language of the page."""
    if isinstance(row, Definition):
        return gettext(row.text)
    value = gettext(row.value_text)
    return value if isinstance(row.value, bool | str) else f"{value} {gettext(row.unit)}"


def stands_among(codes: set[str], line: Line) -> bool:
    return not line.is_term and line.code in codes


def grouped(lines: list[Line]) -> list[dict[str, Any]]:
    """The lines under the headings of their subjects; an empty heading is left out."""
    headings: list[tuple[str, Callable[[Line], bool]]] = [(gettext("Defined terms"), lambda line: line.is_term)]
    for title, rows in rules.groups():
        headings.append((gettext(title), partial(stands_among, {row.code for row in rows})))
    found = [{"title": title, "lines": [line for line in lines if test(line)]} for title, test in headings]
    return [group for group in found if group["lines"]]


@login_not_required
@require_safe
def provision(request: HttpRequest, code: str) -> HttpResponse:
    """One rule with its whole history, its source and how sure we are of it."""
    rows = rules.history(code)
    if not rows:
        raise Http404(code)
    return history_page(request, code, rows[0].title, rows)


@login_not_required
@require_safe
def term(request: HttpRequest, code: str) -> HttpResponse:
    """One defined term with all its wordings."""
    if code not in TERMS:
        raise Http404(code)
    return history_page(request, code, TERMS[code], changed(code))


def history_page(
    request: HttpRequest, code: str, title: str, rows: tuple[Provision, ...] | tuple[Definition, ...]
) -> HttpResponse:
    today = timezone.localdate()
    newest_first: list[Provision | Definition] = [*rows][::-1]
    lines = [
        {
            "row": row,
            "words": wording(row),
            "now": row.applies(today),
            "future": row.in_force > today,
            "content": CONFIDENCE_TITLES[row.confidence],
            "day": CONFIDENCE_TITLES[row.day_confidence],
        }
        for row in newest_first
    ]
    context = {"code": code, "title": title, "lines": lines, "now": any(line["now"] for line in lines), "nav": "law"}
    return render(request, "core/provision.html", context)
