"""What a reviewer gives to an act on chosen cases."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
)

from core.admin.acts import ActForm
from core.models import User
from law.grounds import Ground
from licensing.forms import TEXT_LIMIT, closed_list, officers_of
from licensing.models.decisions import OUTCOMES
from licensing.permits import Form


def text_area(rows: int = 5) -> UnfoldAdminTextareaWidget:
    return UnfoldAdminTextareaWidget({"rows": rows})


class AssignForm(ActForm):
    to = forms.ModelChoiceField(User.objects.none(), label=_("Officer"), widget=UnfoldAdminSelectWidget)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Any]", self.fields["to"]).queryset = officers_of(self.actor.authority_id)


class AskForm(ActForm):
    text = forms.CharField(label=_("Question to the applicant"), max_length=TEXT_LIMIT, widget=text_area())


class ReasonsForm(ActForm):
    """Offers what the closed lists of all chosen kinds hold today."""

    def grounds_of(self, form: Form, on: date) -> Iterable[Ground]:
        raise NotImplementedError

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        filed = {(row.kind, row.act): row.form for row in self.rows}.values()
        grounds = {ground.code: ground for form in filed for ground in self.grounds_of(form, today)}
        cast(forms.MultipleChoiceField, self.fields["reasons"]).choices = closed_list(grounds.values())


class RefuseConsiderationForm(ReasonsForm):
    reasons = forms.MultipleChoiceField(
        label=_("Reasons, from the closed list"), widget=UnfoldAdminCheckboxSelectMultipleWidget
    )
    text = forms.CharField(
        label=_("Reasons in words"),
        help_text=_("Printed in the letter to the applicant: name what is missing."),
        max_length=TEXT_LIMIT,
        widget=text_area(),
    )

    def grounds_of(self, form: Form, on: date) -> Iterable[Ground]:
        return form.incompleteness_reasons(on)


class RecommendForm(ReasonsForm):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=OUTCOMES, widget=UnfoldAdminRadioSelectWidget)
    reasons = forms.MultipleChoiceField(
        label=_("Reasons, from the closed list"),
        help_text=_("Needed to refuse."),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )
    text = forms.CharField(
        label=_("Reasons in words"),
        help_text=_("Printed in the letter of a refusal."),
        max_length=TEXT_LIMIT,
        widget=text_area(),
    )

    def grounds_of(self, form: Form, on: date) -> Iterable[Ground]:
        return form.refusal_grounds(on)


class PublicationForm(ActForm):
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=text_area(3))
