"""`make bench ARGS=stress`: the crowd of tests/security for minutes instead of a burst, on an empty database."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

ROUND = 60.0  # seconds that one crowd lives; then the next, on cases of its own


def stress(minutes: float, clients: int) -> int:
    """Crowd after crowd until the time is over. Exit code 1 at the first that leaves something wrong."""
    from django.conf import settings

    from tests.security import crowd

    settings.STAFF_SECOND_FACTOR = False
    with own_database():
        end, number = time.monotonic() + minutes * 60, 0
        while time.monotonic() < end:
            number += 1
            here = crowd.gather()
            crowd.live(here, clients=clients, until=min(end, time.monotonic() + ROUND), seed=number)
            told = ", ".join(f"{code}: {count}" for code, count in sorted(here.answers.items()))
            print(f"crowd {number}: {sum(here.answers.values())} answers ({told})", flush=True)
            if wrong := crowd.complaints(here):
                print("\n".join(wrong))
                return 1
    print("No error of the server, no state half taken; the data agrees and every event verifies.")
    return 0


@contextmanager
def own_database() -> Iterator[None]:
    """An empty migrated database, for this thread and all that it starts."""
    from django.db import connections

    from bench.databases import LARGE, Databases
    from config import environment

    databases = Databases()
    usual = connections.settings["default"]
    try:
        databases.make()
        connections.settings["default"] = {**usual, **environment.database(databases.application_url(LARGE))}
        yield
    finally:
        connections.settings["default"] = usual
        databases.drop()
