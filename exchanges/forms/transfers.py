"""What held transfers ask for. The services judge."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import User
from exchanges.forms.complaints import states_of
from exchanges.forms.rails import LicenceChoice, clients_of
from exchanges.workflow import TRANSFER
from licensing.forms.deeds import DeedForm
from licensing.models import Licence


def moment(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=required, widget=widget, help_text=help_text)


class TransfersForm(forms.Form):
    """What narrows the list. A value that is not offered narrows nothing."""

    q = forms.CharField(required=False, max_length=60, label=_("Number, licence or BIN"))
    state = forms.ChoiceField(required=False, label=_("State"))
    faulty = forms.ChoiceField(
        required=False, label=_("Against the law"), choices=[("", _("Any")), ("yes", _("Against the law only"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["state"]).choices = states_of(TRANSFER)


class TransferForm(forms.Form):
    """A transfer as its provider reports it."""

    licence = LicenceChoice(Licence.objects.none(), label=_("Licence"), to_field_name="number")
    own_number = forms.CharField(
        label=_("Your own number of the transfer"), max_length=60, help_text=_("Name no person.")
    )
    asset = forms.CharField(label=_("Digital asset"), max_length=20)
    seen_at = moment(_("Asked for"))
    stopped_at = moment(_("Stopped"), required=False, help_text=_("Empty where it was not stopped."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = cast("forms.ModelChoiceField[Any]", self.fields["licence"])
        rows = Licence.objects.visible_to(user).filter(pk__in=[row.pk for row in clients_of(user)])
        own.queryset = rows.select_related("organisation").order_by("-id")


class OverForm(DeedForm):
    over_at = moment(_("When"))
    given_at = moment(_("Data given"), required=False, help_text=_("Empty where they never came."))
