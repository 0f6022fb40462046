"""The SQL that fills a table each. Every value follows from the row's number, so the same N gives the same rows.

`plan` (a table of the seed alone) says what each application is; `day` holds the terms of each day of filing as the
law computes them; `step` the acts that lead to each state.
"""

PLAN = """
CREATE UNLOGGED TABLE plan AS
SELECT i, state, kind, org, submitter, officer,
       i %% 20 AS region, (i * 31) %% 997 AS salt,
       CASE WHEN state = 'draft' THEN NULL ELSE d.filed_on END AS filed_on,
       d.registration, d.completeness, d.decision,
       (d.filed_on + time '09:00' + (i %% 60) * interval '1 minute') AT TIME ZONE 'Asia/Almaty' AS at,
       CASE WHEN state = 'granted' THEN
           row_number() OVER (PARTITION BY state, kind, extract(year FROM d.filed_on) ORDER BY d.filed_on, i)
       END AS running
FROM (
    SELECT i, CASE WHEN h < 5 THEN 'draft' WHEN h < 20 THEN 'submitted' WHEN h < 35 THEN 'in_review'
                   WHEN h < 40 THEN 'recommended' WHEN h < 45 THEN 'countersigned' WHEN h < 75 THEN 'granted'
                   WHEN h < 85 THEN 'refused' WHEN h < 90 THEN 'refused_consideration' ELSE 'withdrawn' END AS state,
           CASE WHEN (i / 3) %% 5 < 2 THEN 'mining-licence-1' ELSE 'mining-licence-2' END AS kind,
           org, %(first_applicant)s + (org - 1) %% %(applicants)s AS submitter,
           %(first_officer)s + i %% %(officers)s AS officer, h
    FROM (SELECT i, (i * 7919) %% 100 AS h, CASE WHEN i %% 50 = 0 THEN 1 + (i / 50) %% %(busy)s
        ELSE 1 + (i * 7) %% %(organisations)s END AS org FROM generate_series(1::bigint, %(n)s) AS i) AS numbered
) AS cases
JOIN day AS d ON d.number = CASE WHEN h < 45 THEN %(days)s - 1 - (i / 100) %% 40
                                 ELSE (i * 13) %% (%(days)s - 90) END
"""

APPLICATION = """
INSERT INTO licensing_application (id, state, version, created_at, reference, kind, submitted_at, filed_on,
    registered_at, accepted_at, closed_at, due_on, reasons, reason_text, fee_paid_on, fee_reference, fee_amount,
    assigned_to_id, authority_id, created_by_id, organisation_id, started_from_id, region)
SELECT i, state, 1, at - interval '1 day',
    'APP-' || extract(year FROM at) || '-' || lpad(i::text, greatest(6, length(i::text)), '0'), kind,
    CASE WHEN filed_on IS NOT NULL THEN at END, filed_on,
    CASE WHEN state NOT IN ('draft', 'submitted', 'withdrawn') THEN at + interval '1 hour' END,
    CASE WHEN state IN ('in_review', 'recommended', 'countersigned', 'granted', 'refused')
        THEN at + interval '2 hours' END,
    CASE WHEN state IN ('granted', 'refused', 'refused_consideration', 'withdrawn') THEN at + interval '6 hours' END,
    CASE state WHEN 'submitted' THEN registration WHEN 'in_review' THEN decision WHEN 'recommended' THEN decision
        WHEN 'countersigned' THEN decision END,
    CASE state WHEN 'refused' THEN '["permit.refusal.3"]'::jsonb
        WHEN 'refused_consideration' THEN '["permit.incomplete.3"]' ELSE '[]' END,
    '', (at - interval '3 days')::date, 'PAY-' || i, CASE kind WHEN 'mining-licence-1' THEN 8650000 ELSE 21625 END,
    CASE WHEN state NOT IN ('draft', 'submitted') OR i %% 3 = 0 THEN officer END, 1, submitter, org, NULL,
    CASE WHEN filed_on IS NOT NULL THEN (%(regions)s::text[])[1 + region] ELSE '' END
FROM plan WHERE i BETWEEN %(first)s AND %(last)s ORDER BY i
"""

PARTICULARS = """
INSERT INTO mining_miningparticulars (application_id, centre_name, centre_address, region, zone,
    outside_residential_zone, production_building, keeps_capacity_working, holds_centre, centre_owner, owns_equipment,
    megawatts, electricity_source, electricity_contract, equipment, hash_rate, pools, ip_addresses, jobs, investment,
    other_activity)
SELECT i, 'Centre ' || salt, 'Industrial Street ' || salt, (%(regions)s::text[])[1 + region],
    (ARRAY['north', 'south', 'west'])[1 + region %% 3], true, true, true, true, 'Trial Centre LLP', true,
    1.5, 'grid', 'No. ' || salt, '[{"model": "Miner S21", "count": 400, "terahashes": 200.0, "kilowatts": 3.5}]',
    80000, '["Steppe Pool"]', '["192.0.2.0/28"]', 25, 450000000, false
FROM plan WHERE i BETWEEN %(first)s AND %(last)s ORDER BY i
"""

