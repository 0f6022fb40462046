"""Acts by which an organisation is noted as a registered investor, and no more; and what it says of itself."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminDateWidget, UnfoldAdminTextInputWidget

from core import services
from core.admin.acts import Act, ActForm


class InvestorForm(ActForm):
    """The entry in the register of investors, or the document that ends it, and its day."""

    reference = forms.CharField(label=_("Entry or document"), max_length=100, widget=UnfoldAdminTextInputWidget())
    on = forms.DateField(label=_("Its day"), widget=UnfoldAdminDateWidget())


class DescriptionForm(ActForm):
    """LEI, commercial name and website, as the organisation states them; what is left empty is taken off."""

    lei = forms.CharField(label="LEI", max_length=40, required=False, widget=UnfoldAdminTextInputWidget())
    commercial_name = forms.CharField(
        label=_("Commercial name"), max_length=200, required=False, widget=UnfoldAdminTextInputWidget()
    )
    website = forms.CharField(label=_("Website"), max_length=200, required=False, widget=UnfoldAdminTextInputWidget())


DESCRIBE_ACT = Act(
    "describe_firm",
    _("State LEI, commercial name and website"),
    _("The public register shows them beside its permits; what is left empty is taken off."),
    "core.describe_firm",
    services.describe_firm,
    DescriptionForm,
)
INVESTOR_ACTS = (
    Act(
        "enter_investor",
        _("Note as registered investor"),
        _("From now on adverse acts on its permits need the prosecutor's prior approval."),
        "core.mark_investor",
        services.enter_investor,
        InvestorForm,
    ),
    Act(
        "strike_investor",
        _("Note as registered investor no more"),
        _("Adverse acts on its permits no longer need the prosecutor's prior approval."),
        "core.mark_investor",
        services.strike_investor,
        InvestorForm,
    ),
)
