"""A caller of the API, as a program would call it, on the day that the factories act on."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client

from core.models import User
from core.services import make_key
from licensing.models import Application
from tests import factories as make

API = "/api/v1"


class Caller:
    """Calls with a key (or without) and in one language. A server error is an answer here, as it is to programs."""

    def __init__(self, user: User | None = None, language: str = "en") -> None:
        self.user = user
        self.headers = {"Accept-Language": language}
        if user is not None:
            self.headers["Authorization"] = f"Token {make_key(user, actor=user, at=make.AT)[1]}"
        self.client = Client(raise_request_exception=False)

    def call(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        body: dict[str, Any] = {}
        if data is not None:
            body = {"data": data, "content_type": "application/json"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return getattr(self.client, method)(f"{API}{path}", headers={**self.headers, **named}, **body)

    def get(self, path: str, **headers: str) -> Any:
        return self.call("get", path, **headers)

    def post(self, path: str, data: Any = None, **headers: str) -> Any:
        return self.call("post", path, {} if data is None else data, **headers)

    def patch(self, path: str, data: Any, **headers: str) -> Any:
        return self.call("patch", path, data, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.call("delete", path, **headers)

    def upload(
        self, path: str, content: bytes, *, kind: str = "fee-proof", name: str = "paper.pdf", **headers: str
    ) -> Any:
        file = BytesIO(content)
        file.name = name
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        return self.client.post(f"{API}{path}", {"kind": kind, "file": file}, headers={**self.headers, **named})

    def upload_file(self, path: str, content: bytes, name: str = "paper.pdf") -> Any:
        """A form of one file and nothing else."""
        file = BytesIO(content)
        file.name = name
        return self.client.post(f"{API}{path}", {"file": file}, headers=self.headers)

    def form(self, path: str, data: dict[str, Any], **headers: str) -> Any:
        """A form of several parts; a list of values or files is sent as parts of one name."""
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        return self.client.post(f"{API}{path}", data, headers={**self.headers, **named})


def paper(name: str = "paper.pdf", content: bytes = make.PDF) -> BytesIO:
    """A file as a form sends it."""
    file = BytesIO(content)
    file.name = name
    return file


def codes(response: Any) -> set[str]:
    return {one["code"] for one in response.json()["problems"]}


def read(response: Any) -> bytes:
    """The bytes of an answer; a file is closed by reading it."""
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


def fields(response: Any) -> set[str]:
    return {one["field"] for one in response.json()["problems"]}


@pytest.fixture(autouse=True)
def on_the_day(request: pytest.FixtureRequest) -> Iterator[None]:
    """The law of that day is known, whenever the tests run; a module with REAL_TIME keeps the clock of the machine."""
    if getattr(request.module, "REAL_TIME", False):
        yield
    else:
        with time_machine.travel(make.AT):
            yield


@pytest.fixture
def applicant(db: None) -> User:
    make.make_authority()
    return make.make_applicant()


@pytest.fixture
def api(applicant: User) -> Caller:
    return Caller(applicant)


@pytest.fixture
def draft(applicant: User) -> Application:
    return make.make_draft(actor=applicant)


@pytest.fixture
def path(draft: Application) -> str:
    return f"/applications/{draft.reference}/"


def draft_body(user: User, **values: Any) -> dict[str, Any]:
    """A complete body that opens a draft."""
    organisation = user.organisations(make.AT.date()).get()
    fee = {**make.fee_paid(), "fee_paid_on": "2026-06-10"}
    return {
        "kind": "mining-licence-1",
        "organisation": organisation.identifier,
        **make.particulars(),
        **fee,
        **values,
    }
