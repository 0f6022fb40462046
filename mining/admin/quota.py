"""Assessments of sales in the administration, to read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter

from core.admin.base import display
from core.templatetags.tizilim import money
from mining.admin.base import MiningAdmin
from mining.models.quota import QuotaAssessment


@admin.register(QuotaAssessment)
class QuotaAssessmentAdmin(MiningAdmin):
    group = "records"
    icon = "percent"
    list_display = ("reference", "organisation", "first", "last", "verdict", "shown_missing")
    list_display_links = ("reference",)
    list_filter = (("verdict", ChoicesDropdownFilter), ("first", RangeDateFilter))
    list_select_related = ("organisation",)
    search_fields = ("=reference", "=organisation__identifier", "=licence__number")
    search_help_text = _("Number of the assessment or licence, or BIN")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "verdict"),
        ("organisation", "licence", "authority"),
        ("first", "last"),
        ("sold", "required", "missing"),
        ("made_by", "made_at"),
    )

    def view_on_site(self, obj: QuotaAssessment) -> str:
        return f"/quota/{obj.reference}/"

    @display(description=_("missing, tenge"))
    def shown_missing(self, row: QuotaAssessment) -> str:
        return money(row.missing)
