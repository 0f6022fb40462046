"""The register of issues: kept by operators, read by the supervisor of the kind, and by everybody once registered."""

import csv
import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from knox.models import AuthToken

from config.invariants import faults
from core.models import Document, Event, User
from core.services import choices
from core.workflow import ROLES, StaleVersion, TransitionRefused
from exchanges import services
from exchanges.models import AssetIssue, IssueChange
from exchanges.workflow import ISSUE
from tests import factories as make

AT = make.AT
TODAY = AT.date()
one_database = pytest.mark.django_db
Act = Callable[[AssetIssue, User], Any]
ACTS: dict[str, Act] = {
    "register": lambda row, actor: services.register_issue(row, actor=actor, at=AT),
    "drop": lambda row, actor: services.drop_issue(row, reason="Given up.", actor=actor, at=AT),
    "place": lambda row, actor: services.note_issue(row, "place", on=TODAY, actor=actor, at=AT),
    "redeem": lambda row, actor: services.note_issue(row, "redeem", on=TODAY, actor=actor, at=AT),
    "end": lambda row, actor: services.note_issue(row, "end", on=TODAY, reason="Recalled.", actor=actor, at=AT),
}


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def refused(act: Callable[[], Any]) -> list[tuple[str, str | None]]:
    with pytest.raises(TransitionRefused) as told:
        act()
    return [(one.code, one.field) for one in told.value.problems]


def client_of(user: User) -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user)
    return browser


def anybody() -> Client:
    return Client(headers={"accept-language": "en"})


@one_database
@pytest.mark.parametrize("state", [state.name for state in ISSUE.states])
def test_who_may_take_which_step_from_a_state(state: str) -> None:
    row = make.make_issue(state=state)
    bank = row.authority
    people: dict[str, Any] = {
        role: make.make_user(role, authority=bank)
        for role in ROLES
        if role not in ("system", "representative", "applicant")
    }
    people |= {
        "applicant": make.make_applicant(row.organisation),
        "representative": make.make_agent(row.organisation),
        "stranger": make.make_applicant(),
        "system": make.make_system_user(),
        "foreign-head": make.make_user("head"),
        "nobody": AnonymousUser(),
    }
    for step in ISSUE.transitions:
        here = state in step.sources
        for role, actor in people.items():
            may = role in step.roles
            offered = actor.is_authenticated and step.name in {one.step.name for one in choices(row, actor, AT)}
            assert offered == (may and here), (step.name, role)
            saved = transaction.savepoint()
            if may and here:
                assert ACTS[step.name](row, actor).state == step.target
            else:
                with pytest.raises(TransitionRefused if may else PermissionDenied):
                    ACTS[step.name](row, actor)
            transaction.savepoint_rollback(saved)


@one_database
def test_everything_wrong_is_told_at_once() -> None:
    row = make.make_issue(
        state="draft",
        papers=(),
        issuer_residence="ae",
        issuer_number="123456789012",
        keeper_residence="RU",
        currency="tn",
        placement_on=date(2026, 7, 1),
        redemption_on=date(2026, 6, 30),
        amount=Decimal("0.00"),
        checked_by="",
    )
    party = make.make_applicant(row.organisation)
    assert set(refused(lambda: ACTS["register"](row, party))) == {
        ("issuer-foreign", "issuer_residence"),
        ("issuer-number", "issuer_number"),
        ("keeper-foreign", "keeper_residence"),
        ("issue-currency", "currency"),
        ("issue-amount", "amount"),
        ("redemption-early", "redemption_on"),
        ("particular-missing", "checked_by"),
        ("issue-paper", "documents"),
    }
    assert AssetIssue.objects.get(pk=row.pk).state == "draft"


@one_database
@pytest.mark.parametrize(("kind", "supervisor"), [(1, "nbk"), (2, "fmr"), (3, "fmr")])
def test_the_kind_gives_the_supervisor_who_alone_reads_it(kind: int, supervisor: str) -> None:
    row = make.make_issue(dfa_kind=kind)
    assert row.authority.code == supervisor
    for code in ("nbk", "fmr", "maidd"):
        official = make.make_user("officer", authority=make.make_authority(code))
        sees = code == supervisor
        assert AssetIssue.objects.visible_to(official).exists() is sees
        assert client_of(official).get(f"/dfa-issues/{row.reference}/").status_code == (200 if sees else 404)
        assert (row.name in client_of(official).get("/dfa-issues/").content.decode()) is sees
        api = Client().get(f"/api/v1/issues/{row.reference}/", **keyed(official))
        assert api.status_code == (200 if sees else 404)
    assert [fault for fault in faults(at=AT) if fault.code != "letter-unprinted"] == []


