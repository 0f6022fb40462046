"""Supervisory visits in the administration, to read: acts are on their pages."""

from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from core.admin.base import HouseAdmin
from inspections.models import SupervisoryVisit


@admin.register(SupervisoryVisit)
class SupervisoryVisitAdmin(HouseAdmin):
    group = "inspections"
    icon = "travel_explore"
    list_display = ("reference", "organisation", "regime_label", "state_label", "planned_on", "carried_on")
    list_display_links = ("reference",)
    list_select_related = ("organisation",)
    list_filter = (("regime", ChoicesDropdownFilter),)
    search_fields = ("=reference", "=licence__number")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "state", "version"),
        ("organisation", "licence", "regime"),
        ("method", "planned_on", "carried_on"),
        "purpose",
        ("announced_by", "created_at"),
        ("written_by", "issued_by", "issued_at"),
        "report",
        ("reply", "replied_at"),
        ("conclusion", "closed_at"),
    )

    def view_on_site(self, obj: SupervisoryVisit) -> str:
        return f"/supervisory-visits/{obj.reference}/"
