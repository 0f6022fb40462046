"""Cases lived at random: whatever anybody tries, in whatever order, the data agrees with itself and the events hold."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as conf
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from config.invariants import faults
from core.models import User
from core.services import Upload, seal_events, sweep_duties, verify_events
from core.services.seals import write_copy
from core.workflow import StaleVersion, TransitionRefused
from law.terms import hearing_due
from licensing import services
from licensing.models import Application, Decision, Licence
from tests import factories as make

pytestmark = pytest.mark.django_db
OUTSIDE_THE_ACT = {"letter-unprinted", "mail-unsent"}  # what workers do after the commit
Act = Callable[[Application, User, datetime], object]


def answer(a: Application, u: User, at: datetime) -> object:
    question = a.questions.order_by("?").first()
    return services.answer_question(question, text="So.", actor=u, at=at) if question else None


def opinion(a: Application, u: User, at: datetime) -> object:
    asked = a.opinions.order_by("?").first()
    if asked is None:
        body = make.make_authority("energy", decides=False)
        return services.request_opinion(a, body=body, text="May it?", actor=u, at=at)
    return services.record_opinion(asked, answer="agreed", text="Yes.", answered_on=at.date(), actor=u, at=at)


def attach(a: Application, u: User, at: datetime) -> object:
    return services.attach_document(a, Upload("a.pdf", BytesIO(make.PDF)), kind="other", actor=u, at=at)


def detach(a: Application, u: User, at: datetime) -> object:
    document = a.documents().order_by("?").first()
    return services.detach_document(document, a, actor=u, at=at) if document else None


ACTS: dict[str, Act] = {
    "submit": lambda a, u, at: services.submit_application(a, actor=u, at=at),
    "edit": lambda a, u, at: services.edit_draft(a, values={"jobs": 30}, actor=u, at=at),
    "attach": attach,
    "detach": detach,
    "register": lambda a, u, at: services.register_application(a, actor=u, at=at),
    "accept": lambda a, u, at: services.accept_application(a, actor=u, at=at),
    "refuse consideration": lambda a, u, at: services.refuse_consideration(
        a, reasons=["permit.incomplete.1"], text="Missing.", actor=u, at=at
    ),
    "ask": lambda a, u, at: services.ask_question(a, text="And?", actor=u, at=at),
    "answer": answer,
    "opinion": opinion,
    "assign": lambda a, u, at: services.assign_application(a, to=u, actor=u, at=at),
    "note": lambda a, u, at: services.add_note(a, text="Hm.", actor=u, at=at),
    "propose grant": lambda a, u, at: services.recommend(a, outcome="grant", text="Met.", actor=u, at=at),
    "propose refusal": lambda a, u, at: services.recommend(
        a, outcome="refuse", reasons=["permit.refusal.3"], text="Not met.", actor=u, at=at
    ),
    "hear": lambda a, u, at: services.announce_hearing(
        a, hearing_on=hearing_due(timezone.localdate(at)).due_on, place="Room 1", actor=u, at=at
    ),
    "speak": lambda a, u, at: a.hearing and services.state_position(a.hearing, text="No.", actor=u, at=at),
    "minutes": lambda a, u, at: (
        a.hearing
        and services.record_hearing(
            a.hearing, held_on=timezone.localdate(at), attended=True, minutes="Said no.", actor=u, at=at
        )
    ),
    "reword": lambda a, u, at: services.edit_letter(a, text="In other words.", actor=u, at=at),
    "countersign": lambda a, u, at: services.countersign(a, actor=u, at=at),
    "return": lambda a, u, at: services.return_to_review(a, reason="Again.", actor=u, at=at),
    "grant": lambda a, u, at: services.decide_application(a, outcome="grant", actor=u, at=at),
    "refuse": lambda a, u, at: services.decide_application(a, outcome="refuse", actor=u, at=at),
    "withdraw": lambda a, u, at: services.withdraw_application(a, actor=u, at=at),
    "start again": lambda a, u, at: services.start_again(a, actor=u, at=at),
    "sweep": lambda a, u, at: (sweep_duties(at=at), services.expire_licences(at=at)),
}
#: The next act of the usual path by state, and who may take it (a place among the people of the test).
ONWARD = {
    "draft": ("submit", 0),
    "submitted": ("accept", 1),
    "in_review": ("propose grant", 1),
    "recommended": ("countersign", 2),
    "countersigned": ("grant", 3),
}
STEPS = st.lists(
    st.tuples(
        st.one_of(st.just("onward"), st.sampled_from(list(ACTS))),
        st.integers(0, 6),
        st.integers(0, 60 * 24 * 2),
    ),
    min_size=8,
    max_size=24,
)


def live(application: Application, people: list[User], steps: list[tuple[str, int, int]]) -> datetime:
    """Take the steps one after the other; a refused one changes nothing."""
    at = make.AT
    for step, person, minutes in steps:
        name, who, at = step, person, at + timedelta(minutes=minutes)
        fresh = Application.objects.get(pk=application.pk)
        if name == "onward":
            name, who = ONWARD.get(fresh.state, ("note", who))
            if name == "grant" and fresh.recommendation and fresh.recommendation.outcome == "refuse":
                name = "refuse"
        try:
            with transaction.atomic():
                ACTS[name](fresh, people[who], at)
        except (TransitionRefused, PermissionDenied, StaleVersion):
            after = Application.objects.get(pk=application.pk)
            assert (after.state, after.version) == (fresh.state, fresh.version)
    return at


def test_random_lives_keep_the_data_in_agreement() -> None:
    make.make_pool()
    first = make.make_draft()
    people = [first.created_by, *(make.make_user(role) for role in ("officer", "officer", "head", "head", "auditor"))]
    people.append(make.make_applicant())
    ends: set[str] = set()

    @settings(
        max_examples=30,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],  # to shrink a life takes minutes
        suppress_health_check=list(HealthCheck),
    )
    @given(STEPS)
    def life(steps: list[tuple[str, int, int]]) -> None:
        with transaction.atomic():
            at = live(first, people, steps)
            assert not [fault for fault in faults(at=at) if fault.code not in OUTSIDE_THE_ACT]
            if seal := seal_events(at=at):
                write_copy(seal)
            assert not list(verify_events())
            assert Decision.objects.count() >= Licence.objects.count()
            ends.add(Application.objects.get(pk=first.pk).state)
            transaction.set_rollback(True)
        for copy in Path(conf.SEALS_DIR).glob("*.json"):
            copy.unlink()

    life()
    assert len(ends) >= 3  # they did get somewhere
