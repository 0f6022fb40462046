"""The case file: one page and its tabs; the letter of an act as it would go out."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import printing
from core.models import Document, Membership, Organisation
from core.services import confirm_registration
from core.views.files import sent_document
from licensing.services.letters import letter_facts, template_of
from licensing.views.access import OfficeRequest, case_or_404, office, respond
from licensing.views.acts.application import ACTS
from licensing.views.casefile import READERS, TABS, CaseFile, timeline_tab
from licensing.views.papers import papers, reader_language, written


@require_GET
@office
def case(request: OfficeRequest, reference: str) -> HttpResponse:
    """`?tab=` picks the tab, `?document=` the paper in the viewer, `?audience=` and `?before=` the events."""
    application = case_or_404(request.user, reference)
    tab = request.GET.get("tab", "application")
    if tab not in TABS:
        raise Http404(_("There is nothing here"))
    file = CaseFile(application, request.user, timezone.now())
    if tab == "timeline":
        before = request.GET.get("before", "")
        context = timeline_tab(
            file,
            audience=request.GET.get("audience", ""),
            before=int(before) if before.isdecimal() and len(before) < 18 else None,
        )
    else:
        context = READERS[tab](file)
    context |= {"file": file, "application": application, "tab": tab, "tabs": tab_links(file), "nav": "queue"}
    context["viewed"] = viewed(context, request.GET.get("document", "")) if tab == "documents" else None
    return respond(request, "licensing/case.html", "licensing/case/main.html", context, target="case-main")


def tab_links(file: CaseFile) -> list[dict[str, Any]]:
    counts = file.counts
    return [{"name": name, "label": _(label), "count": counts.get(name, 0)} for name, label in TABS.items()]


def viewed(context: dict[str, Any], asked: str) -> dict[str, Any] | None:
    """The document in the viewer: the one asked for, else none."""
    return next((row for row in context["documents"] if str(row["pk"]) == asked), None)


@require_POST
@office
def preview(request: OfficeRequest, reference: str, name: str, kind: str) -> HttpResponse:
    """The letter as the PDF that would go out, from what stands in the form."""
    application = case_or_404(request.user, reference)
    act, at = ACTS.act(name), timezone.now()
    form = act.form(request.POST, case=application, actor=request.user)
    found = dict(papers(application, act.paper, written(form), actor=request.user, at=at)) if act.paper else {}
    if kind not in found:
        raise Http404(_("There is nothing here"))
    data = letter_facts(application, at=at, preview=True, **found[kind])
    content = printing.render(template_of(kind), data, at=at, language=reader_language())
    return HttpResponse(content, content_type="application/pdf")


@require_GET
@office
def power_paper(request: OfficeRequest, reference: str, pk: int) -> HttpResponseBase:
    """The paper of a power of attorney under which somebody acts for the applicant of a case that one reads."""
    application = case_or_404(request.user, reference)
    powers = Membership.objects.filter(organisation=application.organisation_id, document__removed_at=None)
    power = get_object_or_404(powers.select_related("document").exclude(document=None), pk=pk)
    return sent_document(cast(Document, power.document), request.user)


@require_POST
@office
def check_registration(request: OfficeRequest, reference: str) -> HttpResponse:
    """The officer has compared the applicant with the registration record."""
    application = case_or_404(request.user, reference)
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=application.organisation_id)
    confirm_registration(organisation, actor=request.user, at=timezone.now())
    messages.success(request, _("The registration record is noted as checked."))
    return redirect(f"{reverse('case', args=[reference])}?tab=people")
