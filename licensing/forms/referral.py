"""What a request to another authority, its answer and its withdrawal ask for."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.forms import FilesField
from core.models import Authority, Document, User
from licensing.forms import ActForm, day, words
from licensing.models import Referral
from licensing.services.referrals import ABOUT_LIMIT


class AskForm(forms.Form):
    """A request about a record of one's authority, or about nothing that is kept here (`papers` None)."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Referral.KINDS, initial=Referral.REQUEST)
    body = forms.ModelChoiceField(Authority.objects.none(), label=_("To"))
    about = forms.CharField(label=_("About"), max_length=ABOUT_LIMIT)
    text = words(_("What is asked"), help_text=_("The other authority reads this, and nothing of your case beside it."))
    documents = forms.ModelMultipleChoiceField(
        Document.objects.none(),
        label=_("Documents to show"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The other authority reads those that you tick, and no others."),
    )
    attached = FilesField(label=_("Other files"), required=False)

    def __init__(self, *args: Any, asker: User, papers: "QuerySet[Document] | None", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = cast("forms.ModelChoiceField[Authority]", self.fields["body"])
        bodies.queryset = Authority.objects.exclude(pk=asker.authority_id or 0).order_by("code")
        if papers is None:
            del self.fields["documents"]
            return
        del self.fields["about"]
        shown = cast("forms.ModelMultipleChoiceField[Document]", self.fields["documents"])
        shown.queryset = papers
        shown.label_from_instance = lambda row: row.filename  # type: ignore[method-assign, assignment]  # as Django's own documents do

    def given(self) -> dict[str, Any]:
        """As the service takes it."""
        own = dict(self.cleaned_data)
        return {"about": "", "documents": (), "files": own.pop("attached"), **own}


class AnswerForm(forms.Form):
    """The asked authority answers by itself, today."""

    answer = words(_("Answer"), help_text=_("Both sides read it as you write it; it cannot be changed."))
    attached = FilesField(label=_("Documents with the answer"), required=False)

    def given(self) -> dict[str, Any]:
        return {"answer": self.cleaned_data["answer"], "files": self.cleaned_data["attached"]}


class EnterAnswerForm(ActForm):
    """Who asked enters what came on paper."""

    answered_on = day(_("Day of the answer"))
    answer = words(_("Answer"))


class WithdrawForm(ActForm):
    reason = words(_("Why"), rows=3)
