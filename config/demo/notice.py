"""What the sign-in page of a demo tells: who may log in, and the one password."""

from typing import Any

from django.http import HttpRequest

from config.demo.people import LOGINS, PASSWORD
from core.models import User


def demo_logins(request: HttpRequest) -> dict[str, Any]:
    """For the templates of a demo: (e-mail, role in words) and the password. settings.py adds it where DEMO is set."""
    roles = dict(User.ROLE_CHOICES)
    return {"demo_logins": [(one.email, roles[one.role]) for one in LOGINS], "demo_password": PASSWORD}
