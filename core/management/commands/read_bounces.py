"""manage.py read_bounces: read what mail servers sent back. Safe to run twice and beside the worker."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core import services


class Command(BaseCommand):
    help = "Read the mailbox of BOUNCES_URL and note which mails came back."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.BOUNCES_URL:
            raise CommandError("BOUNCES_URL is not set (docs/deployment.md)")
        read = services.read_bounces(at=timezone.now())
        self.stdout.write(
            f"{read.returned} mails came back, {read.nothing} reports without news, {read.unknown} unknown."
        )
        if not read.reached:
            raise CommandError("the mailbox does not answer")
