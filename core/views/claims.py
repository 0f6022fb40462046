"""Where registrars answer claims: who says that he acts for whom, and what the registration record says of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from core import services
from core.forms import AnswerForm
from core.models import Membership, Organisation, User
from core.views import reader
from law.identifiers import describe
from law.problems import Problem

PAGE = 30


def registrar(request: HttpRequest) -> User:
    """The reader, if he may answer claims at all."""
    user = reader(request)
    if not services.allowed(user, "core.confirm_membership", user):
        raise PermissionDenied("core.confirm_membership")
    return user


def claims(request: HttpRequest) -> HttpResponse:
    """Claims that wait, oldest first, and one that was sent with errors."""
    return shown(request, None, None)


def shown(request: HttpRequest, failed: int | None, form: AnswerForm | None) -> HttpResponse:
    user = registrar(request)
    rows, cursor = Membership.objects.visible_to(user).waiting(), request.GET.get("cursor", "")
    if cursor.isascii() and cursor.isdigit() and len(cursor) < 18:
        rows = rows.filter(pk__gt=int(cursor))
    page = list(rows.select_related("organisation", "user").order_by("id")[: PAGE + 1])
    lines = [
        {"row": row, "doubts": doubts(row.organisation), "form": form if row.pk == failed and form else AnswerForm()}
        for row in page[:PAGE]
    ]
    following = str(page[PAGE - 1].pk) if len(page) > PAGE and form is None else ""
    context = {"lines": lines, "next": following, "cursor": cursor, "nav": "claims"}
    return render(request, "core/claims.html", context, status=409 if form else 200)


def doubts(organisation: Organisation) -> tuple[Problem, ...]:
    """What the digits of the number make one look at; they decide nothing."""
    try:
        return describe(organisation.identifier).warnings
    except ValueError:
        return ()  # a number of another country


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a claim or refuse it with a reason."""
    user = registrar(request)
    row = get_object_or_404(Membership.objects.visible_to(user), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return shown(request, pk, form)
    at, reason = timezone.now(), form.cleaned_data["reason"]
    if form.cleaned_data["answer"] == "confirm":
        services.confirm_membership(row, actor=user, at=at, reason=reason)
        messages.success(request, gettext("Confirmed; the person can act for the organisation from now on."))
    else:
        services.revoke_membership(row, actor=user, at=at, reason=reason)
        messages.success(request, gettext("Refused; the person has been told."))
    return back(request)


def back(request: HttpRequest) -> HttpResponse:
    """To the page of the list from which one came."""
    cursor = request.GET.get("cursor", "")
    return redirect(reverse("claims", query={"cursor": cursor} if cursor else None))


@require_POST
def check_registration(request: HttpRequest, pk: int) -> HttpResponse:
    """The organisation was compared with the registration record."""
    user = registrar(request)
    row = get_object_or_404(Organisation.objects.visible_to(user), pk=pk)
    services.confirm_registration(row, actor=user, at=timezone.now())
    messages.success(request, gettext("Noted that the registration record agrees."))
    return back(request)
