"""P8: a plan of 60 inspectors formed from N subjects: one message, by the room of inspectors and not by N, and at no
less than half the speed of the same slices read and written with nothing between."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from bench.measure import Figure, alternate, timed
from core.models import Authority, Organisation, User
from core.regions import REGIONS
from inspections.models import ControlObject, ControlPlan, Inspector, JointAct, RiskRow, RiskRun, Subject
from inspections.services.planning.facts import Placed, Refused
from inspections.services.planning.forming import form_plan, keep, kept, settings_for
from inspections.services.planning.reading import candidates
from law.calendar import next_working_day
from law.inspections import Mode
from law.inspections.schedules import SCHEDULE
from mining.models import DataCentre

INSPECTORS = 60
DEGREES = "CASE WHEN mod(i, 10) < 2 THEN 'high' WHEN mod(i, 10) < 6 THEN 'medium' ELSE 'low' END"


def copied(source: models.Model, count: int, **own: str) -> None:
    """So many rows like one, set-based; `own`: SQL of the columns that differ, `i` is the number of the row."""
    columns = [str(one.column) for one in source._meta.concrete_fields if one.column != "id"]
    quoted = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(own.get(name, f's."{name}"') for name in columns)
    table = source._meta.db_table
    with connection.cursor() as cursor:
        chosen = f"SELECT {values} FROM {table} s, generate_series(1, %s) AS i WHERE s.id = %s ORDER BY i"  # noqa: S608  (our own names)
        cursor.execute(f"INSERT INTO {table} ({quoted}) {chosen}", [count, source.pk])
        cursor.execute(f"ANALYZE {table}")


def last_of(table: str, count: int) -> str:
    """The key of the row `i` of the last so many that this connection wrote into a table."""
    return f"currval(pg_get_serial_sequence('{table}', 'id')) - {count} + i"


def populate(subjects: int) -> tuple[Authority, dict[int, RiskRun]]:
    """Subjects with a data centre each, a run over all of them and one over the first tenth, inspectors everywhere."""
    at, authority = timezone.now(), Authority.objects.get(code="maidd")
    officer = User.objects.filter(authority=authority, role="officer").order_by("pk")[0]
    holder = Organisation.objects.create(
        identifier="bench-plans", form="legal_entity", registered_in="XX", name_en="Plan", created_at=at,
        registered_on=date(2015, 3, 2),
    )  # fmt: skip
    zero = Decimal(0)
    centre = DataCentre.objects.create(
        reference="DC-bench", authority=authority, owner=holder, name="Bench", address="Bench", region="KZ-39",
        zone="north", megawatts=Decimal(1), grid_share=Decimal(1), own_generation_share=zero, renewable_share=zero,
        import_share=zero, decided_by=officer, decided_at=at, changed_at=at, created_at=at,
    )  # fmt: skip
    act = JointAct.objects.create(
        authority=authority, kind="criteria", reference="JA-bench", number="1", signed_on=date(2025, 1, 1),
        name="Bench", kinds_of_permit=["mining-data-centre"], in_force=date(2025, 1, 1), entered_by=officer,
        confirmed_by=User.objects.filter(authority=authority, role="head").order_by("pk")[0], confirmed_at=at,
        created_at=at, state="confirmed",
    )  # fmt: skip
    first = Subject.objects.create(
        authority=authority, organisation=holder, size="medium", entered_at=at, risk="low", points=zero
    )
    copied(holder, subjects, identifier="'bench-plans-' || i")
    owner = last_of("core_organisation", subjects)
    copied(centre, subjects, reference="'DC-b' || i", owner_id=owner)
    sizes = "(ARRAY['micro','small','medium','large'])[1 + mod(i, 4)]"
    copied(first, subjects, organisation_id=owner, risk=DEGREES, size=sizes)
    thing = ControlObject.objects.create(
        subject=first, kind_of_permit="mining-data-centre", centre=centre, region="KZ-39"
    )
    regions = ",".join(f"'{code}'" for code in REGIONS)
    copied(
        thing, subjects, subject_id=last_of("inspections_subject", subjects),
        centre_id=last_of("mining_datacentre", subjects),
        region=f"(ARRAY[{regions}])[1 + mod(i, {len(REGIONS)})]",
    )  # fmt: skip
    runs = {}
    for number, count in enumerate((subjects // 10, subjects)):
        run = RiskRun.objects.create(
            reference=f"RR-bench-{number}", authority=authority, criteria=act, on=date(2026, 1, 1 + number),
            started_by=officer, started_at=at, finished_at=at, subjects=count, digest="0" * 64,
        )  # fmt: skip
        pattern = RiskRow.objects.create(
            run=run, subject=first, objective="low", score=zero, interim=zero, points=zero, degree="low", risk="low"
        )
        own = last_of("inspections_subject", subjects)
        points = "mod(i * 7919::bigint, 100000)::numeric / 1000"
        copied(pattern, count, subject_id=own, risk=DEGREES, degree=DEGREES, points=points)
        runs[count] = run
    going(authority)
    return authority, runs


def going(authority: Authority) -> None:
    """Sixty inspectors, three to a region."""
    for number in range(INSPECTORS):
        person = User.objects.create_user(f"goes{number}@example.org", None, role="inspector", authority=authority)
        Inspector.objects.create(
            person=person, authority=authority, post="Inspector", days_a_month=16, from_on=date(2025, 1, 1),
            region=list(REGIONS)[number % len(REGIONS)],
        )  # fmt: skip


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done stays undone, so that the next round finds what this one found."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def plans(subjects: int, rounds: int) -> list[Figure]:
    authority, runs = populate(subjects)
    officer = User.objects.filter(authority=authority, role="officer").order_by("pk")[0]
    at = timezone.now()
    year = next_working_day(timezone.localdate(at)).year + 2  # whose day has not come
    formed: dict[int, ControlPlan] = {}
    looked: dict[int, int] = {}
    results: list[Any] = []

    def form(count: int) -> float:
        with undone():
            given: Mapping[str, Any] = {"plan": SCHEDULE, "year": year, "mode": Mode.AUTOMATED, "actor": officer}
            seconds = timed(lambda: formed.update({count: form_plan(authority, risk_run=runs[count], at=at, **given)}))
            looked[count] = formed[count].candidates.count()
            if not results and count == subjects:
                results.extend(outcomes(formed[count]))
            return seconds

    def empty() -> float:
        with undone():
            row = ControlPlan.objects.create(
                reference="CP-bench", authority=authority, plan=SCHEDULE, year=year, mode=Mode.AUTOMATED,
                risk_run=runs[subjects], formed_by=officer, created_at=at,
            )  # fmt: skip
            return timed(lambda: only_moved(row, looked[subjects], list(results)))

    small, large = sorted(runs)
    form(large)
    times = alternate(
        {"small": lambda _n: form(small), "large": lambda _n: form(large), "empty": lambda _n: empty()}, rounds, warm=0
    )
    what, slices = f"plan of {INSPECTORS} inspectors", times["empty"] / times["large"]
    count, chosen = looked[large], formed[large].chosen
    told = f"{times['large']:.2f} / {times['small']:.2f} s; {chosen} of {large:,} chosen, {count} looked at"
    pace = f"{count / times['large']:.0f} / {count / times['empty']:.0f} subjects a second"
    return [
        Figure("P8", f"{what}: {large:,} / {small:,} subjects", times["large"] / times["small"], 1.5, told),
        Figure("P8", "subjects a second / the same slices, empty", slices, 0.5, pace, above=True),
        Figure("P8", "messages / a hundredth of the subjects looked at", 1 / (count / 100), 1, "one task forms it"),
    ]


def outcomes(plan: ControlPlan) -> list[Any]:
    """What was written for each candidate, to be written again without a thought."""
    entries = {one.subject_id: one for one in plan.entries.all()}
    found: list[Any] = []
    for one in kept(plan):
        entry = entries.get(one.subject)
        if entry is None or entry.lead_id is None or entry.object_id is None:
            found.append(Refused(one, "room", []))
            continue
        days = (entry.from_on, entry.to_on, entry.start_on, entry.working_days)
        found.append(Placed(one, entry.object_id, *days, entry.lead_id, entry.why))
    return found


def only_moved(row: ControlPlan, count: int, results: list[Any]) -> None:
    """The same candidates read, the same rows written, nothing judged."""
    for number, _one in enumerate(candidates(row.risk_run, settings_for(row, timezone.localdate())), 1):
        if number >= count:
            break
    for at in range(0, len(results), 500):
        keep(row, results[at : at + 500])
