"""Log-in and sign-up: what allauth leaves to us. Attempts are counted in the database; log-ins are events."""

import hashlib
import hmac
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import user_logged_in, user_logged_out
from django import forms
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from core.models import LoginAttempt, User
from core.models.base import INTERNAL
from core.services import record

ATTEMPTS, WINDOW = 8, timedelta(minutes=15)
TOO_MANY = _("Too many failed log-ins. Try again in 15 minutes, or set a new password.")


def attempt_key(name: str) -> str:
    """A keyed digest of the address or the factor that was tried: the table tells nobody who tried."""
    return hmac.new(
        settings.SECRET_KEY.encode(), name.strip().lower().encode("utf-8", "replace"), hashlib.sha256
    ).hexdigest()


def refuse_many_attempts(name: str) -> None:
    """
    Raises:
        ValidationError: ATTEMPTS failed within WINDOW.
    """
    rows = LoginAttempt.objects.filter(key=attempt_key(name), at__gt=timezone.now() - WINDOW)
    if rows.count() >= ATTEMPTS:
        raise ValidationError(TOO_MANY, code="too_many_login_attempts")


def count_attempt(name: str) -> None:
    LoginAttempt.objects.create(key=attempt_key(name), at=timezone.now())


def forget_attempts(name: str) -> None:
    LoginAttempt.objects.filter(key=attempt_key(name)).delete()


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Refuses further log-ins after ATTEMPTS failures within WINDOW, whoever asks and whatever Redis does."""

    error_messages = {**DefaultAccountAdapter.error_messages, "too_many_login_attempts": TOO_MANY}

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        refuse_many_attempts(str(credentials.get("email", "")))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True


class SignupForm(forms.Form):
    """What is asked at sign-up besides e-mail and password."""

    full_name = forms.CharField(label=_("Your name"), max_length=200)

    def signup(self, request: HttpRequest, user: User) -> None:
        user.full_name = self.cleaned_data["full_name"]
        user.language = (translation.get_language() or "kk")[:2]
        user.save(update_fields=["full_name", "language"])


# These three are Django's and allauth's own signals: log-ins have no service of ours to stand in.
@receiver(user_login_failed)
def count_failure(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    count_attempt(str(credentials.get("email", "")))


@receiver(user_logged_in)
def record_login(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    forget_attempts(user.email)
    record(user, "user.login", actor=user, at=timezone.now(), audience=INTERNAL)


@receiver(user_logged_out)
def record_logout(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record(user, "user.logout", actor=user, at=timezone.now(), audience=INTERNAL)
