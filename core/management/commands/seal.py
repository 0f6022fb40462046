"""manage.py seal: seal every event since the last checkpoint."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core.services import seal_events


class Command(BaseCommand):
    help = "Seal every event since the last checkpoint; a copy goes to DATA_DIR/seals."

    def handle(self, *args: Any, **options: Any) -> None:
        seal = seal_events(at=timezone.now())
        told = f"Sealed {seal.events} events ({seal}), signed with {seal.key[:16]}…" if seal else "Nothing to seal."
        self.stdout.write(told)
