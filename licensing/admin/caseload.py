"""Moves of whole caseloads to read."""

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.admin.base import HouseAdmin, display, lines
from licensing.models import CaseloadMove


@admin.register(CaseloadMove)
class CaseloadMoveAdmin(HouseAdmin):
    group = "cases"
    icon = "move_down"
    list_display = ("made_at", "holder", "shown_moved", "made_by")
    list_select_related = ("holder", "made_by")
    ordering = ("-id",)
    sortable_by = ()
    fields = (("holder", "authority"), ("made_by", "made_at"), "reason", "shown_moved", "shown_left")
    readonly_fields = ("shown_moved", "shown_left")

    @display(description=_("given"))
    def shown_moved(self, row: CaseloadMove) -> int:
        return row.moved

    @display(description=_("left"))
    def shown_left(self, row: CaseloadMove) -> SafeString:
        return lines(row.refused)
