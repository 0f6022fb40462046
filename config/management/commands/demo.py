"""manage.py demo: invented data of every kind and state, into an empty database; with --logins who can log in."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from config import demo
from config.demo.people import AUTHORITIES
from config.demo.plan import LICENSEES
from config.demo.signing import make_test_keys
from core.models import User


class Command(BaseCommand):
    help = "Load the demo data into an empty database (where DEMO is set); --logins prints log-ins and an API key."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--n", type=int, default=LICENSEES, help=f"licensees to make (default {LICENSEES})")
        parser.add_argument("--keys", action="store_true", help="make the test CA and signing keys, load nothing")
        parser.add_argument("--logins", action="store_true", help="print the log-ins and one API key, load nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        licensees = max(1, options["n"])
        if options["keys"]:
            self.make_keys(licensees)
        elif not settings.DEMO:
            self.stderr.write("DEMO is not set: no demo data here, since everybody knows its passwords.")
        elif options["logins"]:
            self.print_logins()
        else:
            self.make_keys(licensees)
            self.load(licensees)

    def load(self, licensees: int) -> None:
        started = time.perf_counter()
        loaded = demo.load(now=timezone.now(), licensees=licensees)
        if loaded is None:
            self.stdout.write("The database holds data already; nothing was loaded.")
            return
        seconds = time.perf_counter() - started
        self.stdout.write(f"Demo data: {loaded.applications} applications, {loaded.acts} acts, {seconds:.0f} s.")

    def make_keys(self, licensees: int) -> None:
        if not settings.SIGNING_TEST_KEYS:
            self.stderr.write("SIGNING_TEST_KEYS is not set: no test certificates here.")
            return
        deciding = [code for code, decides, *_names in AUTHORITIES if decides]
        parties = demo.signers(licensees, timezone.localdate())
        if User.objects.filter(email=demo.MINER).exists():  # loaded on another day
            parties["applicant"] = (parties["applicant"][0], demo.miner_identifier())
        if made := make_test_keys(Path(settings.SIGNING_FOLDER), deciding, at=timezone.now(), applicants=parties):
            self.stdout.write(f"Test CA and signing keys made for {', '.join(made)}.")

    def print_logins(self) -> None:
        if not User.objects.filter(email=demo.LOGINS[0].email).exists():
            self.stdout.write("No demo log-ins: the demo data is not loaded.")
            return
        self.stdout.write(f"Demo log-ins, password {demo.PASSWORD}")
        for login in demo.LOGINS:
            self.stdout.write(f"  {login.email:<26} {login.what}")
        self.stdout.write(
            f"API key of {demo.MINER} (BIN {demo.miner_identifier()}):\n  {demo.api_key(at=timezone.now())}"
        )
