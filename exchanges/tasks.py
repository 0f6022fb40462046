"""Background work of exchanges: three lines that call a service. Each task may run twice."""

from celery import shared_task
from django.utils import timezone

from exchanges import services


@shared_task(name="exchanges.sweep")
def sweep() -> None:
    services.lapse_offers(at=timezone.now())
    services.check_offers(at=timezone.now())
