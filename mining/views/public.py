"""The public register of data centres: what the public sees of each, as pages, JSON and CSV."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from core.limits import limited, wants_json
from core.models import Event
from core.models.base import PUBLIC
from core.regions import REGIONS, ZONES
from core.sheets import csv_lines
from licensing.models import Licence
from licensing.views.keyset import Cursor, page_newest
from licensing.views.register import download
from licensing.wording import event_title
from mining.forms.centres import PublicCentresForm
from mining.models import SOURCES, DataCentre
from mining.models.hosting import HOSTED_KINDS
from mining.services.machines import read_totals, with_machines

PAGE = 25
COLUMNS = (
    *("reference", "name", "owner_kk", "owner_ru", "owner_en", "identifier", "address", "region", "zone"),
    *("megawatts", *SOURCES, "machines", "hash_rate", "machine_power", "state", "opened_on", "closed_on"),
)
MACHINE_COLUMNS = ("licence", "kind", "machines", "hash_rate", "machine_power")


def published() -> Any:
    """What the public sees, with the figures of the machines."""
    return with_machines(DataCentre.objects.published(), "centre").select_related("owner", "authority")


def machine_facts(row: Any) -> dict[str, Any]:
    """How many machines, hash rate in TH/s and power in kW as plain texts."""
    totals = read_totals(row)
    return {
        "machines": totals.machines,
        "hash_rate": f"{totals.hash_rate:f}",
        "machine_power": f"{totals.power:f}",
    }


def plain(row: DataCentre) -> dict[str, Any]:
    """A centre as open data."""
    more = {"sources": {code: str(part) for code, part in row.mix.items()}}
    return row.open_facts() | more | machine_facts(row) | {"url": reverse("register-centre", args=[row.reference])}


def line_of(row: DataCentre) -> dict[str, Any]:
    """A centre as the list and its page show it."""
    known = row.open_facts()
    return {
        "row": row,
        "region": gettext(REGIONS[row.region]),
        "zone": gettext(ZONES[row.zone]),
        "label": row.state_label,
        "tone": row.state_tone,
        "identifier": known["identifier"] or "",
        "address": known["address"] or "",
        "totals": read_totals(row),
    }


@login_not_required
@require_safe
@vary_on_headers("Accept", "Accept-Language")
def centres(request: HttpRequest) -> HttpResponse:
    """The published centres, newest first; JSON for programs. The same queries at any number."""
    form = PublicCentresForm(request.GET)
    form.is_valid()
    given = form.cleaned_data
    rows = published()
    rows = rows.filter(**{name: given[name] for name in ("region", "zone") if given.get(name)})
    if text := given.get("q"):
        rows = rows.found_by(text)
    page = page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE)
    if wants_json(request):
        query = request.GET.copy()
        query["cursor"] = page.next
        address = request.build_absolute_uri(f"{reverse('register-centres')}?{query.urlencode()}")
        body = {"results": [plain(row) for row in page.rows], "next": address if page.next else None}
        return JsonResponse(body, json_dumps_params={"ensure_ascii": False})
    context = {"form": form, "lines": [line_of(row) for row in page.rows], "page": page, "nav": "register"}
    return render(request, "mining/register_centres.html", context | {"narrowed": any(given.values())})


@login_not_required
@require_safe
@vary_on_headers("Accept", "Accept-Language")
def centre(request: HttpRequest, reference: str) -> HttpResponse:
    """One published centre with its public history."""
    row = get_object_or_404(published(), reference=reference)
    if wants_json(request):
        return JsonResponse(plain(row), json_dumps_params={"ensure_ascii": False})
    events = Event.objects.of(row).filter(audience=PUBLIC).order_by("id")[:50]
    context = line_of(row) | {
        "sources": [(SOURCES[code], part * 100) for code, part in row.mix.items()],
        "events": [{"at": event.at, "words": event_title(event)} for event in events],
        "today": timezone.localdate(),
        "address_here": request.build_absolute_uri(),
        "nav": "register",
    }
    return render(request, "mining/register_centre.html", context)


def open_rows() -> Iterator[list[str]]:
    """Every published centre as texts in the order of COLUMNS, read by a cursor of the server."""
    for row in published().order_by("-id").iterator(chunk_size=2_000):
        facts = {**plain(row), **{f"owner_{code}": name for code, name in row.owner.names.items()}, **row.mix}
        yield [str("" if facts.get(name) is None else facts[name]) for name in COLUMNS]


@login_not_required
@require_safe
@limited("open-data", per_minute=10)
def centres_csv(request: HttpRequest) -> HttpResponseBase:
    """The whole register of data centres as CSV, streamed."""
    return download(csv_lines(COLUMNS, open_rows()), "text/csv; charset=utf-8", "data-centres.csv")


def licence_rows() -> Iterator[list[str]]:
    """Each published mining licence under which machines are registered, as texts in the order of MACHINE_COLUMNS."""
    rows = Licence.objects.filter(kind__in=HOSTED_KINDS, register_entry__published=True)
    found = with_machines(rows, "licence").filter(machine_count__gt=0).order_by("-id")
    for row in found.iterator(chunk_size=2_000):
        facts = {"licence": row.number, "kind": row.kind, **machine_facts(row)}
        yield [str(facts[name]) for name in MACHINE_COLUMNS]


@login_not_required
@require_safe
@limited("open-data", per_minute=10)
def machines_csv(request: HttpRequest) -> HttpResponseBase:
    """Machines by licence as CSV, streamed: figures of published entries, no machine and no owner."""
    return download(csv_lines(MACHINE_COLUMNS, licence_rows()), "text/csv; charset=utf-8", "machines-by-licence.csv")
