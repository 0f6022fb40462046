"""The file outbox as administrators read it: only where no mail leaves the machine, nobody else, the newest first."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.DEMO = "core.mail.OutboxBackend", True


def signed_in(role: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(make.make_user(role))
    return client


def send(number: int, settings: Any) -> str:
    """A mail of its own second. Returns its name in the outbox."""
    mail = EmailMessage(f"Letter <{number}>", f"Text <b>{number}</b>", to=["reader@example.org"])
    mail.extra_headers["Message-ID"] = f"<{number}@test>"
    mail.attach("receipt.pdf", make.PDF, "application/pdf")
    before = set(Path(settings.OUTBOX_DIR).glob("*.eml"))
    mail.send()
    [path] = set(Path(settings.OUTBOX_DIR).glob("*.eml")) - before
    os.utime(path, (1_750_000_000 + number, 1_750_000_000 + number))
    return path.stem


def test_the_newest_first_with_headers_text_and_attachments(settings: Any) -> None:
    client = signed_in("administrator")
    assert "No mail yet" in client.get("/house/outbox/").content.decode()
    names = [send(number, settings) for number in range(30)]
    page = client.get("/house/outbox/").content.decode()
    assert page.index("Letter &lt;29&gt;") < page.index("Letter &lt;28&gt;")
    assert "Letter &lt;4&gt;" not in page
    cursor = page.partition("cursor=")[2].partition('"')[0]
    older = client.get(f"/house/outbox/?cursor={cursor}").content.decode()
    assert "Letter &lt;4&gt;" in older
    assert "Letter &lt;5&gt;" not in older
    mail = client.get(f"/house/outbox/{names[0]}/").content.decode()
    for words in (
        "Letter &lt;0&gt;",
        "Text &lt;b&gt;0&lt;/b&gt;",
        "receipt.pdf",
        "&lt;0@test&gt;",
        "reader@example.org",
    ):
        assert words in mail
    assert "/house/outbox/" in client.get("/house/").content.decode()


@pytest.mark.parametrize("role", ["applicant", "officer", "head", "inspector", "auditor"])
def test_others_find_nothing(settings: Any, role: str) -> None:
    name, client = send(1, settings), signed_in(role)
    for address in ("/house/outbox/", f"/house/outbox/{name}/"):
        assert client.get(address).status_code == 404
    assert Client().get("/house/outbox/").status_code == 302


@pytest.mark.parametrize(
    ("backend", "demo"), [("django.core.mail.backends.smtp.EmailBackend", True), ("core.mail.OutboxBackend", False)]
)
def test_a_real_service_shows_no_mail(settings: Any, backend: str, demo: bool) -> None:
    name, client = send(1, settings), signed_in("administrator")
    settings.EMAIL_BACKEND, settings.DEMO, settings.DEBUG = backend, demo, False
    for address in ("/house/outbox/", f"/house/outbox/{name}/"):
        assert client.get(address).status_code == 404
    assert "/house/outbox/" not in client.get("/house/").content.decode()


def test_bad_addresses(settings: Any) -> None:
    client = signed_in("administrator")
    send(1, settings)
    (Path(settings.OUTBOX_DIR) / "notes.eml").write_text("Subject: not ours\n\n")
    for name in ("0" * 32, "notes", "..", "A" * 32, "0" * 33):
        assert client.get(f"/house/outbox/{name}/").status_code == 404, name
    for cursor in ("x", "1.", "-1.x", "9" * 40 + ".a", "%00", "1750000001"):
        answer = client.get(f"/house/outbox/?cursor={cursor}")
        assert answer.status_code in (200, 400), cursor
        assert "not ours" not in answer.content.decode()
    assert client.post("/house/outbox/").status_code == 405
