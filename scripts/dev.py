#!/usr/bin/env python3
"""What the Makefile calls: `python3 scripts/dev.py run|test|check|fix|services|bench|lock`. Standard library only."""

import argparse
import os
import shlex
import sys

from devtools import checks, environment, running, services, testing
from devtools.common import Stop, say


def main() -> int:
    # Dozens of our own programs start, and each would compile two thousand modules anew: four seconds a start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    options = _parser().parse_args()
    try:
        return int(COMMANDS[options.command](options) or 0)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="the product with demo data, until Ctrl-C")
    run.add_argument("--port", type=int, default=8000, help="where to listen; the next free one when busy")
    test = commands.add_parser("test", help="all tests, with services of their own")
    words = os.environ.get("ARGS", "")
    test.add_argument("--args", default=words, help='passed on to pytest, as in --args "tests/law -k bin"; or ARGS=…')
    commands.add_parser("check", help="lint, types, imports, migrations, settings, API schema, docs")
    commands.add_parser("fix", help="what lint and format can mend by themselves")
    serve = commands.add_parser("services", help="PostgreSQL and Redis only; writes .data/env")
    serve.add_argument("--stop", action="store_true", help="end those that an earlier call left running")
    bench = commands.add_parser("bench", help="benchmarks against the limit")
    bench.add_argument("--n", type=int, default=100_000, help="rows")
    bench.add_argument("--args", default=words, help="passed on to the benchmarks; or ARGS=…")
    lock = commands.add_parser("lock", help="compile requirements*.in with hashes")
    lock.add_argument("--upgrade", action="store_true", help="take the newest versions allowed")
    return parser


def serve(options: argparse.Namespace) -> None:
    if options.stop:
        if running.is_running():
            raise Stop(f"They serve `make run` ({running.is_running()}), which stops them when it ends.")
        services.stop_all()
        return
    environment.ensure(environment.PRODUCT)
    services.publish(services.provide(attached=False).variables)
    say("Written: .data/env (load it with `. .data/env`). End the services with `make services STOP=1`.")


COMMANDS = {
    "run": lambda options: running.run(options.port),
    "test": lambda options: testing.test(shlex.split(options.args)),
    "check": lambda options: checks.check(),
    "fix": lambda options: checks.fix(),
    "services": serve,
    "bench": lambda options: testing.bench(options.n, shlex.split(options.args)),
    "lock": lambda options: environment.compile_locks(upgrade=options.upgrade),
}

if __name__ == "__main__":
    sys.exit(main())
