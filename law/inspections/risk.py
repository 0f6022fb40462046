"""Risk of subjects of control: points for breaches, other indicators, normalisation, degree, one degree down.

Public API
----------
- `violation_score(gross, significant, significant_total, insignificant, insignificant_total, on) -> Decimal`.
- `Indicator(code, value, weight)`; `interim(score, indicators) -> Decimal`.
- `Scale(least, greatest)`: `scale(values)`, `.normal(value, on) -> Decimal` between 0 and 100.
- `degree(points, on) -> Risk`; `final_degree(objective, points, on) -> Risk`: of a subject, by both kinds of criteria.
- `lowered(risk, reasons, on) -> Risk`; `LOWERING`.
- `score_explained(…) -> Scored`: points with their arithmetic and provisions.
- `figures(on) -> Figures`: all constants of the day, for arithmetic in bulk.

Order 48, which sets the formula, was not read: every constant is *assumed*, and a score is not to be shown as law. The
day of the run picks the version. NotInForce before Chapter 13.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from law.inspections.codes import Risk, known
from law.problems import Line, _
from law.provisions import Provision, provision

__all__ = [
    "LOWERING",
    "Figures",
    "Indicator",
    "Scale",
    "Scored",
    "degree",
    "figures",
    "final_degree",
    "interim",
    "lowered",
    "scale",
    "score_explained",
    "violation_score",
]

_HUNDRED: Final = Decimal(100)
#: Why a degree goes one down (141(9)); the same reasons together take off no more.
LOWERING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "insurance": _("insurance of liability as a law sets it"),
        "release": _("release by a law and the criteria"),
        "self_regulation": _("membership in a self-regulating organisation with a recognition agreement"),
    }
)


@dataclass(frozen=True, slots=True)
class Figures:
    """The constants of the score on a day, by the rows that give them."""

    gross: Provision
    significant: Provision
    insignificant: Provision
    medium: Provision
    high: Provision
    greatest: Provision

    @property
    def provisions(self) -> tuple[Provision, ...]:
        return (self.gross, self.significant, self.insignificant, self.medium, self.high, self.greatest)


def figures(on: date) -> Figures:
    """All constants of the score; on = the day of the run."""
    codes = ("RISK-GROSS", "RISK-W-SIG", "RISK-W-INS", "RISK-T-MED", "RISK-T-HIGH", "RISK-MAX")
    return Figures(*(provision(code, on) for code in codes))


def _part(unmet: int, checked: int, weight: Decimal) -> Decimal:
    return unmet * _HUNDRED * weight / checked if checked else Decimal(0)


def _counts(unmet: int, checked: int) -> None:
    if not 0 <= unmet <= checked:
        raise ValueError("unmet items may be neither negative nor more than the items checked")


def violation_score(
    gross: int, significant: int, significant_total: int, insignificant: int, insignificant_total: int, on: date
) -> Decimal:
    """Points for breaches, 0 to 100, not rounded: unmet items over items checked, by severity.

    Any unmet gross item gives 100; else significant × 100 / total × 0.7 + insignificant × 100 / total × 0.3, where a
    total of 0 makes its term 0. on = the day of the run. ValueError for counts that cannot be."""
    if gross < 0:
        raise ValueError("unmet items may be neither negative nor more than the items checked")
    _counts(significant, significant_total)
    _counts(insignificant, insignificant_total)
    rules = figures(on)
    if gross:
        return rules.gross.amount
    first = _part(significant, significant_total, rules.significant.amount)
    return first + _part(insignificant, insignificant_total, rules.insignificant.amount)


@dataclass(frozen=True, slots=True)
class Scored:
    """Points with the lines that tell them and the provisions they rest on."""

    points: Decimal
    arithmetic: tuple[Line, ...]
    provisions: tuple[Provision, ...]


def score_explained(
    gross: int, significant: int, significant_total: int, insignificant: int, insignificant_total: int, on: date
) -> Scored:
    """`violation_score` with its arithmetic. Same errors."""
    points = violation_score(gross, significant, significant_total, insignificant, insignificant_total, on)
    rules = figures(on)
    if gross:
        told = _("Unmet gross requirements: %(count)s; any gives %(points)s points")
        lines = [Line(told, count=gross, points=rules.gross.value)]
        used: tuple[Provision, ...] = (rules.gross,)
    else:
        used = (rules.significant, rules.insignificant)
        counts = ((significant, significant_total), (insignificant, insignificant_total))
        texts = (
            _("Significant: %(unmet)s of %(total)s unmet, × 100 × %(weight)s = %(points)s"),
            _("Insignificant: %(unmet)s of %(total)s unmet, × 100 × %(weight)s = %(points)s"),
        )
        lines = [
            Line(text, unmet=unmet, total=total, weight=rule.value, points=shown(_part(unmet, total, rule.amount)))
            for text, (unmet, total), rule in zip(texts, counts, used, strict=True)
        ]
    lines.append(Line(_("Points for breaches: %(points)s"), points=shown(points)))
    lines.append(Line(_("The order on risk systems was not read; the constants are unconfirmed.")))
    return Scored(points, tuple(lines), used)


def shown(points: Decimal) -> str:
    """Points for a screen: two decimals at most, none where there are none."""
    return f"{points.quantize(Decimal('0.01')).normalize():f}"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One other subjective indicator: its value times its weight is added to the points (weights from the criteria)."""

    code: str
    value: Decimal
    weight: Decimal

    @property
    def points(self) -> Decimal:
        return self.value * self.weight


