"""What is held on me: seen, taken along, erased where nothing needs it."""

from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts import count_attempt, refuse_many_attempts
from core.forms_house import PasswordForm
from core.models import User
from core.services.own_record import always_kept, erase_own, kept_reasons, own_record
from core.views import reader


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Everything as JSON, to be saved."""
    user = reader(request)
    response = JsonResponse(
        own_record(user, actor=user, at=timezone.now()),
        encoder=DjangoJSONEncoder,
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    response["Content-Disposition"] = 'attachment; filename="record.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """What is held and what would stay; POST with the password erases the rest."""
    user, at = reader(request), timezone.now()
    form, answer = PasswordForm(request.POST or None), None
    if request.method == "POST" and form.is_valid() and is_himself(form, user):
        answer = erase_own(user, actor=user, at=at)
        if answer.account_erased:
            logout(request)
            return render(request, "core/house/erased.html", {"answer": answer})
    reasons = kept_reasons(user, at=at)
    context = {
        "held": own_record(user, actor=user, at=at),
        "reasons": reasons,
        "always": always_kept(at),
        "form": PasswordForm() if answer else form,
        "answer": answer,
        "nav": "account",
    }
    return render(request, "core/house/own_record.html", context)


def is_himself(form: PasswordForm, user: User) -> bool:
    """Whether the password is right; wrong ones are counted as failed log-ins are."""
    try:
        refuse_many_attempts(user.email)
    except ValidationError as error:
        form.add_error("password", error)
        return False
    if user.check_password(form.cleaned_data["password"]):
        return True
    count_attempt(user.email)
    form.add_error("password", gettext("The password is wrong."))
    return False
