"""Ten days without the timed work, then all of it at once: it comes out as if somebody had looked every night."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client

from config.invariants import faults
from core.models import ErasureRun, Event, Notification, Obligation, Pause, Reminder
from core.services import duties, erase_due, remind_duties, sweep_duties, verify_events
from core.services.breaches import notice_breach
from exchanges import services as exchange_services
from law.provisions import D259
from law.terms import hearing_due
from licensing import services
from licensing.models import Appeal, Application, Hearing, Licence, Opinion, RegisterEntry
from licensing.permits import kinds
from tests import factories as make
from tests.licensing.kinds import EXCHANGER, PLATFORM, SECURED, exchanger, general, platform

__all__ = ["exchanger", "general", "platform"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("general", "platform", "exchanger")]
DAYS = 10
#: Of these the day on which they are found is the day that counts: a head confirms a silence when it is seen.
FOUND_ON = ("silence-confirmation",)
WORK: tuple[Callable[..., int], ...] = (
    services.lapse_suspensions,
    services.expire_licences,
    exchange_services.lapse_offers,
    exchange_services.check_offers,
    sweep_duties,
    remind_duties,
    erase_due,
)


def work(at: datetime) -> list[int]:
    """The timed work of a night, as the worker and `manage.py sweep` do it."""
    with time_machine.travel(at):
        return [part(at=at) for part in WORK]


class World:
    """Everything that a term hangs on, each so that its day falls into the ten."""

    def __init__(self, start: datetime) -> None:
        self.start = start
        self.officer, self.head = make.make_user("officer"), make.make_user("head")
        make.make_user("administrator")
        self.stranger = make.make_authority("energy", decides=False)
        self.cases()
        self.licences()
        self.house()

    def before(self, days: int) -> datetime:
        return self.start - timedelta(days=days)

    def cases(self) -> None:
        make.make_submitted(at=self.start)
        asked = make.make_in_review(at=self.before(17), officer=self.officer)
        self.ask(asked, self.before(10))
        refused = make.make_recommended(at=self.before(1), outcome="refuse", officer=self.officer)
        services.announce_hearing(
            refused, hearing_on=hearing_due(self.start.date()).due_on, place="1", actor=self.officer, at=self.start
        )
        if self.start.date() < D259:
            silent = make.make_in_review(kind=SECURED, at=self.before(24), officer=self.officer)
            self.ask(silent, self.before(10))
        else:
            stopped = make.make_in_review(kind=PLATFORM, at=self.before(17), officer=self.officer)
            reason: dict[str, Any] = {"case": "nbk.platform.pause.2", "text": "The charter.", "cure_days": 5}
            services.stop_review(stopped, **reason, actor=self.officer, at=self.before(2))
        make.make_appeal(at=self.start)
        make.make_forwarded(at=self.before(28))
        make.make_asked(at=self.before(17))

    def ask(self, case: Application, at: datetime) -> None:
        services.request_opinion(case, body=self.stranger, text="Is there power?", actor=self.officer, at=at)

    def licences(self) -> None:
        breach = make.make_breach(make.make_licence(at=self.start), at=self.start)
        old = make.make_breach(make.make_licence(at=self.before(17)), at=self.before(17))
        services.refer_breach(old, body=self.stranger, text="Look.", actor=self.officer, at=self.before(17))
        assert breach.assigned_to is not None
        self.suspend(make.make_licence(at=self.before(40)), self.before(28))  # runs out in the ten days
        self.suspend(make.make_licence(at=self.before(60)), self.before(42))  # ran out: its end is to be begun
        own, day = make.make_licence(at=self.before(40)), self.before(28)
        make.grant_request(make.make_request(own, "suspension", at=day, months=1, text="Repairs."), at=day)
        old_day = self.start.replace(year=self.start.year - 3) + timedelta(days=5)
        for months in (0, 1, 2):  # its last day comes: in force, uncured, suspended
            licence = make.make_licence(at=old_day)
            if months:
                self.suspend(licence, self.before(28), months)
            make.make_request(licence, "correction", at=self.before(1), **make.correction(licence))
        if self.start.date() >= D259:
            self.draft()

    def draft(self) -> None:
        """The holder of an exchanger's licence was sent the draft of a suspension, and says nothing."""
        licence = make.make_licence(kind=EXCHANGER, at=self.before(20))
        measure = make.make_measure(licence, months=None, officer=self.officer, at=self.before(1))
        services.announce_measure(measure, actor=self.officer, at=self.start)

    def suspend(self, licence: Licence, at: datetime, months: int = 1) -> None:
        measure = make.make_measure(licence, months=months, officer=self.officer, at=at - timedelta(hours=5))
        services.countersign_measure(measure, actor=make.make_user("officer"), at=at)
        make.hear_holder(measure, at=at)
        services.decide_measure(measure, actor=self.head, at=at, confirmation="It applies.")

    def house(self) -> None:
        told: dict[str, Any] = {"summary": "A list went out.", "description": "By mail.", "happened_at": None}
        notice_breach(**told, actor=self.officer, at=self.start)
        Client().force_login(self.officer)


