"""Risk runs: all subjects of an authority judged by the criteria of a day, as one snapshot that stands or is not there.

A run is begun (its number, criteria and day) and finished (its rows, counts and digest, and what follows for the
subjects), each in a transaction of its own. A worker that dies leaves a run that is begun and has no row; whoever comes
next finishes it. A day has one snapshot of the same criteria: asked for again, it is that one.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from core.models import Authority, User
from core.models.base import INTERNAL
from core.services import record, require
from core.services.acts import locked
from core.services.publishing import publish
from core.workflow import TransitionRefused
from inspections.models import JointAct, RiskRun
from inspections.models.acts import CRITERIA
from inspections.models.risk import SERIES
from inspections.services.indicators import day_facts
from inspections.services.risk_sql import snapshot_sql
from inspections.services.rules import act_faults, changed, facts_of, faults_of, rules_of
from law.inspections.codes import Risk
from law.inspections.risk import figures
from law.problems import Problem, _
from law.provisions import provision
from licensing.services.numbers import next_in

Changes = Mapping[str, Mapping[str, str]]
#: Memory of the database for one sort or join of a snapshot, of which it needs a few.
MEMORY = "128MB"


def run_risk(
    authority: Authority,
    criteria: JointAct,
    on: date,
    *,
    actor: User,
    at: datetime,
    trial: bool = False,
    changes: Changes | None = None,
) -> RiskRun:
    """Begin a run and finish it at once. Raises as `begin_risk_run`."""
    run = begin_risk_run(authority, criteria, on, actor=actor, at=at, trial=trial, changes=changes, ask_worker=False)
    return finish_risk_run(run, at=at)


@transaction.atomic
def begin_risk_run(
    authority: Authority,
    criteria: JointAct,
    on: date,
    *,
    actor: User,
    at: datetime,
    trial: bool = False,
    changes: Changes | None = None,
    ask_worker: bool = True,
) -> RiskRun:
    """A run of today by these criteria; the day's own where it was begun before. A trial is always a new one.

    Raises:
        PermissionDenied; TransitionRefused: criteria not in force or another authority's, another day than today, an
            indicator that nothing counts, changes that are none.
    """
    run = RiskRun(
        authority=authority, criteria=criteria, on=on, trial=trial, changes=dict(changes or {}),
        started_by=actor, started_at=at,
    )  # fmt: skip
    require(actor, "inspections.run_risk", run)
    if problems := start_faults(run, at):
        raise TransitionRefused(problems)
    locked(authority)  # two at once: the second finds the run of the first
    same = RiskRun.objects.filter(authority=authority, criteria=criteria, on=on, trial=False)
    if not trial and (standing := same.first()) is not None:
        return standing
    run.base = RiskRun.objects.before(run)
    run.reference = next_in(f"{SERIES}-{on.year}")
    run.save()
    if ask_worker:
        transaction.on_commit(lambda: publish("inspections.finish_risk_run", [run.pk]), robust=True)
    return run


def start_faults(run: RiskRun, at: datetime) -> list[Problem]:
    act, found = run.criteria, []
    if act.kind != CRITERIA or act.authority_id != run.authority_id:
        message = _("Choose criteria of risk of this authority.")
        found.append(Problem("risk-criteria", message, field="criteria"))
    elif not JointAct.objects.in_force(run.on).filter(pk=act.pk).exists():
        message = _("These criteria are not in force on %(day)s.")
        found.append(Problem("risk-criteria", message, {"day": run.on}, field="criteria"))
    if run.on != timezone.localdate(at):
        found.append(Problem("risk-day", _("A run judges its own day; none is made for another."), field="on"))
    if run.changes and not run.trial:
        message = _("Criteria are changed in a trial only; what counts is changed by a joint act.")
        found.append(Problem("risk-changes", message, field="changes"))
    return found + act_faults(act) + faults_of(rules_of(act), run.changes)


@transaction.atomic
def finish_risk_run(run: RiskRun, *, at: datetime) -> RiskRun:
    """Make the rows of a run that was begun; one that is finished stays as it is.

    Raises: NotInForce where the law has no figures for its day.
    """
    run = locked(run)
    if run.finished_at is not None:
        return run
    rules = changed(rules_of(run.criteria), run.changes)
    law, facts = figures(run.on), facts_of(rules)
    down = provision("EK-RISK-DOWN", run.on)
    facts |= day_facts(run.authority_id, run.on) | {
        "run": run.pk,
        "base": run.base_id,
        "kinds": run.criteria.kinds_of_permit,
        "gross": law.gross.amount,
        "significant": law.significant.amount,
        "insignificant": law.insignificant.amount,
        "medium": law.medium.amount,
        "high": law.high.amount,
        "top": law.greatest.amount,
        "steps": down.number,
    }
    made = fill(run, facts, by_power=any(rule.least is not None for rule in rules))
    run.subjects, high, medium, run.least, run.most, run.digest, moves = made
    run.counts = {Risk.HIGH: high, Risk.MEDIUM: medium, Risk.LOW: run.subjects - high - medium}
    run.moves = json.loads(moves) if moves else {}
    others = [provision(code, run.on) for code in ("RISK-NORM", "RISK-STEPS")]
    run.figures = [one.ground() for one in (*law.provisions, *others, down)]
    run.finished_at = at
    run.save()
    told = {"criteria": run.criteria.reference, "on": run.on.isoformat(), "trial": run.trial}
    told |= {"subjects": run.subjects, "counts": run.counts, "digest": run.digest}
    record(run, "riskrun.finish", actor=run.started_by, at=at, audience=INTERNAL, grounds=law.provisions, data=told)
    return run


def fill(run: RiskRun, facts: dict[str, Any], *, by_power: bool) -> Any:
    """One statement: the rows with their counts and digest, and what follows for the subjects."""
    followed = not run.trial and not RiskRun.objects.after(run).exists()
    compared = run.base_id is not None
    statement = snapshot_sql(facts["indicators"], by_power=by_power, compared=compared, followed=followed)
    with connection.cursor() as cursor:
        # Compiling so long a statement takes the database longer than running it.
        cursor.execute("SELECT set_config('work_mem', %s, true), set_config('jit', 'off', true)", [MEMORY])
        cursor.execute(statement, facts)
        return cursor.fetchone()


def finish_begun_runs(*, at: datetime) -> int:
    """Runs that no worker has finished: one that died, or that never heard of them. Returns how many."""
    begun = RiskRun.objects.unfinished().order_by("pk")
    return sum(finish_risk_run(run, at=at).finished_at == at for run in begun)


def finish_one(pk: int, *, at: datetime) -> None:
    """For the worker, which knows a run by its id."""
    if (run := RiskRun.objects.unfinished().filter(pk=pk).first()) is not None:
        finish_risk_run(run, at=at)


def run_by_schedule(*, at: datetime) -> int:
    """Begin the day's snapshot of every authority whose criteria are in force. Returns how many wait
    for a worker."""
    today, system = timezone.localdate(at), User.objects.system()
    acts = JointAct.objects.in_force(today).filter(kind=CRITERIA).select_related("authority").order_by("pk")
    begun = [begin_risk_run(act.authority, act, today, actor=system, at=at) for act in acts if not act_faults(act)]
    return sum(run.finished_at is None for run in begun)
