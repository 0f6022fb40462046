"""Banks, accounts of providers and their ratings, to read."""

from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from core.admin.base import HouseAdmin
from exchanges.models import RailLink, RailRating, Servicer


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
