"""Background work of core: three lines that call a service. Each task may run twice."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from core import services
from core.models import LoginAttempt, RequestKey


@shared_task(name="core.deliver")
def deliver(key: str) -> None:
    services.deliver(key, at=timezone.now())


@shared_task(name="core.deliver_left_over")
def deliver_left_over() -> None:
    services.deliver_left_over(at=timezone.now())


@shared_task(name="core.make_digests")
def make_digests() -> None:
    services.make_digests(at=timezone.now())


@shared_task(name="core.sweep")
def sweep() -> None:
    services.sweep_duties(at=timezone.now())
    services.remind_duties(at=timezone.now())


@shared_task(name="core.seal")
def seal() -> None:
    services.seal_events(at=timezone.now())


@shared_task(name="core.forget_request_keys")
def forget_request_keys() -> None:
    """Idempotency keys answer for two days, failed log-ins for an hour."""
    RequestKey.objects.filter(at__lt=timezone.now() - timedelta(days=2)).delete()
    LoginAttempt.objects.filter(at__lt=timezone.now() - timedelta(hours=1)).delete()
