"""Cards that apps above put on the case file, and on the pages of a licence: in the office, on the account, in the
public register. A card of a case reads rows of its own together with the case, or none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from core.models import User
from licensing.models import Application, Licence, Measure

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


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


#: The pages of a licence that take cards: of officials, of the holder's account, of the public register.
OFFICE, ACCOUNT, REGISTER = "office", "account", "register"
#: The card of a licence for this reader, or None; a handful of queries, whatever there is.
LicencePanel = Callable[[Licence, "User | AnonymousUser"], Panel | None]
#: The card of a measure for this official, or None.
MeasurePanel = Callable[[Measure, User], Panel | None]

_MAKERS: list[PanelMaker] = []
_OF_MEASURES: list[MeasurePanel] = []
_OF_LICENCES: dict[str, list[LicencePanel]] = {OFFICE: [], ACCOUNT: [], REGISTER: []}


def register_panel(maker: PanelMaker) -> None:
    """Declare a card, from an AppConfig.ready()."""
    if maker not in _MAKERS:
        _MAKERS.append(maker)


def panel_rows(application: Application, user: User) -> list[tuple[PanelMaker, "QuerySet[Any]"]]:
    """What the cards of a case read, in the order of their declaration."""
    asked = [(maker, maker.rows(application, user)) for maker in _MAKERS]
    return [(maker, rows) for maker, rows in asked if rows is not None]


def register_licence_panel(maker: LicencePanel, *pages: str) -> None:
    """Declare a card for pages of a licence, from an AppConfig.ready()."""
    for page in pages:
        if maker not in _OF_LICENCES[page]:
            _OF_LICENCES[page].append(maker)


def licence_panels(page: str, licence: Licence, user: "User | AnonymousUser") -> list[Panel]:
    """The cards of a licence on one of its pages, in the order of their declaration."""
    made = (maker(licence, user) for maker in _OF_LICENCES[page])
    return [panel for panel in made if panel is not None]


def register_measure_panel(maker: MeasurePanel) -> None:
    """Declare a card for the file of a measure, from an AppConfig.ready()."""
    if maker not in _OF_MEASURES:
        _OF_MEASURES.append(maker)


def measure_panels(measure: Measure, user: User) -> list[Panel]:
    """The cards of a measure, in the order of their declaration."""
    return [panel for maker in _OF_MEASURES if (panel := maker(measure, user)) is not None]
