"""Appeals, to read: what is done with them is done on their pages."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin.base import HouseAdmin, Tag, display, word
from core.days import dateshort
from licensing.admin.applications import LABELS
from licensing.models import Appeal
from licensing.workflow.appeal import APPEAL

APPEAL_LABELS = {state.name: LABELS.get(state.tone, "default") for state in APPEAL.states}


class AppealStateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(state.name, word(state.label)) for state in APPEAL.states]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(state=self.value()) if self.value() else queryset


@admin.register(Appeal)
class AppealAdmin(HouseAdmin):
    group = "cases"
    icon = "balance"
    list_display = ("reference", "organisation", "shown_state", "shown_filed", "shown_due")
    list_display_links = ("reference",)
    list_filter = (AppealStateFilter,)
    list_select_related = ("organisation",)
    search_fields = ("=reference", "=decision__application__reference")
    search_help_text = _("Number of the appeal or of the application")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "shown_state", "version"),
        ("decision", "authority", "body"),
        ("organisation", "filed_by"),
        ("filed_on", "learned_on", "file_by"),
        "text",
        ("heard_on", "hearing"),
        ("decided_on", "decided_by"),
        "answer",
        ("court_by", "court_on", "court_number", "judged_on"),
    )
    readonly_fields = ("shown_state",)

    def view_on_site(self, obj: Appeal) -> str:
        return f"/appeals/{obj.reference}/"

    @display(description=_("state"), label=APPEAL_LABELS)
    def shown_state(self, row: Appeal) -> Tag:
        return Tag(row.state, word(APPEAL.state(row.state).label))

    @display(description=_("filed"))
    def shown_filed(self, row: Appeal) -> str:
        return dateshort(row.filed_on)

    @display(description=_("due"))
    def shown_due(self, row: Appeal) -> str:
        return dateshort(row.due_on)
