"""A new protocol of a security test, as the page of a pool asks for it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from law.pools import TESTS
from licensing.forms import day


class ProtocolForm(forms.Form):
    """The fields are the arguments of the service."""

    kind = forms.ChoiceField(label=_("Kind of test"), choices=[(code, _(name)) for code, name in TESTS.items()])
    number = forms.CharField(label=_("Number of the protocol"), max_length=100)
    laboratory = forms.CharField(label=_("Laboratory"), max_length=200)
    issued_on = day(_("Issued"))
    expires_on = day(_("Valid to"))
    positive = forms.TypedChoiceField(
        label=_("Result"),
        choices=[("yes", _("positive")), ("no", _("negative"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
