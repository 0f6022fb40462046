"""The snapshot of a risk run as one statement: rows, their counts and digest, and what follows for the subjects.

Each step is that of `law.inspections.risk`, on values as they are stored: points for breaches with four decimals, the
points cut (never rounded up) to three, so that nobody reaches a degree by rounding. tests/inspections/test_risk_law.py
compares them over random rows.
"""

from inspections.services.indicators import SOURCES

#: Whom the criteria are for, and the gravest degree that an objective criterion gives; where none fits, low (assumed).
POPULATION = """
rules AS (
    SELECT * FROM unnest(%(codes)s::text[], %(leasts)s::numeric[], %(ranks)s::int[]) AS r (code, least, rank)
), objects AS (
    SELECT o.subject_id, max(coalesce(r.rank, 0)) AS rank
    FROM inspections_controlobject o {power}
    LEFT JOIN rules r ON r.code = o.kind_of_permit AND {fits}
    WHERE o.kind_of_permit = ANY(%(kinds)s) AND (o.left_on IS NULL OR o.left_on > %(on)s)
    GROUP BY o.subject_id
), population AS (
    SELECT s.id, s.organisation_id, o.rank AS objective,
        CASE WHEN s.lowering_until IS NULL OR s.lowering_until >= %(on)s THEN s.lowering ELSE '{{}}' END AS lowering
    FROM inspections_subject s JOIN objects o ON o.subject_id = s.id
    WHERE s.authority_id = %(authority)s AND s.entered_at < %(until)s AND (s.left_on IS NULL OR s.left_on > %(on)s)
)"""
POWER = """
    LEFT JOIN licensing_licence l ON l.id = o.licence_id
    LEFT JOIN mining_miningparticulars p ON p.application_id = l.application_id
    LEFT JOIN mining_datacentre c ON c.id = o.centre_id"""
FITS = "(r.least IS NULL OR coalesce(p.megawatts, c.megawatts) >= r.least)"

#: The last inspection of each object that ended, by its answers; what did not apply was not checked.
BREACHES = """
last AS (
    SELECT DISTINCT ON (object_id) id, subject_id FROM inspections_inspection
    WHERE authority_id = %(authority)s AND result_handed_at < %(until)s AND state <> 'annulled'
    ORDER BY object_id, result_handed_at DESC, id DESC
), breaches AS (
    SELECT last.subject_id,
        count(*) FILTER (WHERE severity = 'gross' AND answer = 'not_met') AS gross,
        count(*) FILTER (WHERE severity = 'significant' AND answer = 'not_met') AS significant,
        count(*) FILTER (WHERE severity = 'significant') AS significant_total,
        count(*) FILTER (WHERE severity = 'insignificant' AND answer = 'not_met') AS insignificant,
        count(*) FILTER (WHERE severity = 'insignificant') AS insignificant_total
    FROM last JOIN inspections_inspectionitem i ON i.inspection_id = last.id AND i.answer IN ('met', 'not_met')
    GROUP BY last.subject_id
)"""
#: `violation_score`: both terms over one denominator, so that the quotient is rounded once.
SCORE = """round(CASE WHEN gross > 0 THEN %(gross)s
        WHEN significant_total > 0 AND insignificant_total > 0 THEN
            (significant * %(significant)s * insignificant_total
                + insignificant * %(insignificant)s * significant_total) * 100
            / (significant_total * insignificant_total)
        WHEN significant_total > 0 THEN significant * %(significant)s * 100 / significant_total
        WHEN insignificant_total > 0 THEN insignificant * %(insignificant)s * 100 / insignificant_total
        ELSE 0 END, 4)"""
#: `Scale.normal`, cut to three decimals: a quotient of whole numbers is exact.
NORMAL = """CASE WHEN low = high THEN trunc(least(greatest(interim, 0), %(top)s), 3)
        ELSE div((interim - low) * %(top)s * 1000, high - low) / 1000 END"""
#: `final_degree` and `lowered`, as ranks: 0 low, 1 medium, 2 high.
DEGREE = """CASE WHEN objective = 0 THEN 0 WHEN points >= %(high)s THEN 2 WHEN points >= %(medium)s THEN 1 ELSE 0 END"""
RISK = "CASE WHEN cardinality(lowering) > 0 THEN greatest(degree - %(steps)s, 0) ELSE degree END"
NAMES = "(ARRAY['low', 'medium', 'high'])"
#: What the digest is over, line by line in the order of the subjects.
LINE = """concat_ws('|', subject_id, objective, gross, significant, significant_total, insignificant,
        insignificant_total, score, indicators, interim, points, degree, array_to_string(lowering, ','), risk)"""