@one_database
def test_a_draft_is_the_operators_own() -> None:
    row = make.make_issue(state="draft")
    official = make.make_user("head", authority=row.authority)
    assert not AssetIssue.objects.visible_to(official).exists()
    assert not Event.objects.of(row).visible_to(official).exists()
    assert not Document.objects.of(row).visible_to(official).exists()
    for address in (f"/issues/{row.reference}/", f"/api/v1/register/issues/{row.reference}/"):
        assert anybody().get(address).status_code == 404
    party, stranger = make.make_applicant(row.organisation), make.make_applicant()
    assert client_of(party).get(f"/account/issues/{row.reference}/").status_code == 200
    assert client_of(stranger).get(f"/account/issues/{row.reference}/").status_code == 404
    changed = services.edit_issue(row, values={}, dfa_kind=2, actor=party, at=AT)
    assert changed.authority.code == "fmr"


@one_database
def test_only_an_operator_in_the_register_registers() -> None:
    miner = make.make_licence()
    party = make.make_applicant(miner.organisation)
    begun = refused(lambda: services.draft_issue(miner, dfa_kind=4, values={}, actor=party, at=AT))
    assert begun == [("issue-operator", "licence"), ("issue-kind", "dfa_kind")]
    row = make.make_issue(state="draft")
    make.end_licence(row.licence)
    party = make.make_applicant(row.organisation)
    assert refused(lambda: ACTS["register"](row, party)) == [("issue-operator", "licence")]


@one_database
def test_before_the_law_no_issue_is_begun() -> None:
    row = make.make_issue(state="draft")
    party = make.make_applicant(row.organisation)
    before = AT.replace(month=4, day=30)
    assert refused(lambda: services.draft_issue(row.licence, dfa_kind=1, values={}, actor=party, at=before)) == [
        ("not_in_force", None)
    ]
    told = refused(lambda: services.register_issue(row, actor=party, at=before))
    assert ("not_in_force", None) in told


@one_database
@pytest.mark.parametrize(
    ("state", "step", "day", "refusal"),
    [
        ("registered", "place", TODAY - timedelta(days=1), "placed-day"),
        ("registered", "place", TODAY + timedelta(days=1), "placed-day"),
        ("placed", "redeem", TODAY - timedelta(days=1), "redeemed-day"),
        ("registered", "end", TODAY + timedelta(days=1), "ended-day"),
        ("registered", "place", TODAY, None),
        ("placed", "redeem", TODAY, None),
    ],
)
def test_days_of_placement_and_redemption(state: str, step: str, day: date, refusal: str | None) -> None:
    row = make.make_issue(state=state)
    given: dict[str, Any] = {"on": day, "actor": make.make_applicant(row.organisation), "at": AT, "reason": "Why."}
    if refusal:
        assert [code for code, _field in refused(lambda: services.note_issue(row, step, **given))] == [refusal]
    else:
        assert services.note_issue(row, step, **given).state == ISSUE[step].target


@one_database
def test_a_correction_keeps_what_stood_before() -> None:
    row = make.make_issue(state="placed")
    party = make.make_applicant(row.organisation)

    def correct(reason: str = "A slip.", **values: Any) -> AssetIssue:
        return services.correct_issue(row, values=values, reason=reason, actor=party, at=AT)

    assert refused(lambda: correct("")) == [("issue-reason", "reason"), ("issue-same", None)]
    assert refused(lambda: correct(keeper_residence="DE")) == [("keeper-foreign", "keeper_residence")]
    done = correct(amount=Decimal("900.00"), keeper_name="Other Bank JSC")
    change = IssueChange.objects.get()
    assert (change.before["amount"], change.after["amount"]) == ("1000000.00", "900.00")
    event = Event.objects.of(done).latest("seq")
    assert (event.verb, event.audience, event.data) == (
        "assetissue.correct",
        "public",
        {"fields": ["keeper_name", "amount"]},
    )
    assert [ground["confidence"] for ground in event.grounds] == ["assumed"]
    own = client_of(party).get(f"/account/issues/{row.reference}/").content.decode()
    assert "A slip." in own
    shown = anybody().get(f"/issues/{row.reference}/").content.decode()
    assert "Other Bank JSC" in shown
    assert "A slip." not in shown  # the public reads what was corrected and when
    for stranger in (make.make_applicant(), make.make_user("head", authority=row.authority)):
        with pytest.raises(PermissionDenied):
            services.correct_issue(row, values={}, reason="x", actor=stranger, at=AT)
    draft = make.make_issue(state="draft")
    own_party = make.make_applicant(draft.organisation)
    assert refused(lambda: services.correct_issue(draft, values={}, reason="x", actor=own_party, at=AT)) == [
        ("issue-not-registered", None)
    ]


