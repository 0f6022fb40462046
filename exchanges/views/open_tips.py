"""Tips as anybody sends them: a form without a name, and by the code given for it, how far it has come."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts import sent_too_often
from core.api.parsers import FORM_MARGIN
from core.limits import limited, too_often
from core.services.files import TOO_LARGE, refuse
from core.views.account import attempt
from exchanges import services
from exchanges.forms.tips import CodeForm, TipForm
from exchanges.models import MarketTip
from exchanges.services.tips import A_MINUTE, FILES_LIMIT, MINUTE
from law.market import KINDS, TIP_RULE
from law.provisions import NotInForce, provision

DRAINED = 1024 * 1024  # bytes read of what is too large, so that the sender hears why


@login_not_required
@csrf_exempt  # it uses nobody's rights; and the check would take in every file before their size is looked at
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_tip(request: HttpRequest) -> HttpResponse:
    """The form; POST takes a tip and leads to its page, whose address is the code."""
    if request.method == "POST":
        return send_tip(request)
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("open-tip", code=form.cleaned_data["code"].replace("/", "")[:60] or "-")
    return shown(request, TipForm(), form)


def send_tip(request: HttpRequest) -> HttpResponse:
    if sent_too_often("tip", request, A_MINUTE, MINUTE):
        return too_often(request)
    limit = FILES_LIMIT * settings.UPLOAD_LIMIT
    if int(request.META.get("CONTENT_LENGTH") or 0) > limit + FORM_MARGIN:
        request.read(DRAINED)
        raise refuse("file-too-large", TOO_LARGE, limit=limit // 1024 // 1024)
    form = TipForm(request.POST, request.FILES)
    if form.is_valid():
        given: dict[str, Any] = {**form.given(), "at": timezone.now()}
        if made := attempt(form, lambda: services.receive_tip(**given)):
            return redirect("open-tip", code=made[1])
    return shown(request, form, CodeForm(), status=409)


def shown(request: HttpRequest, form: TipForm, code_form: CodeForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "code_form": code_form, "rule": receiver_rule(), "nav": "open-tips"}
    return render(request, "exchanges/new_tip.html", context, status=status)


def receiver_rule() -> Any:
    """The rule that says who receives tips, shown as unconfirmed."""
    try:
        return provision(TIP_RULE, timezone.localdate())
    except NotInForce:
        return None


@login_not_required
@require_safe
@never_cache
@limited("tip", per_minute=30)
def open_tip(request: HttpRequest, code: str) -> HttpResponse:
    """How far a tip has come, for who holds its code: its number, its state, and nothing that anybody wrote."""
    row = services.tip_by(code)
    if row is None:
        raise Http404(gettext("There is nothing here"))
    response = render(request, "exchanges/open_tip.html", state_of(row) | {"code": code, "nav": "open-tips"})
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def state_of(row: MarketTip) -> dict[str, Any]:
    """What who sent a tip may know of it."""
    state = row.WORKFLOW.state(row.state)
    return {
        "row": row,
        "kind": gettext(KINDS[row.kind]),
        "label": gettext(state.applicant_label),
        "tone": state.tone,
        "authority": row.authority.name,
    }
