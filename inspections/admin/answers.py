"""What subjects filed to their inspections. Read only: it is answered on the officers' pages."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter

from core.admin.base import HouseAdmin, Tag, display, word
from inspections.models import Annulment, Filing, FilingItem
from inspections.workflow import ANNULMENT, FILING
from licensing.admin.applications import LABELS


def labels(workflow: Any) -> dict[str, str]:
    return {state.name: LABELS.get(state.tone, "default") for state in workflow.states}


class FiledAdmin(HouseAdmin):
    """For staff of bodies that inspect."""

    see: ClassVar[str] = "inspections.keep"
    group = "supervision"
    list_display_links = ("reference",)
    list_select_related = ("organisation", "inspection")
    search_fields = ("=reference", "=inspection__reference")
    ordering = ("-id",)
    sortable_by = ()
    readonly_fields = ("shown_state",)

    def view_on_site(self, obj: Any) -> str:
        return f"/{obj.FOLDER}/{obj.reference}/"


@admin.register(Filing)
class FilingAdmin(FiledAdmin):
    icon = "contract_edit"
    list_display = ("reference", "kind", "organisation", "inspection", "filed_on", "due_on", "shown_state")
    list_filter = (("kind", ChoicesDropdownFilter), ("filed_on", RangeDateFilter))
    fields = (
        ("reference", "shown_state", "version"),
        ("authority", "organisation", "inspection"),
        ("kind", "filed_on", "late"),
        "text",
        ("until", "granted_to", "due_on"),
        ("filed_by", "created_at"),
        "answer",
        ("answered_by", "answered_at"),
    )

    @display(description=_("state"), label=labels(FILING))
    def shown_state(self, row: Filing) -> Tag:
        return Tag(row.state, word(FILING.state(row.state).label))


@admin.register(FilingItem)
class FilingItemAdmin(HouseAdmin):
    see: ClassVar[str] = "inspections.keep"
    group = "supervision"
    icon = "checklist"
    list_display = ("filing", "item")
    list_display_links = ("filing",)
    list_select_related = ("filing", "item")
    ordering = ("-id",)
    sortable_by = ()
    fields = (("filing", "item"), "measures")

    def view_on_site(self, obj: FilingItem) -> str:
        return f"/{Filing.FOLDER}/{obj.filing.reference}/"


@admin.register(Annulment)
class AnnulmentAdmin(FiledAdmin):
    icon = "gavel"
    list_display = ("reference", "organisation", "inspection", "filed_on", "due_on", "shown_state")
    list_filter = (("filed_on", RangeDateFilter), ("due_on", RangeDateFilter))
    fields = (
        ("reference", "shown_state", "version"),
        ("authority", "organisation", "inspection"),
        ("filed_on", "due_on", "lapsed_on"),
        "text",
        ("filed_by", "created_at"),
        "answer",
        ("answered_by", "answered_at"),
    )

    @display(description=_("state"), label=labels(ANNULMENT))
    def shown_state(self, row: Annulment) -> Tag:
        return Tag(row.state, word(ANNULMENT.state(row.state).label))
