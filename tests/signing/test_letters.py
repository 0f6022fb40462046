"""Letters go out signed or not at all: once, whatever is killed or called twice, and held with a reason."""

import logging
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client

from config.demo.signing import make_test_keys
from core.models import Authority, Document, DocumentSignature, Event, Notification
from core.services import is_whole
from core.signing.facts import EXPIRED, NO_KEY
from core.signing.pdf import verify
from licensing import services
from licensing.models import Letter
from licensing.permits import kinds
from tests import factories as make
from tests.licensing.test_races import at_once
from tests.signing.support import make_holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_keys(settings: Any, tmp_path: Path) -> Path:
    """A folder for keys with none in it."""
    settings.SIGNING_FOLDER = tmp_path / "keys"
    settings.SIGNING_FOLDER.mkdir()
    return Path(settings.SIGNING_FOLDER)


def content_of(document: Document) -> bytes:
    with default_storage.open(document.path) as stream:
        return bytes(stream.read())


def page(case: Any, user: Any, tab: str = "letters") -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client.get(f"/cases/{case.reference}/?tab={tab}").content.decode()


def test_everything_printed_is_signed() -> None:
    licence = make.make_licence()
    assert services.print_left_over(at=make.AT) == 3
    letters = Letter.objects.select_related("document")
    assert {letter.kind for letter in letters} == {"receipt", "grant", "licence"}
    for letter in letters:
        assert letter.document is not None
        (found,) = verify(content_of(letter.document), at=make.AT)
        assert found.holds
        assert found.at == make.AT
        row = letter.signature
        assert row is not None
        assert (row.valid, row.sha256, row.authority_id) == (True, letter.document.sha256, licence.authority_id)
        assert is_whole(letter.document)


def test_the_case_tells_by_whom_and_whether_it_is_intact() -> None:
    case, officer = make.make_submitted(), make.make_user("officer")
    services.print_left_over(at=make.AT)
    assert "Signed by maidd: test certificate" in page(case, officer)
    document = Document.objects.get(kind="receipt")
    path = Path(default_storage.path(document.path))
    content = bytearray(path.read_bytes())
    content[5000] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)
    shown = page(case, officer)
    assert "The signature does not hold" in shown
    assert "the file has changed" in shown
    path.unlink()
    assert "the file has changed" in page(case, officer)


def test_without_a_key_a_letter_waits_and_says_why(no_keys: Path) -> None:
    case, officer = make.make_submitted(), make.make_user("officer")
    assert services.print_left_over(at=make.AT) == 0
    assert services.print_left_over(at=make.AT + timedelta(minutes=1)) == 0
    letter = case.letters.get()
    assert (letter.document, letter.held, letter.held_at) == (None, NO_KEY, make.AT)
    assert Event.objects.filter(verb="letter.hold").count() == 1
    assert not Notification.objects.filter(template="letter_sent").exists()
    shown = page(case, officer)
    assert "Not printed" in shown
    assert "The authority has no signing key." in shown
    assert "Letter waits for the authority&#x27;s signature" in page(case, officer, "timeline")
    client = Client(headers={"accept-language": "en"})
    client.force_login(case.created_by)
    assert "The authority has no signing key." in client.get(f"/inbox/letters/{letter.pk}/").content.decode()
    make_test_keys(no_keys, ("maidd",), at=make.AT)
    assert services.print_left_over(at=make.AT + timedelta(hours=1)) == 1
    letter.refresh_from_db()
    assert (letter.held, letter.held_at, letter.document is not None) == ("", None, True)
    assert Notification.objects.filter(template="letter_sent", channel="inbox").count() == 1


def test_a_certificate_that_has_run_out_signs_nothing(no_keys: Path) -> None:
    make_holder(make_holder(CN="Root"), CN="Ministry", end=make.AT - timedelta(days=1)).pkcs12(no_keys, "maidd")
    case = make.make_submitted()
    assert services.print_left_over(at=make.AT) == 0
    assert case.letters.get().held == EXPIRED


