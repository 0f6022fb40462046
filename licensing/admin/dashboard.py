"""The overview of the administration: bounded counts of what waits, each with the list behind it."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from core.admin.base import CAP, reader, word
from core.models import Membership, Notification, Organisation, User
from licensing.admin.applications import STATE_LABELS
from licensing.models import Application, Letter, RegisterEntry
from licensing.models.applications import OPEN
from licensing.register_types import REFUSAL
from licensing.workflow import APPLICATION


def count(rows: "QuerySet[Any]") -> str:
    """At most CAP, then the figure with a plus: an overview never counts a table through."""
    found = rows.order_by()[: CAP + 1].count()
    return f"{CAP}+" if found > CAP else str(found)


def card(label: str, rows: "QuerySet[Any]", page: str, query: str = "", tone: str = "") -> dict[str, str]:
    return {
        "label": label,
        "count": count(rows),
        "url": reverse(f"admin:{page}_changelist") + (f"?{query}" if query else ""),
        "tone": tone,
    }


def states(user: User) -> list[dict[str, str]]:
    """Open cases by state."""
    cases = Application.objects.visible_to(user)
    return [
        card(
            word(state.label),
            cases.filter(state=state.name),
            "licensing_application",
            f"state={state.name}",
            STATE_LABELS[state.name],
        )
        for state in APPLICATION.states
        if state.name in OPEN
    ]


def terms(user: User) -> list[dict[str, str]]:
    """Open cases by their next term, and who has them."""
    today = timezone.localdate()
    cases = Application.objects.visible_to(user).open()
    page = "licensing_application"
    return [
        card(gettext("Overdue"), cases.filter(due_on__lt=today), page, "due=overdue", "danger"),
        card(gettext("Due today"), cases.filter(due_on=today), page, "due=today", "warning"),
        card(
            gettext("Due within seven days"),
            cases.filter(due_on__range=(today, today + timedelta(days=7))),
            page,
            "due=week",
        ),
        card(gettext("With nobody"), cases.filter(assigned_to__isnull=True), page, "state=open&officer=nobody"),
    ]


def chores(user: User) -> list[dict[str, str]]:
    """What waits beside the cases."""
    claims = Membership.objects.visible_to(user).filter(confirmed_at__isnull=True, revoked_at__isnull=True)
    unchecked = Organisation.objects.visible_to(user).filter(registration_checked_at__isnull=True)
    bounced = Notification.objects.overseen_by(user).filter(bounced_at__isnull=False)
    withheld = RegisterEntry.objects.visible_to(user).filter(published=False).exclude(type=REFUSAL)
    return [
        card(
            gettext("Claims to be confirmed"),
            claims,
            "core_membership",
            "confirmed_at__isempty=1&revoked_at__isempty=1",
        ),
        card(
            gettext("Registrations to be checked"), unchecked, "core_organisation", "registration_checked_at__isempty=1"
        ),
        card(
            gettext("Letters to be printed"),
            Letter.objects.visible_to(user).unprinted(),
            "licensing_letter",
            "document__isempty=1",
        ),
        card(gettext("Mails that came back"), bounced, "core_notification", "arrival=bounced", "danger"),
        card(gettext("Withheld from the register"), withheld, "licensing_registerentry", "published__exact=0"),
    ]


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Called by the panel's first page."""
    user = reader(request)
    context["title"] = gettext("Overview")
    context["rows"] = [
        (gettext("Terms"), terms(user)),
        (gettext("Open cases by state"), states(user)),
        (gettext("Also waiting"), chores(user)),
    ]
    return context
