"""The public register: search, the page of a licence, and the whole of it as open data."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from core.days import dateshort, told
from core.forms import regions_lazy
from core.keyset import beyond
from core.limits import limited, wants_json
from core.models import Authority, Event
from core.models.base import PUBLIC
from core.regions import REGIONS
from core.services import allowed, require
from core.sheets import csv_lines
from core.views.account import attempt
from law.exchanges import AUTHORITIES
from law.provisions import titles
from law.publication import SERVICES
from licensing.forms.office import PublicationForm
from licensing.models import RegisterEntry
from licensing.models.licences import RegisterEntryQuerySet
from licensing.permits import kinds
from licensing.register_types import entry_kinds, entry_states, entry_types
from licensing.services import publish_entry
from licensing.views.access import OfficeRequest, office
from licensing.views.panels import REGISTER, licence_panels
from licensing.wording import event_title

PAGE, CAP = 25, 1_000
NAMES = ("name_kk", "name_ru", "name_en")
COLUMNS = ("number", "type", "kind", "authority", *NAMES, "identifier", "region", "standing", "since", "until")


def kind_name(code: str) -> str:
    """The name of a kind in the language of the page; the code of a kind no longer declared."""
    name = entry_kinds().get(code)
    return gettext(name) if name else code


def standing_label(code: str) -> str:
    """The state of a licence, a refusal or a warning as the public reads it."""
    known = entry_states().get(code)
    return gettext(known.applicant_label) if known else code


def type_name(code: str) -> str:
    known = entry_types().get(code)
    return gettext(known.name) if known else code


def type_choices() -> list[tuple[str, str]]:
    return [("", gettext("Any type")), *((code, gettext(one.name)) for code, one in entry_types().items())]


def kind_choices() -> list[tuple[str, str]]:
    return [("", gettext("Any kind")), *((code, gettext(name)) for code, name in entry_kinds().items())]


def authority_choices() -> list[tuple[str, str]]:
    """Those that keep permits; what each is called stands in the law's tables."""
    codes = dict.fromkeys(kind.authority for kind in kinds().values())
    return [("", gettext("Any authority")), *((code, gettext(AUTHORITIES[code])) for code in codes)]


def standing_choices() -> list[tuple[str, str]]:
    return [
        ("", gettext("Any state")),
        *((name, gettext(state.applicant_label)) for name, state in entry_states().items()),
    ]


class RegisterForm(forms.Form):
    """What narrows the register. A value that is not offered narrows nothing."""

    q = forms.CharField(required=False, max_length=200, label=_("Number, BIN or name"))
    type = forms.ChoiceField(required=False, choices=lazy(type_choices, list), label=_("Type"))
    kind = forms.ChoiceField(required=False, choices=lazy(kind_choices, list), label=_("Kind"))
    authority = forms.ChoiceField(required=False, choices=lazy(authority_choices, list), label=_("Authority"))
    region = forms.ChoiceField(required=False, choices=regions_lazy, label=_("Region"))
    standing = forms.ChoiceField(required=False, choices=lazy(standing_choices, list), label=_("State"))


def found(form: RegisterForm, rows: RegisterEntryQuerySet) -> RegisterEntryQuerySet:
    """The entries that the form asks for; fields with errors are passed over."""
    form.is_valid()
    given = form.cleaned_data
    if text := given.get("q"):
        rows = rows.found_by(text)
    exact = {name: given[name] for name in ("type", "kind", "region", "standing") if given.get(name)}
    if code := given.get("authority"):
        # By its number, looked up before: the index that serves the order begins with it.
        exact["authority"] = Authority.objects.filter(code=code).values_list("pk", flat=True).first() or 0
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
        "type": type_name(entry.type),
        "kind": kind_name(entry.kind),
        "address": address_of(entry),
        "said": sentence(entry, standing),
        "region": gettext(REGIONS[entry.region]) if entry.region in REGIONS else "",
        "standing": standing,
        "label": standing_label(standing),
    }


def address_of(entry: RegisterEntry) -> str:
    """Where an entry is read."""
    known = entry_types().get(entry.type)
    return reverse((known and known.page) or "register-entry", args=[entry.number])


