"""A PDF in somebody's hand: ours and unchanged, changed, added to, somebody else's, or nothing of the kind."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from core import printing
from core.models import Access, Document, Event
from core.signing.pdf import sign
from licensing import services
from licensing.models import Letter, Licence
from licensing.services.verification import ADDED, CHANGED, GENUINE, NOT_PDF, OTHER, UNSIGNED, examine_paper
from tests import factories as make
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def licence() -> Licence:
    found = make.make_licence()
    services.print_left_over(at=make.AT)
    return found


def printed(kind: str) -> bytes:
    document = Document.objects.get(kind=kind)
    with default_storage.open(document.path) as stream:
        return bytes(stream.read())


def flipped(content: bytes, place: int) -> bytes:
    """The content with one bit of one byte turned."""
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def post(client: Client, content: bytes | None, **headers: str) -> Any:
    file = {} if content is None else {"file": named(content)}
    return client.post("/verify/", file, headers={"accept-language": "en", **headers})


def named(content: bytes) -> BytesIO:
    file = BytesIO(content)
    file.name = "paper.pdf"
    return file


@pytest.mark.parametrize("kind", ["licence", "grant", "receipt"])
def test_what_was_printed_here_is_genuine(licence: Licence, kind: str) -> None:
    found = examine_paper(printed(kind), at=make.AT)
    assert (found.verdict, found.letter and found.letter.kind) == (GENUINE, kind)
    assert found.licence == (None if kind == "receipt" else licence)
    assert found.signed
    assert found.signed.at == make.AT


def stranger(_paper: bytes, at: datetime) -> bytes:
    data = Letter.objects.get(kind="receipt").data
    return sign(printing.render("receipt.typ", data, at=at), authority="nbk", at=at)


OTHERS: dict[str, tuple[str, Callable[[bytes, datetime], bytes]]] = {
    "a changed byte": (CHANGED, lambda paper, _at: flipped(paper, 4000)),
    "something behind": (ADDED, lambda paper, _at: paper + b"\n% more\n"),
    "signed once more": (ADDED, lambda paper, at: sign(paper, authority="nbk", at=at)),
    "another's": (OTHER, stranger),
    "cut off": (UNSIGNED, lambda paper, _at: paper[:20_000]),
    "without a signature": (UNSIGNED, lambda _paper, _at: make.PDF),
    "no PDF": (NOT_PDF, lambda _paper, _at: b"MZ" + bytes(100)),
    "something before": (NOT_PDF, lambda paper, _at: b"x" + paper),
}


@pytest.mark.parametrize(("verdict", "change"), OTHERS.values(), ids=OTHERS)
def test_everything_else_is_named(
    licence: Licence, verdict: str, change: Callable[[bytes, datetime], bytes], client: Client
) -> None:
    content = change(printed("licence"), make.AT)
    found = examine_paper(content, at=make.AT)
    assert (found.verdict, found.genuine) == (verdict, False)
    assert (found.letter is not None) == (verdict == ADDED)
    page = post(client, content)
    assert page.status_code == 200
    assert "Genuine" not in page.content.decode()


def test_the_page_tells_and_keeps_nothing(licence: Licence, client: Client) -> None:
    before = [model.objects.count() for model in (Document, Event, Access)]
    page = post(client, printed("licence")).content.decode()
    assert "Genuine: printed here, signed and unchanged" in page
    assert licence.number in page
    assert f"/verify/{licence.code}/" in page
    facts = post(client, printed("licence"), accept="application/json").json()
    assert (facts["genuine"], facts["licence"], facts["authority"]) == (True, licence.number, "maidd")
    assert [model.objects.count() for model in (Document, Event, Access)] == before


def test_too_large_none_and_too_often(client: Client, settings: Any) -> None:
    assert post(client, None).status_code == 400
    assert post(client, b"").status_code == 400
    settings.VERIFY_LIMIT = 1024
    assert post(client, bytes(2000)).status_code == 413
    assert post(client, bytes(200_000)).status_code == 413
    statuses = [post(client, b"%PDF-").status_code for _time in range(12)]
    assert 429 in statuses


def test_by_api(licence: Licence, settings: Any) -> None:
    public = Caller()
    facts = public.upload_file("/verify/", printed("receipt"))
    assert facts.status_code == 200
    assert facts.json()["letter"] == "receipt"
    assert public.upload_file("/verify/", flipped(printed("receipt"), 4000)).json()["verdict"] == "changed"
    assert public.post("/verify/", {"file": "x"}).status_code == 415
    settings.VERIFY_LIMIT = 1024
    assert public.upload_file("/verify/", bytes(100_000)).status_code == 413


def test_a_code_answers_with_the_fingerprint(licence: Licence) -> None:
    facts = Caller().get(f"/verify/{licence.code}/").json()
    letter = Letter.objects.get(kind="licence")
    assert letter.document
    assert facts["sha256"] == letter.document.sha256
    assert facts["fingerprint"] == printing.fingerprint("licence.typ", letter.data)[:16]
    assert facts["signature"]["valid"] is True


def test_the_receipt_is_fetched_by_api_and_its_signature_holds() -> None:
    filed = make.make_submitted()
    services.print_left_over(at=make.AT)
    api = Caller(filed.created_by)
    (receipt,) = api.get(f"/applications/{filed.reference}/letters/").json()["results"]
    assert receipt["signature"]["valid"] is True
    content = api.get(f"/applications/{filed.reference}/letters/{receipt['id']}/content/")
    assert examine_paper(b"".join(content.streaming_content), at=make.AT).genuine
