"""What entering, changing, letting and assessing a data centre ask for."""

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.db.models import Model
from django.forms.models import fields_for_model
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import regions_lazy
from core.models import Organisation
from core.regions import ZONES
from law import standards
from licensing.forms import ActForm, day, words, yes_or_no
from licensing.forms.checklists import ChecklistForm
from licensing.models import Licence
from mining.models import DataCentre, Hosting
from mining.services.centres import FIELDS
from mining.workflow import CENTRE

MEGAWATTS: dict[str, Any] = {"max_digits": 9, "decimal_places": 3, "min_value": Decimal("0.001")}


def zone_choices() -> list[tuple[str, str]]:
    return [("", gettext("Any zone")), *((code, gettext(name)) for code, name in ZONES.items())]


def state_choices() -> list[tuple[str, str]]:
    return [("", gettext("Any state")), *((one.name, gettext(one.label)) for one in CENTRE.states)]


def result_choices() -> list[tuple[str, str]]:
    named = [(code, gettext(text)) for code, text in standards.RESULTS.items()]
    return [("", gettext("Any result")), *named, ("none", gettext("Never assessed"))]


class CentresForm(forms.Form):
    """What narrows the list. A value that is not offered narrows nothing."""

    q = forms.CharField(required=False, max_length=200, label=_("Number, name, address or owner"))
    region = forms.ChoiceField(required=False, choices=regions_lazy, label=_("Region"))
    zone = forms.ChoiceField(required=False, choices=lazy(zone_choices, list), label=_("Zone of the grid"))
    state = forms.ChoiceField(required=False, choices=lazy(state_choices, list), label=_("State"))
    result = forms.ChoiceField(required=False, choices=lazy(result_choices, list), label=_("Last result"))


class PublicCentresForm(forms.Form):
    """What narrows the public list."""

    q = forms.CharField(required=False, max_length=200, label=_("Number, name or owner"))
    region = forms.ChoiceField(required=False, choices=regions_lazy, label=_("Region"))
    zone = forms.ChoiceField(required=False, choices=lazy(zone_choices, list), label=_("Zone of the grid"))


def centre_fields() -> dict[str, forms.Field]:
    """The fields that an officer enters, as the model has them."""
    calendar = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    found = fields_for_model(DataCentre, fields=FIELDS, widgets={"opened_on": calendar})
    return cast("dict[str, forms.Field]", found)


class OwnerForm(forms.Form):
    """The owner by BIN or IIN."""

    owner = forms.CharField(label=_("BIN or IIN of the owner"), max_length=32)

    def clean_owner(self) -> Organisation:
        number = "".join(str(self.cleaned_data["owner"]).split())
        found = Organisation.objects.filter(identifier=number).first()
        if found is None:
            raise forms.ValidationError(_("No organisation is registered here under this number."))
        return found

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}


class NewCentreForm(OwnerForm):
    """A centre to be entered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(centre_fields())


class ChangeCentreForm(OwnerForm, ActForm):
    """Another owner or other facts, and why."""

    reason = words(_("Why"), rows=3)

    def start(self) -> dict[str, Any]:
        centre: Model = self.case
        return {name: getattr(centre, name) for name in FIELDS} | {"owner": self.case.owner.identifier}

    def prepare(self) -> None:
        fields = centre_fields()
        self.fields.update(fields)
        self.order_fields(["owner", *fields, "reason"])

    def clean(self) -> dict[str, Any]:
        own = {name: self.cleaned_data.get(name) for name in ("version", "owner", "reason")}
        return own | {"values": self.values()}


class CloseCentreForm(ActForm):
    closed_on = day(_("Last day of the data centre"), today=True)
    reason = words(_("Why"), rows=3)


class PublishCentreForm(ActForm):
    published = yes_or_no(_("The public"), _("Sees this entry"), _("Does not see this entry"))
    reason = words(_("Why"), rows=3)


class LetForm(ActForm):
    """A licence holder who uses part of the centre."""

    licence = forms.CharField(label=_("Number of the licence"), max_length=40)
    megawatts = forms.DecimalField(label=_("Let, MW"), **MEGAWATTS)
    cells = forms.IntegerField(label=_("Cells let"), required=False, min_value=1, max_value=10_000_000)
    since = day(_("From"), today=True)
    until = day(_("Last day"), required=False, help_text=_("Empty where it is let without an end."))

    def clean_licence(self) -> Licence:
        number = str(self.cleaned_data["licence"]).strip().upper()
        found = Licence.objects.visible_to(self.actor).filter(number=number).first()
        if found is None:
            raise forms.ValidationError(_("Your authority has no licence with this number."))
        return found


class EndLettingForm(ActForm):
    hosting = forms.ModelChoiceField(Hosting.objects.none(), label=_("What is let"), empty_label=None)
    until = day(_("Last day"), today=True)

    def prepare(self) -> None:
        rows = self.case.hostings.during(timezone.localdate(), None).select_related("licence__organisation")
        self.pick("hosting", rows.order_by("since", "id"))
        cast("Any", self.fields["hosting"]).label_from_instance = told_letting


def told_letting(row: Hosting) -> str:
    return gettext("%(number)s, %(holder)s: %(megawatts)s MW from %(since)s") % {
        "number": row.licence.number,
        "holder": row.licence.organisation.name,
        "megawatts": row.megawatts,
        "since": row.since.isoformat(),
    }


class AssessForm(ActForm):
    assessed_on = day(
        _("Day on which it was looked at"), today=True, help_text=_("This day picks the checklist in force.")
    )


class AnswersForm(ChecklistForm):
    """Every item of the checklist with its answer and what was seen; then the whole."""

    measured_megawatts = forms.DecimalField(label=_("Power as measured, MW"), required=False, **MEGAWATTS)

    def takes(self, item: Any) -> list[str]:
        return [code for code in standards.ANSWERS if code != standards.NOT_APPLICABLE or not item.of_definition]

    def start(self) -> dict[str, Any]:
        return super().start() | {"measured_megawatts": self.case.measured_megawatts}


class SignForm(ActForm):
    """Where duties follow on unconfirmed days, a head says why they are set all the same."""

    confirmation = words(
        _("Confirmation"),
        rows=3,
        help_text=_("The days of the duties that follow are unconfirmed: say why they are set all the same."),
    )

    def prepare(self) -> None:
        complete = not standards.faults(self.case.checklist, self.case.answers)
        if not complete or self.case.found().outcome == standards.MEETS:
            del self.fields["confirmation"]


class CompareForm(forms.Form):
    """Two assessments of one centre."""

    before = forms.ChoiceField(label=_("Earlier"))
    after = forms.ChoiceField(label=_("Later"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            cast("forms.ChoiceField", field).choices = choices
