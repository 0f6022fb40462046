"""P7: the risk of N subjects judged as one snapshot, against the same rows by a plain INSERT … SELECT."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg
from django.db import connection, transaction
from django.utils import timezone

from bench.measure import Figure, alternate, timed
from bench.register import resident
from bench.seed import HEAD, OFFICER
from core.models import Authority, Event, User
from inspections.models import Criterion, JointAct, RiskRow, RiskRun
from inspections.services import run_risk
from inspections.services.indicators import SOURCES

CENTRE = "mining-data-centre"
#: Subjects with an organisation and a data centre each; of every ten one owes a report, of every twenty one has a
#: breach that was cured, of every ten one was inspected by ten items; of every hundred one has its risk lowered.
PEOPLE = (
    """INSERT INTO core_organisation (id, name_kk, name_ru, name_en, identifier, form, registered_in, region, address,
        created_at, is_registered_investor, investor_reference, lei, commercial_name, website, description)
    SELECT %(first)s + i, '', '', 'Subject ' || %(first)s + i, 'RS' || %(first)s + i, 'legal_entity', 'KZ', 'KZ-39', '',
        %(at)s, false, '', '', '', '', 0 FROM generate_series(1, %(n)s) AS i""",
    """INSERT INTO mining_datacentre (id, state, version, created_at, reference, name, address, region, zone, megawatts,
        grid_connection, grid_share, own_generation_share, renewable_share, import_share, closing_reason, published,
        publication_reason, decided_at, changed_at, search, authority_id, decided_by_id, owner_id)
    SELECT %(first)s + i, 'registered', 1, %(at)s, 'RS-' || %(first)s + i, 'Centre', 'Rudny', 'KZ-39', 'north',
        1 + i %% 100, '', 1, 0, 0, 0, '', true, '', %(at)s, %(at)s, '', %(authority)s, %(officer)s, %(first)s + i
    FROM generate_series(1, %(n)s) AS i""",
    """INSERT INTO inspections_subject (id, authority_id, organisation_id, size, successor, lowering, lowering_evidence,
        risk, entered_at)
    SELECT %(first)s + i, %(authority)s, %(first)s + i, 'medium', false,
        CASE WHEN i %% 100 = 0 THEN ARRAY['insurance'] ELSE '{}' END, CASE WHEN i %% 100 = 0 THEN 'No. 1' ELSE '' END,
        '', %(at)s FROM generate_series(1, %(n)s) AS i""",
    """INSERT INTO inspections_controlobject (id, subject_id, kind_of_permit, centre_id, region)
    SELECT %(first)s + i, %(first)s + i, 'mining-data-centre', %(first)s + i, 'KZ-39'
    FROM generate_series(1, %(n)s) AS i""",
    """INSERT INTO core_obligation (subject_type, subject_id, audience, reference, title, code, part, debtor, base_on,
        due_on, arithmetic, ground, created_at, authority_id, organisation_id)
    SELECT 'mining.datacentre', %(first)s + i, 'party', '', '', 'bench', '', 'organisation', %(due)s, %(due)s, '[]',
        '{}', %(at)s, %(authority)s, %(first)s + i FROM generate_series(1, %(n)s) AS i WHERE i %% 10 = 3""",
    """INSERT INTO licensing_breach (state, version, created_at, reference, authority_id, organisation_id, subject_name,
        source, ground, facts, found_on, explanation, cured_on, outcome_text, closed_at)
    SELECT 'cured', 1, %(at)s, 'RS-' || %(first)s + i, %(authority)s, %(first)s + i, '', 'officer', '{}', 'Late.',
        %(due)s, '', %(due)s, '', %(at)s FROM generate_series(1, %(n)s) AS i WHERE i %% 20 = 7""",
    """INSERT INTO inspections_inspection (id, state, version, created_at, reference, kind, kind_of_permit, method,
        size, risk, authority_id, organisation_id, subject_id, object_id, opened_by_id, act_number, act_signed_by_id,
        act_signed_at, started_at, receipt, result_number, result_handed_at, result_receipt, closed_at)
    SELECT %(first)s + i, 'closed', 1, %(at)s, 'RS-' || %(first)s + i, 'unscheduled', 'mining-data-centre', 'site', '',
        '', %(authority)s, %(first)s + i, %(first)s + i, %(first)s + i, %(officer)s, '1', %(head)s, %(at)s, %(at)s,
        'taken', '1', %(at)s, 'taken', %(at)s FROM generate_series(1, %(n)s) AS i WHERE i %% 10 = 1""",
    """INSERT INTO inspections_inspectionitem (inspection_id, place, code, text_kk, text_ru, text_en, severity, article,
        answer, evidence, answered_at, answered_by_id)
    SELECT %(first)s + i, k, 'R' || k, 'Item', 'Item', 'Item',
        (ARRAY['gross', 'significant', 'insignificant', 'significant'])[1 + k %% 4], '1',
        CASE WHEN (i / 10 + k) %% 17 = 0 THEN 'not_met' ELSE 'met' END, 'Seen.', %(at)s, %(officer)s
    FROM generate_series(1, %(n)s) AS i, generate_series(1, 10) AS k WHERE i %% 10 = 1""",
)
TABLES = (
    "core_organisation, core_obligation, licensing_breach, mining_datacentre, inspections_subject, "
    "inspections_controlobject, inspections_inspection, inspections_inspectionitem"
)
#: The same rows again, under another run.
PLAIN = """INSERT INTO inspections_riskrow (run_id, subject_id, objective, gross, significant, significant_total,
    insignificant, insignificant_total, score, indicators, interim, points, degree, lowering, risk, before)
