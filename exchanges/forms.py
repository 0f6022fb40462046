"""What the pages of the list of exchanges ask for. The services judge."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Organisation
from licensing.forms import day


class ExchangeForm(forms.Form):
    """A new exchange of the list; `organisation` where it has an account here and reports itself."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("Reports name the exchange by it."))
    name_kk = forms.CharField(label=_("Name in Kazakh"), max_length=300, required=False)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=300, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=300)
    licence_number = forms.CharField(label=_("Number of its licence in the AIFC"), max_length=60)
    valid_from = day(_("Licensed from"))
    source = forms.CharField(
        label=_("Where this is known from"), max_length=300, help_text=_("A page, a letter with its number and day.")
    )
    organisation = forms.CharField(label=_("BIN, where registered here"), max_length=12, required=False)

    def clean_organisation(self) -> Organisation | None:
        number = self.cleaned_data["organisation"].strip()
        found = Organisation.objects.filter(identifier=number).first() if number else None
        if number and found is None:
            raise forms.ValidationError(_("No organisation is registered here under this number."))
        return found

    def given(self) -> dict[str, Any]:
        """The arguments of the service."""
        values = dict(self.cleaned_data)
        names = {language: values.pop(f"name_{language}") for language in ("kk", "ru", "en")}
        return values | {"names": names}


class EndForm(forms.Form):
    """The last day of the licence."""

    valid_to = day(_("Licensed to"))
    end_source = forms.CharField(label=_("Where this is known from"), max_length=300)


class ReportFilterForm(forms.Form):
    """What narrows the list of reports. A value that is not offered narrows nothing."""

    source = forms.ChoiceField(
        label=_("Whose report"),
        required=False,
        choices=[("", _("Any")), ("miner", _("Of a miner")), ("exchange", _("Of an exchange"))],
    )
    late = forms.ChoiceField(label=_("In time"), required=False, choices=[("", _("Any")), ("late", _("Late only"))])
    q = forms.CharField(label=_("Number or BIN"), required=False, max_length=60)
