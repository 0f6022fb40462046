"""What objecting to an automated act asks for, and answering an objection."""

from django import forms
from django.utils.translation import gettext_lazy as _

from licensing.forms import TEXT_LIMIT, ActForm, words


class ObjectForm(forms.Form):
    """What is objected, and why."""

    text = forms.CharField(
        label=_("What you object to, and why"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 6})
    )


class AnswerForm(ActForm):
    """The answer in writing."""

    answer = words(
        _("The answer"),
        rows=6,
        help_text=_("What is done, or why nothing is. The person reads it as it is written."),
    )
