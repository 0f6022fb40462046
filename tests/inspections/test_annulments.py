"""Applications to annul: ten working days, silence for the subject on the true day, and what annulment does."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.models import Event, Notification, Obligation
from core.services import sweep_duties
from core.workflow import TransitionRefused
from inspections import services
from inspections.models import Annulment, Inspection
from inspections.services.annulments import breaches_of
from licensing.models import Letter
from tests import factories as make
from tests.inspections import answers, world
from tests.licensing.test_races import at_once, won

DUE = date(2026, 8, 17)  # ten working days after Monday 3 August


def on(day: date) -> datetime:
    return datetime.combine(day, time(11), tzinfo=world.ALMATY)


def refused(act: Any) -> set[str]:
    with pytest.raises(TransitionRefused) as told, transaction.atomic():
        act()
    return {one.code for one in told.value.problems}


def silent(at: datetime) -> Annulment:
    """An application on which nobody decided, swept at a moment."""
    make.make_system_user()
    row = answers.make_annulment()
    sweep_duties(at=at)
    return Annulment.objects.get(pk=row.pk)


@pytest.mark.django_db
def test_an_application_names_breaches_with_what_the_facts_say() -> None:
    row = answers.make_annulment()
    assert [(one["code"], one["facts"]) for one in row.claims] == [("EK-156-2.3", []), ("EK-156-2.9", [])]
    owed = Obligation.objects.of(row).get()
    assert (owed.code, owed.due_on, row.due_on) == ("annulment-decision", DUE, DUE)
    assert Letter.objects.of(row).get().kind == "filing_receipt"
    running = world.make_running()
    type(running).objects.filter(pk=running.pk).update(registered_on=None, registration_number="")
    borne = answers.make_annulment(running, breaches=["EK-156-2.8"], at=world.START)
    assert [one["code"] for one in borne.claims[0]["facts"]] == ["B8"]


@pytest.mark.django_db
def test_no_fact_speaks_against_a_lawful_inspection_when_it_is_over() -> None:
    row = answers.make_curing()
    row.subject.refresh_from_db()
    assert row.subject.last_ended_on == answers.HANDED.date()  # of itself, and no earlier one
    assert not any(breaches_of(row, answers.ASKED.date()).values())


@pytest.mark.django_db
def test_what_cannot_be_applied_for_is_told_at_once() -> None:
    row = answers.make_annulment().inspection
    found = refused(lambda: answers.make_annulment(row, breaches=["EK-156-2.77"], text=" "))
    assert found == {"text-missing", "breach-unknown", "annulment-open"}
    assert refused(lambda: answers.make_annulment(world.make_running(), breaches=[], at=world.START)) == {
        "breaches-missing"
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "state"), [(DUE, "filed"), (DUE + timedelta(days=1), "lapsed")])
def test_silence_falls_the_day_after_the_last(day: date, state: str) -> None:
    assert silent(on(day)).state == state


@pytest.mark.django_db
def test_a_sweep_that_comes_late_keeps_the_true_day_and_a_head_confirms_it_the_same_day() -> None:
    found = on(date(2026, 9, 9))
    row = silent(found)
    assert (row.state, row.lapsed_on) == ("lapsed", DUE)
    lapse = Event.objects.of(row).get(verb="annulment.lapse")
    assert (lapse.at, lapse.data, lapse.actor.is_system) == (found, {"on": "2026-08-17"}, True)
    owed = Obligation.objects.of(row).open().get()
    assert (owed.code, owed.base_on, owed.due_on) == ("annulment-confirmation", DUE, found.date())
    assert row.inspection.state == "curing"
    signer: Any = row.inspection.act_signed_by  # had a hand in it
    with pytest.raises(PermissionDenied):
        services.confirm_annulment(row, actor=signer, at=found)
    head = make.make_user("head")
    done = services.confirm_annulment(row, actor=head, at=found)
    inspection = Inspection.objects.get(pk=row.inspection_id)
    assert (done.state, inspection.state, inspection.is_evidence) == ("confirmed", "annulled", False)
    assert not Obligation.objects.of(row).open().exists()
    assert Letter.objects.of(row).filter(kind="annulment_silence").exists()
    assert sweep_duties(at=found + timedelta(days=3)) == 0


@pytest.mark.django_db
def test_nothing_is_refused_after_the_term_but_it_may_be_granted() -> None:
    row, head = answers.make_annulment(), make.make_user("head")
    after = on(DUE + timedelta(days=1))
    assert refused(lambda: services.refuse_annulment(row, answer="No.", actor=head, at=after)) == {"annulment-late"}
    saved = transaction.savepoint()
    done = services.refuse_annulment(row, answer="No.", actor=head, at=on(DUE))
    told = Letter.objects.of(done).get(kind="annulment_decision").data
    assert (done.state, told["grounds"][-1]["code"]) == ("refused", "AP-COMPL")
    transaction.savepoint_rollback(saved)
    assert services.grant_annulment(row, answer="So it is.", actor=head, at=after).state == "granted"


@pytest.mark.django_db
def test_annulment_ends_what_rests_on_the_inspection() -> None:
    row = answers.make_curing()
    request = answers.make_filing("prolong", row)
    application = answers.make_annulment(row)
    head, at = make.make_user("head"), answers.ASKED
    services.grant_annulment(application, answer="Told too late.", actor=head, at=at)
    request.refresh_from_db()
    inspection = Inspection.objects.get(pk=row.pk)
    assert (inspection.state, inspection.ending, inspection.closed_at) == ("annulled", "Told too late.", at)
    assert request.state == "void"
    for held in (inspection, application, request):
        assert not Obligation.objects.of(held).open().exists()
    party = Notification.objects.filter(channel="inbox", recipient=application.filed_by)
    assert party.filter(path=f"/account/inspections/{row.reference}/").exists()


@pytest.mark.django_db
def test_a_measure_that_rests_on_it_is_told_and_so_are_those_who_check_its_order() -> None:
    row, at = world.make_uncured(kind="unscheduled"), world.ANSWER_PASSED
    given: dict[str, Any] = {"months": 2, "text": "Not cured.", "actor": make.make_user("officer"), "at": at}
    measure = services.propose_suspension(row, **given)
    application, head = answers.make_annulment(row, at=at), make.make_user("head")
    services.grant_annulment(application, answer="Told too late.", actor=head, at=at)
    assert Event.objects.of(measure).order_by("-seq")[0].verb == "measure.lose_ground"
    told = Notification.objects.filter(channel="inbox", recipient=head, path=f"/measures/{measure.reference}/")
    assert told.count() == 1


@pytest.mark.django_db
def test_an_annulled_inspection_is_no_earlier_one() -> None:
    row = answers.make_curing()
    officer, head = make.make_user("officer"), make.make_user("head")
    other = services.open_inspection(row.object, kind="compliance", actor=officer, at=answers.ASKED)
    assert other.plan(date(2026, 9, 1)).last_ended_on == answers.HANDED.date()
    services.grant_annulment(answers.make_annulment(row), answer="So it is.", actor=head, at=answers.ASKED)
    other.subject.refresh_from_db()
    assert other.plan(date(2026, 9, 1)).last_ended_on is None


@pytest.mark.django_db(transaction=True)
def test_a_decision_and_the_lapse_at_once_leave_one_of_them() -> None:
    make.make_system_user()
    row, head = answers.make_annulment(), make.make_user("head")
    after = on(DUE + timedelta(days=1))
    at_once(
        [
            lambda: services.grant_annulment(row, answer="So it is.", actor=head, at=after),
            lambda: sweep_duties(at=after),
        ]
    )
    sweep_duties(at=after)
    held = Annulment.objects.get(pk=row.pk)
    assert held.state in ("granted", "lapsed")
    assert Event.objects.of(row).filter(verb__in=["annulment.grant", "annulment.lapse"]).count() == 1
    assert (held.inspection.state == "annulled") == (held.state == "granted")


@pytest.mark.django_db(transaction=True)
def test_the_same_filing_twice_at_once_is_kept_once() -> None:
    row = answers.make_curing()
    party = answers.subject_of(row)
    found = at_once([lambda: answers.make_filing("objection", row, actor=party)] * 3)
    assert len(won(found)) == 1
    assert row.filings.count() == 1