def sentence(entry: RegisterEntry, standing: str) -> str:
    """How an entry reads in a list: from when to when it holds, or on which day it was decided."""
    days = {"since": dateshort(entry.since), "until": dateshort(entry.until)}
    if entry.licence_id is None:
        held = gettext("From %(since)s to %(until)s.") if entry.until else gettext("On %(since)s.")
    elif standing == "in_force":
        whole = gettext("In force from %(since)s to %(until)s.")
        held = whole if entry.until else gettext("In force from %(since)s, without end.")
    else:
        over = gettext("It was in force from %(since)s to %(until)s.")
        held = over if entry.until else gettext("In force from %(since)s.")
    return held % days


def plain(entry: RegisterEntry, standing: str) -> dict[str, Any]:
    """An entry as open data: codes, ISO days, the name in three languages."""
    return {
        "number": entry.number,
        "type": entry.type,
        "kind": entry.kind,
        "services": entry.services,
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
        "rule": entry.publication_ground.get("code"),
        "url": address_of(entry),
    }


@login_not_required
@require_safe
@vary_on_headers("Accept", "Accept-Language")
def register_entry(request: HttpRequest, number: str) -> HttpResponse:
    """One licence as the public may see it, made to be printed and cited."""
    rows = RegisterEntry.objects.visible_to(request.user).select_related("authority", "licence__organisation")
    entry = get_object_or_404(rows, number=number)
    if entry_types()[entry.type].page:
        return redirect(address_of(entry))
    line = line_of(entry, timezone.localdate())
    if wants_json(request):
        return JsonResponse(plain(entry, line["standing"]), json_dumps_params={"ensure_ascii": False})
    context = {**line, **licence_facts(entry), "today": timezone.localdate(), "nav": "register"}
    panels = licence_panels(REGISTER, entry.licence, request.user) if entry.licence else []
    context |= {"panels": panels, "publication_reason": gettext(entry.publication_reason)}
    context["may_decide"] = request.user.is_authenticated and allowed(request.user, "licensing.publish", entry)
    context["address_here"] = request.build_absolute_uri(reverse("register-entry", args=[entry.number]))
    return render(request, "public/register_entry.html", context)


@require_http_methods(["GET", "POST"])
@office
def register_publication(request: OfficeRequest, number: str) -> HttpResponse:
    """A head decides whether the public reads an entry; why and by whom it stands as it does."""
    rows = RegisterEntry.objects.visible_to(request.user).select_related("authority", "decided_by")
    entry = get_object_or_404(rows, number=number)
    require(request.user, "licensing.publish", entry)
    form = PublicationForm(request.POST or None)
    given: dict[str, Any] = {"actor": request.user, "at": timezone.now()}
    if request.method == "POST" and form.is_valid():
        given |= form.cleaned_data
        if attempt(form, partial(publish_entry, entry, **given)):
            messages.success(request, gettext("The publication decision is kept."))
            return redirect("register-entry", number=number)
    context = line_of(entry, timezone.localdate()) | {"form": form, "reason": gettext(entry.publication_reason)}
    return render(request, "licensing/publish_entry.html", context, status=409 if form.errors else 200)


def licence_facts(entry: RegisterEntry) -> dict[str, Any]:
    """What the page of an entry adds to its line: names, particulars, conditions, provisions, public events."""
    licence = entry.licence
    names = [(code, name) for code, name in entry.names.items() if name and name != entry.name]
    services = [gettext(SERVICES[code]) for code in entry.services if code in SERVICES]
    if licence is None:
        return {"licence": None, "other_names": names, "services": services}
    # Where the holder is a person, the particulars are his own address: they stand on the licence alone.
    open_facts = licence.particulars if licence.organisation.form == "legal_entity" else []
    events = Event.objects.of(licence).filter(audience=PUBLIC).order_by("id")[:50]
    return {
        "licence": licence,
        "other_names": names,
        "services": services,
        "firm": licence.organisation if licence.organisation.form == "legal_entity" else None,
        "particulars": [{"label": gettext(row["label"]), "value": shown(row["value"])} for row in open_facts],
        "conditions": licence.worded_conditions,
        "grounds": [{"ground": ground, "words": ground_words(ground)} for ground in licence.grounds],
        "events": [{"at": row.at, "words": event_title(row), "grounds": row.grounds} for row in events],
    }


def shown(value: object) -> str:
    """A particular as the licence keeps it: text, or a msgid; an empty text has no msgid."""
    return told(str(value)) if value else ""


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
