"""Fetch the front-end files kept in static/vendor, or check that they are the ones recorded.

    python scripts/vendor.py           maintainers: fetch by npm, write the files and lock.json
    python scripts/vendor.py --check   everybody: compare the files with lock.json (standard library only)

Users never need npm: what is fetched is committed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
LOCK = VENDOR / "lock.json"
SPRITE = ROOT / "static" / "icons.svg"

INTER_SUBSETS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext")  # ₸ is in latin-ext
# package -> (version, licence, {file in the package: file under static/vendor})
PACKAGES: dict[str, tuple[str, str, dict[str, str]]] = {
    "@tabler/core": ("1.6.1", "MIT", {"dist/css/tabler.min.css": "tabler/tabler.min.css"}),
    "htmx.org": (
        "2.0.10",
        "0BSD",
        {"dist/htmx.min.js": "htmx/htmx.min.js", "LICENSE": "htmx/LICENSE"},
    ),
    "@fontsource-variable/inter": (
        "5.3.0",
        "OFL-1.1",
        {f"files/inter-{name}-wght-normal.woff2": f"inter/inter-{name}.woff2" for name in INTER_SUBSETS}
        | {"LICENSE": "inter/LICENSE"},
    ),
    "@tabler/icons": ("3.51.0", "MIT", {"LICENSE": "tabler-icons/LICENSE"}),
}
ICONS = [
    "alert-circle",
    "alert-triangle",
    "arrow-back-up",
    "arrow-left",
    "arrow-right",
    "ban",
    "bell",
    "bolt",
    "book-2",
    "bookmark",
    "books",
    "building",
    "calendar",
    "calendar-due",
    "certificate",
    "chart-bar",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "circle-check",
    "circle-dashed",
    "circle-dot",
    "circle-x",
    "clock",
    "clock-pause",
    "coin",
    "columns",
    "copy",
    "device-desktop",
    "dots",
    "download",
    "edit",
    "external-link",
    "eye",
    "eye-off",
    "file-certificate",
    "file-off",
    "file-text",
    "filter",
    "flag",
    "gavel",
    "hash",
    "help",
    "history",
    "home",
    "hourglass",
    "id",
    "inbox",
    "info-circle",
    "key",
    "keyboard",
    "language",
    "link",
    "list-check",
    "lock",
    "logout",
    "login",
    "mail",
    "mail-opened",
    "map-pin",
    "menu-2",
    "message-question",
    "message-circle",
    "minus",
    "moon",
    "paperclip",
    "pencil",
    "player-pause",
    "plus",
    "printer",
    "progress-check",
    "qrcode",
    "rotate",
    "scale",
    "search",
    "send",
    "server-2",
    "settings",
    "shield-check",
    "stack-2",
    "sun",
    "trash",
    "upload",
    "user",
    "user-check",
    "user-circle",
    "user-plus",
    "users",
    "world",
    "writing",
    "x",
]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check() -> list[str]:
    """What differs between lock.json and the files: one sentence each, empty when all is well."""
    wrong: list[str] = []
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    recorded = {name: entry["sha256"] for package in lock["packages"] for name, entry in package["files"].items()}
    for name, expected in sorted(recorded.items()):
        path = ROOT / name
        if not path.is_file():
            wrong.append(f"{name}: missing")
        elif digest(path) != expected:
            wrong.append(f"{name}: changed since it was fetched")
    for path in sorted(VENDOR.rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if path.is_file() and path != LOCK and name not in recorded:
            wrong.append(f"{name}: not in lock.json")
    return wrong


def without_source_map(data: bytes) -> bytes:
    """Drop the last-line reference to a map that we do not ship: hashed static storage would look for it."""
    return re.sub(rb"\n?(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S+)\s*$", b"\n", data)


def sprite(icons: Path) -> str:
    symbols = []
    for name in ICONS:
        source = (icons / f"{name}.svg").read_text(encoding="utf-8")
        shapes = re.findall(r"<(?:path|circle|rect|line|polyline|ellipse)\b[^>]*/>", source)
        body = "".join(shape for shape in shapes if 'stroke="none"' not in shape)
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>')
    note = "<!-- Tabler Icons 3.51.0, MIT, Paweł Kuna; licence in vendor/tabler-icons. Made by scripts/vendor.py -->"
    return f'<svg xmlns="http://www.w3.org/2000/svg">{note}\n' + "\n".join(symbols) + "\n</svg>\n"


def fetch() -> None:
    with tempfile.TemporaryDirectory() as folder:
        wanted = [f"{name}@{version}" for name, (version, _, _) in PACKAGES.items()]
        subprocess.run(["npm", "init", "-y"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", *wanted], cwd=folder, check=True)
        modules = Path(folder) / "node_modules"
        entries = [take(modules, name) for name in PACKAGES]
    LOCK.write_text(json.dumps({"packages": entries}, indent=2) + "\n", encoding="utf-8")


def take(modules: Path, name: str) -> dict[str, object]:
    version, licence, files = PACKAGES[name]
    written: dict[str, dict[str, str]] = {}
    for source, target in files.items():
        path = VENDOR / target
        path.parent.mkdir(parents=True, exist_ok=True)
        data = (modules / name / source).read_bytes()
        path.write_bytes(without_source_map(data) if path.suffix in {".css", ".js"} else data)
        written[path.relative_to(ROOT).as_posix()] = {"from": source, "sha256": digest(path)}
    if name == "@tabler/core":  # the package carries no licence file, only the header of each file
        path = VENDOR / "tabler" / "LICENSE"
        text = (modules / "@tabler/icons" / "LICENSE").read_text(encoding="utf-8")
        path.write_text(re.sub(r"Copyright \(c\) .*", "Copyright (c) 2018-2026 The Tabler Authors", text), "utf-8")
        written[path.relative_to(ROOT).as_posix()] = {"from": "licence header, MIT text", "sha256": digest(path)}
    if name == "@tabler/icons":
        SPRITE.write_text(sprite(modules / name / "icons" / "outline"), encoding="utf-8")
        written[SPRITE.relative_to(ROOT).as_posix()] = {"from": "icons/outline/*.svg", "sha256": digest(SPRITE)}
    return {"name": name, "version": version, "licence": licence, "files": written}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only compare the files with lock.json")
    if not parser.parse_args().check:
        fetch()
    wrong = check()
    for line in wrong:
        print(line, file=sys.stderr)
    print("static/vendor: " + ("differs from lock.json" if wrong else "as recorded"))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
