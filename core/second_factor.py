"""The second factor: wrong codes are counted in the database, as wrong passwords are, whatever Redis does."""

from typing import TYPE_CHECKING

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm

from core.accounts import count_attempt, forget_attempts, refuse_many_attempts

if TYPE_CHECKING:
    from core.models import User


class Counted:
    """Closes the form to a person after as many wrong codes as the log-in allows wrong passwords: six digits are few.

    A code is counted before it is looked at, so that guesses sent at once are counted too.
    """

    user: "User"

    def clean_code(self) -> str:
        key = f"code:{self.user.pk}"
        refuse_many_attempts(key)
        count_attempt(key)
        code: str = super().clean_code()  # type: ignore[misc]  # of the form beside this class
        forget_attempts(key)
        return code


class CodeForm(Counted, AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """Asked for at log-in."""


class CodeAgainForm(Counted, ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """Asked for again before something grave."""
