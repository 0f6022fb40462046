"""The holder is heard before a suspension or a claim (Administrative Procedural Code 73); who declares what."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from core.models import Event, Notification, Obligation, User
from core.workflow import TransitionRefused
from licensing import permits, services
from licensing.models import Hearing, Letter, Licence, Measure
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = make.AT + timedelta(hours=6)  # Tuesday, 16 June 2026
FRIDAY = date(2026, 6, 19)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=make.ALMATY)


def codes(refused: Any) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def signed(licence: Licence, act: str = "suspend") -> Measure:
    measure = make.make_measure(licence, act=act)
    return services.countersign_measure(measure, actor=make.make_user("officer"), at=AT)


def announced(measure: Measure, day: date = FRIDAY, when: datetime = AT) -> Hearing:
    services.announce_measure(measure, hearing_on=day, place="Room 1", actor=make.make_user("officer"), at=when)
    return Hearing.objects.of(measure).get()


def party(measure: Measure) -> User:
    return measure.licence.application.created_by


def decide(measure: Measure, when: datetime) -> Measure:
    return services.decide_measure(measure, actor=make.make_user("head"), at=when, confirmation="It applies.")


def file(measure: Measure, when: datetime) -> Measure:
    return services.file_claim(
        measure,
        court="Economic Court",
        claim_reference="7/26",
        filed_on=when.date(),
        confirmation="It applies.",
        actor=make.make_user("head"),
        at=when,
    )


@pytest.mark.parametrize(("act", "take"), [("suspend", decide), ("revoke", file)])
def test_without_a_hearing_nothing_takes_effect(act: str, take: Any) -> None:
    measure = signed(make.make_licence(), act)
    with pytest.raises(TransitionRefused) as refused:
        take(measure, at("2026-07-10T10:00"))
    assert codes(refused) == ["holder-not-heard"]
    assert refused.value.problems[0].ground()["code"] == "hearing.notice"  # type: ignore[index]  # it has one


def test_what_the_law_ends_itself_needs_none() -> None:
    measure = signed(make.make_licence(), "close")
    assert decide(measure, AT).state == "in_effect"


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        ("2026-06-18", "hearing-too-early"),
        ("2026-06-20", "hearing-on-day-off"),
        ("2026-06-19", ""),
        ("2026-06-22", ""),
        ("", "hearing-day-missing"),
    ],
)
def test_three_working_days_with_the_draft(day: str, problem: str) -> None:
    measure = signed(make.make_licence())
    set_on = date.fromisoformat(day) if day else None
    if problem:
        with pytest.raises(TransitionRefused) as refused:
            announced(measure, set_on)  # type: ignore[arg-type]  # what a program could send
        assert codes(refused) == [problem]
        assert not Hearing.objects.exists()
        return
    announced(measure, set_on)  # type: ignore[arg-type]  # a day here
    owed = Obligation.objects.of(measure).open().get()
    assert (owed.code, owed.due_on, owed.debtor) == ("position", set_on, "organisation")
    letter = Letter.objects.get(kind="draft_measure")
    assert [row["value"] for row in letter.data["facts"]] == [day, dict.fromkeys(("kk", "ru", "en"), "Room 1")]


@pytest.mark.parametrize(("when", "may"), [("2026-06-19T23:59", False), ("2026-06-20T00:00", True)])
@pytest.mark.parametrize(("act", "take"), [("suspend", decide), ("revoke", file)])
def test_the_day_must_have_passed(when: str, may: bool, act: str, take: Any) -> None:
    measure = signed(make.make_licence(), act)
    hearing = announced(measure)
    if not may:
        with pytest.raises(TransitionRefused) as refused:
            take(measure, at(when))
        assert codes(refused) == ["holder-hearing"]
        return
    assert take(measure, at(when)).state in ("in_effect", "filed")
    hearing.refresh_from_db()
    assert hearing.closed_at == at(when)
    assert not Obligation.objects.of(measure).open().exists()


@pytest.mark.parametrize("how", ["answered", "stated", "waived", "held"])
def test_or_the_holder_has_had_his_say(how: str) -> None:
    measure, now = signed(make.make_licence()), at("2026-06-17T10:00")
    hearing = announced(measure)
    if how == "answered":
        services.answer_measure(measure, position="We cured it.", actor=party(measure), at=now)
    elif how == "stated":
        services.state_position(hearing, text="We cured it.", actor=party(measure), at=now)
    elif how == "waived":
        services.waive_hearing(hearing, actor=party(measure), at=now)
    else:
        officer = make.make_user("officer")
        services.record_hearing(hearing, held_on=now.date(), attended=True, minutes="Said so.", actor=officer, at=now)
    hearing.refresh_from_db()
    assert hearing.standing == {"answered": "stated"}.get(how, how)
    held = Measure.objects.get(pk=measure.pk)
    assert held.position == ("We cured it." if how in ("answered", "stated") else "")
    told = Notification.objects.filter(template="position_stated").exists()
    assert told == (how != "held")
    assert decide(held, now).state == "in_effect"


def test_dropped_with_its_hearing() -> None:
    measure = signed(make.make_licence())
    hearing = announced(measure)
    services.end_measure(measure, "drop", text="Cured.", actor=make.make_user("officer"), at=AT)
    hearing.refresh_from_db()
    assert hearing.standing == "closed"
    with pytest.raises(TransitionRefused) as refused:
        services.waive_hearing(hearing, actor=party(measure), at=AT)
    assert codes(refused) == ["hearing-closed"]


def declare(monkeypatch: pytest.MonkeyPatch, **procedure: Any) -> None:
    kind = permits.kind("mining-licence-1")
    declared = replace(kind, procedure=replace(kind.procedure, **procedure))
    monkeypatch.setitem(permits._KINDS, kind.code, declared)


@pytest.mark.parametrize(("when", "may"), [("2026-06-19T23:59", False), ("2026-06-20T00:00", True)])
def test_a_kind_with_a_rule_of_its_own_gives_those_days(monkeypatch: pytest.MonkeyPatch, when: str, may: bool) -> None:
    """As an exchanger's law has it: three working days with the draft, and no hearing."""
    declare(monkeypatch, hearing=("refuse",), measure_notice="nbk.exchanger.draft_notice")
    measure = signed(make.make_licence())
    with pytest.raises(TransitionRefused) as refused:
        decide(measure, AT)
    assert codes(refused) == ["draft-untold"]
    services.announce_measure(measure, actor=make.make_user("officer"), at=AT)
    assert Obligation.objects.of(measure).open().get().code == "draft-notice"
    if may:
        assert decide(measure, at(when)).state == "in_effect"
        return
    with pytest.raises(TransitionRefused) as refused:
        decide(measure, at(when))
    assert codes(refused) == ["draft-open"]
    services.answer_measure(measure, position="No.", actor=party(measure), at=AT)
    assert decide(measure, at(when)).state == "in_effect"


def test_a_kind_without_any_rule_decides_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the law of platform operators has it."""
    declare(monkeypatch, hearing=("refuse",), measure_notice="")
    assert decide(signed(make.make_licence()), AT).state == "in_effect"


def test_on_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    measure, officer = make.make_measure(make.make_licence()), make.make_user("officer")
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer)
    address = f"/measures/{measure.reference}/announce/"
    assert b"Day of the hearing" in client.get(address).content
    given = {"hearing_on": "2030-06-18", "place": "Room 1", "version": measure.version}
    assert client.post(address, {**given, "hearing_on": "2020-01-06"}).status_code == 409
    assert client.post(address, given).status_code == 302
    hearing = Hearing.objects.get()
    page = client.get(f"/measures/{measure.reference}/").content
    assert b"Room 1" in page
    assert b"Enter the minutes of the hearing" in page
    client.force_login(party(measure))
    account = f"/account/hearings/{hearing.pk}/"
    assert b"A measure against your licence" in client.get(account).content
    assert client.post(account, {"text": "We cured it."}).status_code == 302
    assert Event.objects.of(measure).filter(verb="measure.answer").count() == 1
    client.force_login(make.make_applicant())
    assert client.get(account).status_code == 404
