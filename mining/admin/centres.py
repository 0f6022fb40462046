"""Data centres, who is hosted in them, and their assessments. Read only: they are written on the officers' pages."""

from typing import Any

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter

from core.admin.base import Tag, display, lines, word
from core.days import dateshort
from core.templatetags.tizilim import cite
from law import standards
from licensing.admin.applications import LABELS
from mining.admin.base import MiningAdmin
from mining.models import Assessment, AssessmentItem, DataCentre, Hosting
from mining.models.centres import DataCentreQuerySet
from mining.workflow import ASSESSMENT, CENTRE


def labels(workflow: Any) -> dict[str, str]:
    return {state.name: LABELS.get(state.tone, "default") for state in workflow.states}


@admin.register(DataCentre)
class DataCentreAdmin(MiningAdmin):
    group = "register"
    icon = "domain"
    list_display = ("reference", "name", "owner", "region", "zone", "megawatts", "shown_state", "published")
    list_display_links = ("reference",)
    list_filter = (("region", ChoicesDropdownFilter), ("zone", ChoicesDropdownFilter), "published")
    list_select_related = ("owner",)
    search_fields = ("search",)
    search_help_text = _("Number, name, address or owner")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "shown_state", "version"),
        ("owner", "authority", "application"),
        ("name", "address"),
        ("region", "zone"),
        ("megawatts", "cells"),
        ("grid_connection", "grid_megawatts"),
        ("grid_share", "own_generation_share", "renewable_share", "import_share"),
        ("latitude", "longitude"),
        ("opened_on", "closed_on", "closing_reason"),
        ("published", "publication_reason", "decided_by", "decided_at"),
        ("created_at", "changed_at"),
    )
    readonly_fields = ("shown_state",)

    def view_on_site(self, obj: DataCentre) -> str:
        return f"/centres/{obj.reference}/"

    def get_search_results(self, request: Any, queryset: DataCentreQuerySet, search_term: str) -> tuple[Any, bool]:
        """By the words that the pages search too."""
        return (queryset.found_by(search_term) if search_term else queryset), False

    @display(description=_("state"), label=labels(CENTRE))
    def shown_state(self, row: DataCentre) -> Tag:
        return Tag(row.state, word(CENTRE.state(row.state).label))


@admin.register(Hosting)
class HostingAdmin(MiningAdmin):
    group = "register"
    icon = "warehouse"
    list_display = ("centre", "licence", "megawatts", "cells", "since", "until")
    list_display_links = ("centre",)
    list_filter = (("since", RangeDateFilter), ("until", RangeDateFilter))
    list_select_related = ("centre", "licence")
    ordering = ("-id",)
    sortable_by = ()
    fields = (("centre", "licence"), ("megawatts", "cells"), ("since", "until"), ("entered_by", "entered_at"))

    def view_on_site(self, obj: Hosting) -> str:
        return f"/centres/{obj.centre.reference}/"


@admin.register(Assessment)
class AssessmentAdmin(MiningAdmin):
    group = "register"
    icon = "fact_check"
    list_display = ("reference", "centre", "shown_day", "shown_state", "shown_outcome", "prepared_by", "signed_by")
    list_display_links = ("reference",)
    list_filter = (("outcome", ChoicesDropdownFilter), ("assessed_on", RangeDateFilter))
    list_select_related = ("centre", "prepared_by", "signed_by")
    search_fields = ("=reference",)
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "shown_state", "version"),
        ("centre", "assessed_on", "standard", "previous"),
        "shown_items",
        ("measured_megawatts", "summary"),
        ("shown_outcome", "confirmation"),
        ("prepared_by", "signed_by", "signed_at"),
    )
    readonly_fields = ("shown_state", "shown_outcome", "shown_items")

    def view_on_site(self, obj: Assessment) -> str:
        return f"/assessments/{obj.reference}/"

    @display(description=_("day"))
    def shown_day(self, row: Assessment) -> str:
        return dateshort(row.assessed_on)

    @display(description=_("state"), label=labels(ASSESSMENT))
    def shown_state(self, row: Assessment) -> Tag:
        return Tag(row.state, word(ASSESSMENT.state(row.state).label))

    @display(description=_("result"))
    def shown_outcome(self, row: Assessment) -> str:
        return word(standards.RESULTS.get(row.outcome, ""))

    @display(description=_("checklist"))
    def shown_items(self, row: Assessment) -> SafeString:
        return lines([told(item) for item in row.items.all()])


def told(item: AssessmentItem) -> str:
    answer = word(standards.ANSWERS.get(item.answer, "")) or "–"
    return f"{word(item.text)} {answer}. {item.evidence} {cite(item.ground)}"
