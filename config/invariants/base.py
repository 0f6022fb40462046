"""What every rule of the invariants shares: a fault, and where it is told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet

from core.models import Obligation


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not hold, and where."""

    code: str
    place: str
    detail: str

    def __str__(self) -> str:
        return f"{self.code}: {self.place}: {self.detail}"


Rule = Callable[[date], Iterator[Fault]]


def duties_of(model_label: str) -> "QuerySet[Obligation]":
    return Obligation.objects.filter(subject_type=model_label, subject_id=OuterRef("pk"))


def told(code: str, rows: "QuerySet[Any]", detail: str) -> Iterator[Fault]:
    for reference in rows.values_list("reference", flat=True):
        yield Fault(code, reference, detail)
