"""What subjects filed to their inspections: lists and files that they and their authority both read, with acts."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_safe

from core.days import dateshort, datetimeshort, told
from core.models import User
from core.views import reader
from core.workflow import HEAD
from inspections import services
from inspections.forms.answers import AnnulmentsForm, FileForm, FilingsForm, GrantForm, NoteForm, ReasonsForm
from inspections.models import Annulment, Filing, Inspection
from inspections.models.answers import PROLONG
from inspections.workflow import ANNULMENT, FILING
from law.problems import render as spoken
from licensing.forms import closed_list
from licensing.forms.deeds import DeedForm
from licensing.views.deeds import Deed, Desk, desk_list, file_context, line, link, newest
from licensing.views.work import Waiting

PEOPLE = ("authority", "organisation", "inspection", "filed_by", "answered_by")


def waiting_requests(user: User) -> Any:
    """Requests to prolong on which a head decides."""
    if user.role != HEAD:
        return None
    return Filing.objects.visible_to(user).filter(kind=PROLONG, state="filed")


def waiting_annulments(user: User) -> Any:
    """Applications on which a head decides, and those that silence has decided."""
    return Annulment.objects.visible_to(user).filter(state__in=["filed", "lapsed"]) if user.role == HEAD else None


def requests_wait(count: int) -> str:
    said = ngettext("%(n)s request to prolong waits for a head", "%(n)s requests to prolong wait for a head", count)
    return said % {"n": count}


def annulments_wait(count: int) -> str:
    said = ngettext("%(n)s application to annul waits for a head", "%(n)s applications to annul wait for a head", count)
    return said % {"n": count}


TO_DECIDE = Waiting(
    waiting_requests, requests_wait, lambda: f"{reverse('inspection-filings')}?kind={PROLONG}&state=filed"
)
TO_JUDGE = Waiting(waiting_annulments, annulments_wait, lambda: reverse("annulments"))


def find_filing(user: User, reference: str) -> Filing:
    return get_object_or_404(Filing.objects.visible_to(user).select_related(*PEOPLE), reference=reference)


def find_annulment(user: User, reference: str) -> Annulment:
    return get_object_or_404(Annulment.objects.visible_to(user).select_related(*PEOPLE), reference=reference)


def deed(table: Any, step: str, done: str, form: type[DeedForm], service: Any) -> Deed:
    """An act that is a transition: its words, permission and states stand in the table."""
    taken = table[step]
    return Deed(step, taken.label, done, form, service, taken.permission, taken.sources, taken.consequence)


ATTACH = Deed(
    "attach",
    gettext_noop("Add a file"),
    gettext_noop("The file is kept."),
    FileForm,
    services.attach_to,
    "inspections.answer_for_subject",
    ("filed",),
)


class FilingDesk(Desk):
    """A request is decided, anything else noted; a report is not taken back."""

    def offered(self, row: Filing, user: User) -> list[dict[str, str]]:
        asks, report = row.kind == PROLONG, row.kind == "cure"
        passed = {"note"} if asks else {"grant", "refuse", "fall_away"}
        passed |= {"withdraw"} if report else set()
        passed |= {"fall_away"} if row.inspection.state == "curing" else {"grant"}
        urls = {reverse(f"{self.page}-deed", args=[row.reference, name]) for name in passed}
        return [one for one in super().offered(row, user) if one["url"] not in urls]


FILING_DESK = FilingDesk(
    find_filing,
    "inspection-filing",
    "inspection-filings",
    (
        deed(FILING, "note", gettext_noop("It is noted with the inspection."), NoteForm, services.note_filing),
        deed(FILING, "grant", gettext_noop("The request is granted."), GrantForm, services.grant_prolong),
        deed(FILING, "refuse", gettext_noop("The request is refused."), ReasonsForm, services.refuse_prolong),
        deed(FILING, "fall_away", gettext_noop("The request fell away."), DeedForm, services.drop_request),
        ATTACH,
        deed(FILING, "withdraw", gettext_noop("It is withdrawn."), DeedForm, services.withdraw_filing),
    ),
)
ANNULMENT_DESK = Desk(
    find_annulment,
    "annulment",
    "annulments",
    (
        deed(ANNULMENT, "confirm", gettext_noop("The inspection is annulled."), DeedForm, services.confirm_annulment),
        deed(ANNULMENT, "grant", gettext_noop("The inspection is annulled."), ReasonsForm, services.grant_annulment),
        deed(ANNULMENT, "refuse", gettext_noop("The application is refused."), ReasonsForm, services.refuse_annulment),
        ATTACH,
        deed(ANNULMENT, "withdraw", gettext_noop("It is withdrawn."), DeedForm, services.withdraw_annulment),
    ),
)


def line_of(row: Any, user: User) -> dict[str, Any]:
    due = dateshort(row.due_on) if row.due_on and row.state == "filed" else "–"
    cells = [row.organisation.name, row.inspection.reference, row.kind_label, dateshort(row.filed_on), due]
    page = "inspection-filing" if isinstance(row, Filing) else "annulment"
    return line(page, row, cells, user)


def listed(request: HttpRequest, rows: Any, form: Any, words: dict[str, Any]) -> HttpResponse:
    """A page of a list, narrowed as the form asks."""
    form.is_valid()
    given = form.cleaned_data
    rows = rows.filter(**{name: given[name] for name in ("kind", "state") if given.get(name)})
    if text := (given.get("q") or "").strip():
        number = text.upper()
        rows = rows.filter(Q(reference=number) | Q(inspection__reference=number) | Q(organisation__identifier=text))
    page = newest(request, rows.select_related("organisation", "inspection"))
    heads = [_("Subject"), _("Inspection"), _("What was filed"), _("Filed"), _("To be decided by")]
    return desk_list(request, form, page, [line_of(row, reader(request)) for row in page.rows], heads=heads, **words)


def where_to_file(user: User) -> str:
    """What an empty list says."""
    if user.is_official:
        return _("A subject files in its account, on the page of the inspection, or by API.")
    return _("You file on the page of an inspection, or by API.")


@require_safe
def filings(request: HttpRequest) -> HttpResponse:
    """What subjects filed, the newest first."""
    words = {
        "title": _("Filings of subjects") if reader(request).is_official else _("What you filed to inspections"),
        "lead": _("Objections, reports of the cure, requests to prolong and refusals of access."),
        "nothing": where_to_file(reader(request)),
        "nav": "inspection-filings",
    }
    return listed(request, Filing.objects.visible_to(reader(request)), FilingsForm(request.GET), words)


@require_safe
def annulments(request: HttpRequest) -> HttpResponse:
    """Applications to annul, the newest first."""
    words = {
        "title": _("Applications to annul"),
        "lead": _("Decided in ten working days; no decision is one in favour of the subject."),
        "nothing": where_to_file(reader(request)),
        "nav": "annulments",
    }
    return listed(request, Annulment.objects.visible_to(reader(request)), AnnulmentsForm(request.GET), words)


def claim_rows(row: Filing | Annulment) -> list[tuple[str, str]]:
    """The grounds named, and what the stored facts said to each on the day of the filing."""
    rows = []
    for one in row.claims:
        ground = row.ground_of(one["code"])
        facts = " ".join(spoken(fact["msgid"], fact["params"], told) for fact in one["facts"])
        known = facts or _("The facts stored here did not bear it out.")
        rows.append((closed_list([ground])[0][1], known))
    return rows


def file_of(
    request: HttpRequest, row: Any, desk: Desk, index: tuple[str, str], more: Sequence[tuple[str, Any]]
) -> HttpResponse:
    user, number = reader(request), row.inspection.reference
    facts = [
        (_("Inspection"), link(number, "inspection" if user.is_official else "own-inspection", number)),
        (_("What was filed"), row.kind_label),
        (_("Filed"), f"{datetimeshort(row.created_at)} · {row.filed_by.full_name}"),
        (_("In words"), row.text),
        *more,
        (_("To be decided by"), dateshort(row.due_on) if row.due_on else ""),
    ]
    parts = [
        {"title": _("Grounds named, and what the facts stored here said that day"), "rows": claim_rows(row)},
        {"title": _("Items of the order"), "rows": item_rows(row)},
        {"title": _("Answer"), "rows": answer_rows(row)},
    ]
    context = file_context(request, row, desk, index) | {
        "title": row.organisation.name,
        "sub": f"{row.inspection.reference} · {row.kind_label}",
        "facts": [one for one in facts if one[1]],
        "parts": parts,
        "files": list(row.documents().visible_to(user)),
        "grounds": [],
    }
    return render(request, "licensing/desk_file.html", context)


def answer_rows(row: Any) -> list[tuple[str, str]]:
    """What was answered, when and by whom."""
    if row.answered_at is None:
        return []
    said = [(_("Answer"), row.answer)] if row.answer else []
    return [*said, (_("Answered"), f"{datetimeshort(row.answered_at)} · {row.answered_by.full_name}")]


def item_rows(row: Any) -> list[tuple[str, str]]:
    if not isinstance(row, Filing):
        return []
    return [(f"{one.item.code}: {one.item.text}", one.measures or "–") for one in row.items.select_related("item")]


@require_safe
def filing(request: HttpRequest, reference: str) -> HttpResponse:
    """One filing: what it says, what the facts say to it, what was answered."""
    row = find_filing(reader(request), reference)
    late = _("after the term to cure") if row.late else ""
    more = [
        (_("Reported"), late),
        (_("Asked until"), dateshort(row.until) if row.until else ""),
        (_("Granted until"), dateshort(row.granted_to) if row.granted_to else ""),
    ]
    return file_of(request, row, FILING_DESK, ("inspection-filings", gettext_noop("Filings of subjects")), more)


@require_safe
def annulment(request: HttpRequest, reference: str) -> HttpResponse:
    """One application to annul: the breaches named with what the facts say, the term, the decision or the silence."""
    row = find_annulment(reader(request), reference)
    more = [(_("Term ended without a decision"), dateshort(row.lapsed_on) if row.lapsed_on else "")]
    return file_of(request, row, ANNULMENT_DESK, ("annulments", gettext_noop("Applications to annul")), more)


def filings_part(row: Inspection, user: User) -> dict[str, Any]:
    """What its subject filed, for the page of an inspection: it includes `inspections/filings_part.html`."""
    found: list[Any] = [
        *Annulment.objects.visible_to(user).filter(inspection=row).select_related("organisation", "inspection"),
        *Filing.objects.visible_to(user).filter(inspection=row).select_related("organisation", "inspection"),
    ]
    found.sort(key=lambda one: one.created_at, reverse=True)
    return {"filed": [line_of(one, user) for one in found]}
