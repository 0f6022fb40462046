"""Where one arrives after log-in, and the reader's colours."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

YEAR = 365 * 24 * 3600


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Officials go to their work, an administrator without an authority to the admin panel, others to their account."""
    user = request.user
    if not user.is_authenticated:  # the middleware sends strangers to the log-in
        return redirect("account_login")
    if user.is_official:
        return redirect("my-work")
    return redirect("admin:index" if user.is_staff else "account")


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or the device's own in a cookie, and go back to where one was."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response: HttpResponse = HttpResponseRedirect(back)  # redirect() would take a word for the name of a page
    theme = request.POST.get("theme", "auto")
    if theme in {"light", "dark"}:
        response.set_cookie("theme", theme, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response
