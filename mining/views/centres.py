"""Data centres in the office: the list, its export, entering one, and the file of one."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import DecimalField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.models import Event, Obligation, User
from core.regions import REGIONS, ZONES
from core.services import allowed
from core.sheets import csv_lines
from core.views import reader
from core.workflow import TransitionRefused
from law import standards
from licensing.models import Application
from licensing.views.access import OfficeRequest, case_or_404, office
from licensing.views.keyset import PAGE, Cursor, page_newest
from licensing.views.register import download
from licensing.views.terms import term_rows
from licensing.wording import timeline_row
from mining import services
from mining.forms.centres import CentresForm, NewCentreForm
from mining.models import SOURCES, Assessment, DataCentre, Hosting, Machine
from mining.models.hosting import fullest
from mining.services.hosting import let_today
from mining.services.machines import totals_of
from mining.views import nav_of
from mining.views.acts.centre import ACTS, find

OUTCOME_TONES = {standards.MEETS: "good", standards.REMARKS: "waiting", standards.FAILS: "bad"}
COLUMNS = (
    *("reference", "name", "owner", "identifier", "region", "zone", "address", "state", "megawatts", "let_today"),
    *("cells", "grid_connection", "grid_megawatts", *(f"{code}_share" for code in SOURCES)),
    *("latitude", "longitude", "opened_on", "closed_on", "result", "assessed_on", "published"),
)


def narrowed(form: CentresForm, rows: "QuerySet[DataCentre]") -> "QuerySet[DataCentre]":
    """The centres that the form asks for, with what is let today and the last result."""
    form.is_valid()
    given = form.cleaned_data
    if text := given.get("q"):
        rows = rows.found_by(text)  # type: ignore[attr-defined]  # our own QuerySet
    found: Any = with_figures(
        rows.filter(**{name: given[name] for name in ("region", "zone", "state") if given.get(name)})
    )
    if result := given.get("result"):
        found = found.filter(outcome__isnull=True) if result == "none" else found.filter(outcome=result)
    return found


def with_figures(rows: "QuerySet[DataCentre]") -> "QuerySet[DataCentre]":
    """What is let today, and result and day of the last signed assessment: part of the one query."""
    let = Hosting.objects.on(timezone.localdate()).filter(centre=OuterRef("pk")).order_by().values("centre")
    last = Assessment.objects.signed().filter(centre=OuterRef("pk")).order_by("-assessed_on", "-id")
    zero = Value(Decimal(0), output_field=DecimalField(max_digits=12, decimal_places=3))
    return rows.annotate(
        let=Coalesce(Subquery(let.annotate(sum=Sum("megawatts")).values("sum")), zero),
        outcome=Subquery(last.values("outcome")[:1]),
        assessed_on=Subquery(last.values("assessed_on")[:1]),
    )


def centre_line(row: Any) -> dict[str, Any]:
    """A centre as lists show it, with the figures of `with_figures`."""
    return {
        "row": row,
        "owner": row.owner.name,
        "region": _(REGIONS[row.region]),
        "zone": _(ZONES[row.zone]),
        "label": row.state_label,
        "tone": row.state_tone,
        "result": _(standards.RESULTS[row.outcome]) if row.outcome else "",
        "result_tone": OUTCOME_TONES.get(row.outcome, "neutral"),
    }


@require_GET
def centres(request: HttpRequest) -> HttpResponse:
    """For officials those of their authority, for owners their own; the newest first, narrowed by the form."""
    form = CentresForm(request.GET)
    rows = narrowed(form, DataCentre.objects.visible_to(request.user).select_related("owner"))
    place = Cursor.read(request.GET.get("cursor", ""))
    page = page_newest(rows, place, PAGE)
    context = {
        "form": form,
        "lines": [centre_line(row) for row in page.rows],
        "page": page,
        "narrowed": any(form.cleaned_data.values()),
        "may_enter": may_enter(reader(request)),
        **nav_of(request, "centres"),
    }
    return render(request, "mining/centres.html", context)


def may_enter(user: User) -> bool:
    authority = user.authority
    return authority is not None and allowed(user, "mining.enter_centre", DataCentre(authority=authority))


@require_GET
def centres_csv(request: HttpRequest) -> HttpResponseBase:
    """The list as it is narrowed, as CSV."""
    rows = narrowed(CentresForm(request.GET), DataCentre.objects.visible_to(request.user).select_related("owner"))
    return download(csv_lines(COLUMNS, sheet_rows(rows.order_by("id"))), "text/csv; charset=utf-8", "centres.csv")


def sheet_rows(rows: Any) -> Iterator[list[Any]]:
    for row in rows.iterator(chunk_size=1_000):
        own = {
            "owner": row.owner.name,
            "identifier": row.owner.identifier,
            "let_today": row.let,
            "result": row.outcome or "",
            "assessed_on": row.assessed_on,
        }
        yield [own[name] if name in own else getattr(row, name) for name in COLUMNS]


@require_http_methods(["GET", "POST"])
@office
def new_centre(request: OfficeRequest) -> HttpResponse:
    """Enter a centre; `?from=APP-…` begins with what that filing says of it."""
    authority = request.user.authority
    if authority is None or not may_enter(request.user):
        raise PermissionDenied("mining.enter_centre")
    reference = request.GET.get("from", "")
    source = case_or_404(request.user, reference) if reference else None
    form, problems = NewCentreForm(request.POST if request.method == "POST" else None, initial=begun(source)), ()
    if request.method == "POST" and form.is_valid():
        try:
            made = services.enter_centre(
                authority,
                owner=form.cleaned_data["owner"],
                values=form.values(),
                application=source,
                actor=request.user,
                at=timezone.now(),
            )
        except TransitionRefused as refused:
            problems = refused.problems  # type: ignore[assignment]  # a tuple of any length
        else:
            messages.success(request, _("The data centre is entered."))
            return redirect("centre", reference=made.reference)
    status = 409 if problems else 422 if form.is_bound else 200
    context = {"form": form, "problems": problems, "source": source, "nav": "centres"}
    return render(request, "mining/new_centre.html", context, status=status)


def begun(source: Application | None) -> dict[str, Any]:
    """What the form begins with: the facts of a filing, and its applicant where he holds the centre himself."""
    if source is None or not source.form.has_particulars:
        return {}
    own = bool(source.particulars.holds_centre)
    return services.particulars_of(source) | ({"owner": source.organisation.identifier} if own else {})


@require_GET
def centre(request: HttpRequest, reference: str) -> HttpResponse:
    """The file of one centre, for officials and its owner: facts, who is hosted, assessments, duties, history."""
    user = reader(request)
    at, found = timezone.now(), find(user, reference)
    today = timezone.localdate(at)
    hosted = list(found.hostings.select_related("licence__organisation").order_by("-since", "-id")[:200])
    looked_at = Assessment.objects.visible_to(user).filter(centre=found)
    assessed = list(looked_at.select_related("prepared_by", "signed_by").order_by("-assessed_on", "-id")[:50])
    events = Event.objects.of(found).visible_to(user).select_related("actor", "on_behalf_of")
    context = {
        "centre": found,
        "facts": centre_facts(found),
        "let": let_today(found, at),
        "most": fullest(found.hostings.during(today, None), today),
        "hosted": [{"row": row, "now": row.stands_on(today)} for row in hosted],
        "assessed": [assessment_line(row) for row in assessed],
        "comparable": sum(row.state == "signed" for row in assessed) > 1,
        "machines": totals_of(Machine.objects.filter(centre=found)),
        "terms": duties_on(found, user, today),
        "offers": ACTS.offered(found, user, at) if user.is_official else None,
        "events": [timeline_row(event) for event in events.order_by("-id")[:100]],
        **nav_of(request, "centres"),
    }
    return render(request, "mining/centre.html", context)


def assessment_line(row: Assessment) -> dict[str, Any]:
    return {
        "row": row,
        "label": row.state_label,
        "tone": row.state_tone,
        "result": _(standards.RESULTS[row.outcome]) if row.outcome else "",
        "result_tone": OUTCOME_TONES.get(row.outcome, "neutral"),
    }


def duties_on(found: DataCentre, user: User, today: Any) -> list[dict[str, Any]]:
    """What follows from its assessments, the open ones first."""
    ids = Q(subject_id__in=found.assessments.values("pk"), subject_type=Assessment._meta.label_lower)
    return term_rows(Obligation.objects.visible_to(user).filter(ids).order_by("due_on", "id")[:50], today)


def centre_facts(found: DataCentre) -> list[tuple[str, Any]]:
    """What the register says, as (label, value); empty values are left out."""
    names = ("address", "megawatts", "cells", "grid_connection", "grid_megawatts", "latitude", "longitude")
    rows: list[tuple[str, Any]] = [(label_of(name), getattr(found, name)) for name in names]
    rows.insert(1, (_("Region"), _(REGIONS[found.region])))
    rows.insert(2, (_("Zone of the grid"), _(ZONES[found.zone])))
    rows.append((_("Sources of electricity"), mix_words(found)))
    return [(label, value) for label, value in rows if value not in (None, "")]


def label_of(name: str) -> str:
    label = str(DataCentre._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # own fields
    return label[:1].upper() + label[1:]


def mix_words(found: DataCentre) -> str:
    return "; ".join(f"{SOURCES[code]} {(part * 100).normalize():f} %" for code, part in found.mix.items())
