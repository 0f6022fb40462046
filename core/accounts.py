"""Log-in, sign-up, new passwords: what allauth leaves to us. Attempts are counted in the database, log-ins are events.

Each is limited by account and by the address that asks, whatever Redis does.
"""

import hashlib
import hmac
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
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

from core.limits import address_of
from core.models import LoginAttempt, User
from core.models.base import INTERNAL
from core.services import record, set_password

#: Failures for one account, and from one address: a whole office may stand behind one.
ATTEMPTS, FROM_ONE_PLACE, WINDOW = 8, 40, timedelta(minutes=15)
#: Sign-ups and requests for a new password: each sends a letter.
LETTERS_TO_ONE, LETTERS_FROM_ONE_PLACE, LETTER_WINDOW = 4, 20, timedelta(hours=1)
TOO_MANY = _("Too many failed log-ins. Try again in 15 minutes, or set a new password.")
TOO_MANY_HERE = _("Too many failed log-ins from your network. Try again in 15 minutes.")
TOO_MANY_LETTERS = _(
    "This was asked for too often, for this e-mail address or from your network. Try again in an hour."
)


def attempt_key(name: str) -> str:
    """A keyed digest of the address or the factor that was tried: the table tells nobody who tried."""
    return hmac.new(
        settings.SECRET_KEY.encode(), name.strip().lower().encode("utf-8", "replace"), hashlib.sha256
    ).hexdigest()


def attempts(name: str, window: timedelta = WINDOW) -> int:
    """How often it was tried of late."""
    return LoginAttempt.objects.filter(key=attempt_key(name), at__gt=timezone.now() - window).count()


def refuse_many_attempts(name: str) -> None:
    """
    Raises:
        ValidationError: ATTEMPTS failed within WINDOW.
    """
    if attempts(name) >= ATTEMPTS:
        raise ValidationError(TOO_MANY, code="too_many_login_attempts")


def count_attempt(name: str) -> LoginAttempt:
    return LoginAttempt.objects.create(key=attempt_key(name), at=timezone.now())


def forget_attempts(name: str) -> None:
    LoginAttempt.objects.filter(key=attempt_key(name)).delete()


def place_of(request: HttpRequest | None) -> str:
    """Where a request comes from. Of a long address the network: one subscriber holds 2^64 of them."""
    text = address_of(request) if request is not None else ""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    return text if not isinstance(address, IPv6Address) else str(IPv6Address(int(address) >> 64 << 64))


def sent_too_often(what: str, request: HttpRequest, limit: int, window: timedelta) -> bool:
    """Count what somebody sends by an open form, and say whether his place has sent too much of late.

    It is counted before it is looked at, so that many at once are too; what was refused closes nothing longer. The
    count is kept in the database: a broken cache opens nothing.
    """
    name = f"{what} from:{place_of(request)}"
    row = count_attempt(name)
    if attempts(name, window) <= limit:
        return False
    row.delete()
    return True


def count_letter(what: str, email: str, request: HttpRequest | None) -> None:
    """Count a request that sends somebody a letter. It is counted before it is looked at, so that many at once are too.

    Raises:
        ValidationError: asked for too often, for this address or from this place; whether there is an account or not.
    """
    limits = [(f"{what}:{email}", LETTERS_TO_ONE), (f"{what} from:{place_of(request)}", LETTERS_FROM_ONE_PLACE)]
    rows = [count_attempt(name) for name, _limit in limits]
    if any(attempts(name, LETTER_WINDOW) > limit for name, limit in limits):
        LoginAttempt.objects.filter(pk__in=[row.pk for row in rows]).delete()  # what was refused closes nothing longer
        raise ValidationError(TOO_MANY_LETTERS, code="too_many_letters")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Refuses further log-ins after ATTEMPTS failures within WINDOW, whoever asks and whatever Redis does."""

    error_messages = {**DefaultAccountAdapter.error_messages, "too_many_login_attempts": TOO_MANY}

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        refuse_many_attempts(str(credentials.get("email", "")))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Looks at a password; a wrong one counts against the address that sent it, a right one does not."""
        place = f"log-in from:{place_of(request)}"
        row = count_attempt(place)
        if attempts(place) > FROM_ONE_PLACE:
            row.delete()
            raise ValidationError(TOO_MANY_HERE, code="too_many_login_attempts")
        person: User | None = super().authenticate(request, **credentials)
        if person is not None:
            row.delete()
        return person

    def set_password(self, user: User, password: str) -> None:
        """However a password is changed, the API keys made before end with it."""
        set_password(user, password, actor=user, at=timezone.now())

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