OBLIGATION = """
INSERT INTO core_obligation (subject_type, subject_id, audience, reference, title, code, debtor, base_on, due_on,
    arithmetic, ground, created_at, met_at, ended_at, overdue_at, authority_id, organisation_id)
SELECT 'licensing.application', p.i, 'party', a.reference, p.kind, t.code, 'authority', p.filed_on, t.due_on,
    t.arithmetic, t.ground, p.at,
    CASE WHEN t.code <> 'decision' AND a.registered_at IS NOT NULL OR p.state IN ('granted', 'refused')
        THEN coalesce(a.closed_at, p.at + interval '2 hours') END,
    CASE WHEN a.closed_at IS NOT NULL AND p.state NOT IN ('granted', 'refused')
        AND (t.code = 'decision' OR a.registered_at IS NULL) THEN a.closed_at END,
    NULL, 1, p.org
FROM plan p JOIN licensing_application a ON a.id = p.i JOIN term t ON t.filed_on = p.filed_on
WHERE p.i BETWEEN %(first)s AND %(last)s ORDER BY p.i
"""

DOCUMENT = """
INSERT INTO core_document (subject_type, subject_id, audience, reference, title, kind, filename, media_type, size,
    sha256, uploaded_at, removed_at, authority_id, uploaded_by_id, organisation_id)
SELECT 'licensing.application', p.i, 'party', a.reference, p.kind, paper.kind, paper.kind || '.pdf', 'application/pdf',
    %(size)s, %(sha256)s, p.at - interval '1 hour', NULL, 1, p.submitter, p.org
FROM plan p JOIN licensing_application a ON a.id = p.i
JOIN (VALUES ('mining-licence-1', 'centre-right'), ('mining-licence-1', 'power-contract'),
    ('mining-licence-1', 'pool-contract'), ('mining-licence-2', 'equipment-right'),
    ('mining-licence-2', 'hosting-contract'), ('mining-licence-2', 'power-contract'),
    ('mining-licence-2', 'pool-contract')) AS paper (permit, kind) ON paper.permit = p.kind
WHERE p.i BETWEEN %(first)s AND %(last)s ORDER BY p.i
"""

EVENT = """
INSERT INTO core_event (subject_type, subject_id, audience, reference, title, at, verb, seq, from_state, to_state,
    reason, grounds, data, previous_hash, hash, actor_id, authority_id, on_behalf_of_id, organisation_id)
SELECT 'licensing.application', p.i, s.audience, a.reference, p.kind,
    CASE s.seq WHEN 1 THEN a.created_at ELSE p.at + (s.seq - 2) * interval '1 hour' END,
    'application.' || s.name, s.seq, s.source, s.target, '',
    CASE WHEN s.name = 'submit' THEN jsonb_build_array(d.ground) ELSE '[]' END,
    CASE WHEN s.name = 'open' THEN jsonb_build_object('kind', p.kind) ELSE '{}' END, NULL, '',
    CASE WHEN s.party THEN p.submitter WHEN s.name = 'countersign' THEN %(second)s
        WHEN s.name IN ('grant', 'refuse') THEN %(head)s ELSE p.officer END,
    1, CASE WHEN s.party THEN p.org END, p.org
FROM plan p JOIN licensing_application a ON a.id = p.i JOIN step s ON s.state = p.state
JOIN term d ON d.filed_on = coalesce(p.filed_on, %(some_day)s) AND d.code = 'decision'
WHERE p.i BETWEEN %(first)s AND %(last)s ORDER BY s.seq, p.i
"""

RECOMMENDATION = """
INSERT INTO licensing_recommendation (id, outcome, reasons, text, conditions, made_at, countersigned_at, withdrawn_at,
    application_id, countersigned_by_id, made_by_id)
SELECT i, CASE state WHEN 'refused' THEN 'refuse' ELSE 'grant' END,
    CASE state WHEN 'refused' THEN '["permit.refusal.3"]'::jsonb ELSE '[]' END, 'As found in the review.', '[]',
    at + interval '3 hours', CASE WHEN state <> 'recommended' THEN at + interval '4 hours' END, NULL, i,
    CASE WHEN state <> 'recommended' THEN %(second)s END, officer
FROM plan WHERE state IN ('recommended', 'countersigned', 'granted', 'refused')
    AND i BETWEEN %(first)s AND %(last)s ORDER BY i
"""

DECISION = """
INSERT INTO licensing_decision (outcome, reasons, text, grounds, confirmation, made_at, application_id, made_by_id,
    previous_id, recommendation_id)
SELECT CASE state WHEN 'granted' THEN 'grant' ELSE 'refuse' END,
    CASE state WHEN 'refused' THEN '["permit.refusal.3"]'::jsonb ELSE '[]' END, 'As found in the review.', '[]', '',
    at + interval '6 hours', i, %(head)s, NULL, i
FROM plan WHERE state IN ('granted', 'refused') AND i BETWEEN %(first)s AND %(last)s ORDER BY i
"""

