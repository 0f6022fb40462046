"""What applicants, holders and firms see of their cases in the browser; they file by API."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from core.models import Membership, Obligation, User
from core.services import duty_label
from core.views import reader
from law.calendar import working_days_between
from licensing.models import Appeal, Application, Hearing, Letter, Licence, Question
from licensing.views.register import kind_name, standing_label
from licensing.workflow import APPLICATION
from licensing.workflow.appeal import APPEAL

SHOWN, CAP = 20, 500


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """My organisations, cases in an applicant's words, terms, letters, licences. Officials have none of these."""
    user = reader(request)
    if user.is_official:
        return render(request, "core/account_official.html", {"nav": "account"})
    organisations = list(user.organisations().order_by("pk")[:CAP])
    ids = [one.pk for one in organisations]
    own = set(user.memberships.valid(timezone.localdate()).values_list("organisation", flat=True))
    questions = Question.objects.visible_to(user).filter(answered_at__isnull=True, application__closed_at__isnull=True)
    cases = Application.objects.visible_to(user).select_related("organisation", "authority").order_by("-id")
    letters = Letter.objects.visible_to(user).select_related("document").order_by("-id")[:8]
    licences = Licence.objects.visible_to(user).select_related("organisation").order_by("-id")[:SHOWN]
    appeals = Appeal.objects.visible_to(user).select_related("decision__application").order_by("-id")
    context = {
        "organisations": organisations,
        "own": [one for one in organisations if one.pk in own],
        "hearings": Hearing.objects.visible_to(user).open().filter(position_at=None, waived_at=None)[:SHOWN],
        "questions": questions.select_related("application").order_by("id")[:SHOWN],
        "waiting": user.memberships.filter(confirmed_at__isnull=True, revoked_at__isnull=True).count(),
        "cases": [case_line(case) for case in cases[:SHOWN]],
        "terms": terms(user, ids),
        "letters": letters,
        "licences": [licence_line(licence) for licence in licences],
        "mandates": mandates(user),
        "appeals": [appeal_line(one) for one in appeals[:SHOWN]],
        "nav": "account",
    }
    return render(request, "public/account.html", context)


def case_line(case: Application) -> dict[str, Any]:
    state = APPLICATION.state(case.state)
    return {"case": case, "kind": kind_name(case.kind), "label": gettext(state.applicant_label), "tone": state.tone}


def appeal_line(appeal: Appeal) -> dict[str, Any]:
    state = APPEAL.state(appeal.state)
    return {"appeal": appeal, "label": gettext(state.applicant_label), "tone": state.tone}


def licence_line(licence: Licence) -> dict[str, Any]:
    return {"licence": licence, "kind": kind_name(licence.kind), "label": standing_label(licence.state)}


def mandates(user: User) -> QuerySet[Membership]:
    """Powers of attorney that my firms hold today, those that end first on top."""
    today = timezone.localdate()
    firms = Membership.objects.valid(today).filter(user=user).values("organisation")
    rows = Membership.objects.valid(today).filter(firm__in=firms).select_related("organisation", "firm")
    return rows.order_by("valid_to", "id")[:SHOWN]


def terms(user: User, organisations: list[int]) -> list[dict[str, Any]]:
    """Open terms of my cases: what the authority owes me, and what I owe."""
    today = timezone.localdate()
    rows = Obligation.objects.visible_to(user).open().filter(organisation__in=organisations)
    return [term_line(row, today) for row in rows.order_by("due_on", "id")[:SHOWN]]


def term_line(row: Obligation, today: Any) -> dict[str, Any]:
    left = None
    state = "paused"
    if row.due_on:
        late = row.due_on < today
        left = -working_days_between(row.due_on, today) if late else working_days_between(today, row.due_on)
        state = "overdue" if late else "running"
    return {
        "title": gettext(duty_label(row.code)),
        "row": row,
        "due_on": row.due_on,
        "state": state,
        "days_left": left,
        "arithmetic": row.arithmetic,
        "ground": row.ground,
    }


@require_GET
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter: its PDF, or, while that is being made, a page that says so."""
    row = get_object_or_404(Letter.objects.visible_to(reader(request)), pk=pk)
    if row.document_id:
        return redirect("document", pk=row.document_id)
    return render(request, "public/letter.html", {"letter": row, "nav": "inbox"})
