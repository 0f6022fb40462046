"""The operator's verifier: what counts as its verdict, and that everything else counts as none."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest

from core.signing import remote
from core.signing.facts import CONTENT_DIFFERS, REJECTED
from core.signing.remote import NotAnswered, ask_verifier
from tests.signing.support import AT, as_gost, detached, make_holder
from tests.signing.verifier import Answer, Verifier, saying, verifier

HOLDER = make_holder(make_holder(CN="Root"), OU="BIN240140012345")
DER = as_gost(detached(HOLDER, b"content"))
MINE = HOLDER.asn1.sha256.hex()


@pytest.fixture
def server(settings: Any) -> Iterator[Verifier]:
    with verifier() as running:
        settings.SIGNATURE_VERIFIER_URL = running.url
        yield running


def ask() -> tuple[str, ...]:
    return ask_verifier(DER, b"content", at=AT, certificate=MINE).reasons


def refusal() -> NotAnswered:
    with pytest.raises(NotAnswered) as refused:
        ask()
    return refused.value


def test_what_is_asked_and_answered(server: Verifier, settings: Any) -> None:
    settings.SIGNATURE_VERIFIER_TOKEN = "letmein"
    assert ask() == ()
    (question,), (headers,) = server.questions, server.sent
    assert base64.b64decode(question.pop("signature")) == DER
    assert base64.b64decode(question.pop("data")) == b"content"
    assert question == {"version": 1, "received_at": AT.isoformat()}
    assert headers["authorization"] == "Bearer letmein"
    assert headers["content-type"] == "application/json"


def test_why_it_does_not_hold(server: Verifier) -> None:
    server.answer = saying("invalid", CONTENT_DIFFERS, "of their own", "another")
    assert ask() == (CONTENT_DIFFERS, REJECTED)
    server.answer = saying("invalid")
    assert ask() == (REJECTED,)


NO_ANSWERS: dict[str, Answer] = {
    "unknown": saying("unknown"),
    "a word of its own": saying("VALID"),
    "valid with reasons": saying("valid", "content-differs"),
    "true": lambda question: {**saying("valid")(question), "verdict": True},
    "another version": saying("valid", version=2),
    "another certificate": saying("valid", certificate_sha256="00" * 32),
    "no certificate": saying("valid", certificate_sha256=None),
    "reasons as text": lambda question: {**saying("invalid")(question), "reasons": "x"},
    "a list": lambda question: [],
    "no JSON": lambda question: b"valid",
    "empty": lambda question: b"",
    "not UTF-8": lambda question: b"\xff\xfe",
    "deep": lambda question: b"[" * 60_000,
}


@pytest.mark.parametrize("answer", NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_what_is_no_verdict(server: Verifier, answer: Answer) -> None:
    server.answer = answer
    assert not refusal().down


@pytest.mark.parametrize(("status", "down"), [(201, False), (400, False), (404, False), (503, True)])
def test_only_200_is_an_answer(server: Verifier, status: int, down: bool) -> None:
    server.status = status
    assert refusal().down is down


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(server: Verifier, status: int) -> None:
    server.status, server.headers = status, {"Location": f"{server.url}/elsewhere"}
    refusal()
    assert len(server.questions) == 1


def test_an_endless_answer_is_cut(server: Verifier) -> None:
    server.answer = lambda question: b" " * (remote.ANSWER_LIMIT + 1)
    assert refusal().down


def test_a_packed_answer_is_not_unpacked(server: Verifier) -> None:
    server.headers |= {"Content-Encoding": "gzip"}
    assert ask() == ()  # taken as it came


def test_one_that_does_not_answer_in_time(server: Verifier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "CALL", 0.3)
    server.answer = lambda question: server.released.wait(20) and b""
    assert refusal().down


def test_one_that_is_not_there(settings: Any) -> None:
    with verifier() as gone:
        settings.SIGNATURE_VERIFIER_URL = gone.url
    assert refusal().down
    settings.SIGNATURE_VERIFIER_URL = "no address"
    assert refusal().down
