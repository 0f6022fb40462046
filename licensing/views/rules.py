"""Assignment rules of one's authority: heads and administrators enter, change and end them; officials read them."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.models import Authority
from core.regions import REGIONS
from core.services import allowed
from core.views.account import attempt
from core.views.teams import own_authority
from licensing import services
from licensing.forms.office import RuleForm
from licensing.models import Application, AssignmentRule
from licensing.permits import kinds
from licensing.views.access import OfficeRequest, office

PERMISSION = "licensing.manage_rules"
OPEN_CAP = 1_000  # cases nobody has that the page counts


@require_http_methods(["GET", "POST"])
@office
def rules(request: OfficeRequest) -> HttpResponse:
    """The standing rules in their order, and the form that enters one."""
    user, authority = request.user, own_authority(request.user)
    may_manage = allowed(user, PERMISSION, authority)
    form = RuleForm(request.POST if request.method == "POST" else None, authority=authority)
    if request.method == "POST":
        if not may_manage:
            raise PermissionDenied(PERMISSION)
        if form.is_valid() and attempt(
            form,
            lambda: services.enter_rule(authority, values=form.cleaned_data, actor=user, at=timezone.now()),
        ):
            messages.success(request, _("The rule is entered; it holds for what is filed from now on."))
            return redirect("rules")
    open_cases = Application.objects.visible_to(user).open().filter(assigned_to__isnull=True)
    context = {
        "lines": rule_lines(user.authority),
        "form": form,
        "may_manage": may_manage,
        "unassigned": open_cases.order_by()[:OPEN_CAP].count(),
        "cap": OPEN_CAP,
        "nav": "rules",
    }
    return render(request, "licensing/rules.html", context, status=409 if form.errors else 200)


def rule_lines(authority: Authority | None) -> list[dict[str, object]]:
    """The rules as the page shows them: one query."""
    rows = AssignmentRule.objects.standing().filter(authority=authority).select_related("officer", "team")
    return [
        {
            "row": row,
            "kind": _(kinds()[row.kind].name) if row.kind in kinds() else row.kind,
            "region": _(REGIONS[row.region]) if row.region in REGIONS else row.region,
        }
        for row in rows.order_by("order", "id")
    ]


@require_http_methods(["GET", "POST"])
@office
def rule(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change one standing rule."""
    user = request.user
    row = get_object_or_404(AssignmentRule.objects.visible_to(user).standing().select_related("authority"), pk=pk)
    if not allowed(user, PERMISSION, row):
        raise PermissionDenied(PERMISSION)
    start = {name: getattr(row, name) for name in RuleForm.base_fields}
    data = request.POST if request.method == "POST" else None
    form: forms.Form = RuleForm(data, authority=row.authority, initial=start)
    if data is not None and form.is_valid():
        values = form.cleaned_data
        if attempt(form, lambda: services.edit_rule(row, values=values, actor=user, at=timezone.now())):
            messages.success(request, _("The rule is changed; it holds for what is filed from now on."))
            return redirect("rules")
    status = 409 if form.errors else 200
    return render(request, "licensing/rule.html", {"row": row, "form": form, "nav": "rules"}, status=status)


@require_POST
@office
def end_rule(request: OfficeRequest, pk: int) -> HttpResponse:
    """The rule gives nothing any more."""
    row = get_object_or_404(AssignmentRule.objects.visible_to(request.user).select_related("authority"), pk=pk)
    services.end_rule(row, actor=request.user, at=timezone.now())
    messages.success(request, _("The rule has ended."))
    return redirect("rules")
