"""What was sent from the site. Read only: it is entered on the page for the site."""

from typing import Any, ClassVar

from django.contrib import admin
from unfold.contrib.filters.admin import RangeDateFilter

from core.admin.base import HouseAdmin
from inspections.models import SiteBatch, SiteEntry


class FromSiteAdmin(HouseAdmin):
    """For staff of bodies that inspect."""

    see: ClassVar[str] = "inspections.keep"
    group = "supervision"
    list_select_related: tuple[str, ...] = ("inspection",)
    search_fields = ("=inspection__reference",)
    ordering = ("-id",)
    sortable_by = ()

    def view_on_site(self, obj: Any) -> str:
        return f"/inspections/{obj.inspection.reference}/results/"


@admin.register(SiteBatch)
class SiteBatchAdmin(FromSiteAdmin):
    icon = "move_to_inbox"
    list_display = ("client_id", "inspection", "sent_by", "received_at")
    list_display_links = ("client_id",)
    list_select_related = ("inspection", "sent_by")
    list_filter = (("received_at", RangeDateFilter),)
    fields = (("inspection", "client_id"), ("sent_by", "device_at", "received_at"), "digest")


@admin.register(SiteEntry)
class SiteEntryAdmin(FromSiteAdmin):
    icon = "fact_check"
    list_display = ("client_id", "inspection", "item", "answer", "entered_by", "received_at")
    list_display_links = ("client_id",)
    list_select_related = ("inspection", "entered_by")
    list_filter = (("received_at", RangeDateFilter),)
    fields = (
        ("inspection", "batch", "client_id"),
        ("item", "answer"),
        "evidence",
        ("document", "original_sha256"),
        ("entered_by", "seen_at", "received_at", "skew"),
    )
