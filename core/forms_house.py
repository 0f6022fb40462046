"""Forms of the house's own pages: holds, reasons, passwords."""

from typing import Any

from django import forms
from django.apps import apps
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from core.services.holds import holdables


def kinds_held() -> list[tuple[str, str]]:
    return [(model, str(_(label))) for model, (label, _field) in holdables().items()]


class HoldForm(forms.Form):
    """One object that must stay."""

    kind = forms.ChoiceField(label=_("What it is"), choices=lazy(kinds_held, list))
    number = forms.CharField(
        label=_("Number"),
        max_length=100,
        help_text=_("The number of the case or licence, the BIN or IIN, or the person's e-mail address."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class PasswordForm(forms.Form):
    """The person himself, once more."""

    password = forms.CharField(
        label=_("Your password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def find_holdable(kind: str, number: str) -> Any:
    """The object with this number; None where there is none."""
    _label, field = holdables()[kind]
    return apps.get_model(kind)._base_manager.filter(**{f"{field}__iexact": "".join(number.split())}).first()
