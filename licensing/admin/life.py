"""Breaches, referrals and measures, to read: what is done with them is done on their pages."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.admin.base import HouseAdmin, Tag, display, lines, word
from core.days import dateshort
from licensing.admin.applications import LABELS
from licensing.models import Breach, Measure, Referral
from licensing.workflow import BREACH, MEASURE

STATES = {**{one.name: one for one in BREACH.states}, **{one.name: one for one in MEASURE.states}}
STATE_LABELS = {name: LABELS.get(state.tone, "default") for name, state in STATES.items()}


class FileAdmin(HouseAdmin):
    """What breaches and measures share in their lists."""

    group = "cases"
    list_display_links = ("reference",)
    list_select_related = ("organisation", "licence")
    search_fields = ("=reference", "=licence__number")
    search_help_text = _("Number of the case or of the licence")
    ordering = ("-id",)
    sortable_by = ()
    readonly_fields: tuple[str, ...] = ("shown_state",)

    @display(description=_("state"), label=STATE_LABELS)
    def shown_state(self, row: Any) -> Tag:
        return Tag(row.state, word(STATES[row.state].label))


@admin.register(Breach)
class BreachAdmin(FileAdmin):
    icon = "report"
    list_display = ("reference", "organisation", "licence", "shown_state", "shown_found")
    fields = (
        ("reference", "shown_state", "version"),
        ("organisation", "subject_name"),
        ("licence", "source", "obligation"),
        ("found_on", "cured_on", "closed_at"),
        "facts",
        "explanation",
        "outcome_text",
        "assigned_to",
    )

    def view_on_site(self, obj: Breach) -> str:
        return f"/breaches/{obj.reference}/"

    @display(description=_("found on"))
    def shown_found(self, row: Breach) -> str:
        return dateshort(row.found_on)


@admin.register(Measure)
class MeasureAdmin(FileAdmin):
    icon = "block"
    list_display = ("reference", "act", "organisation", "licence", "shown_state")
    fields = (
        ("reference", "shown_state", "version"),
        ("act", "by_court", "months"),
        ("organisation", "licence", "breach"),
        "shown_reasons",
        "text",
        ("told_on", "position_at"),
        "position",
        ("approval_reference", "approval_on"),
        ("court", "claim_reference"),
        ("filed_on", "heard_on", "judgment_on", "judgment_in_force_on"),
        ("outcome_text", "closed_at"),
    )
    readonly_fields = ("shown_state", "shown_reasons")

    def view_on_site(self, obj: Measure) -> str:
        return f"/measures/{obj.reference}/"

    @display(description=_("reasons"))
    def shown_reasons(self, row: Measure) -> SafeString:
        return lines(list(row.reasons))


@admin.register(Referral)
class ReferralAdmin(HouseAdmin):
    group = "cases"
    icon = "forward"
    list_display = ("reference", "kind", "authority", "body", "about", "state_label", "shown_answered")
    list_display_links = ("reference",)
    list_select_related = ("authority", "body")
    search_fields = ("=reference", "=about")
    search_help_text = _("Number of the request, or of what it is about")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "kind", "state", "version"),
        ("authority", "body", "about"),
        ("sent_by", "created_at"),
        "text",
        ("answered_on", "answered_by"),
        "answer",
        ("withdrawn_because", "closed_at"),
    )

    def visible(self, rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
        """Those of either side: the row is all that both read."""
        return rows.filter(Q(authority=user.authority_id) | Q(body=user.authority_id))

    def view_on_site(self, obj: Referral) -> str:
        return f"/requests/{obj.reference}/"

    @display(description=_("answered on"))
    def shown_answered(self, row: Referral) -> str:
        return dateshort(row.answered_on) if row.answered_on else "–"
