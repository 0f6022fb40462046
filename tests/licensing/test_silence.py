"""Terms that pass without an answer: opinions, the request for them, and the authority's own; with their true days."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from config.invariants import faults
from core.models import Authority, Event, Notification, Obligation
from core.services import sweep_duties
from core.workflow import TransitionRefused
from licensing import services
from licensing.models import Application, Opinion
from tests import factories as make
from tests.licensing.kinds import SECURED, general

__all__ = ["general"]
pytestmark = pytest.mark.django_db

FILED = datetime(2026, 3, 17, 10, 0, tzinfo=make.ALMATY)  # a Tuesday; Nauryz follows, 23 to 25 March are off
#: 15 working days after 17 March.
LAST_DAY = date(2026, 4, 10)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=make.ALMATY)


def energy() -> Authority:
    return make.make_authority("energy", decides=False)


def asked(kind: str = SECURED, when: datetime = FILED) -> tuple[Application, Opinion]:
    officer = make.make_user("officer")
    application = make.make_in_review(kind=kind, at=when, officer=officer)
    opinion = services.request_opinion(application, body=energy(), text="Is there power?", actor=officer, at=when)
    return application, opinion


def open_codes(application: Application) -> dict[str, date | None]:
    return {row.code: row.due_on for row in Obligation.objects.of(application).open()}


def told_faults(when: datetime) -> list[str]:
    return [fault.code for fault in faults(at=when) if fault.code != "letter-unprinted"]


@pytest.mark.usefixtures("general")
def test_the_request_is_owed_from_registration_and_met_by_asking() -> None:
    application = make.make_submitted(kind=SECURED, at=FILED)
    assert "agreement-request" not in open_codes(application)
    officer = make.make_user("officer")
    registered = services.register_application(application, actor=officer, at=at("2026-03-18T09:00"))
    assert open_codes(registered)["agreement-request"] == date(2026, 3, 20)
    services.request_opinion(
        registered, body=energy(), text="Is there power?", actor=officer, at=at("2026-03-20T17:00")
    )
    assert "agreement-request" not in open_codes(registered)
    assert open_codes(registered)["agreement-answer"] == date(2026, 4, 8)
    assert told_faults(FILED) == []


@pytest.mark.usefixtures("general")
def test_accepting_registers_and_owes_the_request_too() -> None:
    application = make.make_in_review(kind=SECURED, at=FILED)
    assert open_codes(application)["agreement-request"] == date(2026, 3, 19)
    assert Application.objects.get(pk=application.pk).due_on == date(2026, 3, 19)


def test_a_mining_licence_needs_no_opinion_and_may_ask_for_one() -> None:
    application, _opinion = asked("mining-licence-1", make.AT)
    assert open_codes(application) == {"decision": date(2026, 7, 8), "agreement-answer": date(2026, 6, 30)}


@pytest.mark.usefixtures("general")
def test_a_permit_waits_for_the_body_that_must_agree() -> None:
    application = make.make_countersigned(kind=SECURED, at=FILED)
    with pytest.raises(TransitionRefused) as refused:
        services.decide_application(application, outcome="grant", actor=make.make_user("head"), at=FILED)
    assert [problem.code for problem in refused.value.problems] == ["opinion-awaited:energy"]


@pytest.mark.usefixtures("general")
@pytest.mark.parametrize(
    ("kind", "when", "last_day", "effect", "value"),
    [
        (SECURED, FILED, date(2026, 4, 3), "agreed", "agreed"),
        ("mining-licence-1", make.AT, date(2026, 6, 30), "none", "no effect"),
    ],
)
def test_a_silent_body(kind: str, when: datetime, last_day: date, effect: str, value: str) -> None:
    application, opinion = asked(kind, when)
    evening = datetime(last_day.year, last_day.month, last_day.day, 23, 59, tzinfo=make.ALMATY)
    assert sweep_duties(at=evening) == 0
    assert Opinion.objects.get(pk=opinion.pk).answer == ""
    assert sweep_duties(at=evening + timedelta(minutes=1)) == 1
    assert sweep_duties(at=evening + timedelta(minutes=1)) == 0
    row = Opinion.objects.get(pk=opinion.pk)
    assert (row.answer, row.silent_on, row.silence["value"]) == ("silent", last_day, value)
    event = Event.objects.of(application).get(verb="application.opinion_silent")
    assert (event.data["effect"], event.data["on"], event.actor.is_system) == (effect, str(last_day), True)
    assert "agreement-answer" not in open_codes(application)


@pytest.mark.parametrize(
    ("answered_on", "silent_on"), [(date(2026, 6, 30), None), (date(2026, 7, 1), date(2026, 6, 30))]
)
def test_an_answer_after_silence(answered_on: date, silent_on: date | None) -> None:
    """Of a day within the term it undoes the silence; a later one stands beside it."""
    _application, opinion = asked("mining-licence-1", make.AT)
    now = at("2026-07-02T10:00")
    sweep_duties(at=now)
    officer = make.make_user("officer")
    row = services.record_opinion(
        opinion, answer="objected", text="No.", answered_on=answered_on, actor=officer, at=now
    )
    assert (row.answer, row.silent_on, bool(row.silence)) == ("objected", silent_on, silent_on is not None)
    with pytest.raises(TransitionRefused):
        services.record_opinion(opinion, answer="agreed", text="", answered_on=answered_on, actor=officer, at=now)


@pytest.mark.usefixtures("general")
def test_the_silence_of_the_authority_makes_a_permit_of_its_last_day() -> None:
    """Beat stood for ten days: each term once, in the order of the days, and the permit of the day it was due."""
    head = make.make_user("head")
    application, _opinion = asked()
    assert application.due_on is not None
    later = at("2026-04-20T09:00")  # a Monday
    assert sweep_duties(at=later) == 3  # the opinion, the decision, and the delivery that was due meanwhile
    assert sweep_duties(at=later) == 0
    told = Event.objects.of(application).filter(verb="obligation.overdue").order_by("seq")
    assert [(event.data["duty"], event.data["due"]) for event in told] == [
        ("agreement-answer", "2026-04-03"),
        ("decision", str(LAST_DAY)),
        ("silence-delivery", "2026-04-17"),
    ]
    deemed = Application.objects.get(pk=application.pk)
    assert (deemed.state, deemed.deemed_on, deemed.due_on) == ("deemed", LAST_DAY, date(2026, 4, 17))
    assert open_codes(deemed) == {"silence-confirmation": date(2026, 4, 20), "silence-delivery": date(2026, 4, 17)}
    assert Notification.objects.filter(recipient=head, template="silence_fell", channel="inbox").count() == 1
    assert told_faults(later) == []
    granted = services.confirm_silence(deemed, actor=head, at=later, version=deemed.version)
    licence = granted.licence
    assert (granted.state, licence.granted_on, licence.valid_from) == ("granted", LAST_DAY, LAST_DAY)
    assert [ground["code"] for ground in licence.grounds] == ["secured.permit.validity", "permit.silence"]
    assert (granted.decisions.get().by_silence, granted.decisions.get().recommendation) == (True, None)
    assert licence.register_entry.since == LAST_DAY
    assert open_codes(granted) == {}
    assert told_faults(later) == []
    assert Application.objects.get(pk=granted.pk).due_on is None


@pytest.mark.usefixtures("general")
def test_on_the_last_day_nothing_is_deemed_yet() -> None:
    application, opinion = asked()
    officer = make.make_user("officer")
    services.record_opinion(opinion, answer="agreed", text="", answered_on=FILED.date(), actor=officer, at=FILED)
    assert sweep_duties(at=at("2026-04-10T23:59")) == 0
    assert sweep_duties(at=at("2026-04-11T00:00")) == 1  # a Saturday: the head confirms on Monday
    deemed = Application.objects.get(pk=application.pk)
    assert (deemed.state, open_codes(deemed)["silence-confirmation"]) == ("deemed", date(2026, 4, 13))
    assert open_codes(deemed)["silence-delivery"] == date(2026, 4, 17)


@pytest.mark.usefixtures("general")
def test_a_head_may_find_that_silence_has_not_fallen() -> None:
    application, _opinion = asked()
    sweep_duties(at=at("2026-04-13T09:00"))
    head, officer = make.make_user("head"), make.make_user("officer")
    with pytest.raises(TransitionRefused):
        services.deny_silence(application, reason=" ", actor=head, at=at("2026-04-13T10:00"))
    with pytest.raises(PermissionDenied):
        services.confirm_silence(application, actor=officer, at=at("2026-04-13T10:00"))
    back = services.deny_silence(application, reason="The permit was refused.", actor=head, at=at("2026-04-13T10:00"))
    assert (back.state, back.deemed_on, open_codes(back)) == ("in_review", None, {"decision": LAST_DAY})
    assert sweep_duties(at=at("2026-04-14T09:00")) == 0
    assert told_faults(at("2026-04-14T09:00")) == []


def test_the_silence_of_the_authority_means_nothing_for_mining() -> None:
    application = make.make_in_review()
    sweep_duties(at=at("2026-07-09T09:00"))
    now = Application.objects.get(pk=application.pk)
    assert (now.state, open_codes(now)) == ("in_review", {"decision": date(2026, 7, 8)})


@pytest.mark.usefixtures("general")
def test_what_was_decided_in_time_is_not_deemed() -> None:
    application = make.make_submitted(kind=SECURED, at=FILED)
    services.withdraw_application(application, actor=application.created_by, at=FILED)
    assert sweep_duties(at=at("2026-06-01T09:00")) == 0
