"""What the pages of matches and of people ask for. The services judge."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from law.fitness import Requirement
from licensing.forms import ActForm, day, words, yes_or_no


class MatchForm(ActForm):
    """What shows that it is this person, or another."""

    evidence = words(
        _("What shows it"),
        rows=5,
        help_text=_("Birth date, number, country, papers that were seen. A likeness of names alone shows nothing."),
    )


class FitnessForm(forms.Form):
    """What was found of one requirement of a person."""

    code = forms.ChoiceField(label=_("Requirement"))
    met = yes_or_no(_("What was found"), _("He meets it"), _("He does not meet it"))
    note = words(_("What was seen"), rows=4)
    checked_on = day(_("Day of the look"), today=True)
    expires_on = day(
        _("To be looked at again by"), required=False, help_text=_("Your own day; no act that was read sets one.")
    )
    file = forms.FileField(label=_("Document"), required=False)

    def __init__(self, *args: Any, asked: tuple[Requirement, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        cast("Any", self.fields["code"]).choices = [(one.code, gettext(one.label)) for one in asked]
