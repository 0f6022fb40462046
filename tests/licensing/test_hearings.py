"""Nothing goes against the applicant before he could be heard: the draft, his days, his position, the minutes."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from config.invariants import faults
from core.models import Notification, Obligation, User
from core.services import sweep_duties
from core.workflow import StaleVersion, TransitionRefused
from licensing import services
from licensing.models import Application, Hearing, Letter
from tests import factories as make

pytestmark = pytest.mark.django_db
SENT = make.AT + timedelta(hours=4)  # Tuesday, 16 June 2026
FRIDAY = date(2026, 6, 19)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=make.ALMATY)


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def drafted(outcome: str = "refuse") -> Application:
    application = make.make_recommended(outcome=outcome)
    return services.countersign(application, actor=make.make_user("officer"), at=make.AT + timedelta(hours=3))


def announced(day: date = FRIDAY, when: datetime = SENT) -> Hearing:
    officer = make.make_user("officer")
    return services.announce_hearing(drafted(), hearing_on=day, place="Room 1, 10:00", actor=officer, at=when)


def case_of(hearing: Hearing) -> Application:
    return Application.objects.get(pk=hearing.subject_id)


def party(hearing: Hearing) -> User:
    return case_of(hearing).created_by


def refuse(application: Application, when: datetime) -> Application:
    head = make.make_user("head")
    return services.decide_application(application, outcome="refuse", actor=head, at=when, confirmation="Yes.")


def test_without_a_hearing_nothing_is_refused() -> None:
    with pytest.raises(TransitionRefused) as refused:
        refuse(drafted(), at("2026-07-01T10:00"))
    assert codes(refused) == ["not-heard"]


def test_a_grant_needs_none() -> None:
    application = drafted("grant")
    with pytest.raises(TransitionRefused) as refused:
        services.announce_hearing(
            application, hearing_on=FRIDAY, place="Room 1", actor=make.make_user("officer"), at=SENT
        )
    assert codes(refused) == ["nothing-to-hear"]
    assert make.make_decided().state == "granted"


@pytest.mark.parametrize(
    ("sent", "day", "problem"),
    [
        ("2026-06-16T15:00", "2026-06-19", ""),
        ("2026-06-16T15:00", "2026-06-18", "hearing-too-early"),
        ("2026-06-16T15:00", "2026-06-20", "hearing-on-day-off"),
        ("2026-06-16T15:00", "2026-06-16", "hearing-too-early"),
        ("2026-06-16T15:00", "2020-01-06", "hearing-too-early"),
        ("2026-06-17T09:00", "2026-06-22", ""),
        ("2026-06-17T09:00", "2026-06-19", "hearing-too-early"),
        ("2026-07-02T23:59", "2026-07-08", ""),  # the Capital Day is on Monday
        ("2026-07-02T23:59", "2026-07-07", "hearing-too-early"),
        ("2026-07-02T23:59", "2026-07-06", "hearing-too-early"),
        ("2026-12-29T10:00", "2027-01-05", ""),
        ("2026-12-29T10:00", "2027-01-04", "hearing-too-early"),
    ],
)
def test_three_working_days_with_the_draft(sent: str, day: str, problem: str) -> None:
    if not problem:
        hearing = announced(date.fromisoformat(day), at(sent))
        due = Obligation.objects.of(case_of(hearing)).get(code="position")
        assert (due.due_on, due.debtor) == (hearing.hearing_on, "organisation")
        return
    with pytest.raises(TransitionRefused) as refused:
        announced(date.fromisoformat(day), at(sent))
    assert codes(refused) == [problem]
    assert not Hearing.objects.exists()


@pytest.mark.parametrize(
    ("when", "may"),
    [("2026-06-16T18:00", False), ("2026-06-19T23:59", False), ("2026-06-20T00:00", True), ("2026-06-22T09:00", True)],
)
def test_the_day_must_have_passed(when: str, may: bool) -> None:
    hearing = announced()
    if may:
        assert refuse(case_of(hearing), at(when)).state == "refused"
        hearing.refresh_from_db()
        assert hearing.closed_at == at(when)
        return
    with pytest.raises(TransitionRefused) as refused:
        refuse(case_of(hearing), at(when))
    assert codes(refused) == ["hearing-ahead"]


@pytest.mark.parametrize("how", ["stated", "waived", "held"])
def test_or_the_applicant_has_had_his_say(how: str) -> None:
    hearing, now = announced(), at("2026-06-17T10:00")
    if how == "stated":
        services.state_position(hearing, text="It is met.", actor=party(hearing), at=now)
    elif how == "waived":
        services.waive_hearing(hearing, actor=party(hearing), at=now)
    else:
        officer = make.make_user("officer")
        services.record_hearing(
            hearing, held_on=now.date(), attended=True, minutes="He said so.", actor=officer, at=now
        )
    hearing.refresh_from_db()
    assert hearing.standing == how
    assert not Obligation.objects.of(case_of(hearing)).open().filter(code="position").exists()
    assert refuse(case_of(hearing), now).state == "refused"
    assert [fault for fault in faults(at=now) if fault.code != "letter-unprinted"] == []


def test_the_letter_holds_the_draft_and_the_day() -> None:
    hearing = announced()
    letter = Letter.objects.get(kind="hearing")
    assert [row["value"] for row in letter.data["facts"]] == [
        "2026-06-19",
        dict.fromkeys(("kk", "ru", "en"), "Room 1, 10:00"),
    ]
    assert letter.data["reasons"][0]["code"] == "permit.refusal.3"
    assert (letter.data["text"], hearing.draft["text"]) == ("As found in the review.", "As found in the review.")
    printed = services.print_letter(letter.pk, at=SENT)
    assert printed is not None
    assert printed.document is not None


def test_a_draft_that_is_out_is_not_edited_and_a_returned_one_is_heard_anew() -> None:
    application, officer = make.make_recommended(outcome="refuse"), make.make_user("officer")
    services.announce_hearing(application, hearing_on=FRIDAY, place="Room 1", actor=officer, at=SENT)
    with pytest.raises(TransitionRefused) as refused:
        services.edit_letter(application, text="Otherwise.", actor=officer, at=SENT)
    assert codes(refused) == ["draft-sent"]
    with pytest.raises(TransitionRefused) as refused:
        services.announce_hearing(application, hearing_on=FRIDAY, place="Room 1", actor=officer, at=SENT)
    assert codes(refused) == ["hearing-announced"]
    services.return_to_review(application, reason="Look again.", actor=officer, at=SENT)
    old = Hearing.objects.get()
    assert (old.standing, Application.objects.get(pk=application.pk).hearing) == ("closed", None)
    with pytest.raises(TransitionRefused) as refused:
        services.state_position(old, text="Late.", actor=party(old), at=SENT)
    assert codes(refused) == ["hearing-closed"]
    services.recommend(
        application, outcome="refuse", reasons=["permit.refusal.3"], text="Still.", actor=officer, at=SENT
    )
    services.countersign(application, actor=make.make_user("officer"), at=SENT)
    with pytest.raises(TransitionRefused) as refused:
        refuse(application, at("2026-06-30T10:00"))
    assert codes(refused) == ["not-heard"]


def test_silence_of_the_applicant_is_no_fault_of_his() -> None:
    hearing = announced()
    assert sweep_duties(at=at("2026-06-20T09:00")) == 1
    row = Obligation.objects.of(case_of(hearing)).get(code="position")
    assert (row.ended_at, row.overdue_at) == (at("2026-06-20T09:00"), at("2026-06-20T09:00"))


def test_what_cannot_be_entered() -> None:
    hearing, officer = announced(), make.make_user("officer")
    for held_on, attended, minutes, when, expected in (
        ("2026-06-15", True, "x", "2026-06-19T10:00", ["hearing-day"]),  # before the draft was sent
        ("2026-06-20", True, "", "2026-06-19T10:00", ["hearing-day", "minutes-missing"]),
        ("2026-06-18", False, "x", "2026-06-19T10:00", ["hearing-ahead"]),
    ):
        with pytest.raises(TransitionRefused) as refused:
            services.record_hearing(
                hearing,
                held_on=date.fromisoformat(held_on),
                attended=attended,
                minutes=minutes,
                actor=officer,
                at=at(when),
            )
        assert codes(refused) == expected
    with pytest.raises(TransitionRefused) as refused:
        services.state_position(hearing, text=" ", actor=party(hearing), at=SENT)
    assert codes(refused) == ["text-missing"]
    services.waive_hearing(hearing, actor=party(hearing), at=SENT)
    with pytest.raises(TransitionRefused) as refused:
        services.waive_hearing(hearing, actor=party(hearing), at=SENT)
    assert codes(refused) == ["position-stands"]
    with pytest.raises(TransitionRefused) as refused:
        services.state_position(hearing, text="No.", actor=party(hearing), at=SENT)
    assert codes(refused) == ["position-stands"]


@pytest.mark.parametrize("role", ["officer", "head", "applicant"])
def test_only_the_party_speaks_for_itself(role: str) -> None:
    hearing = announced()
    other = make.make_applicant() if role == "applicant" else make.make_user(role)
    with pytest.raises(PermissionDenied):
        services.state_position(hearing, text="Mine.", actor=other, at=SENT)
    with pytest.raises(PermissionDenied):
        services.waive_hearing(hearing, actor=other, at=SENT)
    with pytest.raises(StaleVersion):
        services.waive_hearing(hearing, actor=party(hearing), at=SENT, version=1)
    seen = Hearing.objects.visible_to(other).filter(pk=hearing.pk).exists()
    assert seen == (role != "applicant")


def test_the_officer_of_the_case_hears_of_the_answer() -> None:
    hearing, officer = announced(), make.make_user("officer")
    services.assign_application(case_of(hearing), to=officer, actor=officer, at=SENT)
    services.state_position(hearing, text="It is met.", actor=party(hearing), at=SENT)
    assert Notification.objects.filter(recipient=officer, template="position_stated", channel="inbox").count() == 1


def test_on_the_account_page() -> None:
    hearing = announced()
    address = f"/account/hearings/{hearing.pk}/"
    client = Client(headers={"accept-language": "en"})
    client.force_login(make.make_applicant())
    assert client.get(address).status_code == 404
    client.force_login(party(hearing))
    assert b"Waive the hearing" in client.get(address).content
    assert client.post(address, {"text": ""}).status_code == 422
    assert client.post(address, {"text": "It is met."}).status_code == 302
    page = client.get(address).content.decode()
    assert "It is met." in page
    assert "Waive the hearing" not in page
    assert client.post(address, {"waive": "yes"}).status_code == 409
