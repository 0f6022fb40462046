"""Tips by API for officials: the list and one, each act with its version, nothing for anybody else."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Access, Document, RequestKey, User
from core.services import Upload
from core.workflow import HEAD, INSPECTOR, OFFICER
from exchanges import services
from exchanges.models import MarketTip, MarketWarning
from law.market import warning_rules
from licensing.models import Breach, Referral
from tests import factories as make
from tests.api.conftest import API, Caller, codes, fields, read
from tests.licensing.test_matrix import LATER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    make.make_authority("nbk")
    make.make_authority("maidd")
    with time_machine.travel(LATER, tick=False):
        yield


def official(role: str = OFFICER, code: str = "nbk") -> User:
    return make.make_user(role, authority=make.make_authority(code))


def told(**stated: Any) -> MarketTip:
    given: dict[str, Any] = {"kind": "offshore_platform", "text": "They take tenge.", "contact": "call 12345", **stated}
    return services.receive_tip(**given, at=LATER)[0]


def taken(caller: Caller, tip: MarketTip) -> str:
    """Take it; the ETag of what came of it."""
    answer = caller.post(f"/market-tips/{tip.reference}/take/", If_Match='"1"')
    assert (answer.status_code, answer.json()["state"]) == (200, "in_triage")
    return str(answer["ETag"])


def test_the_list_is_narrowed_and_asks_the_same_questions_at_any_size() -> None:
    caller = Caller(official())
    first = told(names=["QCoin"], domains=["pay.example"])
    counts = []
    for size in (2, 30):
        while MarketTip.objects.count() < size:
            told(kind="promotion" if size == 2 else "over_the_counter")
        with CaptureQueriesContext(connection) as asked:
            assert caller.get("/market-tips/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    for query in ("q=qcoin", "q=pay.example", f"q={first.reference}", "kind=offshore_platform"):
        rows = caller.get(f"/market-tips/?{query}").json()["results"]
        assert [row["reference"] for row in rows] == [first.reference], query
    assert caller.get("/market-tips/?state=nonsense").json()["results"] == []
    assert "contact" not in rows[0]


def test_one_tip_is_read_whole_and_each_look_is_logged() -> None:
    upload = Upload("seen.pdf", BytesIO(make.PDF))
    tip, other = told(domains=["pay.example"], files=[upload]), told(domains=["pay.example"])
    reader = official()
    body = Caller(reader).get(f"/market-tips/{tip.reference}/").json()
    assert (body["contact"], body["why_here"]["code"]) == ("call 12345", "market.tip_receiver")
    assert Access.objects.get(user=reader).reference == tip.reference
    (file,) = body["files"]
    assert file["filename"] == "seen.pdf"
    assert read(Caller(reader).get(file["content"].split(API)[1])) == make.PDF
    assert Caller(official(OFFICER, "maidd")).get(file["content"].split(API)[1]).status_code == 404
    elsewhere = f"/market-tips/{other.reference}/documents/{file['id']}/content/"
    assert Caller(reader).get(elsewhere).status_code == 404
    assert [one["reference"] for one in body["alike"]] == [other.reference]
    assert Caller(official(INSPECTOR)).get(f"/market-tips/{tip.reference}/").json()["contact"] is None


@pytest.mark.parametrize(("role", "code"), [(OFFICER, "maidd"), (HEAD, "afsa"), ("applicant", "")])
def test_to_others_a_tip_is_not_there(role: str, code: str) -> None:
    tip = told()
    caller = Caller(official(role, code) if code else make.make_applicant())
    assert caller.get(f"/market-tips/{tip.reference}/").status_code == 404
    assert caller.post(f"/market-tips/{tip.reference}/take/", If_Match='"1"').status_code == 404
    assert Caller().get("/market-tips/").status_code == 401


def test_an_act_needs_its_version_its_right_and_its_state() -> None:
    tip, caller = told(), Caller(official())
    path = f"/market-tips/{tip.reference}/take/"
    assert caller.post(path).status_code == 428
    assert caller.post(path, If_Match='"9"').status_code == 412
    assert Caller(official(INSPECTOR)).post(path, If_Match='"1"').status_code == 403
    sent = [caller.post(path, If_Match='"1"', Idempotency_Key="take") for _time in range(2)]
    assert [one.status_code for one in sent] == [200, 200]
    assert sent[0].json() == sent[1].json()
    assert "12345" not in str(RequestKey.objects.get().body)
    assert caller.post(path, If_Match=sent[0]["ETag"]).status_code == 409


def test_a_tip_is_closed_or_noted_as_a_duplicate() -> None:
    first, second, caller = told(), told(), Caller(official(HEAD))
    etag = taken(caller, first)
    path = f"/market-tips/{first.reference}/close/"
    assert fields(caller.post(path, {"why": "bored"}, If_Match=etag)) == {"why"}
    assert codes(caller.post(path, {"why": "other"}, If_Match=etag)) == {"note-missing"}
    closed = caller.post(path, {"why": "not_found"}, If_Match=etag).json()
    assert (closed["state"], closed["outcome"]) == ("closed", "not_found")
    etag, path = taken(caller, second), f"/market-tips/{second.reference}/repeat/"
    assert codes(caller.post(path, {"original": "TIP-0"}, If_Match=etag)) == {"tip-original"}
    repeated = caller.post(path, {"original": first.reference}, If_Match=etag).json()
    assert (repeated["state"], repeated["duplicate_of"]) == ("duplicate", first.reference)


def test_a_tip_is_referred_with_the_files_that_are_named() -> None:
    tip, caller = told(files=[Upload("seen.pdf", BytesIO(make.PDF))]), Caller(official())
    other = told(files=[Upload("other.pdf", BytesIO(make.PDF + b" "))])
    etag, path = taken(caller, tip), f"/market-tips/{tip.reference}/refer/"
    foreign = Document.objects.of(other).get().pk
    given = {"body": "maidd", "text": "Yours.", "documents": [foreign]}
    assert codes(caller.post(path, given, If_Match=etag)) == {"document-of-another"}
    both = {"authority-unknown", "document-of-another"}
    assert codes(caller.post(path, given | {"body": "nobody"}, If_Match=etag)) == both
    own = caller.get(f"/market-tips/{tip.reference}/").json()["files"][0]["id"]
    answer = caller.post(path, given | {"documents": [own]}, If_Match=etag).json()
    row = Referral.objects.get()
    assert (answer["state"], answer["referral"], row.documents.get().pk) == ("referred", row.reference, own)


def test_a_breach_is_opened_of_somebody_without_a_licence() -> None:
    tip, caller = told(), Caller(official())
    etag, path = taken(caller, tip), f"/market-tips/{tip.reference}/breach/"
    given = {"rule": "nbk-exchanger.licence_needed", "facts": "Sells tenge.", "found_on": LATER.date().isoformat()}
    unknown = caller.post(path, given | {"licence": "M1-1"}, If_Match=etag)
    assert codes(unknown) == {"licence-unknown"}
    answer = caller.post(path, given | {"subject_name": "QCoin"}, If_Match=etag).json()
    assert (answer["state"], answer["breach"]) == ("breach_opened", Breach.objects.get().reference)


def test_a_warning_is_proposed_of_a_tip() -> None:
    tip, caller = told(names=["QCoin"], domains=["pay.example"]), Caller(official())
    etag, path = taken(caller, tip), f"/market-tips/{tip.reference}/warning/"
    given: dict[str, Any] = {
        "kind": tip.kind,
        "name": "QCoin",
        "domains": ["pay.example"],
        "since": LATER.date().isoformat(),
        "rules": [rule.code for rule in warning_rules(tip.kind, LATER.date())][:1],
        "texts": {"kk": "Абайлаңыз.", "ru": "Осторожно.", "en": "Beware."},
    }
    wrong = caller.post(path, given | {"kind": "none", "texts": {"kk": " "}, "since": "now"}, If_Match=etag)
    assert fields(wrong) == {"kind", "texts.kk", "texts.ru", "texts.en", "since"}
    refused = caller.post(path, given | {"rules": ["none"], "domains": ["no domain"]}, If_Match=etag)
    assert (refused.status_code, fields(refused)) == (409, {"rules", "domains"})
    answer = caller.post(path, given, If_Match=etag)
    assert answer.status_code == 200, answer.json()
    row = MarketWarning.objects.get()
    assert (answer.json()["state"], answer.json()["warning"], row.state) == ("warned", row.reference, "proposed")