@one_database
def test_everybody_reads_what_is_registered_and_its_terms() -> None:
    rows = {state.name: make.make_issue(state=state.name, name=f"Note {state.name}") for state in ISSUE.states}
    open_states = {"registered", "placed", "redeemed", "ended"}
    shown = anybody().get("/issues/").content.decode()
    assert {state for state in rows if f"Note {state}" in shown} == open_states
    told = anybody().get("/api/v1/register/issues/").json()["results"]
    assert {one["state"] for one in told} == open_states
    table = list(csv.DictReader(io.StringIO(read(anybody().get("/issues/issues.csv")).removeprefix("\ufeff"))))
    whole = json.loads(read(anybody().get("/issues/issues.json")))
    assert (
        {row["reference"] for row in table} == {row["reference"] for row in whole} == {one["reference"] for one in told}
    )
    row = rows["registered"]
    page = anybody().get(f"/issues/{row.reference}/").content.decode()
    for document in row.documents():
        public = document.kind != "underlying-check"
        address = f"/issues/{row.reference}/documents/{document.pk}/"
        assert (address in page) is public
        answer = anybody().get(address)
        assert answer.status_code == (200 if public else 404)
        assert not public or read(answer).startswith("%PDF")
    draft = rows["draft"].documents().first()
    assert draft is not None
    assert anybody().get(f"/issues/{rows['draft'].reference}/documents/{draft.pk}/").status_code == 404
    assert anybody().get(f"/issues/{row.reference}/documents/{draft.pk}/").status_code == 404


