"""Sign-up and the request for a new password: each sends a letter, so each is counted, whatever Redis does."""

from typing import Any

from allauth.account.forms import ResetPasswordForm, SignupForm
from allauth.core import context

from core.accounts import count_letter


class CountedSignupForm(SignupForm):  # type: ignore[misc]  # allauth ships no types
    """Sign-up, limited by address; an address that has an account already is told by letter, hence limited too."""

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean()
        if not self.errors:
            count_letter("sign-up", values["email"], context.request)
        return values


class CountedResetForm(ResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """The request for a link by which one sets a new password."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        count_letter("new password", email, context.request)
        return email