def interim(score: Decimal, indicators: Iterable[Indicator]) -> Decimal:
    """Points for breaches and those of the other indicators together, not yet normalised."""
    return score + sum((one.points for one in indicators), Decimal(0))


@dataclass(frozen=True, slots=True)
class Scale:
    """The least and the greatest interim points of all subjects of a run."""

    least: Decimal
    greatest: Decimal

    def normal(self, value: Decimal, on: date) -> Decimal:
        """The value between 0 and 100 (min–max), not rounded; where all subjects are equal each keeps its own points,
        cut to that span (assumed). ValueError for a value outside the scale."""
        if not self.least <= value <= self.greatest:
            raise ValueError("the value lies outside the scale")
        top = provision("RISK-MAX", on).amount
        if self.least == self.greatest:
            return min(max(value, Decimal(0)), top)
        return (value - self.least) * top / (self.greatest - self.least)


def scale(values: Collection[Decimal]) -> Scale:
    """The scale of a population; ValueError for an empty one."""
    return Scale(min(values), max(values))


def degree(points: Decimal, on: date) -> Risk:
    """The degree for points between 0 and 100: 0–30 low, 31–70 medium, 71–100 high. Points between two bands belong to
    the lower one, whose next is not reached (assumed). ValueError outside the span; on = the day of the run."""
    rules = figures(on)
    if not 0 <= points <= rules.greatest.amount:
        raise ValueError("points lie outside the span")
    if points >= rules.high.amount:
        return Risk.HIGH
    return Risk.MEDIUM if points >= rules.medium.amount else Risk.LOW


def final_degree(objective: str, points: Decimal, on: date) -> Risk:
    """The degree of a subject: by objective criteria first; among those of high and medium risk the points decide, one
    of low risk stays so (RISK-STEPS, assumed). on = the day of the run. Errors as `degree`."""
    return Risk.LOW if known(Risk, objective) is Risk.LOW else degree(points, on)


def lowered(risk: str, reasons: Collection[str], on: date) -> Risk:
    """The degree after the reduction of 141(9): high becomes medium, medium low, once however many reasons there are
    (assumed). on = the day of the run. ValueError for an unknown degree or reason."""
    unknown = set(reasons) - set(LOWERING)
    if unknown:
        raise ValueError(f"unknown reason to lower a risk: {sorted(unknown)}")
    order = (Risk.HIGH, Risk.MEDIUM, Risk.LOW)
    place = order.index(known(Risk, risk))
    steps = provision("EK-RISK-DOWN", on).number if reasons else 0
    return order[min(place + steps, len(order) - 1)]
