"""Background work of licensing: three lines that call a service. Each task may run twice."""

from celery import shared_task
from django.utils import timezone

from licensing import services


@shared_task(name="licensing.print")
def print_letter(letter_id: int) -> None:
    services.print_letter(letter_id, at=timezone.now())


@shared_task(name="licensing.print_left_over")
def print_left_over() -> None:
    services.print_left_over(at=timezone.now())
    services.print_left_over_clarifications(at=timezone.now())


@shared_task(name="licensing.sweep")
def sweep() -> None:
    services.lapse_suspensions(at=timezone.now())
    services.expire_licences(at=timezone.now())
    services.end_abolished_kinds(at=timezone.now())


@shared_task(name="licensing.make_archive")
def make_archive(pk: int) -> None:
    services.make_archive(pk, at=timezone.now())


@shared_task(name="licensing.archives_left_over")
def archives_left_over() -> None:
    """What no worker heard of is made, what is over is deleted."""
    services.make_left_over_archives(at=timezone.now())
    services.forget_archives(at=timezone.now())


@shared_task(name="licensing.verify_signature")
def verify_signature(pk: int) -> None:
    services.verify_signature(pk, at=timezone.now())


@shared_task(name="licensing.verify_left_over")
def verify_left_over() -> None:
    services.verify_left_over(at=timezone.now())


@shared_task(name="licensing.forget_bank_files")
def forget_bank_files() -> None:
    services.forget_bank_files(at=timezone.now())


@shared_task(name="licensing.screen_people")
def screen_people() -> None:
    services.screen_people(at=timezone.now())


@shared_task(name="licensing.register_files")
def register_files() -> None:
    """The files of the day, once; those whose time is over go."""
    services.make_register_files(at=timezone.now())
    services.forget_register_files(at=timezone.now())


@shared_task(name="licensing.print_clarification")
def print_clarification(pk: int) -> None:
    services.print_clarification(pk, at=timezone.now())
