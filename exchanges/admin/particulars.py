"""The particulars of filings for permits of trade in digital assets, as filed."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from core.admin.base import HouseAdmin, display, lines
from core.templatetags.tizilim import money
from exchanges.models import AifcParticulars, OperatorParticulars, RegimeParticulars, SecuredParticulars
from law.aifc import ACTIVITIES, INDIVIDUALS, SERVICES
from law.operators import ROLES
from licensing.models import Application


class ParticularsAdmin(HouseAdmin):
    """What every such panel has: rows of the cases that one may see, to read."""

    group = "cases"
    list_display_links = ("application",)
    list_select_related = ("application",)
    search_fields = ("=application__reference",)
    search_help_text = _("Number of the application")
    ordering = ("-application",)
    sortable_by = ()

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        return rows.filter(application__in=Application.objects.visible_to(user))


@admin.register(OperatorParticulars)
class OperatorParticularsAdmin(ParticularsAdmin):
    icon = "account_balance"
    list_display = ("application", "legal_form", "region", "shown_capital", "capital_paid_on", "website")
    list_filter = (("legal_form", ChoicesDropdownFilter), ("region", ChoicesDropdownFilter))
    fields = (
        "application",
        ("legal_form", "region", "website"),
        ("capital", "capital_paid_on", "capital_in_tenge"),
        "settles_with",
        "shown_owners",
        "shown_executives",
        ("other_activity", "stakes"),
    )
    readonly_fields = ("shown_owners", "shown_executives")

    @display(description=_("capital paid, tenge"))
    def shown_capital(self, row: OperatorParticulars) -> str:
        return money(row.capital) if row.capital is not None else ""

    @display(description=_("owners"))
    def shown_owners(self, row: OperatorParticulars) -> SafeString:
        return lines([f"{one.name}, {one.residence}, {one.share} %" for one in row.stated_owners()])

    @display(description=_("executives"))
    def shown_executives(self, row: OperatorParticulars) -> SafeString:
        told = row.stated_executives()
        return lines([f"{one.name}, {one.residence}, {gettext(ROLES.get(one.role, one.role))}" for one in told])


@admin.register(RegimeParticulars)
class RegimeParticularsAdmin(ParticularsAdmin):
    icon = "science"
    list_display = ("application", "status", "region", "months", "website")
    list_filter = (("status", ChoicesDropdownFilter), ("region", ChoicesDropdownFilter))
    fields = ("application", ("status", "region", "website"), "activity", "aims", ("tells_consumers", "months"))


@admin.register(AifcParticulars)
class AifcParticularsAdmin(ParticularsAdmin):
    icon = "candlestick_chart"
    list_display = ("application", "website", "region", "capital", "serves_retail")
    list_filter = (("region", ChoicesDropdownFilter), "serves_retail")
    fields = (
        "application",
        ("region", "website"),
        "shown_services",
        "shown_individuals",
        "rules",
        ("directors", "independent_directors", "capital"),
        ("serves_retail", "keeps_retail_limit"),
    )
    readonly_fields = ("shown_services", "shown_individuals")

    @display(description=_("services"))
    def shown_services(self, row: AifcParticulars) -> SafeString:
        words = {**SERVICES, **ACTIVITIES}
        return lines([gettext(words.get(code, code)) for code in (*row.services, *row.activities)])

    @display(description=_("individuals to be approved"))
    def shown_individuals(self, row: AifcParticulars) -> SafeString:
        rows = row.individuals
        return lines([f"{one.get('name')}: {gettext(INDIVIDUALS.get(one.get('role'), ''))}" for one in rows])


@admin.register(SecuredParticulars)
class SecuredParticularsAdmin(ParticularsAdmin):
    icon = "verified_user"
    list_display = ("application", "platform_name", "region", "website")
    list_filter = (("region", ChoicesDropdownFilter),)
    fields = (
        "application",
        ("platform_name", "website", "region"),
        ("operates_platform", "warns_of_risks"),
        "shown_assets",
    )
    readonly_fields = ("shown_assets",)

    @display(description=_("secured assets to be issued"))
    def shown_assets(self, row: SecuredParticulars) -> SafeString:
        return lines([f"{one.get('name')}: {one.get('backing')}" for one in row.assets])
