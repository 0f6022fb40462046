"""Objections to automated acts, to read: they are answered on their page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.admin.base import HouseAdmin, Tag, display, word
from core.days import dateshort
from licensing.admin.applications import LABELS
from licensing.models import Objection
from licensing.workflow.objection import OBJECTION

STATE_LABELS = {state.name: LABELS.get(state.tone, "default") for state in OBJECTION.states}


class ObjectionStateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(state.name, word(state.label)) for state in OBJECTION.states]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(state=self.value()) if self.value() else queryset


@admin.register(Objection)
class ObjectionAdmin(HouseAdmin):
    group = "cases"
    icon = "contact_support"
    list_display = ("reference", "act", "organisation", "shown_state", "shown_filed")
    list_display_links = ("reference",)
    list_filter = (ObjectionStateFilter,)
    list_select_related = ("organisation",)
    search_fields = ("=reference", "=event__reference")
    search_help_text = _("Number of the objection or of the case")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "shown_state", "version"),
        ("act", "authority", "organisation"),
        ("filed_by", "created_at"),
        "text",
        "answer",
        ("answered_by", "answered_at"),
    )
    readonly_fields = ("shown_state",)

    def view_on_site(self, obj: Objection) -> str:
        return f"/objections/{obj.reference}/"

    @display(description=_("state"), label=STATE_LABELS)
    def shown_state(self, row: Objection) -> Tag:
        return Tag(row.state, word(OBJECTION.state(row.state).label))

    @display(description=_("filed"))
    def shown_filed(self, row: Objection) -> str:
        return dateshort(timezone.localdate(row.created_at))
