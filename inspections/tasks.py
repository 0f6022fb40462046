"""Background work of inspections: three lines that call a service. Each task may run twice."""

from celery import shared_task
from django.utils import timezone

from inspections.services import plan_terms


@shared_task(name="inspections.plan")
def plan() -> None:
    """Days of plans: owed, formed, published."""
    plan_terms.sweep_plans(at=timezone.now())
