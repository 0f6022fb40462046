"""The desk of a firm: checked before it is opened, and a secret of the firm."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import Event, Membership, User
from core.retention import rule
from core.services.retention import due_rows
from core.workflow import HEAD, OFFICER, StaleVersion, TransitionRefused
from exchanges import services as exchange_services
from licensing import services
from licensing.models import ConflictCheck, Matter, MatterParty
from licensing.services import Asked, Party
from tests import factories as make
from tests.api.conftest import Caller
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_the_factories() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


class Firm:
    """A law firm with one lawyer, and a client who gave it a power of attorney."""

    def __init__(self, client_name: str = "ТОО «Қызғалдақ Энерго»") -> None:
        self.firm = make.make_organisation()
        self.client = make.make_organisation(name_ru=client_name, name_kk="", name_en="")
        self.lawyer, self.owner = (
            make.make_user(full_name="Aigerim Sadykova"),
            make.make_user(full_name="Daniyar Omarov"),
        )
        make.make_membership(self.lawyer, self.firm)
        make.make_membership(self.owner, self.client)
        make.make_power_of_attorney(self.firm, self.client, self.owner)

    def check(self, *asked: Asked) -> ConflictCheck:
        people = asked or (Asked(self.client.name, self.client.identifier),)
        return services.check_conflicts(self.firm, asked=people, actor=self.lawyer, at=AT)

    def matter(self, **given: Any) -> Matter:
        parties = given.get("parties", ())
        asked = [Asked(one.name, one.identifier) for one in parties]
        check = given.pop("check", None) or self.check(Asked(self.client.name, self.client.identifier), *asked)
        values = {"subject": "Mining licence", "client": self.client, **given}
        return services.open_matter(self.firm, check=check, actor=self.lawyer, at=AT, **values)


def codes(refused: Any) -> list[tuple[str, str | None]]:
    return [(one.code, one.field) for one in refused.value.problems]


def client_of(user: User) -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user)
    return browser


@pytest.mark.parametrize(
    ("asked", "how"),
    [
        (Asked("LLP Kyzgaldak Energo"), "name"),
        (Asked("Кызгалдак-Энерго"), "name"),
        (Asked("Nobody of that name"), ""),
        (Asked("Қызғалдақ Трейд"), ""),
    ],
)
def test_a_client_is_found_in_any_letters(asked: Asked, how: str) -> None:
    found = Firm().check(asked).found
    assert [one["how"] for one in found] == ([how] if how else [])


def test_numbers_people_former_clients_and_parties_are_found() -> None:
    desk = Firm()
    assert desk.check(Asked("", desk.client.identifier)).found[0]["how"] == "identifier"
    assert [one["role"] for one in desk.check(Asked("Омаров Данияр")).found] == ["client-person"]
    row = desk.matter(parties=[Party("counterparty", "Steppe Holding LLP", "210340004566")])
    found = desk.check(Asked("ТОО «Степпе Холдинг»")).found
    assert [(one["role"], one["reference"]) for one in found] == [("counterparty", row.reference)]
    Membership.objects.filter(firm=desk.firm).update(valid_from=date(2025, 1, 1), valid_to=date(2026, 1, 1))
    assert [one["role"] for one in desk.check(Asked(desk.client.name)).found] == ["former-client"]


def test_other_firms_records_are_never_looked_through() -> None:
    one, other = Firm(), Firm("ТОО «Жұлдыз Майнинг»")
    one.matter(parties=[Party("counterparty", "Steppe Holding LLP")])
    asked = (Asked("Steppe Holding LLP"), Asked(one.client.name, one.client.identifier))
    assert other.check(*asked).found == []


def test_who_checks_is_a_member_and_somebody_is_named() -> None:
    desk = Firm()
    for stranger in (desk.owner, make.make_user(OFFICER), make.make_applicant()):
        with pytest.raises(PermissionDenied):
            services.check_conflicts(desk.firm, asked=[Asked("X")], actor=stranger, at=AT)
    for asked, code in (
        ([Asked(" ")], "nobody-named"),
        ([Asked("X")] * 51, "too-many-names"),
        ([Asked("x" * 301)], "text-too-long"),
    ):
        with pytest.raises(TransitionRefused) as told:
            services.check_conflicts(desk.firm, asked=asked, actor=desk.lawyer, at=AT)
        assert codes(told) == [(code, "names")]


def test_no_matter_without_a_check_that_looked_for_everybody() -> None:
    desk = Firm()
    parties = [Party("counterparty", "Steppe Holding LLP")]
    with pytest.raises(TransitionRefused) as told:
        desk.matter(parties=parties, check=desk.check(Asked(desk.client.name)))
    assert codes(told) == [("check-missed", "check")]
    with pytest.raises(TransitionRefused) as told:
        desk.matter(check=Firm().check())
    assert codes(told) == [("check-foreign", "check")]
    assert desk.matter(parties=parties).reference == "MT-2026-00001"


def test_what_was_found_is_answered_in_words() -> None:
    desk = Firm()
    desk.matter(parties=[Party("counterparty", "Steppe Holding LLP")])
    given: dict[str, Any] = {
        "client": None,
        "client_name": "Steppe Holding",
        "check": desk.check(Asked("Steppe Holding")),
    }
    with pytest.raises(TransitionRefused) as told:
        desk.matter(**given)
    assert codes(told) == [("conflict-found", "clearance")]
    assert desk.matter(**given, clearance="Both agree in writing.").clearance == "Both agree in writing."


def test_everything_wrong_is_told_at_once() -> None:
    desk = Firm()
    with pytest.raises(TransitionRefused) as told:
        desk.matter(
            subject=" ",
            client_name="Twice",
            lawyer=make.make_user(),
            cases=["APP-2026-999999"],
            opened_on=AT.date() + timedelta(days=1),
            parties=[Party("judge", "X")],
        )
    assert [code for code, _field in codes(told)] == [
        *("client-twice", "particular-missing", "lawyer-foreign", "case-unknown", "matter-day", "party-malformed")
    ]
    with pytest.raises(TransitionRefused) as told:
        desk.matter(client=make.make_organisation())
    assert ("client-not-yours", "client") in codes(told)


def test_a_matter_is_changed_closed_and_opened_again() -> None:
    desk = Firm()
    case = make.make_submitted(actor=desk.owner)
    row = desk.matter(cases=[case.reference.lower()])
    assert row.cases == [case.reference]
    with pytest.raises(StaleVersion):
        services.close_matter(row, actor=desk.lawyer, at=AT, version=7)
    row = services.close_matter(row, actor=desk.lawyer, at=AT, version=1)
    given: dict[str, Any] = {"subject": "Other", "lawyer": desk.lawyer, "cases": []}
    with pytest.raises(TransitionRefused) as told:
        services.edit_matter(row, **given, actor=desk.lawyer, at=AT)
    assert codes(told) == [("matter-closed", None)]
    row = services.reopen_matter(row, actor=desk.lawyer, at=AT)
    row = services.edit_matter(row, **given, actor=desk.lawyer, at=AT)
    assert (row.subject, row.cases, row.version) == ("Other", [], 4)
    with pytest.raises(TransitionRefused):
        services.close_matter(row, actor=desk.lawyer, at=AT, on=AT.date() - timedelta(days=1))
    told_events = Event.objects.of(row).values_list("verb", "data")
    assert [verb for verb, _data in told_events.order_by("id")] == [
        *("matter.open", "matter.close", "matter.reopen", "matter.edit")
    ]
    assert not any(data for _verb, data in told_events)  # of whom and what, the journal says nothing


def test_nobody_but_the_firm_sees_a_thing() -> None:
    desk = Firm()
    row = desk.matter()
    others = [desk.owner, make.make_user(OFFICER), make.make_user(HEAD), Firm().lawyer, make.make_applicant()]
    others.append(make.make_user("administrator"))
    for user in others:
        assert not Matter.objects.visible_to(user).filter(organisation=desk.firm).exists()
        assert not ConflictCheck.objects.visible_to(user).filter(organisation=desk.firm).exists()
        assert not MatterParty.objects.visible_to(user).filter(matter__organisation=desk.firm).exists()
        browser = client_of(user)
        for path in (
            f"matters/{row.reference}/",
            f"conflict-checks/{row.check_made.reference}/",
            f"matters/{row.reference}/party/",
        ):
            assert browser.get(f"/account/desk/{path}").status_code == 404, (user, path)
        assert browser.post(f"/account/desk/matters/{row.reference}/close/").status_code == 404
        assert not Event.objects.visible_to(user).filter(reference=row.reference).exists()
    Membership.objects.filter(user=desk.lawyer).update(revoked_at=AT)
    assert not Matter.objects.visible_to(desk.lawyer).exists()


def test_the_desk_in_the_browser_from_the_check_to_the_close() -> None:
    desk = Firm()
    browser = client_of(desk.lawyer)
    names = f"{desk.client.name}; {desk.client.identifier}\nSteppe Holding LLP"
    answer = browser.post("/account/desk/conflict-checks/", {"organisation": desk.firm.pk, "names": names})
    assert answer.status_code == 302
    given = {
        "subject": "Mining licence",
        "client": desk.client.pk,
        "lawyer": desk.lawyer.pk,
        "opened_on": AT.date().isoformat(),
        "counterparties": "Steppe Holding LLP",
    }
    assert browser.get(answer["Location"]).status_code == 200
    assert browser.post(answer["Location"], {**given, "counterparties": "Another LLP"}).status_code == 409
    opened = browser.post(answer["Location"], given)
    assert opened.status_code == 302, opened.content.decode()
    page = browser.get(opened["Location"]).content.decode()
    assert "Steppe Holding LLP" in page
    party = f"{opened['Location']}party/"
    added = {"role": "person", "name": "Daniyar Omarov"}
    assert "person of a client" in browser.post(party, added).content.decode()  # found: he must say why
    assert browser.post(party, {**added, "clearance": "He is our own client."}).status_code == 302
    row = Matter.objects.get()
    assert row.parties.count() == 2
    assert (
        browser.post(opened["Location"], {"subject": "New", "lawyer": desk.lawyer.pk, "version": "1"}).status_code
        == 412
    )
    assert browser.post(f"{opened['Location']}close/", {"version": row.version}).status_code == 302
    assert Matter.objects.get().closed_on == AT.date()
    assert row.reference in browser.get("/account/desk/?state=closed").content.decode()
    assert row.reference not in browser.get("/account/desk/?state=open").content.decode()
    assert client_of(make.make_user(OFFICER)).get("/account/desk/").status_code == 302


@pytest.mark.parametrize(
    "path", ["/account/desk/", "/account/desk/conflict-checks/", "/api/v1/matters/", "/api/v1/conflict-checks/"]
)
def test_the_same_queries_for_few_and_for_many(path: str) -> None:
    desk = Firm()
    row, counts = desk.matter(), []
    caller = Caller(desk.lawyer) if path.startswith("/api") else None
    browser = client_of(desk.lawyer)
    for size in (1, 30):
        for number in range(ConflictCheck.objects.count(), size + 1):
            values = {"organisation": desk.firm, "reference": f"CC-2026-9{number:04d}", "asked": [], "made_at": AT}
            check = ConflictCheck.objects.create(**values, made_by=desk.lawyer)
            same = {"organisation": desk.firm, "client": desk.client, "subject": "x", "lawyer": desk.lawyer}
            Matter.objects.create(
                **same, reference=f"MT-2026-9{number:04d}", check_made=check, opened_on=row.opened_on, created_at=AT
            )
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = caller.get(path.removeprefix("/api/v1")) if caller else browser.get(path)
        assert answer.status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_by_api_with_keys_versions_and_every_fault() -> None:
    desk = Firm()
    caller = Caller(desk.lawyer)
    assert caller.post("/conflict-checks/", {"organisation": "1", "names": [{"name": "X"}]}).status_code == 400
    body = {"organisation": desk.firm.identifier, "names": [{"name": desk.client.name}]}
    check = caller.post("/conflict-checks/", body, Idempotency_Key="one").json()
    assert caller.post("/conflict-checks/", body, Idempotency_Key="one").json() == check
    assert ConflictCheck.objects.count() == 1
    wrong = {"check_made": "CC-1", "subject": "x", "client": "1", "lawyer": "x@example.org"}
    assert len(caller.post("/matters/", wrong).json()["problems"]) == 2
    given = {"check_made": check["reference"], "subject": "Licence", "client": desk.client.identifier}
    made = caller.post("/matters/", given)
    assert made.status_code == 201, made.json()
    path = f"/matters/{made.json()['reference']}/"
    assert (made["ETag"], caller.get(path).json()["client"]) == ('"1"', desk.client.identifier)
    edit = {"subject": "Other", "lawyer": desk.lawyer.email, "cases": []}
    assert caller.call("put", path, edit).status_code == 428
    assert caller.call("put", path, edit, If_Match='"9"').status_code == 412
    assert caller.call("put", path, edit, If_Match='"1"').json()["subject"] == "Other"
    party = {"role": "person", "name": "A Person", "check_made": check["reference"]}
    assert caller.post(f"{path}parties/", party, If_Match='"2"').status_code == 409  # the check did not look for him
    assert caller.post(f"{path}closing/", If_Match='"2"').json()["closed_on"] == AT.date().isoformat()
    assert [one["reference"] for one in caller.get("/matters/?state=closed").json()["results"]] == [
        made.json()["reference"]
    ]
    for user in (desk.owner, make.make_user(OFFICER), Firm().lawyer):
        stranger = Caller(user)
        assert stranger.get(path).status_code == 404
        assert stranger.get(f"/conflict-checks/{check['reference']}/").status_code == 404
        assert stranger.get("/matters/").json()["results"] == []


def test_notes_hang_on_matters_and_are_taken_off() -> None:
    desk = Firm()
    row = desk.matter()
    caller = Caller(desk.lawyer)
    question: dict[str, Any] = {
        "activity": "deal_own",
        "asset": "unsecured",
        "venue": "national",
        "who": "legal_entity",
        "on": "2026-02-01",
    }
    body = {**question, "organisation": desk.firm.identifier, "matter": row.reference, "remark": "Ask in May."}
    note = caller.post("/perimeter/notes/", body)
    assert note.status_code == 201, note.json()
    path = f"/perimeter/notes/{note.json()['reference']}/"
    assert (note.json()["client"], note.json()["matter"]) == (desk.client.identifier, row.reference)
    assert (
        note.json()["reference"]
        in client_of(desk.lawyer).get(f"/account/desk/matters/{row.reference}/").content.decode()
    )
    assert caller.post("/perimeter/notes/", {**body, "matter": "MT-1", "client": "1"}).status_code == 400
    foreign = Firm().matter()
    with pytest.raises(TransitionRefused) as told:
        exchange_services.keep_note(
            desk.firm, **{**question, "on": date(2026, 2, 1)}, matter=foreign, client_name="X", actor=desk.lawyer, at=AT
        )
    assert codes(told) == [("matter-foreign", "matter")]
    assert Caller(desk.owner).call("delete", path).status_code == 404
    assert caller.call("delete", path).status_code == 204
    assert caller.get(path).status_code == 404
    assert Matter.objects.get(pk=row.pk).notes.count() == 0


def test_the_calendar_and_its_secret_address() -> None:
    desk = Firm()
    case = make.make_submitted(actor=desk.owner)
    browser = client_of(desk.lawyer)
    page = browser.get("/account/desk/calendar/").content.decode()
    assert case.reference in page
    assert case.reference not in client_of(Firm().lawyer).get("/account/desk/calendar/").content.decode()
    shown = browser.post("/account/desk/calendar/").content.decode()
    address = shown.split('class="hash">')[1].split("<")[0].removeprefix("http://testserver")
    assert address not in browser.get("/account/desk/calendar/").content.decode()  # told once
    feed = Client().get(address).content.decode()
    assert feed.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert feed.endswith("END:VCALENDAR\r\n")
    assert case.reference in feed.replace("\r\n ", "")
    assert all(len(line.encode()) <= 75 for line in feed.split("\r\n"))
    assert feed.count("BEGIN:VEVENT") == feed.count("END:VEVENT") == feed.count("DTSTART;VALUE=DATE:") > 0
    assert Client().get("/calendar/wrong.ics").status_code == 404
    browser.post("/account/desk/calendar/", {"act": "end"})
    assert Client().get(address).status_code == 404
    browser.post("/account/desk/calendar/")
    User.objects.filter(pk=desk.lawyer.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_long_closed_matters_lose_their_words() -> None:
    desk = Firm()
    row = services.close_matter(desk.matter(parties=[Party("person", "A Person")]), actor=desk.lawyer, at=AT)
    open_one = desk.matter(check=row.check_made)
    parts = {part.model: part for part in rule("matters").parts}
    years = AT + timedelta(days=365 * 6)
    assert list(due_rows(rule("matters"), parts["licensing.Matter"], years)) == [row]
    assert due_rows(rule("matters"), parts["licensing.MatterParty"], years).count() == 1
    assert not due_rows(rule("matters"), parts["licensing.ConflictCheck"], years).exists()  # an open matter rests on it
    services.close_matter(open_one, actor=desk.lawyer, at=AT)
    assert due_rows(rule("matters"), parts["licensing.ConflictCheck"], years).count() == 1
    assert not due_rows(rule("matters"), parts["licensing.Matter"], AT + timedelta(days=365)).exists()
