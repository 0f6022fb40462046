"""Which bank or postal operator serves which licence: for officials, for holders of licences, for banks."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from core.days import dateshort
from core.models import User
from core.services import allowed
from core.templatetags.tizilim import bin_groups
from core.views import reader
from core.views.account import attempt
from exchanges import services
from exchanges.forms.rails import EndRailForm, RailForm, RailsForm, RateRailForm, ServicerForm, clients_of
from exchanges.models import RailLink, RailRating, Servicer
from exchanges.models.rails import rated
from licensing.views.deeds import Deed, Desk, by_provider, desk_list, file_context, line, newest
from licensing.views.register import kind_name


def find(user: User, reference: str) -> RailLink:
    people = ("authority", "organisation", "licence", "servicer__organisation")
    return get_object_or_404(RailLink.objects.visible_to(user).select_related(*people), reference=reference)


DESK = Desk(
    find,
    "rail",
    "rails",
    (
        Deed(
            "rate",
            gettext_noop("Rate the risk"),
            gettext_noop("The rating is kept."),
            RateRailForm,
            services.rate_rail,
            "exchanges.rate_rail",
            ("held",),
            gettext_noop("The authority reads it; the client does not."),
        ),
        Deed(
            "end",
            gettext_noop("End the account"),
            gettext_noop("The account has ended."),
            EndRailForm,
            services.end_rail,
            "exchanges.end_rail",
            ("held",),
            gettext_noop("The register no longer shows it as serving the licence."),
        ),
    ),
)


def may_enter(user: User) -> bool:
    """An official of the authority of a provider, or whoever acts for one."""
    if user.is_official:
        return allowed(user, "exchanges.enter_servicer", Servicer(authority=user.authority))
    return bool(clients_of(user))


@require_safe
def rails(request: HttpRequest) -> HttpResponse:
    """The accounts that one may see, the newest first."""
    user, form = reader(request), RailsForm(request.GET)
    form.is_valid()
    given, rows = form.cleaned_data, RailLink.objects.visible_to(user)
    if given.get("state"):
        rows = rows.filter(state=given["state"])
    rows = by_provider(rows, given.get("q") or "")
    people = ("organisation", "licence", "servicer__organisation")
    page = newest(request, rows.select_related(*people))
    risks = rated(RailRating.objects.visible_to(user).filter(link__in=[row.pk for row in page.rows]))
    adds = [(reverse("rail-new"), _("Enter an account"))] if may_enter(user) else []
    if user.is_official:
        adds.append((reverse("servicers"), _("Banks and postal operator")))
    return desk_list(
        request,
        form,
        page,
        [line_of(row, risks.get(row.pk), user) for row in page.rows],
        title=_("Accounts of providers"),
        lead=_("Which bank or postal operator serves which licence, from which day to which."),
        adds=adds,
        heads=[_("Licence holder"), _("Bank or postal operator"), _("From"), _("Last day"), _("Risk")],
        nothing=_("The holder of a licence declares an account here or by API, or an official enters it."),
        nav="rails",
    )


def line_of(row: RailLink, rating: RailRating | None, user: User) -> dict[str, Any]:
    holder = f"{row.organisation.name} · {row.licence.number}"
    days = [dateshort(row.from_on), dateshort(row.to_on) if row.to_on else "–"]
    cells = [holder, row.servicer.organisation.name, *days, rating.risk_label if rating else "–"]
    return line("rail", row, cells, user)


@require_http_methods(["GET", "POST"])
def new_rail(request: HttpRequest) -> HttpResponse:
    """Declare an account, or enter one; everything against it is told at once, with its article."""
    user = reader(request)
    if not may_enter(user):
        raise PermissionDenied("exchanges.enter_rail")
    form = RailForm(request.POST if request.method == "POST" else None, user=user, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {**form.cleaned_data, "actor": user, "at": timezone.now()}
        licence = given.pop("licence")
        if row := attempt(form, lambda: services.enter_rail(licence, **given)):
            messages.success(request, _("The account is entered."))
            return redirect("rail", reference=row.reference)
    context = {"form": form, "title": _("Enter an account"), "index": (reverse("rails"), _("Accounts of providers"))}
    return render(request, "licensing/new_record.html", context | {"nav": "rails"}, status=409 if form.errors else 200)


@require_safe
def rail(request: HttpRequest, reference: str) -> HttpResponse:
    """One account: its days, who serves whom, how the servicer rates its client, what it was told."""
    row = find(reader(request), reference)
    ratings = RailRating.objects.visible_to(reader(request)).filter(link=row).order_by("-rated_on", "-id")[:50]
    holder = format_html("{} · {}", row.organisation.name, bin_groups(row.organisation.identifier))
    context = file_context(request, row, DESK, ("rails", gettext_noop("Accounts of providers"))) | {
        "title": row.servicer.organisation.name,
        "sub": f"{row.servicer.kind_label} · {row.licence.number} · {kind_name(row.licence.kind)}",
        "facts": [
            (_("Licence holder"), holder),
            (_("Licence"), f"{row.licence.number} · {row.licence.state_label}"),
            (_("Regions"), ", ".join(row.region_names) or _("the whole country")),
            (_("From"), dateshort(row.from_on)),
            (_("Where this is known from"), row.source),
            *([(_("Last day"), f"{dateshort(row.to_on)} · {row.end_source}")] if row.to_on else []),
        ],
        "parts": [{"title": _("Risk as rated by the servicer"), "rows": [rating_line(one) for one in ratings]}],
        "grounds": row.grounds,
    }
    return render(request, "licensing/desk_file.html", context)


def rating_line(row: RailRating) -> tuple[str, str]:
    measures = f"\n{_('Enhanced measures')}: {row.measures}" if row.measures else ""
    return f"{dateshort(row.rated_on)} · {row.risk_label}", f"{row.reason}{measures}"


@require_http_methods(["GET", "POST"])
def servicers(request: HttpRequest) -> HttpResponse:
    """Banks and the postal operator as entered, and the form that enters one more. For officials."""
    user = reader(request)
    if not user.is_official or user.authority is None:
        return redirect("rails")
    authority, may = user.authority, may_enter(user)
    if request.method == "POST" and not may:
        raise PermissionDenied("exchanges.enter_servicer")
    form = ServicerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {**form.cleaned_data, "actor": user, "at": timezone.now()}
        if attempt(form, lambda: services.enter_servicer(authority, **given)):
            messages.success(request, _("It is entered."))
            return redirect("servicers")
    rows = Servicer.objects.visible_to(user).select_related("organisation").order_by("pk")
    context = {"form": form if may else None, "rows": rows[:200], "nav": "rails"}
    return render(request, "exchanges/servicers.html", context, status=409 if form.errors else 200)
