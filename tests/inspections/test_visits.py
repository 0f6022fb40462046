"""Supervisory visits of providers that other laws govern: who, under which law, in which order, by whose hands."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client

from core.models import Event, Notification, User
from core.services import choices, make_key
from core.workflow import ROLES, TransitionRefused
from inspections import services
from inspections.models import SupervisoryVisit
from inspections.workflow import SUPERVISORY_VISIT
from tests import factories as make
from tests.inspections.acts_world import announced, exchanger

pytestmark = pytest.mark.django_db
DAY = make.AT.date()
WRITING_HEAD = "writing-head"


ACTS: dict[str, Callable[[SupervisoryVisit, User], SupervisoryVisit]] = {
    "carry_out": lambda row, actor: services.carry_out_visit(row, carried_on=DAY, actor=actor, at=make.AT),
    "issue_report": lambda row, actor: services.issue_report(row, actor=actor, at=make.AT),
    "close": lambda row, actor: services.close_visit(row, conclusion="Mended.", actor=actor, at=make.AT),
    "drop": lambda row, actor: services.drop_visit(row, conclusion="The firm left.", actor=actor, at=make.AT),
}
WAYS: dict[str, tuple[str, ...]] = {
    "announced": (),
    "carried_out": ("carry_out",),
    "reported": ("carry_out", "issue_report"),
    "closed": ("carry_out", "issue_report", "close"),
    "dropped": ("drop",),
}


def placed(state: str) -> tuple[SupervisoryVisit, User]:
    """A visit in a state, and the head who wrote its report."""
    row = announced()
    writer, head = (make.make_user("head", authority=row.authority) for _place in range(2))
    for step in WAYS[state]:
        row = ACTS[step](row, head)
        if step == "carry_out":
            row = services.write_report(row, report="Accounts are apart.", actor=writer, at=make.AT)
    return row, writer


def refused(call: Any) -> list[str]:
    with pytest.raises(TransitionRefused) as caught:
        call()
    return [one.code for one in caught.value.problems]


def may(name: str, role: str) -> bool:
    if role == WRITING_HEAD:
        return name != "issue_report"
    return role in SUPERVISORY_VISIT[name].roles


@pytest.mark.parametrize("state", [one.name for one in SUPERVISORY_VISIT.states])
def test_who_may_take_a_step_from_a_state(state: str) -> None:
    assert set(ACTS) == {step.name for step in SUPERVISORY_VISIT.transitions}
    row, writer = placed(state)
    bank, people = row.authority, dict[str, Any]()
    for role in ROLES:
        if role not in ("system", "applicant", "representative"):
            people[role] = make.make_user(role, authority=bank)
    everybody: dict[str, Any] = people | {
        "applicant": make.make_applicant(row.organisation),
        "stranger": make.make_applicant(),
        "system": make.make_system_user(),
        "foreign-head": make.make_user("head"),
        "superuser": make.make_user("auditor", is_superuser=True, authority=bank),
        "dismissed-head": make.make_user("head", authority=bank, is_active=False),
        "nobody": AnonymousUser(),
    }
    if state != "announced":  # whoever wrote no report is any head
        everybody[WRITING_HEAD] = writer if state != "dropped" else make.make_user("head", authority=bank)
    for step in SUPERVISORY_VISIT.transitions:
        here = state in step.sources
        for role, actor in everybody.items():
            free = may(step.name, role) or (role == WRITING_HEAD and state == "dropped")
            offered = actor.is_authenticated and step.name in {one.step.name for one in choices(row, actor, make.AT)}
            assert offered == (free and here), (step.name, role)
            saved = transaction.savepoint()
            if free and here:
                assert ACTS[step.name](row, actor).state == step.target
            else:
                with pytest.raises(TransitionRefused if free else PermissionDenied):
                    ACTS[step.name](row, actor)
            transaction.savepoint_rollback(saved)
            assert SupervisoryVisit.objects.get(pk=row.pk).state == state


def test_a_visit_from_its_announcement_to_its_end() -> None:
    row = announced()
    provider = make.make_applicant(row.organisation)
    assert (row.regime, row.reference, (row.ground or {}).get("code")) == (
        "financial_supervision", "SV-2026-00001", "control.financial_supervision",
    )  # fmt: skip
    officer, head = row.announced_by, make.make_user("head", authority=row.authority)
    row = services.carry_out_visit(row, carried_on=DAY, actor=officer, at=make.AT)
    assert refused(lambda: services.issue_report(row, actor=head, at=make.AT)) == ["visit-report"]
    row = services.write_report(row, report="Accounts are apart.", actor=officer, at=make.AT)
    assert refused(lambda: services.answer_report(row, reply="No.", actor=provider, at=make.AT)) == ["visit-no-answer"]
    row = services.issue_report(row, actor=head, at=make.AT)
    assert refused(lambda: services.write_report(row, report="Else.", actor=officer, at=make.AT)) == [
        "visit-not-carried-out"
    ]
    row = services.answer_report(row, reply="We agree.", actor=provider, at=make.AT)
    assert refused(lambda: services.answer_report(row, reply="Again.", actor=provider, at=make.AT)) == [
        "visit-no-answer"
    ]
    with pytest.raises(PermissionDenied):
        services.answer_report(row, reply="Not mine.", actor=make.make_applicant(), at=make.AT)
    assert refused(lambda: services.close_visit(row, conclusion=" ", actor=head, at=make.AT)) == ["visit-conclusion"]
    row = services.close_visit(row, conclusion="Nothing is left.", actor=head, at=make.AT)
    assert row.state == "closed"
    told = Notification.objects.filter(recipient=provider, channel="inbox", event__reference=row.reference)
    assert told.count() == 2  # the report and the end; the account is younger than the announcement
    assert Event.objects.of(row).visible_to(provider).filter(verb="supervisoryvisit.write_report").count() == 0


@pytest.mark.parametrize(
    ("kind", "planned_on", "found"),
    [
        ("nbk-exchanger", date(2026, 6, 16), []),
        ("mining-licence-1", date(2026, 6, 16), ["visit-chapter-13"]),
        ("pool-accreditation", date(2026, 6, 16), ["visit-chapter-13"]),
        ("aifc-exchange", date(2026, 6, 16), []),
    ],
)
def test_the_law_of_the_day_says_whether_a_visit_may_be_made(kind: str, planned_on: date, found: list[str]) -> None:
    licence = make.make_pool() if kind == "pool-accreditation" else make.make_licence(kind=kind)
    officer = make.make_user("officer", authority=licence.authority)
    row = SupervisoryVisit(authority=licence.authority, organisation=licence.organisation, licence=licence,
                           planned_on=planned_on)  # fmt: skip
    assert [one.code for one in row.regime_faults(planned_on)] == found
    if found:
        with pytest.raises((TransitionRefused, PermissionDenied)):
            announced(licence, officer)
    else:
        assert announced(licence, officer).state == "announced"


@pytest.mark.parametrize(
    ("day", "found"),
    [(date(2026, 4, 30), ["visit-no-law"]), (date(2026, 5, 1), [])],
)
def test_the_bank_supervises_its_providers_from_the_first_of_may(day: date, found: list[str]) -> None:
    licence = exchanger()
    row = SupervisoryVisit(authority=licence.authority, organisation=licence.organisation, licence=licence)
    assert [one.code for one in row.regime_faults(day)] == found


def test_what_is_out_of_order_is_told_at_once_and_foreigners_announce_nothing() -> None:
    assert refused(lambda: announced(planned_on=DAY - timedelta(days=1), purpose=" ", method="raid")) == [
        "visit-words", "visit-method", "visit-day-past",
    ]  # fmt: skip
    licence = exchanger()
    for person in (make.make_user("officer"), make.make_applicant(licence.organisation), make.make_user("auditor")):
        with pytest.raises(PermissionDenied):
            announced(licence, person)
    row = announced(licence)
    later = DAY + timedelta(days=1)
    assert refused(lambda: services.carry_out_visit(row, carried_on=later, actor=row.announced_by, at=make.AT)) == [
        "visit-day"
    ]


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def test_pages_of_the_supervisor_and_of_the_provider() -> None:
    licence = exchanger()
    officer = make.make_user("officer", authority=licence.authority)
    provider = client_of(make.make_applicant(licence.organisation))
    desk = client_of(officer)
    values = {"licence": licence.number, "planned_on": "2099-01-05", "method": "site", "purpose": "Accounts."}
    answer = desk.post("/supervisory-visits/new/", values)
    row = SupervisoryVisit.objects.get()
    assert answer["Location"] == f"/supervisory-visits/{row.reference}/"
    assert b"There is no such" not in desk.get("/supervisory-visits/?state=announced").content
    row = announced(licence, officer)
    row = services.carry_out_visit(row, carried_on=DAY, actor=officer, at=make.AT)
    path = f"/supervisory-visits/{row.reference}/"
    assert desk.post(f"{path}report/", {"report": "Secret until issued."}).status_code == 302
    assert b"Secret until issued." in desk.get(path).content
    assert b"Secret until issued." not in provider.get(path).content
    head = make.make_user("head", authority=licence.authority)
    assert client_of(head).post(f"{path}issue_report/").status_code == 302
    assert b"Secret until issued." in provider.get(path).content
    assert provider.post(f"{path}answer/", {"reply": "We mend it."}).status_code == 302
    assert b"We mend it." in desk.get(path).content
    assert client_of(make.make_applicant()).get(path).status_code == 404
    miners = client_of(make.make_user("officer"))
    assert miners.get("/supervisory-visits/").status_code == 404
    assert miners.get(path).status_code == 404
    number = make.make_licence().number
    wrong = desk.post("/supervisory-visits/new/", {**values, "licence": number})
    assert wrong.status_code == 409


def test_the_api_of_the_provider() -> None:
    row, _writer = placed("reported")
    person = make.make_applicant(row.organisation)
    key = make_key(person, actor=person, at=make.AT)[1]
    client = Client(headers={"authorization": f"Token {key}", "accept-language": "en"})
    body = client.get("/api/v1/supervisory-visits/").json()["results"]
    assert [one["reference"] for one in body] == [row.reference]
    answer = client.get(f"/api/v1/supervisory-visits/{row.reference}/")
    assert (answer.json()["report"], answer["ETag"]) == ("Accounts are apart.", f'"{row.version}"')
    path = f"/api/v1/supervisory-visits/{row.reference}/answer/"
    json: dict[str, Any] = {"content_type": "application/json"}
    assert client.post(path, {"reply": "Yes."}, **json).status_code == 428
    stale = {"if-match": '"1"'}
    assert client.post(path, {"reply": "Yes."}, headers=stale, **json).status_code == 412
    match = {"if-match": answer["ETag"]}
    assert client.post(path, {}, headers=match, **json).status_code == 400
    done = client.post(path, {"reply": "Yes."}, headers=match, **json)
    assert (done.status_code, done.json()["reply"]) == (200, "Yes.")
    again = client.post(path, {"reply": "Yes."}, headers={"if-match": done["ETag"]}, **json)
    assert again.status_code == 409
    stranger = make.make_applicant()
    other = make_key(stranger, actor=stranger, at=make.AT)[1]
    foreign = Client(headers={"authorization": f"Token {other}"})
    assert foreign.get(f"/api/v1/supervisory-visits/{row.reference}/").status_code == 404


def test_a_list_asks_the_same_however_long(django_assert_max_num_queries: Any) -> None:
    licence = exchanger()
    officer = make.make_user("officer", authority=licence.authority)
    for _place in range(12):
        announced(licence, officer)
    client = client_of(officer)
    with django_assert_max_num_queries(8):
        client.get("/supervisory-visits/")
