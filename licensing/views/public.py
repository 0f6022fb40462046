"""Open pages of the procedure: the front page and the verification of a licence."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.limits import limited, wants_json
from core.services.files import TOO_LARGE, refuse
from law.provisions import NotInForce, provision, provisions
from licensing import services
from licensing.models import Application, Licence, RegisterEntry
from licensing.views.register import kind_name, line_of, standing_label
from licensing.wording import paper_facts

FORM_MARGIN = 64 * 1024  # bytes that a form takes around its file
DRAINED = 32 * 1024 * 1024
CAP = 10_000  # a count goes no further, so that the front page costs the same with any register


def capped(rows: QuerySet[Any]) -> dict[str, Any]:
    """How many rows there are, counted up to CAP."""
    number = rows.order_by()[: CAP + 1].count()
    return {"number": min(number, CAP), "more": number > CAP}


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, one search box, the ways in, and figures that are true now."""
    today = timezone.localdate()
    entries = RegisterEntry.objects.filter(published=True)
    try:
        term = provision("permit.decision", today)
    except NotInForce:
        term = None
    rules = provisions(today)
    context = {
        "in_force": capped(entries.filter(standing="in_force")),
        "this_year": capped(entries.filter(since__gte=date(today.year, 1, 1))),
        "under_review": capped(Application.objects.open()),
        "year": today.year,
        "newest": [line_of(one, today) for one in entries.select_related("authority").order_by("-since", "-id")[:4]],
        "term": term,
        "rules": len(rules),
        "unconfirmed_rules": sum(not rule.is_confirmed for rule in rules),
    }
    return render(request, "public/home.html", context)


def normal_code(text: str) -> str:
    """A verification code as it is kept, from one typed in any case, with spaces, or without its hyphens."""
    plain = "".join(c for c in text.upper() if c.isascii() and c.isalnum())[:40]
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


@login_not_required
@csrf_exempt  # it changes nothing; and the check would take in the whole file before its size is looked at
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_form(request: HttpRequest) -> HttpResponse:
    """Asks for the code of a licence or for a PDF, and judges the PDF."""
    if request.method == "POST":
        return verify_paper(request)
    if code := normal_code(request.GET.get("code", "")):
        return redirect("verify", code=code)
    return render(request, "public/verify_form.html", {"nav": "verify-form", "asked": "code" in request.GET})


@limited("verify-paper", per_minute=10)
def verify_paper(request: HttpRequest) -> HttpResponse:
    """Whether a PDF was printed here and is unchanged. The file is read, never kept."""
    limit = settings.VERIFY_LIMIT
    if int(request.META.get("CONTENT_LENGTH") or 0) > limit + FORM_MARGIN:
        request.read(DRAINED)  # else the sender's connection breaks before he hears why
        raise refuse("file-too-large", TOO_LARGE, limit=limit // 1024 // 1024)
    file = request.FILES.get("file")
    if file is None or not file.size:
        return render(request, "public/verify_form.html", {"nav": "verify-form", "no_file": True}, status=400)
    if file.size > limit:
        raise refuse("file-too-large", TOO_LARGE, limit=limit // 1024 // 1024)
    at = timezone.now()
    paper = services.examine_paper(file.read(), at=at)
    said = gettext(services.SAID[paper.verdict])
    if wants_json(request):
        return JsonResponse(paper_facts(paper))
    return render(request, "public/verify_paper.html", {"paper": paper, "said": said, "at": at, "nav": "verify-form"})


@login_not_required
@require_safe
@never_cache
@limited("verify", per_minute=30)
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Whether the licence with this code is genuine, and how it stands today. The code is drawn by lot: it is proof."""
    given = normal_code(code)
    licence = Licence.objects.select_related("organisation", "authority", "register_entry").filter(code=given).first()
    facts = verified(licence, timezone.localdate()) if licence else None
    if wants_json(request):
        body = {"code": given, "genuine": licence is not None, **(facts or {})}
        return JsonResponse(body, status=200 if licence else 404)
    context = {"code": given, "licence": licence, "facts": facts, "nav": "verify-form", "at": timezone.now()}
    return render(request, "public/verify.html", context, status=200 if licence else 404)


def verified(licence: Licence, today: date) -> dict[str, Any]:
    """What is confirmed, as plain data with ISO days. The holder of a withheld entry is not named."""
    entry = getattr(licence, "register_entry", None)
    public = entry is not None and entry.published
    state = licence.state
    if state == "in_force" and licence.valid_to and licence.valid_to < today:
        state = "expired"  # its day has passed, whatever the sweep has reached
    holder = licence.organisation
    return {
        "number": licence.number,
        "kind": licence.kind,
        "kind_name": kind_name(licence.kind),
        "state": state,
        "state_name": standing_label(state),
        "in_force_today": state == "in_force" and licence.valid_from <= today,
        "on": today.isoformat(),
        "authority": licence.authority.name,
        "holder": holder.name if public else None,
        "holder_identifier": holder.identifier if public and holder.form == "legal_entity" else None,
        "granted_on": licence.granted_on.isoformat(),
        "valid_from": licence.valid_from.isoformat(),
        "valid_to": licence.valid_to.isoformat() if licence.valid_to else None,
        "ended_on": licence.ended_on.isoformat() if licence.ended_on else None,
        "published": public,
    }
