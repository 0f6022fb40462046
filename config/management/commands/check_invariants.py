"""manage.py check_invariants: does the data agree with itself? Exit 1 and a line per fault when not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.invariants import faults


class Command(BaseCommand):
    help = "Check that cases, terms, decisions, licences, numbers, letters and the register agree with each other."

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for fault in faults(at=timezone.now()):
            found += 1
            self.stderr.write(str(fault))
        if found:
            raise CommandError(f"{found} faults: the data does not agree with itself.")
        self.stdout.write("The data agrees with itself.")
