"""`make check` and `make fix`: everything that can be judged without running the product."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from devtools import environment, processes, services
from devtools.common import PYTHON, ROOT, VENV, say

Command = list[str]
PRODUCTION = {
    "DEBUG": "0",
    "DEMO": "0",
    "SITE_URL": "https://tizilim.example",
    "ALLOWED_HOSTS": "tizilim.example",
    "CSRF_TRUSTED_ORIGINS": "https://tizilim.example",
    "EMAIL_URL": "smtp://mail.tizilim.example:25",
    "SIGNING_KEYS": ",".join(f"{code}=pkcs12:/etc/tizilim/{code}.p12" for code in ("maidd", "nbk", "afsa")),
}


def check() -> int:
    """Run all steps, two at a time, and name at the end those that failed."""
    processes.interrupt_on_signals()
    processes.Make()
    environment.ensure(environment.PRODUCT, environment.DEVELOPMENT)
    with services.for_tests() as variables, tempfile.TemporaryDirectory() as folder:
        steps = _steps(Path(folder))
        with ThreadPoolExecutor(max_workers=2) as pool:
            passed = pool.map(lambda step: _run(step[0], step[1], {**os.environ, **variables, **step[2]}), steps)
            failed = [step[0] for step, ok in zip(steps, passed, strict=True) if not ok]
        failed += [name for name, judge in OWN_CHECKS.items() if not _judge(name, judge)]
    say(f"\nFailed: {', '.join(failed)}" if failed else "\nAll checks passed.")
    return 1 if failed else 0


def fix() -> int:
    environment.ensure(environment.PRODUCT, environment.DEVELOPMENT)
    steps = [[*_tool("ruff"), "check", "--fix", "--quiet"], [*_tool("ruff"), "format"]]
    return max(processes.call(step, environment=os.environ) for step in steps)


def _steps(folder: Path) -> list[tuple[str, Command, dict[str, str]]]:
    manage = [str(PYTHON), "manage.py"]
    production = {**PRODUCTION, "SECRET_KEY": secrets.token_urlsafe(50)}
    schema = str(folder / "schema.yaml")
    templates = [str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("**/templates")) if _is_ours(path)]
    return [
        ("types (mypy)", [*_tool("mypy")], {}),
        ("lint (ruff)", [*_tool("ruff"), "check"], {}),
        ("format (ruff)", [*_tool("ruff"), "format", "--check"], {}),
        ("imports (import-linter)", [*_tool("lint-imports")], {"PYTHONPATH": str(ROOT)}),
        ("templates (djlint)", [*_tool("djlint"), "--lint", "--quiet", *templates], {}),
        ("migrations", [*manage, "makemigrations", "--check", "--dry-run"], {}),
        ("system checks", [*manage, "check", "--fail-level", "WARNING"], {}),
        ("production settings", [*manage, "check", "--deploy", "--fail-level", "WARNING"], production),
        ("API schema", [*manage, "spectacular", "--validate", "--fail-on-warn", "--file", schema], {}),
        ("generated docs", [*manage, "make_docs", "--check"], {}),
    ]


def _run(name: str, command: Command, variables: dict[str, str]) -> bool:
    start = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    output = "" if done.returncode == 0 else f"\n{(done.stdout + done.stderr).rstrip()}"
    say(f"{_mark(done.returncode == 0)} {name} ({time.monotonic() - start:.1f} s){output}")
    return done.returncode == 0


def _judge(name: str, judge: Callable[[], list[str]]) -> bool:
    faults = judge()
    say("\n".join([f"{_mark(not faults)} {name}", *faults]))
    return not faults


def _mark(ok: bool) -> str:
    return "ok    " if ok else "FAILED"


def _tool(name: str) -> Command:
    return [str(VENV / "bin" / name)]


def _is_ours(path: Path) -> bool:
    return not any(part.startswith(".") for part in path.relative_to(ROOT).parts)


def packages_under_contract() -> list[str]:
    """Every package of ours must be known to import-linter, or its imports go unjudged."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    known = {*settings["root_packages"], "tests", "bench", "scripts"}
    packages = {folder.parent.name for folder in ROOT.glob("*/__init__.py")}
    return [f"{name}: add it to root_packages of import-linter in pyproject.toml" for name in sorted(packages - known)]


def law_stands_alone() -> list[str]:
    """law/ imports the standard library and `holidays` only."""
    import ast

    allowed = {*sys.stdlib_module_names, "holidays", "law"}
    faults = []
    for path in sorted((ROOT / "law").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            faults += [f"{path.relative_to(ROOT)}: imports {name}" for name in names if _top(name) not in allowed]
    return faults


def _top(name: str) -> str:
    return name.partition(".")[0]


OWN_CHECKS = {"packages under contract": packages_under_contract, "law stands alone": law_stands_alone}
