"""Files of rows that people sent: how far each is, and how many faults it had. Read only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateFilter

from core.admin.base import HouseAdmin, Tag, display
from core.days import datetimeshort
from core.models import RowFile

LABELS = {"taken": "success", "right": "success", "faulty": "warning", "failed": "danger"}


@admin.register(RowFile)
class RowFileAdmin(HouseAdmin):
    group = "records"
    icon = "table_rows"
    list_display = ("name", "kind", "organisation", "shown_standing", "rows", "faults", "shown_at")
    list_display_links = ("name",)
    list_filter = (("uploaded_at", RangeDateFilter),)
    list_select_related = ("organisation",)
    search_fields = ("=organisation__identifier", "=made", "=sha256")
    search_help_text = _("BIN or IIN, what was made of it, or SHA-256")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("name", "kind", "organisation"),
        ("uploaded_by", "uploaded_at", "shown_standing"),
        ("size", "sha256"),
        ("rows", "faults", "warnings"),
        ("checked_at", "taken_at", "made"),
        "digest",
        ("attempts", "failed_at", "error"),
    )
    readonly_fields = ("shown_standing",)

    def view_on_site(self, obj: RowFile) -> str:
        return f"/row-files/{obj.pk}/"

    @display(description=_("standing"), label=LABELS)
    def shown_standing(self, row: RowFile) -> Tag:
        return Tag(row.standing, row.standing_label)

    @display(description=_("sent"))
    def shown_at(self, row: RowFile) -> str:
        return datetimeshort(row.uploaded_at)
