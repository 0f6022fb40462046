"""From the result act on: what is handed over, what is owed, what is asked, what follows; and each unlawful attempt."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from core.models import Obligation
from core.services import sweep_duties
from core.workflow import StaleVersion, TransitionRefused
from inspections import services
from inspections.models import Inspection
from inspections.services import terms
from inspections.services.cures import ANSWER, REMIND
from inspections.services.results import CURE
from licensing.models import Letter
from licensing.services import print_letter
from tests import factories as make
from tests.inspections import world

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> set[str]:
    return {one.code for one in refused.value.problems}


def owed(row: Inspection) -> dict[str, Obligation]:
    """What is owed after the result: the terms before it are those of test_terms."""
    return {one.code: one for one in Obligation.objects.of(row).exclude(code__in=terms.DUTIES)}


def test_without_breaches_it_is_closed_and_the_frequency_runs_anew() -> None:
    row = world.hand_over(world.make_answered())
    assert (row.state, row.result_number, row.order_number, row.cure_by) == ("closed", "IR-2026-00001", "", None)
    row.subject.refresh_from_db()
    assert (row.closed_at, row.subject.last_ended_on) == (world.START, world.START.date())
    assert not owed(row)
    assert [one.kind for one in Letter.objects.of(row).exclude(kind__startswith="inspection_")] == ["result_act"]


def test_breaches_are_ordered_to_be_cured_each_by_its_day() -> None:
    row, other = world.make_answered(unmet=("R1", "R3")), date(2026, 8, 3)
    row = world.hand_over(row, days={"R3": other})
    assert (row.state, row.order_number, row.cure_by) == ("curing", "IO-2026-00001", date(2026, 8, 19))
    assert dict(row.items.values_list("code", "cure_by")) == {"R1": date(2026, 8, 19), "R2": None, "R3": other}
    duty = owed(row)[CURE]
    assert (duty.debtor, duty.due_on, duty.organisation) == ("organisation", row.cure_by, row.organisation)
    order = Letter.objects.of(row).exclude(kind__startswith="inspection_").get(kind="order_to_cure").data
    assert [(one["code"], one["severity"]["en"]) for one in order["breaches"]] == [
        ("R1", "gross breach"),
        ("R3", "insignificant breach"),
    ]
    assert order["copies"] == 3


@pytest.mark.parametrize(("days", "lawful"), [(9, False), (10, True)])
def test_a_term_to_cure_has_ten_calendar_days(days: int, lawful: bool) -> None:
    row, cure_by = world.make_answered(unmet=("R1",)), world.START.date() + timedelta(days=days)
    if lawful:
        assert world.hand_over(row, cure_by=cure_by).cure_by == cure_by
        return
    with pytest.raises(TransitionRefused) as refused:
        world.hand_over(row, cure_by=cure_by)
    assert codes(refused) == {"B20"}
    assert refused.value.problems[0].params["earliest"] == date(2026, 7, 30)


def test_one_item_under_ten_days_is_refused_though_the_others_are_not() -> None:
    row = world.make_answered(unmet=("R1", "R2"))
    with pytest.raises(TransitionRefused) as refused:
        world.hand_over(row, days={"R2": date(2026, 7, 29), "R3": date(2026, 9, 1)})
    assert codes(refused) == {"B20", "item-no-breach"}


def test_the_result_is_not_handed_over_after_the_last_day() -> None:
    row = world.make_answered()
    assert row.end_on == date(2026, 7, 31)
    with pytest.raises(TransitionRefused) as refused:
        world.hand_over(row, at=world.START + timedelta(days=12))
    assert codes(refused) == {"B19"}
    assert world.hand_over(row, at=world.START + timedelta(days=11)).state == "closed"


def test_all_that_is_missing_is_told_at_once_and_no_number_is_used_up() -> None:
    row = world.make_running()
    actor = world.leader(row)
    services.answer_items(row, [services.Entry("R1", "not_met")], actor=actor, at=world.START)
    with pytest.raises(TransitionRefused) as refused:
        services.hand_result(row, findings=" ", receipt="lost", actor=actor, at=world.START)
    assert codes(refused) == {
        *("receipt-unknown", "instructions", "cure-day", "findings", "item-unanswered", "item-unseen"),
    }
    services.answer_items(row, world.entries(row), actor=actor, at=world.START)
    assert world.hand_over(row).result_number == "IR-2026-00001"


def test_an_answer_given_meanwhile_stops_the_result() -> None:
    row = world.make_answered()
    services.answer_items(row, world.entries(row, ("R2",)), actor=world.leader(row), at=world.START)
    with pytest.raises(StaleVersion):
        world.hand_over(row, version=row.version)


def test_nobody_hands_over_but_the_team_and_who_was_on_site_does_not_judge() -> None:
    row = world.make_answered(unmet=("R1",))
    for stranger in (make.make_user("inspector"), make.make_user("head")):
        with pytest.raises(PermissionDenied):
            world.hand_over(row, actor=stranger)
    row = world.hand_over(row)
    with pytest.raises(PermissionDenied):
        services.accept_cure(row, closing="Good.", actor=world.leader(row), at=world.START)


def test_a_refusal_to_take_the_result_is_recorded_and_stops_nothing() -> None:
    assert world.hand_over(world.make_answered(unmet=("R1",)), receipt="refused").result_receipt == "refused"


def test_a_cure_that_was_reported_is_accepted_and_nothing_is_owed() -> None:
    row = world.make_curing()
    services.note_cure_report(row, at=world.START + timedelta(days=20))
    assert services.cure_reported(row)
    sweep_duties(at=world.CURE_PASSED)
    row.refresh_from_db()
    assert (row.missed, set(owed(row))) == (0, {CURE})
    with pytest.raises(TransitionRefused) as refused:
        services.accept_cure(row, closing=" ", actor=make.make_user("head"), at=world.CURE_PASSED)
    assert codes(refused) == {"closing"}
    row = services.accept_cure(row, closing="Meters run.", actor=make.make_user("head"), at=world.CURE_PASSED)
    assert (row.state, row.closed_at) == ("closed", world.CURE_PASSED)


def test_who_is_silent_is_asked_within_two_working_days_and_each_silence_counts() -> None:
    row = world.make_curing()
    officer = make.make_user("officer")
    with pytest.raises(TransitionRefused) as refused:
        services.send_reminder(row, answer_by=date(2026, 9, 1), actor=officer, at=world.START)
    assert codes(refused) == {"cure-running"}
    sweep_duties(at=world.CURE_PASSED)
    row.refresh_from_db()
    duty = owed(row)[REMIND]
    assert (row.missed, duty.debtor, duty.due_on) == (1, "authority", date(2026, 8, 21))
    with pytest.raises(TransitionRefused) as refused:
        services.send_reminder(row, answer_by=world.CURE_PASSED.date(), actor=officer, at=world.CURE_PASSED)
    assert codes(refused) == {"answer-day"}
    services.send_reminder(row, answer_by=date(2026, 8, 27), actor=officer, at=world.CURE_PASSED)
    assert owed(row)[REMIND].met_at == world.CURE_PASSED
    with pytest.raises(TransitionRefused) as refused:
        services.send_reminder(row, answer_by=date(2026, 8, 28), actor=officer, at=world.CURE_PASSED)
    assert codes(refused) == {"reminded-before"}
    sweep_duties(at=world.ANSWER_PASSED)
    sweep_duties(at=world.ANSWER_PASSED)
    row.refresh_from_db()
    assert (row.missed, owed(row)[ANSWER].overdue_at) == (2, world.ANSWER_PASSED)


def test_after_a_stop_of_weeks_the_request_is_still_owed_by_its_true_day() -> None:
    row = world.make_curing()
    sweep_duties(at=world.START + timedelta(days=60))
    assert owed(row)[REMIND].due_on == date(2026, 8, 21)


def test_a_longer_term_moves_the_day_that_is_owed() -> None:
    row, later = world.make_curing(), date(2026, 9, 30)
    head, at = make.make_user("head"), world.START + timedelta(days=2)
    services.move_cure_day(row, later, reason="FS-2026-00001", actor=head, at=at)
    sweep_duties(at=world.CURE_PASSED)
    row.refresh_from_db()
    open_ = Obligation.objects.of(row).open().get(code=CURE)
    assert (row.cure_by, open_.due_on, row.missed) == (later, later, 0)


def test_nobody_is_uncured_while_the_term_runs() -> None:
    row = world.make_curing()
    with pytest.raises(TransitionRefused) as refused:
        services.find_uncured(
            row, closing="No meters.", actor=make.make_user("head"), at=world.CURE_PASSED - timedelta(days=1)
        )
    assert codes(refused) == {"cure-running"}
    sweep_duties(at=world.CURE_PASSED)
    row = services.find_uncured(row, closing="No meters.", actor=make.make_user("head"), at=world.CURE_PASSED)
    assert (row.state, row.missed) == ("uncured", 1)
    with pytest.raises(TransitionRefused) as refused:
        services.open_follow_up(row, actor=make.make_user("officer"), at=world.CURE_PASSED)
    assert codes(refused) == {"first-failure"}


def test_two_failures_found_a_check_of_the_order_with_its_papers() -> None:
    row = world.make_uncured()
    for letter in Letter.objects.of(row).exclude(kind__startswith="inspection_"):
        print_letter(letter.pk, at=world.ANSWER_PASSED)
    officer = make.make_user("officer")
    made = services.open_follow_up(row, actor=officer, at=world.ANSWER_PASSED)
    assert (made.kind, made.ground, made.failures, made.follows) == ("unscheduled", "2", 2, row)
    assert made.checklist == row.checklist
    assert made.documents().filter(kind="ground").count() == 3
    assert not [one for one in made.start_faults() if one.field in ("subject_matter", "checklist", "period_from")]
    with pytest.raises(TransitionRefused) as refused:
        services.open_follow_up(row, actor=officer, at=world.ANSWER_PASSED)
    assert codes(refused) == {"inspection-open"}


def test_a_suspension_follows_only_an_unscheduled_inspection_and_is_a_measure() -> None:
    planned, officer = world.make_uncured(), make.make_user("officer")
    given: dict[str, Any] = {"months": 2, "text": "Not cured.", "actor": officer, "at": world.ANSWER_PASSED}
    with pytest.raises(TransitionRefused) as refused:
        services.propose_suspension(planned, **given)
    assert codes(refused) == {"suspension-none"}
    row = world.make_uncured(kind="unscheduled")
    measure = services.propose_suspension(row, **given)
    row.refresh_from_db()
    assert (row.measure, measure.state, measure.act) == (measure, "proposed", "suspend")
    assert list(measure.inspections.all()) == [row]
    assert row.object.licence is not None
    assert (measure.reasons, row.object.licence.state) == (["mining-licence.suspension.3"], "in_force")
    with pytest.raises(TransitionRefused) as refused:
        services.propose_suspension(row, **given)
    assert codes(refused) == {"suspension-proposed"}
