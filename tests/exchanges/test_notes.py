"""Notes of a firm: kept once as the law was known, read by its members alone, compared with the law of today."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import Event, User
from core.retention import rule
from core.services.retention import due_rows
from core.workflow import TransitionRefused
from exchanges import services
from exchanges.models import PerimeterNote
from law.exchanges import frozen, perimeter
from tests import factories as make

pytestmark = pytest.mark.django_db
QUESTION = {"activity": "deal_own", "asset": "unsecured", "venue": "national", "who": "legal_entity"}


@pytest.fixture(autouse=True)
def _on_the_day_of_the_factories() -> Any:
    with time_machine.travel(make.AT, tick=False):
        yield


class Firm:
    """A law firm with one member, and a client who gave it a power of attorney."""

    def __init__(self) -> None:
        self.organisation, self.client = make.make_organisation(), make.make_organisation()
        self.lawyer, self.owner = make.make_user(), make.make_user()
        make.make_membership(self.lawyer, self.organisation)
        make.make_membership(self.owner, self.client)
        make.make_power_of_attorney(self.organisation, self.client, self.owner)


def client_of(user: User) -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user)
    return browser


def test_a_note_keeps_the_answer_as_it_was_known() -> None:
    firm = Firm()
    note = make.make_note(firm.organisation, actor=firm.lawyer, client=firm.client, remark=" Ask again in May. ")
    assert note.reference == "PN-2026-00001"
    assert note.answer == frozen(perimeter(**QUESTION, on=date(2026, 2, 1)))
    assert (note.remark, note.for_whom) == ("Ask again in May.", firm.client.name)
    event = Event.objects.of(note).get()
    assert (event.verb, event.data) == ("perimeternote.keep", {})  # not what was asked, nor for whom


def test_the_firms_members_read_it_and_nobody_else() -> None:
    firm, stranger = Firm(), make.make_applicant()
    note = make.make_note(firm.organisation, actor=firm.lawyer, client=firm.client)
    readers = [make.make_user(role) for role in ("officer", "head", "administrator", "auditor", "inspector")]
    for user in (firm.owner, stranger, *readers):
        assert not PerimeterNote.objects.visible_to(user).exists()
        assert client_of(user).get(f"/account/notes/{note.reference}/").status_code == 404
        assert client_of(user).get(f"/account/notes/{note.reference}/note.pdf").status_code == 404
    assert client_of(firm.lawyer).get(f"/account/notes/{note.reference}/").status_code == 200
    assert Client().get(f"/account/notes/{note.reference}/").status_code == 302
    firm.lawyer.memberships.update(revoked_at=make.AT)
    assert client_of(firm.lawyer).get(f"/account/notes/{note.reference}/").status_code == 404


def test_only_members_keep_notes_and_only_for_their_clients() -> None:
    firm, stranger = Firm(), make.make_organisation()
    with pytest.raises(PermissionDenied):  # a power of attorney lets one act for the client, not write in its account
        make.make_note(firm.client, actor=firm.lawyer)
    with pytest.raises(PermissionDenied):
        make.make_note(firm.organisation, actor=make.make_user("officer"))
    with pytest.raises(TransitionRefused) as refused:
        make.make_note(firm.organisation, actor=firm.lawyer, client=stranger, client_name="Other", on=date(2020, 1, 1))
    assert [one.field for one in refused.value.problems] == ["client_name", "client", "on"]
    assert not PerimeterNote.objects.exists()


def test_what_the_law_of_today_says_otherwise_is_shown() -> None:
    firm = Firm()
    old = make.make_note(firm.organisation, actor=firm.lawyer)
    new = make.make_note(firm.organisation, actor=firm.lawyer, on=date(2026, 5, 1))
    browser = client_of(firm.lawyer)
    assert "The answer differs since 1" in browser.get(f"/account/notes/{old.reference}/").content.decode()
    assert "gives the same answer" in browser.get(f"/account/notes/{new.reference}/").content.decode()


def test_a_note_is_kept_from_the_answer_and_listed() -> None:
    firm = Firm()
    browser, query = client_of(firm.lawyer), QUESTION | {"on": "2026-02-01"}
    shown = browser.get("/perimeter/", query).content.decode()
    assert "/account/notes/?" in shown
    form = browser.get("/account/notes/", query).content.decode()
    assert form.count('type="hidden" name="on" value="2026-02-01"') == 1
    own = {"organisation": firm.organisation.pk, "client_name": "Somebody", "remark": "Careful."}
    answer = browser.post("/account/notes/", query | own)
    note = PerimeterNote.objects.get()
    assert answer["Location"] == f"/account/notes/{note.reference}/"
    assert "Somebody" in browser.get("/account/notes/").content.decode()
    refused = browser.post("/account/notes/", query | own | {"client": firm.client.pk})
    assert refused.status_code == 422
    assert "Name the client once" in refused.content.decode()
    bad = browser.post("/account/notes/", own | {"activity": "bake"})
    assert bad.status_code == 422
    assert PerimeterNote.objects.count() == 1


def test_officials_are_sent_to_the_question_itself() -> None:
    assert client_of(make.make_user("officer")).get("/account/notes/")["Location"] == "/perimeter/"


def test_a_note_prints_the_same_each_time() -> None:
    firm = Firm()
    hard: dict[str, Any] = {
        "activity": "issue",
        "asset": "dfa",
        "venue": "national_bank",
        "who": "sole_trader",
        "on": make.AT.date(),
    }
    note = make.make_note(firm.organisation, actor=firm.lawyer, client_name="Şekara & #strong[x]", **hard)
    answer = client_of(firm.lawyer).get(f"/account/notes/{note.reference}/note.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert answer.content == services.print_note(note)


def test_after_its_period_client_and_remark_go_and_the_answer_stays() -> None:
    firm = Firm()
    make.make_note(firm.organisation, actor=firm.lawyer, client_name="Somebody")
    notes = rule("notes")
    (part,) = notes.parts
    assert not due_rows(notes, part, make.AT + timedelta(days=5 * 365)).exists()
    assert due_rows(notes, part, make.AT + timedelta(days=5 * 365 + 10)).count() == 1
    assert part.fields == ("client_name", "remark")


def test_the_list_asks_as_often_for_many_notes_as_for_few() -> None:
    firm = Firm()
    browser = client_of(firm.lawyer)

    def ask() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/account/notes/").status_code == 200
        return len(queries)

    for _number in range(2):
        make.make_note(firm.organisation, actor=firm.lawyer, client=firm.client)
    few = ask()
    for _number in range(28):
        make.make_note(firm.organisation, actor=firm.lawyer, client=firm.client)
    assert ask() == few
    assert "cursor=" in browser.get("/account/notes/").content.decode()
