"""The particulars of filings for mining licences, as filed."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from core.admin.base import display, lines
from licensing.models import Application
from mining.admin.base import MiningAdmin
from mining.models.particulars import MiningParticulars


@admin.register(MiningParticulars)
class MiningParticularsAdmin(MiningAdmin):
    group = "cases"
    icon = "memory"
    list_display = ("application", "centre_name", "region", "zone", "megawatts", "hash_rate")
    list_display_links = ("application",)
    list_filter = (("region", ChoicesDropdownFilter), ("zone", ChoicesDropdownFilter))
    list_select_related = ("application",)
    search_fields = ("=application__reference",)
    search_help_text = _("Number of the application")
    ordering = ("-application",)
    sortable_by = ()
    fields = (
        "application",
        ("centre_name", "centre_owner"),
        "centre_address",
        ("region", "zone"),
        ("outside_residential_zone", "production_building", "keeps_capacity_working"),
        ("holds_centre", "owns_equipment", "other_activity"),
        ("megawatts", "hash_rate"),
        ("electricity_source", "electricity_contract"),
        "shown_equipment",
        "shown_pools",
        "shown_addresses",
        ("jobs", "investment"),
    )
    readonly_fields = ("shown_equipment", "shown_pools", "shown_addresses")

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        return rows.filter(application__in=Application.objects.visible_to(user))

    @display(description=_("equipment"))
    def shown_equipment(self, row: MiningParticulars) -> SafeString:
        return lines(
            [
                f"{machine.get('count')} × {machine.get('model')}: {machine.get('terahashes')} TH/s, "
                f"{machine.get('kilowatts')} kW"
                for machine in row.equipment
            ]
        )

    @display(description=_("mining pools"))
    def shown_pools(self, row: MiningParticulars) -> SafeString:
        return lines([str(pool) for pool in row.pools])

    @display(description=_("IP addresses"))
    def shown_addresses(self, row: MiningParticulars) -> SafeString:
        return lines([str(address) for address in row.ip_addresses])
