"""Subjective indicators of risk: what each counts, of whom, by which app's records. One small row each.

A row's SQL gives (organisation, value) for `%(authority)s` as of the day `%(on)s`, whose end is `%(until)s`;
`%(year)s` is one year before it and `%(years)s` three. How far back an indicator looks is the house's own choice and
told as such; how much a unit of it weighs, and how many points it gives at most, stands in the criteria.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from law.licensing import months_after
from law.problems import _


@dataclass(frozen=True, slots=True)
class Source:
    """One indicator: its code, what it counts in words, the app whose records it reads, and how."""

    code: str
    label: str
    app: str
    sql: str


def day_facts(authority: int, on: date) -> dict[str, Any]:
    """What the SQL of every indicator asks for."""
    end = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    return {
        "authority": authority,
        "on": on,
        "until": end,
        "year": months_after(on, -12),
        "years": months_after(on, -36),
    }


_LATE_REPORTS = " UNION ALL ".join(
    f"""SELECT r.organisation_id, count(DISTINCT r.period_first)::numeric FROM {table} r
    WHERE r.authority_id = %(authority)s AND r.received_on > r.due_on AND r.received_on BETWEEN %(year)s AND %(on)s
        AND NOT EXISTS (SELECT FROM {table} i WHERE i.organisation_id = r.organisation_id
            AND i.period_first = r.period_first AND i.received_on <= i.due_on)
    GROUP BY 1"""  # noqa: S608  (two constants)
    for table in ("mining_poolreport", "mining_minerreport")
)
_DUTIES = """SELECT organisation_id, count(*)::numeric FROM core_obligation
    WHERE authority_id = %(authority)s AND debtor = 'organisation' AND organisation_id IS NOT NULL
        AND due_on >= %(year)s AND due_on < %(on)s AND subject_type <> 'inspections.inspection'
        AND (met_at IS NULL OR (met_at AT TIME ZONE 'Asia/Almaty')::date > due_on)
        AND (ended_at IS NULL OR (ended_at AT TIME ZONE 'Asia/Almaty')::date > due_on)
    GROUP BY 1"""
_DIFFERS = """SELECT organisation_id, count(*)::numeric FROM (
    SELECT r.organisation_id FROM mining_minerreport r JOIN LATERAL (
        SELECT l.asset, l.amount AS said, 0 AS paid FROM mining_minerreportline l WHERE l.report_id = r.id
        UNION ALL
        SELECT d.asset, 0, d.amount FROM mining_distribution d JOIN mining_poolreport o ON o.id = d.report_id
        WHERE o.standing AND o.authority_id = %(authority)s AND d.miner_id = r.organisation_id
            AND d.day BETWEEN r.period_first AND r.period_last
    ) AS both_sides ON true
    WHERE r.standing AND r.authority_id = %(authority)s AND r.period_last BETWEEN %(year)s AND %(on)s
    GROUP BY r.organisation_id, r.id, both_sides.asset HAVING sum(said) <> sum(paid)
    ) AS differing GROUP BY 1"""
_MARKED = """SELECT organisation_id, count(*)::numeric FROM mining_poolreport
    WHERE authority_id = %(authority)s AND standing AND marked > 0 AND period_last BETWEEN %(year)s AND %(on)s
    GROUP BY 1"""
_MEASURED = """SELECT c.owner_id, sum(last.measured_megawatts - c.megawatts) FROM mining_datacentre c
    JOIN (SELECT DISTINCT ON (centre_id) centre_id, measured_megawatts FROM mining_assessment
        WHERE state = 'signed' AND measured_megawatts IS NOT NULL AND assessed_on <= %(on)s
        ORDER BY centre_id, assessed_on DESC, id DESC) AS last ON last.centre_id = c.id
    WHERE c.authority_id = %(authority)s AND c.state = 'registered' AND last.measured_megawatts > c.megawatts
    GROUP BY 1"""
_COMPLAINTS = """SELECT organisation_id, count(*)::numeric FROM exchanges_complaint
    WHERE authority_id = %(authority)s AND state <> 'declined' AND created_at < %(until)s AND created_at >= %(year)s
    GROUP BY 1"""
_BREACHES = """SELECT organisation_id, count(*)::numeric FROM licensing_breach
    WHERE authority_id = %(authority)s AND organisation_id IS NOT NULL AND state IN ('cured', 'acted_on')
        AND found_on BETWEEN %(years)s AND %(on)s
    GROUP BY 1"""
_UNCURED = """SELECT organisation_id, count(*)::numeric FROM inspections_inspection
    WHERE authority_id = %(authority)s AND cure_by BETWEEN %(years)s AND %(on)s - 1
        AND (state = 'uncured' OR state = 'curing' AND cure_by < %(on)s)
    GROUP BY 1"""


def summed(*parts: str) -> str:
    """What several of them count, together."""
    rows = " UNION ALL ".join(parts)
    return f"SELECT organisation_id, sum(value) FROM ({rows}) AS parts (organisation_id, value) GROUP BY 1"  # noqa: S608


#: By the codes that joint acts may weigh, inspections.models.acts.INDICATORS.
SOURCES: Mapping[str, Source] = {
    one.code: one
    for one in (
        Source(
            "late_reports",
            _("Reports late, and duties not met by their day, in the last year"),
            "mining, core",
            summed(_LATE_REPORTS, _DUTIES),
        ),
        Source(
            "differences",
            _("Differences between reports of miners and pools in the last year"),
            "mining",
            summed(_DIFFERS, _MARKED),
        ),
        Source("complaints", _("Complaints of the last year that were taken up"), "exchanges", _COMPLAINTS),
        Source("breaches", _("Breaches established in the last three years"), "licensing", _BREACHES),
        Source("power_above_declared", _("Megawatts measured above the capacity declared"), "mining", _MEASURED),
        Source("uncured_orders", _("Orders to cure not met in time, of the last three years"), "inspections", _UNCURED),
    )
}
