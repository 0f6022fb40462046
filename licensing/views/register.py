"""The public register: search, the page of a licence, and the whole of it as open data."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from core.forms import regions_lazy
from core.keyset import beyond
from core.limits import limited, wants_json
from core.models import Event
from core.models.base import PUBLIC
from core.regions import REGIONS
from core.sheets import csv_lines
from law.provisions import titles
from licensing.models import RegisterEntry
from licensing.models.licences import RegisterEntryQuerySet
from licensing.permits import kinds
from licensing.views.panels import REGISTER, licence_panels
from licensing.wording import event_title
from licensing.workflow import LICENCE

PAGE, CAP = 25, 1_000
NAMES = ("name_kk", "name_ru", "name_en")
COLUMNS = ("number", "kind", "authority", *NAMES, "identifier", "region", "standing", "since", "until")


def kind_name(code: str) -> str:
    """The name of a permit kind in the language of the page; the code of a kind no longer declared."""
    known = kinds().get(code)
    return gettext(known.name) if known else code


def standing_label(code: str) -> str:
    """The state of a licence as the public reads it."""
    known = next((state for state in LICENCE.states if state.name == code), None)
    return gettext(known.applicant_label) if known else code


def kind_choices() -> list[tuple[str, str]]:
    return [("", gettext("Any kind")), *((code, gettext(kind.name)) for code, kind in kinds().items())]


def standing_choices() -> list[tuple[str, str]]:
    return [("", gettext("Any state")), *((state.name, gettext(state.applicant_label)) for state in LICENCE.states)]


class RegisterForm(forms.Form):
    """What narrows the register. A value that is not offered narrows nothing."""

    q = forms.CharField(required=False, max_length=200, label=_("Number, BIN or name"))
    kind = forms.ChoiceField(required=False, choices=lazy(kind_choices, list), label=_("Kind"))
    region = forms.ChoiceField(required=False, choices=regions_lazy, label=_("Region"))
    standing = forms.ChoiceField(required=False, choices=lazy(standing_choices, list), label=_("State"))


def found(form: RegisterForm, rows: RegisterEntryQuerySet) -> RegisterEntryQuerySet:
    """The entries that the form asks for; fields with errors are passed over."""
    form.is_valid()
    given = form.cleaned_data
    if text := given.get("q"):
        rows = rows.found_by(text)
    exact = {name: given[name] for name in ("kind", "region", "standing") if given.get(name)}
    return rows.filter(**exact)


def after(rows: RegisterEntryQuerySet, cursor: str) -> RegisterEntryQuerySet:
    """The entries behind a cursor `2026-03-27.15` in the order (-since, -id); a broken cursor is the first page."""
    day, _dot, pk = cursor.partition(".")
    try:
        since, last = date.fromisoformat(day), int(pk[:18])
    except ValueError:
        return rows
    return rows.filter(beyond(("since", "id"), (since, last), falling=True))


@login_not_required
@require_safe
@vary_on_headers("Accept", "Accept-Language")
def register(request: HttpRequest) -> HttpResponse:
    """One search box, filters, keyset pages; JSON for programs. The same few queries at any size."""
    form = RegisterForm(request.GET)
    rows = found(form, RegisterEntry.objects.visible_to(request.user))
    cursor = request.GET.get("cursor", "")
    page = list(after(rows, cursor).select_related("authority").order_by("-since", "-id")[: PAGE + 1])
    following = f"{page[PAGE - 1].since.isoformat()}.{page[PAGE - 1].pk}" if len(page) > PAGE else ""
    lines = [line_of(entry, timezone.localdate()) for entry in page[:PAGE]]
    if wants_json(request):
        return register_json(request, lines, following)
    count = len(lines) if not cursor and not following else rows.order_by()[: CAP + 1].count()
    context = {"form": form, "lines": lines, "next": following, "cursor": cursor, "nav": "register"}
    context |= {"count": min(count, CAP), "more": count > CAP, "narrowed": any(form.cleaned_data.values())}
    return render(request, "public/register.html", context)


def register_json(request: HttpRequest, lines: list[dict[str, Any]], following: str) -> JsonResponse:
    query = request.GET.copy()
    query["cursor"] = following
    address = request.build_absolute_uri(f"{reverse('register')}?{query.urlencode()}") if following else None
    body = {"results": [plain(line["entry"], line["standing"]) for line in lines], "next": address}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def standing_on(entry: RegisterEntry, today: date) -> str:
    """How the entry stands today: one whose last day has passed is not in force, whatever the sweep has reached."""
    if entry.standing == "in_force" and entry.until and entry.until < today:
        return "expired"
    return entry.standing


def line_of(entry: RegisterEntry, today: date) -> dict[str, Any]:
    standing = standing_on(entry, today)
    return {
        "entry": entry,
        "kind": kind_name(entry.kind),
        "region": gettext(REGIONS[entry.region]) if entry.region in REGIONS else "",
        "standing": standing,
        "label": standing_label(standing),
    }


def plain(entry: RegisterEntry, standing: str) -> dict[str, Any]:
    """An entry as open data: codes, ISO days, the name in three languages."""
    return {
        "number": entry.number,
        "kind": entry.kind,
        "authority": entry.authority.code,
        "names": entry.names,
        "identifier": entry.identifier or None,
        "region": entry.region or None,
        "standing": standing,
        "since": entry.since.isoformat(),
        "until": entry.until.isoformat() if entry.until else None,
        "standing_since": entry.standing_since.isoformat() if entry.standing_since else None,
        "standing_until": entry.standing_until.isoformat() if entry.standing_until else None,
        "reason": entry.ground.get("code"),
        "url": reverse("register-entry", args=[entry.number]),
    }


@login_not_required
@require_safe
@vary_on_headers("Accept", "Accept-Language")
def register_entry(request: HttpRequest, number: str) -> HttpResponse:
    """One licence as the public may see it, made to be printed and cited."""
    rows = RegisterEntry.objects.visible_to(request.user).select_related("authority", "licence__organisation")
    entry = get_object_or_404(rows, number=number)
    line = line_of(entry, timezone.localdate())
    if wants_json(request):
        return JsonResponse(plain(entry, line["standing"]), json_dumps_params={"ensure_ascii": False})
    context = {**line, **licence_facts(entry), "today": timezone.localdate(), "nav": "register"}
    panels = licence_panels(REGISTER, entry.licence, request.user) if entry.licence else []
    context["panels"] = panels
    context["address"] = request.build_absolute_uri(reverse("register-entry", args=[entry.number]))
    return render(request, "public/register_entry.html", context)


def licence_facts(entry: RegisterEntry) -> dict[str, Any]:
    """What the page of an entry adds to its line: names, particulars, conditions, provisions, public events."""
    licence = entry.licence
    names = [(code, name) for code, name in entry.names.items() if name and name != entry.name]
    if licence is None:
        return {"licence": None, "other_names": names}
    # Where the holder is a person, the particulars are his own address: they stand on the licence alone.
    open_facts = licence.particulars if licence.organisation.form == "legal_entity" else []
    events = Event.objects.of(licence).filter(audience=PUBLIC).order_by("id")[:50]
    return {
        "licence": licence,
        "other_names": names,
        "particulars": [{"label": gettext(row["label"]), "value": shown(row["value"])} for row in open_facts],
        "conditions": licence.worded_conditions,
        "grounds": [{"ground": ground, "words": ground_words(ground)} for ground in licence.grounds],
        "events": [{"at": row.at, "words": event_title(row), "grounds": row.grounds} for row in events],
    }


def shown(value: object) -> str:
    """A particular as the licence keeps it: text, or a msgid; an empty text has no msgid."""
    return gettext(str(value)) if value else ""


def ground_words(ground: Mapping[str, Any]) -> str:
    """What a stored ground says, in the language of the page: its rule's title, and its value where it has one."""
    title = titles().get(str(ground.get("code", "")))
    value = ground.get("value")
    words = [gettext(title)] if title else []
    if isinstance(value, int | str) and not isinstance(value, bool) and value != "":
        unit = gettext(str(ground["unit"])) if ground.get("unit") else ""
        words.append(f"{gettext(str(value))} {unit}".strip())
    return ": ".join(words)


