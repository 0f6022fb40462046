"""Inspections in the office: the list, the file of one, its papers before they go out."""

from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core import printing
from core.days import dateshort, datetimeshort
from core.models import Event, Obligation, Organisation, User
from core.regions import REGIONS
from core.services import allowed
from core.views import reader
from inspections.forms.opening import InspectionsForm
from inspections.models import Inspection, TeamMember
from inspections.models.inspections import MEANS, RECEIPTS
from inspections.services import papers
from inspections.services.judging import Free, free_team, standings, warnings
from inspections.views.filed import filings_part
from inspections.views.steps import TABLE, find, preview_facts
from inspections.wording import LETTERS
from law.calendar import add_working_days
from law.checklists import ANSWERS
from law.inspections.codes import METHODS, RISKS, SIZES, VISITS, Method, Risk, Size
from law.inspections.durations import EXTENSION_REASONS, duration_limit
from law.inspections.grounds import CASES
from law.inspections.windows import window
from law.provisions import NotInForce
from licensing.models import Letter
from licensing.services.letters import template_of
from licensing.views.access import OfficeRequest, office
from licensing.views.deeds import desk_list, line, link, newest
from licensing.views.papers import reader_language
from licensing.views.terms import term_rows
from licensing.wording import timeline_row

#: Until it begins, the lawful window says when it may.
BEFORE_START = ("draft", "noticed", "appointed", "registered")

SHOWN = 50  # letters on a file, and as many other papers; the rest stands on a page of its own


def narrowed(form: InspectionsForm, rows: "QuerySet[Inspection]") -> "QuerySet[Inspection]":
    form.is_valid()
    given = form.cleaned_data
    rows = rows.filter(**{name: given[name] for name in ("state", "kind") if given.get(name)})
    if given.get("region"):
        rows = rows.filter(object__region=given["region"])
    if given.get("inspector"):
        members = TeamMember.objects.standing().filter(person=given["inspector"])
        rows = rows.filter(pk__in=members.values("inspection"))
    if text := (given.get("q") or "").strip():
        by_number = Inspection.objects.filter(reference=text.upper()).order_by().values("pk")
        by_act = Inspection.objects.filter(act_number=text.upper()).order_by().values("pk")
        by_subject = Inspection.objects.filter(organisation__in=Organisation.objects.found_by(text))
        rows = rows.filter(pk__in=by_number.union(by_act, by_subject.order_by().values("pk")))
    return rows


def with_team(rows: "QuerySet[Inspection]") -> "QuerySet[Inspection]":
    """With subject, object and who leads: three queries whatever their number."""
    leads = TeamMember.objects.standing().filter(leads=True).select_related("person")
    return rows.select_related("organisation", "object").prefetch_related(Prefetch("team", leads, to_attr="leaders"))


def may_prepare(user: User) -> bool:
    return user.authority is not None and allowed(user, "inspections.prepare", Inspection(authority=user.authority))


@require_GET
@office
def inspections(request: OfficeRequest) -> HttpResponse:
    """The inspections of the authority, the newest first, narrowed by the form."""
    user = request.user
    form = InspectionsForm(request.GET, authority_id=user.authority_id)
    rows = with_team(narrowed(form, Inspection.objects.visible_to(user)))
    page = newest(request, rows)
    adds = [(reverse("inspection-new"), _("Open an inspection"))] if may_prepare(user) else []
    return desk_list(
        request,
        form,
        page,
        [line_of(row, user) for row in page.rows],
        title=_("Inspections"),
        lead=_("Of your authority, the newest first; each is judged before every step."),
        adds=[
            *adds,
            (reverse("inspection-calendar"), _("Calendar")),
            (reverse("registrations"), _("Registration")),
        ],
        heads=[_("Subject"), _("Kind"), _("Start"), _("Last day"), _("Region"), _("Leads")],
        nothing=_("An inspection is opened from its place in a published plan, or on a ground of Art. 144(5)."),
        nav="inspections",
    )


def line_of(row: Any, user: User) -> dict[str, Any]:
    region = _(REGIONS[row.object.region]) if row.object.region in REGIONS else ""
    leads = row.leaders[0].person.full_name if row.leaders else ""
    cells = [row.organisation.name, row.kind_label, dateshort(row.start_on), dateshort(row.last_day), region, leads]
    return line("inspection", row, cells, user)


@require_GET
@office
def inspection(request: OfficeRequest, reference: str) -> HttpResponse:
    """The file: what stands against it, the lawful window, facts, team, items, terms, papers, history."""
    user, at = reader(request), timezone.now()
    row, today = find(user, reference), timezone.localdate(at)
    plan = row.plan(today)
    events = Event.objects.of(row).visible_to(user).select_related("actor", "on_behalf_of").order_by("-id")
    state = row.WORKFLOW.state(row.state)
    context = {
        "row": row,
        "label": _(state.label),
        "facts": facts_of(row),
        "offers": TABLE.offered(row, user, at),
        "standings": standings(row, plan, at),
        "doubts": warnings(plan, at),
        "window": window(plan, today) if row.kind in VISITS and row.state in BEFORE_START else None,
        "free": free_for(row, plan, today),
        "team": list(row.team.select_related("person").order_by("-leads", "id")),
        "items": [(one, _(ANSWERS[one.answer]) if one.answer else "") for one in row.items.all()],
        "terms": term_rows(Obligation.objects.visible_to(user).of(row), today),
        "letters": list(Letter.objects.visible_to(user).of(row).select_related("document").order_by("-id")[:SHOWN]),
        "files": list(row.documents().visible_to(user).exclude(kind__in=LETTERS).order_by("-id")[:SHOWN]),
        "shown": SHOWN,
        "events": [timeline_row(event) for event in events[:100]],
        "nav": "inspections",
        **filings_part(row, user),
    }
    return render(request, "inspections/inspection.html", context)


