"""manage.py verify_events: are the events those that were written? Exit 1 and a line per fault when not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.models import Checkpoint, Event
from core.services import verify_events


class Command(BaseCommand):
    help = "Check every event's hash and chain, and every seal with its copy."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--new", action="store_true", help="only what came since the last seal")

    def handle(self, *args: Any, **options: Any) -> None:
        faults = 0
        for fault in verify_events(only_new=options["new"]):
            faults += 1
            self.stderr.write(f"{fault.code}: {fault.place}: {fault.detail}")
        if faults:
            raise CommandError(f"{faults} faults: the events are not those that were written.")
        self.stdout.write(f"{Event.objects.count()} events and {Checkpoint.objects.count()} seals hold.")
