"""Two threads file the same report, or correct it at once: one counts."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from core.workflow import StaleVersion, TransitionRefused
from exchanges import services
from exchanges.models import SaleReport, SaleRow
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Any) -> list[Any]:
    """Each act in a thread of its own, at once; what it returned or raised."""
    gate = Barrier(len(acts))

    def run(act: Any) -> Any:
        try:
            gate.wait()
            return act()
        except (TransitionRefused, StaleVersion) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_the_same_report_in_parallel_counts_once() -> None:
    make.make_system_user()
    miner = make.make_miner()
    line = make.sale_line("2026-01-10")
    found = together(*(lambda: make.make_sale_report(miner, line) for _thread in range(4)))
    assert len({row.pk for row in found}) == 1
    assert (SaleReport.objects.count(), SaleRow.objects.count()) == (1, 1)


def test_of_two_corrections_of_one_edition_one_is_taken() -> None:
    make.make_system_user()
    miner, officer = make.make_miner(), make.make_user("officer")
    report = make.make_sale_report(miner, make.sale_line("2026-01-10"))

    def corrected(amount: str) -> SaleReport:
        rows = [make.sale_line("2026-01-10", amount)]
        given: dict[str, Any] = {
            "reason": "A slip.",
            "paper": make.PAPER,
            "actor": officer,
            "at": make.AT,
            "version": 1,
        }
        return services.correct_sale_report(report, rows=rows, **given)

    found = together(lambda: corrected("1"), lambda: corrected("2"))
    assert sorted(type(one).__name__ for one in found) == ["SaleReport", "StaleVersion"]
    assert SaleReport.objects.current().get().edition == 2
