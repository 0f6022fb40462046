"""Conclusions of visits before a permit. Read only: they are entered on the case."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateFilter

from core.admin.base import display
from core.days import dateshort
from licensing.admin.outcomes import CaseRow
from licensing.models import Visit


@admin.register(Visit)
class VisitAdmin(CaseRow):
    icon = "travel_explore"
    list_display = ("application", "shown_day", "fits", "made_by")
    list_display_links = ("application",)
    list_filter = ("fits", ("visited_on", RangeDateFilter))
    list_select_related = ("application", "made_by")
    fields = ("application", ("visited_on", "fits"), "text", ("made_by", "made_at"))

    @display(description=_("day"))
    def shown_day(self, row: Visit) -> str:
        return dateshort(row.visited_on)
