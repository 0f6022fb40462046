"""Warnings before a day, and the ladder after it: each step once, to the right person, and none twice after a stop."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from core.models import Membership, Notification, Obligation, Reminder, User
from core.services import remind_duties, sweep_duties
from licensing import services
from tests import factories as make

pytestmark = pytest.mark.django_db


def noon(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T12:00").replace(tzinfo=make.ALMATY)


def told(person: User) -> list[tuple[str, str]]:
    rows = Notification.objects.filter(recipient=person, channel="inbox", template__startswith="term_").order_by("id")
    return [(row.template, row.params["duty"]) for row in rows]


def mornings(first: str, last: str) -> None:
    day, end = noon(first), noon(last)
    while day <= end:
        sweep_duties(at=day)
        remind_duties(at=day)
        remind_duties(at=day)
        day += timedelta(days=1)


@pytest.fixture
def case() -> tuple[Obligation, User, User, User]:
    """A case in review whose decision is due on Wednesday, 8 July 2026; Monday the 6th is the Capital Day."""
    officer, head, chief = make.make_user("officer"), make.make_user("head"), make.make_user("administrator")
    application = make.make_in_review(officer=officer)
    services.assign_application(application, to=officer, actor=officer, at=make.AT)
    return Obligation.objects.of(application).get(code="decision"), officer, head, chief


@pytest.mark.parametrize(
    ("day", "steps"),
    [
        ("2026-07-01", []),  # four working days before
        ("2026-07-02", [3]),
        ("2026-07-04", [3]),  # a Saturday
        ("2026-07-06", [3]),  # the holiday: two working days are left
        ("2026-07-07", [1]),  # the nearest alone, where the earlier was missed
        ("2026-07-08", [1]),
        ("2026-07-09", [-1]),  # one working day after
        ("2026-07-10", [-1]),
        ("2026-07-12", [-1]),  # Sunday: two
        ("2026-07-13", [-3, -1]),
        ("2026-07-14", [-3, -1]),
        ("2026-07-15", [-5, -3, -1]),
        ("2026-08-15", [-5, -3, -1]),
    ],
)
def test_which_steps_have_come(case: tuple[Obligation, User, User, User], day: str, steps: list[int]) -> None:
    obligation = case[0]
    remind_duties(at=noon(day))
    assert sorted(obligation.reminders.values_list("days", flat=True)) == steps
    assert remind_duties(at=noon(day)) == 0


def test_day_by_day_each_step_is_told_once_to_its_person(case: tuple[Obligation, User, User, User]) -> None:
    obligation, officer, head, chief = case
    mornings("2026-06-30", "2026-07-20")
    assert told(officer) == [("term_warning", "decision"), ("term_warning", "decision"), ("term_overdue", "decision")]
    assert told(head) == told(chief) == [("term_overdue", "decision")]
    days = obligation.reminders.order_by("at").values_list("days", "to", "at__date")
    assert list(days) == [
        (3, "officer", date(2026, 7, 2)),
        (1, "officer", date(2026, 7, 7)),
        (-1, "officer", date(2026, 7, 9)),
        (-3, "head", date(2026, 7, 13)),
        (-5, "administrator", date(2026, 7, 15)),
    ]


def test_a_moved_day_is_warned_of_anew_and_a_met_one_never(case: tuple[Obligation, User, User, User]) -> None:
    obligation, officer, _head, _chief = case
    remind_duties(at=noon("2026-07-07"))
    Obligation.objects.filter(pk=obligation.pk).update(due_on=date(2026, 7, 17))
    remind_duties(at=noon("2026-07-16"))
    assert len(told(officer)) == 2
    Obligation.objects.filter(pk=obligation.pk).update(met_at=noon("2026-07-17"))
    assert remind_duties(at=noon("2026-07-30")) == 0


def test_a_term_no_longer_than_the_warning_is_not_warned_of() -> None:
    """Registration has one working day, completeness two: the latter alone is warned of, a day before."""
    application = make.make_submitted()
    remind_duties(at=make.AT)
    assert not Reminder.objects.exists()
    remind_duties(at=make.AT + timedelta(days=1))
    row = Reminder.objects.get()
    assert (row.obligation.code, row.obligation.subject_id, row.days) == ("completeness", application.pk, 1)


def test_a_body_is_not_warned_and_its_officer_hears() -> None:
    officer = make.make_user("officer")
    application = make.make_in_review(officer=officer)
    services.assign_application(application, to=officer, actor=officer, at=make.AT)
    body = make.make_authority("energy", decides=False)
    services.request_opinion(application, body=body, text="Power?", actor=officer, at=make.AT)
    remind_duties(at=noon("2026-06-29"))
    assert told(officer) == [("term_warning", "agreement-answer")]


def test_the_party_is_who_acts_for_it_on_the_day_of_the_sweep() -> None:
    """Not on the day that the machine's clock shows: half a year later somebody else does."""
    licence = make.make_licence()
    party = licence.application.created_by
    make.make_breach(licence)
    term = Obligation.objects.get(code="breach-explanation")
    Membership.objects.filter(user=party).update(valid_to=term.due_on)
    with time_machine.travel(noon("2027-01-05")):
        remind_duties(at=noon(str(term.due_on)))
    assert told(party) == [("term_warning", "breach-explanation")]
