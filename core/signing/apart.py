"""Running what opens an event loop of its own, from whatever thread."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

R = TypeVar("R")


def apart(work: Callable[[], R]) -> R:
    """The result of the work; in a thread that is inside an event loop already it is done beside it.

    The work touches no database: a thread has its own connection.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return work()
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()
