"""What the acts on an appeal ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Authority
from licensing.forms import ActForm, day, words
from licensing.models import Appeal


class ForwardForm(ActForm):
    body = forms.ModelChoiceField(Authority.objects.order_by("code"), label=_("Body that decides"))

    def start(self) -> dict[str, Any]:
        return {"body": self.case.body_id}


class AnswerForm(ActForm):
    text = words(_("Reasons in words"))
    decided_on = day(
        _("Day of the decision"),
        required=False,
        help_text=_("Only for the answer of a body that keeps no cases here."),
    )


class BarForm(ActForm):
    barred = forms.ChoiceField(label=_("Why"), choices=Appeal.BARS[1:], widget=forms.RadioSelect)
    text = words(_("Reasons in words"))


class HearingForm(ActForm):
    heard_on = day(_("Day of the hearing"))
    text = words(_("What was said"), required=False)


class ClaimForm(ActForm):
    court_on = day(_("Day of the claim"))
    court_number = forms.CharField(label=_("Number of the court case"), max_length=60)


class JudgmentForm(ActForm):
    judged_on = day(_("Day on which the judgment came into force"))
    text = words(_("What the court decided"))
