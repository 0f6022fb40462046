"""Official clarifications and who relied on them. Read only: they are written on the officers' pages."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateFilter

from core.admin.base import HouseAdmin, Tag, display, lines, word
from core.days import dateshort
from core.templatetags.tizilim import cite
from licensing.admin.applications import LABELS
from licensing.admin.outcomes import CaseRow
from licensing.models import Clarification, ClarificationReliance
from licensing.workflow.clarification import CLARIFICATION

STATE_LABELS = {state.name: LABELS.get(state.tone, "default") for state in CLARIFICATION.states}


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(state.name, word(state.label)) for state in CLARIFICATION.states]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(state=self.value()) if self.value() else queryset


@admin.register(Clarification)
class ClarificationAdmin(HouseAdmin):
    group = "cases"
    icon = "contact_support"
    list_display = ("reference", "number", "shown_heading", "organisation", "shown_state", "shown_signed")
    list_display_links = ("reference",)
    list_filter = (StateFilter, ("signed_on", RangeDateFilter))
    list_select_related = ("organisation",)
    search_fields = ("=reference", "=number")
    search_help_text = _("Number of the request or of the clarification")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "number", "shown_state"),
        ("authority", "organisation", "asked_by"),
        "shown_asked",
        "shown_question",
        "shown_answer",
        "shown_provisions",
        ("drafted_by", "drafted_at"),
        ("signed_by", "signed_on", "published_at"),
        ("ended_on", "replaces", "document"),
    )
    readonly_fields = ("shown_state", "shown_asked", "shown_question", "shown_answer", "shown_provisions")

    def view_on_site(self, obj: Clarification) -> str:
        return f"/clarification-requests/{obj.reference}/"

    def visible(self, rows: Any, user: Any) -> Any:
        """Their own authority's: another's stand on the public page."""
        seen = rows.visible_to(user)
        return seen if user.authority_id is None else seen.filter(authority=user.authority_id)

    @display(description=_("heading"))
    def shown_heading(self, row: Clarification) -> str:
        return row.heading

    @display(description=_("state"), label=STATE_LABELS)
    def shown_state(self, row: Clarification) -> Tag:
        return Tag(row.state, word(CLARIFICATION.state(row.state).label))

    @display(description=_("signed"))
    def shown_signed(self, row: Clarification) -> str:
        return dateshort(row.signed_on)

    @display(description=_("as asked"))
    def shown_asked(self, row: Clarification) -> SafeString:
        return lines([f"{code}: {text}" for code, text in row.asked.items()])

    @display(description=_("question"))
    def shown_question(self, row: Clarification) -> SafeString:
        return lines([f"{code}: {text}" for code, text in row.question.items()])

    @display(description=_("answer"))
    def shown_answer(self, row: Clarification) -> SafeString:
        return lines([f"{code}: {text}" for code, text in row.answer.items()])

    @display(description=_("provisions cited"))
    def shown_provisions(self, row: Clarification) -> SafeString:
        return lines([cite(ground) for ground in row.provisions])


@admin.register(ClarificationReliance)
class ReliancesAdmin(CaseRow):
    icon = "handshake"
    list_display = ("application", "clarification", "shown_day", "by_authority", "by")
    list_display_links = ("application",)
    list_filter = ("by_authority", ("relied_on", RangeDateFilter))
    list_select_related = ("application", "clarification", "by")
    fields = (("application", "clarification"), ("relied_on", "by_authority"), "note", ("by", "at"))

    @display(description=_("day"))
    def shown_day(self, row: ClarificationReliance) -> str:
        return dateshort(row.relied_on)
