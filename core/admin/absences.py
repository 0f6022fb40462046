"""Who is away, who stands in, and who is in which team, to read: each is entered on its own page."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateFilter

from core.admin.base import HouseAdmin, display, lines
from core.days import dateshort, datetimeshort
from core.models import Absence, Team


@admin.register(Absence)
class AbsenceAdmin(HouseAdmin):
    group = "people"
    icon = "event_busy"
    list_display = ("person", "shown_from", "shown_to", "deputy", "shown_cancelled")
    list_filter = (("from_on", RangeDateFilter), ("to_on", RangeDateFilter))
    list_select_related = ("person", "deputy")
    search_fields = ("person__email", "deputy__email")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("person", "deputy"),
        ("shown_from", "shown_to"),
        ("authority", "shown_cancelled"),
        ("made_by", "made_at"),
    )
    readonly_fields = ("shown_from", "shown_to", "shown_cancelled")

    @display(description=_("first day"))
    def shown_from(self, row: Absence) -> str:
        return dateshort(row.from_on)

    @display(description=_("last day"))
    def shown_to(self, row: Absence) -> str:
        return dateshort(row.to_on)

    @display(description=_("cancelled"))
    def shown_cancelled(self, row: Absence) -> str:
        return datetimeshort(row.cancelled_at) if row.cancelled_at else "—"


@admin.register(Team)
class TeamAdmin(HouseAdmin):
    group = "people"
    icon = "groups"
    list_display = ("name", "shown_members")
    ordering = ("authority", "id")
    sortable_by = ()
    fields = ("name_kk", "name_ru", "name_en", "authority", "shown_members", "made_at")
    readonly_fields = ("shown_members",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Team]:
        return super().get_queryset(request).prefetch_related("members")

    @display(description=_("members"))
    def shown_members(self, row: Team) -> SafeString:
        return lines([str(person) for person in row.members.all()])
