"""The asked body answers by itself: it sees what it was asked and the papers attached, and nothing else of the case."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import Authority, Event, Notification, Obligation, User
from core.workflow import HEAD, INSPECTOR, OFFICER, TransitionRefused
from licensing import services
from licensing.models import Application, Opinion
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel(make.AT + timedelta(hours=3)):
        yield


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def energy() -> Authority:
    return make.make_authority("energy", decides=False)


def asked(case: Application | None = None, papers: int = 1) -> tuple[Opinion, User]:
    """An opinion asked of the energy body with some papers, and an officer of that body."""
    body, officer = energy(), make.make_user(OFFICER)
    case = case or make.make_in_review(officer=officer)
    shown = list(case.documents().order_by("id")[:papers])
    clerk = make.make_user(OFFICER, authority=body)
    opinion = services.request_opinion(
        case, body=body, text="Is there power?", documents=shown, actor=officer, at=make.AT + timedelta(hours=2)
    )
    return opinion, clerk


def answer(opinion: Opinion, actor: User, what: str = "agreed", text: str = "There is.") -> Opinion:
    return services.answer_opinion(opinion, answer=what, text=text, actor=actor, at=make.AT + timedelta(hours=3))


def codes(refused: Any) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_the_body_reads_its_question_and_answers() -> None:
    opinion, clerk = asked()
    case, client, address = opinion.application, client_of(clerk), f"/opinions/{opinion.pk}/"
    assert Notification.objects.filter(recipient=clerk, template="opinion_asked", channel="inbox").count() == 1
    assert case.reference in client.get("/opinions/").content.decode()
    page = client.get(address).content.decode()
    (shown,) = opinion.documents.all()
    assert "Is there power?" in page
    assert shown.filename in page
    other = case.documents().exclude(pk=shown.pk)[0]
    assert other.filename not in page
    paper = client.get(f"{address}documents/{shown.pk}/")
    assert (paper.status_code, b"".join(paper.streaming_content)[:5]) == (200, b"%PDF-")  # type: ignore[attr-defined]
    assert client.get(f"{address}documents/{other.pk}/").status_code == 404
    assert client.post(address, {"answer": "objected", "text": " "}).status_code == 409
    assert client.post(address, {"answer": "perhaps", "text": "x"}).status_code == 409
    assert client.post(address, {"answer": "agreed", "text": "There is."}).status_code == 302
    row = Opinion.objects.get()
    assert (row.answer, row.text, row.entered_by) == ("agreed", "There is.", clerk)
    term = Obligation.objects.of(case).get(code="agreement-answer")
    assert term.met_at is not None
    event = Event.objects.of(case).get(verb="application.record_opinion")
    assert (event.actor, event.authority, event.on_behalf_of) == (clerk, case.authority, None)
    assert Notification.objects.filter(template="opinion_given", channel="inbox").exists()
    assert b"There is." in client.get(address).content
    assert client.post(address, {"answer": "objected", "text": "No."}).status_code == 409
    assert case.reference not in client.get("/opinions/").content.decode()
    assert case.reference in client.get("/opinions/?show=answered").content.decode()


def test_of_the_case_it_sees_nothing_else() -> None:
    opinion, clerk = asked()
    case, client = opinion.application, client_of(clerk)
    paper = opinion.documents.get()
    for address in (
        f"/cases/{case.reference}/",
        f"/cases/{case.reference}/record-opinion/",
        f"/documents/{paper.pk}/",
        f"/archives/{case.reference}/",
    ):
        assert client.get(address).status_code == 404, address
    assert list(Opinion.objects.visible_to(clerk)) == [opinion]
    assert not Application.objects.visible_to(clerk).exists()
    assert not Event.objects.visible_to(clerk).of(case).exclude(audience="public").exists()


def test_strangers_find_nothing_and_only_officers_and_heads_of_the_body_answer() -> None:
    opinion, clerk = asked()
    officer = make.make_user(OFFICER)
    for reader in (officer, make.make_user(OFFICER, authority=make.make_authority("nbk"))):
        assert client_of(reader).get(f"/opinions/{opinion.pk}/").status_code == 404
    assert client_of(opinion.application.created_by).get(f"/opinions/{opinion.pk}/").status_code == 404
    inspector = make.make_user(INSPECTOR, authority=clerk.authority)
    assert "Give the opinion" not in client_of(inspector).get(f"/opinions/{opinion.pk}/").content.decode()
    for actor in (officer, inspector, opinion.application.created_by):
        with pytest.raises(PermissionDenied):
            answer(opinion, actor)
    assert answer(opinion, make.make_user(HEAD, authority=clerk.authority)).answer == "agreed"


def test_the_officers_entry_stays_and_the_first_answer_holds() -> None:
    opinion, clerk = asked()
    officer = make.make_user(OFFICER)
    at = make.AT + timedelta(hours=3)
    given: dict[str, Any] = {"answer": "objected", "text": "By letter.", "answered_on": at.date()}
    services.record_opinion(opinion, **given, actor=officer, at=at)
    with pytest.raises(TransitionRefused) as refused:
        answer(opinion, clerk)
    assert codes(refused) == ["opinion-closed"]
    with pytest.raises(PermissionDenied):
        services.record_opinion(opinion, **given, actor=clerk, at=at)


def test_an_ended_case_asks_nobody() -> None:
    opinion, clerk = asked()
    case = opinion.application
    services.withdraw_application(case, actor=case.created_by, at=make.AT + timedelta(hours=3))
    with pytest.raises(TransitionRefused) as refused:
        answer(opinion, clerk, "objected", "")
    assert codes(refused) == ["case-ended", "text-missing"]
    assert "Give the opinion" not in client_of(clerk).get(f"/opinions/{opinion.pk}/").content.decode()


def test_only_papers_of_the_case_are_shown() -> None:
    case, officer = make.make_in_review(), make.make_user(OFFICER)
    foreign = make.make_in_review().documents()[0]
    with pytest.raises(TransitionRefused) as refused:
        services.request_opinion(case, body=energy(), text="?", documents=[foreign], actor=officer, at=make.AT)
    assert codes(refused) == ["document-of-another"]


def test_the_officer_picks_the_papers_on_the_page_and_sees_which_were_shown() -> None:
    officer = make.make_user(OFFICER)
    case, body = make.make_in_review(officer=officer), energy()
    shown = case.documents().order_by("id")[0]
    client, address = client_of(officer), f"/cases/{case.reference}/request-opinion/"
    assert shown.filename in client.get(address).content.decode()
    sent = {"body": body.pk, "text": "Is there power?", "documents": [shown.pk]}
    assert client.post(address, sent).status_code == 302
    assert list(Opinion.objects.get().documents.all()) == [shown]
    assert (
        f"Shown to the body: {shown.filename}" in client.get(f"/cases/{case.reference}/?tab=questions").content.decode()
    )


def test_the_list_asks_as_often_for_many_as_for_few() -> None:
    counts = []
    for total in (2, 12):
        while Opinion.objects.count() < total:
            _opinion, clerk = asked()
        client = client_of(clerk)
        client.get("/opinions/")
        with CaptureQueriesContext(connection) as found:
            assert client.get("/opinions/").status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]
