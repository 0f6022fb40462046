"""The world's hash rate, and reports on jobs and investment. To read: they are entered on their pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateFilter

from core.admin.base import display
from core.days import dateshort
from mining.admin.base import MiningAdmin
from mining.models import RealisedReport, WorldHashRate


@admin.register(WorldHashRate)
class WorldHashRateAdmin(MiningAdmin):
    group = "register"
    icon = "public"
    list_display = ("day", "amount", "unit", "standing", "source")
    list_display_links = ("day",)
    list_filter = ("standing", ("day", RangeDateFilter))
    ordering = ("-day", "-id")
    sortable_by = ()
    fields = (
        ("day", "amount", "unit"),
        "source",
        ("standing", "corrects"),
        "reason",
        ("entered_by", "entered_at"),
    )


@admin.register(RealisedReport)
class RealisedReportAdmin(MiningAdmin):
    group = "cases"
    icon = "work"
    list_display = ("reference", "licence", "organisation", "shown_period", "revision", "standing", "jobs")
    list_display_links = ("reference",)
    list_filter = ("standing", ("period_first", RangeDateFilter))
    list_select_related = ("licence", "organisation")
    search_fields = ("=reference", "=licence__number", "=organisation__identifier")
    search_help_text = _("Number of the report or of the licence, or BIN or IIN")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "licence", "organisation"),
        ("period_first", "period_last", "revision", "standing"),
        ("jobs", "investment"),
        "note",
        ("source", "paper_on"),
        ("received_at", "entered_by"),
    )

    def view_on_site(self, obj: RealisedReport) -> str:
        return f"/jobs-reports/{obj.reference}/"

    @display(description=_("period"))
    def shown_period(self, row: RealisedReport) -> str:
        return f"{dateshort(row.period_first)} – {dateshort(row.period_last)}"
