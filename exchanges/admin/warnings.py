"""Warnings of the unlicensed market in the administration, to read: acts are on their page."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from core.admin.base import HouseAdmin
from exchanges.models import MarketWarning


@admin.register(MarketWarning)
class MarketWarningAdmin(HouseAdmin):
    group = "register"
    icon = "warning"
    list_display = ("reference", "name", "kind", "state_label", "since", "published_at")
    list_display_links = ("reference",)
    list_filter = (("kind", ChoicesDropdownFilter),)
    search_fields = ("=reference", "=name")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "state", "version"),
        ("kind", "authority", "since"),
        ("name", "brands", "domains"),
        ("text_kk", "text_ru", "text_en"),
        "rules",
        ("proposed_by", "created_at"),
        ("published_by", "published_at", "confirmation"),
        ("ended_by", "ended_at", "ending_reason"),
    )

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        """Those of one's own authority; of others what the public reads is on the public list."""
        return rows.filter(authority=user.authority_id)

    def view_on_site(self, obj: MarketWarning) -> str:
        return f"/market-warnings/{obj.reference}/"
