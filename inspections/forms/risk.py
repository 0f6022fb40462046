"""What starting a run and trying other criteria ask for. The services judge."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import Authority
from inspections.models import JointAct
from inspections.models.acts import CRITERIA, OBJECTIVE
from inspections.services.indicators import SOURCES
from inspections.services.rules import CHANGEABLE, Rule
from law.inspections.codes import RISKS

WORDS = {
    "least": _("from so many MW"),
    "degree": _("degree of risk"),
    "weight": _("weight"),
    "greatest": _("points at most"),
}


def criteria_of(authority: Authority | None, on: Any) -> Any:
    """The acts of an authority by which a run of a day can judge."""
    return JointAct.objects.in_force(on).filter(authority=authority, kind=CRITERIA).order_by("-in_force", "-pk")


class CriteriaChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: JointAct) -> str:
        return f"{obj.reference} · {obj.number} · {obj.name}"


class RunsForm(forms.Form):
    """What narrows the list of runs."""

    shown = forms.ChoiceField(
        required=False,
        label=_("Runs"),
        choices=[("", _("Any")), ("snapshots", _("Snapshots only")), ("trials", _("Trials only"))],
    )


class RunForm(forms.Form):
    """By which criteria today's run judges."""

    criteria = CriteriaChoice(JointAct.objects.none(), label=_("Criteria in force today"), to_field_name="reference")

    def __init__(self, *args: Any, acts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[JointAct]", self.fields["criteria"])
        field.queryset, field.initial = acts, acts.first()


class TrialForm(forms.Form):
    """Each value of each criterion, beginning with what stands; what differs is tried."""

    def __init__(self, *args: Any, rules: list[Rule], names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        for rule in rules:
            said = (
                gettext(SOURCES[rule.code].label)
                if rule.kind != OBJECTIVE
                else capfirst(names.get(rule.code, rule.code))
            )
            for name, value in rule.shown.items():
                self.fields[f"{rule.key}-{name}"] = field_of(name, f"{said}: {WORDS[name]}", value)

    def changes(self) -> dict[str, dict[str, str]]:
        """What differs from what stands: key of the criterion → name → value."""
        found: dict[str, dict[str, str]] = {}
        for rule in self.rules:
            given = {name: self.cleaned_data.get(f"{rule.key}-{name}") or "" for name in CHANGEABLE[rule.kind]}
            differing = {name: value for name, value in given.items() if value != rule.shown[name]}
            if differing:
                found[rule.key] = differing
        return found


def field_of(name: str, label: str, value: str) -> forms.Field:
    if name == "degree":
        choices = [(code, gettext(told)) for code, told in RISKS.items()]
        return forms.ChoiceField(label=label, choices=choices, initial=value)
    return forms.CharField(
        label=label, initial=value, required=name == "weight", max_length=14,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