def told() -> Counter[tuple[Any, ...]]:
    """Every term found overdue: of what, which, and the day on which it truly fell due."""
    rows = Event.objects.filter(verb="obligation.overdue").exclude(data__duty__in=FOUND_ON)
    return Counter(rows.values_list("subject_type", "subject_id", "data__duty", "data__part", "data__due"))


def facts() -> dict[str, set[tuple[Any, ...]]]:
    """What the data says of the days, without the moments at which the program noted it."""
    terms = Obligation.objects.exclude(code__in=FOUND_ON)
    return {
        "terms": {
            (row.reference, row.code, row.part, row.base_on, row.due_on, *map(bool, (row.met_at, row.ended_at)))
            for row in terms
        },
        "overdue": set(told().items()),
        "reminders": set(
            Reminder.objects.filter(days__lt=0)
            .exclude(obligation__code__in=FOUND_ON)
            .values_list("obligation__reference", "obligation__code", "obligation__part", "days", "due_on")
        ),
        "cases": set(Application.objects.exclude(state="deemed").values_list("pk", "state", "deemed_on", "due_on")),
        "deemed": set(Application.objects.filter(state="deemed").values_list("pk", "deemed_on")),
        "licences": set(
            Licence.objects.values_list("number", "state", "ended_on", "suspended_to", "cause", "ground__code")
        ),
        "register": set(
            RegisterEntry.objects.values_list("number", "standing", "standing_since", "standing_until", "until")
        ),
        "appeals": set(Appeal.objects.values_list("pk", "state", "decided_on", "court_by", "due_on")),
        "opinions": set(Opinion.objects.values_list("pk", "answer", "silent_on", "silence__code")),
        "hearings": set(Hearing.objects.values_list("pk", "position_at", "closed_at")),
        "pauses": set(Pause.objects.values_list("obligation", "kind", "from_on", "to_on")),
        "sessions": set(Session.objects.values_list("pk")),
    }


def soundly(at: datetime) -> None:
    outside = {"letter-unprinted", "mail-unsent"}  # what workers do after the commit
    assert [str(fault) for fault in faults(at=at) if fault.code not in outside] == []
    assert not list(verify_events())


def counts() -> list[int]:
    return [model.objects.count() for model in (Event, Notification, Reminder, Obligation, Pause, ErasureRun)]


@pytest.mark.parametrize("start", ["2026-04-03", "2026-06-26"])  # before and after Law 259-VIII
def test_ten_days_without_beat(start: str) -> None:
    begin = datetime.fromisoformat(f"{start}T10:00").replace(tzinfo=make.ALMATY)
    with time_machine.travel(begin):
        World(begin)
    work(begin)
    seen = told()
    nightly: dict[str, set[tuple[Any, ...]]] = {}
    with transaction.atomic():
        for day in range(1, DAYS + 1):
            work(begin + timedelta(days=day))
        nightly = facts()
        soundly(begin + timedelta(days=DAYS))
        transaction.set_rollback(True)
    later = begin + timedelta(days=DAYS)
    assert any(work(later))
    at_once = facts()
    for what, rows in nightly.items():
        assert at_once[what] == rows, what
    found = told() - seen
    assert set(told().values()) == {1}
    assert {duty for _label, _pk, duty, _part, _due in found} >= EXPECTED[start]
    events = Event.objects.filter(verb="obligation.overdue", at=later).order_by("id")
    days = [event.data["due"] for event in events]
    assert days == sorted(days)
    soundly(later)
    before = counts(), facts()
    assert work(later) == [0] * len(WORK)
    assert (counts(), facts()) == before


