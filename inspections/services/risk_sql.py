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
), population AS (
    SELECT s.id, s.organisation_id, s.risk AS stood, s.points AS points_before,
        s.proposed_run_id IS NOT NULL AS proposed, max(coalesce(r.rank, 0)) AS objective,
        CASE WHEN s.lowering_until IS NULL OR s.lowering_until >= %(on)s THEN s.lowering
            ELSE '{{}}'::varchar(20)[] END AS lowering
    FROM inspections_subject s JOIN inspections_controlobject o ON o.subject_id = s.id {power}
    LEFT JOIN rules r ON r.code = o.kind_of_permit AND {fits}
    WHERE o.kind_of_permit = ANY(%(kinds)s) AND (o.left_on IS NULL OR o.left_on > %(on)s)
        AND s.authority_id = %(authority)s AND s.entered_at < %(until)s AND (s.left_on IS NULL OR s.left_on > %(on)s)
    GROUP BY s.id
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
NAMES = "(ARRAY['low', 'medium', 'high']::varchar(10)[])"
#: What the digest is over, line by line in the order of the subjects.
LINE = """concat_ws('|', subject_id, objective, gross, significant, significant_total, insignificant,
        insignificant_total, score, indicators, interim, points, degree, array_to_string(lowering, ','), risk)"""

#: Where `OFFSET 0` stands, the database reckons a value once and not again wherever its name is used. `rows` have the
#: types of the table, so that the digest is over what is stored, and the order of its index: written in another order
#: the statement takes a third longer.
SNAPSHOT = """
WITH {population}, {breaches}, scores AS (
    SELECT *, {score} AS score FROM breaches OFFSET 0
), counted AS ({values}), weights AS (
    SELECT * FROM unnest(%(indicators)s::text[], %(weights)s::numeric[], %(caps)s::numeric[]) AS w (code, weight, cap)
), weighed AS (
    SELECT organisation_id, jsonb_object_agg(code, trim_scale(value) ORDER BY code) AS indicators,
        sum(round(least(value * weight, cap), 4)) AS added
    FROM counted JOIN weights USING (code) WHERE value <> 0 GROUP BY organisation_id
), scored AS (
    SELECT p.*, coalesce(gross, 0)::int AS gross, coalesce(significant, 0)::int AS significant,
        coalesce(significant_total, 0)::int AS significant_total, coalesce(insignificant, 0)::int AS insignificant,
        coalesce(insignificant_total, 0)::int AS insignificant_total, coalesce(score, 0.0000) AS score,
        coalesce(w.indicators, '{{}}') AS indicators, coalesce(score + added, score, added, 0) AS interim
    FROM population p LEFT JOIN scores b ON b.subject_id = p.id
    LEFT JOIN weighed w ON w.organisation_id = p.organisation_id
    OFFSET 0
), summed AS (
    SELECT *, min(interim) OVER () AS low, max(interim) OVER () AS high FROM scored
), normal AS (
    SELECT *, {normal} AS points FROM summed OFFSET 0
), judged AS (
    SELECT *, {degree} AS degree FROM normal OFFSET 0
), final AS (
    SELECT *, {risk} AS final FROM judged OFFSET 0
), rows AS MATERIALIZED (
    SELECT f.id AS subject_id, f.organisation_id, {names}[f.objective + 1] AS objective, f.gross, f.significant,
        f.significant_total, f.insignificant, f.insignificant_total, f.score::numeric(9, 4), f.indicators,
        f.interim::numeric(14, 4), f.points::numeric(7, 3), {names}[f.degree + 1] AS degree, f.lowering,
        {names}[f.final + 1] AS risk, {before} AS before,
        f.proposed OR f.stood <> {names}[f.final + 1] OR f.points_before IS DISTINCT FROM f.points AS differs
    FROM final f {base} ORDER BY f.id
), made AS (
    INSERT INTO inspections_riskrow (run_id, subject_id, objective, gross, significant, significant_total,
        insignificant, insignificant_total, score, indicators, interim, points, degree, lowering, risk, before)
    SELECT %(run)s, subject_id, objective, gross, significant, significant_total, insignificant, insignificant_total,
        score, indicators, interim, points, degree, lowering, risk, before FROM rows
), {followed} moves AS (
    SELECT jsonb_object_agg(way, number) AS moves FROM (
        SELECT before || ' ' || risk AS way, count(*) AS number FROM rows
        WHERE before <> '' AND before <> risk GROUP BY 1
    ) AS ways
), parts AS (
    SELECT sha256(convert_to(string_agg({line}, E'\\n'), 'UTF8')) AS part,
        place, count(*) AS number, count(*) FILTER (WHERE risk = 'high') AS high,
        count(*) FILTER (WHERE risk = 'medium') AS medium, min(interim) AS low, max(interim) AS most
    FROM (SELECT *, subject_id / 1000 AS place FROM rows ORDER BY subject_id / 1000, subject_id) AS sorted
    GROUP BY place
)
SELECT coalesce(sum(number), 0)::bigint, coalesce(sum(high), 0)::bigint, coalesce(sum(medium), 0)::bigint, min(low),
    max(most), encode(sha256(coalesce(string_agg(part, '' ORDER BY place), '')), 'hex'), (SELECT moves FROM moves)
FROM parts
"""
#: What a snapshot does to the subjects that it finds other than they stand: firms stand by it; of a natural person it
#: only proposes another degree.
FOLLOWED = """
followed AS (
    UPDATE inspections_subject s SET
        risk = CASE WHEN firm THEN r.risk ELSE s.risk END,
        points = CASE WHEN firm THEN r.points ELSE s.points END,
        risk_run_id = CASE WHEN firm THEN %(run)s ELSE s.risk_run_id END,
        proposed_run_id = CASE WHEN NOT firm AND s.risk <> r.risk THEN %(run)s::bigint END
    FROM rows r, LATERAL (
        SELECT form = 'legal_entity' AS firm FROM core_organisation WHERE id = r.organisation_id OFFSET 0
    ) AS o
    WHERE r.differs AND s.id = r.subject_id
        AND (s.risk <> r.risk OR s.proposed_run_id IS NOT NULL OR firm AND s.points IS DISTINCT FROM r.points)
),"""


def snapshot_sql(indicators: list[str], *, by_power: bool, compared: bool, followed: bool) -> str:
    """The statement for the indicators that have a weight. `by_power`: some criterion counts megawatts. `compared`:
    there is a run to compare with. `followed`: subjects stand by it."""
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
        before="coalesce(b.risk, ''::varchar(10))" if compared else "''::varchar(10)",
        followed=FOLLOWED if followed else "",
        base="LEFT JOIN inspections_riskrow b ON b.run_id = %(base)s AND b.subject_id = f.id" if compared else "",
    )
