"""Reports of pools and miners, to read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateFilter

from core.admin.base import display
from core.days import dateshort
from mining.admin.base import MiningAdmin
from mining.models import MinerReport, PoolReport
from mining.models.distributions import PeriodReport


class ReportAdmin(MiningAdmin):
    """What both have alike."""

    group = "cases"
    list_display = ("reference", "organisation", "shown_period", "revision", "standing", "shown_received", "shown_due")
    list_display_links = ("reference",)
    list_filter = ("standing", ("period_first", RangeDateFilter))
    list_select_related = ("organisation",)
    search_fields = ("=reference", "=organisation__identifier")
    search_help_text = _("Number of the report, or BIN or IIN")
    ordering = ("-id",)
    sortable_by = ()

    @display(description=_("period"))
    def shown_period(self, row: PeriodReport) -> str:
        return f"{dateshort(row.period_first)} – {dateshort(row.period_last)}"

    @display(description=_("received"))
    def shown_received(self, row: PeriodReport) -> str:
        return dateshort(row.received_on)

    @display(description=_("due"))
    def shown_due(self, row: PeriodReport) -> str:
        return dateshort(row.due_on)


@admin.register(PoolReport)
class PoolReportAdmin(ReportAdmin):
    icon = "receipt_long"
    fields = (
        ("reference", "organisation", "accreditation"),
        ("period_first", "period_last", "revision", "standing"),
        ("received_at", "due_on"),
        ("rows", "marked", "as_it_happened"),
        "digest",
    )

    def view_on_site(self, obj: PoolReport) -> str:
        return f"/pool-reports/{obj.reference}/"


@admin.register(MinerReport)
class MinerReportAdmin(ReportAdmin):
    icon = "receipt"
    fields = (
        ("reference", "organisation"),
        ("period_first", "period_last", "revision", "standing"),
        ("received_at", "due_on"),
        "explanation",
        "digest",
    )

    def view_on_site(self, obj: MinerReport) -> str:
        return f"/miner-reports/{obj.reference}/"
