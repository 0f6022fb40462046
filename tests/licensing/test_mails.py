"""Mails that did not arrive, on the officers' page: why, to whom, about what; own cases only; sent again once."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import Event, Notification, User
from core.services import deliver_left_over, notify, record
from licensing.models import Application
from tests import factories as make

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def troubled(subject: Any, person: User | None = None, **fields: Any) -> Notification:
    """A mail about something that the mail server refused."""
    person = person or make.make_user(full_name="Aigerim Test")
    event = record(subject, "letter.send", actor=User.objects.system(), at=make.AT)
    notify(event, [person], "case_assigned", {"reference": event.reference}, path="/inbox/", at=make.AT)
    rows = Notification.objects.filter(recipient=person, event=event, channel=Notification.MAIL)
    rows.update(**({"error": "address-refused", "server_code": 550} | fields))
    return rows.get()


def test_the_list_says_why_to_whom_and_about_what() -> None:
    case, client = make.make_submitted(), client_of(make.make_user("officer"))
    assert "Every mail has arrived" in client.get("/work/mails/").content.decode()
    assert "mails did not arrive" not in client.get("/work/").content.decode()
    troubled(case)
    troubled(case, error="returned", server_status="5.1.1", server_words="User unknown", bounced_at=make.AT)
    page = client.get("/work/mails/").content.decode()
    for words in ("The mail server refuses this address", "The message came back", "5.1.1", "User unknown", "550"):
        assert words in page
    assert page.count("Aigerim Test") == 2
    assert "nobody confirmed this address" in page
    assert f'href="/cases/{case.reference}/"' in page
    assert "2 mails did not arrive" in client.get("/work/").content.decode()


def test_each_kind_of_case_has_its_page() -> None:
    licence = make.make_licence()
    subjects: dict[str, Any] = {
        f"/licences/{licence.number}/": licence,
        f"/breaches/{(breach := make.make_breach(licence)).reference}/": breach,
        f"/clarification-requests/{(asked := make.make_asked()).reference}/": asked,
        f"/appeals/{(appeal := make.make_appeal()).reference}/": appeal,
    }
    client = client_of(make.make_user("officer"))
    for subject in subjects.values():
        troubled(subject)
    page = client.get("/work/mails/").content.decode()
    for address in subjects:
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200, address


def test_sent_again_it_leaves_the_list() -> None:
    row, officer = troubled(make.make_submitted()), make.make_user("officer")
    client = client_of(officer)
    answer = client.post(f"/work/mails/{row.pk}/again/", follow=True)
    assert "The message goes out again." in answer.content.decode()
    deliver_left_over(at=make.AT)
    assert "Every mail has arrived" in client.get("/work/mails/").content.decode()
    assert client.post(f"/work/mails/{row.pk}/again/").status_code == 409
    assert Event.objects.filter(verb="mail.again", actor=officer).count() == 1


def test_a_person_without_an_address_is_named() -> None:
    person = make.make_user()
    row = troubled(make.make_submitted(), person, error="", server_code=None)
    User.objects.filter(pk=person.pk).update(email="")
    assert deliver_left_over(at=make.AT) == 0
    row.refresh_from_db()
    assert (row.error, row.sent_at) == ("no-address", None)
    page = client_of(make.make_user("officer")).get("/work/mails/").content.decode()
    assert "The person has no e-mail address" in page


def test_strangers_find_nothing() -> None:
    row = troubled(make.make_submitted())
    bank = client_of(make.make_user("officer", authority=make.make_authority("nbk")))
    assert "Every mail has arrived" in bank.get("/work/mails/").content.decode()
    applicant = client_of(make.make_applicant())
    for client in (bank, applicant):
        assert client.post(f"/work/mails/{row.pk}/again/").status_code == 404
    assert applicant.get("/work/mails/").status_code == 302
    reader = client_of(make.make_user("auditor"))
    page = reader.get("/work/mails/").content.decode()
    assert "Aigerim Test" in page
    assert "Send again" not in page
    assert reader.post(f"/work/mails/{row.pk}/again/").status_code == 403
    assert client_of(make.make_user("officer")).get(f"/work/mails/{row.pk}/again/").status_code == 405
    assert client_of(make.make_user("officer")).get("/work/mails/?cursor=%00x").status_code in (200, 400)


def test_the_list_asks_the_same_number_of_queries_at_any_length() -> None:
    case, client = make.make_submitted(), client_of(make.make_user("officer"))

    def fill(number: int) -> None:
        for _one in range(number):
            troubled(Application.objects.get(pk=case.pk))

    counts = []
    for number in (5, 40):
        fill(number)
        client.get("/work/mails/")
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/work/mails/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert "cursor=" in page.content.decode()
