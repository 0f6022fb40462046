"""Asking the worker, at best effort: an act never fails and hardly waits because the broker does not answer."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog
from celery import current_app
from kombu.pools import producers

log = structlog.get_logger(__name__)
#: After a failure this process asks nobody for so many seconds: where the broker is down, one act waits, not each.
QUIET = 3.0
#: A broker on the same network answers in milliseconds; one that hangs is waited for this long.
WRITING = {"socket_connect_timeout": 0.3, "socket_timeout": 0.5, "max_retries": 0}

_held: ContextVar[bool] = ContextVar("publishing_held", default=False)
_quiet_until = 0.0


@contextmanager
def publishing_held() -> Iterator[None]:
    """Ask for nothing while this holds, commits included: for loaders, whose work the sweep finds."""
    token = _held.set(True)
    try:
        yield
    finally:
        _held.reset(token)


def publish(task: str, args: list[Any]) -> bool:
    """Ask the worker now; False when nobody could be asked. What is not heard is found by the next sweep."""
    global _quiet_until
    if _held.get() or time.monotonic() < _quiet_until:
        return False
    try:
        connection = current_app.connection_for_write(
            transport_options={**current_app.conf.broker_transport_options, **WRITING}
        )
        with producers[connection].acquire(block=True, timeout=1) as producer:
            current_app.send_task(task, args=args, producer=producer, retry=False, ignore_result=True)
    except Exception as error:  # whatever the broker does, the act stands
        _quiet_until = time.monotonic() + QUIET
        log.warning("not published", task=task, error=type(error).__name__)
        return False
    return True
