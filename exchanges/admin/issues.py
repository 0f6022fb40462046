"""Issues of digital financial assets in the administration, to read: operators keep the register by API."""

from typing import ClassVar

from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from core.admin.base import HouseAdmin
from exchanges.models import AssetIssue


@admin.register(AssetIssue)
class AssetIssueAdmin(HouseAdmin):
    group = "register"
    icon = "add_card"
    list_display = ("reference", "name", "issuer_name", "dfa_kind", "state_label", "registered_on")
    list_display_links = ("reference",)
    list_filter: ClassVar = (("dfa_kind", ChoicesDropdownFilter),)
    search_fields = ("=reference", "=issuer_number")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "state", "version"),
        ("dfa_kind", "name", "authority"),
        ("organisation", "licence"),
        ("issuer_name", "issuer_number", "issuer_residence"),
        ("initiator_name", "initiator_number"),
        ("decision", "decided_on"),
        ("underlying", "underlying_text"),
        ("keeper_name", "keeper_number", "keeper_residence"),
        ("checked_on", "checked_by"),
        ("amount", "currency"),
        ("placement_on", "redemption_on"),
        ("created_by", "created_at"),
        ("registered_on", "registered_by"),
        ("placed_on", "redeemed_on", "ended_on", "ending_reason"),
    )

    def view_on_site(self, obj: AssetIssue) -> str:
        return f"/dfa-issues/{obj.reference}/"
