"""Webhooks and what was sent to them, to find what does not arrive; of an address the server alone is shown."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from core.admin.base import HouseAdmin, display
from core.days import datetimeshort
from core.models import Webhook, WebhookDelivery


class Overseen(HouseAdmin):
    ordering = ("-id",)
    sortable_by = ()

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        return rows.overseen_by(user)  # type: ignore[attr-defined,no-any-return]  # our own QuerySet


@admin.register(Webhook)
class WebhookAdmin(Overseen):
    icon = "webhook"
    list_display = ("shown_server", "organisation", "active", "failures", "shown_made")
    list_display_links = ("shown_server",)
    list_filter = ("active",)
    list_select_related = ("organisation",)
    search_fields = ("=organisation__identifier",)
    fields = (
        ("shown_server", "organisation"),
        "verbs",
        ("active", "disabled_at"),
        ("failures", "failing_since", "paused_until"),
        ("made_by", "shown_made"),
    )
    readonly_fields = ("shown_server", "shown_made")

    @display(description=_("server"))
    def shown_server(self, row: Webhook) -> str:
        return str(row)

    @display(description=_("made"))
    def shown_made(self, row: Webhook) -> str:
        return datetimeshort(row.made_at)


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(Overseen):
    icon = "outbound"
    list_display = ("shown_at", "webhook", "shown_act", "attempts", "status_code", "error", "shown_state")
    list_display_links = ("shown_at",)
    list_filter = (("error", ChoicesDropdownFilter),)
    list_select_related = ("webhook", "event")
    search_fields = ("=event__reference",)
    fields = (
        ("webhook", "shown_act"),
        ("shown_at", "tried_at", "next_try_at"),
        ("attempts", "status_code", "milliseconds"),
        ("delivered_at", "given_up_at", "error"),
    )
    readonly_fields = ("shown_at", "shown_act")

    @display(description=_("at"))
    def shown_at(self, row: WebhookDelivery) -> str:
        return datetimeshort(row.created_at)

    @display(description=_("act"))
    def shown_act(self, row: WebhookDelivery) -> str:
        return f"{row.event.verb} {row.event.reference}"

    @display(description=_("state"), label={"waiting": "warning", "given_up": "danger", "delivered": "success"})
    def shown_state(self, row: WebhookDelivery) -> tuple[str, Any]:
        words = {"waiting": _("Waiting"), "delivered": _("Taken"), "given_up": _("Given up")}
        return row.state, words[row.state]
