"""What supervisory visits ask for. The services judge."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import User
from inspections.models.visits import OTHER_REGIMES
from inspections.workflow import SUPERVISORY_VISIT
from law.inspections.codes import METHODS, REGIMES
from licensing.forms import day, words
from licensing.forms.deeds import DeedForm
from licensing.models import Licence

Choices = list[tuple[str, str]]


def any_state() -> Choices:
    return [("", gettext("Any state")), *((one.name, gettext(one.label)) for one in SUPERVISORY_VISIT.states)]


def any_regime() -> Choices:
    return [("", gettext("Any law")), *((str(one), gettext(REGIMES[one])) for one in OTHER_REGIMES)]


def methods() -> Choices:
    return [(str(code), gettext(text)) for code, text in METHODS.items()]


class VisitsForm(forms.Form):
    """What narrows the list. A value that is not offered narrows nothing."""

    q = forms.CharField(required=False, max_length=40, label=_("Number, licence or BIN"))
    state = forms.ChoiceField(required=False, label=_("State"), choices=lazy(any_state, list))
    regime = forms.ChoiceField(required=False, label=_("Under which law"), choices=lazy(any_regime, list))


class VisitForm(forms.Form):
    """A visit to be announced."""

    licence = forms.CharField(label=_("Number of the licence"), max_length=40)
    planned_on = day(_("Planned for"))
    method = forms.ChoiceField(label=_("How it is done"), choices=lazy(methods, list))
    purpose = words(_("What it is about"), rows=4, help_text=_("The provider reads it."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_licence(self) -> Licence:
        number = self.cleaned_data["licence"].strip().upper()
        found = Licence.objects.visible_to(self.user).select_related("organisation", "authority")
        licence = found.filter(number=number, authority=self.user.authority_id).first()
        if licence is None:
            raise forms.ValidationError(_("Your authority has no licence with this number."))
        return licence


class CarriedOutForm(DeedForm):
    carried_on = day(_("Day of the visit"), today=True)


class VisitReportForm(DeedForm):
    report = words(_("Report"), rows=12, help_text=_("The provider reads it when a head has issued it."))


class ReplyForm(DeedForm):
    reply = words(_("Answer"), rows=8)


class ConclusionForm(DeedForm):
    conclusion = words(_("What came of it"), rows=5)
