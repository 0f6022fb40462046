"""manage.py api_key <user>: a new API key for a person; printed once, stored as a digest."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.models import User
from core.services import make_key


class Command(BaseCommand):
    help = "Make an API key for a person and print it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError("Nobody has this e-mail address.")
        self.stdout.write(make_key(user, actor=user, at=timezone.now())[1])
