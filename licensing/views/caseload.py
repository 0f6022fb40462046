"""Moving a whole caseload: whose, to whom, why; and what came of it."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.models import User
from core.services import allowed
from core.views.account import attempt
from core.views.teams import own_authority
from licensing import services
from licensing.forms.office import CaseloadForm
from licensing.models import CaseloadMove
from licensing.services.caseload import CASELOAD_LIMIT, caseload
from licensing.views.access import OfficeRequest, office

PERMISSION = "licensing.move_caseload"
SHOWN = 200  # cases left that the page names


@require_http_methods(["GET", "POST"])
@office
def move(request: OfficeRequest) -> HttpResponse:
    """`?from=` names whose caseload; the form then asks to whom and why."""
    user = request.user
    if not allowed(user, PERMISSION, own_authority(user)):
        raise PermissionDenied(PERMISSION)
    holder = named(user, request.GET.get("from", ""))
    data = request.POST if request.method == "POST" else None
    form = CaseloadForm(data, holder=holder, initial={"key": uuid4()}) if holder else None
    if data is not None and form is not None and holder is not None and form.is_valid():
        given: dict[str, Any] = {name: form.cleaned_data[name] for name in ("to", "reason", "key")}
        made = attempt(form, lambda: services.move_caseload(holder, actor=user, at=timezone.now(), **given))
        if made:
            messages.success(request, _("The caseload is moved."))
            return redirect("caseload-moved", key=made.key)
    people = User.objects.visible_to(user).filter(authority=user.authority_id, assigned__isnull=False).distinct()
    context = {
        "holder": holder,
        "people": people.order_by("full_name", "email"),
        "number": len(caseload(holder)) if holder else 0,
        "limit": CASELOAD_LIMIT,
        "form": form,
        "nav": "caseload",
    }
    return render(request, "licensing/caseload.html", context, status=409 if form and form.errors else 200)


def named(user: User, text: str) -> User | None:
    """The person of the reader's authority with this id; 404 for another's, None where nobody is named."""
    if not text:
        return None
    pk = int(text) if text.isdecimal() and len(text) < 18 else 0
    return get_object_or_404(User.objects.visible_to(user).filter(authority=user.authority_id), pk=pk)


@require_GET
@office
def moved(request: OfficeRequest, key: UUID) -> HttpResponse:
    """What was moved to whom, and what was left."""
    rows = CaseloadMove.objects.visible_to(request.user).select_related("holder", "made_by")
    row = get_object_or_404(rows, key=key)
    people = User.objects.filter(pk__in=[int(pk) for pk in row.given])
    lines = [(person, row.given[str(person.pk)]) for person in people.order_by("full_name", "email")]
    context = {"move": row, "lines": lines, "left": row.refused[:SHOWN], "number_left": len(row.refused)}
    return render(request, "licensing/caseload_moved.html", {**context, "nav": "caseload"})
