"""What narrows the lists of issues."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchanges.models.issues import OPEN
from exchanges.workflow import ISSUE
from law.assets import KINDS


def kind_choices() -> list[tuple[str, str]]:
    return [("", gettext("Any kind")), *((str(kind), gettext(name)) for kind, name in KINDS.items())]


def state_choices() -> list[tuple[str, str]]:
    return [("", gettext("Any state")), *((code, gettext(ISSUE.state(code).applicant_label)) for code in OPEN)]


class IssuesForm(forms.Form):
    """A value that is not offered narrows nothing."""

    q = forms.CharField(required=False, max_length=200, label=_("Number, asset, issuer, keeper or BIN"))
    dfa_kind = forms.ChoiceField(required=False, choices=lazy(kind_choices, list), label=_("Kind"))
    state = forms.ChoiceField(required=False, choices=lazy(state_choices, list), label=_("State"))
