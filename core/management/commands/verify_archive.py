"""manage.py verify_archive FILE: is this case file what was signed here? Exit 1 and a line per fault when not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.services.packing import described, public_key, verify_package


class Command(BaseCommand):
    help = "Check the signature of an archive's manifest and the hash of each of its members."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the zip")
        parser.add_argument(
            "--key", default="", help="the trusted public key, hexadecimal (the one in use when not given)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        key = options["key"].strip().lower() or public_key()[0]
        faults = 0
        for fault in verify_package(options["file"], key=key):
            faults += 1
            self.stderr.write(f"{fault.code}: {fault.place}: {fault.detail}")
        if faults:
            raise CommandError(f"{faults} faults: the archive is not what was signed.")
        facts = described(options["file"])
        self.stdout.write(
            f"{facts.get('reference', '')}: {facts['members']} members hold, signed for {facts.get('audience', '')}"
            f" on {facts.get('made_at', '')} with {key}."
        )
