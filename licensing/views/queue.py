"""The queue: what is filed with the authority, by due day; and what is done to many cases at once."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_GET, require_POST

from core.models import SavedFilter, Team, User
from core.together import read_together
from core.workflow import HEAD, OFFICER, TransitionRefused
from law.problems import Problem
from licensing.filters import QueueFilter, options
from licensing.forms import officers_of
from licensing.forms.office import BulkForm, SavedFilterForm
from licensing.models import Application
from licensing.services import assign_application
from licensing.views.access import OfficeRequest, case_or_404, office
from licensing.views.casefile import CaseFile, checks_tab
from licensing.views.cells import RowDrawer
from licensing.views.keyset import PAGE, SIZES, Cursor, page_by_due
from licensing.views.rows import CSV_HEAD, Reader, csv_line, csv_response, read_values

COLUMNS = {
    "applicant": gettext_noop("Applicant"),
    "identifier": gettext_noop("BIN or IIN"),
    "kind": gettext_noop("Kind"),
    "act": gettext_noop("Asked for"),
    "state": gettext_noop("State"),
    "officer": gettext_noop("Officer"),
    "filed_on": gettext_noop("Filed"),
    "due_on": gettext_noop("Due"),
    "days": gettext_noop("Left"),
}
USUAL = ("applicant", "kind", "act", "state", "officer", "due_on", "days")
COOKIE = "queue_columns"
SAVED_LIMIT = 12
NOT_A_FILTER = ("cursor", "open", "size", "page")


@dataclass(frozen=True, slots=True)
class Refused:
    """One case of a bulk act that was left as it was, and why."""

    reference: str
    problems: tuple[Problem | dict[str, str], ...]


@require_GET
@office
def queue(request: OfficeRequest) -> HttpResponse:
    """Filters as in QueueFilter; `cursor` a place, `size` rows a page, `open` the row whose checks are shown."""
    user, now = request.user, timezone.now()
    people, saved = officers_of(user.authority_id), SavedFilter.objects.visible_to(user).filter(page="queue")
    teams = Team.objects.visible_to(user)
    read_together(people, saved, teams, known=[user])
    officers = [(one.pk, str(one)) for one in people]
    filters = queue_filter(request, officers, [(team.pk, team.name) for team in teams])
    size = next((n for n in SIZES if str(n) == request.GET.get("size")), PAGE)
    cursor = Cursor.read(request.GET.get("cursor", ""))
    page = page_by_due(read_values(filters.qs), cursor, size)
    shown, may_assign = shown_columns(request), user.role in (OFFICER, HEAD)
    drawer = RowDrawer(request, shown, may_assign=may_assign, opened=request.GET.get("open", ""))
    context = {
        "filters": filters.form,
        "table": drawer.table(Reader(timezone.localdate(now)).rows(page.rows)),
        "page": page,
        "sizes": SIZES,
        "size": size,
        "officers": options(officers),
        "saved": saved,
        "query": filter_query(request.GET),
        "columns": shown,
        "all_columns": [(name, _(label), (name, _(label)) in shown) for name, label in COLUMNS.items()],
        "filtered": bool(filter_query(request.GET)),
        "may_assign": may_assign,
        "opened": opened(user, request.GET.get("open", "")),
        "nav": "queue",
    }
    return render(request, "licensing/queue.html", context)


def queue_filter(request: OfficeRequest, officers: list[tuple[int, str]], teams: list[tuple[int, str]]) -> QueueFilter:
    rows = Application.objects.visible_to(request.user)
    return QueueFilter(request.GET, rows, request=request, officers=officers, teams=teams)


def opened(user: User, reference: str) -> dict[str, Any] | None:
    """The checks of the row opened in place."""
    if not reference:
        return None
    application = case_or_404(user, reference)
    file = CaseFile(application, user, timezone.now())
    shown = checks_tab(file)
    unsettled = [check for check in shown["checks"] if check["state"] != "met"]
    terms = [term for term in file.terms if not term["met_at"]]
    return {"reference": reference, "unsettled": unsettled, "tally": shown["tally"], "terms": terms}


def filter_query(given: QueryDict) -> str:
    """The filters of the page as a query, without place and look."""
    return urlencode([(k, v) for k, v in given.items() if v and k not in NOT_A_FILTER])


def shown_columns(request: OfficeRequest) -> list[tuple[str, str]]:
    """Columns chosen by this person and remembered in a cookie, in the table's order."""
    chosen = request.COOKIES.get(COOKIE, "").split(".")
    names = [name for name in COLUMNS if name in chosen] or list(USUAL)
    return [(name, _(COLUMNS[name])) for name in names]


