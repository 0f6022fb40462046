"""A row of a risk run line by line: what it was judged by, each figure with its arithmetic, from what is stored."""

from collections.abc import Mapping
from decimal import Decimal

from inspections.models import RiskRow, RiskRun
from inspections.models.acts import INDICATOR
from inspections.services.indicators import SOURCES
from inspections.services.rules import Rule, changed, rules_of, text
from law.inspections.codes import RISKS, Risk
from law.inspections.risk import LOWERING, score_explained
from law.problems import Line, _


def weights_of(run: RiskRun) -> Mapping[str, Rule]:
    """How the indicators counted in a run, by code."""
    return {rule.code: rule for rule in changed(rules_of(run.criteria), run.changes) if rule.kind == INDICATOR}


def explained(row: RiskRow, weights: Mapping[str, Rule]) -> list[Line]:
    """Objective criterion, breaches, indicators, sum, normalisation, degree, reduction: one line or more each."""
    run = row.run
    lines = [Line(_("By the objective criteria: %(risk)s"), risk=RISKS[Risk(row.objective)])]
    counts = (row.gross, row.significant, row.significant_total, row.insignificant, row.insignificant_total)
    if any(counts):
        lines += score_explained(*counts, run.on).arithmetic[:-1]  # that the figures are unconfirmed is said once
    else:
        lines.append(Line(_("No inspection that ended is known: no points for breaches.")))
    lines += [indicator_line(weights[code], Decimal(str(value))) for code, value in sorted(row.indicators.items())]
    lines.append(Line(_("Together, before normalisation: %(points)s"), points=text(row.interim)))
    lines += normal_lines(row)
    if Risk(row.objective) is Risk.LOW:
        lines.append(Line(_("Of low risk by the objective criteria: the points change nothing.")))
    lines.append(Line(_("Degree by these: %(risk)s"), risk=RISKS[Risk(row.degree)]))
    for reason in row.lowering:
        lines.append(Line(_("One degree down: %(reason)s"), reason=LOWERING[reason]))
    lines.append(Line(_("Degree of risk: %(risk)s"), risk=RISKS[Risk(row.risk)]))
    return lines


def indicator_line(rule: Rule, value: Decimal) -> Line:
    weight = rule.weight or Decimal(0)
    points, label = value * weight, SOURCES[rule.code].label
    if rule.greatest is not None and points > rule.greatest:
        told = _("%(label)s: %(value)s × %(weight)s, at most %(points)s")
        points = rule.greatest
    else:
        told = _("%(label)s: %(value)s × %(weight)s = %(points)s")
    return Line(told, label=label, value=text(value), weight=text(weight), points=text(points))


def normal_lines(row: RiskRow) -> list[Line]:
    run, points = row.run, text(row.points)
    if run.least is None or run.most is None:
        return []
    if run.least == run.most:
        return [Line(_("All subjects have the same points; each keeps its own: %(points)s"), points=points)]
    told = _("Between the least, %(least)s, and the greatest, %(most)s, of all subjects: %(points)s of 100")
    return [Line(told, least=text(run.least), most=text(run.most), points=points)]
