"""“Must this operation be told?”: two questions on one page, the address carries the answers."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from exchanges.forms.thresholds import MONTH, OPERATION, MonthForm, OperationForm
from law.limits import VERDICTS, monitored, retail_sum
from law.provisions import CONFIDENCE_TITLES


@login_not_required
@require_safe
def thresholds(request: HttpRequest) -> HttpResponse:
    """Both forms; the one that was sent with its answer, or with all that is wrong in it."""
    asked, today = request.GET.get("ask"), {"on": timezone.localdate()}
    begun = today | {"provider": request.GET.get("provider")}  # a link from a provider's licence names it
    operation = OperationForm(request.GET if asked == OPERATION else None, initial=begun)
    month = MonthForm(request.GET if asked == MONTH else None, initial=today, auto_id="month_%s")
    context: dict[str, Any] = {"operation": operation, "month": month, "nav": "perimeter"}
    if operation.is_bound and operation.is_valid():
        context |= operation_context(operation.cleaned_data)
    if month.is_bound and month.is_valid():
        context |= month_context(month.cleaned_data)
    return render(request, "exchanges/thresholds.html", context)


def operation_context(given: dict[str, Any]) -> dict[str, Any]:
    answer = monitored(**given)
    return {
        "answer": answer,
        "verdict": gettext(VERDICTS[answer.verdict]),
        "known": CONFIDENCE_TITLES[answer.confidence],
        "day_known": CONFIDENCE_TITLES[answer.day_confidence],
        "json_address": f"/api/v1/thresholds/?{urlencode(given)}",
    }


def month_context(given: dict[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in given.items() if value}
    found = retail_sum(**given | {"further": given["further"] or Decimal(0)})
    query = urlencode({"bought": given["bought"]} | told)
    return {
        "found": found,
        "known": CONFIDENCE_TITLES[found.provision.confidence],
        "day_known": CONFIDENCE_TITLES[found.provision.day_confidence],
        "json_address": f"/api/v1/thresholds/retail-month/?{query}",
    }
