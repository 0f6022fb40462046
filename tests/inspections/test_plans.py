"""Plans after they were formed: their days, their publication, versions, moves, drafts; and what is missed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils.timezone import localdate

from core.models import Event, Obligation
from core.services import sweep_duties
from core.workflow import TransitionRefused
from inspections.models import ControlPlan, Inspection, PlanEntry
from inspections.services import plan_rows, plan_terms, plans
from inspections.services.planning.forming import form_again, why_not
from law.calendar import next_working_day
from law.inspections import blockers_at
from law.inspections.schedules import plan_due
from tests import factories as make
from tests.inspections import world
from tests.inspections.planning import FORMED, form, make_plan, make_population

pytestmark = pytest.mark.django_db


def on(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 10, 0, tzinfo=make.ALMATY)


def codes(refused: Any) -> list[str]:
    return [one.code for one in refused.value.problems]


def test_days_are_owed_formed_and_published_in_time() -> None:
    """25 December 2026 is a Friday: the last working day before it is the 24th, and all of it happens before."""
    make.make_system_user(), world.make_inspector()
    run = make_population(4)
    assert plan_terms.sweep_plans(at=on(11, 20)) == 1
    owed = Obligation.objects.get(part="schedule-2027")
    assert (owed.due_on, owed.debtor, owed.ground["code"]) == (date(2026, 12, 24), "authority", "EK-SCHED-PUB")
    assert owed.arithmetic
    assert plan_terms.sweep_plans(at=on(11, 20)) == 0
    assert plan_terms.sweep_plans(at=on(12, 7)) == 1
    plan = ControlPlan.objects.get()
    assert (plan.state, plan.mode, plan.risk_run, plan.formed_by.is_system) == ("formed", "automated", run, True)
    assert plan_terms.sweep_plans(at=on(12, 7)) == 0
    assert plan_terms.sweep_plans(at=on(12, 22)) >= 1  # and the drafts whose notice is due soon
    plan.refresh_from_db()
    owed.refresh_from_db()
    assert plan.state == "published"
    assert owed.met_at == plan.published_at == on(12, 22)
    plan_terms.sweep_plans(at=on(12, 23))
    assert ControlPlan.objects.count() == 1


def test_beat_stopped_from_december_to_january() -> None:
    """What the law's day has passed is reported as missed; nothing is formed, published or dated backwards."""
    make.make_system_user(), world.make_inspector(), make_population(4)
    plan_terms.sweep_plans(at=on(11, 30))
    stopped = on(1, 4, 2027)
    assert plan_terms.sweep_plans(at=stopped) == 1  # the schedule of 2028 is owed in this year
    assert not ControlPlan.objects.exists()
    sweep_duties(at=stopped)
    owed = Obligation.objects.get(part="schedule-2027")
    assert (owed.overdue_at, owed.met_at, owed.due_on) == (stopped, None, date(2026, 12, 24))
    assert owed.authority is not None
    told = Event.objects.of(owed.authority).get(verb="obligation.overdue", data__part="schedule-2027")
    assert told.data["due"] == "2026-12-24"
    assert (plan_terms.sweep_plans(at=stopped), sweep_duties(at=stopped)) == (0, 0)


def test_a_formed_plan_is_still_published_in_time_after_a_stop() -> None:
    make.make_system_user(), world.make_inspector()
    plan = form(make_population(4))
    plan_terms.sweep_plans(at=on(12, 24))
    plan.refresh_from_db()
    assert plan.state == "published"


def test_a_formed_plan_that_was_forgotten_is_not_published_late() -> None:
    make.make_system_user()
    plan = make_plan(4)
    plan_terms.sweep_plans(at=on(1, 4, 2027))
    plan.refresh_from_db()
    assert plan.state == "formed"
    with pytest.raises(TransitionRefused) as refused:
        plans.publish_plan(plan, actor=make.make_user("head"), at=on(12, 25))
    assert codes(refused) == ["plan-late"]


def test_what_a_person_formed_the_program_leaves_alone() -> None:
    make.make_system_user(), world.make_inspector()
    plan = form(make_population(40), mode="paper")
    plan_terms.sweep_plans(at=on(12, 23))
    plan.refresh_from_db()
    assert (plan.state, ControlPlan.objects.count()) == ("formed", 1)
    with pytest.raises(TransitionRefused) as refused:
        plans.publish_plan(plan, actor=make.make_user("head"), at=on(12, 23))
    assert codes(refused) == ["plan-unapproved"]


def test_a_list_goes_to_legal_statistics_before_it_is_published() -> None:
    """Of 2024, the last year whose first half had lists."""
    head, at = make.make_user("head"), on(12, 5, 2023)
    world.make_inspector(from_on=date(2023, 1, 1))
    run = make_population(60, entered_at=on(6, 1, 2023))
    plan_terms.owe_plan(plan_terms.Wanted(run.authority, "list_1", 2024, plan_due("list_1", 2024, "paper")), at=at)
    plan = form(run, plan="list_1", year=2024, mode="paper", at=at)
    assert set(plan.candidates.values_list("outcome", flat=True)) == {"desk", "low"}
    plan = plans.approve_plan(plan, actor=head, at=at)
    with pytest.raises(TransitionRefused) as refused:
        plans.publish_plan(plan, actor=head, at=at)
    assert codes(refused) == ["plan-unsent"]
    with pytest.raises(TransitionRefused, match="plan-sent"):
        plans.send_plan(plan, sent_on=date(2023, 12, 6), actor=head, at=at)
    plan = plans.send_plan(plan, sent_on=date(2023, 12, 5), actor=head, at=at)
    assert plans.publish_plan(plan, actor=head, at=at).state == "published"
    assert set(Obligation.objects.values_list("code", "met_at")) == {("plan-send", at), ("plan-publish", at)}


