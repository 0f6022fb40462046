"""The demo's one API key: the same each time it is printed, as long as it holds."""

import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from config.demo.holders import MINER
from core.models import User
from core.services import make_key


def api_key(*, at: datetime) -> str:
    """A key of the demo's applicant. Keys are stored as digests: this one is kept in DATA_DIR/demo.key too."""
    owner, kept = User.objects.get(email=MINER), Path(settings.DATA_DIR) / "demo.key"
    if kept.exists():
        key = kept.read_text().strip()
        try:
            user, _token = TokenAuthentication().authenticate_credentials(key.encode())
            if user == owner:
                return key
        except AuthenticationFailed:
            pass
    key = make_key(owner, actor=owner, at=at)[1]
    kept.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(key)
    return key


def miner_identifier() -> str:
    """The BIN of the organisation that the key's owner acts for."""
    return (
        User.objects.get(email=MINER).memberships.order_by("id").values_list("organisation__identifier", flat=True)[0]
    )
