"""Background work of core: three lines that call a service. Each task may run twice."""

from celery import shared_task
from django.utils import timezone

from core import services


@shared_task(name="core.deliver")
def deliver(key: str) -> None:
    services.deliver(key, at=timezone.now())


@shared_task(name="core.deliver_left_over")
def deliver_left_over() -> None:
    services.deliver_left_over(at=timezone.now())


@shared_task(name="core.call_webhooks")
def call_webhooks(*event_ids: int) -> None:
    services.call_webhooks(*event_ids, at=timezone.now())


@shared_task(name="core.call_left_over")
def call_left_over() -> None:
    services.call_left_over(at=timezone.now())


@shared_task(name="core.read_bounces")
def read_bounces() -> None:
    services.read_bounces(at=timezone.now())


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


@shared_task(name="core.erase")
def erase() -> None:
    """What was confirmed, and technical records whose time is over: sessions, failed log-ins, request keys."""
    services.erase_due(at=timezone.now())


@shared_task(name="core.work_on_row_file")
def work_on_row_file(pk: int) -> None:
    services.work_on_row_file(pk, at=timezone.now())


@shared_task(name="core.row_files_left_over")
def row_files_left_over() -> None:
    """What no worker heard of is looked at, what nobody took is deleted."""
    services.work_on_left_over_row_files(at=timezone.now())
    services.forget_row_files(at=timezone.now())
