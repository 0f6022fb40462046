"""The officers' pages of the list of exchanges of the AIFC."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.services import allowed, require
from core.views.account import attempt
from exchanges import services
from exchanges.forms.sales import EndForm, ExchangeForm
from exchanges.models import ListedExchange
from licensing.views.access import OfficeRequest, office


@require_http_methods(["GET", "POST"])
@office
def exchanges(request: OfficeRequest) -> HttpResponse:
    """The list of exchanges; POST enters one."""
    may = allowed(request.user, "exchanges.list_exchange", ListedExchange(authority=request.user.authority))
    form = ExchangeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(request.user, "exchanges.list_exchange", ListedExchange(authority=request.user.authority))
        authority = request.user.authority
        if (
            authority is not None
            and form.is_valid()
            and attempt(
                form,
                lambda: services.enter_exchange(authority, **form.given(), actor=request.user, at=timezone.now()),
            )
        ):
            messages.success(request, _("The exchange is in the list."))
            return redirect("exchanges")
    rows = ListedExchange.objects.visible_to(request.user).order_by("-valid_from", "-id")[:200]
    today = timezone.localdate()
    context = {
        "rows": [{"row": row, "licensed": row.is_licensed(today)} for row in rows],
        "form": form if may else None,
        "nav": "exchanges",
    }
    return render(request, "exchanges/exchanges.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@office
def end_exchange(request: OfficeRequest, code: str) -> HttpResponse:
    """Enter the last day of an exchange's licence."""
    own = ListedExchange.objects.filter(authority=request.user.authority_id, licence=None)
    found = get_object_or_404(own, code=code)
    require(request.user, "exchanges.list_exchange", found)
    form = EndForm(request.POST if request.method == "POST" else None, initial={"valid_to": found.valid_to})
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "actor": request.user, "at": timezone.now()}
        if attempt(form, lambda: services.end_exchange(found, **given)):
            messages.success(request, _("The day is entered."))
            return redirect("exchanges")
    context = {"exchange": found, "form": form, "nav": "exchanges"}
    return render(request, "exchanges/end.html", context, status=409 if form.errors else 200)
