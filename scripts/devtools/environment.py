"""The virtual environment: made and filled by uv from locked files, every one with hashes."""

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from devtools.common import DATA, PYTHON, ROOT, VENV, Stop, private_folder, say

PRODUCT = "requirements.txt"
EMBEDDED = "requirements-embedded.txt"
DEVELOPMENT = "requirements-dev.txt"
LOCKS = (("requirements.in", PRODUCT), ("requirements-embedded.in", EMBEDDED), ("requirements-dev.in", DEVELOPMENT))


def ensure(*locks: str) -> None:
    """Have .venv hold what these locked files name; quick when nothing changed."""
    if not _works(PYTHON):
        say("Making .venv …")
        shutil.rmtree(VENV, ignore_errors=True)
        _uv("venv", "--quiet", "--python", sys.executable, str(VENV))
    stamps = {lock: VENV / f".{lock}.{_digest(ROOT / lock)}" for lock in locks}
    missing = [lock for lock, stamp in stamps.items() if not stamp.exists()]
    if not missing:
        return
    say(f"Installing {', '.join(missing)} …")
    wanted = [part for lock in missing for part in ("--requirement", str(ROOT / lock))]
    _install(wanted)
    for lock in missing:
        for stale in VENV.glob(f".{lock}.*"):
            stale.unlink()
        stamps[lock].touch()


def compile_locks(*, upgrade: bool) -> None:
    """`make lock`: requirements*.in → requirements*.txt, for every platform, with hashes, naming no package index."""
    for source, target in LOCKS:
        _uv(
            *("pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
            *("--generate-hashes", "--no-emit-index-url", "--custom-compile-command", "make lock"),
            *(("--upgrade",) if upgrade else ()),
            *(source, "--output-file", target),
        )
        say(f"{source} → {target}")


def _works(python: Path) -> bool:
    # A folder that was copied or whose Python went away keeps its files and loses its interpreter.
    command = [str(python), "-c", "import sys; print(sys.prefix, sys.version_info >= (3, 11))"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer == [str(VENV), "True"]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _install(wanted: list[str]) -> None:
    """By uv; where a network lets uv not through, with the system's certificates, and last by pip as it is set up."""
    target = ["install", "--quiet", "--require-hashes", *wanted]
    uv = [str(_uv_binary()), "pip", *target, "--python", str(PYTHON)]
    pip = [sys.executable, "-m", "pip", "--python", str(PYTHON), *target, "--disable-pip-version-check"]
    said = []
    for command in (uv, [uv[0], "--system-certs", *uv[1:]], pip):
        done = subprocess.run(command, cwd=ROOT, env=_clean(), capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
        said.append(done.stderr.strip())
    raise Stop("The packages could not be installed:\n" + "\n\n".join(said))


def _uv(*arguments: str) -> None:
    # Settings of this machine must not change what is locked.
    done = subprocess.run([str(_uv_binary()), "--no-config", *arguments], cwd=ROOT, env=_clean(), check=False)
    if done.returncode:
        raise Stop(f"uv {arguments[0]} failed with code {done.returncode} (the reason stands above).")


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}


def _uv_binary() -> Path:
    """uv of the locked version: the one in .venv, else fetched by pip into .data/tools.

    `pip install --target` also works where pip refuses to install for the system and where venv lacks pip.
    """
    for folder in (VENV / "bin", DATA / "tools" / platform.machine() / "bin"):
        if (folder / "uv").exists():
            return folder / "uv"
    target = private_folder(DATA / "tools") / platform.machine()
    say("Fetching uv …")
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "uv.txt"
        wanted.write_text(_locked("uv"))
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
        command += ["--disable-pip-version-check", "--no-warn-script-location", "--root-user-action=ignore"]
        done = subprocess.run([*command, "--target", str(target), "-r", str(wanted)], check=False)
    if done.returncode:
        raise Stop("pip could not fetch uv. Tizilim needs python3 with pip, and a package index it can reach.")
    return target / "bin" / "uv"


def _locked(package: str) -> str:
    found = re.search(rf"^{package}==.*?(?=^\S|\Z)", (ROOT / DEVELOPMENT).read_text(), re.MULTILINE | re.DOTALL)
    if found is None:
        raise Stop(f"{DEVELOPMENT} does not name {package}.")
    return "".join(line for line in found[0].splitlines(keepends=True) if not line.lstrip().startswith("#"))