SELECT %s, subject_id, objective, gross, significant, significant_total, insignificant, insignificant_total, score,
    indicators, interim, points, degree, lowering, risk, before FROM inspections_riskrow WHERE run_id = %s"""


def seed_subjects(url: str, first: int, count: int) -> JointAct:
    """So many subjects of an authority of their own, by the owner of the tables, and the criteria that judge them."""
    authority, now = Authority.objects.create(code=f"bench-{count}", name_en="Bench"), timezone.now()
    facts = {
        "first": first,
        "n": count,
        "at": now - timedelta(days=30),
        "due": timezone.localdate(now) - timedelta(days=60),
        "authority": authority.pk,
        "officer": OFFICER,
        "head": HEAD,
    }
    with psycopg.connect(url, autocommit=True) as owner:
        for statement in PEOPLE:
            owner.execute(statement, facts)
        for table in TABLES.split(", "):  # numbers of their own: what is made later comes after them
            owner.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608  (our own names)
        owner.execute(f"ANALYZE {TABLES}")
    act = JointAct.objects.create(
        authority=authority, kind="criteria", reference=f"JA-9{first}", number="1", signed_on=date(2025, 1, 1),
        name="Criteria", kinds_of_permit=[CENTRE], in_force=date(2025, 1, 1), entered_by_id=OFFICER,
        created_at=now, state="draft",
    )  # fmt: skip
    rows: list[dict[str, Any]] = [
        {"kind": "objective", "code": CENTRE, "degree": "medium"},
        {"kind": "objective", "code": CENTRE, "degree": "high", "least": 50},
        *({"kind": "indicator", "code": code, "weight": Decimal("2.5"), "greatest": 20} for code in SOURCES),
    ]
    Criterion.objects.bulk_create(Criterion(act=act, place=place, **row) for place, row in enumerate(rows))
    confirmed: dict[str, Any] = {"confirmed_by_id": HEAD, "confirmed_at": now, "state": "confirmed"}
    JointAct.objects.filter(pk=act.pk).update(**confirmed)
    return act


class Days:
    """Runs of one population, each of a day of its own: a day has one snapshot."""

    def __init__(self, act: JointAct) -> None:
        self.act, self.at, self.last = act, timezone.now(), 0

    def run(self) -> RiskRun:
        self.at += timedelta(days=1)
        return self.again(self.at)

    def again(self, at: datetime) -> RiskRun:
        made = run_risk(self.act.authority, self.act, timezone.localdate(at), actor=User.objects.system(), at=at)
        self.last = made.pk
        return made

    def plain(self) -> float:
        """The rows of the last run inserted as they are; the run that they stand under is not timed."""
        now = timezone.now()
        empty = RiskRun.objects.create(
            reference=f"RS-{RiskRun.objects.count()}", authority=self.act.authority, criteria=self.act, trial=True,
            on=timezone.localdate(now), started_by=User.objects.system(), started_at=now,
        )  # fmt: skip

        def insert() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(PLAIN, [empty.pk, self.last])

        return timed(insert)


def risk(url: str, subjects: int, rounds: int) -> list[Figure]:
    """Two populations, of N and of N/10: each run of a new day, in alternation with the plain statement."""
    small = Days(seed_subjects(url, 10_000_000, subjects // 10))
    large = Days(seed_subjects(url, 20_000_000, subjects))
    small.run()
    before = resident("VmRSS")
    begun = timed(large.run)
    grown = resident("VmRSS") - before
    runs: dict[str, Callable[[int], Any]] = {
        "small": lambda number: timed(small.run),
        "large": lambda number: timed(large.run),
        "plain": lambda number: large.plain(),
    }
    times = alternate(runs, rounds, warm=0)
    rows, events = RiskRow.objects.count(), Event.objects.filter(verb="riskrun.finish").count()
    again = timed(lambda: large.again(large.at))
    assert (rows, events) == (RiskRow.objects.count(), Event.objects.filter(verb="riskrun.finish").count())
    seconds = f"{times['large']:.2f} s / {times['plain']:.2f} s; the first, which moves every subject, {begun:.2f} s"
    what = f"risk of {subjects:,} subjects"
    return [
        Figure("P7", f"{what} / the same rows by INSERT … SELECT", times["large"] / times["plain"], 1.5, seconds),
        Figure("P7", f"{what} / of {subjects // 10:,}", times["large"] / times["small"], 12, f"{times['small']:.2f} s"),
        Figure("P7", "the same day again, no new row / the run", again / times["large"], 0.5, f"{again:.3f} s"),
        Figure("P7", "memory that the process grows by, MiB", max(grown, 0.0), 64),
    ]
