"""Tips in the administration, to read: how to reach who sent one is not among it, and acts are on the page of a tip."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from core.admin.base import HouseAdmin
from exchanges.models import MarketTip


@admin.register(MarketTip)
class MarketTipAdmin(HouseAdmin):
    group = "register"
    icon = "campaign"
    list_display = ("reference", "kind", "state_label", "region", "taken_by", "created_at")
    list_display_links = ("reference",)
    list_select_related = ("taken_by",)
    list_filter = (("kind", ChoicesDropdownFilter),)
    search_fields = ("=reference",)
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "state", "version"),
        ("kind", "authority", "region"),
        ("names", "domains", "places"),
        "text",
        ("taken_by", "created_at"),
        ("duplicate_of", "referral", "breach", "warning"),
        ("outcome", "outcome_text", "closed_at"),
    )

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        """Those of one's own authority alone."""
        return rows.filter(authority=user.authority_id)

    def view_on_site(self, obj: MarketTip) -> str:
        return f"/market-tips/{obj.reference}/"
