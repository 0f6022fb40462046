"""The rows of a risk run in pages: of one degree, or those that moved, the most points first."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from inspections.models import RiskRow, RiskRun
from law.inspections.codes import RISKS, Risk
from licensing.views.keyset import Page

TONES = {"high": "bad", "medium": "waiting", "low": "good"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list ordered by (points falling, subject rising); written `n_12.500_7`."""

    back: bool
    points: Decimal
    subject: int

    def __str__(self) -> str:
        return f"{'p' if self.back else 'n'}_{self.points}_{self.subject}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """The place in a query; None for anything else, which shows the first page."""
        try:
            way, points, subject = text.split("_")
            number = Decimal(points)
            return cls(way == "p", number, min(int(subject), 2**63 - 1)) if abs(number) <= 100 else None
        except (ValueError, InvalidOperation):
            return None


def degree_of(asked: str, run: RiskRun) -> str:
    """The degree to be shown: as asked, else the gravest that somebody has."""
    held = [code for code in Risk if run.counts.get(code)]
    return asked if asked in list(Risk) else str(held[0] if held else Risk.HIGH)


def degrees(run: RiskRun, chosen: str, moved: bool) -> list[dict[str, Any]]:
    """The degrees with how many have each, for the switch above the rows."""
    return [
        {"code": code, "label": _(RISKS[code]), "tone": TONES[code], "count": run.counts.get(code, 0),
         "chosen": code == chosen and not moved}
        for code in Risk
    ]  # fmt: skip


def moves_of(run: RiskRun) -> list[tuple[str, str, int]]:
    """From which degree to which how many moved, the most first."""
    found = [(*way.split(" "), number) for way, number in run.moves.items()]
    return sorted(((_(RISKS[Risk(a)]), _(RISKS[Risk(b)]), n) for a, b, n in found), key=lambda one: -one[2])


def page_of(run: RiskRun, risk: str, moved: bool, place: Place | None, size: int) -> Page:
    """One page over an index that serves its order. One query."""
    rows = RiskRow.objects.filter(run=run).select_related("subject__organisation")
    rows = rows.exclude(before="").exclude(before=F("risk")) if moved else rows.filter(risk=risk)
    back = place is not None and place.back
    if place is not None:
        way, beyond = ("gte", "gt") if back else ("lte", "lt")
        beside = Q(**{f"subject__{'lt' if back else 'gt'}": place.subject})
        rows = rows.filter(Q(**{f"points__{beyond}": place.points}) | beside, **{f"points__{way}": place.points})
    order = ("points", "-subject_id") if back else ("-points", "subject_id")
    found: list[Any] = list(rows.order_by(*order)[: size + 1])
    more, shown = len(found) > size, found[:size][::-1] if back else found[:size]
    if not shown:
        return Page([], "", "")
    first, last = shown[0], shown[-1]
    before = str(Place(True, first.points, first.subject_id)) if (more if back else place is not None) else ""
    after = str(Place(False, last.points, last.subject_id)) if back or more else ""
    return Page(shown, before, after)
