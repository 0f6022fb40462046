"""What complaints and incidents ask for. The services judge."""

from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import User
from exchanges.forms.rails import LicenceChoice, clients_of, named
from exchanges.workflow import COMPLAINT, INCIDENT
from law.duties import INCIDENTS
from law.rails import CLIENT_KINDS
from licensing.forms import words
from licensing.forms.deeds import DeedForm
from licensing.models import Licence, RegisterEntry


class NewComplaintForm(forms.Form):
    """A complaint as anybody files it."""

    licence = forms.CharField(
        label=_("Number of the provider's licence"),
        max_length=40,
        help_text=_("As in the register, for example EX-2026-00001."),
    )
    text = words(_("What are you complaining of?"), rows=6)
    name = forms.CharField(label=_("Your name"), max_length=200)
    contact = forms.CharField(label=_("How to reach you"), max_length=200, help_text=_("An e-mail or a telephone."))
    shared = forms.BooleanField(
        label=_("The provider may read my name and contact"),
        required=False,
        help_text=_("Without this it reads your words alone, and cannot find you among its clients."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_licence(self) -> Licence:
        number = self.cleaned_data["licence"].strip().upper()
        entry = RegisterEntry.objects.filter(number=number, published=True, kind__in=CLIENT_KINDS)
        found = entry.select_related("licence").first()
        if found is None or found.licence is None:
            raise forms.ValidationError(_("The register has no provider with this number."))
        return found.licence


class CodeForm(forms.Form):
    """The code by which a person finds her complaint."""

    code = forms.CharField(label=_("Code of the complaint"), max_length=20)


def states_of(table: Any) -> list[tuple[str, str]]:
    return [("", gettext("Any state")), *((one.name, gettext(one.label)) for one in table.states)]


class ComplaintsForm(forms.Form):
    """What narrows the list. A value that is not offered narrows nothing."""

    q = forms.CharField(required=False, max_length=40, label=_("Number, licence or BIN"))
    state = forms.ChoiceField(required=False, label=_("State"))
    late = forms.ChoiceField(
        required=False, label=_("Term"), choices=[("", _("Any")), ("late", _("Overdue answers only"))]
    )
    TABLE: Any = COMPLAINT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["state"]).choices = states_of(self.TABLE)


class IncidentsForm(ComplaintsForm):
    late = forms.ChoiceField(
        required=False, label=_("Reported"), choices=[("", _("Any")), ("late", _("Reported late only"))]
    )
    TABLE = INCIDENT


class AnswerForm(DeedForm):
    answer = words(_("Answer"), rows=6)


class RemarkForm(DeedForm):
    remark = words(_("What is missing, and why"), rows=4)


class OutcomeForm(DeedForm):
    outcome = words(_("What came of it"), rows=4)


class IncidentForm(forms.Form):
    """An incident as the provider reports it."""

    licence = LicenceChoice(Licence.objects.none(), label=_("Licence"), to_field_name="number")
    kind = forms.ChoiceField(label=_("Kind"))
    noticed_at = forms.DateTimeField(
        label=_("Noticed"),
        initial=lambda: timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    summary = forms.CharField(label=_("What happened, in short"), max_length=300, help_text=_("Name no person."))
    persons = forms.IntegerField(label=_("Persons concerned"), required=False, min_value=0, max_value=2**31 - 1)
    source = forms.CharField(label=_("Where this is known from"), max_length=300)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = cast("forms.ModelChoiceField[Any]", self.fields["licence"])
        rows = Licence.objects.visible_to(user).filter(pk__in=[row.pk for row in clients_of(user)])
        own.queryset = rows.select_related("organisation").order_by("-id")
        cast("forms.ChoiceField", self.fields["kind"]).choices = named(INCIDENTS)
        if not user.is_official:
            del self.fields["source"]


class DescribeForm(DeedForm):
    description = words(_("What happened and why"), rows=6)
    measures = words(_("What was done"), rows=4)
