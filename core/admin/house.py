"""What the house keeps about its own conduct, to be read; it is acted on at /house/."""

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.admin.base import HouseAdmin, display, plain_json
from core.days import datetimeshort
from core.models import DataBreach, ErasureRun, LegalHold


@admin.register(LegalHold)
class LegalHoldAdmin(HouseAdmin):
    icon = "lock"
    see = "core.oversee"
    list_display = ("reference", "shown_at", "placed_by", "lifted_at")
    list_display_links = ("reference",)
    list_filter = (("lifted_at", admin.EmptyFieldListFilter),)
    list_select_related = ("placed_by",)
    search_fields = ("=reference",)
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "subject_type", "authority"),
        "reason",
        ("placed_by", "shown_at"),
        ("lifted_by", "lifted_at"),
        "lifted_reason",
    )
    readonly_fields = ("shown_at",)

    @display(description=_("placed at"))
    def shown_at(self, row: LegalHold) -> str:
        return datetimeshort(row.placed_at)


@admin.register(ErasureRun)
class ErasureRunAdmin(HouseAdmin):
    icon = "delete_history"
    see = "core.oversee"
    list_display = ("id", "state", "shown_as_of", "automatic", "proposed_by", "confirmed_by")
    list_filter = ("state", "automatic")
    list_select_related = ("proposed_by", "confirmed_by")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("state", "automatic"),
        ("shown_as_of", "closed_at"),
        ("proposed_by", "confirmed_by"),
        "shown_planned",
        "shown_erased",
    )
    readonly_fields = ("shown_as_of", "shown_planned", "shown_erased")

    @display(description=_("what was due at"))
    def shown_as_of(self, run: ErasureRun) -> str:
        return datetimeshort(run.as_of)

    @display(description=_("what was to go"))
    def shown_planned(self, run: ErasureRun) -> SafeString:
        return plain_json(run.planned)

    @display(description=_("what went"))
    def shown_erased(self, run: ErasureRun) -> SafeString:
        return plain_json(run.erased)


@admin.register(DataBreach)
class DataBreachAdmin(HouseAdmin):
    icon = "gpp_maybe"
    see = "core.oversee"
    list_display = ("id", "state", "summary", "shown_at", "persons")
    list_filter = ("state",)
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("state", "shown_at", "noticed_by"),
        ("summary", "happened_at"),
        "description",
        ("persons", "shown_kinds"),
        "assessment",
        "notice",
        "persons_notice",
        ("notified_at", "closed_at"),
        "not_notified_because",
        "measures",
    )
    readonly_fields = ("shown_at", "shown_kinds")

    @display(description=_("noticed"))
    def shown_at(self, row: DataBreach) -> str:
        return datetimeshort(row.noticed_at)

    @display(description=_("kinds of data"))
    def shown_kinds(self, row: DataBreach) -> str:
        return ", ".join(row.kinds)