LICENCE = """
INSERT INTO licensing_licence (id, state, version, created_at, number, code, kind, granted_on, valid_from, valid_to,
    ended_on, particulars, conditions, grounds, application_id, authority_id, organisation_id)
SELECT i, 'in_force', 1, at + interval '6 hours',
    CASE kind WHEN 'mining-licence-1' THEN 'M1-' ELSE 'M2-' END || extract(year FROM at) || '-'
        || lpad(running::text, greatest(5, length(running::text)), '0'),
    regexp_replace(translate(upper(left(md5('code ' || i), 12)), '01', 'XY'), '(.{4})(.{4})(.{4})', '\\1-\\2-\\3'),
    kind, filed_on, filed_on, (filed_on + interval '3 years')::date, NULL,
    jsonb_build_array(jsonb_build_object('label', 'Power, MW', 'value', '1.5')), '[]', '[]', i, 1, org
FROM plan WHERE state = 'granted' AND i BETWEEN %(first)s AND %(last)s ORDER BY i
"""

LICENCE_EVENT = """
INSERT INTO core_event (subject_type, subject_id, audience, reference, title, at, verb, seq, from_state, to_state,
    reason, grounds, data, previous_hash, hash, actor_id, authority_id, on_behalf_of_id, organisation_id)
SELECT 'licensing.licence', id, 'public', number, kind, created_at, 'licence.issue', 1, '', 'in_force', '', '[]', '{}',
    NULL, '', %(head)s, 1, NULL, organisation_id
FROM licensing_licence WHERE id BETWEEN %(first)s AND %(last)s ORDER BY id
"""

REGISTER = """
INSERT INTO licensing_registerentry (id, name_kk, name_ru, name_en, number, kind, identifier, region, standing, since,
    until, published, decided_at, changed_at, services, search, authority_id, decided_by_id, licence_id)
SELECT l.id, o.name_kk, o.name_ru, o.name_en, l.number, l.kind, o.identifier, o.region, 'in_force', l.valid_from,
    l.valid_to, true, l.created_at, l.created_at, '["mine"]', ' ' || lower(l.number) || ' ' || o.identifier || f.words,
    1, %(head)s, l.id
FROM licensing_licence l JOIN core_organisation o ON o.id = l.organisation_id JOIN folded f ON f.org = o.id
WHERE l.id BETWEEN %(first)s AND %(last)s ORDER BY l.id
"""

QUESTION = """
INSERT INTO licensing_question (text, asked_at, answer, answered_at, answered_by_id, application_id, asked_by_id)
SELECT 'Which feeder?', at + interval '150 minutes', 'No. 4.', at + interval '160 minutes', submitter, i, officer
FROM plan WHERE state IN ('in_review', 'recommended', 'countersigned', 'granted', 'refused') AND i %% 10 = 0
    AND i BETWEEN %(first)s AND %(last)s ORDER BY i
"""

NOTE = """
INSERT INTO licensing_note (text, at, application_id, by_id)
SELECT 'The feeder is shared.', at + interval '170 minutes', i, officer
FROM plan WHERE state IN ('in_review', 'recommended', 'granted') AND i %% 20 = 0
    AND i BETWEEN %(first)s AND %(last)s ORDER BY i
"""

COUNTERS = """
INSERT INTO licensing_numbercounter (series, last)
SELECT CASE kind WHEN 'mining-licence-1' THEN 'M1-' ELSE 'M2-' END || extract(year FROM at), max(running)
FROM plan WHERE state = 'granted' GROUP BY 1
"""

#: In an order in which each finds what it reads.
SLICED = (
    APPLICATION,
    PARTICULARS,
    OBLIGATION,
    DOCUMENT,
    RECOMMENDATION,
    DECISION,
    LICENCE,
    REGISTER,
    QUESTION,
    NOTE,
    EVENT,
    LICENCE_EVENT,
)

#: The acts of the main path: name, state before, state after, audience, whether the party acts.
MAIN = (
    ("open", "", "", "party", True),
    ("submit", "draft", "submitted", "party", True),
    ("accept", "submitted", "in_review", "party", False),
    ("recommend", "in_review", "recommended", "internal", False),
    ("countersign", "recommended", "countersigned", "internal", False),
    ("grant", "countersigned", "granted", "party", False),
)
#: How many of them lead to a state, and by which other act a branch ends.
LENGTH = {"draft": 1, "submitted": 2, "in_review": 3, "recommended": 4, "countersigned": 5, "granted": 6}
BRANCHES = {
    "refused": (5, ("refuse", "countersigned", "refused", "party", False)),
    "refused_consideration": (2, ("refuse_consideration", "submitted", "refused_consideration", "party", False)),
    "withdrawn": (2, ("withdraw", "submitted", "withdrawn", "party", True)),
}
