"""The shapes of reports on sales and of the list of exchanges in the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.api.fields import PastDateField, StrictSerializer
from core.api.serializers import NamesSerializer, ProvisionSerializer
from exchanges.models import SaleReport
from exchanges.services.reports import ROWS_LIMIT
from law.provisions import LDA_START


class ListedExchangeSerializer(serializers.Serializer[Any]):
    """An exchange licensed in the AIFC: by a licence kept here, or as officials entered it."""

    code = serializers.CharField()
    names = NamesSerializer()
    licence_number = serializers.CharField()
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)
    kept_here = serializers.BooleanField(help_text="Whether its licence is one of this register.")
    source = serializers.CharField(  # type: ignore[assignment]  # a field of the answer, not the option of fields
        help_text="Where this is known from; empty where the licence is kept here."
    )


class SaleRowSerializer(StrictSerializer):
    """A sale, or the sum of those of one day. A miner names the exchange (empty: elsewhere), an exchange the miner."""

    sold_on = PastDateField(label=_("sold on"), earliest=LDA_START)
    asset = serializers.CharField(label=_("digital asset"), max_length=20)
    amount = serializers.DecimalField(label=_("amount, tenge"), max_digits=18, decimal_places=2)
    exchange = serializers.CharField(
        max_length=40, required=False, allow_blank=True, default="", help_text="Its code in the list of exchanges."
    )
    miner = serializers.CharField(
        label=_("BIN or IIN of the miner"), max_length=12, required=False, allow_blank=True, default=""
    )
    deal = serializers.CharField(
        label=_("number of the deal"), max_length=60, required=False, allow_blank=True, default=""
    )


class PaperField(serializers.CharField):
    """What an officer enters the report from."""

    def __init__(self, **options: Any) -> None:
        fixed: dict[str, Any] = {"required": False, "allow_blank": True, "default": "", "max_length": 2_000}
        fixed["help_text"] = "From an officer who enters a paper: what it was. Nobody else names one."
        super().__init__(label=_("entered from the paper"), **{**fixed, **options})


class NewSaleReportSerializer(StrictSerializer):
    """A report on one calendar quarter: of an organisation on what it sold, or of an exchange on what miners sold."""

    organisation = serializers.CharField(
        label=_("BIN or IIN"), max_length=32, required=False, allow_blank=True, default="", help_text="Of the miner."
    )
    exchange = serializers.CharField(
        max_length=40,
        required=False,
        allow_blank=True,
        default="",
        help_text="Its code, where an exchange reports; then no organisation is named.",
    )
    period_from = serializers.DateField(label=_("from"))
    period_to = serializers.DateField(label=_("to"))
    paper = PaperField()
    rows = SaleRowSerializer(many=True, max_length=ROWS_LIMIT)  # type: ignore[call-arg]  # many=True makes a list


class SaleCorrectionSerializer(StrictSerializer):
    """All rows as they should have been, and why."""

    rows = SaleRowSerializer(many=True, max_length=ROWS_LIMIT)  # type: ignore[call-arg]  # many=True makes a list
    reason = serializers.CharField(label=_("why it was corrected"), max_length=2_000)
    paper = PaperField()


class SaleReportFileSerializer(StrictSerializer):
    """A report as a file of rows, CSV or XLSX. With an edition it is a correction of that one, and says why."""

    organisation = serializers.CharField(
        label=_("BIN or IIN"), max_length=32, required=False, allow_blank=True, default="", help_text="Of the miner."
    )
    exchange = serializers.CharField(
        max_length=40, required=False, allow_blank=True, default="", help_text="Its code, where an exchange reports."
    )
    period_from = serializers.DateField(label=_("from"), help_text="First day of the quarter.")
    edition = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=32_000, help_text="That was read."
    )
    reason = serializers.CharField(
        label=_("why it was corrected"), max_length=2_000, required=False, allow_blank=True, default=""
    )
    paper = PaperField()
    file = serializers.FileField(allow_empty_file=True)
    take = serializers.BooleanField(
        required=False, default=False, help_text="Take it at once when it has no faults; else it is only looked at."
    )


class SaleReportLineSerializer(serializers.Serializer[Any]):
    """A report in a list: the edition that counts."""

    reference = serializers.CharField()
    edition = serializers.IntegerField()
    source = serializers.ChoiceField(  # type: ignore[assignment]  # a field of the answer, not the option of fields
        choices=[code for code, _label in SaleReport.SOURCES]
    )
    organisation = serializers.CharField(allow_null=True)
    exchange = serializers.CharField(allow_null=True)
    period_from = serializers.DateField()
    period_to = serializers.DateField()
    filed_on = serializers.DateField()
    due_on = serializers.DateField(allow_null=True, help_text="Empty where nobody owed it.")
    late = serializers.BooleanField()
    provision = ProvisionSerializer(allow_null=True, help_text="The rule of the term.")
    rows_count = serializers.IntegerField()
    total = serializers.CharField()
    currency = serializers.CharField()


class StoredRowSerializer(serializers.Serializer[Any]):
    """A row as it is kept."""

    sold_on = serializers.DateField()
    asset = serializers.CharField()
    amount = serializers.CharField()
    exchange = serializers.CharField(allow_blank=True)
    miner = serializers.CharField(allow_blank=True)
    deal = serializers.CharField(allow_blank=True)


class SaleReportSerializer(SaleReportLineSerializer):
    """A report with its rows."""

    reason = serializers.CharField(allow_blank=True)
    paper = serializers.CharField(allow_blank=True, help_text="Where an officer entered it: what it was.")
    rows = StoredRowSerializer(many=True)
