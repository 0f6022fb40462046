"""Matches of screening in the office: the list of one's authority, and the file of one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

from core.models import Event
from licensing.models import ScreeningMatch
from licensing.services.screening import HOW
from licensing.views.access import OfficeRequest, office
from licensing.views.acts.match import ACTS, find
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.wording import timeline_row

TABS = {
    "open": gettext_noop("To decide"),
    "confirmed": gettext_noop("Confirmed"),
    "cleared": gettext_noop("Cleared"),
}


@require_safe
@office
def matches(request: OfficeRequest) -> HttpResponse:
    """Those of one's authority in a state, the newest first."""
    asked = request.GET.get("show", "")
    show = asked if asked in TABS else "open"
    rows = ScreeningMatch.objects.visible_to(request.user).filter(state=show)
    rows = rows.select_related("person", "entry__list", "organisation")
    context = {
        "page": page_newest(rows, Cursor.read(request.GET.get("cursor", "")), PAGE),
        "show": show,
        "tabs": [(name, gettext(label)) for name, label in TABS.items()],
        "nav": "screening-matches",
    }
    return render(request, "licensing/matches.html", context)


@require_safe
@office
def match(request: OfficeRequest, reference: str) -> HttpResponse:
    """The person and the entry side by side, how their names met, the acts, the history."""
    row = find(request.user, reference)
    events = Event.objects.of(row).visible_to(request.user).select_related("actor", "on_behalf_of")
    context = {
        "row": row,
        "why": reasons(row.explanation),
        "offers": ACTS.offered(row, request.user, timezone.now()),
        "events": [timeline_row(event) for event in events.order_by("-id")[:100]],
        "nav": "screening-matches",
    }
    return render(request, "licensing/match.html", context)


def reasons(explanation: dict[str, Any]) -> list[str]:
    """Why a person met an entry, word by word, in the reader's language."""
    if "number" in explanation:
        return [gettext("The number is the same: %(number)s") % {"number": explanation["number"]}]
    told = [f"{pair['one']} – {pair['other']}: {gettext(HOW[pair['how']])}" for pair in explanation.get("met", ())]
    apart = [*explanation.get("only_one", ()), *explanation.get("only_other", ())]
    return [*told, gettext("in one of the two names alone: %(words)s") % {"words": ", ".join(apart)}] if apart else told