def free_for(row: Inspection, plan: Any, today: date) -> dict[str, Any] | None:
    """Who is free for the days of the draft, or for the longest length from the earliest lawful start."""
    if row.state not in ("draft", "noticed", "appointed", "registered") or row.kind not in VISITS:
        return None
    first = row.start_on or window(plan, today).earliest
    try:
        longest = duration_limit(row.size or "large", row.kind, first)[0]
    except NotInForce:
        longest = 1
    last = row.end_on or add_working_days(first, longest - 1)
    found: list[Free] = free_team(row, first, last)
    return {"first": first, "last": last, "rows": found, "number": sum(one.is_free for one in found)}


def facts_of(row: Inspection) -> list[tuple[str, str]]:
    """What is entered, in the order of the law."""
    judged = [_(SIZES[Size(row.size)]) if row.size else "", _(RISKS[Risk(row.risk)]) if row.risk else ""]
    found = [
        (_("Kind"), row.kind_label),
        (_("Subject of control"), link(row.organisation.name, "subject", row.object.subject_id)),
        (_("Object of control"), object_of(row)),
        (_("Size and degree of risk"), ", ".join(filter(None, judged))),
        (_("Place in a plan"), place_of(row)),
        (_("Ground"), papers.ground_words(row) if row.entry is None else ""),
        (_("What founds it"), row.ground_text),
        (_("Case of Art. 144"), _(CASES[row.case]) if row.case else ""),
        (_("Why it is urgent"), row.urgent_reason if row.urgent else ""),
        (
            _("Checks the order of"),
            link(row.follows.reference, "inspection", row.follows.reference) if row.follows else "",
        ),
        (_("Subject matter"), row.subject_matter),
        (_("Checklist"), link(row.checklist.name, "joint-act", row.checklist.reference) if row.checklist else ""),
        (_("Checked period"), span(row.period_from, row.period_to)),
        (_("How it is done"), _(METHODS[Method(row.method)])),
        (_("Specialists and experts invited"), row.experts),
        *course_of(row),
    ]
    return [(head, value) for head, value in found if value]


def object_of(row: Inspection) -> SafeString:
    """The licence or the data centre with its region."""
    thing, number = row.object, papers.number_of(row)
    page = "licence" if thing.licence_id else "centre"
    region = _(REGIONS[thing.region]) if thing.region in REGIONS else ""
    return format_html("{}{}", link(number, page, number), f", {region}" if region else "")


def place_of(row: Inspection) -> SafeString | str:
    """Where it stands in the plan that it was opened from."""
    if row.entry is None:
        return ""
    plan = row.entry.plan
    return format_html("{}, № {}", link(plan.reference, "inspection-plan", plan.reference), row.entry.place)


def course_of(row: Inspection) -> list[tuple[str, str]]:
    """What has happened: notice, act, registration, start, extension."""
    reason = _(EXTENSION_REASONS[row.extension_reason]) if row.extension_reason else ""
    return [
        (_("Start and last day"), span(row.start_on, row.end_on)),
        (_("Notice delivered"), told(row.noticed_at, str(MEANS[row.notice_means]) if row.notice_means else "")),
        (_("Act of appointment"), told(row.act_signed_at, row.act_number, row.act_signed_by)),
        (_("Registered with legal statistics"), told(row.registered_on, row.registration_number)),
        (_("Act handed over"), told(row.started_at, str(RECEIPTS[row.receipt]) if row.receipt else "")),
        (_("Extended to"), told(row.extended_to, row.extension_number, reason)),
        (_("Extension registered"), told(row.extension_registered_on, row.extension_registration)),
        (_("Result handed over"), told(row.result_handed_at, row.result_number)),
        (_("To be cured by"), dateshort(row.cure_by) if row.cure_by else ""),
        (_("Why planned anew, dropped or annulled"), row.ending),
    ]  # fmt: skip


def span(first: date | None, last: date | None) -> str:
    return f"{dateshort(first)} – {dateshort(last)}" if first or last else ""


def told(when: date | datetime | None, *more: Any) -> str:
    """A day or moment with what belongs to it."""
    if when is None:
        return ""
    day = datetimeshort(when) if isinstance(when, datetime) else dateshort(when)
    return " · ".join([day, *(str(one) for one in more if one)])


@require_http_methods(["GET", "POST"])
@office
def paper(request: OfficeRequest, reference: str, kind: str) -> HttpResponse:
    """A paper as PDF before it goes out: the notice to be served, or what the head is about to sign, as a preview."""
    row, at = find(request.user, reference), timezone.now()
    if kind not in papers.DRAWN:
        raise Http404(_("There is nothing here"))
    data = preview_facts(row, kind, at=at, actor=request.user, preview=kind != papers.NOTICE)
    content = printing.render(template_of(kind), data, at=at, language=reader_language())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{row.reference}-{kind}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
@office
def all_papers(request: OfficeRequest, reference: str) -> HttpResponse:
    """Every letter and other paper of an inspection that is printed or kept, the newest first, page by page."""
    user = reader(request)
    row = find(user, reference)
    page = newest(request, row.documents().visible_to(user).select_related("uploaded_by"))
    lines = [(one, _(LETTERS[one.kind][0]) if one.kind in LETTERS else one.filename) for one in page.rows]
    return render(
        request, "inspections/all_papers.html", {"row": row, "lines": lines, "page": page, "nav": "inspections"}
    )
