"""Risk runs: one snapshot a day, whole or not at all, explained; firms stand by it, natural persons are proposed."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection, transaction

from core.models import Event, User
from core.services.runs import erase_slice, housekeeping
from core.workflow import TransitionRefused
from inspections.models import Criterion, JointAct, RiskRow, RiskRun, Subject
from inspections.models.acts import INDICATORS
from inspections.services import (
    begin_risk_run,
    finish_begun_runs,
    finish_risk_run,
    run_by_schedule,
    run_risk,
)
from inspections.services.explained import explained, weights_of
from inspections.services.indicators import SOURCES
from inspections.services.risk_sql import LINE
from licensing.models import Breach
from mining.models import DataCentre
from tests import factories as make
from tests.inspections.world import make_firm as firm
from tests.inspections.world import make_joint_act, rows_of

pytestmark = pytest.mark.django_db
AT, TODAY = make.AT, make.AT.date()


def criteria(**fields: Any) -> JointAct:
    """Centres are of medium risk, from 50 MW of high risk; two indicators weigh."""
    with transaction.atomic():  # its number is counted
        act = make_joint_act("criteria", kinds=("mining-data-centre",), **fields)
    rows: list[dict[str, Any]] = [
        {"kind": "objective", "code": "mining-data-centre", "least": 50, "degree": "high"},
        {"kind": "indicator", "code": "late_reports", "weight": 10, "greatest": 25},
        {"kind": "indicator", "code": "breaches", "weight": Decimal("7.5")},
    ]
    with rows_of(act):
        for place, row in enumerate(rows, 10):
            Criterion.objects.create(act=act, place=place, **row)
    return act


def run(act: JointAct, actor: User | None = None, **fields: Any) -> RiskRun:
    actor = actor or make.make_user("officer")
    return run_risk(act.authority, act, TODAY, actor=actor, at=AT, **fields)


def breach(subject: Subject, times: int = 1) -> None:
    """So many breaches that were cured."""
    for _number in range(times):
        Breach.objects.create(
            reference=f"BR-2026-{Breach.objects.count() + 1:06d}",
            authority=subject.authority,
            organisation=subject.organisation,
            found_on=TODAY,
            facts="Late.",
            state="cured",
            cured_on=TODAY,
            closed_at=AT,
            created_at=AT,
        )


def digest_of_stored(run: RiskRun) -> str:
    """Over the rows as the table has them: one digest for each thousand subjects, and one over those."""
    stored = f"SELECT subject_id / 1000, {LINE} FROM inspections_riskrow WHERE run_id = %s ORDER BY subject_id"  # noqa: S608  (constants)
    parts: dict[int, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(stored, [run.pk])
        for place, line in cursor.fetchall():
            parts.setdefault(place, []).append(line)
    return sha256(b"".join(sha256("\n".join(lines).encode()).digest() for lines in parts.values())).hexdigest()


def test_a_snapshot_of_three_firms() -> None:
    quiet, other, worst = firm(), firm(), firm()
    breach(other)
    breach(worst, 3)
    made = run(criteria())
    rows = {row.subject_id: row for row in made.rows.all()}
    assert (made.subjects, made.counts) == (3, {"high": 1, "medium": 1, "low": 1})
    assert rows[worst.pk].indicators["breaches"] == 3
    assert [rows[one.pk].points for one in (quiet, worst)] == [Decimal("0.000"), Decimal("100.000")]
    assert (rows[quiet.pk].risk, rows[worst.pk].risk) == ("low", "high")
    worst.refresh_from_db()
    assert (worst.risk, worst.points, worst.risk_run_id) == ("high", Decimal(100), made.pk)
    event = Event.objects.of(made).get()
    assert (event.verb, event.data["digest"], event.data["subjects"]) == ("riskrun.finish", made.digest, 3)
    assert {one["code"] for one in made.figures} >= {"RISK-W-SIG", "RISK-T-HIGH", "RISK-NORM", "EK-RISK-DOWN"}
    assert made.digest == digest_of_stored(made)


def test_the_same_day_has_one_snapshot() -> None:
    firm()
    act, officer = criteria(), make.make_user("officer")
    first = run(act, officer)
    assert run(act, officer) == first
    assert RiskRow.objects.count() == 1
    assert Event.objects.of(first).count() == 1
    assert run_by_schedule(at=AT) == 0


def test_the_schedule_begins_what_the_worker_finishes() -> None:
    firm()
    criteria()
    assert run_by_schedule(at=AT) == 1
    assert RiskRun.objects.get().finished_at is None
    assert finish_begun_runs(at=AT) == 1
    assert (RiskRun.objects.get().subjects, finish_begun_runs(at=AT)) == (1, 0)


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"kind": "checklist"}, "risk-criteria"), ({"in_force": TODAY + timedelta(days=1)}, "risk-criteria")],
)
def test_criteria_that_do_not_count(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(TransitionRefused) as refused:
        run(make_joint_act(**({"kind": "criteria"} | fields)))
    assert [problem.code for problem in refused.value.problems] == [code]


def test_no_run_for_another_day() -> None:
    act, officer = criteria(), make.make_user("officer")
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(TransitionRefused) as refused:
            run_risk(act.authority, act, day, actor=officer, at=AT)
        assert "risk-day" in [problem.code for problem in refused.value.problems]


def test_an_indicator_that_nothing_counts_is_refused() -> None:
    act = criteria()
    with rows_of(act):
        Criterion.objects.create(act=act, place=20, kind="indicator", code="horoscope", weight=1)
    with pytest.raises(TransitionRefused, match="indicator-unknown"):
        run(act)
    assert run_by_schedule(at=AT) == 0


@pytest.mark.parametrize("role", ["applicant", "auditor", "administrator"])
def test_who_may_not_run(role: str) -> None:
    act = criteria()
    with pytest.raises(PermissionDenied):
        run(act, make.make_user(role))


def test_officers_of_another_authority_may_not() -> None:
    act = criteria()
    with pytest.raises(PermissionDenied):
        run(act, make.make_user("officer", authority=make.make_authority("nbk")))


def test_power_decides_where_a_criterion_names_it() -> None:
    small, large = firm(), firm()
    DataCentre.objects.filter(owner=large.organisation).update(megawatts=50)
    rows = dict(run(criteria()).rows.values_list("subject", "objective"))
    assert (rows[small.pk], rows[large.pk]) == ("medium", "high")


def test_low_by_objective_criteria_stays_low_whatever_the_points() -> None:
    act = criteria()
    with rows_of(act):
        act.criteria.filter(kind="objective").update(degree="low")
    one, other = firm(), firm()
    breach(one, 4)
    rows = {row.subject_id: (row.points, row.risk) for row in run(act).rows.all()}
    assert rows == {one.pk: (Decimal(100), "low"), other.pk: (Decimal(0), "low")}


@pytest.mark.parametrize(("until", "risk"), [(0, "medium"), (-1, "high"), (None, "medium")])
def test_one_degree_down_until_its_last_day(until: int | None, risk: str) -> None:
    day = None if until is None else TODAY + timedelta(days=until)
    worst = firm(lowering=["insurance"], lowering_evidence="Contract 1", lowering_until=day)
    firm()
    breach(worst)
    assert run(criteria()).rows.get(subject=worst).risk == risk


def test_what_left_is_not_judged() -> None:
    gone, here = firm(left_on=TODAY), firm(left_on=TODAY + timedelta(days=1))
    assert list(run(criteria()).rows.values_list("subject", flat=True)) == [here.pk]
    gone.refresh_from_db()
    assert gone.risk == ""


def test_natural_persons_are_only_proposed() -> None:
    person, other = firm(risk="low"), firm()
    type(person.organisation).objects.filter(pk=person.organisation_id).update(form="sole_trader")
    breach(person)
    made = run(criteria())
    person.refresh_from_db()
    other.refresh_from_db()
    assert (person.risk, person.points, person.proposed_run_id) == ("low", None, made.pk)
    assert (other.risk, other.proposed_run_id) == ("low", None)
    assert list(Subject.objects.to_confirm()) == [person]


def test_a_trial_changes_no_subject_and_tells_who_would_move() -> None:
    act, officer = criteria(), make.make_user("officer")
    low, mover, high = firm(), firm(), firm()
    breach(mover, 2)
    breach(high, 5)
    snapshot = run(act, officer)
    rule = act.criteria.get(code="breaches")
    trial = run(act, officer, trial=True, changes={str(rule.pk): {"weight": "7.5", "greatest": "15"}})
    assert (snapshot.rows.get(subject=mover).risk, trial.base_id) == ("medium", snapshot.pk)
    assert trial.moves == {"medium high": 1}
    assert trial.rows.get(subject=mover).before == "medium"
    mover.refresh_from_db()
    assert (mover.risk, mover.risk_run_id) == ("medium", snapshot.pk)
    assert trial.rows.get(subject=low).risk == "low"
    assert (forget(30), trial.rows.count()) == (None, 3)
    assert (forget(31), trial.rows.count(), snapshot.rows.count()) == ("done", 0, 3)
    trial.refresh_from_db()
    assert trial.moves == {"medium high": 1}


def forget(days: int) -> str | None:
    """Housekeeping so many days after a trial; the state of its run, nothing where nothing was due."""
    at = AT + timedelta(days=days)
    begun = housekeeping(at=at)
    if begun is None:
        return None
    while erase_slice(begun.pk, at=at) is not None:
        pass
    begun.refresh_from_db()
    return begun.state


@pytest.mark.parametrize(
    "changes",
    [
        {"0": {"weight": "1"}},
        {"+complaints": {"weight": "much"}},
        {"+complaints": {"weight": "NaN"}},
        {"+complaints": {"weight": ""}},
        {"+complaints": {"degree": "high"}},
        {"+complaints": {"weight": "1", "greatest": "-1"}},
    ],
)
def test_changes_that_are_none(changes: Any) -> None:
    with pytest.raises(TransitionRefused, match="criterion-value"):
        run(criteria(), trial=True, changes=changes)


def test_a_snapshot_takes_no_changes() -> None:
    with pytest.raises(TransitionRefused, match="risk-changes"):
        run(criteria(), changes={"+complaints": {"weight": "1"}})


def test_every_indicator_of_joint_acts_is_counted_and_can_be_weighed() -> None:
    assert set(SOURCES) == set(INDICATORS)
    firm()
    trial = run(criteria(), trial=True, changes={f"+{code}": {"weight": "1"} for code in SOURCES if code not in (
        "late_reports", "breaches")})  # fmt: skip
    assert trial.subjects == 1


def test_a_row_is_explained_line_by_line() -> None:
    worst = firm(lowering=["insurance"], lowering_evidence="Contract 1")
    firm()
    breach(worst, 2)
    made = run(criteria())
    told = [str(line) for line in explained(made.rows.get(subject=worst), weights_of(made))]
    assert told[0] == "By the objective criteria: medium risk"
    assert "Breaches established in the last three years: 2 × 7.5 = 15" in told
    assert "Between the least, 0, and the greatest, 15, of all subjects: 100 of 100" in told[-4]
    assert told[-1] == "Degree of risk: medium risk"


def together(*acts: Callable[[], Any]) -> list[Any]:
    gate = Barrier(len(acts))

    def act(one: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return one()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [found.result() for found in [pool.submit(act, one) for one in acts]]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_snapshot() -> None:
    make.make_system_user()
    for _number in range(5):
        firm()
    act, officers = criteria(), [make.make_user("officer") for _number in range(3)]
    made = together(*[lambda officer=officer: run(act, officer) for officer in officers])
    assert len({one.pk for one in made}) == 1
    assert (RiskRow.objects.count(), Event.objects.filter(verb="riskrun.finish").count()) == (5, 1)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_next_one_makes_the_same() -> None:
    """Killed when the rows are written and the subjects are about to follow."""
    make.make_system_user()
    subjects = [firm() for _number in range(3)]
    breach(subjects[0])
    act, officer = criteria(), make.make_user("officer")
    whole = run(act, officer, trial=True)
    begun = begin_risk_run(act.authority, act, TODAY, actor=officer, at=AT)

    def work() -> str:
        try:
            finish_risk_run(begun, at=AT)
        except OperationalError as error:
            return type(error).__name__
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Subject.objects.select_for_update().get(pk=subjects[0].pk)
            killed = pool.submit(work)
            kill_who_waits(killed)
        assert killed.result() == "OperationalError"
    assert (begun.rows.count(), Event.objects.of(begun).count()) == (0, 0)
    assert finish_begun_runs(at=AT + timedelta(hours=1)) == 1
    begun.refresh_from_db()
    assert (begun.digest, begun.subjects) == (whole.digest, 3)
    assert Event.objects.of(begun).count() == 1


def kill_who_waits(work: Future[str]) -> None:
    """End the connection that waits for a lock of ours, as soon as it does."""
    ended = None
    while not ended and not work.done():
        wait([work], timeout=0.05)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees what it saw first
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid)) AND datname = current_database()"
            )
            ended = cursor.fetchone()
