"""What narrows the list of subjects of control, and what the acts on one ask for. The services judge."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.regions import REGIONS
from inspections.models import Subject
from law.inspections.codes import RISKS, SIZES
from law.inspections.regimes import DATA_CENTRE
from law.inspections.risk import LOWERING
from licensing.forms import words
from licensing.permits import kinds

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def chosen_kinds() -> list[tuple[str, str]]:
    """The kinds of objects in words: permits that are declared, and data centres."""
    named = [(code, gettext(kind.name)) for code, kind in kinds().items() if kind.authority == "maidd"]
    return [*named, (DATA_CENTRE, gettext("data centre"))]


def any_of(label: Any, choices: Any) -> list[tuple[str, Any]]:
    return [("", label), *((code, gettext(str(name))) for code, name in choices)]


class SubjectsForm(forms.Form):
    """What narrows the list. A value that is not offered narrows nothing."""

    q = forms.CharField(required=False, max_length=100, label=_("Name or BIN"))
    risk = forms.ChoiceField(required=False, label=_("Risk"))
    size = forms.ChoiceField(required=False, label=_("Size"))
    region = forms.ChoiceField(required=False, label=_("Region"))
    kind = forms.ChoiceField(required=False, label=_("Object"))
    shown = forms.ChoiceField(required=False, label=pgettext_lazy("of subjects of control", "Shown"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = {
            "risk": any_of(gettext("Any"), [*RISKS.items(), ("none", gettext("not judged yet"))]),
            "size": any_of(gettext("Any"), [*SIZES.items(), ("none", gettext("not stated"))]),
            "region": any_of(gettext("Any"), REGIONS.items()),
            "kind": any_of(gettext("Any"), chosen_kinds()),
            "shown": [
                ("", gettext("Subjects of today")),
                ("confirm", gettext("Degree to be confirmed")),
                ("left", gettext("No longer subjects")),
            ],
        }
        for name, values in choices.items():
            cast("forms.ChoiceField", self.fields[name]).choices = values


class ActForm(forms.Form):
    """What an act on a subject asks for; it begins with what stands."""

    @classmethod
    def begun(cls, subject: Subject) -> dict[str, Any]:
        return {name: getattr(subject, name, None) for name in cls.base_fields}


class FiguresForm(ActForm):
    staff = forms.IntegerField(
        label=_("Average staff of a year"), min_value=0, max_value=2**31 - 1, help_text=_("With branches.")
    )
    income = forms.DecimalField(
        label=_("Average income of a year, tenge"), min_value=0, max_digits=18, decimal_places=2,
        help_text=_("The mean of the last three years."),
    )  # fmt: skip
    figures_on = forms.DateField(label=_("Figures as of"), widget=DAY)
    successor = forms.BooleanField(
        label=_("Made by reorganisation or successor of another"),
        required=False,
        help_text=_("Then the three years of small firms do not protect it (131(6))."),
    )
    last_ended_on = forms.DateField(
        label=_("Its last compliance inspection ended on"),
        widget=DAY,
        required=False,
        help_text=_("Where that was before this register; else it is known here."),
    )


class LoweringForm(ActForm):
    reasons = forms.MultipleChoiceField(
        label=_("Why its risk goes one degree down"), required=False, widget=forms.CheckboxSelectMultiple
    )
    evidence = forms.CharField(
        label=_("Paper that shows it"), required=False, max_length=300, help_text=_("Number and day of the contract.")
    )
    until = forms.DateField(label=_("Last day on which that counts"), widget=DAY, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.MultipleChoiceField", self.fields["reasons"]).choices = [
            (code, gettext(label)) for code, label in LOWERING.items()
        ]

    @classmethod
    def begun(cls, subject: Subject) -> dict[str, Any]:
        named = {"reasons": subject.lowering, "evidence": subject.lowering_evidence, "until": subject.lowering_until}
        return dict(named)


class DistanceForm(ActForm):
    distance_km = forms.IntegerField(
        label=_("Km to the place of registration"), required=False, min_value=0, max_value=5_000
    )


class SeenForm(ActForm):
    """The proposal that the person looked at."""

    run_id = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def begun(cls, subject: Subject) -> dict[str, Any]:
        return {"run_id": subject.proposed_run_id}


class KeepForm(SeenForm):
    reason = words(_("Why it stays as it was"), rows=3)
