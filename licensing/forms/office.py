"""What the pages of officials ask for beside the acts on a case."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import regions
from core.models import Authority, Team, User
from core.workflow import OFFICER
from licensing.forms import officers_of, words, yes_or_no
from licensing.permits import kinds


class PublicationForm(forms.Form):
    published = yes_or_no(_("The public"), _("Sees this entry"), _("Does not see this entry"))
    reason = words(_("Why"), rows=3)


class RuleForm(forms.Form):
    """Which filings go to whom, and in which place the rule is read."""

    order = forms.IntegerField(
        label=_("Order"), min_value=1, max_value=9999, help_text=_("Rules are read from the lowest number.")
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    officer = forms.ModelChoiceField(User.objects.none(), label=_("Officer"), required=False)
    team = forms.ModelChoiceField(
        Team.objects.none(), label=_("Team"), required=False, help_text=_("Either an officer or a team.")
    )

    def __init__(self, *args: Any, authority: Authority, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(one.code, gettext(one.name)) for one in kinds().values() if one.authority == authority.code]
        cast(forms.ChoiceField, self.fields["kind"]).choices = [("", gettext("All kinds")), *own]
        cast(forms.ChoiceField, self.fields["region"]).choices = [("", gettext("All regions")), *regions()[1:]]
        officers = officers_of(authority.pk).filter(role=OFFICER)
        cast("forms.ModelChoiceField[User]", self.fields["officer"]).queryset = officers
        cast("forms.ModelChoiceField[Team]", self.fields["team"]).queryset = Team.objects.filter(authority=authority)


class CaseloadForm(forms.Form):
    """To whom and why; the key makes the same form move once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    to = forms.ModelMultipleChoiceField(User.objects.none(), label=_("To whom"), widget=forms.CheckboxSelectMultiple)
    reason = words(_("Why"), rows=3, help_text=_("Stands in the timeline of each case; the applicant never sees it."))

    def __init__(self, *args: Any, holder: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = officers_of(holder.authority_id).exclude(pk=holder.pk)
        cast("forms.ModelMultipleChoiceField[User]", self.fields["to"]).queryset = others


class SavedFilterForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)


class BulkForm(forms.Form):
    """References ticked in the queue, and to whom they go: `to` by the button, else `officer`."""

    LIMIT = 200
    to = forms.CharField(required=False, max_length=20)
    officer = forms.CharField(required=False, max_length=20)
    references = forms.MultipleChoiceField(choices=[])

    def __init__(self, *args: Any, references: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["references"]).choices = [
            (one, one) for one in references[: self.LIMIT]
        ]
