"""The same act on a clarification by two people at the same moment."""

from functools import partial

import pytest

from core.models import Event
from core.services import verify_events
from licensing import services
from licensing.models import Clarification, NumberCounter
from tests import factories as make
from tests.licensing.test_races import at_once, won

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.stress]


def test_two_heads_sign_at_once_and_one_number_is_given() -> None:
    heads = [make.make_user("head") for _number in range(3)]
    for turn in range(1, 11):
        row = make.make_drafted()
        results = at_once([partial(services.sign_clarification, row, actor=head, at=make.AT) for head in heads])
        assert len(won(results)) == 1
        assert NumberCounter.objects.get(series="CL-MAIDD-2026").last == turn
    numbers = sorted(Clarification.objects.values_list("number", flat=True))
    assert numbers == [f"CL-MAIDD-2026-{n:05d}" for n in range(1, 11)]
    assert Event.objects.filter(verb="clarification.sign").count() == 10
    assert not list(verify_events())


def test_different_ones_signed_at_once_leave_no_gap() -> None:
    heads = [make.make_user("head") for _number in range(4)]
    rows = [make.make_drafted() for _head in heads]
    pairs = list(zip(rows, heads, strict=True))
    results = at_once([partial(services.sign_clarification, row, actor=head, at=make.AT) for row, head in pairs])
    assert sorted(one.number[-1] for one in won(results)) == ["1", "2", "3", "4"]


def test_signed_or_taken_back_but_not_both() -> None:
    head = make.make_user("head")
    for _turn in range(5):
        asker = make.make_applicant()
        row = make.make_drafted(make.make_asked(actor=asker))
        results = at_once(
            [
                partial(services.sign_clarification, row, actor=head, at=make.AT),
                partial(services.recall_clarification, row, actor=asker, at=make.AT),
            ]
        )
        assert len(won(results)) == 1
    signed = Clarification.objects.signed().count()
    assert not signed or NumberCounter.objects.get(series="CL-MAIDD-2026").last == signed


def test_superseded_and_withdrawn_at_once() -> None:
    """Both lock the older one first: one of them comes second, and hears why."""
    head, second = make.make_user("head"), make.make_user("head")
    for _turn in range(5):
        old = make.make_published()
        draft = make.make_drafted(replaces=old)
        results = at_once(
            [
                partial(services.sign_clarification, draft, actor=head, at=make.AT),
                partial(services.withdraw_clarification, old, reason="Wrong.", actor=second, at=make.AT),
            ]
        )
        assert len(won(results)) == 1
