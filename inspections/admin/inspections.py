"""Inspections, their teams and the items asked. Read only: every step is taken on the officers' pages."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter

from core.admin.base import HouseAdmin, Tag, display, word
from inspections.models import Inspection, InspectionItem, TeamMember
from inspections.workflow import INSPECTION
from licensing.admin.applications import LABELS

STATES = {state.name: LABELS.get(state.tone, "default") for state in INSPECTION.states}


class InspectedAdmin(HouseAdmin):
    """For staff of bodies that inspect."""

    see: ClassVar[str] = "inspections.keep"
    group = "supervision"
    ordering = ("-id",)
    sortable_by = ()


@admin.register(Inspection)
class InspectionAdmin(InspectedAdmin):
    icon = "fact_check"
    list_display = ("reference", "organisation", "kind", "start_on", "end_on", "shown_state")
    list_display_links = ("reference",)
    list_select_related = ("organisation",)
    list_filter = (("kind", ChoicesDropdownFilter), ("start_on", RangeDateFilter))
    search_fields = ("=reference", "=act_number", "=organisation__identifier")
    readonly_fields = ("shown_state",)
    fields = (
        ("reference", "shown_state", "version"),
        ("authority", "organisation", "kind", "method"),
        ("kind_of_permit", "size", "risk"),
        ("entry", "ground", "case", "urgent"),
        "ground_text",
        "subject_matter",
        ("checklist", "period_from", "period_to"),
        ("start_on", "end_on", "replanned"),
        ("noticed_at", "notice_means", "told_at"),
        ("act_number", "act_signed_by", "act_signed_at"),
        ("registration_number", "registered_on"),
        ("started_at", "receipt"),
        ("extension_number", "extended_to", "extension_reason"),
        ("extension_act_on", "extension_signed_by", "extension_noticed_on"),
        ("extension_registration", "extension_registered_on"),
        ("result_number", "result_handed_at", "result_receipt"),
        ("order_number", "cure_by"),
        ("opened_by", "created_at", "closed_at"),
    )

    @display(description=_("state"), label=STATES)
    def shown_state(self, row: Inspection) -> Tag:
        return Tag(row.state, word(INSPECTION.state(row.state).label))

    def view_on_site(self, obj: Inspection) -> str:
        return f"/inspections/{obj.reference}/"


@admin.register(TeamMember)
class TeamMemberAdmin(InspectedAdmin):
    icon = "groups"
    list_display = ("inspection", "person", "post", "leads", "joined_on", "left_on")
    list_display_links = ("inspection",)
    list_select_related = ("inspection", "person")
    search_fields = ("=inspection__reference",)
    fields = (
        ("inspection", "person", "post", "leads"),
        ("joined_on", "told_subject_on", "told_statistics_on", "left_on"),
        "reason",
    )

    def view_on_site(self, obj: Any) -> str:
        return f"/inspections/{obj.inspection.reference}/"


@admin.register(InspectionItem)
class InspectionItemAdmin(InspectedAdmin):
    icon = "checklist"
    list_display = ("inspection", "code", "severity", "answer")
    list_display_links = ("inspection",)
    list_select_related = ("inspection",)
    search_fields = ("=inspection__reference",)
    fields = (
        ("inspection", "place", "code", "severity"),
        ("text_kk", "text_ru", "text_en"),
        ("article", "answer", "cure_by"),
        "evidence",
        ("seen_at", "answered_at", "answered_by"),
    )

    def view_on_site(self, obj: Any) -> str:
        return f"/inspections/{obj.inspection.reference}/"
