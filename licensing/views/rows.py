"""Rows of lists as small values: read by `values_list`, without models behind them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from core.models.base import pick_name
from core.sheets import csv_lines
from licensing.permits import ACTS, kinds
from licensing.views.terms import days_left, urgency
from licensing.workflow import APPLICATION

FIELDS = (
    "due_on",
    "pk",
    "reference",
    "kind",
    "act",
    "state",
    "filed_on",
    "organisation__name_kk",
    "organisation__name_ru",
    "organisation__name_en",
    "organisation__identifier",
    "assigned_to",
    "assigned_to__full_name",
    "assigned_to__email",
)


class Read(NamedTuple):
    """The values of FIELDS, in their order."""

    due_on: date | None
    pk: int
    reference: str
    kind: str
    act: str
    state: str
    filed_on: date | None
    name_kk: str
    name_ru: str
    name_en: str
    identifier: str
    officer_id: int | None
    officer_name: str | None
    officer_email: str | None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list."""

    pk: int
    reference: str
    kind: str
    act: str
    state: str
    tone: str
    state_label: str
    filed_on: date | None
    due_on: date | None
    days: int | None
    urgency: str
    applicant: str
    identifier: str
    officer_id: int | None
    officer: str


class Reader:
    """Turns values into rows; looks every label up once a page."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.kinds = {code: gettext(kind.name) for code, kind in kinds().items()}
        self.untimed = {code for code, kind in kinds().items() if not kind.procedure.on_filing}
        self.acts = {code: gettext(name) for code, name in ACTS.items()}
        self.states = {state.name: (state.tone, gettext(state.label)) for state in APPLICATION.states}
        self.open = set(APPLICATION.open_states)

    def row(self, values: tuple[Any, ...]) -> CaseRow:
        read = Read(*values)
        tone, label = self.states[read.state]
        is_open = read.state in self.open
        return CaseRow(
            read.pk,
            read.reference,
            self.kinds.get(read.kind, read.kind),
            self.acts.get(read.act, read.act),
            read.state,
            tone,
            label,
            read.filed_on,
            read.due_on,
            days_left(read.due_on, self.today) if is_open else None,
            urgency(read.due_on, self.today, timed=read.kind not in self.untimed) if is_open else "",
            pick_name(read.name_kk, read.name_ru, read.name_en),
            read.identifier,
            read.officer_id,
            read.officer_name or read.officer_email or "",
        )

    def rows(self, values: Iterable[tuple[Any, ...]]) -> list[CaseRow]:
        return [self.row(one) for one in values]


def read_values(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return rows.values_list(*FIELDS)


CSV_HEAD = (
    _("Number"),
    _("Kind"),
    _("Asked for"),
    _("State"),
    _("Applicant"),
    _("BIN or IIN"),
    _("Officer"),
    _("Filed"),
    _("Due"),
    _("Working days left"),
)


def csv_response(name: str, head: Iterable[str], lines: Iterable[Iterable[Any]]) -> HttpResponseBase:
    """A CSV file with its head in the reader's language, streamed."""
    response = StreamingHttpResponse(
        csv_lines([gettext(word) for word in head], lines), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def csv_line(row: CaseRow) -> tuple[Any, ...]:
    return (
        row.reference,
        row.kind,
        row.act,
        row.state_label,
        row.applicant,
        row.identifier,
        row.officer,
        row.filed_on,
        row.due_on,
        row.days,
    )