def test_a_later_version_takes_out_and_moves_and_replaces() -> None:
    head, officer = make.make_user("head"), make.make_user("officer")
    plan = plans.publish_plan(make_plan(5), actor=head, at=FORMED)
    with pytest.raises(TransitionRefused, match="plan-closed"):
        plan_rows.take_out(plan.entries.all()[0], reason="Gone.", actor=officer, at=FORMED)
    later = plans.open_version(plan, reason="One has merged.", actor=officer, at=FORMED)
    assert plan_rows.digest_of_plan(later) == plan.digest
    with pytest.raises(TransitionRefused, match="plan-version-there"):
        plans.open_version(plan, reason="Again.", actor=officer, at=FORMED)
    gone = later.entries.order_by("place").first()
    assert gone is not None
    later = plan_rows.take_out(gone, reason="Merged.", actor=officer, at=FORMED)
    assert (later.chosen, later.digest) == (4, plan_rows.digest_of_plan(later))
    published = plans.publish_plan(later, actor=head, at=on(2, 1, 2027))  # a later version has no day
    plan.refresh_from_db()
    assert (plan.state, published.state, published.number) == ("replaced", "published", 2)
    old = plan.entries.get(subject=gone.subject)
    assert not old.is_listed
    assert plan.entries.exclude(pk=old.pk)[0].is_listed
    assert why_not(published, gone.subject)[0] == "out"
    assert form_again(plan) == plan.digest


def test_nobody_is_taken_out_of_what_the_automated_system_chose() -> None:
    plan = make_plan(3)
    with pytest.raises(TransitionRefused, match="plan-automated"):
        plan_rows.take_out(plan.entries.all()[0], reason="A friend.", actor=make.make_user("officer"), at=FORMED)


def test_a_move_is_refused_with_all_that_it_would_break() -> None:
    officer, plan = make.make_user("officer"), make_plan(8)
    rows: list[Any] = list(plan.entries.order_by("start_on"))
    first, busy = rows[0], next(row for row in rows[1:] if row.lead != rows[0].lead or row.start_on != rows[0].start_on)
    with pytest.raises(TransitionRefused) as refused:
        plan_rows.move_entry(first, start_on=date(2027, 1, 2), lead=first.lead, actor=officer, at=FORMED)
    assert codes(refused) == ["move-day"]
    with pytest.raises(TransitionRefused) as refused:
        plan_rows.move_entry(first, start_on=busy.start_on, lead=busy.lead, actor=officer, at=FORMED)
    assert "move-busy" in codes(refused)
    with pytest.raises(TransitionRefused) as refused:
        plan_rows.move_entry(first, start_on=busy.start_on, lead=make.make_user("inspector"), actor=officer, at=FORMED)
    assert codes(refused) == ["move-lead"]
    late = next_working_day(date(2027, 12, 20))
    with pytest.raises(TransitionRefused) as refused:
        plan_rows.move_entry(first, start_on=late, lead=first.lead, actor=officer, at=FORMED)
    assert "move-late" in codes(refused)


def test_a_move_within_the_law_is_done_and_told() -> None:
    officer, plan = make.make_user("officer"), make_plan(1)
    row, before = plan.entries.get(), plan.digest
    assert row.lead is not None
    moved = plan_rows.move_entry(row, start_on=date(2027, 9, 6), lead=row.lead, actor=officer, at=FORMED)
    plan.refresh_from_db()
    assert (moved.start_on, moved.from_on, moved.to_on) == (date(2027, 9, 6), date(2027, 9, 1), date(2027, 9, 30))
    assert plan.digest == plan_rows.digest_of_plan(plan) != before
    assert "Moved" in moved.why[-1]["text"]
    assert plan.version == 2


def test_drafts_are_opened_before_their_notice_is_due_each_once() -> None:
    make.make_system_user()
    plan = plans.publish_plan(make_plan(4), actor=make.make_user("head"), at=FORMED)
    rows = list(plan.entries.order_by("start_on", "id"))
    at = on(1, 4, 2027) if rows[0].start_on > date(2027, 2, 3) else FORMED
    day = at.date() + timedelta(31)
    due = [one for one in rows if day <= one.start_on <= day + timedelta(21)]
    assert plan_terms.open_drafts(at=at) == len(due) > 0
    assert plan_terms.open_drafts(at=at) == 0
    draft = Inspection.objects.order_by("pk")[0]
    assert (draft.state, draft.start_on, draft.entry) == ("draft", due[0].start_on, due[0])
    assert draft.team.get().person == due[0].lead
    assert not blockers_at("plan", draft.plan(localdate(at)), localdate(at))
    past = on(12, 20, 2027)
    assert plan_terms.open_drafts(at=past) == 0  # too late for the notice: a person decides


@pytest.mark.django_db(transaction=True)
def test_two_who_form_or_publish_at_once() -> None:
    world.make_inspector()
    run, gate = make_population(5), Barrier(2)
    officer, head = make.make_user("officer"), make.make_user("head")

    def one(act: Any) -> Any:
        gate.wait()
        try:
            return act()
        except TransitionRefused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        found = [each.result() for each in [pool.submit(one, lambda: form(run, actor=officer)) for _n in range(2)]]
    assert found[0] == found[1]
    assert PlanEntry.objects.count() == found[0].chosen
    with ThreadPoolExecutor(2) as pool:
        acts = [pool.submit(one, lambda: plans.publish_plan(found[0], actor=head, at=FORMED)) for _n in range(2)]
        assert sum(isinstance(each.result(), ControlPlan) for each in acts) == 1
    assert Event.objects.filter(verb="controlplan.publish").count() == 1
