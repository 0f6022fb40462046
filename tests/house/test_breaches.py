"""A breach of personal data: its clock, its two ways, and who may take them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from core.models import DataBreach, Event, Notification, Obligation, User
from core.services import breaches, sweep_duties, verify_events
from core.workflow import AUDITOR, OFFICER, StaleVersion, TransitionRefused
from tests import factories as make

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 6, 19, 18, 0, tzinfo=make.ALMATY)


def noticed(actor: User | None = None, at: datetime = make.AT, **fields: Any) -> DataBreach:
    given = {
        "summary": "A list went to a wrong address.",
        "description": "40 lines.",
        "happened_at": None,
        **fields,
    }
    return breaches.notice_breach(**given, actor=actor or make.make_user(OFFICER), at=at)


def assessed(breach: DataBreach, actor: User, **fields: Any) -> DataBreach:
    given = {"kinds": ["names", "contacts"], "persons": 40, "assessment": "Unwanted letters.", **fields}
    return breaches.assess_breach(breach, **given, actor=actor, at=make.AT + timedelta(hours=1))


def codes_of(refused: pytest.ExceptionInfo[TransitionRefused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def test_the_clock_is_one_working_day_with_its_arithmetic(administrators: tuple[User, User]) -> None:
    breach = noticed(at=FRIDAY)
    term = Obligation.objects.of(breach).get()
    assert (term.code, term.base_on, term.due_on) == ("breach_notice", date(2026, 6, 19), date(2026, 6, 22))
    assert term.ground["code"] == "personal_data.breach_notice"
    assert len(term.arithmetic) >= 2
    assert term.audience == "internal"
    told = Notification.objects.filter(template="breach_noticed", channel="inbox").values_list("recipient", flat=True)
    assert set(told) == {person.pk for person in administrators}


def test_a_notice_meets_the_term_and_freezes_its_text(administrators: tuple[User, User]) -> None:
    breach = assessed(noticed(), administrators[0])
    told = breaches.notify_breach(
        breach, notice="To the body.", persons_notice="By letter.", actor=administrators[0], at=make.AT
    )
    assert (told.state, told.notice) == ("notified", "To the body.")
    assert Obligation.objects.of(breach).get().met_at == make.AT
    with pytest.raises(TransitionRefused):
        breaches.notify_breach(told, notice="Other.", persons_notice="x", actor=administrators[0], at=make.AT)
    closed = breaches.close_breach(told, measures="Addresses are checked twice.", actor=administrators[0], at=make.AT)
    assert closed.state == "closed"
    assert list(verify_events()) == []
    facts = Event.objects.get(verb="databreach.assess").data
    assert facts == {"kinds": ["names", "contacts"], "persons": 40}


def test_not_notifying_is_a_second_persons_word(administrators: tuple[User, User]) -> None:
    breach = assessed(noticed(), administrators[0])
    with pytest.raises(PermissionDenied):
        breaches.judge_not_notifiable(breach, reason="Encrypted.", actor=administrators[0], at=make.AT)
    with pytest.raises(TransitionRefused) as refused:
        breaches.judge_not_notifiable(breach, reason=" ", actor=administrators[1], at=make.AT)
    assert codes_of(refused) == {"reason-missing"}
    judged = breaches.judge_not_notifiable(breach, reason="Encrypted.", actor=administrators[1], at=make.AT)
    assert Obligation.objects.of(breach).get().ended_at == make.AT
    late = breaches.notify_breach(judged, notice="After all.", persons_notice="x", actor=administrators[0], at=make.AT)
    assert late.state == "notified"


def test_what_is_missing_is_told_at_once(administrators: tuple[User, User]) -> None:
    later = make.AT + timedelta(hours=1)
    with pytest.raises(TransitionRefused) as refused:
        noticed(summary=" ", description="", happened_at=later)
    assert codes_of(refused) == {"summary-missing", "description-missing", "happened-later"}
    with pytest.raises(TransitionRefused) as refused:
        noticed(at=datetime(2024, 6, 30, 12, tzinfo=make.ALMATY))
    assert codes_of(refused) == {"not_in_force"}
    breach = noticed()
    with pytest.raises(TransitionRefused) as refused:
        assessed(breach, administrators[0], kinds=["nonsense"], persons=None, assessment="")
    assert codes_of(refused) == {"kinds-missing", "persons-missing", "assessment-missing"}
    breach = assessed(breach, administrators[0])
    with pytest.raises(TransitionRefused) as refused:
        breaches.notify_breach(breach, notice="", persons_notice="", actor=administrators[0], at=make.AT)
    assert codes_of(refused) == {"notice-missing", "persons-notice-missing"}
    with pytest.raises(StaleVersion):
        breaches.notify_breach(breach, notice="x", persons_notice="x", actor=administrators[0], at=make.AT, version=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        DataBreach.objects.filter(pk=breach.pk).update(state="notified")


def test_an_overdue_notice_is_found_once_with_its_true_day(administrators: tuple[User, User]) -> None:
    breach = noticed(at=FRIDAY)
    ten_days = FRIDAY + timedelta(days=10)
    assert sweep_duties(at=ten_days) == 1
    assert sweep_duties(at=ten_days) == 0
    event = Event.objects.get(verb="obligation.overdue")
    assert event.data["due"] == "2026-06-22"
    assert Notification.objects.filter(event=event, path=f"/house/breaches/{breach.pk}/").exists()


@pytest.mark.parametrize("role", ["applicant", OFFICER, AUDITOR])
def test_only_administrators_handle(role: str) -> None:
    breach = noticed()
    with pytest.raises(PermissionDenied):
        assessed(breach, make.make_user(role))
    if role == "applicant":
        with pytest.raises(PermissionDenied):
            noticed(make.make_user(role))


def test_a_breach_by_page_from_its_notice_to_its_end(administrators: tuple[User, User]) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(administrators[0])
    list_, form = "/house/breaches/", {"summary": "A lost disk.", "description": "Encrypted, 12 papers."}
    assert client.post(list_, {"summary": ""}).status_code == 200
    assert client.post(list_, {**form, "happened_at": "2999-01-01T10:00"}).status_code == 200
    assert not DataBreach.objects.exists()
    assert client.post(list_, form).status_code == 302
    breach = DataBreach.objects.get()
    page = f"/house/breaches/{breach.pk}/"
    assert "How this day was counted" in client.get(page).content.decode()
    assert client.post(page, {"act": "burn"}).status_code == 404
    empty = client.post(page, {"act": "assess", "version": 1})
    assert "Choose at least one kind of data" in empty.content.decode()
    facts = {"kinds": ["papers"], "persons": "12", "assessment": "Little."}
    assert client.post(page, {"act": "assess", "version": 1, **facts}).status_code == 302
    shown = client.get(page).content.decode()
    assert f"Breach of personal data, breach-{breach.pk}" in shown  # a draft of the notice
    assert "Judge not notifiable" not in shown  # he assessed it himself
    assert client.post(page, {"act": "judge_not_notifiable", "reason": "x"}).status_code == 403
    texts = {"notice": "To the body.", "persons_notice": "By letter."}
    assert client.post(page, {"act": "notify", "version": 2, **texts}).status_code == 302
    assert client.post(page, {"act": "close", "version": 3, "measures": "New disks."}).status_code == 302
    assert DataBreach.objects.get().state == "closed"
    assert client.get(list_).status_code == 200
    officer = Client()
    officer.force_login(make.make_user(OFFICER))
    assert officer.get(page).status_code == 404
    assert timezone.localdate(DataBreach.objects.get().noticed_at) == timezone.localdate()
