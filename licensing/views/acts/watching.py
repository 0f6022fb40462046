"""Watching a case: the same two rows in every table whose cases can be watched, and their button."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from core.models import User
from licensing import services
from licensing.models import Watch
from licensing.views.acts import Act, Table, never

WATCHING: tuple[Act, ...] = (
    Act(
        "watch",
        _("You watch the case."),
        services.watch_case,
        label=_("Watch the case"),
        consequence=_("You are told whenever the state of the case changes."),
        permission="licensing.watch",
        when=never,
        versioned=False,
    ),
    Act(
        "unwatch",
        _("You no longer watch the case."),
        services.unwatch_case,
        label=_("Stop watching"),
        permission="licensing.watch",
        when=never,
        versioned=False,
    ),
)


def watching(table: Table, case: Any, user: User) -> dict[str, Any]:
    """What the button of a file shows: whether this person watches the case, and where that changes."""
    watched = Watch.objects.of(case).filter(user=user).exists()
    return watch_button(table, case, watched=watched)


def watch_button(table: Table, case: Any, *, watched: bool) -> dict[str, Any]:
    name = "unwatch" if watched else "watch"
    return {"is_watched": watched, "watch_url": reverse(f"{table.page}-act", args=[getattr(case, table.key), name])}
