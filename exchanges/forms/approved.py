"""What the list of approved assets and its acts ask for."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchanges.services.naming import LENGTHS
from exchanges.workflow import APPROVED
from law.offers import LIMIT_CLIENTS, LIMIT_PERIODS
from licensing.forms import ActForm, day, words


def state_choices() -> list[tuple[str, str]]:
    return [("", gettext("Any state")), *((one.name, gettext(one.label)) for one in APPROVED.states)]


def period_choices() -> list[tuple[str, str]]:
    return [("", gettext("No limit")), *((code, gettext(text)) for code, text in LIMIT_PERIODS.items())]


def client_choices() -> list[tuple[str, str]]:
    return [("", gettext("No limit")), *((code, gettext(text)) for code, text in LIMIT_CLIENTS.items())]


class AssetsForm(forms.Form):
    """What narrows the officers' list. A value that is not offered narrows nothing."""

    q = forms.CharField(required=False, max_length=100, label=_("Number, symbol or name"))
    state = forms.ChoiceField(required=False, choices=lazy(state_choices, list), label=_("State"))


class ListForm(forms.Form):
    """What the public asks of the list: a day, and which asset."""

    on = day(_("As of"), required=False)
    q = forms.CharField(required=False, max_length=100, label=_("Number, symbol or name"))


class NewAssetForm(forms.Form):
    """An asset to be put before a head."""

    name = forms.CharField(label=_("Name of the asset"), max_length=LENGTHS["name"])
    symbol = forms.CharField(
        label=_("Symbol"),
        max_length=LENGTHS["symbol"],
        help_text=_("Two assets may share one: an entry is known by its number."),
    )
    network = forms.CharField(label=_("Network"), max_length=LENGTHS["network"], required=False)
    contract = forms.CharField(label=_("Address of the contract"), max_length=LENGTHS["contract"], required=False)
    limit_amount = forms.DecimalField(
        label=_("Limit, tenge"), required=False, min_value=0, max_digits=18, decimal_places=2
    )
    limit_period = forms.ChoiceField(label=_("Limit counted over"), required=False, choices=lazy(period_choices, list))
    limit_clients = forms.ChoiceField(label=_("Limit for"), required=False, choices=lazy(client_choices, list))
    first_day = day(_("First day"))
    last_day = day(_("Last day"), required=False, help_text=_("Where it is known from the beginning."))
    decision = forms.CharField(
        label=_("Decision of the authority"), max_length=LENGTHS["decision"], help_text=_("Its number and day.")
    )


class DropAssetForm(ActForm):
    reason = words(_("Why"), rows=3)


class ProposeWithdrawalForm(ActForm):
    ending_from = day(_("Off the list from"), help_text=_("Today at the earliest: holders keep to it from then on."))
    reason = words(_("Why"), rows=3, help_text=_("Everybody reads it when the asset is withdrawn."))


class WithdrawForm(ActForm):
    confirmation = words(
        _("Why it is withdrawn all the same"),
        rows=3,
        help_text=_("The rule behind the list is unconfirmed: what you write is kept and not shown to the public."),
    )
