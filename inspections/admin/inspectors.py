"""Inspectors in the administration, to read: they are entered and changed on their pages."""

from django.contrib import admin

from core.admin.base import HouseAdmin
from inspections.models import Inspector


@admin.register(Inspector)
class InspectorAdmin(HouseAdmin):
    see = "inspections.keep"
    group = "people"
    icon = "badge"
    list_display = ("person", "post", "region", "days_a_month", "from_on", "to_on")
    list_display_links = ("person",)
    list_filter = ("region",)
    list_select_related = ("person",)
    search_fields = ("=person__email",)
    ordering = ("-id",)
    sortable_by = ()
    fields = (("person", "authority"), "post", ("region", "days_a_month"), ("from_on", "to_on"))

    def view_on_site(self, obj: Inspector) -> str:
        return "/inspectors/"
