"""What is written once and only read: events and seals, accesses, messages, duties, documents."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, FieldTextFilter, RangeDateFilter

from core.admin.base import HouseAdmin, display, hexadecimal, lines, plain_json, word
from core.days import dateshort, datetimeshort
from core.models import Access, Checkpoint, Document, DocumentSignature, Event, Notification, Obligation
from core.services import duty_label
from core.templatetags.tizilim import cite, line_text


@admin.register(Event)
class EventAdmin(HouseAdmin):
    icon = "history"
    place = 1
    list_display = ("shown_at", "verb", "reference", "actor", "shown_states", "shown_hash")
    list_display_links = ("shown_at",)
    list_filter = (("reference", FieldTextFilter), ("verb", FieldTextFilter), ("at", RangeDateFilter))
    list_select_related = ("actor",)
    search_fields = ("=reference",)
    search_help_text = _("Number of a case or licence")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("shown_at", "actor", "on_behalf_of"),
        ("verb", "reference", "title"),
        ("from_state", "to_state", "audience"),
        "reason",
        "shown_grounds",
        "shown_data",
        ("subject_type", "subject_id", "seq"),
        "shown_previous",
        "shown_full_hash",
    )
    readonly_fields = ("shown_at", "shown_grounds", "shown_data", "shown_previous", "shown_full_hash")

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return lookup in ("subject_type", "subject_id") or super().lookup_allowed(lookup, value, request)

    @display(description=_("at"))
    def shown_at(self, event: Event) -> str:
        return datetimeshort(event.at)

    @display(description=_("states"))
    def shown_states(self, event: Event) -> str:
        return f"{event.from_state} → {event.to_state}" if event.to_state else "—"

    @display(description=_("hash"))
    def shown_hash(self, event: Event) -> SafeString:
        return hexadecimal(bytes(event.hash)[:6])

    @display(description=_("hash"))
    def shown_full_hash(self, event: Event) -> SafeString:
        return hexadecimal(event.hash)

    @display(description=_("hash of the event before it"))
    def shown_previous(self, event: Event) -> SafeString:
        return hexadecimal(event.previous_hash)

    @display(description=_("grounds"))
    def shown_grounds(self, event: Event) -> SafeString:
        return lines([cite(ground) for ground in event.grounds])

    @display(description=_("facts"))
    def shown_data(self, event: Event) -> SafeString:
        return plain_json(event.data)


@admin.register(Checkpoint)
class CheckpointAdmin(HouseAdmin):
    icon = "verified"
    list_display = ("id", "shown_at", "first_event", "last_event", "events", "shown_hash")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        "shown_at",
        ("first_event", "last_event", "events"),
        "shown_root",
        "shown_full_hash",
        "shown_previous",
        "key",
        "shown_signature",
    )
    readonly_fields = ("shown_at", "shown_root", "shown_full_hash", "shown_previous", "shown_signature")

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        return rows  # hashes and signatures only

    @display(description=_("at"))
    def shown_at(self, seal: Checkpoint) -> str:
        return datetimeshort(seal.at)

    @display(description=_("hash"))
    def shown_hash(self, seal: Checkpoint) -> SafeString:
        return hexadecimal(bytes(seal.hash)[:6])

    @display(description=_("root over the events' hashes"))
    def shown_root(self, seal: Checkpoint) -> SafeString:
        return hexadecimal(seal.root)

    @display(description=_("hash"))
    def shown_full_hash(self, seal: Checkpoint) -> SafeString:
        return hexadecimal(seal.hash)

    @display(description=_("hash of the seal before it"))
    def shown_previous(self, seal: Checkpoint) -> SafeString:
        return hexadecimal(seal.previous_hash)

    @display(description=_("signature"))
    def shown_signature(self, seal: Checkpoint) -> SafeString:
        return hexadecimal(seal.signature)


@admin.register(Access)
class AccessAdmin(HouseAdmin):
    icon = "visibility"
    list_display = ("shown_at", "user", "subject_type", "reference")
    list_display_links = ("shown_at",)
    list_filter = (("reference", FieldTextFilter), ("at", RangeDateFilter))
    list_select_related = ("user",)
    search_fields = ("=reference",)
    ordering = ("-id",)
    sortable_by = ()
    fields = (("shown_at", "user"), ("subject_type", "subject_id", "reference"), "authority")
    readonly_fields = ("shown_at",)

    @display(description=_("at"))
    def shown_at(self, row: Access) -> str:
        return datetimeshort(row.at)


class Arrival(admin.SimpleListFilter):
    """Whether a message reached its reader."""

    title = _("arrival")
    parameter_name = "arrival"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("unsent", _("Unsent")), ("bounced", _("Bounced")), ("sent", _("Sent"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "unsent":
            return queryset.filter(sent_at__isnull=True, bounced_at__isnull=True)
        if self.value() == "bounced":
            return queryset.filter(bounced_at__isnull=False)
        return queryset.filter(sent_at__isnull=False) if self.value() == "sent" else queryset


@admin.register(Notification)
class NotificationAdmin(HouseAdmin):
    icon = "mail"
    list_display = ("shown_at", "recipient", "channel", "template", "shown_arrival", "attempts")
    list_display_links = ("shown_at",)
    list_filter = (Arrival, ("channel", ChoicesDropdownFilter))
    list_select_related = ("recipient",)
    search_fields = ("=key", "=recipient__email")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("recipient", "channel", "template"),
        "key",
        "path",
        ("created_at", "sent_at", "read_at"),
        ("attempts", "bounced_at", "error"),
        ("server_status", "server_words"),
    )

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        return rows.overseen_by(user)  # type: ignore[attr-defined,no-any-return]  # our own QuerySet

    @display(description=_("at"))
    def shown_at(self, row: Notification) -> str:
        return datetimeshort(row.created_at)

    @display(description=_("arrival"), label={"unsent": "warning", "bounced": "danger", "sent": "success"})
    def shown_arrival(self, row: Notification) -> tuple[str, Any]:
        if row.bounced_at:
            return "bounced", _("Bounced")
        return ("sent", _("Sent")) if row.sent_at else ("unsent", _("Unsent"))


class Standing(admin.SimpleListFilter):
    """Open, overdue, met or no longer owed."""

    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("Open")), ("overdue", _("Overdue")), ("met", _("Met")), ("ended", _("No longer owed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        still = queryset.filter(met_at__isnull=True, ended_at__isnull=True)
        chosen = {
            "open": still,
            "overdue": still.filter(overdue_at__isnull=False),
            "met": queryset.filter(met_at__isnull=False),
            "ended": queryset.filter(ended_at__isnull=False),
        }
        return chosen.get(self.value() or "", queryset)


@admin.register(Obligation)
class ObligationAdmin(HouseAdmin):
    group = "cases"
    icon = "event_upcoming"
    title = _("Terms and duties")
    place = 2
    list_display = ("reference", "shown_duty", "debtor", "shown_due", "shown_standing")
    list_display_links = ("reference",)
    list_filter = (Standing, ("debtor", ChoicesDropdownFilter), ("due_on", RangeDateFilter))
    search_fields = ("=reference",)
    ordering = ("due_on", "id")
    sortable_by = ()
    fields = (
        ("reference", "shown_duty", "debtor"),
        ("base_on", "shown_due"),
        "shown_arithmetic",
        "shown_ground",
        ("met_at", "ended_at", "overdue_at"),
    )
    readonly_fields = ("shown_duty", "shown_due", "shown_arithmetic", "shown_ground")

    @display(description=_("duty"))
    def shown_duty(self, row: Obligation) -> str:
        return word(duty_label(row.code))

    @display(description=_("due"))
    def shown_due(self, row: Obligation) -> Any:
        return dateshort(row.due_on) if row.due_on else _("the clock stands still")

    @display(
        description=_("standing"), label={"open": "info", "overdue": "danger", "met": "success", "ended": "default"}
    )
    def shown_standing(self, row: Obligation) -> tuple[str, Any]:
        if row.met_at:
            return "met", _("Met")
        if row.ended_at:
            return "ended", _("No longer owed")
        return ("overdue", _("Overdue")) if row.overdue_at else ("open", _("Open"))

    @display(description=_("arithmetic"))
    def shown_arithmetic(self, row: Obligation) -> SafeString:
        return lines([line_text(line) for line in row.arithmetic])

    @display(description=_("ground"))
    def shown_ground(self, row: Obligation) -> str:
        return cite(row.ground)


@admin.register(Document)
class DocumentAdmin(HouseAdmin):
    """What a document is, never what is in it: content is served by the case alone."""

    icon = "attach_file"
    list_display = ("filename", "reference", "kind", "media_type", "shown_size", "uploaded_by", "shown_at")
    list_display_links = ("filename",)
    list_filter = (("reference", FieldTextFilter), ("uploaded_at", RangeDateFilter))
    list_select_related = ("uploaded_by",)
    search_fields = ("=reference", "=sha256")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("filename", "kind"),
        ("reference", "audience"),
        ("media_type", "shown_size"),
        "sha256",
        ("uploaded_by", "uploaded_at", "removed_at"),
    )
    readonly_fields = ("shown_size",)

    @display(description=_("size"))
    def shown_size(self, document: Document) -> str:
        return filesizeformat(document.size)

    @display(description=_("at"))
    def shown_at(self, document: Document) -> str:
        return datetimeshort(document.uploaded_at)


@admin.register(DocumentSignature)
class DocumentSignatureAdmin(HouseAdmin):
    """Whose signature stands under what, and what its examination found."""

    icon = "signature"
    list_display = ("shown_at", "reference", "signer", "algorithm", "valid", "verifier")
    list_display_links = ("shown_at",)
    list_filter = ("valid", ("reference", FieldTextFilter), ("checked_at", RangeDateFilter))
    search_fields = ("=reference", "=sha256", "=certificate")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "document"),
        "signer",
        ("iin", "bin", "issuer", "algorithm"),
        ("certificate", "certificate_until"),
        "sha256",
        ("signed_at", "checked_at", "verifier"),
        ("valid", "shown_reasons", "added_by"),
        ("attempts", "next_try_at"),
    )
    readonly_fields = ("shown_reasons",)

    @display(description=_("examined"))
    def shown_at(self, row: DocumentSignature) -> str:
        return datetimeshort(row.checked_at)

    @display(description=_("why not"))
    def shown_reasons(self, row: DocumentSignature) -> SafeString:
        return lines(row.reason_labels)
