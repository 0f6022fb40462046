"""Long work that may be run twice, beside another worker, and again after a kill.

One process at a time holds a lock in the database, which goes when its connection goes. What fails is tried again by
the sweep that finds unfinished rows, and given up after some tries; a process that was killed counts as a try.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any, TypeVar

import structlog
from django.db import DatabaseError, connection
from django.db.models import QuerySet

log = structlog.get_logger(__name__)
Done = TypeVar("Done")


class GivenUp(Exception):
    """Raised by work that can never be done; its text is stored as the error."""


@contextmanager
def alone_with(lock: int, pk: int = 0) -> Iterator[bool]:
    """Whether this process alone works on the row, as long as it is in here. `lock`: the class of the work."""
    keys = [lock, pk % 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", keys)
        (mine,) = cursor.fetchone()
    try:
        yield mine
    finally:
        if mine:
            with suppress(DatabaseError), connection.cursor() as cursor:  # a lost connection has let go already
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", keys)


def tried(
    unfinished: QuerySet[Any, Any],
    pk: int,
    work: Callable[[Any], Done],
    *,
    lock: int,
    attempts: int,
    at: datetime,
    lost: dict[str, Any],
) -> Done | None:
    """What the work returns for the row; None where it is finished, in other hands, or not to be done now.

    The rows have `attempts`, `started_at`, `progress`, `failed_at`, `error`; `lost` is written beside the last two.
    """

    def give_up(error: str) -> None:
        unfinished.filter(pk=pk).update(failed_at=at, error=error[:60], **lost)

    with alone_with(lock, pk) as alone:
        row = unfinished.filter(pk=pk).first() if alone else None
        if row is None:
            return None
        if row.attempts >= attempts:
            give_up(row.error or "Killed")
            return None
        row.attempts, row.started_at, row.progress = row.attempts + 1, at, 0
        row.save(update_fields=["attempts", "started_at", "progress"])
        try:
            return work(row)
        except GivenUp as reason:
            give_up(str(reason))
            return None
        except Exception as error:  # whatever it is, the work is safe to run again; the sweep does
            log.error("work failed", kind=row._meta.label_lower, row=pk, error=type(error).__name__, exc_info=True)
            if row.attempts >= attempts:
                give_up(type(error).__name__)
            return None
