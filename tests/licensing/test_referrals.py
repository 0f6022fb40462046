"""Requests between authorities: asked, answered, settled; each side reads its own and what was sent, nothing else."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import Authority, Document, Event, Notification, Obligation, User
from core.services import Upload, choices, remind_duties, sweep_duties
from core.workflow import HEAD, INSPECTOR, OFFICER, TransitionRefused
from licensing import services
from licensing.models import Application, Referral
from licensing.workflow import REFERRAL
from tests import factories as make
from tests.licensing.test_matrix import DAY, LATER, cells, each_role, make_people

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 a paper"


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel(LATER):
        yield


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def bank() -> Authority:
    return make.make_authority("nbk")


def asked(case: Application | None = None, **fields: Any) -> tuple[Referral, User, User]:
    """A request about a case with its first document, who asked, and an officer of the asked authority."""
    officer = make.make_user(OFFICER)
    case = case or make.make_in_review(officer=officer)
    body = fields.pop("body", None) or bank()
    values: dict[str, Any] = {"kind": "request", "text": "Is the platform registered?", "subject": case} | fields
    if "documents" not in values:
        values["documents"] = list(case.documents().order_by("id")[:1])
    row = services.ask_body(case.authority, body=body, **values, actor=officer, at=LATER)
    return row, officer, make.make_user(OFFICER, authority=body)


def case_of(row: Referral) -> Application:
    return Application.objects.get(reference=row.about)


def read(client: Client, row: Referral, paper: Document) -> int:
    """The answer to who opens a paper of a request; the whole of it is read."""
    answer = client.get(f"/requests/{row.reference}/documents/{paper.pk}/")
    if answer.status_code == 200:
        assert b"".join(answer.streaming_content)[:5] == b"%PDF-"  # type: ignore[attr-defined]  # a file
    return answer.status_code


def codes(refused: Any) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_the_other_authority_reads_what_was_sent_and_nothing_else() -> None:
    row, officer, clerk = asked()
    case = case_of(row)
    shown = row.documents.get()
    hidden = case.documents().exclude(pk=shown.pk).first()
    page = client_of(clerk).get(f"/requests/{row.reference}/")
    said = page.content.decode()
    assert "Is the platform registered?" in said
    assert case.reference in said
    assert shown.filename in said
    assert f"/cases/{case.reference}/" not in said
    other = client_of(clerk)
    assert other.get(f"/cases/{case.reference}/").status_code == 404
    assert read(other, row, shown) == 200
    assert other.get(f"/documents/{shown.pk}/").status_code == 404
    assert hidden
    assert read(other, row, hidden) == 404
    assert other.get(f"/requests/new/case/{case.reference}/").status_code == 404
    own = client_of(officer).get(f"/requests/{row.reference}/").content.decode()
    assert f"/cases/{case.reference}/" in own


def test_a_third_authority_and_parties_read_nothing() -> None:
    row, _officer, _clerk = asked()
    third = make.make_user(HEAD, authority=make.make_authority("afsa"))
    party = make.party_of(case_of(row))
    for stranger in (third, party):
        assert not Referral.objects.visible_to(stranger).exists()
        assert client_of(stranger).get(f"/requests/{row.reference}/").status_code == 404
    assert client_of(third).get("/requests/?show=received").context["lines"] == []


def test_the_answer_with_a_document_is_read_by_both_and_told() -> None:
    row, officer, clerk = asked()
    assert Notification.objects.filter(recipient=clerk, template="request_asked").exists() is False  # came later
    page = client_of(clerk)
    sent = {"answer": "It is, under No. 7.", "attached": SimpleUploadedFile("extract.pdf", PDF)}
    assert page.post(f"/requests/{row.reference}/", sent).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.answered_by_id, row.answered_on) == ("answered", clerk.pk, LATER.date())
    term = Obligation.objects.of(row).get()
    assert term.met_at is not None
    assert term.debtor == Obligation.BODY
    paper = Document.objects.of(row).get()
    for reader in (officer, clerk):
        said = client_of(reader).get(f"/requests/{row.reference}/").content.decode()
        assert "under No. 7" in said
        assert read(client_of(reader), row, paper) == 200
    assert Notification.objects.filter(recipient=officer, template="request_answered").exists()
    verbs = set(Event.objects.of(case_of(row)).values_list("verb", flat=True))
    assert {"application.refer", "application.referral_answer"} <= verbs
    assert page.post(f"/requests/{row.reference}/", {"answer": "Again."}).status_code == 409
    assert client_of(officer).post(f"/requests/{row.reference}/settle/", {"version": row.version}).status_code == 302
    assert Referral.objects.get(pk=row.pk).state == "settled"


def test_those_who_ask_are_told_of_and_those_who_are_asked_hear_it() -> None:
    body = bank()
    clerk, inspector = make.make_user(OFFICER, authority=body), make.make_user(INSPECTOR, authority=body)
    row, _officer, _late = asked(body=body)
    assert Notification.objects.filter(recipient=clerk, template="request_asked").exists()
    assert not Notification.objects.filter(recipient=inspector).exists()
    assert client_of(inspector).get(f"/requests/{row.reference}/").status_code == 200  # reads it, and does not answer
    with pytest.raises(PermissionDenied):
        services.answer_request(row, answer="Yes.", actor=inspector, at=LATER)


def test_everything_wrong_is_told_at_once() -> None:
    case, officer = make.make_in_review(), make.make_user(OFFICER)
    foreign = Document.objects.of(make.make_in_review())[:1]
    with pytest.raises(TransitionRefused) as refused:
        services.ask_body(
            case.authority, body=case.authority, kind="order", text=" ", subject=case, documents=foreign,
            actor=officer, at=LATER,
        )  # fmt: skip
    assert codes(refused) == ["particular-missing", "request-kind", "own-body", "document-of-another"]
    with pytest.raises(TransitionRefused) as refused:
        services.ask_body(case.authority, body=bank(), kind="request", text="x" * 10_001, actor=officer, at=LATER)
    assert codes(refused) == ["particular-missing", "text-too-long"]
    bad = Upload("a.exe", BytesIO(b"MZ"))
    with pytest.raises(TransitionRefused) as refused:
        services.ask_body(
            case.authority, body=bank(), kind="request", text="Look.", about="A", files=[bad], actor=officer, at=LATER
        )
    assert codes(refused) == ["file-type"]
    assert not Referral.objects.exists()


def test_nobody_asks_about_what_he_does_not_see() -> None:
    case = make.make_in_review()
    stranger = make.make_user(OFFICER, authority=bank())
    with pytest.raises(PermissionDenied):
        services.ask_body(
            stranger.authority, body=case.authority, kind="request", text="What?", subject=case,  # type: ignore[arg-type]  # he has one
            actor=stranger, at=LATER,
        )  # fmt: skip
    with pytest.raises(PermissionDenied):  # nor in the name of another authority
        services.ask_body(
            case.authority, body=bank(), kind="request", text="What?", about="A", actor=stranger, at=LATER
        )


def test_a_body_that_only_answers_may_be_asked_and_asks_in_words() -> None:
    energy = make.make_authority("energy", decides=False)
    row, _officer, clerk = asked(body=energy)
    assert client_of(clerk).get("/requests/").context["lines"][0]["row"] == row
    assert client_of(clerk).get("/work/").context["notices"][0][1] == "/requests/"
    form = {"kind": "request", "body": bank().pk, "about": "Line 7", "text": "Whose is it?"}
    made = client_of(clerk).post("/requests/new/", form)
    assert made.status_code == 302
    own = Referral.objects.get(authority=energy)
    assert (own.about, own.subject_type, own.state) == ("Line 7", "", "sent")
    assert client_of(clerk).get(made["Location"]).status_code == 200


def test_a_withdrawn_request_is_owed_no_more() -> None:
    row, officer, clerk = asked()
    page = client_of(officer)
    assert page.post(f"/requests/{row.reference}/withdraw/", {"reason": " ", "version": 1}).status_code in (409, 422)
    assert page.post(f"/requests/{row.reference}/withdraw/", {"reason": "Found it.", "version": 1}).status_code == 302
    assert not Obligation.objects.of(row).open().exists()
    assert Notification.objects.filter(recipient=clerk, template="request_withdrawn").exists()
    assert "Found it." in client_of(clerk).get(f"/requests/{row.reference}/").content.decode()
    with pytest.raises(TransitionRefused):
        services.answer_request(row, answer="Yes.", actor=clerk, at=LATER)


def test_an_overdue_answer_climbs_on_both_sides() -> None:
    body = bank()
    chief = make.make_user(HEAD, authority=body)
    row, officer, clerk = asked(body=body)
    late = LATER + timedelta(days=40)
    sweep_duties(at=late)
    remind_duties(at=late)
    told = Notification.objects.filter(template="term_overdue", path=f"/requests/{row.reference}/")
    assert set(told.values_list("recipient", flat=True)) >= {officer.pk, clerk.pk, chief.pk}
    assert services.answer_request(row, answer="Late.", actor=clerk, at=late).state == "answered"


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (1, False)])
def test_the_day_of_an_answer_on_paper(days: int, fits: bool) -> None:
    row, officer, _clerk = asked()
    day = LATER.date() + timedelta(days=days)
    if fits:
        assert services.answer_request(row, answer="Yes.", answered_on=day, actor=officer, at=LATER).answered_on == day
        return
    with pytest.raises(TransitionRefused) as refused:
        services.answer_request(row, answer="Yes.", answered_on=day, actor=officer, at=LATER)
    assert codes(refused) == ["answer-day"]


def test_two_requests_about_one_case_but_one_referral_at_a_time() -> None:
    case, body = make.make_in_review(), bank()
    asked(case, body=body)
    asked(case, body=body)
    asked(case, body=body, kind="referral")
    with pytest.raises(TransitionRefused) as refused:
        asked(case, body=body, kind="referral")
    assert codes(refused) == ["referral-pending"]
    assert Referral.objects.of(case).count() == 3


def test_the_list_reads_the_same_number_of_queries_however_long_it_is() -> None:
    row, _officer, clerk = asked()
    case = case_of(row)
    page = client_of(clerk)
    page.get("/requests/")
    with CaptureQueriesContext(connection) as few:
        page.get("/requests/")
    for _number in range(4):
        asked(case, body=row.body)
    with CaptureQueriesContext(connection) as many:
        assert len(page.get("/requests/").context["lines"]) == 5
    assert len(many) == len(few)


def test_the_database_holds_a_state_to_its_facts() -> None:
    row, _officer, _clerk = asked()
    rows = Referral.objects.filter(pk=row.pk)
    for broken in (
        {"state": "answered"},
        {"state": "withdrawn", "closed_at": LATER},
        {"state": "sent", "closed_at": LATER},
        {"answer": "Yes."},
        {"about": ""},
        {"subject_id": None},
        {"body": row.authority_id},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**broken)


def test_the_cards_of_a_case_a_licence_and_a_breach() -> None:
    licence = make.make_licence()
    breach = make.make_breach(licence)
    officer, body = make.make_user(OFFICER), make.make_authority("police", decides=False)
    row = services.refer_breach(breach, body=body, text="Look.", actor=officer, at=LATER)
    page = client_of(officer)
    assert row.reference in page.get(f"/breaches/{breach.reference}/").content.decode()
    assert f"/requests/new/licence/{licence.number}/" in page.get(f"/licences/{licence.number}/").content.decode()
    case, _officer, clerk = asked()
    said = page.get(f"/cases/{case.about}/").content.decode()
    assert case.reference in said
    assert clerk.authority
    assert clerk.authority.name in said


ACTS: dict[str, Callable[[Referral, User], object]] = {
    "answer": lambda r, u: services.answer_request(r, answer="Seen.", answered_on=DAY, actor=u, at=LATER),
    "settle": lambda r, u: services.settle_request(r, actor=u, at=LATER),
    "withdraw": lambda r, u: services.withdraw_request(r, reason="No need.", actor=u, at=LATER),
}


def place(row: Referral, state: str) -> Referral:
    answered, ended = state in ("answered", "settled"), REFERRAL.state(state).final
    Referral.objects.filter(pk=row.pk).update(
        state=state,
        created_at=make.AT,
        answer="Seen." if answered else "",
        answered_on=DAY if answered else None,
        withdrawn_because="No need." if state == "withdrawn" else "",
        closed_at=make.AT if ended else None,
    )
    return Referral.objects.get(pk=row.pk)


@pytest.fixture
def world() -> tuple[Referral, dict[str, User]]:
    licence = make.make_licence()
    people = make_people(licence.application)
    breach = make.make_breach(licence, officer=make.make_user(OFFICER))
    police = make.make_authority("police", decides=False)
    return services.refer_breach(breach, body=police, text="Look.", actor=people["officer"], at=LATER), people


@pytest.mark.parametrize(("state", "name"), cells(REFERRAL))
def test_referral(world: tuple[Referral, dict[str, User]], state: str, name: str) -> None:
    """Every state × transition × role: who may, from where, and that nobody else can."""
    row, people = world
    step, here = REFERRAL[name], state in REFERRAL[name].sources
    row = place(row, state)
    for role, actor in each_role(people):
        may = role in step.roles
        offered = actor.is_authenticated and name in {one.step.name for one in choices(row, actor, LATER)}
        assert offered == (may and here), role
        if may and here:
            ACTS[name](row, actor)
        else:
            with pytest.raises(TransitionRefused if may else PermissionDenied), transaction.atomic():
                ACTS[name](row, actor)
        assert Referral.objects.get(pk=row.pk).state == (step.target if may and here else state), role


def test_every_transition_has_its_act() -> None:
    assert set(ACTS) == {step.name for step in REFERRAL.transitions}
