"""The case file: one page, its tabs, and the acts that are taken from it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import printing
from core.models import Organisation
from core.services import confirm_registration, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from law.problems import Problem
from licensing import services
from licensing.forms import ActForm
from licensing.models import Application
from licensing.services.letters import letter_facts, template_of
from licensing.views.access import OfficeRequest, case_or_404, office, respond
from licensing.views.casefile import READERS, TABS, CaseFile, check_row, chosen_grounds, timeline_tab
from licensing.views.doing import ACTS, Act
from licensing.views.offers import blocked_act
from licensing.views.papers import Paper, consequences, papers, pictures, reader_language

#: What a letter is drawn from before its act is taken.
WRITTEN = ("text", "outcome", "conditions", "hearing_on", "place")


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


@require_http_methods(["GET", "POST"])
@office
def act(request: OfficeRequest, reference: str, name: str) -> HttpResponse:
    """One act: GET shows what it asks for and does, POST takes it. `redraw` only draws the letter again."""
    application = case_or_404(request.user, reference)
    spec = ACTS.get(name)
    if spec is None:
        raise Http404(_("There is nothing here"))
    redraw = "redraw" in request.POST
    if not spec.step or (request.method == "POST" and not redraw):
        require(request.user, spec.permission, application)
    data = request.POST if request.method == "POST" else None
    form = spec.form(data, application=application, actor=request.user, initial=request.GET.dict())
    problems: tuple[Problem, ...] = ()
    if data is not None and not redraw and form.is_valid():
        try:
            return done(request, application, spec, form)
        except TransitionRefused as refused:
            if request.htmx:  # type: ignore[attr-defined]  # set by django-htmx
                raise
            problems = refused.problems
    status = 409 if problems else 422 if data is not None and not redraw else 200
    context = act_context(request, application, spec, form, problems=problems)
    return respond(request, "licensing/act.html", "licensing/act_paper.html", context, target="paper", status=status)


def done(request: OfficeRequest, application: Application, spec: Act, form: ActForm) -> HttpResponseRedirect:
    """Take the act on the case as the actor saw it, say so, and go back to the case."""
    at = timezone.now()
    with transaction.atomic():
        version = form.cleaned_data.get("version") if spec.versioned else None
        services.hold_licence(application)  # before the request that is about it, as every act does
        spec.do(locked(application, version=version), form.cleaned_data, request.user, at)
    messages.success(request, _(spec.done))
    address = reverse("case", args=[application.reference])
    return HttpResponseRedirect(f"{address}?tab={spec.tab}" if spec.tab else address)


def act_context(
    request: OfficeRequest, application: Application, spec: Act, form: ActForm, *, problems: tuple[Problem, ...]
) -> dict[str, Any]:
    at = timezone.now()
    step = application.WORKFLOW[spec.step] if spec.step else None
    blocked = blocked_act(application, spec, request.user, at)
    lines = [_(step.consequence)] if step and step.consequence else [_(spec.consequence)] if spec.consequence else []
    if spec.step in ("grant", "refuse"):
        lines = consequences(application, spec.step, at)
    return {
        "application": application,
        "spec": spec,
        "title": _(spec.label),
        "form": form,
        "blocked": blocked,
        "problems": problems,
        "about": about(application, form, timezone.localdate(at)),
        "adverse": bool(step and step.adverse),
        "consequences": lines,
        "papers": drawn(request, application, spec, form) if spec.paper and not blocked else [],
        "recommendation": application.recommendation,
        "chosen_grounds": chosen_grounds(application, timezone.localdate(at)),
        "nav": "queue",
    }


def about(application: Application, form: ActForm, on: date) -> dict[str, Any]:
    """What exactly is judged or entered: the check or the opinion that the form names."""
    code, pk = str(form["code"].value() or "") if "code" in form.fields else "", ""
    if "opinion" in form.fields:
        pk = str(form["opinion"].value() or "")
    found = next((one for one in application.findings(on) if one.code == code), None) if code else None
    asked = application.opinions.select_related("body", "asked_by").filter(pk=pk) if pk.isdecimal() else None
    paid = str(form["payment"].value() or "") if "payment" in form.fields else ""
    return {
        "check": check_row(found) if found else None,
        "opinion": asked.first() if asked is not None else None,
        "payment": application.payments.filter(pk=paid).first() if paid.isdecimal() and len(paid) < 18 else None,
    }


def drawn(request: OfficeRequest, application: Application, spec: Act, form: ActForm) -> list[Paper]:
    at = timezone.now()
    given = written(form)
    return pictures(application, papers(application, spec.paper, given, actor=request.user, at=at), at=at)


def written(form: ActForm) -> dict[str, Any]:
    """What stands in the form now, complete or not."""
    if not form.is_bound:
        return {name: value for name, value in form.initial.items() if name in WRITTEN}
    given: dict[str, Any] = {name: form.data.get(name, "") for name in WRITTEN if name in form.fields}
    if "reasons" in form.fields:
        given["reasons"] = form.data.getlist("reasons")  # type: ignore[attr-defined]  # a QueryDict
    return given


@require_POST
@office
def preview(request: OfficeRequest, reference: str, name: str, kind: str) -> HttpResponse:
    """The letter as the PDF that would go out, from what stands in the form."""
    application = case_or_404(request.user, reference)
    spec = ACTS.get(name)
    if spec is None or not spec.paper:
        raise Http404(_("There is nothing here"))
    form = spec.form(request.POST, application=application, actor=request.user)
    at = timezone.now()
    found = dict(papers(application, spec.paper, written(form), actor=request.user, at=at))
    if kind not in found:
        raise Http404(_("There is nothing here"))
    data = letter_facts(application, at=at, preview=True, **found[kind])
    content = printing.render(template_of(kind), data, at=at, language=reader_language())
    return HttpResponse(content, content_type="application/pdf")


@require_POST
@office
def check_registration(request: OfficeRequest, reference: str) -> HttpResponse:
    """The officer has compared the applicant with the registration record."""
    application = case_or_404(request.user, reference)
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=application.organisation_id)
    confirm_registration(organisation, actor=request.user, at=timezone.now())
    messages.success(request, _("The registration record is noted as checked."))
    return redirect(f"{reverse('case', args=[reference])}?tab=people")
