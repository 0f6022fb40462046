"""Exchanges and reports on sales in the administration, to read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter

from core.admin.base import HouseAdmin, display
from core.templatetags.tizilim import money
from exchanges.models import AssetAssessment, ListedExchange, PerimeterNote, SaleReport


@admin.register(ListedExchange)
class ListedExchangeAdmin(HouseAdmin):
    see = "exchanges.read_records"
    group = "register"
    icon = "currency_exchange"
    list_display = ("code", "__str__", "licence_number", "valid_from", "valid_to")
    list_display_links = ("code",)
    search_fields = ("=code", "=licence_number")
    search_help_text = _("Code, or number of the licence")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("code", "licence_number", "licence"),
        ("name_kk", "name_ru", "name_en"),
        ("authority", "organisation"),
        ("valid_from", "source"),
        ("valid_to", "end_source"),
        ("entered_by", "entered_at"),
    )


@admin.register(SaleReport)
class SaleReportAdmin(HouseAdmin):
    see = "exchanges.read_records"
    group = "records"
    icon = "receipt_long"
    list_display = ("reference", "edition", "source", "reporter", "period_from", "filed_on", "late", "shown_total")
    list_display_links = ("reference",)
    list_filter = (("source", ChoicesDropdownFilter), "late", ("period_from", RangeDateFilter))
    list_select_related = ("organisation", "exchange")
    search_fields = ("=reference", "=organisation__identifier")
    search_help_text = _("Number of the report, or BIN")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "edition", "source"),
        ("organisation", "exchange", "authority"),
        ("period_from", "period_to"),
        ("filed_on", "filed_at", "filed_by"),
        ("due_on", "late"),
        "reason",
        ("rows_count", "total"),
        ("digest", "replaced_at"),
    )

    def view_on_site(self, obj: SaleReport) -> str:
        return f"/sale-reports/{obj.reference}/?edition={obj.edition}"

    @display(description=_("sold, tenge"))
    def shown_total(self, row: SaleReport) -> str:
        return money(row.total)


@admin.register(PerimeterNote)
class PerimeterNoteAdmin(HouseAdmin):
    """That notes are kept, by whom and when. What a firm asked for a client is its own: no official reads it."""

    group = "records"
    icon = "bookmark"
    list_display = ("reference", "organisation", "author", "created_at")
    list_display_links = ("reference",)
    list_select_related = ("organisation", "author")
    search_fields = ("=reference", "=organisation__identifier")
    search_help_text = _("Number of the note, or BIN")
    ordering = ("-id",)
    sortable_by = ()
    fields = (("reference", "created_at"), ("organisation", "author"))

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        return rows.only("id", "reference", "created_at", "organisation", "author")


@admin.register(AssetAssessment)
class AssetAssessmentAdmin(HouseAdmin):
    group = "records"
    icon = "category"
    list_display = ("reference", "asset", "on", "state", "asset_class", "kind")
    list_display_links = ("reference",)
    list_filter = (("asset_class", ChoicesDropdownFilter), ("on", RangeDateFilter))
    search_fields = ("=reference", "asset")
    search_help_text = _("Number, or name of the asset")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "state", "version"),
        ("asset", "issuer", "authority"),
        ("on", "standard"),
        ("asset_class", "kind"),
        "summary",
        ("prepared_by", "created_at"),
        ("signed_by", "signed_at"),
    )

    def view_on_site(self, obj: AssetAssessment) -> str:
        return f"/asset-classes/{obj.reference}/"
