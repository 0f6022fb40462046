"""What holds for every test: its own folder for files, its own keys in Redis, templates that know their variables."""

import gc
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.db import connection
from django.template import Context, engines
from django.template.base import VariableNode, render_value_in_context
from django.test import TransactionTestCase
from django.utils import timezone

from tests.databases import Template, empty
from tests.factories import make_system_user


@pytest.hookimpl(tryfirst=True)  # xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The law needs no database: one process tests it while the other migrates, which it would wait for otherwise.
    The largest group is begun first."""
    for item in items:
        if item.path.is_relative_to(settings.BASE_DIR / "tests" / "law"):
            item.add_marker(pytest.mark.xdist_group("law"))


def pytest_collection_finish() -> None:
    """What was read in stays to the end: it need not be searched for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    """Documents, letters, seals and the sealing key of a test lie in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]  # pytest-django sets any name
    settings.OUTBOX_DIR = tmp_path / "outbox"  # type: ignore[attr-defined]  # pytest-django sets any name
    settings.SEALS_DIR = tmp_path / "seals"  # type: ignore[attr-defined]  # pytest-django sets any name
    settings.SEAL_KEY_FILE = tmp_path / "seal.key"  # type: ignore[attr-defined]  # pytest-django sets any name


@pytest.fixture(scope="session", autouse=True)
def signing_keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Authorities sign with certificates of a test CA, as in the demo; so do the workers that tests start."""
    from config.demo.signing import make_test_keys

    folder = tmp_path_factory.mktemp("signing")
    make_test_keys(folder, ("maidd", "nbk", "afsa"), at=timezone.now())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIGNING_FOLDER", str(folder))
        patch.setenv("SIGNING_TEST_KEYS", "1")
        for name, value in {"FOLDER": folder, "ROOTS": folder / "roots.pem", "KEYS": {}, "TEST_KEYS": True}.items():
            patch.setattr(settings, f"SIGNING_{name}", value)
        yield folder


@pytest.fixture(autouse=True)
def names_of_our_own(settings: pytest.FixtureRequest) -> None:
    """No test asks the real name service."""
    settings.WEBHOOK_RESOLVER = "tests.names.lookup"  # type: ignore[attr-defined]  # pytest-django sets any name


@pytest.fixture(autouse=True)
def officials_need_no_second_factor(settings: pytest.FixtureRequest) -> None:
    """Whatever the environment says; the tests of the second factor turn it on."""
    settings.STAFF_SECOND_FACTOR = False  # type: ignore[attr-defined]  # pytest-django sets any name


class Unknown(str):
    """What a template gets for a variable that nobody gave it: empty, as ever, but known as such when it is printed."""

    __slots__ = ()


class UnknownVariable(Exception):
    """One of our templates prints a variable that does not exist."""


def render_known(node: VariableNode, context: Context) -> str:
    """As Django prints a variable; but in our own templates an unknown one is an error. `{% if %}` may ask for it."""
    value = node.filter_expression.resolve(context)
    template = context.render_context.template or context.template
    origin = str(template.origin) if template else ""
    if isinstance(value, Unknown) and origin.startswith(str(settings.BASE_DIR / "templates")):
        raise UnknownVariable(f"{{{{ {node.filter_expression.token} }}}} in {origin}")
    return render_value_in_context(value, context)


@pytest.fixture(scope="session", autouse=True)
def templates_know_their_variables() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(VariableNode, "render", render_known)
        yield


@pytest.fixture(autouse=True)
def unknown_variables_are_told() -> None:
    """For each test anew: one that changes DEBUG leaves a new engine behind."""
    engines["django"].engine.string_if_invalid = Unknown()  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Throttles and other counts start from nothing, also after a test that broke Redis."""
    from core.api.throttling import OpenThrottle

    cache.clear()
    OpenThrottle.asleep_until = 0.0


@pytest.fixture(autouse=True)
def system_user(request: pytest.FixtureRequest) -> None:
    """Timed steps need their user, also after a test with real commits has emptied all tables."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("_django_db_helper")
        make_system_user()


@pytest.fixture(scope="session", autouse=True)
def own_cache(worker_id: str) -> None:
    """Parallel test processes share a Redis server, each with a database of its own: emptying one empties no other."""
    if worker_id.startswith("gw"):
        server, _line, number = settings.REDIS_URL.rpartition("/")
        settings.CACHES["default"]["LOCATION"] = f"{server}/{(int(number or 0) + 1 + int(worker_id[2:])) % 16}"
    settings.CACHES["default"]["OPTIONS"] |= {"socket_connect_timeout": 1, "socket_timeout": 1}  # a busy machine
    with suppress(AttributeError):
        del caches["default"]


# WhiteNoise warns of a missing folder as soon as a test module makes the application, and warnings are errors here.
Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session", autouse=True)
def emptied_quickly() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@pytest.fixture(scope="session")
def migrated(django_db_modify_db_settings_parallel_suffix: None) -> Template | None:
    name = os.environ.get("TEST_TEMPLATE_DATABASE")
    return Template(name) if name else None


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, migrated: Template | None) -> bool:
    """What was copied is taken as it is."""
    return bool(request.config.getvalue("reuse_db")) or (migrated is not None and migrated.copied)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, migrated: Template | None) -> Iterator[None]:
    """At the end, sessions that threads of a live server left open would keep the database from being dropped."""
    if migrated:
        with django_db_blocker.unblock():
            migrated.keep()
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
