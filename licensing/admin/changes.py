"""What holders ask to have changed, and the editions of licences that came of it: read only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.admin.base import HouseAdmin, display, lines
from licensing.models import Application, Edition, Licence, LicenceChange


@admin.register(LicenceChange)
class LicenceChangeAdmin(HouseAdmin):
    group = "cases"
    icon = "edit_document"
    list_display = ("application", "ground", "changed_on", "months")
    list_display_links = ("application",)
    list_select_related = ("application",)
    search_fields = ("=application__reference",)
    search_help_text = _("Number of the application")
    ordering = ("-application",)
    sortable_by = ()
    fields = (
        "application",
        ("ground", "changed_on"),
        ("name_kk", "name_ru", "name_en"),
        "address",
        "shown_corrections",
        "months",
        "text",
    )
    readonly_fields = ("shown_corrections",)

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        return rows.filter(application__in=Application.objects.visible_to(user))

    @display(description=_("corrections"))
    def shown_corrections(self, row: LicenceChange) -> SafeString:
        return lines([f"{one['label']}: {one['value']}" for one in row.corrections])


@admin.register(Edition)
class EditionAdmin(HouseAdmin):
    group = "register"
    icon = "print"
    list_display = ("licence", "number", "act", "made_on", "application")
    list_display_links = ("licence",)
    list_select_related = ("licence", "application")
    search_fields = ("=licence__number",)
    search_help_text = _("Number of the licence")
    ordering = ("-id",)
    sortable_by = ()
    fields = ("licence", "application", ("act", "number", "made_on"))

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        return rows.filter(licence__in=Licence.objects.visible_to(user))
