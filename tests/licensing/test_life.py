"""Breaches, suspensions, claims: what happens to a licence, with its days, its register entry and its letters."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import Event, Notification, Obligation, User
from core.services import enter_investor, sweep_duties, verify_events
from core.workflow import TransitionRefused
from law.life import suspension_grounds
from law.provisions import Provision
from licensing import services
from licensing.models import Breach, Hearing, Letter, Licence, Measure, RegisterEntry
from tests import factories as make

pytestmark = pytest.mark.django_db
LATER = make.AT + timedelta(hours=6)


def codes(refused: Any) -> list[str]:
    return [one.code for one in refused.value.problems]


def decide(measure: Measure, at: datetime = LATER) -> Measure:
    signed = services.countersign_measure(measure, actor=make.make_user("officer"), at=at)
    make.hear_holder(signed, at=at)
    return services.decide_measure(signed, actor=make.make_user("head"), at=at, confirmation="It applies.")


def suspend(licence: Licence, months: int = 3, at: datetime = LATER) -> Licence:
    decide(make.make_measure(licence, months=months, at=at - timedelta(hours=5)), at)
    return Licence.objects.get(pk=licence.pk)


def test_a_suspension_shows_at_once_and_lapses_on_its_day() -> None:
    licence = suspend(make.make_licence())
    assert (licence.state, licence.suspended_from, licence.suspended_to) == (
        "suspended",
        date(2026, 6, 16),
        date(2026, 9, 16),
    )
    entry = RegisterEntry.objects.get(licence=licence)
    assert (entry.standing, entry.standing_since, entry.standing_until) == (
        "suspended",
        licence.suspended_from,
        licence.suspended_to,
    )
    assert entry.ground["code"] == "mining-licence.suspension.2"
    assert Letter.objects.filter(kind="measure", reference__startswith="MS-").count() == 1
    last_day, day_after = make.AT.replace(month=9, day=16), make.AT.replace(month=9, day=17)
    assert services.lapse_suspensions(at=last_day) == 0
    assert services.lapse_suspensions(at=day_after + timedelta(days=9)) == 1  # days of stop change no day
    assert services.lapse_suspensions(at=day_after + timedelta(days=9)) == 0
    licence.refresh_from_db()
    assert licence.state == "uncured"
    owed = Obligation.objects.of(licence).open().get(code="revocation-start")
    assert (owed.base_on, owed.due_on) == (date(2026, 9, 16), date(2026, 9, 30))
    assert Letter.objects.get(kind="lapse").reference == licence.cause
    assert RegisterEntry.objects.get(licence=licence).standing_since == date(2026, 9, 17)
    assert not list(verify_events())


def test_whoever_drops_the_way_to_the_end_owes_it_again_by_its_old_day() -> None:
    licence, at = suspend(make.make_licence()), make.AT.replace(month=9, day=20)
    services.lapse_suspensions(at=at)
    claim = make.make_measure(Licence.objects.get(pk=licence.pk), act="revoke", at=at)
    head = make.make_user("head")
    services.end_measure(claim, "drop", text="The wrong ground.", actor=head, at=at + timedelta(days=30))
    terms = Obligation.objects.of(licence).filter(code="revocation-start").order_by("id")
    assert [(one.due_on, one.met_at is None) for one in terms] == [
        (date(2026, 9, 30), False),
        (date(2026, 9, 30), True),
    ]


def test_an_uncured_licence_ends_by_a_court_alone() -> None:
    licence = suspend(make.make_licence())
    at = make.AT.replace(month=9, day=20)
    services.lapse_suspensions(at=at)
    licence.refresh_from_db()
    claim = make.make_measure(licence, act="revoke", at=at)
    assert claim.by_court
    assert not Obligation.objects.of(licence).open().filter(code="revocation-start").exists()
    make.hear_holder(claim, at=at)
    signed = services.countersign_measure(claim, actor=make.make_user("officer"), at=at)
    head = make.make_user("head")
    with pytest.raises(TransitionRefused) as refused:
        services.decide_measure(signed, actor=head, at=at, confirmation="Yes.")
    assert "court-only" in codes(refused)
    with pytest.raises(TransitionRefused) as refused:
        services.file_claim(
            signed, court=" ", claim_reference="", filed_on=date(2026, 9, 21), confirmation="Yes.", actor=head, at=at
        )
    assert set(codes(refused)) == {"court-missing", "court-day"}
    filed = services.file_claim(
        signed,
        court="Economic Court",
        claim_reference="7/26",
        filed_on=at.date(),
        confirmation="It applies.",
        actor=head,
        at=at,
    )
    later = at + timedelta(days=60)
    heard = services.enter_court_hearing(filed, heard_on=date(2026, 10, 20), actor=head, at=later)
    for given, holds in ((date(2026, 10, 21), date(2026, 12, 1)), (date(2026, 9, 1), date(2026, 11, 1))):
        with pytest.raises(TransitionRefused):
            services.carry_out_judgment(heard, judgment_on=given, judgment_in_force_on=holds, actor=head, at=later)
    done = services.carry_out_judgment(
        heard, judgment_on=date(2026, 10, 21), judgment_in_force_on=date(2026, 11, 5), actor=head, at=later
    )
    licence.refresh_from_db()
    assert (done.state, licence.state, licence.ended_on, licence.cause) == (
        "in_effect",
        "revoked",
        date(2026, 11, 5),
        claim.reference,
    )
    assert RegisterEntry.objects.get(licence=licence).until == date(2026, 11, 5)


def test_a_breach_is_explained_cured_and_counted_once() -> None:
    licence = make.make_licence()
    breach = make.make_breach(licence)
    party = licence.application.created_by
    assert Obligation.objects.of(breach).open().get().due_on == date(2026, 6, 23)
    with pytest.raises(TransitionRefused):
        services.explain_breach(breach, explanation=" ", actor=party, at=LATER)
    told = services.explain_breach(breach, explanation="A cable was cut.", actor=party, at=LATER)
    with pytest.raises(TransitionRefused):
        services.explain_breach(told, explanation="Again.", actor=party, at=LATER)
    assert Notification.objects.filter(template="breach_explained").exists()
    officer = make.make_user("officer")
    with pytest.raises(TransitionRefused) as refused:
        services.settle_breach(told, "cure", text="", cured_on=date(2026, 6, 15), actor=officer, at=LATER)
    assert set(codes(refused)) == {"cure-day", "note-missing"}
    cured = services.settle_breach(told, "cure", text="Seen.", cured_on=date(2026, 6, 16), actor=officer, at=LATER)
    assert cured.state == "cured"
    assert not Obligation.objects.of(breach).open().exists()


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"facts": ""}, {"particular-missing"}),
        ({"found_on": date(2026, 6, 17)}, {"found-day"}),
        ({"found_on": date(2026, 6, 15)}, {"found-day"}),
        ({"ground": {}}, {"rule-missing"}),
        (
            {"facts": " ", "ground": {}, "found_on": date(2199, 1, 1)},
            {"particular-missing", "rule-missing", "found-day"},
        ),
    ],
)
def test_a_breach_lists_all_that_is_wrong(values: dict[str, Any], found: set[str]) -> None:
    licence = make.make_licence()
    with pytest.raises(TransitionRefused) as refused:
        make.make_breach(licence, **values)
    assert set(codes(refused)) == found
    assert not Breach.objects.exists()


def test_somebody_without_a_licence_is_referred() -> None:
    authority, officer = make.make_authority(), make.make_user("officer")
    ground = suspension_grounds("mining-licence-1", make.AT.date())[1].ground()
    values: dict[str, Any] = {"facts": "Trades in coins at a market.", "found_on": make.AT.date(), "ground": ground}
    with pytest.raises(TransitionRefused) as refused:
        services.open_breach(authority=authority, actor=officer, at=LATER, **values)
    assert codes(refused) == ["subject-missing"]
    breach = services.open_breach(authority=authority, subject_name="A stall", actor=officer, at=LATER, **values)
    assert not Letter.objects.of(breach).exists()
    with pytest.raises(TransitionRefused):
        services.settle_breach(breach, "close", text="Done.", actor=officer, at=LATER)
    with pytest.raises(TransitionRefused):
        services.refer_breach(breach, body=authority, text="Look.", actor=officer, at=LATER)
    police = make.make_authority("police", decides=False)
    row = services.refer_breach(breach, body=police, text="Look.", actor=officer, at=LATER)
    with pytest.raises(TransitionRefused):
        services.refer_breach(breach, body=police, text="Look again.", actor=officer, at=LATER)
    term = Obligation.objects.of(row).get()
    assert (term.debtor, term.due_on) == ("body", date(2026, 7, 8))  # Capital Day is counted out
    sweep_duties(at=LATER + timedelta(days=40))
    assert Obligation.objects.get(pk=term.pk).overdue_at is not None
    services.answer_referral(row, answer="A case is opened.", answered_on=LATER.date(), actor=officer, at=LATER)
    assert services.settle_breach(breach, "close", text="With the police.", actor=officer, at=LATER).state == "acted_on"


def test_what_a_measure_may_not_be() -> None:
    licence = make.make_licence()
    for values, found in (
        ({"months": 7}, "suspension-length"),
        ({"months": None}, "suspension-length"),
        ({"reasons": ["permit.refusal.1"]}, "reason-unknown"),
        ({"reasons": []}, "reasons-missing"),
        ({"text": " "}, "particular-missing"),
    ):
        with pytest.raises(TransitionRefused) as refused:
            make.make_measure(licence, **values)
        assert found in codes(refused), values
    other = make.make_breach(make.make_licence())
    with pytest.raises(TransitionRefused) as refused:
        make.make_measure(licence, breach=other)
    assert codes(refused) == ["breach-of-another"]
    make.make_measure(licence)
    with pytest.raises(TransitionRefused) as refused:
        make.make_measure(licence)
    assert codes(refused) == ["measure-pending"]
    with pytest.raises(PermissionDenied):
        make.make_measure(licence, act="close", officer=make.make_user("officer", authority=make.make_authority("nbk")))


def test_a_registered_investor_is_touched_with_the_prosecutor_alone() -> None:
    licence = make.make_licence(at=make.AT + timedelta(days=30))
    at = LATER + timedelta(days=30)
    clerk, day = make.make_user("officer"), at.date()
    enter_investor(licence.organisation, reference="No. 7", on=day, actor=clerk, at=at)
    measure = make.hear_holder(make.make_measure(licence, at=make.AT + timedelta(days=30)), at=at)
    signed = services.countersign_measure(measure, actor=make.make_user("officer"), at=at)
    head, officer = make.make_user("head"), make.make_user("officer")
    with pytest.raises(TransitionRefused) as refused:
        services.decide_measure(signed, actor=head, at=at, confirmation="Yes.")
    assert codes(refused) == ["approval-missing"]
    with pytest.raises(TransitionRefused):
        services.approve_measure(signed, reference="", on=at.date() + timedelta(days=1), actor=officer, at=at)
    services.approve_measure(signed, reference="P-12", on=at.date(), actor=officer, at=at)
    assert services.decide_measure(signed, actor=head, at=at, confirmation="Yes.").state == "in_effect"


def test_nobody_approves_what_needs_no_approval() -> None:
    """The holder is no registered investor; the answer cites by what one would need it."""
    at = LATER + timedelta(days=30)
    measure = make.make_measure(make.make_licence(at=at), at=at)
    with pytest.raises(TransitionRefused) as refused:
        services.approve_measure(measure, reference="P-12", on=at.date(), actor=make.make_user("officer"), at=at)
    (problem,) = refused.value.problems
    assert problem.code == "approval-unneeded"
    assert isinstance(problem.provision, Provision)
    assert problem.provision.code == "permit.investor-approval"


def test_the_holder_answers_the_draft_once() -> None:
    licence = make.make_licence()
    measure, officer, party = make.make_measure(licence), make.make_user("officer"), licence.application.created_by
    with pytest.raises(TransitionRefused):
        services.answer_measure(measure, position="No.", actor=party, at=LATER)
    assert not Measure.objects.visible_to(party).told().exists()
    services.announce_measure(measure, actor=officer, at=LATER, **make.hearing_set(LATER))
    with pytest.raises(TransitionRefused):
        services.announce_measure(measure, actor=officer, at=LATER, **make.hearing_set(LATER))
    services.answer_measure(measure, position="We cured it.", actor=party, at=LATER)
    with pytest.raises(TransitionRefused):
        services.answer_measure(measure, position="Again.", actor=party, at=LATER)
    assert Measure.objects.visible_to(party).told().get().position == "We cured it."


def test_an_annulled_suspension_puts_the_licence_back() -> None:
    licence = suspend(make.make_licence())
    measure = Measure.objects.get()
    services.annul_decision(measure.decision, cause="AP-1", actor=make.make_user("head"), at=LATER)
    licence.refresh_from_db()
    assert (licence.state, licence.suspended_from, licence.cause) == ("in_force", None, "AP-1")
    assert RegisterEntry.objects.get(licence=licence).standing == "in_force"
    assert Event.objects.of(licence).filter(verb="licence.resume").exists()


@pytest.fixture
def today() -> Iterator[None]:
    with time_machine.travel(make.AT + timedelta(hours=7), tick=True):
        yield


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.mark.usefixtures("today")
def test_the_path_in_the_browser() -> None:
    """Officer, second officer and head, by the pages alone; every blocked act says why."""
    licence = make.make_licence()
    officer, second, head = (client_of(make.make_user(role)) for role in ("officer", "officer", "head"))
    page = f"/licences/{licence.number}/"
    rule = "mining-licence.suspension.2"
    answer = officer.post(f"{page}breach/", {"rule": rule, "found_on": "2026-06-16", "facts": "No meter."})
    breach = Breach.objects.get()
    assert answer.url == f"/breaches/{breach.reference}/"  # type: ignore[attr-defined]  # a redirect
    assert "No meter." in officer.get(answer.url).content.decode()  # type: ignore[attr-defined]  # a redirect
    values = {"reasons": [rule], "text": "Not cured.", "months": "7", "breach": breach.pk}
    refused = officer.post(f"{page}suspend/", values)
    assert refused.status_code == 409
    assert "from 1 to 6 months" in refused.content.decode()
    assert officer.post(f"{page}suspend/", values | {"months": "2"}).status_code == 302
    measure = Measure.objects.get()
    file = f"/measures/{measure.reference}/"
    assert officer.get(f"{file}decide/").status_code == 403
    assert second.post(f"{file}countersign/", {"version": 1}).status_code == 302
    assert head.post(f"{file}decide/", {"version": 1}).status_code == 412  # somebody saved before
    unheard = head.post(f"{file}decide/", {"version": 2})
    assert unheard.status_code == 409
    assert "The holder has not been sent the draft" in unheard.content.decode()
    draft = {"hearing_on": "2026-06-19", "place": "Room 1", "version": 2}
    assert officer.post(f"{file}announce/", draft).status_code == 302
    hearing, party = Hearing.objects.get(), client_of(licence.application.created_by)
    assert party.post(f"/account/hearings/{hearing.pk}/", {"waive": "yes"}).status_code == 302
    assert head.post(f"{file}decide/", {"version": 4}).status_code == 302
    shown = head.get(page).content.decode()
    assert "What the holder may do now" in shown
    assert measure.reference in shown
    public = Client(headers={"accept-language": "en"}).get(f"/register/{licence.number}/").content.decode()
    assert "Suspended" in public
    assert "2026-08-16" in public
    closing = officer.post(f"/breaches/{breach.reference}/close/", {"text": "Suspended.", "version": 1})
    assert closing.status_code == 302
    for path in ("/breaches/", "/breaches/?state=all", "/measures/?state=in_effect", f"/breaches/{breach.reference}/"):
        assert officer.get(path).status_code == 200
    stranger = client_of(make.make_user("officer", authority=make.make_authority("nbk")))
    for path in (f"/breaches/{breach.reference}/", file, f"{file}drop/", f"{page}breach/"):
        assert stranger.get(path).status_code == 404


@pytest.mark.usefixtures("today")
def test_lists_ask_the_same_whatever_they_hold() -> None:
    officer = make.make_user("officer")
    client = client_of(officer)
    counts = []
    for number in (1, 4):
        for _one in range(number):
            licence = make.make_licence()
            make.make_measure(licence, officer=officer, breach=make.make_breach(licence, officer=officer))
        for path in ("/breaches/", "/measures/"):
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            counts.append((path, len(asked)))
    assert counts[:2] == counts[2:]