def test_one_authority_without_a_key_holds_up_no_other(no_keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("licensing.services.letters.BATCH", 2)
    make_test_keys(no_keys, ("maidd",), at=make.AT)
    first = make.make_submitted()
    bank = make.make_authority("nbk")
    held = [make.make_submitted() for _number in range(5)]
    case = _of(bank)
    Letter.objects.filter(application__in=held).update(application=case, subject_id=case.pk, kind="question")
    last = make.make_submitted()
    while services.print_left_over(at=make.AT):
        pass
    assert last.letters.get().document is not None
    assert first.letters.get().document is not None
    services.print_left_over(at=make.AT)
    services.print_left_over(at=make.AT)
    assert set(Letter.objects.filter(kind="question").values_list("held", flat=True)) == {NO_KEY}


def _of(authority: Authority) -> Any:
    case = make.make_draft()
    type(case).objects.filter(pk=case.pk).update(authority=authority)
    return case


def test_a_device_that_fails_is_tried_again(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    case = make.make_submitted()
    settings.SIGNING_TIMESTAMPER = "tests.signing.test_pdf.stamps_nothing"
    with caplog.at_level(logging.CRITICAL):
        assert services.print_left_over(at=make.AT) == 0
    assert case.letters.get().held == "signing-failed"
    settings.SIGNING_TIMESTAMPER = ""
    assert services.print_left_over(at=make.AT) == 1


def test_in_production_a_missing_key_is_an_error(no_keys: Path, settings: Any) -> None:
    deciding = sorted({one.authority for one in kinds().values()})

    def found() -> set[str | None]:
        return {one.id for one in run_checks(tags=["security"], include_deployment_checks=True)} & CHECKS

    settings.SIGNING_TEST_KEYS = False
    assert found() == {"tizilim.E020"}
    settings.SIGNING_KEYS = dict.fromkeys(deciding, f"pkcs12:{no_keys}/elsewhere.p12")
    assert found() == {"tizilim.I020"}
    settings.SIGNING_KEYS = {}
    make_test_keys(no_keys, deciding, at=make.AT)
    assert found() == {"tizilim.E021"}
    root = make_holder(CN="Root")
    soon = make.AT.replace(year=2100)
    for authority in deciding:
        make_holder(root, CN="Ministry", end=soon).pkcs12(no_keys, authority)
    settings.SIGNING_ROOTS = no_keys / "roots.pem"
    assert found() == {"tizilim.W021"}
    settings.SIGNING_ROOTS.write_bytes(root.pem)
    assert found() == set()


CHECKS = {"tizilim.E020", "tizilim.E021", "tizilim.I020", "tizilim.W020", "tizilim.W021"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.stress
def test_printed_by_many_workers_it_is_signed_once() -> None:
    case = make.make_submitted()
    letter = case.letters.get()
    acts = [lambda: services.print_letter(letter.pk, at=make.AT)] * 4 + [lambda: services.print_left_over(at=make.AT)]
    at_once(acts)
    assert DocumentSignature.objects.count() == Document.objects.filter(kind="receipt").count() == 1
    assert is_whole(Document.objects.get(kind="receipt"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.stress
@pytest.mark.parametrize("where", ["print_before_signing", "print_after_signing"])
def test_killed_while_it_prints(where: str, broker: Any, tmp_path: Path) -> None:
    """The process dies with the letter half made: nothing stands in the database, and the sweep makes it whole."""
    from tests.background.support import product_environment

    letter = make.make_submitted().letters.get()
    environment = product_environment(broker, tmp_path)
    command = [sys.executable, "-m", "tests.background.crashes", where, str(letter.pk)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == -9, done.stderr
    letter.refresh_from_db()
    assert (letter.document, DocumentSignature.objects.count()) == (None, 0)
    call_command("sweep", verbosity=0)
    letter.refresh_from_db()
    assert letter.document is not None
    assert verify(content_of(letter.document), at=make.AT)[0].intact
    assert DocumentSignature.objects.count() == 1