def open_rows() -> Iterator[list[str]]:
    """Every published entry as texts in the order of COLUMNS, read by a cursor of the server."""
    today = timezone.localdate()
    rows = RegisterEntry.objects.filter(published=True).select_related("authority").order_by("-since", "-id")
    for entry in rows.iterator(chunk_size=2_000):
        facts = {**plain(entry, standing_on(entry, today)), **{f"name_{k}": v for k, v in entry.names.items()}}
        yield [str(facts[name] or "") for name in COLUMNS]


@login_not_required
@require_safe
@limited("open-data", per_minute=10)
def register_csv(request: HttpRequest) -> HttpResponseBase:
    """The whole register as CSV, streamed."""
    return download(csv_lines(COLUMNS, open_rows()), "text/csv; charset=utf-8", "register.csv")


@login_not_required
@require_safe
@limited("open-data", per_minute=10)
def register_bulk(request: HttpRequest) -> HttpResponseBase:
    """The whole register as one JSON list, streamed."""

    def parts() -> Iterator[str]:
        yield "["
        for index, row in enumerate(open_rows()):
            facts = {name: cell or None for name, cell in zip(COLUMNS, row, strict=True)}
            yield ("," if index else "") + "\n" + json.dumps(facts, ensure_ascii=False)
        yield "\n]\n"

    return download(parts(), "application/json", "register.json")


def download(parts: Iterator[str], media_type: str, filename: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(parts, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
