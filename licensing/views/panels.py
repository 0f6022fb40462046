"""Cards that apps above put on the case file: functions that give one, or nothing for this case and reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.models import User
from licensing.models import Application


@dataclass(frozen=True, slots=True)
class Panel:
    """A card: its template, which reads `panel.facts`."""

    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)


MakePanel = Callable[[Application, User], Panel | None]
_PANELS: list[MakePanel] = []


def register_panel(make: MakePanel) -> None:
    """Declare a card, from an AppConfig.ready(). It may ask the database once."""
    if make not in _PANELS:
        _PANELS.append(make)


def panels(application: Application, user: User) -> list[Panel]:
    """The cards of a case for a reader, in the order of their declaration."""
    return [panel for make in _PANELS if (panel := make(application, user)) is not None]
