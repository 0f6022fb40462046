"""The inbox: one's own messages, in the language of the page, a page at a time."""

from typing import Any

import pytest
from django.test import Client

from core.models import Notification, User
from core.services import notify, record
from core.services.letters import words
from core.workflow import ADMINISTRATOR, AUDITOR
from tests.factories import AT, make_user

pytestmark = pytest.mark.django_db
TEMPLATES = {
    "letter_sent": {"reference": "APP-2026-000001", "letter": "question"},
    "question_answered": {"reference": "APP-2026-000001"},
    "case_assigned": {"reference": "APP-2026-000001"},
    "term_overdue": {"reference": "APP-2026-000001", "duty": "decision", "due": "2026-06-30"},
    "term_warning": {"reference": "APP-2026-000001", "duty": "decision", "due": "2026-06-30"},
    "silence_fell": {"reference": "APP-2026-000001", "on": "2026-06-30"},
    "position_stated": {"reference": "APP-2026-000001"},
    "claim_confirmed": {},
    "claim_refused": {},
    "membership_ended": {},
    "digest": {},
    "webhook_disabled": {"host": "hooks.example.org"},
}


def tell(person: User, template: str = "case_assigned", key: str = "") -> None:
    event = record(person, "user.login", actor=person, at=AT)
    notify(event, [person], template, TEMPLATES[template], path="/law/", at=AT, key=key)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_message_has_subject_and_body_in_every_language(template: str, language: str) -> None:
    person = make_user(language=language, full_name="A & B")
    tell(person, template)
    subject, body = words(Notification.objects.filter(recipient=person).first())  # type: ignore[arg-type]
    assert subject
    assert "\n" not in subject
    assert body
    assert "&amp;" not in body
    assert "%(" not in subject + body


def test_reading_marks_and_leads_on(client: Client) -> None:
    person = make_user(language="en")
    tell(person)
    client.force_login(person)
    assert b"is-unread" in client.get("/inbox/").content
    row = Notification.objects.get(recipient=person, channel=Notification.INBOX)
    assert client.post(f"/inbox/{row.pk}/")["Location"] == "/law/"
    assert b"is-unread" not in client.get("/inbox/").content


@pytest.mark.parametrize("role", ["applicant", ADMINISTRATOR, AUDITOR])
def test_nobody_reads_the_inbox_of_another(client: Client, role: str) -> None:
    person = make_user()
    tell(person)
    row = Notification.objects.get(recipient=person, channel=Notification.INBOX)
    client.force_login(make_user(role))
    assert client.post(f"/inbox/{row.pk}/").status_code == 404
    client.post("/inbox/read/")
    row.refresh_from_db()
    assert row.read_at is None
    assert b"APP-2026-000001" not in client.get("/inbox/").content


def test_pages_without_gaps_and_without_more_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    person = make_user()
    client.force_login(person)
    counts = []
    for number in range(60):
        tell(person, key=f"k{number}")
        if number in (4, 59):
            with django_assert_max_num_queries(8) as asked:
                client.get("/inbox/")
            counts.append(len(asked))
    assert counts[0] == counts[1]
    seen, cursor = 0, ""
    while True:
        answer = client.get("/inbox/", {"cursor": cursor})
        seen += len(answer.context["lines"])
        cursor = answer.context["next"]
        if not cursor:
            break
    assert seen == 60
