"""manage.py sweep: all timed work once, and what each part did. Safe to run twice and beside the worker."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core import services
from exchanges import services as exchanges
from inspections import services as inspections
from inspections.services.plan_terms import sweep_plans
from licensing import services as licensing


def until_nothing(part: Callable[..., int], at: datetime) -> int:
    """Run a part that works in batches until a batch is empty."""
    total = 0
    while done := part(at=at):
        total += done
    return total


class Command(BaseCommand):
    help = "Do all timed work once: terms, expiry, letters, mails, digests, webhooks, signatures, erasure, seal."

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        lapsed = licensing.lapse_suspensions(at=at)
        expired = licensing.expire_licences(at=at)
        licensing.end_abolished_kinds(at=at)
        exchanges.lapse_offers(at=at)
        differing = exchanges.check_offers(at=at)
        controlled = inspections.sync_all_subjects(at=at)
        inspections.finish_begun_runs(at=at)
        planned = sweep_plans(at=at)
        overdue = services.sweep_duties(at=at)
        reminded = services.remind_duties(at=at)
        printed = until_nothing(licensing.print_left_over, at)
        printed += until_nothing(licensing.print_left_over_clarifications, at)
        until_nothing(services.make_digests, at)
        archived = until_nothing(licensing.make_left_over_archives, at)
        until_nothing(licensing.forget_archives, at)
        sent = until_nothing(services.deliver_left_over, at)
        returned = services.read_bounces(at=at).returned
        told = until_nothing(services.call_left_over, at)
        verified = until_nothing(licensing.verify_left_over, at)
        licensing.forget_bank_files(at=at)
        licensing.make_register_files(at=at)
        licensing.forget_register_files(at=at)
        looked = until_nothing(services.work_on_left_over_row_files, at)
        services.forget_row_files(at=at)
        erased = services.erase_due(at=at)
        seal = services.seal_events(at=at)
        self.stdout.write(
            f"{lapsed} suspensions over, {expired} licences expired, {differing} offers beside the list, "
            f"{controlled} changes of subjects of control, {planned} steps of plans, "
            f"{overdue} duties found overdue, "
            f"{reminded} reminders, {printed} letters printed, {archived} archives made, {sent} mails sent, "
            f"{returned} mails came back, {told} webhooks called, {verified} signatures verified, "
            f"{looked} files of rows looked at, {erased} rows erased, {seal.events if seal else 0} events sealed."
        )