SNAPSHOT = """
WITH {population}, {breaches}, counted AS ({values}), weights AS (
    SELECT * FROM unnest(%(indicators)s::text[], %(weights)s::numeric[], %(caps)s::numeric[]) AS w (code, weight, cap)
), weighed AS (
    SELECT organisation_id, jsonb_object_agg(code, trim_scale(value) ORDER BY code) AS indicators,
        sum(round(least(value * weight, cap), 4)) AS added
    FROM counted JOIN weights USING (code) WHERE value <> 0 GROUP BY organisation_id
), scored AS (
    SELECT p.*, coalesce(gross, 0) AS gross, coalesce(significant, 0) AS significant,
        coalesce(significant_total, 0) AS significant_total, coalesce(insignificant, 0) AS insignificant,
        coalesce(insignificant_total, 0) AS insignificant_total, coalesce({score}, 0) AS score,
        coalesce(w.indicators, '{{}}') AS indicators, coalesce(w.added, 0) AS added
    FROM population p LEFT JOIN breaches b ON b.subject_id = p.id
    LEFT JOIN weighed w ON w.organisation_id = p.organisation_id
), summed AS (
    SELECT *, score + added AS interim, min(score + added) OVER () AS low, max(score + added) OVER () AS high
    FROM scored
), normal AS (
    SELECT *, {normal} AS points FROM summed
), judged AS (
    SELECT *, {degree} AS degree FROM normal
), final AS (
    SELECT *, {risk} AS final FROM judged
), made AS (
    INSERT INTO inspections_riskrow (run_id, subject_id, objective, gross, significant, significant_total,
        insignificant, insignificant_total, score, indicators, interim, points, degree, lowering, risk, before)
    SELECT %(run)s, f.id, {names}[f.objective + 1], f.gross, f.significant, f.significant_total, f.insignificant,
        f.insignificant_total, f.score, f.indicators, f.interim, f.points, {names}[f.degree + 1], f.lowering,
        {names}[f.final + 1],
        {before}
    FROM final f {base}
    RETURNING *
), moves AS (
    SELECT jsonb_object_agg(way, number) AS moves FROM (
        SELECT before || ' ' || risk AS way, count(*) AS number FROM made
        WHERE before <> '' AND before <> risk GROUP BY 1
    ) AS ways
), parts AS (
    SELECT sha256(convert_to(string_agg({line}, E'\\n' ORDER BY subject_id), 'UTF8')) AS part,
        subject_id / 1000 AS place, count(*) AS number, count(*) FILTER (WHERE risk = 'high') AS high,
        count(*) FILTER (WHERE risk = 'medium') AS medium, min(interim) AS low, max(interim) AS most
    FROM made GROUP BY subject_id / 1000
)
SELECT coalesce(sum(number), 0)::bigint, coalesce(sum(high), 0)::bigint, coalesce(sum(medium), 0)::bigint, min(low),
    max(most), encode(sha256(coalesce(string_agg(part, '' ORDER BY place), '')), 'hex'), (SELECT moves FROM moves)
FROM parts
"""
#: What a snapshot does to the subjects: firms stand by it; of a natural person it only proposes another degree.
APPLY = """
UPDATE inspections_subject s SET
    risk = CASE WHEN o.form = 'legal_entity' THEN r.risk ELSE s.risk END,
    points = CASE WHEN o.form = 'legal_entity' THEN r.points ELSE s.points END,
    risk_run_id = CASE WHEN o.form = 'legal_entity' THEN r.run_id ELSE s.risk_run_id END,
    proposed_run_id = CASE WHEN o.form <> 'legal_entity' AND s.risk <> r.risk THEN r.run_id END
FROM inspections_riskrow r, core_organisation o
WHERE r.run_id = %(run)s AND s.id = r.subject_id AND o.id = s.organisation_id
    AND (s.risk <> r.risk OR s.proposed_run_id IS NOT NULL
        OR o.form = 'legal_entity' AND s.points IS DISTINCT FROM r.points)
"""


def snapshot_sql(indicators: list[str], *, by_power: bool, compared: bool) -> str:
    """The statement for the indicators that have a weight. `by_power`: some criterion counts megawatts. `compared`:
    there is a run to compare with."""
    counted = " UNION ALL ".join(
        f"SELECT '{code}'::text AS code, organisation_id, value FROM ({SOURCES[code].sql}) "  # noqa: S608  (constants)
        "AS one (organisation_id, value)"
        for code in indicators
    )
    nothing = "SELECT ''::text AS code, 0::bigint AS organisation_id, 0::numeric AS value WHERE false"
    population = POPULATION.format(power=POWER if by_power else "", fits=FITS if by_power else "r.least IS NULL")
    return SNAPSHOT.format(
        population=population,
        breaches=BREACHES,
        values=counted or nothing,
        score=SCORE,
        normal=NORMAL,
        degree=DEGREE,
        risk=RISK,
        names=NAMES,
        line=LINE,
        before="coalesce(b.risk, '')" if compared else "''",
        base="LEFT JOIN inspections_riskrow b ON b.run_id = %(base)s AND b.subject_id = f.id" if compared else "",
    )
