"""Subjects of control, their objects and risk runs. Read only: services and pages change them."""

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter

from core.admin.base import HouseAdmin, display
from inspections.models import ControlObject, RiskRun, Subject


class InspectionsAdmin(HouseAdmin):
    """For staff of an authority that inspects."""

    see: ClassVar[str] = "inspections.keep"
    group = "register"


@admin.register(Subject)
class SubjectAdmin(InspectionsAdmin):
    icon = "domain"
    list_display = ("organisation", "size", "risk", "points", "last_ended_on", "left_on")
    list_select_related = ("organisation",)
    list_filter = (("risk", ChoicesDropdownFilter), ("size", ChoicesDropdownFilter), ("left_on", RangeDateFilter))
    search_fields = ("organisation__identifier",)
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("organisation", "authority"),
        ("staff", "income", "figures_on"),
        ("size", "successor"),
        ("risk", "points"),
        ("risk_run", "proposed_run"),
        ("lowering", "lowering_evidence", "lowering_until"),
        ("last_ended_on", "entered_at", "left_on"),
    )


@admin.register(ControlObject)
class ControlObjectAdmin(InspectionsAdmin):
    icon = "category"
    list_display = ("shown_thing", "shown_subject", "kind_of_permit", "region", "distance_km", "left_on")
    list_select_related = ("subject__organisation", "licence", "centre")
    list_filter = (("region", ChoicesDropdownFilter), ("left_on", RangeDateFilter))
    ordering = ("-id",)
    sortable_by = ()
    fields = (("subject", "kind_of_permit"), ("licence", "centre"), ("region", "distance_km", "left_on"))

    @display(description=_("object of control"))
    def shown_thing(self, row: ControlObject) -> str:
        return str(row.licence or row.centre)

    @display(description=_("subject of control"))
    def shown_subject(self, row: ControlObject) -> str:
        return row.subject.organisation.name


@admin.register(RiskRun)
class RiskRunAdmin(InspectionsAdmin):
    icon = "monitoring"
    list_display = ("reference", "on", "criteria", "trial", "subjects", "finished_at")
    list_select_related = ("criteria",)
    list_filter = ("trial", ("on", RangeDateFilter))
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "on", "trial"),
        ("criteria", "changes"),
        ("started_by", "started_at", "finished_at"),
        ("base", "subjects", "counts", "moves"),
        ("least", "most"),
        ("figures", "digest"),
    )
