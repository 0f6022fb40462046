"""Times in alternation, queries, and lines that set each figure beside its goal."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.test.utils import CaptureQueriesContext

BOUNDS = ("BEGIN", "COMMIT", "ROLLBACK")  # of the one transaction of a request; savepoints are counted


def alternate(runs: Mapping[str, Callable[[int], Any]], rounds: int, *, warm: int = 3) -> dict[str, float]:
    """The median seconds of each, called in turn: the first, the second …, the first again.

    A run gets the number of its round and may give back seconds that it took by itself (what it prepared not counted).
    """
    for number in range(warm):
        for run in runs.values():
            run(-1 - number)
    times: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(rounds):
        for name, run in runs.items():
            started = time.perf_counter()
            own = run(number)
            times[name].append(own if isinstance(own, float) else time.perf_counter() - started)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def timed(act: Callable[[], Any]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def queries(act: Callable[[], Any]) -> int:
    """How many statements an act sends, the bounds of its transaction left out."""
    return len(statements(act))


def statements(act: Callable[[], Any]) -> list[str]:
    with CaptureQueriesContext(connections["default"]) as seen:
        act()
    return [query["sql"] for query in seen.captured_queries if not query["sql"].startswith(BOUNDS)]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number beside its goal. `above`: the goal is a floor, not a ceiling."""

    code: str
    what: str
    value: float
    goal: float
    note: str = ""
    above: bool = False

    @property
    def passed(self) -> bool:
        return self.value >= self.goal if self.above else self.value <= self.goal

    def line(self) -> str:
        sign, verdict = ("≥" if self.above else "≤"), ("pass" if self.passed else "SHORT")
        figures = f"{self.value:>9.2f}  {sign} {self.goal:<5g} {verdict:<6}"
        return f"{self.code:<4} {self.what:<58} {figures} {self.note}".rstrip()


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"
