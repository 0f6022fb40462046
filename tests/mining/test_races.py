"""The same report, or the same machine, from two sides at the same moment: real threads, real connections."""

from collections import Counter
from decimal import Decimal
from functools import partial

import pytest

from core.models import Event
from core.workflow import TransitionRefused
from mining.models import Distribution, Machine, PoolReport
from mining.services import enter_machines
from tests import factories as make
from tests.licensing.test_races import at_once, won
from tests.mining import world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.stress]


def test_the_same_report_posted_by_many_at_once_counts_once() -> None:
    user, licence = world.pool(), world.miner()
    make.make_authority()
    rows = [world.line(licence, f"2026-08-{day:02d}") for day in range(1, 29)]
    done = at_once([partial(world.distributed, user, rows)] * 6)
    assert len({file.made for file in won(done)}) == 1
    assert len(won(done)) == 6
    assert (PoolReport.objects.count(), Distribution.objects.count()) == (1, 28)
    assert Event.objects.filter(verb="poolreport.file").count() == 1


def test_corrections_posted_at_once_leave_the_highest_standing() -> None:
    user, licence = world.pool(), world.miner()
    acts = [
        partial(world.distributed, user, [world.line(licence, amount=f"0.{number}")], revision=number)
        for number in (3, 1, 5, 2, 4)
    ]
    assert len(won(at_once(acts))) == 5
    assert [report.revision for report in PoolReport.objects.standing()] == [5]
    assert sum(line.amount for line in Distribution.objects.counted()) == Decimal("0.5")


def test_two_owners_who_enter_the_same_machine_at_once() -> None:
    owners = [make.make_applicant() for _number in range(4)]
    authority = make.make_authority()
    world.data_centre()
    acts = [
        partial(enter_machines, world.own(user), [world.machine_row()], authority=authority, actor=user, at=make.AT)
        for user in owners
    ]
    results = at_once(acts)
    assert Counter(isinstance(one, TransitionRefused) for one in results) == {False: 1, True: 3}
    assert {one.problems[0].code for one in results if isinstance(one, TransitionRefused)} == {"machine-of-another"}
    assert Machine.objects.count() == 1