BOTH = {
    *("registration", "completeness", "decision", "agreement-answer", "position"),
    *("breach-explanation", "referral-answer", "revocation-start"),
    *("appeal-forward", "appeal-decision", "clarification.answer", "breach_notice"),
}
EXPECTED = {"2026-04-03": BOTH | {"silence-delivery"}, "2026-06-26": BOTH | {"cure", "draft-notice"}}


def test_a_suspension_that_outlasts_its_licence_does_not_run_out() -> None:
    """Whenever the program looks: the licence has expired, and nobody owes the way to its end."""
    licence = make.make_licence(at=make.AT.replace(year=2023, month=7, day=20))
    measure = make.make_measure(licence, months=2)
    services.countersign_measure(measure, actor=make.make_user("officer"), at=make.AT + timedelta(hours=6))
    make.hear_holder(measure, at=make.AT + timedelta(hours=6))
    services.decide_measure(
        measure, actor=make.make_user("head"), at=make.AT + timedelta(hours=6), confirmation="It applies."
    )
    work(make.AT + timedelta(days=90))
    licence.refresh_from_db()
    assert (licence.state, licence.ended_on) == ("expired", licence.valid_to)
    assert not Event.objects.of(licence).filter(verb="licence.lapse").exists()
    assert not Obligation.objects.of(licence).exists()


def test_no_term_is_left_out() -> None:
    """Every duty that is registered is among those above, or is named here with where it is proved."""
    elsewhere = {
        "agreement-request": "tests/licensing/test_silence.py",
        "silence-confirmation": "due on the very day on which it is found",
        "return-paper": "tests/licensing/test_requests.py",
        "offer-end": "tests/exchanges/test_offers.py",
        "objection-answer": "tests/objections/test_objections.py",
        "abolition": "tests/licensing/test_abolition.py",
        "machines-decision": "tests/mining/test_machines.py",
        "centre-cure": "tests/mining/test_assessments.py",
        "centre-remedy": "tests/mining/test_assessments.py",
        "centre-reassessment": "tests/mining/test_assessments.py",
        "pool-protocols": "tests/mining/test_pools.py",
        "cure-plan": "tests/exchanges/test_regime.py",
        "complaint-forward": "tests/exchanges/test_complaints.py",
        "complaint-answer": "tests/exchanges/test_complaints.py",
        "incident-report": "tests/exchanges/test_incidents.py",
        "record-recheck": "tests/exchanges/test_records.py",
        "record-renewal": "tests/exchanges/test_records.py",
        **dict.fromkeys(("inspection-notice", "inspection-registration"), "tests/inspections/test_course.py"),
        **dict.fromkeys(("inspection-extension-registration", "inspection-result"), "tests/inspections/test_course.py"),
        **dict.fromkeys(("inspection-cure", "inspection-cure-answer"), "tests/inspections/test_results.py"),
        "inspection-reminder": "tests/inspections/test_results.py",
        "prolong-decision": "tests/inspections/test_answers.py",
        **dict.fromkeys(("annulment-decision", "annulment-confirmation"), "tests/inspections/test_annulments.py"),
        "plan-publish": "tests/inspections/test_plans.py",
        "plan-send": "tests/inspections/test_plans.py",
        "fitness-again": "tests/licensing/test_people.py",
        **{duty.code: "tests/exchanges/" for kind in kinds().values() for duty in kind.duties},
    }
    assert set(duties()) == set.union(*EXPECTED.values(), set(elsewhere))
