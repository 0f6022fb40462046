"""Accounts of providers with their ratings, complaints against them, incidents at them: to read."""

from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from core.admin.base import HouseAdmin
from exchanges.models import Complaint, HeldTransfer, Incident, ProviderRecord, RailLink, RailRating, Servicer


class DutyAdmin(HouseAdmin):
    """What every such page has."""

    group = "records"
    ordering = ("-pk",)
    sortable_by = ()


@admin.register(Servicer)
class ServicerAdmin(DutyAdmin):
    icon = "account_balance"
    list_display = ("organisation", "kind", "source", "entered_at")
    list_select_related = ("organisation",)
    search_fields = ("=organisation__identifier",)
    fields = (("organisation", "kind", "authority"), "source", ("entered_by", "entered_at"))


@admin.register(RailLink)
class RailLinkAdmin(DutyAdmin):
    icon = "account_balance_wallet"
    list_display = ("reference", "organisation", "licence", "servicer", "from_on", "to_on", "state_label")
    list_display_links = ("reference",)
    list_select_related = ("organisation", "licence", "servicer__organisation")
    search_fields = ("=reference", "=licence__number", "=organisation__identifier")
    fields = (
        ("reference", "state", "version"),
        ("licence", "organisation", "authority"),
        ("servicer", "regions"),
        ("from_on", "source"),
        ("to_on", "end_source"),
        "grounds",
        ("entered_by", "created_at"),
    )

    def view_on_site(self, obj: RailLink) -> str:
        return f"/rails/{obj.reference}/"


@admin.register(RailRating)
class RailRatingAdmin(DutyAdmin):
    icon = "speed"
    list_display = ("link", "risk", "rated_on", "by")
    list_select_related = ("link", "by")
    list_filter = (("risk", ChoicesDropdownFilter),)
    search_fields = ("=link__reference",)
    fields = (("link", "risk", "rated_on"), "reason", "measures", ("by", "at"))


@admin.register(Complaint)
class ComplaintAdmin(DutyAdmin):
    """That complaints stand here, and how far they are. Who complains is read on the case itself, where it is noted."""

    icon = "feedback"
    list_display = ("reference", "organisation", "licence", "state_label", "created_at", "ended_at")
    list_display_links = ("reference",)
    list_select_related = ("organisation", "licence")
    search_fields = ("=reference", "=licence__number", "=organisation__identifier")
    fields = (
        ("reference", "state", "version"),
        ("licence", "organisation", "authority"),
        ("created_at", "shared"),
        ("forwarded_at", "answered_at"),
        ("ended_by", "ended_at"),
    )

    def view_on_site(self, obj: Complaint) -> str:
        return f"/complaints/{obj.reference}/"


@admin.register(Incident)
class IncidentAdmin(DutyAdmin):
    icon = "report"
    list_display = ("reference", "organisation", "kind", "noticed_at", "late", "state_label")
    list_display_links = ("reference",)
    list_select_related = ("organisation",)
    list_filter = (("kind", ChoicesDropdownFilter), "late")
    search_fields = ("=reference", "=licence__number", "=organisation__identifier")
    fields = (
        ("reference", "state", "version"),
        ("licence", "organisation", "authority"),
        ("kind", "noticed_at", "created_at"),
        ("due_on", "late", "ground"),
        ("summary", "persons", "source"),
        ("reported_by", "described_at"),
        ("description", "measures"),
        ("remark", "outcome"),
        ("closed_by", "closed_at"),
    )

    def view_on_site(self, obj: Incident) -> str:
        return f"/incidents/{obj.reference}/"


@admin.register(ProviderRecord)
class ProviderRecordAdmin(DutyAdmin):
    icon = "fact_check"
    list_display = ("reference", "organisation", "kind", "from_on", "to_on", "state_label")
    list_display_links = ("reference",)
    list_select_related = ("organisation",)
    list_filter = (("kind", ChoicesDropdownFilter),)
    search_fields = ("=reference", "=licence__number", "=organisation__identifier")
    fields = (
        ("reference", "state", "version"),
        ("licence", "organisation", "authority"),
        ("kind", "from_on", "to_on"),
        ("name", "number"),
        ("place", "languages", "country"),
        "note",
        "ground",
        ("filed_by", "created_at"),
        ("checked_by", "checked_on"),
        "check_note",
    )

    def view_on_site(self, obj: ProviderRecord) -> str:
        return f"/provider-records/{obj.reference}/"


@admin.register(HeldTransfer)
class HeldTransferAdmin(DutyAdmin):
    icon = "swap_horiz"
    list_display = ("reference", "organisation", "own_number", "asset", "stopped_at", "over_at", "state_label")
    list_display_links = ("reference",)
    list_select_related = ("organisation",)
    search_fields = ("=reference", "=licence__number", "=organisation__identifier", "=own_number")
    fields = (
        ("reference", "state", "version"),
        ("licence", "organisation", "authority"),
        ("own_number", "asset"),
        ("seen_at", "stopped_at"),
        ("given_at", "over_at"),
        ("ground", "faults"),
        ("reported_by", "created_at"),
    )

    def view_on_site(self, obj: HeldTransfer) -> str:
        return f"/transfers/{obj.reference}/"
