"""`make run`: the whole product on this machine, with demo data, until Ctrl-C."""

import fcntl
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from devtools import environment, processes, services
from devtools.common import DATA, LOGS, PYTHON, VENV, Stop, private_folder, say, tail

LOCK = DATA / "run.lock"
# The C library gives memory back early and keeps one pool for all threads: a worker stays a fifth smaller.
LEAN = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "65536"}
Running = dict[str, subprocess.Popen[bytes]]


def run(port: int) -> int:
    processes.interrupt_on_signals()
    make = processes.Make()
    with _alone():
        environment.ensure(environment.PRODUCT)
        started: Running = {}
        servers = services.Services({})
        try:
            servers = services.provide(attached=True)
            port = _choose_port(port)
            variables = _variables(servers.variables, port)
            services.publish({name: variables[name] for name in (*servers.variables, "SITE_URL")})
            _prepare(variables)
            started |= _start_parts(variables, port)
            _wait_until_ready(started, variables, port)
            _announce(variables, port)
            _watch(started, make)
        except KeyboardInterrupt:
            say("\nStopping …")
        finally:
            processes.ignore_signals()
            _stop_parts(started)
            servers.stop()
    say("Everything is stopped. The data is kept in .data.")
    return 0


def is_running() -> str:
    """What another `make run` of this folder says of itself, or nothing."""
    if not LOCK.exists():
        return ""
    with LOCK.open("r") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return lock.read().strip() or "still starting"
    return ""


@contextmanager
def _alone() -> Iterator[None]:
    private_folder(DATA)
    with LOCK.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            who = lock.read().strip() or "still starting"
            raise Stop(f"Tizilim already runs from this folder ({who}). Stop it first.") from None
        lock.truncate(0)
        yield
        lock.truncate(0)


def _choose_port(wanted: int) -> int:
    port = processes.free_port(wanted)
    if port != wanted:
        say(f"Port {wanted} is busy, taking {port}.")
    LOCK.write_text(f"http://127.0.0.1:{port}, process {os.getpid()}\n")
    return port


def _variables(found: dict[str, str], port: int) -> dict[str, str]:
    site = f"http://127.0.0.1:{port}"
    defaults = {
        "SITE_URL": site,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "CSRF_TRUSTED_ORIGINS": f"{site},http://localhost:{port}",
        "PYTHONUNBUFFERED": "1",
    }
    chosen = {name: os.environ[name] for name in ("DEBUG", "DEMO") if name in os.environ}
    return {**os.environ, **found, **defaults, **chosen}


def _prepare(variables: dict[str, str]) -> None:
    steps = {
        "Migrating …": ("migrate", "--noinput", "--verbosity", "0"),
        "Collecting static files …": ("collectstatic", "--noinput", "--verbosity", "0"),
        "Loading demo data (only into an empty database) …": ("demo",),
    }
    for title, arguments in steps.items():
        say(title)
        if processes.call([PYTHON, "manage.py", *arguments], environment=variables, quiet=True):
            raise Stop(f"`manage.py {arguments[0]}` failed (the reason stands above).")


def _start_parts(variables: dict[str, str], port: int) -> Running:
    binaries = VENV / "bin"
    celery = [str(binaries / "celery"), "--app", "config.celery", "--quiet"]
    web = [str(binaries / "gunicorn"), "config.wsgi", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
    commands = {
        "web": [*web, "--workers", "2", "--threads", "4", "--no-control-socket", "--graceful-timeout", "5"],
        "worker": [*celery, "worker", "--concurrency", "2", "--hostname", _worker(port), "--without-gossip"],
        "beat": [*celery, "beat", "--pidfile=", "--scheduler", "django_celery_beat.schedulers:DatabaseScheduler"],
    }
    private_folder(LOGS)
    for name in commands:
        (LOGS / f"{name}.log").unlink(missing_ok=True)
    # If we die, the broker dies too: the worker must not wait for a task it can no longer acknowledge.
    ends = {"worker": signal.SIGQUIT}
    variables = {**LEAN, **variables}
    return {
        name: processes.start(
            command, log=LOGS / f"{name}.log", environment=variables, end_signal=ends.get(name, signal.SIGTERM)
        )
        for name, command in commands.items()
    }


def _worker(port: int) -> str:
    return f"tizilim-{port}@localhost"


def _wait_until_ready(started: Running, variables: dict[str, str], port: int) -> None:
    say("Starting web, worker and beat …")
    ping = [VENV / "bin/celery", "--app", "config.celery", "inspect", "ping", "--destination", _worker(port)]

    def worker_answers() -> bool:
        _must_live(started)
        return not subprocess.run([*ping, "--timeout", "2"], env=variables, capture_output=True, check=False).returncode

    def web_answers() -> bool:
        _must_live(started)
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    for name, answers in (("web", web_answers), ("worker", worker_answers)):
        if not processes.wait_for(answers, seconds=60, pause=0.2):
            raise Stop(f"{name} does not answer. Its log ends so:\n{tail(LOGS / f'{name}.log')}")


def _must_live(started: Running) -> None:
    for name, process in started.items():
        if process.poll() is not None:
            raise Stop(f"{name} ended with code {process.returncode}. Its log ends so:\n{tail(LOGS / f'{name}.log')}")


def _announce(variables: dict[str, str], port: int) -> None:
    processes.call([PYTHON, "manage.py", "demo", "--logins"], environment=variables)
    say(f"Logs: {LOGS}. Ctrl-C stops everything.")
    say(f"Ready: http://127.0.0.1:{port}")


def _watch(started: Running, make: processes.Make) -> None:
    while not make.was_interrupted():
        _must_live(started)
        time.sleep(0.3)
    raise KeyboardInterrupt


def _stop_parts(started: Running) -> None:
    # The worker finishes its task; what it cannot finish in ten seconds goes back to the broker.
    for process in started.values():
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in started.values():
        processes.stop(process.pid, signal.SIGTERM)
