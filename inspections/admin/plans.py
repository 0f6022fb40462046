"""Plans of inspections in the administration, to read: they are formed and published on their pages."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from core.admin.base import HouseAdmin
from inspections.models import ControlPlan, PlanEntry


@admin.register(ControlPlan)
class ControlPlanAdmin(HouseAdmin):
    see = "inspections.keep"
    icon = "event_note"
    list_display = ("reference", "plan", "year", "number", "mode", "state_label", "chosen", "published_at")
    list_display_links = ("reference",)
    list_filter = (("plan", ChoicesDropdownFilter), ("mode", ChoicesDropdownFilter))
    search_fields = ("=reference",)
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "state", "version"),
        ("authority", "plan", "year"),
        ("mode", "number", "previous"),
        ("risk_run", "subjects", "chosen"),
        ("digest", "reason"),
        ("formed_by", "created_at"),
        ("approved_by", "approved_at"),
        ("sent_on", "published_at"),
    )

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        """Those of one's own authority; published ones of others are read on their public pages."""
        return rows.filter(authority=user.authority_id)

    def view_on_site(self, obj: ControlPlan) -> str:
        return f"/inspection-plans/{obj.reference}/"


@admin.register(PlanEntry)
class PlanEntryAdmin(HouseAdmin):
    see = "inspections.keep"
    icon = "playlist_add_check"
    list_display = ("plan", "place", "subject", "start_on", "working_days", "lead", "risk")
    list_display_links = ("place",)
    list_select_related = ("plan", "subject", "lead")
    search_fields = ("=plan__reference", "=subject__organisation__identifier")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("plan", "place"),
        ("subject", "object"),
        ("from_on", "to_on"),
        ("start_on", "working_days", "lead"),
        ("risk", "points"),
    )

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        return rows.filter(plan__authority=user.authority_id)
