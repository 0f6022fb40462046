"""P13: one web worker, started as `make run` starts it, after many mixed requests."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.databases import LARGE, Databases
from bench.measure import Figure
from bench.pages import LIST, QUEUE, TABS, Readers

LEAN = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "65536"}  # as scripts/devtools/running.py sets it
WARM = 0.1  # share of the requests after which the first size is taken


def memory(readers: Readers, case: str, requests: int) -> list[Figure]:
    """P13: MiB of the worker after `requests`, and how much it grew since the first tenth of them."""
    addresses = [QUEUE, LIST, "/register/", "/", "/work/", "/law/", "/licences/", "/api/v1/register/?q=star"]
    addresses += [f"/cases/{case}/?tab={tab}" for tab in TABS]
    addresses += [f"/register/?q=star+{number}" for number in range(5)] + ["/search/?q=Steppe+17", "/inbox/"]
    with worker(readers.databases) as (port, pid):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        first = 0.0
        for number in range(requests):
            ask(connection, readers, addresses[number % len(addresses)])
            if number == int(requests * WARM):
                first = resident(pid)
        last = resident(pid)
        connection.close()
    note = f"{requests:,} requests" + ("" if requests >= 10_000 else " (the goal says 10,000)")
    return [
        Figure("P13", "MiB of a web worker after mixed requests", last, 130, note),
        Figure(
            "P13",
            f"its size / that after {int(requests * WARM):,} requests",
            last / first,
            1.05,
            f"{first:.0f} MiB then",
        ),
    ]


def ask(connection: http.client.HTTPConnection, readers: Readers, address: str) -> None:
    connection.request("GET", address, headers={**readers.reader(address, LARGE).headers, "Host": "127.0.0.1"})
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        log = Path(os.environ["DATA_DIR"], "worker.log").read_text()
        raise AssertionError(f"{address}: {answer.status}, {len(content)} bytes\n{log[-3000:]}")


@contextmanager
def worker(databases: Databases) -> Iterator[tuple[int, int]]:
    """(port, process id of the worker) of gunicorn with one worker on the large database."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "bench.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    command += ["--worker-class", "gthread", "--threads", "4", "--no-control-socket"]
    environment = {**LEAN, **os.environ, "DATABASE_URL": databases.application_url(LARGE)}
    root = Path(__file__).resolve().parent.parent
    log = Path(os.environ["DATA_DIR"]) / "worker.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=root, env=environment, stdout=output, stderr=output) as master,
    ):
        try:
            wait_until_open(port, master, log)
            yield port, int(Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text().split()[0])
        finally:
            master.send_signal(signal.SIGTERM)
            master.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_open(port: int, master: "subprocess.Popen[bytes]", log: Path) -> None:
    for _attempt in range(600):
        if master.poll() is not None:
            break
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.request("GET", "/health/live")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise AssertionError(f"the web worker does not answer:\n{log.read_text()[-3000:]}")


def resident(pid: int) -> float:
    """MiB of a process in memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024
