"""`python -m bench --n 20000`: seeds two databases (N and N/100), measures in alternation, prints each figure beside
its goal. `make bench N=1000000` starts services of its own for it. Exit code 0 also when a goal is missed: what falls
short is told, and docs/benchmarks.md says why."""

import argparse
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.databases import Databases


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("figures", "stress"), default="figures")
    parser.add_argument("--minutes", type=float, default=10, help="how long the stress lasts")
    parser.add_argument("--clients", type=int, default=12, help="how many act at once in it")
    parser.add_argument("--n", type=int, default=20_000, help="applications in the large database")
    parser.add_argument("--rounds", type=int, default=0, help="times each is measured; by N when not given")
    parser.add_argument("--requests", type=int, default=0, help="requests to the web worker; by N when not given")
    parser.add_argument("--entries", type=int, default=0, help="entries of the register for P9 and P14; N unless given")
    parser.add_argument("--subjects", type=int, default=0, help="subjects of control for P7 and P8; N unless given")
    parser.add_argument("--only", default="", help="codes of figures, as in P1,P6")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        prepare(folder)
        if options.what == "stress":
            from bench.stress import stress

            return stress(options.minutes, options.clients)
        return run(options)


def prepare(folder: str) -> None:
    """Settings as in production: no debugging, second factor asked for, log lines written (to nowhere)."""
    os.environ |= {"DATA_DIR": folder, "DEBUG": "0", "DEMO": "0", "STAFF_SECOND_FACTOR": "1", "EMAIL_URL": ""}
    os.environ["SIGNING_TEST_KEYS"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("SECRET_KEY", "a key that lives as long as the benchmark, and is shared with its web worker")
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from bench import lift_throttles

    django.setup()
    from config.demo.people import AUTHORITIES
    from config.demo.signing import make_test_keys

    lift_throttles()
    settings.ROOT_URLCONF = "bench.urls"
    # The same addresses of static files as in production; that nobody asks for them compressed saves seconds.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(open(os.devnull, "w"))  # noqa: SIM115  (as long as the process)
    call_command("collectstatic", interactive=False, verbosity=0)
    deciding = [code for code, decides, *_names in AUTHORITIES if decides]
    make_test_keys(Path(settings.SIGNING_FOLDER), deciding, at=timezone.now())


def run(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from bench.databases import LARGE, SMALL, Databases
    from bench.seed import seed

    databases = Databases()
    small = max(options.n // 100, min(options.n, 1_000) if options.n >= 20_000 else 200)  # a full page in both
    try:
        databases.make()
        for kind, count in ((SMALL, small), (LARGE, options.n)):
            started = time.perf_counter()
            seed(databases.owner_url(kind), count, today=timezone.localdate())
            print(f"{count:>9,} applications seeded in {time.perf_counter() - started:.0f} s", flush=True)
        missed = measure(databases, options)
    finally:
        databases.drop()
    print(f"{missed} figures fall short of their goal." if missed else "Every goal is met.")
    return 0


def measure(databases: "Databases", options: argparse.Namespace) -> int:
    """Everything, in an order in which nothing measured later is disturbed. Returns how many goals are missed."""
    from bench import acts, archive, imports, memory, pages, papers, plans, proofs, register, risk, screening
    from bench.databases import LARGE, SMALL
    from bench.measure import Figure

    n = options.n
    rounds = options.rounds or (100 if n >= 20_000 else 10)
    requests = options.requests or (10_000 if n >= 1_000_000 else 2_000 if n >= 20_000 else 100)
    cases = {}
    for kind in (SMALL, LARGE):
        databases.use(kind)
        cases[kind] = acts.make_cases(60 if n >= 20_000 else 8)
    readers = pages.Readers(databases)

    def large(part: Callable[[], list[Figure]]) -> list[Figure]:
        databases.use(LARGE)
        return part()

    parts: dict[str, Callable[[], list[Figure]]] = {
        "P1": lambda: pages.against_the_limit(readers, rounds),
        "P2": lambda: pages.query_counts(readers),
        "P3": lambda: pages.growth(readers, rounds),
        "P4": lambda: pages.counts(readers, rounds),
        "P12": lambda: pages.against_the_usual(readers, rounds),
        "P15": lambda: pages.case_file(readers, cases, rounds),
        "P10": lambda: papers.licences(min(200, max(n // 20, 10))),
        "P6": lambda: acts.transitions(rounds),
        "P5": lambda: acts.filing(rounds),
        "P11": lambda: proofs.verification(1 if n >= 500_000 else 3),
        "ZIP": lambda: archive.flat_memory(200 if n >= 20_000 else 20),
        "IN": lambda: imports.imports(
            *((50_000, 200_000) if n >= 20_000 else (300, 600)), rounds=3 if n >= 20_000 else 1
        ),
        "SCR": lambda: screening.screening(
            *((10_000, 100_000) if n >= 100_000 else (1_000, 10_000) if n >= 20_000 else (100, 500)),
            rounds=3 if n >= 20_000 else 1,
        ),
        "P7": lambda: risk.risk(databases.owner_url(LARGE), options.subjects or n, rounds=3 if n < 500_000 else 2),
        "P9": lambda: register.search(readers, options.entries or n, rounds),
        "P14": lambda: register.files(5 if n >= 20_000 else 2),
        "P8": lambda: plans.plans(options.subjects or n, rounds=5 if max(n, options.subjects) >= 20_000 else 1),
        "P13": lambda: memory.memory(readers, cases[LARGE]["heavy"], requests),
    }
    missed = 0
    for code, part in parts.items():
        if options.only and code not in options.only.split(","):
            continue
        for figure in large(part):
            missed += not figure.passed
            print(figure.line(), flush=True)
    return missed


if __name__ == "__main__":
    sys.exit(main())
