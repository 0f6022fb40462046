"""Background work of inspections: three lines that call a service. Each task may run twice."""

from celery import shared_task
from django.utils import timezone

from inspections.services import plan_terms, risk, subjects


@shared_task(name="inspections.plan")
def plan() -> None:
    """Days of plans: owed, formed, published."""
    plan_terms.sweep_plans(at=timezone.now())


@shared_task(name="inspections.sync_subjects")
def sync_subjects() -> None:
    subjects.sync_all_subjects(at=timezone.now())


@shared_task(name="inspections.finish_risk_run")
def finish_risk_run(pk: int) -> None:
    risk.finish_one(pk, at=timezone.now())


@shared_task(name="inspections.risk_left_over")
def risk_left_over() -> None:
    """Runs that a worker left are finished."""
    risk.finish_begun_runs(at=timezone.now())


@shared_task(name="inspections.risk_snapshots")
def risk_snapshots() -> None:
    risk.run_by_schedule(at=timezone.now())
