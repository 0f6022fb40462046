"""The rows of the queue as HTML. Drawn by code: fifty rows by template tags would take most of the page's time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.tizilim import bin_groups, day, icon, state_badge, state_tone
from licensing.views.rows import CaseRow

PLACE = "-REFERENCE-"  # where a case's number is put into an address that is made once a page


def days_words(days: int | None, urgency: str) -> str:
    """What components/days_left.html says, for the states of an open case."""
    if urgency == "paused":
        return _("Paused")
    if urgency == "untimed":
        return _("No term known")
    if days is None:
        return ""
    if days < 0:
        return ngettext("%(n)s working day late", "%(n)s working days late", -days) % {"n": -days}
    if days == 0:
        return _("Due today")
    return ngettext("%(n)s working day left", "%(n)s working days left", days) % {"n": days}


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of a list: those before the opened row, it alone, those after it; all stand in `before` without one."""

    before: SafeString
    row: CaseRow | None = None
    line: str = ""
    after: str = ""


class RowDrawer:
    """Draws `<tr>…</tr>` of cases; what rows share is drawn once. Every value of a case is escaped here."""

    def __init__(self, request: HttpRequest, columns: list[tuple[str, str]], *, may_assign: bool, opened: str) -> None:
        self.opened = opened
        self.tick = _("Tick") if may_assign else ""
        self.nobody = f'<span class="soft">{escape(_("nobody"))}</span>'
        self.checks = f'{icon("list-check")}<span class="opener-word">{escape(_("Checks"))}</span>'
        self.case = reverse("case", args=[PLACE])
        query = request.GET.copy()
        query.pop("open", None)
        self.shut = escape(f"?{query.urlencode()}")
        query["open"] = PLACE
        self.open = escape(f"?{query.urlencode()}")
        cells: dict[str, Callable[[CaseRow], str]] = {
            "applicant": lambda row: f"<td>{escape(row.applicant)}</td>",
            "identifier": lambda row: f'<td class="fit second">{bin_groups(row.identifier)}</td>',
            "kind": lambda row: f'<td class="second">{escape(row.kind)}</td>',
            "act": lambda row: f'<td class="second">{escape(row.act)}</td>',
            "state": lambda row: f'<td class="fit">{self.badge(row)}</td>',
            "officer": lambda row: f'<td class="second">{escape(row.officer) if row.officer else self.nobody}</td>',
            "filed_on": lambda row: f'<td class="fit second">{self.day(row.filed_on)}</td>',
            "due_on": lambda row: f'<td class="fit">{self.day(row.due_on)}</td>',
            "days": lambda row: self.days(row.days, row.urgency),
        }
        self.cells = [cells[name] for name, _label in columns if name in cells]
        self.badges: dict[str, str] = {}
        self.drawn_days: dict[date | None, str] = {}
        self.drawn_terms: dict[tuple[int | None, str], str] = {}

    def table(self, rows: Sequence[CaseRow]) -> Table:
        """All rows, each a `<tbody>` of its own; that of the opened row is closed by what stands under it."""
        place = next((n for n, row in enumerate(rows) if row.reference == self.opened), None)
        if place is None:
            return Table(self.bodies(rows))
        row = rows[place]
        return Table(self.bodies(rows[:place]), row, self.draw(row), self.bodies(rows[place + 1 :]))

    def bodies(self, rows: Sequence[CaseRow]) -> SafeString:
        parts = (
            f'<tbody id="row-{number}" data-announce="{number}">{self.draw(row)}</tbody>'
            for row in rows
            for number in (escape(row.reference),)
        )
        return mark_safe("\n".join(parts))  # noqa: S308  (drawn by `draw`, the number escaped)

    def draw(self, row: CaseRow) -> SafeString:
        """One case's own line; what is opened under it follows."""
        reference = escape(row.reference)
        overdue = ' class="is-overdue"' if row.urgency == "overdue" else ""
        tick = (
            f'<td class="fit second"><label><input type="checkbox" name="references" value="{reference}">'
            f'<span class="visually-hidden">{escape(self.tick)} {reference}</span></label></td>'
            if self.tick
            else ""
        )
        number = f'<a class="ref" href="{self.case.replace(PLACE, reference)}">{reference}</a>'
        return mark_safe(  # noqa: S308  (every value of the case is escaped where it is put in)
            f"<tr{overdue}>{tick}"
            f'<th scope="row" class="fit">{number}</th>{"".join(cell(row) for cell in self.cells)}'
            f'<td class="fit second">{self.opener(row.reference, reference)}</td></tr>'
        )

    def opener(self, plain: str, reference: str) -> str:
        """The button that opens the checks in place, or shuts them."""
        is_open = plain == self.opened
        address = self.shut if is_open else self.open.replace(PLACE, reference)
        row = f"#row-{reference}"
        return (
            f'<a class="btn btn-plain btn-sm" aria-expanded="{"true" if is_open else "false"}"'
            f' href="{address}{"" if is_open else row}" hx-get="{address}" hx-target="{row}" hx-select="{row}"'
            f' hx-swap="outerHTML">{self.checks}<span class="visually-hidden"> {reference}</span></a>'
        )

    def badge(self, row: CaseRow) -> str:
        if row.state not in self.badges:
            self.badges[row.state] = state_badge(row.state, row.state_label, row.tone)
        return self.badges[row.state]

    def day(self, value: date | None) -> str:
        if value not in self.drawn_days:
            self.drawn_days[value] = day(value)
        return self.drawn_days[value]

    def days(self, left: int | None, urgency: str) -> str:
        if (left, urgency) not in self.drawn_terms:
            words = escape(days_words(left, urgency)) if urgency else ""
            self.drawn_terms[left, urgency] = f'<td class="fit days tone-{state_tone(urgency)}">{words}</td>'
        return self.drawn_terms[left, urgency]
