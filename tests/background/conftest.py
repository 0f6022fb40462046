"""A broker and workers of the test's own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from kombu.pools import reset as reset_pools

from core.services import publishing
from tests.background.support import Broker, Worker


@pytest.fixture
def broker(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broker]:
    """A running broker, which this process publishes to and keeps its cache in."""
    own = Broker(tmp_path)
    own.start()
    monkeypatch.setitem(current_app.conf, "broker_url", own.url)
    monkeypatch.setattr(publishing, "_quiet_until", 0.0)
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": own.url}}
    settings.EMAIL_BACKEND = "core.mail.OutboxBackend"
    yield own
    own.stop()
    reset_pools()


@pytest.fixture
def start_worker(broker: Broker, tmp_path: Path) -> Iterator[Callable[[], Worker]]:
    started: list[Worker] = []

    def start() -> Worker:
        started.append(Worker(broker, tmp_path))
        return started[-1]

    yield start
    for worker in started:
        worker.kill()
