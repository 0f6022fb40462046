"""The teams of one's authority: heads and administrators enter and change them, officials read them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from core import services
from core.forms import TeamForm
from core.models import Authority, Team, User
from core.views.absences import official
from core.views.account import attempt


def own_authority(user: User) -> Authority:
    if user.authority is None:
        raise Http404(gettext("There is nothing here"))
    return user.authority


@require_http_methods(["GET", "POST"])
def teams(request: HttpRequest) -> HttpResponse:
    """All teams, of which an authority has few; the form enters one."""
    user = official(request)
    authority = own_authority(user)
    may_manage = services.allowed(user, "core.manage_teams", authority)
    form = TeamForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST":
        if not may_manage:
            raise PermissionDenied("core.manage_teams")
        given = form.given() if form.is_valid() else None
        if given and attempt(form, lambda: services.enter_team(authority, actor=user, at=timezone.now(), **given)):
            messages.success(request, gettext("The team is entered."))
            return redirect("teams")
    rows = Team.objects.visible_to(user).prefetch_related("members")
    context = {"rows": rows, "form": form, "may_manage": may_manage, "nav": "teams"}
    return render(request, "core/teams.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one team."""
    user = official(request)
    row = get_object_or_404(Team.objects.visible_to(user).prefetch_related("members"), pk=pk)
    if not services.allowed(user, "core.manage_teams", row):
        raise PermissionDenied("core.manage_teams")
    start = {f"name_{code}": name for code, name in row.names.items()} | {"members": row.members.all()}
    form = TeamForm(request.POST if request.method == "POST" else None, user=user, initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.given()
        if attempt(form, lambda: services.edit_team(row, actor=user, at=timezone.now(), **given)):
            messages.success(request, gettext("The team is changed."))
            return redirect("teams")
    status = 409 if form.errors else 200
    return render(request, "core/team.html", {"row": row, "form": form, "nav": "teams"}, status=status)
