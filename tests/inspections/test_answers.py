"""What a subject files to its inspection: each with its term, noted or decided by another hand."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core.models import Notification, Obligation, Pause
from core.services import advance
from core.workflow import TransitionRefused
from inspections import services
from inspections.models import Filing
from licensing.models import Letter
from tests import factories as make
from tests.inspections import answers, world

pytestmark = pytest.mark.django_db


def refused(act: Any) -> set[str]:
    with pytest.raises(TransitionRefused) as told, transaction.atomic():
        act()
    return {one.code for one in told.value.problems}


def on(day: date) -> datetime:
    return datetime.combine(day, time(11), tzinfo=world.ALMATY)


@pytest.mark.parametrize(
    ("day", "late"),
    [
        (date(2026, 7, 31), False),  # the day of the handing over itself
        (date(2026, 8, 3), False),
        (date(2026, 8, 5), False),  # the third working day
        (date(2026, 8, 6), True),
    ],
)
def test_a_request_to_prolong_comes_in_three_working_days(day: date, late: bool) -> None:
    row = answers.make_curing()
    if late:
        assert refused(lambda: answers.make_filing("prolong", row, at=on(day))) == {"filing-late", "filing-late-count"}
    else:
        assert answers.make_filing("prolong", row, at=on(day)).state == "filed"


def test_the_last_minute_of_the_last_day_is_in_time_by_the_local_day() -> None:
    row = answers.make_curing()
    minute = datetime(2026, 8, 5, 23, 59, tzinfo=world.ALMATY)
    assert refused(lambda: answers.make_filing("prolong", row, at=minute + timedelta(minutes=1))) >= {"filing-late"}
    assert answers.make_filing("prolong", row, at=minute).filed_on == date(2026, 8, 5)


@pytest.mark.parametrize(("day", "due"), [(date(2026, 8, 3), date(2026, 8, 6)), (date(2026, 8, 5), date(2026, 8, 10))])
def test_the_decision_is_owed_in_three_working_days(day: date, due: date) -> None:
    filing = answers.make_filing("prolong", at=on(day))
    owed = Obligation.objects.of(filing).get()
    assert (owed.due_on, owed.debtor, filing.due_on) == (due, "authority", due)


def test_a_request_granted_moves_the_order_its_items_and_what_is_owed() -> None:
    row = answers.make_curing()
    filing = answers.make_filing("prolong", row, items=["R1"])
    head = make.make_user("head")
    done = services.grant_prolong(filing, until=answers.LATER, actor=head, at=answers.ASKED)
    row.refresh_from_db()
    assert (done.state, done.granted_to, row.cure_by) == ("granted", answers.LATER, answers.LATER)
    assert {one.code: one.cure_by for one in row.items.filter(answer="not_met")} == {
        "R1": answers.LATER,
        "R2": answers.CURE_BY,
    }
    owed = Obligation.objects.of(row).open().get()
    moved = Pause.objects.get(obligation=owed)
    assert (owed.due_on, moved.kind, moved.from_on, moved.days) == (answers.LATER, "extension", answers.CURE_BY, 21)
    assert Letter.objects.of(done).filter(kind="prolong_decision").count() == 1
    assert not Obligation.objects.of(done).open().exists()


@pytest.mark.parametrize("until", [answers.CURE_BY, date(2026, 8, 4), date(2026, 7, 1)])
def test_no_request_is_granted_to_a_day_that_is_not_later(until: date) -> None:
    row = answers.make_curing()
    filing = answers.make_filing("prolong", row)
    head = make.make_user("head")
    assert refused(lambda: services.grant_prolong(filing, until=until, actor=head, at=answers.ASKED)) == {"prolong-day"}
    assert refused(lambda: answers.make_filing("prolong", row, until=until)) == {"prolong-day", "prolong-open"}


def test_a_request_is_refused_with_reasons_by_a_head_who_was_not_on_site() -> None:
    filing = answers.make_filing("prolong")
    head = make.make_user("head")
    assert refused(lambda: services.refuse_prolong(filing, answer=" ", actor=head, at=answers.ASKED)) == {
        "answer-missing"
    }
    with pytest.raises(PermissionDenied):
        services.refuse_prolong(filing, answer="No.", actor=world.leader(filing.inspection), at=answers.ASKED)
    done = services.refuse_prolong(filing, answer="The parts are here.", actor=head, at=answers.ASKED)
    assert (done.state, done.inspection.cure_by) == ("refused", answers.CURE_BY)
    told = Letter.objects.of(done).get(kind="prolong_decision").data
    assert [ground["code"] for ground in told["grounds"]] == ["EK-CURE-DEC", "AP-COMPL"]
    assert {"Last day to appeal", "How to appeal"} <= {fact["label"]["en"] for fact in told["facts"]}
    again = answers.make_filing("prolong", filing.inspection, text="Another part.")
    assert again.reference != done.reference


def test_a_report_of_every_item_meets_what_is_owed() -> None:
    row = answers.make_curing()
    assert not services.cure_reported(row)
    first = answers.make_filing("cure", row, items={"R1": "Mended."}, files=[make.paper()])
    assert (services.cure_reported(row), first.late, first.documents().count()) == (False, False, 1)
    assert Obligation.objects.of(row).open().count() == 1
    answers.make_filing("cure", row, items={"R2": "Mended too."})
    assert services.cure_reported(row)
    assert not Obligation.objects.of(row).open().exists()


@pytest.mark.parametrize(("day", "late"), [(answers.CURE_BY, False), (answers.CURE_BY + timedelta(days=1), True)])
def test_a_report_after_the_term_is_taken_as_late(day: date, late: bool) -> None:
    assert answers.make_filing("cure", at=on(day)).late is late


def test_what_cannot_be_reported_is_told_at_once() -> None:
    row = answers.make_curing()
    found = refused(lambda: answers.make_filing("cure", row, items={"R3": "Met.", "R9": "x", "R1": " "}))
    assert found == {"item-unknown", "text-missing"}
    assert refused(lambda: answers.make_filing("cure", row, items={})) == {"items-missing"}
    assert refused(lambda: answers.make_filing("cure", world.make_registered(), items={"R1": "x"})) >= {
        "filing-untimely"
    }


def test_an_objection_is_noted_by_an_official_and_not_decided() -> None:
    filing = answers.make_filing("objection", files=[make.paper()])
    head, officer = make.make_user("head"), make.make_user("officer")
    assert refused(lambda: services.refuse_prolong(filing, answer="No.", actor=head, at=answers.ASKED)) == {
        "filing-noted"
    }
    done = services.note_filing(filing, answer="Attached to the act.", actor=officer, at=answers.ASKED)
    assert (done.state, done.answered_by) == ("noted", officer)
    told = Notification.objects.filter(channel="inbox", recipient=filing.filed_by, path__contains=filing.reference)
    assert told.count() == 1
    assert refused(lambda: answers.make_filing("objection", world.make_registered())) == {"filing-untimely"}


def test_a_refusal_of_access_shows_what_the_facts_say_to_it() -> None:
    groundless = answers.make_filing("refusal", at=world.START)
    assert groundless.claims == [{"code": "EK-155-1.unregistered", "facts": []}]
    appointed = world.make_appointed()
    borne = answers.make_filing("refusal", appointed, at=world.START)
    assert [one["code"] for one in borne.claims[0]["facts"]] == ["B8"]
    running = world.make_running()
    late = answers.make_filing("refusal", running, ground="EK-155-1.expired", at=world.START + timedelta(days=30))
    assert [one["code"] for one in late.claims[0]["facts"]] == ["expired"]
    assert refused(lambda: answers.make_filing("refusal", running, ground="EK-155-1.mood")) == {"ground-unknown"}


def test_the_same_is_not_filed_twice() -> None:
    first = answers.make_filing("objection")
    assert refused(lambda: answers.make_filing("objection", first.inspection)) == {"filed-before"}
    services.withdraw_filing(first, actor=first.filed_by, at=answers.ASKED)
    assert answers.make_filing("objection", first.inspection).reference != first.reference
    report = answers.make_filing("cure", first.inspection)
    assert refused(lambda: services.withdraw_filing(report, actor=report.filed_by, at=answers.ASKED)) == {
        "report-stands"
    }


def test_a_request_falls_away_with_its_order() -> None:
    filing = answers.make_filing("prolong")
    head = make.make_user("head")
    assert refused(lambda: services.drop_request(filing, actor=head, at=answers.ASKED)) == {"cure-running"}
    advance(filing.inspection, "accept_cure", actor=head, at=answers.ASKED, closing="Cured.", closed_at=answers.ASKED)
    filing = Filing.objects.get(pk=filing.pk)
    assert refused(lambda: services.grant_prolong(filing, until=answers.LATER, actor=head, at=answers.ASKED)) == {
        "cure-over"
    }
    assert services.drop_request(filing, actor=head, at=answers.ASKED).state == "void"


def test_nobody_but_the_subject_files() -> None:
    row = answers.make_curing()
    for actor in (make.make_applicant(), make.make_user("officer"), make.make_user("head")):
        with pytest.raises(PermissionDenied):
            answers.make_filing("objection", row, actor=actor)
    firm = make.make_organisation()
    make.make_power_of_attorney(firm, row.organisation, answers.subject_of(row))
    assert answers.make_filing("objection", row, actor=make.make_applicant(firm)).organisation == row.organisation


def test_the_database_lets_nobody_decide_what_he_filed() -> None:
    filing = answers.make_filing("prolong")
    with pytest.raises(IntegrityError), transaction.atomic():
        Filing.objects.filter(pk=filing.pk).update(
            state="noted", answered_by=filing.filed_by, answered_at=answers.ASKED
        )
