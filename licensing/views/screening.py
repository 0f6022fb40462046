"""The officials' pages of screening lists: the lists, a version of one, its import, and a name looked for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from core.models import RowFile
from core.services import Upload, allowed, require
from core.views.account import attempt
from core.views.rowfiles import column_rows, sent
from licensing.forms.screening import ListFileForm, LookUpForm
from licensing.models import ScreeningList
from licensing.services.screening import HOW, THRESHOLD, Match, screen
from licensing.services.screening_rows import COLUMNS, SCREENING, send_screening_list
from licensing.views.access import OfficeRequest, office

PAGE, SHOWN = 50, 50


@require_http_methods(["GET", "POST"])
@office
def screening(request: OfficeRequest) -> HttpResponse:
    """The current lists; POST looks for a name in them. The name stands in no address, so that no log keeps it."""
    form = LookUpForm(request.POST if request.method == "POST" else None)
    matches: Any = None
    if form.is_bound and form.is_valid() and request.user.authority is not None:
        found = screen({0: form.cleaned_data["name"]}, request.user.authority).get(0, [])
        matches = [{"match": one, "why": reasons(one)} for one in found[:SHOWN]]
    rows = ScreeningList.objects.visible_to(request.user).order_by("-id")
    if (cursor := request.GET.get("cursor", "")).isascii() and cursor.isdigit() and len(cursor) < 18:
        rows = rows.filter(pk__lt=int(cursor))
    page = list(rows[: PAGE + 1])
    context = {
        "form": form,
        "matches": matches,
        "threshold": int(THRESHOLD * 100),
        "rows": page[:PAGE],
        "next": str(page[PAGE - 1].pk) if len(page) > PAGE else "",
        "may_import": may_import(request),
        "nav": "screening",
    }
    return render(request, "licensing/screening.html", context, status=422 if form.errors else 200)


def reasons(match: Match) -> list[str]:
    """Why a name met an entry, word by word, in the reader's language."""
    score = match.score
    told = [f"{pair.one} – {pair.other}: {gettext(HOW[pair.how])}" for pair in score.met]
    apart = [*score.only_one, *score.only_other]
    return [*told, gettext("in one of the two names alone: %(words)s") % {"words": ", ".join(apart)}] if apart else told


def may_import(request: OfficeRequest) -> bool:
    return request.user.authority is not None and allowed(request.user, "licensing.import_screening", asked(request))


def asked(request: OfficeRequest) -> RowFile:
    return RowFile(kind=SCREENING, authority=request.user.authority)


@require_safe
@office
def screening_list(request: OfficeRequest, reference: str) -> HttpResponse:
    """One version: where it comes from, and its first entries."""
    people = ("authority", "imported_by", "file")
    found = get_object_or_404(
        ScreeningList.objects.visible_to(request.user).select_related(*people), reference=reference
    )
    entries = found.entries.order_by("number")
    if (cursor := request.GET.get("cursor", "")).isascii() and cursor.isdigit() and len(cursor) < 10:
        entries = entries.filter(number__gt=int(cursor))
    page = list(entries[: PAGE + 1])
    context = {
        "list": found,
        "entries": page[:PAGE],
        "next": str(page[PAGE - 1].number) if len(page) > PAGE else "",
        "nav": "screening",
    }
    return render(request, "licensing/screening_list.html", context)


@require_http_methods(["GET", "POST"])
@office
def new_list(request: OfficeRequest) -> HttpResponse:
    """A file of a list: looked at first, then taken on its own page."""
    require(request.user, "licensing.import_screening", asked(request))
    posted: HttpRequest | None = request if request.method == "POST" else None
    form = ListFileForm(posted.POST, posted.FILES) if posted else ListFileForm(initial={"day": timezone.localdate()})
    authority = request.user.authority
    if form.is_bound and form.is_valid() and authority is not None:
        given = dict(form.cleaned_data)
        file = given.pop("file")
        upload = Upload(file.name, file.file, file.size)
        kept = attempt(
            form, lambda: send_screening_list(upload, authority, **given, actor=request.user, at=timezone.now())
        )
        if kept is not None:
            return sent(request, kept)
    context = {"form": form, "columns": column_rows(COLUMNS), "nav": "screening"}
    return render(request, "licensing/screening_new.html", context, status=422 if form.errors else 200)