def read(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


@one_database
def test_the_name_of_a_person_who_initiates_is_not_published() -> None:
    iin = make.make_iin()
    row = make.make_issue(initiator_name="Asel Trial", initiator_number=iin)
    for address in (f"/issues/{row.reference}/", f"/api/v1/register/issues/{row.reference}/"):
        shown = anybody().get(address).content.decode()
        assert "Asel Trial" not in shown
        assert iin not in shown
    official = client_of(make.make_user("officer", authority=row.authority))
    assert "Asel Trial" in official.get(f"/dfa-issues/{row.reference}/").content.decode()


@one_database
def test_nonsense_in_the_query_breaks_nothing_and_pages_cost_the_same() -> None:
    row = make.make_issue()
    for query in ({"q": "\x00"}, {"q": "%_'"}, {"dfa_kind": "x"}, {"cursor": "n..x"}, {"state": "draft"}):
        assert anybody().get("/issues/", query).status_code == 200
    assert anybody().get("/api/v1/register/issues/", {"state": "draft"}).json()["results"] == []
    party = make.make_applicant(row.organisation)
    officer = make.make_user("officer", authority=row.authority)
    asked: tuple[tuple[Client, str, dict[str, Any]], ...] = (
        (anybody(), "/issues/", {}),
        (client_of(officer), "/dfa-issues/", {}),
        (client_of(party), "/account/issues/", {}),
        (Client(), "/api/v1/issues/", keyed(party)),
        (Client(), "/api/v1/register/issues/", {}),
    )
    costs: list[list[int]] = []
    for number in range(2):
        costs.append([])
        for browser, address, how in asked:
            browser.get(address, **how)
            with CaptureQueriesContext(connection) as queries:
                browser.get(address, **how)
            costs[-1].append(len(queries))
        for other in range(3):
            make.make_issue(licence=row.licence, name=f"Note {number}{other}")
    assert costs[0] == costs[1]


def keyed(user: User) -> dict[str, Any]:
    return {"headers": {"authorization": f"Token {AuthToken.objects.create(user)[1]}"}}


class Caller:
    def __init__(self, user: User) -> None:
        self.headers = keyed(user)["headers"] | {"accept-language": "en"}

    def send(self, path: str, body: dict[str, Any], *, method: str = "post", **headers: str) -> Any:
        call = getattr(Client(), method)
        return call(f"/api/v1/{path}", body, content_type="application/json", headers=self.headers | headers)

    def upload(self, path: str, kind: str) -> Any:
        file = SimpleUploadedFile(f"{kind}.pdf", b"%PDF-1.7 " + kind.encode())
        return Client().post(f"/api/v1/{path}", {"kind": kind, "file": file}, headers=self.headers)


@one_database
def test_an_operator_prepares_registers_and_corrects_by_api() -> None:
    licence = make.make_dfa_platform()
    api = Caller(make.make_applicant(licence.organisation))
    made = api.send("issues/", {"licence": licence.number, "dfa_kind": 1, "name": "Note"})
    assert made.status_code == 201, made.json()
    path = f"issues/{made.json()['reference']}/"
    bad = api.send(f"{path}register/", {}, **{"if-match": '"1"'})
    assert bad.status_code == 409
    assert len(bad.json()["problems"]) > 10
    assert all(one["provision"] for one in bad.json()["problems"])
    plain = {key: str(value) for key, value in make.issue_values().items()}
    assert api.send(path, plain, method="patch").status_code == 428
    assert api.send(path, {"nmae": "x"}, method="patch", **{"if-match": '"1"'}).status_code == 400
    changed = api.send(path, plain, method="patch", **{"if-match": '"1"'})
    assert (changed.status_code, changed["ETag"]) == (200, '"2"')
    papers = [
        api.upload(f"{path}documents/", kind).json()
        for kind in ("terms", "risk-disclosure", "underlying-check", "terms")
    ]
    gone = Client().delete(f"/api/v1/{path}documents/{papers[-1]['id']}/", headers=api.headers | {"if-match": '"6"'})
    assert (gone.status_code, gone["ETag"]) == (204, '"7"')
    done = api.send(f"{path}register/", {}, **{"if-match": '"7"', "idempotency-key": "k"})
    again = api.send(f"{path}register/", {}, **{"if-match": '"7"', "idempotency-key": "k"})
    assert (done.status_code, done.json()["state"], again.json()) == (200, "registered", done.json())
    assert len(done.json()["papers"]) == 3
    assert read(Client().get(papers[0]["url"], headers=api.headers)) == "%PDF-1.7 terms"
    assert api.send(path, {"name": "x"}, method="patch", **{"if-match": '"8"'}).status_code == 409
    corrected = api.send(f"{path}correction/", {"name": "Other", "reason": "Slip."}, **{"if-match": '"8"'})
    assert corrected.json()["changes"][0]["before"] == {"name": "Tenge Note"}
    placed = api.send(f"{path}place/", {"on": "2026-06-16"}, **{"if-match": '"9"'})
    assert (placed.json()["state"], placed.json()["placed_on"]) == ("placed", "2026-06-16")
    stranger = Caller(make.make_applicant())
    assert stranger.send(f"{path}redeem/", {"on": "2026-06-16"}, **{"if-match": "*"}).status_code == 404
    other = stranger.send("issues/", {"licence": licence.number, "dfa_kind": 1})
    assert (other.status_code, other.json()["problems"][0]["code"]) == (400, "licence-not-yours")
    official = Caller(make.make_user("officer", authority=make.make_authority("nbk")))
    assert official.send(f"{path}redeem/", {"on": "2026-06-16"}, **{"if-match": "*"}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_of_two_who_register_at_once_one_does() -> None:
    make.make_system_user()
    row, gate = make.make_issue(state="draft"), Barrier(2)
    parties = [make.make_applicant(row.organisation) for _number in range(2)]

    def register(party: User) -> str:
        try:
            gate.wait()
            return str(services.register_issue(row, actor=party, at=AT, version=row.version).state)
        except (StaleVersion, TransitionRefused):
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(register, parties)) == ["refused", "registered"]
