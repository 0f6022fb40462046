"""The page on which a holder declares who stands behind the firm."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from core.days import told
from core.models import User
from core.views import reader
from core.workflow import StaleVersion, TransitionRefused
from licensing.forms.people import MOST, DeclareForm, PeopleLists
from licensing.models import FirmPerson, Licence
from licensing.permits import kinds
from licensing.services import declare_people
from licensing.workflow import LIVE


def declarable(user: User, organisation_id: int) -> list[Licence]:
    """The licences of an organisation of mine on which it declares who stands behind it."""
    naming = [code for code, one in kinds().items() if one.people_form is not None]
    mine = Licence.objects.visible_to(user).filter(organisation=organisation_id, state__in=LIVE, kind__in=naming)
    return list(mine.order_by("-id")[:50])


@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """The lists as they are known, to be put right; POST declares them whole."""
    user = reader(request)
    mine = Licence.objects.filter(organisation=pk, organisation__in=user.organisations(), state__in=LIVE)
    licence = get_object_or_404(mine.select_related("organisation", "authority"), number=number)
    if licence.permit.people_form is None:
        raise Http404
    judged = request.method == "POST" and "more" not in request.POST
    known = FirmPerson.objects.visible_to(user).behind(licence)
    standing = known.standing().order_by("side", "id")
    if len(standing) > MOST:
        messages.info(request, gettext("Lists as long as this one are declared by API."))
        return redirect("firm-people", pk=pk)
    data = request.POST if request.method == "POST" else None
    form = DeclareForm(request.POST if judged else None, initial=begun(request, known.edition()))
    lists = PeopleLists(licence.permit, data, () if data else standing)
    if judged and form.is_valid() and lists.is_valid() and declared(request, licence, form, lists, user):
        return redirect("firm-people", pk=pk)
    context = {
        "licence": licence,
        "organisation": licence.organisation,
        "kind": gettext(licence.permit.name),
        "form": form,
        "lists": lists.lists,
        "judged": judged,
        "nav": "account-organisations",
    }
    return render(request, "licensing/declare_people.html", context, status=409 if judged else 200)


def begun(request: HttpRequest, edition: int) -> dict[str, Any]:
    """What stands in the fields above: what was typed, where more rows are asked for."""
    return request.POST.dict() if request.method == "POST" else {"version": edition}


def declared(request: HttpRequest, licence: Licence, form: DeclareForm, lists: PeopleLists, user: User) -> bool:
    """Declare it; what refuses it is told at its fields."""
    given = lists.checked(form)
    if given is None:
        return False
    as_of, version = form.cleaned_data["as_of"], form.cleaned_data["version"]
    try:
        done = declare_people(licence, given, day=as_of, actor=user, at=timezone.now(), version=version)
    except TransitionRefused as refused:
        for problem in refused.problems:
            lists.tell(form, problem.field, problem.text(told))
        return False
    except StaleVersion:
        form.add_error(None, gettext("The list has changed since you saw it: open the page again."))
        return False
    for warning in done.warnings:
        messages.warning(request, warning.text(told))
    if done.changed:
        counts = {"entered": done.entered, "ended": done.ended}
        messages.success(request, gettext("Declared: %(entered)s entered, %(ended)s ended.") % counts)
    else:
        messages.info(request, gettext("Nothing has changed: everybody was known already."))
    return True
