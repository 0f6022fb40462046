"""Pools in the administration: what filings state, and the protocols of those accredited. To read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from core.admin.base import display, lines
from licensing.models import Application
from mining.admin.base import MiningAdmin
from mining.models.pools import PoolParticulars, SecurityProtocol


@admin.register(PoolParticulars)
class PoolParticularsAdmin(MiningAdmin):
    group = "cases"
    icon = "hub"
    list_display = ("application", "pool_name", "region", "commission")
    list_display_links = ("application",)
    list_filter = (("region", ChoicesDropdownFilter),)
    list_select_related = ("application",)
    search_fields = ("=application__reference", "pool_name")
    search_help_text = _("Number of the application, or name of the pool")
    ordering = ("-application",)
    sortable_by = ()
    fields = (
        "application",
        ("pool_name", "website"),
        ("hardware_in", "region"),
        "equipment_address",
        "commission",
        "shown_equipment",
        "shown_assets",
        "shown_protocols",
    )
    readonly_fields = ("shown_equipment", "shown_assets", "shown_protocols")

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        return rows.filter(application__in=Application.objects.visible_to(user))

    @display(description=_("equipment"))
    def shown_equipment(self, row: PoolParticulars) -> SafeString:
        return lines([f"{machine.get('count')} × {machine.get('model')}" for machine in row.equipment])

    @display(description=_("digital assets distributed"))
    def shown_assets(self, row: PoolParticulars) -> SafeString:
        return lines([str(asset) for asset in row.assets])

    @display(description=_("protocols of the security tests"))
    def shown_protocols(self, row: PoolParticulars) -> SafeString:
        return lines(
            [f"{one.number}, {one.laboratory}: {one.issued_on} – {one.expires_on}" for one in row.stated_protocols()]
        )


@admin.register(SecurityProtocol)
class SecurityProtocolAdmin(MiningAdmin):
    group = "register"
    icon = "verified_user"
    list_display = ("licence", "kind", "number", "laboratory", "issued_on", "expires_on", "positive")
    list_display_links = ("number",)
    list_filter = (("kind", ChoicesDropdownFilter),)
    list_select_related = ("licence",)
    search_fields = ("=licence__number", "=number")
    search_help_text = _("Number of the accreditation or of the protocol")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        "licence",
        ("kind", "number"),
        "laboratory",
        ("issued_on", "expires_on"),
        "positive",
        ("entered_by", "entered_at"),
    )
