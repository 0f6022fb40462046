"""Cases made into one file: who asked, how far it is, until when it is kept. Read only."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter

from core.admin.base import Tag, display
from core.days import datetimeshort
from licensing.admin.outcomes import CaseRow
from licensing.models import Archive

LABELS = {"ready": "success", "failed": "danger", "running": "info", "waiting": "default"}


@admin.register(Archive)
class ArchiveAdmin(CaseRow):
    group = "records"
    icon = "folder_zip"
    list_display = ("application", "audience", "shown_standing", "requested_by", "shown_at", "size")
    list_display_links = ("application",)
    list_filter = (("audience", ChoicesDropdownFilter), ("requested_at", RangeDateFilter))
    list_select_related = ("application", "requested_by")
    fields = (
        ("application", "audience", "language"),
        ("requested_by", "requested_at", "shown_standing"),
        ("started_at", "attempts", "progress"),
        ("finished_at", "size", "sha256"),
        ("failed_at", "error", "expires_at"),
    )
    readonly_fields = ("shown_standing",)

    def visible(self, rows: Any, user: Any) -> Any:
        return rows.visible_to(user)

    @display(description=_("standing"), label=LABELS)
    def shown_standing(self, row: Archive) -> Tag:
        return Tag(row.standing, row.standing_label)

    @display(description=_("asked for"))
    def shown_at(self, row: Archive) -> str:
        return datetimeshort(row.requested_at)
