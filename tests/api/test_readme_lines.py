"""The lines that readers paste take an application from nothing to submitted, exactly as they stand."""

import os
import re
import shutil
import subprocess
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from core.services import make_key
from licensing.models import Application
from tests import factories as make

REAL_TIME = True  # the lines ask the shell for the day
BLOCK = re.compile(r"<!-- curl -->\s*```(?:bash|sh)\n(.*?)```\s*<!-- /curl -->", re.DOTALL)


def lines(name: str) -> str | None:
    page = settings.BASE_DIR / name
    found = BLOCK.search(page.read_text()) if page.exists() else None
    return found[1] if found else None


PAGES = [name for name in ("README.md", "docs/api.md") if lines(name)]


def test_the_lines_are_there() -> None:
    assert "docs/api.md" in PAGES
    assert shutil.which("curl"), "NO CURL: the lines of the guide cannot be tried"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.django_db(transaction=True)
def test_the_lines_submit_an_application(page: str, live_server: Any) -> None:
    make.make_authority()
    user = make.make_applicant()
    key = make_key(user, actor=user, at=timezone.now())[1]
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", lines(page) or ""],
        cwd=settings.BASE_DIR,
        env={**os.environ, "API": f"{live_server.url}/api/v1", "KEY": key},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\nsubmitted\n" in done.stdout
    assert Application.objects.get().state == "submitted"
