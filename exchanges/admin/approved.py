"""Approved and offered assets in the administration, to read: acts are on their pages."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from core.admin.base import HouseAdmin
from exchanges.models import ApprovedAsset, ObservedOffer, OfferedAsset


@admin.register(ApprovedAsset)
class ApprovedAssetAdmin(HouseAdmin):
    group = "register"
    icon = "playlist_add_check"
    list_display = ("reference", "symbol", "name", "state_label", "first_day", "until")
    list_display_links = ("reference",)
    search_fields = ("=reference", "=symbol", "=name")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "state", "version"),
        ("name", "symbol", "network", "contract"),
        ("limit_amount", "limit_period", "limit_clients"),
        ("first_day", "last_day", "decision"),
        ("proposed_by", "created_at"),
        ("published_by", "published_at"),
        ("ending_from", "ending_by", "ending_reason"),
        ("ended_by", "ended_at", "confirmation"),
    )

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        """Those of one's own authority; of others what the public reads is on the public list."""
        return rows.filter(authority=user.authority_id)

    def view_on_site(self, obj: ApprovedAsset) -> str:
        return f"/asset-list/{obj.reference}/"


@admin.register(OfferedAsset)
class OfferedAssetAdmin(HouseAdmin):
    group = "register"
    icon = "storefront"
    list_display = ("reference", "organisation", "symbol", "name", "state_label", "from_day", "to_day")
    list_display_links = ("reference",)
    list_select_related = ("organisation",)
    search_fields = ("=reference", "=symbol")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "state", "version"),
        ("licence", "organisation"),
        ("asset", "name", "symbol", "network", "contract"),
        ("from_day", "to_day"),
        ("declared_by", "created_at"),
    )


@admin.register(ObservedOffer)
class ObservedOfferAdmin(HouseAdmin):
    group = "register"
    icon = "visibility"
    list_display = ("organisation", "symbol", "name", "observed_on")
    list_select_related = ("organisation",)
    search_fields = ("=symbol",)
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("licence", "organisation"),
        ("asset", "name", "symbol", "network", "contract"),
        ("observed_on", "source"),
        ("observed_by", "observed_at"),
    )