@require_POST
@office
def columns(request: OfficeRequest) -> HttpResponse:
    """Remember which columns this person wants."""
    chosen = [name for name in COLUMNS if name in request.POST.getlist("column")]
    response = HttpResponseRedirect(back_to_queue(request))
    response.set_cookie(COOKIE, ".".join(chosen), max_age=365 * 24 * 3600, samesite="Lax", httponly=True)
    return response


def back_to_queue(request: OfficeRequest) -> str:
    """The queue as it was seen, if the form says so and it is ours."""
    there = request.POST.get("next", "")
    if there.startswith(reverse("queue")) and url_has_allowed_host_and_scheme(there, allowed_hosts=None):
        return there
    return reverse("queue")


@require_GET
@office
def queue_csv(request: OfficeRequest) -> HttpResponseBase:
    """Everything the filters find, streamed, in the order of the queue."""
    filters = QueueFilter(request.GET, Application.objects.visible_to(request.user), request=request, officers=[])
    reader = Reader(timezone.localdate())
    rows = read_values(filters.qs.order_by("due_on", "id")).iterator(chunk_size=500)
    return csv_response("queue", CSV_HEAD, (csv_line(reader.row(values)) for values in rows))


@require_POST
@office
def save_filter(request: OfficeRequest) -> HttpResponse:
    """Keep the filters as a tab; the same name is written over."""
    form = SavedFilterForm(request.POST)
    kept = SavedFilter.objects.visible_to(request.user).filter(page="queue")
    if not form.is_valid():
        messages.error(request, _("Give the tab a name of up to 60 letters."))
    elif kept.count() >= SAVED_LIMIT and not kept.filter(name=form.cleaned_data["name"]).exists():
        messages.error(request, _("You have twelve tabs already; delete one first."))
    else:
        query = filter_query(QueryDict(form.cleaned_data["query"]))
        SavedFilter.objects.update_or_create(
            user=request.user, page="queue", name=form.cleaned_data["name"], defaults={"query": query}
        )
        return HttpResponseRedirect(f"{reverse('queue')}?{query}")
    return HttpResponseRedirect(back_to_queue(request))


@require_POST
@office
def delete_filter(request: OfficeRequest, pk: int) -> HttpResponse:
    get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk, page="queue").delete()
    return HttpResponseRedirect(reverse("queue"))


@require_POST
@office
def bulk_assign(request: OfficeRequest) -> HttpResponse:
    """Give the ticked cases to one officer, each by the same act as alone; the refused are listed with reasons."""
    form = BulkForm(request.POST, references=request.POST.getlist("references"))
    if not form.is_valid():
        messages.error(request, _("Tick at least one case, and at most %(limit)s.") % {"limit": BulkForm.LIMIT})
        return HttpResponseRedirect(back_to_queue(request))
    to = form.cleaned_data["to"] or form.cleaned_data["officer"]
    officer = request.user if to == "me" else officer_or_404(request.user, to)
    given, refused = assign_many(request.user, form.cleaned_data["references"], officer)
    if given:
        done = ngettext("%(n)s case is assigned.", "%(n)s cases are assigned.", len(given)) % {"n": len(given)}
        messages.success(request, done)
    if not refused:
        return HttpResponseRedirect(back_to_queue(request))
    context = {"given": given, "refused": refused, "back": back_to_queue(request), "nav": "queue"}
    return render(request, "licensing/bulk_refused.html", context, status=200 if given else 409)


def officer_or_404(user: User, to: str) -> User | None:
    """The officer with this id in the reader's authority; None lays the cases back."""
    if not to:
        return None
    return get_object_or_404(officers_of(user.authority_id), pk=int(to) if to.isdecimal() and len(to) < 18 else 0)


def assign_many(actor: User, references: list[str], to: User | None) -> tuple[list[str], list[Refused]]:
    """(references assigned, what was refused and why): read in one query, done one by one with an event each."""
    found = {one.reference: one for one in Application.objects.visible_to(actor).filter(reference__in=references)}
    given, refused = [], []
    for reference in references:
        application = found.get(reference)
        if application is None:
            refused.append(Refused(reference, ({"message": _("There is no such case in your authority.")},)))
            continue
        try:
            assign_application(application, to=to, actor=actor, at=timezone.now())
            given.append(reference)
        except TransitionRefused as no:
            refused.append(Refused(reference, no.problems))
        except PermissionDenied:
            refused.append(Refused(reference, ({"message": _("Your role may not assign cases.")},)))
    return given, refused
