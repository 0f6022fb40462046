"""Machines in the register and applications about them, to read: what is done with them is done on their pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter

from core.admin.base import Tag, display, word
from core.days import dateshort
from licensing.admin.applications import LABELS
from mining.admin.base import MiningAdmin
from mining.models import Machine, MachineFiling
from mining.workflow import MACHINES

FILING_LABELS = {state.name: LABELS.get(state.tone, "default") for state in MACHINES.states}


@admin.register(Machine)
class MachineAdmin(MiningAdmin):
    group = "cases"
    icon = "memory_alt"
    list_display = ("number", "manufacturer", "model", "serial", "centre", "owner", "shown_from")
    list_display_links = ("number",)
    list_filter = (("included_on", RangeDateFilter), ("excluded_on", RangeDateFilter))
    list_select_related = ("centre", "owner")
    search_fields = ("=serial", "=owner__identifier", "=centre__reference")
    search_help_text = _("Serial number, BIN or IIN of the owner, or number of the data centre")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("number", "owner", "licence"),
        ("manufacturer", "model", "serial"),
        ("hash_rate", "power", "centre"),
        ("filing", "included_on"),
        ("excluded_on", "exclusion_reason"),
    )
    readonly_fields = ("number",)

    def view_on_site(self, obj: Machine) -> str:
        return f"/machines/{obj.number}/"

    @display(description=_("in the register from"))
    def shown_from(self, row: Machine) -> str:
        return dateshort(row.included_on)


@admin.register(MachineFiling)
class MachineFilingAdmin(MiningAdmin):
    group = "cases"
    icon = "list_alt"
    list_display = ("reference", "act", "organisation", "machines", "shown_state", "shown_filed", "shown_due")
    list_display_links = ("reference",)
    list_filter = (("act", ChoicesDropdownFilter),)
    list_select_related = ("organisation",)
    search_fields = ("=reference", "=organisation__identifier")
    search_help_text = _("Number of the application, or BIN or IIN of the owner")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "shown_state", "version"),
        ("act", "organisation", "machines"),
        ("to_owner", "to_centre"),
        "reason",
        ("filed_by", "filed_on", "due_on"),
        ("decided_by", "decided_on"),
        "answer",
        "digest",
    )
    readonly_fields = ("shown_state",)

    def view_on_site(self, obj: MachineFiling) -> str:
        return f"/machine-filings/{obj.reference}/"

    @display(description=_("state"), label=FILING_LABELS)
    def shown_state(self, row: MachineFiling) -> Tag:
        return Tag(row.state, word(MACHINES.state(row.state).label))

    @display(description=_("filed"))
    def shown_filed(self, row: MachineFiling) -> str:
        return dateshort(row.filed_on)

    @display(description=_("due"))
    def shown_due(self, row: MachineFiling) -> str:
        return dateshort(row.due_on)
