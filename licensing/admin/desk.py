"""Tasks of officials to read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin.base import HouseAdmin, display
from core.days import dateshort
from licensing.models import CaseTask


@admin.register(CaseTask)
class CaseTaskAdmin(HouseAdmin):
    group = "cases"
    icon = "task_alt"
    list_display = ("application", "assignee", "shown_due", "done_at")
    list_select_related = ("application", "assignee")
    ordering = ("-id",)
    sortable_by = ()
    fields = ("application", "what", ("assignee", "shown_due"), ("made_by", "made_at"), ("done_by", "done_at"))
    readonly_fields = ("shown_due",)

    @display(description=_("by when"))
    def shown_due(self, row: CaseTask) -> str:
        return dateshort(row.due_on)
