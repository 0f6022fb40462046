"""`make test` and `make bench`: the tests and benchmarks with services of their own."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from devtools import environment, processes, services
from devtools.common import IN_CI, IS_ROOT, PYTHON, VENV, Stop, say

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
USUAL_BROWSERS = ("/usr/lib/chromium/chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def test(arguments: Sequence[str]) -> int:
    """Run pytest. Returns its exit code, so "no test ran" is a failure too."""
    processes.interrupt_on_signals()
    processes.Make()
    environment.ensure(environment.PRODUCT, environment.DEVELOPMENT)
    browser = find_browser()
    with services.for_tests() as variables:
        command = [PYTHON, "-m", "pytest", *_spread(arguments), *arguments]
        return processes.call(command, environment={**os.environ, **variables, **browser})


def bench(rows: int, arguments: Sequence[str]) -> int:
    processes.interrupt_on_signals()
    processes.Make()
    environment.ensure(environment.PRODUCT, environment.DEVELOPMENT)
    with services.for_tests() as variables:
        command = [PYTHON, "-m", "bench", "--n", str(rows), *arguments]
        return processes.call(command, environment={**os.environ, **variables})


def find_browser() -> dict[str, str]:
    """CHROMIUM=/path for the journeys: one that is installed, else Debian's. Without one they are skipped, loudly."""
    if (missing := _missing_packages()) and IS_ROOT and shutil.which("apt-get"):
        _install(missing)
    if not shutil.which("softhsm2-util"):
        _warn("NO SOFTHSM2: keys on a device are not tested (Debian: apt-get install softhsm2).")
    if path := _installed_browser():
        return {"CHROMIUM": path}
    message = "NO CHROMIUM: the browser journeys cannot run. Install it (Debian: apt-get install chromium)."
    if IN_CI:
        raise Stop(message)
    _warn(message)
    return {}


def _warn(message: str) -> None:
    say(f"\n{'!' * 100}\n!!! {message} SKIPPED.\n{'!' * 100}\n")


def _spread(arguments: Sequence[str]) -> list[str]:
    """On all cores, unless the caller says otherwise or debugs."""
    if any(word.startswith("-n") or word in {"--pdb", "--trace", "-p"} for word in arguments):
        return []
    return ["-n", str(os.cpu_count() or 1), "--dist", "loadgroup"]


def _installed_browser() -> str | None:
    named = [os.environ.get("CHROMIUM", ""), *(shutil.which(name) or "" for name in BROWSERS), *USUAL_BROWSERS]
    return next((path for path in named if path and Path(path).exists() and _starts(path)), None)


def _starts(path: str) -> bool:
    # Some systems put a stub there that only tells how to install the real one.
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _missing_packages() -> list[str]:
    """Debian packages that the tests need and this machine lacks: the browser, what drives it, what the guide calls, a
    device that holds keys."""
    needs = {
        "chromium": _installed_browser() is not None,
        "libatomic1": all(
            _starts(str(node)) for node in VENV.glob("lib/python3*/site-packages/playwright/driver/node")
        ),
        "curl": shutil.which("curl") is not None,
        "softhsm2": shutil.which("softhsm2-util") is not None,
    }
    return [package for package, there in needs.items() if not there]


def _install(packages: list[str]) -> None:
    say(f"Installing {', '.join(packages)} from Debian for the tests …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "-qq", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-qq"], install):
        if processes.call(command, environment=quiet, quiet=True):
            return
