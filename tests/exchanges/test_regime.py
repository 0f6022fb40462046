"""The special regime of the National Bank: a contract for a term, and its end on one side after days to cure."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from config.invariants import faults
from core.models import Obligation
from core.workflow import HEAD, OFFICER, TransitionRefused
from licensing import services
from licensing.models import Letter, Licence, Measure
from tests import factories as make

pytestmark = pytest.mark.django_db
REGIME = "nbk-special-regime"
LATER = make.AT + timedelta(hours=6)


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=make.ALMATY)


def test_a_contract_holds_for_its_term() -> None:
    licence = make.make_licence(kind=REGIME)
    assert (licence.number, licence.valid_to) == ("SR-2026-00001", date(2028, 6, 16))
    assert licence.grounds[0]["code"] == "nbk.special_regime.max_term"
    assert not Obligation.objects.of(licence.application).exists()  # no term is known
    printed = Letter.objects.get(application=licence.application, kind="licence")
    assert printed.data["title"] == "contract"
    assert services.print_left_over(at=LATER) >= 3
    assert list(faults(at=LATER)) == []
    assert services.expire_licences(at=at("2028-06-16")) == 0
    assert services.expire_licences(at=at("2028-06-17")) == 1


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"months": 60}, set()),
        ({"months": 61}, {"regime-term"}),
        ({"status": "financial_organisation"}, {"regime-financial"}),
        ({"tells_consumers": False}, {"regime-consumers"}),
    ],
)
def test_what_bars_the_filing_names_its_article(facts: dict[str, Any], expected: set[str]) -> None:
    problems = [one for one in make.make_draft(kind=REGIME, **facts).problems(make.AT.date()) if one.blocks]
    assert {one.code for one in problems} == expected
    assert all(one.provision for one in problems)


@pytest.mark.parametrize(("day", "opens"), [("2025-08-30", False), ("2025-08-31", True)])
def test_filing_begins_with_the_law(day: str, opens: bool) -> None:
    if opens:
        assert make.make_submitted(kind=REGIME, at=at(day)).state == "submitted"
    else:
        with pytest.raises(TransitionRefused):
            make.make_draft(kind=REGIME, at=at(day))


@pytest.fixture
def notified() -> Measure:
    """A notice of the end with sixty working days to cure."""
    licence = make.make_licence(kind=REGIME)
    measure = make.make_measure(licence, act="revoke")
    officer, second = (make.make_user(OFFICER, authority=licence.authority) for _number in range(2))
    measure = services.countersign_measure(measure, actor=second, at=LATER)
    for days in (None, 0, 61):
        with pytest.raises(TransitionRefused) as refused, transaction.atomic():
            services.announce_measure(measure, cure_days=days, actor=officer, at=LATER)
        assert [problem.code for problem in refused.value.problems] == ["cure-too-long"]
    return services.announce_measure(measure, cure_days=60, actor=officer, at=LATER)


def test_a_contract_ends_after_the_days_to_cure(notified: Measure) -> None:
    owed = {row.code: row.due_on for row in Obligation.objects.of(notified).open()}
    assert owed == {"draft-notice": date(2026, 9, 9), "cure-plan": date(2026, 6, 23)}
    head = make.make_user(HEAD, authority=notified.authority)
    with pytest.raises(TransitionRefused), transaction.atomic():
        services.decide_measure(notified, actor=head, confirmation="It applies.", at=at("2026-09-09"))
    services.decide_measure(notified, actor=head, confirmation="It applies.", at=at("2026-09-10"))
    assert Licence.objects.get(pk=notified.licence_id).state == "revoked"
    assert {one.code for one in faults(at=at("2026-09-10"))} == {"letter-unprinted"}


def test_a_plan_meets_the_duty_to_file_one(notified: Measure) -> None:
    party = notified.licence.application.created_by
    services.answer_measure(notified, position="The plan.", actor=party, at=LATER)
    assert not Obligation.objects.of(notified).open().exists()
