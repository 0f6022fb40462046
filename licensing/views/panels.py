"""Cards that apps above put on the case file. Each reads rows of its own together with the case, or none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from core.models import User
from licensing.models import Application


@dataclass(frozen=True, slots=True)
class Panel:
    """A card: its template, which reads `panel.facts`."""

    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PanelMaker:
    """`rows`: what the card of a case reads, as this reader sees it, plain rows of one table; None where the case has
    no such card. `make`: the card from these rows; it asks the database nothing."""

    rows: Callable[[Application, User], "QuerySet[Any] | None"]
    make: Callable[[Application, User, Sequence[Any]], Panel]


_MAKERS: list[PanelMaker] = []


def register_panel(maker: PanelMaker) -> None:
    """Declare a card, from an AppConfig.ready()."""
    if maker not in _MAKERS:
        _MAKERS.append(maker)


def panel_rows(application: Application, user: User) -> list[tuple[PanelMaker, "QuerySet[Any]"]]:
    """What the cards of a case read, in the order of their declaration."""
    asked = [(maker, maker.rows(application, user)) for maker in _MAKERS]
    return [(maker, rows) for maker, rows in asked if rows is not None]
