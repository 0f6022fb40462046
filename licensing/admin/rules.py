"""Assignment rules to read; they are entered and changed on their own page, through the services."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin.base import HouseAdmin, display, word
from core.days import datetimeshort
from core.regions import REGIONS
from licensing.models import AssignmentRule
from licensing.permits import kinds


@admin.register(AssignmentRule)
class AssignmentRuleAdmin(HouseAdmin):
    group = "cases"
    icon = "rule"
    list_display = ("order", "shown_kind", "shown_region", "officer", "team", "shown_ended")
    list_select_related = ("officer", "team")
    ordering = ("authority", "order", "id")
    sortable_by = ()
    fields = (
        ("order", "authority"),
        ("shown_kind", "shown_region"),
        ("officer", "team"),
        ("made_by", "made_at", "shown_ended"),
    )
    readonly_fields = ("shown_kind", "shown_region", "shown_ended")

    @display(description=_("kind"))
    def shown_kind(self, row: AssignmentRule) -> str:
        return word(kinds()[row.kind].name) if row.kind in kinds() else row.kind or "—"

    @display(description=_("region"))
    def shown_region(self, row: AssignmentRule) -> str:
        return word(REGIONS.get(row.region, row.region)) or "—"

    @display(description=_("ended"))
    def shown_ended(self, row: AssignmentRule) -> str:
        return datetimeshort(row.ended_at) if row.ended_at else "—"
