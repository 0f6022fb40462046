"""Tips of the unlicensed market: sent without a name, followed by a code, sorted out by officials of one authority."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from io import BytesIO
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg import sql

from core.models import Document, Event, User
from core.retention import rule
from core.services import Upload, choices
from core.services.retention import due_rows
from core.workflow import HEAD, INSPECTOR, OFFICER, TransitionRefused
from exchanges import services
from exchanges.models import MarketTip, MarketWarning
from exchanges.services.tips import A_MINUTE, digest_of
from exchanges.workflow import TIP
from law.market import KINDS, tip_receiver
from licensing import services as licensing
from licensing.models import Breach, Referral
from tests import factories as make
from tests.licensing.test_matrix import LATER, cells, each_role, make_people

pytestmark = pytest.mark.django_db
TEXTS = {"kk": "Рұқсатсыз.", "ru": "Без разрешения.", "en": "It has no permit."}
TOLD: dict[str, Any] = {"kind": "offshore_platform", "text": "They call people and take tenge."}


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    cache.clear()
    make.make_authority("nbk")
    make.make_authority("maidd")
    with time_machine.travel(LATER, tick=False):
        yield


def client_of(user: User | None = None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.force_login(user)
    return client


def told(at: datetime = LATER, **fields: Any) -> tuple[MarketTip, str]:
    return services.receive_tip(**TOLD | fields, at=at)


def official(role: str = OFFICER, code: str = "nbk") -> User:
    return make.make_user(role, authority=make.make_authority(code))


def taken(tip: MarketTip | None = None, actor: User | None = None) -> tuple[MarketTip, User]:
    actor = actor or official()
    return services.take_tip(tip or told()[0], actor=actor, at=LATER), actor


def codes(refused: Any) -> list[str]:
    return [problem.code for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("kind", "on", "authority"),
    [
        ("offshore_platform", date(2023, 4, 1), "maidd"),
        ("offshore_platform", date(2025, 8, 30), "maidd"),
        ("offshore_platform", date(2025, 8, 31), "nbk"),
        ("offshore_platform", date(2026, 5, 1), "nbk"),
        ("over_the_counter", date(2025, 8, 30), "maidd"),
        ("over_the_counter", date(2026, 5, 1), "nbk"),
        ("unlicensed_mining", date(2023, 4, 1), "maidd"),
        ("unlicensed_mining", date(2026, 5, 1), "maidd"),
        ("promotion", date(2026, 5, 1), "maidd"),
    ],
)
def test_who_receives_a_kind_on_a_day(kind: str, on: date, authority: str) -> None:
    found = tip_receiver(kind, on)
    assert found.authority == authority
    assert not found.rule.is_confirmed  # no act that was read says it: shown as unconfirmed


def test_anybody_sends_a_tip_and_follows_it_by_the_code() -> None:
    page = client_of()
    form = page.get("/tips/")
    assert form.status_code == 200
    assert "unconfirmed" in form.content.decode()
    sent = {
        **TOLD,
        "names": "Steppe Coin\nSC",
        "domains": "https://pаy.example/start",  # a Cyrillic а
        "contact": "a.teller@mail.example",
        "attached": [SimpleUploadedFile("a.pdf", b"%PDF-1.4 a"), SimpleUploadedFile("b.pdf", b"%PDF-1.4 b")],
    }
    answer = page.post("/tips/", sent)
    assert answer.status_code == 302
    tip = MarketTip.objects.get()
    code = answer["Location"].strip("/").split("/")[-1]
    assert (tip.authority.code, tip.state, tip.digest) == ("nbk", "received", digest_of(code))
    assert Document.objects.of(tip).count() == 2
    state = page.get(answer["Location"])
    said = state.content.decode()
    assert tip.reference in said
    assert "Received" in said
    for secret in (TOLD["text"], "a.teller@mail.example", "Steppe"):
        assert secret not in said
    assert state["Referrer-Policy"] == "no-referrer"
    assert "no-store" in state["Cache-Control"]
    assert page.get(f"/tips/{code.lower().replace('-', '')}/").status_code == 200  # as somebody types it
    assert page.get("/tips/", {"code": code})["Location"] == f"/tips/{code}/"
    assert page.get("/tips/2222-2222-2222-2222-2222/").status_code == 404
    event = Event.objects.of(tip).get(verb="markettip.receive")
    assert event.actor.is_system
    assert event.data == {"kind": "offshore_platform", "files": 2}


def test_what_is_wrong_is_told_at_once_and_nothing_is_kept() -> None:
    bad = Upload("a.exe", BytesIO(b"MZ"))
    with pytest.raises(TransitionRefused) as refused:
        told(kind="x", text=" ", domains=["no domain"], region="KZ-99", names=["x" * 201], contact="x" * 301)
    assert codes(refused) == [
        *("warning-domain", "tip-kind", "particular-missing", "region-unknown", "text-too-long", "text-too-long")
    ]
    with pytest.raises(TransitionRefused) as refused:
        told(files=[bad] * 6)
    assert codes(refused) == ["too-many-files"]
    page = client_of()
    refused_file = page.post("/tips/", {**TOLD, "attached": SimpleUploadedFile("a.pdf", b"MZ run me")})
    assert refused_file.status_code == 409
    assert "its content decides" in refused_file.content.decode()
    for text in ("a\x00b", "a\u202eb"):
        answer = page.post("/tips/", {**TOLD, "text": text})
        assert answer.status_code in (400, 409)
    assert page.post("/tips/", {**TOLD, "website": "https://spam.example"}).status_code == 409
    assert not MarketTip.objects.exists()
    assert not Document.objects.exists()


def test_too_many_tips_of_one_place_are_refused_clearly() -> None:
    page = client_of()
    for _number in range(A_MINUTE):
        assert page.post("/tips/", TOLD).status_code == 302
    answer = page.post("/tips/", TOLD)
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert page.post("/api/v1/tips/", TOLD, content_type="application/json").status_code == 429  # one count for both
    assert MarketTip.objects.count() == A_MINUTE
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert other.post("/tips/", TOLD).status_code == 302
    with time_machine.travel(LATER + timedelta(minutes=2)):
        assert page.post("/tips/", TOLD).status_code == 302


def test_the_api_takes_a_tip_once_and_tells_its_state() -> None:
    program = Client()
    key: Any = {"HTTP_IDEMPOTENCY_KEY": "tip-1"}
    body = {**TOLD, "domains": ["pay.example"], "contact": "me"}
    first = program.post("/api/v1/tips/", body, content_type="application/json", **key)
    assert first.status_code == 201
    again = program.post("/api/v1/tips/", body, content_type="application/json", **key)
    assert again.json() == first.json()
    assert again["Idempotency-Replayed"] == "true"
    other = program.post("/api/v1/tips/", {**body, "text": "Else."}, content_type="application/json", **key)
    assert other.status_code == 422
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    theirs = stranger.post("/api/v1/tips/", body, content_type="application/json", **key)
    assert theirs.json()["code"] != first.json()["code"]  # the same key of somebody else is another one
    assert MarketTip.objects.count() == 2
    told_state = program.get(f"/api/v1/tips/{first.json()['code']}/")
    assert told_state.json()["state"] == "received"
    assert set(told_state.json()) == {"reference", "kind", "authority", "received_on", "state", "state_label"}
    assert tables_with(first.json()["reference"]) > {"exchanges_markettip"}
    assert tables_with(first.json()["code"]) == tables_with(first.json()["code"].replace("-", "")) == set()
    assert tables_with("tip-1") == set()  # nor the key under which its answer is kept
    assert program.get("/api/v1/tips/nonsense/").status_code == 404
    wrong = program.post("/api/v1/tips/", {"kind": "x", "contact": "y" * 301}, content_type="application/json")
    assert wrong.status_code == 400
    assert {one["field"] for one in wrong.json()["problems"]} == {"kind", "text", "contact"}


def tables_with(text: str) -> set[str]:
    """The tables in which any row holds the text."""
    with connection.cursor() as cursor:
        found = set()
        for name in connection.introspection.table_names(cursor):
            asked = sql.SQL("SELECT EXISTS (SELECT FROM {} t WHERE strpos(lower(t::text), lower(%s)) > 0)")
            cursor.execute(asked.format(sql.Identifier(name)), [text])
            found |= {name} if cursor.fetchone()[0] else set()
    return found


def test_html_and_links_are_shown_as_text() -> None:
    text = "<script>alert(1)</script> https://bad.example/x"
    tip, _code = told(text=text, names=["<b>Coin</b>"], domains=["bad.example"])
    said = client_of(official()).get(f"/market-tips/{tip.reference}/").content.decode()
    assert "<script>alert(1)" not in said
    assert "&lt;script&gt;alert(1)" in said
    assert 'href="https://bad.example' not in said
    assert "<b>Coin" not in said


def test_only_the_authority_that_handles_it_reads_it_and_triagers_alone_the_contact() -> None:
    tip, _code = told(contact="call 7 700 000 00 00")
    address = f"/market-tips/{tip.reference}/"
    assert "call 7 700" in client_of(official()).get(address).content.decode()
    assert "call 7 700" not in client_of(official(INSPECTOR)).get(address).content.decode()
    for stranger in (official(code="maidd"), official(HEAD, "maidd"), make.make_applicant()):
        assert client_of(stranger).get(address).status_code == 404
        assert not MarketTip.objects.visible_to(stranger).exists()
    energy = make.make_user(OFFICER, authority=make.make_authority("energy", decides=False))
    assert client_of(energy).get("/market-tips/").status_code == 404
    assert client_of().get(address).status_code in (302, 404)


def test_duplicates_are_found_by_domains_that_look_alike_and_by_names() -> None:
    first, _code = told(domains=["pay.example"], names=["Степь Коин"])
    by_look, _code = told(domains=["pаy.example"])  # a Cyrillic а
    by_name, _code = told(names=["Steppe Coin", "Step Koin"])
    told(domains=["other.example"], names=["Another Firm"])
    warned = make.make_warning(domains=["pay.example"], actor=official())
    found = services.alike_tips(first)
    assert {one.tip for one in found} == {by_look, by_name}
    assert services.alike_warnings(by_look) == [warned]
    tip, actor = taken(by_look)
    page = client_of(actor)
    assert page.post(f"/market-tips/{tip.reference}/repeat/", {"original": tip.reference}).status_code == 409
    assert page.post(f"/market-tips/{tip.reference}/repeat/", {"original": first.reference}).status_code == 302
    tip.refresh_from_db()
    assert (tip.state, tip.duplicate_of) == ("duplicate", first)
    third, _actor = taken(by_name, actor)
    with pytest.raises(TransitionRefused):  # a duplicate is no original
        services.repeat_tip(third, original=tip.reference, actor=actor, at=LATER)


def test_a_tip_is_referred_without_the_contact() -> None:
    tip, code = told(contact="me@mail.example", files=[Upload("a.pdf", BytesIO(b"%PDF-1.4 a"))])
    tip, actor = taken(tip)
    police = make.make_authority("police", decides=False)
    paper = Document.objects.of(tip).get()
    form = {"body": police.pk, "text": "Look at them.", "documents": [paper.pk], "version": tip.version}
    assert client_of(actor).post(f"/market-tips/{tip.reference}/hand_over/", form).status_code == 302
    row = Referral.objects.get()
    tip.refresh_from_db()
    assert (tip.state, tip.referral, row.about) == ("referred", row, tip.reference)
    clerk = client_of(make.make_user(OFFICER, authority=police))
    said = clerk.get(f"/requests/{row.reference}/").content.decode()
    assert "Look at them." in said
    assert "me@mail.example" not in said
    assert clerk.get(f"/market-tips/{tip.reference}/").status_code == 404
    assert "Passed to another authority" in client_of().get(f"/tips/{code}/").content.decode()


def test_a_breach_is_opened_of_a_tip() -> None:
    licence = make.make_licence()
    tip, actor = taken(told(kind="unlicensed_mining")[0], make.make_user(OFFICER))
    given: dict[str, Any] = {"rule": "mining.licence_needed", "found_on": LATER.date(), "facts": "More machines."}
    with pytest.raises(TransitionRefused) as refused:
        services.open_breach_of_tip(tip, **given, licence="NO-1", actor=actor, at=LATER)
    assert codes(refused) == ["licence-unknown"]
    done = services.open_breach_of_tip(tip, **given, licence=licence.number, actor=actor, at=LATER)
    breach = Breach.objects.get()
    assert (done.state, done.breach, breach.licence) == ("breach_opened", breach, licence)
    with pytest.raises(TransitionRefused):
        services.open_breach_of_tip(done, **given, licence=licence.number, actor=actor, at=LATER)
    assert Breach.objects.count() == 1


def test_a_warning_is_proposed_of_a_tip_prefilled() -> None:
    tip, actor = taken(told(names=["Steppe Coin", "SC"], domains=["pay.example"])[0])
    page = client_of(actor)
    address = f"/market-warnings/new/?tip={tip.reference}"
    said = page.get(address).content.decode()
    assert "Steppe Coin" in said
    assert "pay.example" in said
    form = {"kind": tip.kind, "name": "Steppe Coin", "brands": "SC", "domains": "pay.example", "since": LATER.date()}
    form |= {f"text_{code}": text for code, text in TEXTS.items()}
    form |= {"rules": ["unsecured.closed_list_of_cases"]}
    assert page.post(address, {**form, "rules": []}).status_code == 409
    assert MarketTip.objects.get(pk=tip.pk).state == "in_triage"
    assert page.post(address, form).status_code == 302
    warning = MarketWarning.objects.get()
    tip.refresh_from_db()
    assert (tip.state, tip.warning) == ("warned", warning)
    assert tip.reference in page.get(f"/market-warnings/{warning.reference}/").content.decode()


def test_the_list_narrows_and_reads_the_same_number_of_queries() -> None:
    tip, _code = told(domains=["pay.example"], names=["Steppe Coin"], region="KZ-75")
    told(kind="over_the_counter")
    page = client_of(official())
    asked = {"q=pаy.example": 1, "q=Степпе Коин": 1, f"q={tip.reference}": 1, "kind=over_the_counter": 1}
    for query, count in {**asked, "region=KZ-75": 1, "state=closed": 0, "": 2, "q=nothing": 0}.items():
        assert len(page.get(f"/market-tips/?{query}").context["lines"]) == count, query
    with CaptureQueriesContext(connection) as few:
        page.get("/market-tips/")
    for number in range(6):
        told(domains=[f"d{number}.example"])
    with CaptureQueriesContext(connection) as more:
        page.get("/market-tips/")
    assert len(few) == len(more)
    assert page.get("/work/").context["notices"][0][0] == "8 tips wait for triage"


def test_what_is_kept_of_a_person_goes_before_the_tip() -> None:
    tip, actor = taken(told(contact="me", files=[Upload("a.pdf", BytesIO(b"%PDF-1.4 a"))])[0])
    open_tip, _code = told(contact="me")
    services.close_tip(tip, why="not_found", actor=actor, at=LATER)
    tellers, tips = rule("tellers"), rule("tips")
    year, years = LATER + timedelta(days=366), LATER + timedelta(days=5 * 366)
    assert not due_rows(tellers, tellers.parts[0], LATER + timedelta(days=364)).exists()
    assert list(due_rows(tellers, tellers.parts[0], year)) == [tip]
    assert not any(due_rows(tips, part, year).exists() for part in tips.parts)
    assert all(due_rows(tips, part, years).count() == 1 for part in tips.parts)
    assert open_tip.contact == "me"


def test_a_tip_is_closed_with_a_reason() -> None:
    tip, actor = taken()
    for why in ("", "other"):
        with pytest.raises(TransitionRefused):
            services.close_tip(tip, why=why, actor=actor, at=LATER)
    assert services.close_tip(tip, why="other", text="Spam.", actor=actor, at=LATER).state == "closed"


def test_the_database_holds_a_state_to_its_facts() -> None:
    tip, _actor = taken()
    rows = MarketTip.objects.filter(pk=tip.pk)
    ends = ("duplicate", "referred", "breach_opened", "warned", "closed")
    faulty: list[dict[str, Any]] = [{"state": state, "closed_at": LATER} for state in ends]
    faulty += [{"state": "closed", "outcome": "not_found"}, {"closed_at": LATER}]
    faulty += [{"taken_by": None}, {"duplicate_of": tip.pk}]
    for broken in faulty:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**broken)


@pytest.mark.django_db(transaction=True)
def test_of_two_officials_who_take_a_tip_at_once_one_does() -> None:
    make.make_system_user()
    tip, people, gate = told()[0], [official(), official()], Barrier(2)

    def take(person: User) -> str:
        try:
            gate.wait()
            return str(services.take_tip(tip, actor=person, at=LATER).state)
        except TransitionRefused:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, people)) == ["in_triage", "refused"]
    assert Event.objects.of(tip).filter(verb="markettip.take").count() == 1


WARN: dict[str, Any] = {
    "kind": "offshore_platform",
    "name": "Coin",
    "brands": [],
    "domains": [],
    "since": date(2026, 6, 1),
    "texts": TEXTS,
    "rules": ["unsecured.closed_list_of_cases"],
}
ACTS: dict[str, Callable[[MarketTip, User], object]] = {
    "take": lambda t, u: services.take_tip(t, actor=u, at=LATER),
    "repeat": lambda t, u: services.repeat_tip(t, original=first_of(t).reference, actor=u, at=LATER),
    "hand_over": lambda t, u: services.refer_tip(
        t, body=make.make_authority("police", decides=False), text="Look.", actor=u, at=LATER
    ),
    "open_breach": lambda t, u: services.open_breach_of_tip(
        t, rule="mining.licence_needed", subject_name="Coin", facts="Mines.", found_on=LATER.date(), actor=u, at=LATER
    ),
    "propose_warning": lambda t, u: services.warn_of_tip(t, **WARN, actor=u, at=LATER),
    "close": lambda t, u: services.close_tip(t, why="not_found", actor=u, at=LATER),
}


def first_of(tip: MarketTip) -> MarketTip:
    return MarketTip.objects.exclude(pk=tip.pk).order_by("id")[0]


def place(tip: MarketTip, state: str, officer: User) -> MarketTip:
    """The tip in a state, with what the database asks of it there."""
    rows: dict[str, Any] = {"taken_by": officer if state != "received" else None}
    at: dict[str, Any] = {"actor": officer, "at": LATER}
    if state == "duplicate":
        rows["duplicate_of"] = first_of(tip)
    elif state == "referred":
        police = make.make_authority("police", decides=False)
        rows["referral"] = licensing.ask_body(tip.authority, body=police, kind="request", text="Look.", about="A", **at)
    elif state == "breach_opened":
        ground = tip_receiver("unlicensed_mining", LATER.date()).rule.ground()
        facts: dict[str, Any] = {"facts": "F.", "found_on": LATER.date(), "ground": ground, "subject_name": "A"}
        rows["breach"] = licensing.open_breach(authority=tip.authority, **facts, **at)
    elif state == "warned":
        rows["warning"] = services.propose_warning(tip.authority, **WARN, **at)
    elif state == "closed":
        rows["outcome"] = "not_found"
    closed = LATER if TIP.state(state).final else None
    MarketTip.objects.filter(pk=tip.pk).update(state=state, closed_at=closed, **rows)
    return MarketTip.objects.get(pk=tip.pk)


@pytest.fixture
def world() -> tuple[MarketTip, dict[str, User]]:
    told(kind="unlicensed_mining")
    return told(kind="unlicensed_mining")[0], make_people(make.make_submitted())


@pytest.mark.parametrize(("state", "name"), cells(TIP))
def test_tip(world: tuple[MarketTip, dict[str, User]], state: str, name: str) -> None:
    """Every state × transition × role: who may, from where, and that nobody else can."""
    tip, people = world
    step, here = TIP[name], state in TIP[name].sources
    tip = place(tip, state, people["officer"])
    for role, actor in each_role(people):
        may = role in step.roles
        offered = actor.is_authenticated and name in {one.step.name for one in choices(tip, actor, LATER)}
        assert offered == (may and here), role
        if may and here:
            ACTS[name](tip, actor)
        else:
            with pytest.raises(TransitionRefused if may else PermissionDenied), transaction.atomic():
                ACTS[name](tip, actor)
        assert MarketTip.objects.get(pk=tip.pk).state == (step.target if may and here else state), role


def test_every_transition_and_kind_is_here() -> None:
    assert set(ACTS) == {step.name for step in TIP.transitions}
    assert set(KINDS) == {"offshore_platform", "over_the_counter", "unlicensed_mining", "promotion"}
