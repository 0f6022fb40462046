"""Acts that officials and parties take on pages that both read: each one row of a table, taken in one way.

What officials alone do to a case stands in licensing/views/acts; here is what a provider, a bank and their authority do
to the same record.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from core.models import Event, Obligation, User
from core.services import allowed
from core.views import reader
from core.views.account import attempt
from licensing.forms.deeds import DeedForm
from licensing.views.keyset import PAGE, Cursor, Page, page_newest
from licensing.views.terms import term_rows
from licensing.wording import timeline_row

Rows = TypeVar("Rows", bound="QuerySet[Any, Any]")


@dataclass(frozen=True, slots=True)
class Deed:
    """One act: what it is called, what is said when it is done, its form and service, who may, in which states."""

    name: str
    label: str
    done: str
    form: type[DeedForm]
    service: Callable[..., Any]
    permission: str
    sources: tuple[str, ...]
    consequence: str = ""

    def open_to(self, user: User, row: Any) -> bool:
        return row.state in self.sources and allowed(user, self.permission, row)


@dataclass(frozen=True, slots=True)
class Desk:
    """The acts on one kind of record. `find`: the record as this person sees it; `page`: the name of its address."""

    find: Callable[[User, str], Any]
    page: str
    nav: str
    deeds: tuple[Deed, ...]

    def offered(self, row: Any, user: User) -> list[dict[str, str]]:
        """The acts open to this person now."""
        return [
            {"label": gettext(deed.label), "url": reverse(f"{self.page}-deed", args=[row.reference, deed.name])}
            for deed in self.deeds
            if deed.open_to(user, row)
        ]

    def view(self) -> Callable[..., HttpResponseBase]:
        """The page of every act of the table."""

        @require_http_methods(["GET", "POST"])
        def page(request: HttpRequest, reference: str, name: str) -> HttpResponse:
            user = reader(request)
            row, deed = self.find(user, reference), next((one for one in self.deeds if one.name == name), None)
            if deed is None:
                raise Http404(gettext("There is nothing here"))
            if not deed.open_to(user, row):
                raise PermissionDenied(name)
            return self.answer(request, row, deed, user)

        return page

    def answer(self, request: HttpRequest, row: Any, deed: Deed, user: User) -> HttpResponse:
        posted = request.method == "POST"
        data, files = (request.POST, request.FILES) if posted else (None, None)
        made_for: dict[str, Any] = {"row": row} if deed.form.needs_row else {}
        form = deed.form(data, files, initial={"version": row.version}, **made_for)
        if posted and form.is_valid():
            given: dict[str, Any] = {**form.given(), "actor": user, "at": timezone.now()}
            if attempt(form, lambda: deed.service(row, **given)) is not None:
                messages.success(request, gettext(deed.done))
                return redirect(self.page, reference=row.reference)
        context = {
            "row": row,
            "form": form,
            "title": gettext(deed.label),
            "consequence": gettext(deed.consequence) if deed.consequence else "",
            "back": reverse(self.page, args=[row.reference]),
            "nav": self.nav,
        }
        return render(request, "licensing/deed.html", context, status=409 if form.errors else 200)


def file_context(request: HttpRequest, row: Any, desk: Desk, index: tuple[str, str]) -> dict[str, Any]:
    """What the page of every record shows: its state in the reader's words, acts, terms, history."""
    user = reader(request)
    state = row.WORKFLOW.state(row.state)
    events = Event.objects.of(row).visible_to(user).select_related("actor", "on_behalf_of").order_by("-id")
    return {
        "row": row,
        "label": gettext(state.label if user.is_official else state.applicant_label),
        "index": (reverse(index[0]), gettext(index[1])),
        "deeds": desk.offered(row, user),
        "terms": term_rows(Obligation.objects.visible_to(user).of(row), timezone.localdate()),
        "events": [timeline_row(event) for event in events[:100]],
        "nav": desk.nav,
    }


def by_provider(rows: Rows, text: str) -> Rows:
    """The rows of one record by its number, of one licence, or of one organisation; all where nothing was typed."""
    typed = text.strip()
    if not typed:
        return rows
    return rows.filter(
        Q(reference=typed.upper()) | Q(licence__number=typed.upper()) | Q(organisation__identifier=typed)
    )


def newest(request: HttpRequest, rows: QuerySet[Any, Any]) -> Page:
    """The page of a list that the reader asks for."""
    return page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)


def line(address: str, row: Any, cells: Sequence[str], user: User) -> dict[str, Any]:
    """A row of a list: its number, what stands beside it, its state."""
    shown = {"url": reverse(address, args=[row.reference]), "reference": row.reference, "cells": cells}
    return shown | state_words(row, user)


def desk_list(request: HttpRequest, form: Form, page: Page, lines: list[dict[str, Any]], **words: Any) -> HttpResponse:
    """The page of a list, narrowed by a form that was read.

    `words`: `title`, `lead`, `heads` (of `cells`), `nothing` (what fills the list), `nav` (the name of its address),
    `adds` (addresses and labels of what may be begun here); `first_head`, `last_head` for other heads.
    """
    given = {"narrowed": any(form.cleaned_data.values()), "here": reverse(words["nav"]), "adds": []}
    return render(request, "licensing/desk_list.html", given | words | {"form": form, "page": page, "lines": lines})


def link(label: str, page: str, *args: Any) -> SafeString:
    """What a fact of a file names, leading to its own page."""
    return format_html('<a href="{}">{}</a>', reverse(page, args=args), label)


def state_words(row: Any, user: User) -> dict[str, str]:
    """The badge of a row of a list."""
    state = row.WORKFLOW.state(row.state)
    label = gettext(state.label if user.is_official else state.applicant_label)
    return {"state": row.state, "label": label, "tone": state.tone}
