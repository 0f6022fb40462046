"""Screening lists, matches and people behind firms in the administration, to read: acts are on their pages."""

from typing import Any

from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from core.admin.base import HouseAdmin
from licensing.models import FirmPerson, PeopleDeclaration, ScreeningList, ScreeningMatch


@admin.register(ScreeningList)
class ScreeningListAdmin(HouseAdmin):
    group = "register"
    icon = "list"
    list_display = ("reference", "title", "day", "entries_count", "imported_at", "replaced_at")
    list_display_links = ("reference",)
    search_fields = ("=reference", "=code")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "code", "version"),
        ("title", "source", "day"),
        "entries_count",
        ("imported_by", "imported_at", "replaced_at"),
    )

    def view_on_site(self, obj: ScreeningList) -> str:
        return f"/screening/{obj.reference}/"


@admin.register(ScreeningMatch)
class ScreeningMatchAdmin(HouseAdmin):
    group = "cases"
    icon = "person_search"
    list_display = ("reference", "organisation", "state_label", "score", "created_at")
    list_display_links = ("reference",)
    list_select_related = ("organisation",)
    search_fields = ("=reference",)
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "state", "version"),
        ("organisation", "score", "created_at"),
        ("decided_by", "decided_at"),
        "evidence",
    )

    def view_on_site(self, obj: ScreeningMatch) -> str:
        return f"/screening/matches/{obj.reference}/"


@admin.register(FirmPerson)
class FirmPersonAdmin(HouseAdmin):
    group = "cases"
    icon = "groups"
    list_display = ("name", "organisation", "side", "permit", "since", "until")
    list_display_links = ("name",)
    list_filter = (("side", ChoicesDropdownFilter),)
    list_select_related = ("organisation",)
    search_fields = ("=number",)
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("organisation", "permit", "side"),
        ("kind", "name", "number"),
        ("country", "born_on", "role"),
        ("share", "direct", "through", "beneficial"),
        ("since", "until", "source", "declaration"),
    )

    def view_on_site(self, obj: FirmPerson) -> Any:
        return f"/firm-people/{obj.pk}/"


@admin.register(PeopleDeclaration)
class PeopleDeclarationAdmin(HouseAdmin):
    group = "cases"
    icon = "how_to_reg"
    list_display = ("licence", "organisation", "day", "declared_at", "entered", "ended")
    list_display_links = ("licence",)
    list_select_related = ("licence", "organisation")
    search_fields = ("=licence__number",)
    ordering = ("-id",)
    sortable_by = ()
    fields = (("organisation", "licence", "permit"), ("day", "declared_at"), ("entered", "ended"))

    def view_on_site(self, obj: PeopleDeclaration) -> str:
        return f"/licences/{obj.licence.number}/"
