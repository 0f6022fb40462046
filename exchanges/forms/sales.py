"""What the pages of the list of exchanges and of reports on sales ask for. The services judge."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.days import dateshort
from core.models import Organisation, User
from exchanges import services
from exchanges.models import EXCHANGE, ListedExchange
from law.quota import quarter_of
from licensing.forms import day, words
from licensing.forms.rows import TypedRows, typed_rows

QUARTERS = 16  # that are over and offered, the latest first
LISTED = 200  # reporters that a form offers
ROWS = 5  # empty rows at first
MOST = 200  # rows that are typed; more come as a file


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


def past_quarters() -> list[tuple[str, str]]:
    """The quarters that are over, by their first days."""
    found, day = [], quarter_of(timezone.localdate())[0]
    for _step in range(QUARTERS):
        first, last = quarter_of(day - timedelta(days=1))
        found.append((first.isoformat(), f"{dateshort(first)} – {dateshort(last)}"))
        day = first
    return found


class PaperForm(forms.Form):
    """What an officer enters a report from; to the reporter himself the field is not there."""

    paper = words(
        _("What the paper was"),
        rows=2,
        help_text=_("Its kind, number and day, and who signed it. It stands beside the report."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not user.is_official:
            del self.fields["paper"]


class ReporterForm(PaperForm):
    """Who reports, and of which quarter."""

    whose = forms.CharField(label=_("BIN or IIN of the miner"), max_length=12)
    period = forms.ChoiceField(label=_("Quarter"), choices=past_quarters)
    field_order = ["whose", "period", "paper"]

    def __init__(self, *args: Any, user: User, source: str, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.user, self.source = user, source
        if source == EXCHANGE:
            listed = services.exchanges_of(user).order_by("code")[:LISTED]
            exchanges = [(one.code, f"{one}, {one.licence_number}") for one in listed]
            self.fields["whose"] = forms.ChoiceField(label=_("Exchange"), choices=exchanges)
        elif not user.is_official:
            miners = services.miners_of(user).order_by("pk")[:LISTED]
            own = [(one.identifier, f"{one.name}, {one.identifier}") for one in miners]
            self.fields["whose"] = forms.ChoiceField(label=_("On behalf of"), choices=own)
        self.order_fields(self.field_order)

    def clean_whose(self) -> Organisation | ListedExchange:
        given = str(self.cleaned_data["whose"]).replace(" ", "")
        if self.source == EXCHANGE:
            found: Any = services.exchanges_of(self.user).filter(code=given).first()
        else:
            found = services.miners_of(self.user).filter(identifier=given).first()
        if found is None:
            raise forms.ValidationError(_("Nobody with this number ever held a mining licence."))
        whose: Organisation | ListedExchange = found
        return whose

    def clean_period(self) -> date:
        return date.fromisoformat(self.cleaned_data["period"])

    def reporter(self) -> dict[str, Any]:
        """The arguments of the service that say who reports."""
        return {"exchange" if self.source == EXCHANGE else "organisation": self.cleaned_data["whose"]}


class SalesFileForm(ReporterForm):
    file = forms.FileField(label=_("File"), allow_empty_file=True)
    field_order = ["whose", "period", "paper", "file"]


class CorrectionForm(PaperForm):
    reason = words(_("Why it is corrected"), rows=2)
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32_000)
    field_order = ["reason", "paper", "edition"]


class CorrectionFileForm(CorrectionForm):
    file = forms.FileField(label=_("File"), allow_empty_file=True)


class SaleLineForm(forms.Form):
    """A row. A miner names the exchange, an exchange the miner."""

    sold_on = day(_("Sold on"))
    asset = forms.CharField(label=_("Digital asset"), max_length=20, widget=forms.TextInput(attrs={"class": "short"}))
    amount = forms.DecimalField(label=_("Amount, tenge"), max_digits=18, decimal_places=2, localize=False)
    exchange = forms.ChoiceField(label=_("Exchange"), required=False)
    miner = forms.CharField(label=_("BIN or IIN of the miner"), max_length=12)
    deal = forms.CharField(label=_("Number of the deal"), max_length=60, required=False)

    def __init__(self, *args: Any, source: str, listed: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if source == EXCHANGE:
            del self.fields["exchange"]
        else:
            del self.fields["miner"]
            self.fields["exchange"].choices = [("", _("elsewhere")), *listed]  # type: ignore[attr-defined]  # choices


class BaseLines(TypedRows):
    """The rows of a report as they are typed."""

    def lines(self) -> list[services.SaleLine]:
        return [services.SaleLine(**form.cleaned_data) for form in self.filled()]


def lines_form(data: Any, *, source: str, rows: Sequence[Mapping[str, Any]] = ()) -> BaseLines:
    """The rows to fill in: those there are and some empty ones."""
    listed = [(one.code, str(one)) for one in ListedExchange.objects.order_by("code")[:LISTED]]
    found: BaseLines = typed_rows(
        SaleLineForm,
        data,
        prefix="rows",
        extra=ROWS,
        most=MOST,
        formset=BaseLines,
        rows=rows,
        source=source,
        listed=listed,
    )
    return found
