"""What joint acts and their rows ask for. The services judge."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inspections.models import JointAct
from inspections.models.acts import CRITERION_KINDS, GROUPS, INDICATORS, KINDS
from inspections.services.acts import LENGTHS
from inspections.wording import group_name
from inspections.workflow import JOINT_ACT
from law.inspections.codes import RISKS, SEVERITIES
from law.inspections.requirements import ITEM_TESTS
from licensing.forms import day, words
from licensing.forms.deeds import DeedForm

Choices = list[tuple[str, str]]


def group_choices() -> Choices:
    return [(code, group_name(code)) for code in GROUPS]


def any_group() -> Choices:
    return [("", gettext("Any")), *group_choices()]


def any_kind() -> Choices:
    return [("", gettext("Any kind")), *((code, str(name)) for code, name in KINDS.items())]


def any_state() -> Choices:
    return [("", gettext("Any state")), *((one.name, gettext(one.label)) for one in JOINT_ACT.states)]


def in_words(codes: Any) -> Any:
    """Choices of a closed list of the law, in the language of the page."""
    return lazy(
        lambda: [("", gettext("Choose one.")), *((code, gettext(str(text))) for code, text in codes.items())], list
    )


class ActsForm(forms.Form):
    """What narrows the list. A value that is not offered narrows nothing."""

    on = day(_("In force on"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=lazy(any_kind, list))
    group = forms.ChoiceField(label=_("For"), required=False, choices=lazy(any_group, list))


class OfficeActsForm(ActsForm):
    state = forms.ChoiceField(label=_("State"), required=False, choices=lazy(any_state, list))


class HeadForm(forms.Form):
    """The head of a joint act; what is not known yet may stay empty until it is proposed."""

    name = forms.CharField(label=_("Name of the act"), max_length=LENGTHS["name"])
    number = forms.CharField(label=_("Number of the act"), max_length=LENGTHS["number"], required=False)
    signed_on = day(_("Day of the act"), required=False)
    kinds_of_permit = forms.MultipleChoiceField(
        label=_("For whom"),
        choices=lazy(group_choices, list),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The homogeneous group: kinds that this authority inspects under Chapter 13."),
    )
    in_force = day(_("In force from"), required=False)


class NewActForm(HeadForm):
    """A new act, or a new version of one that stands."""

    kind = forms.ChoiceField(label=_("Kind"), choices=lazy(lambda: any_kind()[1:], list))
    like = forms.CharField(
        label=_("Start with the rows of"),
        max_length=20,
        required=False,
        help_text=_("The reference of another act of the same kind, for a new version of it."),
    )
    field_order = ("kind", "name", "number", "signed_on", "kinds_of_permit", "in_force", "like")

    def clean_like(self) -> JointAct | None:
        reference = self.cleaned_data["like"].strip().upper()
        found = JointAct.objects.filter(reference=reference).first() if reference else None
        if reference and found is None:
            raise forms.ValidationError(_("There is no act with this reference."))
        return found


class EditActForm(HeadForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class RowsFileForm(forms.Form):
    """The rows of a draft as a file."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    file = forms.FileField(label=_("File"), allow_empty_file=True)


class RowForm(forms.Form):
    """One row of a draft: added, changed, or taken out."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    gone = forms.BooleanField(label=_("Take this row out"), required=False)

    def given(self) -> dict[str, Any] | None:
        """The values of the row; None where it is taken out."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "gone")}
        return None if self.cleaned_data.get("gone") else values


class RequirementForm(RowForm):
    """One item of a checklist, with the tests of the Code as whoever enters it states them."""

    code = forms.CharField(label=_("Item"), max_length=30)
    text_kk = words(_("Requirement in Kazakh"), rows=3)
    text_ru = words(_("Requirement in Russian"), rows=3)
    text_en = words(_("Requirement in English"), rows=3, required=False)
    severity = forms.ChoiceField(label=_("Severity"), choices=in_words(SEVERITIES))
    article = forms.CharField(label=_("Article"), max_length=200)
    method = forms.CharField(label=_("How it is checked"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, text in ITEM_TESTS.items():
            self.fields[code] = forms.BooleanField(label=gettext(text), required=False)
        self.order_fields([name for name in self.fields if name != "gone"])


class CriterionForm(RowForm):
    """One criterion of risk: objective with a degree, or an indicator with its weight."""

    kind = forms.ChoiceField(label=_("Kind of criterion"), choices=in_words(CRITERION_KINDS))
    code = forms.ChoiceField(label=_("Criterion"))
    least = forms.DecimalField(
        label=_("From so many"), required=False, min_value=0, help_text=_("Megawatts, or units of what is counted.")
    )
    degree = forms.ChoiceField(label=_("Degree of risk"), required=False, choices=in_words(RISKS))
    weight = forms.DecimalField(label=_("Weight"), required=False, min_value=0)
    greatest = forms.DecimalField(label=_("Points at most"), required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counted = [(code, str(text)) for code, text in INDICATORS.items()]
        code: Any = self.fields["code"]
        code.choices = [(gettext("Objective"), group_choices()), (gettext("Indicators"), counted)]
        self.order_fields([name for name in self.fields if name != "gone"])


class SendBackActForm(DeedForm):
    remark = words(_("What differs from the signed act"), rows=4)


class EndActForm(DeedForm):
    repealed = day(_("First day no longer in force"), help_text=_("It may be to come."))
    remark = words(_("Why"), rows=3, help_text=_("The act that repeals or replaces it."))
