"""PostgreSQL and Redis for a run, for tests, or for other tools."""

import fcntl
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from devtools import postgres, processes, redis
from devtools.common import (
    DATA,
    IS_ROOT,
    LOGS,
    ROOT,
    STATE,
    private_folder,
    read_env,
    say,
    secret,
    write_env,
    write_private,
)

POSTGRES_PORT, REDIS_PORT = 55432, 56379
TEST_POSTGRES_PORT, TEST_REDIS_PORT = 55832, 56779
OWNER_NOTE = DATA / "services.owner"  # "run" while `make run` owns the servers, "services" when they outlive a command

CLUSTER = postgres.Cluster(STATE / "postgres", POSTGRES_PORT, postgres.DURABLE)
REDIS = redis.Server(STATE / "redis", REDIS_PORT, durable=True)


@dataclass
class Services:
    """Where the services are, and the processes that we must end."""

    variables: dict[str, str]
    processes: list[tuple[int, int]] = field(default_factory=list)  # (process id, signal that ends it)

    def stop(self) -> None:
        for pid, signum in reversed(self.processes):
            processes.stop(pid, signum, seconds=20)
        self.processes.clear()


def provide(*, attached: bool) -> Services:
    """The services of this checkout, started where they do not run yet.

    `attached` ones end with this process (`make run`); the others stay until `make services STOP=1`.
    """
    given = _given()
    found = Services(given)
    with _only_one():
        _claim_state()
        if attached and _owner() == "run":  # its run is over, or we would not be here: what still runs is ending
            _stop_leftovers()
        started = [_provide_postgres(found, attached=attached), _provide_redis(found, attached=attached)]
        if any(started):
            private_folder(DATA)
            OWNER_NOTE.write_text("run" if attached else "services")
    found.variables = {**_common(), **found.variables}
    return found


def stop_all() -> None:
    """End the services that `make services` left running."""
    with _only_one():
        _stop_leftovers()
    say("PostgreSQL and Redis are stopped.")


@contextmanager
def for_tests() -> Iterator[dict[str, str]]:
    """A PostgreSQL and a Redis of our own, empty, fast and thrown away."""
    given = _given()
    with _only_one():
        _claim_state()
    _remove_abandoned()
    folder = STATE / f"test-{os.getpid()}"
    cluster = postgres.Cluster(folder / "postgres", TEST_POSTGRES_PORT, postgres.FAST, LOGS / "test-postgres.log")
    server = redis.Server(folder / "redis", TEST_REDIS_PORT, durable=False, log=LOGS / "test-redis.log")
    found = Services(given)
    try:
        if "DATABASE_URL" not in given:
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o711)
            pid, port, origin = postgres.start(cluster, attached=True)
            found.processes.append((pid, signal.SIGQUIT))  # at once: nothing in it is worth a clean end
            found.variables |= _database_variables(port) | {"TEST_TEMPLATE_DATABASE": "tizilim_template"}
            say(f"Test services: {origin}, port {port}")
        if "REDIS_URL" not in given:
            pid, port, origin = redis.start(server, attached=True)
            found.processes.append((pid, signal.SIGKILL))
            found.variables["REDIS_URL"] = redis.url(port)
            say(f"Test services: {origin}, port {port}")
        data = private_folder(DATA / f"test-{os.getpid()}")
        yield {**_common(), **found.variables, "DATA_DIR": str(data)}
    finally:
        found.stop()
        _remove_test_folders(str(os.getpid()))


def _given() -> dict[str, str]:
    """Services that the caller names. What comes from our own `.data/env` does not count as named."""
    ours = os.environ.get("TIZILIM_SERVICES") == str(ROOT)
    names = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")
    given = {name: os.environ[name] for name in names if os.environ.get(name)}
    if ours:
        given = {name: value for name, value in given.items() if "@127.0.0.1:" not in value}
    if "DATABASE_URL" not in given:
        given.pop("DATABASE_OWNER_URL", None)
    elif "DATABASE_OWNER_URL" not in given:
        given["DATABASE_OWNER_URL"] = given["DATABASE_URL"]
    return given


def _common() -> dict[str, str]:
    return {
        "TIZILIM_SERVICES": str(ROOT),
        "SECRET_KEY": secret("key"),
        "DATA_DIR": str(DATA),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEBUG": "0",
        "DEMO": "1",
    }


def _database_variables(port: int) -> dict[str, str]:
    return {
        "DATABASE_URL": postgres.url(port, postgres.APPLICATION),
        "DATABASE_OWNER_URL": postgres.url(port, postgres.OWNER),
    }


def _provide_postgres(found: Services, *, attached: bool) -> bool:
    if "DATABASE_URL" in found.variables:
        say("PostgreSQL: taken from DATABASE_URL")
        return False
    already = postgres.running(CLUSTER)
    if already:
        port, note, started = already[1], "already running", False
    else:
        postgres.stop_leftover(CLUSTER)
        pid, port, note = postgres.start(CLUSTER, attached=attached)
        started = True
        if attached:
            found.processes.append((pid, signal.SIGINT))
    found.variables |= _database_variables(port)
    say(f"PostgreSQL: {note}, port {port}")
    return started


def _provide_redis(found: Services, *, attached: bool) -> bool:
    if "REDIS_URL" in found.variables:
        say("Redis: taken from REDIS_URL")
        return False
    already = redis.running(REDIS)
    if already:
        port, note, started = already[1], "already running", False
    else:
        pid, port, note = redis.start(REDIS, attached=attached)
        started = True
        if attached:
            found.processes.append((pid, signal.SIGTERM))
    found.variables["REDIS_URL"] = redis.url(port)
    say(f"Redis: {note}, port {port}")
    return started


def publish(variables: dict[str, str]) -> None:
    """Write `.data/env`, keeping what others added to it (the web address, say)."""
    write_env({**read_env(), **variables})


def _owner() -> str:
    return OWNER_NOTE.read_text().strip() if OWNER_NOTE.exists() else ""


def _stop_leftovers() -> None:
    postgres.stop_leftover(CLUSTER)
    redis.stop_leftover(REDIS)
    OWNER_NOTE.unlink(missing_ok=True)


def _claim_state() -> None:
    """Under root the data lies outside the checkout: what a removed checkout of the same path left is cleared."""
    if not IS_ROOT:
        return
    note, ours = STATE / "checkout", secret("checkout")
    if STATE.exists() and (not note.exists() or note.read_text() != ours):
        say(f"Clearing {STATE}: it belongs to a checkout that is gone.")
        _stop_leftovers()
        shutil.rmtree(STATE)
    postgres.state_folder()
    write_private(note, ours)


@contextmanager
def _only_one() -> Iterator[None]:
    """Two commands never start the same service at the same time."""
    with (private_folder(DATA) / "services.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _remove_abandoned() -> None:
    """Test folders whose process is gone, killed before it could clean up."""
    for folder in {*STATE.glob("test-*"), *DATA.glob("test-*")}:
        number = folder.name.removeprefix("test-")
        if number.isdigit() and not processes.is_alive(int(number)):
            _remove_test_folders(number)


def _remove_test_folders(number: str) -> None:
    for base in (STATE, DATA):
        with suppress(OSError):
            shutil.rmtree(Path(base) / f"test-{number}")
