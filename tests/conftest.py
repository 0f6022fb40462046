"""What holds for every test: its own folder for files, its own keys in Redis, templates that know their variables."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache

from tests.factories import make_system_user


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    """Documents, letters, seals and the sealing key of a test lie in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    settings.OUTBOX_DIR = tmp_path / "outbox"  # type: ignore[attr-defined]
    settings.SEALS_DIR = tmp_path / "seals"  # type: ignore[attr-defined]
    settings.SEAL_KEY_FILE = tmp_path / "seal.key"  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def officials_need_no_second_factor(settings: pytest.FixtureRequest) -> None:
    """Whatever the environment says; the tests of the second factor turn it on."""
    settings.STAFF_SECOND_FACTOR = False  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Throttles and other counts start from nothing."""
    cache.clear()


@pytest.fixture(autouse=True)
def system_user(request: pytest.FixtureRequest) -> None:
    """Timed steps need their user, also after a test with real commits has emptied all tables."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("_django_db_helper")
        make_system_user()


@pytest.fixture(scope="session", autouse=True)
def own_cache_keys(worker_id: str) -> None:
    """Parallel test processes share a Redis, not its keys."""
    settings.CACHES["default"]["KEY_PREFIX"] = f"test-{worker_id}"


@pytest.fixture(scope="session", autouse=True)
def static_folder() -> None:
    """Before anything is collected WhiteNoise warns of a missing folder, and warnings are errors here."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
