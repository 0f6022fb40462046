"""What opening, answering and listing classes of assets ask for."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from law import assets
from law.checklists import NOT_APPLICABLE
from licensing.forms import day
from licensing.forms.checklists import ChecklistForm


def class_choices() -> list[tuple[str, str]]:
    return [("", gettext("Any class")), *((code, gettext(text)) for code, text in assets.CLASSES.items())]


class ClassFilterForm(forms.Form):
    """What narrows the list. A value that is not offered narrows nothing."""

    q = forms.CharField(label=_("Number, asset or issuer"), required=False, max_length=200)
    asset_class = forms.ChoiceField(label=_("Class"), required=False, choices=lazy(class_choices, list))


class NewClassForm(forms.Form):
    """An asset to be looked at."""

    asset = forms.CharField(label=_("Digital asset"), max_length=200)
    issuer = forms.CharField(label=_("Issuer"), max_length=300, required=False)
    on = day(_("Day for which the class is asked"), today=True, help_text=_("This day picks the checklist in force."))


class ClassAnswersForm(ChecklistForm):
    """Every item of the checklist with its answer and what was seen; then the whole."""

    def takes(self, item: Any) -> list[str]:
        return [code for code in super().takes(item) if code != NOT_APPLICABLE or assets.may_be_set_aside(item.code)]
