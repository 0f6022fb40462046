"""Limits of power. Read only: they are entered on the power page."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter

from core.admin.base import display
from mining.admin.base import MiningAdmin
from mining.models import PowerLimit


@admin.register(PowerLimit)
class PowerLimitAdmin(MiningAdmin):
    group = "register"
    icon = "bolt"
    list_display = ("shown_place", "megawatts", "since", "until", "source")
    list_display_links = ("shown_place",)
    list_filter = (
        ("region", ChoicesDropdownFilter),
        ("zone", ChoicesDropdownFilter),
        ("since", RangeDateFilter),
    )
    ordering = ("-since", "-id")
    sortable_by = ()
    fields = (("region", "zone", "megawatts"), "source", ("since", "until"), ("entered_by", "entered_at"))

    @display(description=_("place"))
    def shown_place(self, row: PowerLimit) -> str:
        return str(row.get_region_display() or row.get_zone_display())
