"""The register of mining machines in the browser: for officials all of it, for owners their own."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from core.models.base import pick_name
from core.services import Upload, keep_row_file
from core.views import reader
from core.views.rowfiles import column_rows, sent
from law.problems import Problem
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.views.rows import csv_response
from mining import services
from mining.forms.registers import ChangeForm, RowFileForm
from mining.models import Machine
from mining.models.machines import NUMBER
from mining.services.keeping import authority_of
from mining.services.machine_rows import MACHINE_COLUMNS, MACHINES
from mining.services.machines import history_of
from mining.views import attempt, nav_of

FIELDS = (
    "pk", "serial", "manufacturer", "model", "hash_rate", "power", "centre__reference", "owner__identifier",
    "owner__name_kk", "owner__name_ru", "owner__name_en", "included_on", "excluded_on",
)  # fmt: skip
SHOW = {
    "": gettext_noop("In the register"),
    "asked": gettext_noop("Asked for, not decided"),
    "out": gettext_noop("Out of the register"),
    "all": gettext_noop("All"),
}
STANDINGS = {
    "registered": (gettext_noop("In the register"), "good"),
    "asked": (gettext_noop("Asked for"), "waiting"),
    "out": (gettext_noop("Out of the register"), "neutral"),
    "refused": (gettext_noop("Refused"), "bad"),
}
CSV_HEAD = (
    gettext_noop("Number"), gettext_noop("Manufacturer"), gettext_noop("Model"), gettext_noop("Serial number"),
    gettext_noop("Hash rate, TH/s"), gettext_noop("Power, kW"), gettext_noop("Data centre"), gettext_noop("BIN or IIN"),
    gettext_noop("Owner"), gettext_noop("In the register from"), gettext_noop("Out of the register from"),
)  # fmt: skip


def found(request: HttpRequest) -> Any:
    """The machines that the filters of the page find."""
    rows = Machine.objects.visible_to(request.user)
    show, given = request.GET.get("show", ""), request.GET
    if show == "asked":
        rows = rows.filter(included_on=None, excluded_on=None)
    elif show == "out":
        rows = rows.filter(excluded_on__isnull=False)
    elif show != "all":
        rows = rows.registered()
    if filing := given.get("filing", "").replace("\x00", ""):
        rows = rows.filter(filing__reference=filing) | rows.filter(steps__filing__reference=filing)
    if centre := given.get("centre", "").replace("\x00", "").strip():
        rows = rows.filter(centre__reference=centre.upper())
    return rows.found_by(given.get("q", "").replace("\x00", "").strip())


@require_GET
def machines(request: HttpRequest) -> HttpResponse:
    """The newest first; `q` finds by serial number or number in the register, `show` by standing, `centre` by place."""
    page = page_newest(found(request).values_list(*FIELDS), Cursor.read(request.GET.get("cursor", "")), PAGE)
    context = {
        "rows": [line(row) for row in page.rows],
        "page": page,
        "shows": [(code, _(label)) for code, label in SHOW.items()],
        "given": {name: request.GET.get(name, "") for name in ("q", "show", "centre", "filing")},
        **nav_of(request, "machines"),
    }
    return render(request, "mining/machines.html", context)


def line(row: Any) -> dict[str, Any]:
    pk, serial, manufacturer, model, rate, power, centre, identifier, kk, ru, en, included, excluded = row
    machine = Machine(pk=pk, included_on=included, excluded_on=excluded)
    label, tone = STANDINGS[machine.standing]
    return {
        "number": machine.number,
        "serial": serial,
        "manufacturer": manufacturer,
        "model": model,
        "hash_rate": rate,
        "power": power,
        "centre": centre,
        "identifier": identifier,
        "owner": pick_name(kk, ru, en),
        "included_on": included,
        "excluded_on": excluded,
        "standing": machine.standing,
        "label": _(label),
        "tone": tone,
    }


@require_GET
def machines_csv(request: HttpRequest) -> HttpResponseBase:
    """Everything the filters find, streamed."""
    return csv_response("machines", CSV_HEAD, csv_rows(found(request)))


def csv_rows(rows: Any) -> Iterator[tuple[Any, ...]]:
    for row in rows.order_by("id").values_list(*FIELDS).iterator(chunk_size=1000):
        one = line(row)
        yield (
            one["number"], one["manufacturer"], one["model"], one["serial"], one["hash_rate"], one["power"],
            one["centre"], one["identifier"], one["owner"], one["included_on"], one["excluded_on"],
        )  # fmt: skip


@require_GET
def machine(request: HttpRequest, number: str) -> HttpResponse:
    """One machine: whose, where, since when; and what was changed of it."""
    known = NUMBER.fullmatch(number)
    if known is None:
        raise Http404
    rows = Machine.objects.visible_to(request.user).select_related("owner", "centre", "licence", "filing__decided_by")
    row = get_object_or_404(rows, pk=int(known[1]))
    label, tone = STANDINGS[row.standing]
    context = {"machine": row, "label": _(label), "tone": tone, "history": history_of(row)}
    return render(request, "mining/machine.html", context | nav_of(request, "machines"))


@require_http_methods(["GET", "POST"])
def new_machines(request: HttpRequest) -> HttpResponse:
    """A file of machines to be entered: looked at first, then asked for by its sender."""
    user = reader(request)
    problems: tuple[Problem, ...] = ()
    form = RowFileForm(*given(request), user=user)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        file, problems = attempt(
            lambda: keep_row_file(
                MACHINES,
                Upload(upload.name, upload.file, upload.size),
                authority=authority_of(user),
                organisation=form.cleaned_data["organisation"],
                actor=user,
                at=timezone.now(),
            )
        )
        if file is not None:
            return sent(request, file)
    context = {"form": form, "problems": problems, "columns": column_rows(MACHINE_COLUMNS)}
    return render(
        request, "mining/new_machines.html", context | nav_of(request, "machines"), status=status(form, problems)
    )


def given(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def status(form: Any, problems: Any) -> int:
    return 409 if problems else 422 if form.errors else 200


@require_http_methods(["GET", "POST"])
def change_machines(request: HttpRequest) -> HttpResponse:
    """Ask that machines leave the register, move or pass to another owner."""
    user = reader(request)
    problems: tuple[Problem, ...] = ()
    form = ChangeForm(given(request)[0], user=user, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        asked = {**form.cleaned_data, "authority": authority_of(user), "actor": user, "at": timezone.now()}
        owner = asked.pop("organisation")
        file, problems = attempt(
            lambda: services.change_machines(owner, asked.pop("numbers"), asked.pop("act"), **asked)
        )
        if file is not None:
            return redirect("machine-filing", reference=file.made)
    context = {"form": form, "problems": problems, **nav_of(request, "machines")}
    return render(request, "mining/change_machines.html", context, status=status(form, problems))
