"""Child processes that end with us, however we end."""

import ctypes
import os
import pwd
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from devtools.common import IS_ROOT, ROOT, Stop

_LIBC = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1


def die_with_parent(signum: int, parent: int) -> None:
    """Ask Linux to send us `signum` when our parent ends, even by SIGKILL (elsewhere: no effect)."""
    if sys.platform != "linux":
        return
    _LIBC.prctl(_PR_SET_PDEATHSIG, int(signum), 0, 0, 0)
    if os.getppid() != parent:  # it ended before we asked
        os.kill(os.getpid(), signum)


def start(
    command: Sequence[str],
    *,
    log: Path,
    environment: Mapping[str, str] | None = None,
    account: str | None = None,
    end_signal: int | None = signal.SIGTERM,
    cwd: Path = ROOT,
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own, its output in `log`.

    `end_signal` reaches it when this process dies; None lets it live on. `account` is the user it runs as.
    """
    parent = os.getpid()

    def prepare() -> None:  # runs in the child, after the change of user, which would clear the wish
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if end_signal is not None:
            die_with_parent(end_signal, parent)

    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            cwd=cwd,
            env=dict(environment) if environment is not None else None,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=prepare,
            **as_account(account),
        )


def as_account(name: str | None) -> dict[str, object]:
    if name is None:
        return {}
    entry = pwd.getpwnam(name)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def server_account() -> str | None:
    """The user that servers run as: ourselves, or an unprivileged one when we are root."""
    if not IS_ROOT:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            pwd.getpwnam(name)
            return name
    raise Stop("As root, a user `postgres` or `nobody` is needed to run PostgreSQL as; this machine has neither.")


def is_alive(pid: int) -> bool:
    """Whether the process runs (a dead one that nobody has waited for does not)."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    if sys.platform == "linux":
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def stop(pid: int, signum: int, *, seconds: float = 10) -> None:
    """Send `signum`, wait for the end, and kill the whole group when it does not come."""
    with suppress(ProcessLookupError):
        os.kill(pid, signum)
    if wait_for(lambda: not _reap(pid), seconds=seconds):
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    wait_for(lambda: not _reap(pid), seconds=5)


def _reap(pid: int) -> bool:
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    return is_alive(pid)


def wait_for(condition: Callable[[], bool], *, seconds: float, pause: float = 0.05) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


def free_port(wanted: int) -> int:
    """The first free port on loopback from `wanted` on."""
    for port in range(wanted, min(wanted + 200, 65536)):
        if is_free(port):
            return port
    raise Stop(f"No free port from {wanted} on.")


def is_free(port: int) -> bool:
    # Somebody may listen on all addresses or on ours alone: only a bind without reuse and a refused connect tell.
    with socket.socket() as probe:
        probe.settimeout(0.2)
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            return False
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def call(command: Sequence[str | Path], *, environment: Mapping[str, str], quiet: bool = False) -> int:
    """Run a step to its end in the foreground; it dies with us. `quiet` shows its output only when it fails."""
    parent = os.getpid()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        preexec_fn=lambda: die_with_parent(signal.SIGKILL, parent),
        check=False,
    )
    if quiet and done.returncode:
        sys.stderr.write(done.stdout.decode(errors="replace"))
    return done.returncode


class Make:
    """The `make` that called us, if one did: its end and its interruption are ours too.

    A SIGINT sent to make alone (not by Ctrl-C, which reaches both) makes it wait for us without a word. It takes
    its handler away at that moment, which shows in /proc.
    """

    def __init__(self) -> None:
        self.pid = os.getppid() if os.environ.get("MAKELEVEL") and self._name(os.getppid()) == "make" else 0
        if self.pid:
            die_with_parent(signal.SIGTERM, self.pid)
        self._caught = self._catches_interrupt()

    def was_interrupted(self) -> bool:
        return bool(self.pid and self._caught and not self._catches_interrupt())

    def _catches_interrupt(self) -> bool:
        with suppress(OSError):
            for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
                if line.startswith("SigCgt:"):
                    return bool(int(line.split()[1], 16) & 1 << (signal.SIGINT - 1))
        return False

    @staticmethod
    def _name(pid: int) -> str:
        with suppress(OSError):
            return Path(f"/proc/{pid}/comm").read_text().strip().removeprefix("g")
        return ""


def interrupt_on_signals() -> None:
    """Ctrl-C, SIGTERM and a closed terminal all end the command in the same orderly way."""

    def interrupt(signum: int, frame: object) -> None:
        raise KeyboardInterrupt

    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, interrupt)


def ignore_signals() -> None:
    """While everything is being stopped, a second Ctrl-C must not leave half of it running."""
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.SIG_IGN)
