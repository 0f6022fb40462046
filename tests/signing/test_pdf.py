"""Papers are signed as PAdES, stay the PDF/A that was printed, and every change is found."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from config.demo.signing import make_test_keys
from core import printing
from core.signing.apart import apart
from core.signing.facts import (
    CONTENT_DIFFERS,
    EXPIRED,
    FAILED,
    NO_KEY,
    NOT_TRUSTED,
    TEST_CA,
    TEST_KEY,
    UNREADABLE,
    NoKey,
)
from core.signing.keys import key_fault, load_signer, roots
from core.signing.pdf import sign, verify
from tests.signing.support import AT, make_holder

NAMES = {"kk": "Министрлік", "ru": "Министерство", "en": "Ministry"}
NOW = AT + timedelta(days=1)


@pytest.fixture(scope="module")
def paper() -> bytes:
    data = {
        "reference": "APP-2026-000001",
        "on": "2026-06-15",
        "authority": {"names": NAMES},
        "to": {"names": NAMES, "identifier": "240140012345", "form": "legal_entity", "address": "Astana"},
        "kind_names": NAMES,
        "subject": NAMES,
        "terms": [],
    }
    return printing.render("receipt.typ", data, at=AT)


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """Keys of the test's own, none of them from the test CA."""
    settings.SIGNING_FOLDER, settings.SIGNING_ROOTS = tmp_path, tmp_path / "roots.pem"
    settings.SIGNING_TEST_KEYS = False
    return tmp_path


def test_signed_and_read_again(paper: bytes) -> None:
    signed = sign(paper, authority="maidd", at=AT, name="Министерство", about="APP-2026-000001")
    (found,) = verify(signed, at=NOW)
    assert found.holds
    assert found.at == AT
    assert TEST_CA in found.facts.signer
    assert found.facts.algorithm == "sha256_ecdsa, sha256"


@pytest.mark.parametrize("kind", ["ec", "rsa2048", "rsa3072"])
def test_a_validator_of_pades_agrees(paper: bytes, folder: Path, kind: str) -> None:
    root = make_holder(CN="Root")
    make_holder(root, kind, CN="Ministry").pkcs12(folder, "maidd")
    (folder / "roots.pem").write_bytes(root.pem)
    signed = sign(paper, authority="maidd", at=AT)
    assert verify(signed, at=NOW)[0].holds
    embedded = PdfFileReader(BytesIO(signed)).embedded_signatures[0]
    context = ValidationContext(trust_roots=[root.asn1], allow_fetching=False, moment=AT)
    status = apart(lambda: validate_pdf_signature(embedded, context))  # another test may hold an event loop
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert embedded.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert "signing_time" not in {attribute["type"].native for attribute in embedded.signer_info["signed_attrs"]}


def test_what_was_printed_stays_pdf_a(paper: bytes) -> None:
    """An update behind the printed bytes; no other version, metadata or title; a field of no size that prints."""
    signed = sign(paper, authority="maidd", at=AT)
    assert signed.startswith(paper)
    before, after = PdfReader(BytesIO(paper)), PdfReader(BytesIO(signed))
    old, new = (cast(Any, one.trailer["/Root"]) for one in (before, after))
    assert new["/Metadata"].get_data() == old["/Metadata"].get_data()
    assert b"<pdfaid:part>2<" in new["/Metadata"].get_data()
    assert after.metadata == before.metadata
    assert "/Version" not in new
    assert [page.extract_text() for page in after.pages] == [page.extract_text() for page in before.pages]
    notes = cast(Any, after.pages[0]["/Annots"])
    (widget,) = [note.get_object() for note in notes if note.get_object()["/Subtype"] == "/Widget"]
    assert [float(side) for side in widget["/Rect"]] == [0, 0, 0, 0]
    assert widget["/F"] & 0b100111 == 0b100  # prints; not hidden, not invisible, not without a view


def test_every_changed_byte_is_found(paper: bytes) -> None:
    signed = sign(paper, authority="maidd", at=AT)
    gap = re.search(rb"/Contents <[0-9a-fA-F]+>", signed)
    assert gap
    for place in (*range(0, gap.start(), 997), gap.end() + 3, len(signed) - 1):
        changed = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
        assert not any(one.holds for one in verify(changed, at=NOW)), place
    changed = signed[:4000] + bytes([signed[4000] ^ 1]) + signed[4001:]
    (found,) = verify(changed, at=NOW)
    assert (found.intact, found.facts.reasons) == (False, (CONTENT_DIFFERS,))


def test_what_is_added_behind_is_told(paper: bytes) -> None:
    signed = sign(paper, authority="maidd", at=AT)
    (found,) = verify(signed + b"\n1 0 obj\n<<>>\nendobj\n", at=NOW)
    assert (found.intact, found.whole, found.holds) == (True, False, False)
    assert signed[: found.length] == signed


def test_a_second_signature_leaves_the_first_intact(paper: bytes) -> None:
    twice = sign(sign(paper, authority="maidd", at=AT), authority="nbk", at=AT + timedelta(minutes=1))
    first, second = verify(twice, at=NOW)
    assert (first.intact, first.whole, second.intact, second.whole) == (True, False, True, True)


def test_an_unknown_issuer_is_not_trusted(paper: bytes, folder: Path) -> None:
    make_holder(make_holder(CN="Somebody"), CN="Ministry").pkcs12(folder, "maidd")
    (folder / "roots.pem").write_bytes(make_holder(CN="Root").pem)
    (found,) = verify(sign(paper, authority="maidd", at=AT), at=NOW)
    assert (found.intact, found.trusted, found.facts.reasons) == (True, False, (NOT_TRUSTED,))


def test_trust_is_judged_for_the_moment_of_signing(paper: bytes, folder: Path) -> None:
    root = make_holder(CN="Root", end=AT + timedelta(days=9000))
    make_holder(root, CN="Ministry", end=AT + timedelta(days=1)).pkcs12(folder, "maidd")
    (folder / "roots.pem").write_bytes(root.pem)
    signed = sign(paper, authority="maidd", at=AT)
    assert verify(signed, at=AT + timedelta(days=4000))[0].holds
    with pytest.raises(NoKey) as refused:
        sign(paper, authority="maidd", at=AT + timedelta(days=2))
    assert refused.value.code == EXPIRED


NOT_PDF = {
    "empty": b"",
    "no pdf": b"MZ" + bytes(500),
    "range beyond the end": b"%PDF-1.7 /ByteRange [0 10 20 99999]",
    "range backwards": b"%PDF-1.7 /ByteRange [0 30 20 5]" + bytes(60),
    "range of all": b"%PDF-1.7 /ByteRange [0 40 40 10]" + bytes(60),
    "huge numbers": b"%PDF-1.7 /ByteRange [0 999999999999 999999999999 999999999999]",
    "many ranges": b"%PDF-1.7 " + b"/ByteRange [0 1 2 3] " * 20_000,
    "odd hexadecimal": b"%PDF-1.7 /ByteRange [0 32 36 2]<abc>..",
    "no hexadecimal": b"%PDF-1.7 /ByteRange [0 32 36 2](ab)..",
    "garbage inside": b"%PDF-1.7 /ByteRange [0 40 48 2]         <deadbe>..",
    "wrong day": b"%PDF-1.7 /ByteRange [0 40 48 30]         <deadbe>/M (D:20269999999999Z)........",
}


@pytest.mark.parametrize("content", NOT_PDF.values(), ids=NOT_PDF)
def test_what_bears_no_signature_is_no_error(content: bytes) -> None:
    assert not any(one.holds for one in verify(content, at=NOW))


def test_a_part_in_front_of_the_range_is_refused(paper: bytes) -> None:
    """The range must begin with the first byte: nothing can stand before what was signed."""
    signed = sign(paper, authority="maidd", at=AT)
    shifted = re.sub(rb"/ByteRange \[0 ", b"/ByteRange [1 ", signed)
    assert verify(shifted, at=NOW) == ()


def test_no_key(paper: bytes, folder: Path) -> None:
    with pytest.raises(NoKey) as refused:
        sign(paper, authority="maidd", at=AT)
    assert refused.value.code == NO_KEY


def test_a_test_certificate_signs_nothing_in_earnest(paper: bytes, folder: Path, settings: Any) -> None:
    make_test_keys(folder, ("maidd",), at=AT)
    fault = key_fault("maidd", at=AT)
    assert fault
    assert fault.code == TEST_KEY
    assert roots() == []
    settings.SIGNING_TEST_KEYS = True
    assert key_fault("maidd", at=AT) is None
    assert verify(sign(paper, authority="maidd", at=AT), at=NOW)[0].holds


def test_keys_that_cannot_be_opened(folder: Path, settings: Any) -> None:
    holder, other = make_holder(make_holder(CN="Root")), make_holder(CN="Other")
    path = holder.pkcs12(folder, "maidd")
    path.with_suffix(".pass").write_text("something else")
    made_of_two = type(holder)(other.key, holder.certificate, holder.issuer)
    settings.SIGNING_KEYS = {
        "gone": f"pkcs12:{folder}/gone.p12",
        "odd": f"ftp:{path}",
        "none": str(path),
        "device": "pkcs11:/no/such/module.so?label=x",
    }
    faults = {code: key_fault(code, at=AT) for code in ("maidd", *settings.SIGNING_KEYS)}
    assert {fault.code for fault in faults.values() if fault} == {UNREADABLE}
    assert all(faults.values())
    assert "something else" not in str(faults["maidd"])
    with pytest.raises(ValueError, match="match"):  # no such file can be written: the library refuses a pair of two
        made_of_two.pkcs12(folder, "pair")


def test_a_renewed_key_is_taken_without_a_restart(folder: Path) -> None:
    root = make_holder(CN="Root")
    make_holder(root, CN="First").pkcs12(folder, "maidd")
    assert load_signer("maidd", at=AT).subject_name == "First"
    make_holder(root, CN="Second, renewed").pkcs12(folder, "maidd", b"another secret")
    assert load_signer("maidd", at=AT).subject_name == "Second, renewed"


def test_test_keys_are_made_once_and_only_for_their_owner(tmp_path: Path) -> None:
    folder = tmp_path / "signing"
    assert make_test_keys(folder, ("maidd", "nbk"), at=AT) == ["maidd", "nbk"]
    assert make_test_keys(folder, ("maidd",), at=AT) == []
    held = (folder / "maidd.p12").read_bytes()
    assert make_test_keys(folder, ("maidd", "afsa"), at=AT) == ["maidd", "afsa"]
    assert (folder / "maidd.p12").read_bytes() != held
    assert (folder / "test-ca.pem").read_bytes().count(
        b"BEGIN CERTIFICATE"
    ) == 2  # what was signed before stays trusted
    assert {path.stat().st_mode & 0o077 for path in folder.glob("*.p*")} - {0o044} == {0}


def stamps_nothing() -> Any:
    raise OSError("no time-stamper")


def stamps() -> Any:
    from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1
    from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

    holder = make_holder(None, "rsa2048", CN="Time", begin=datetime(2026, 1, 1, tzinfo=UTC))
    key = translate_pyca_cryptography_key_to_asn1(holder.key)
    return DummyTimeStamper(holder.asn1, key, fixed_dt=AT)


def test_a_time_stamper_is_taken_by_setting(paper: bytes, settings: Any) -> None:
    settings.SIGNING_TIMESTAMPER = "tests.signing.test_pdf.stamps"
    signed = sign(paper, authority="maidd", at=AT)
    assert verify(signed, at=NOW)[0].holds
    embedded = PdfFileReader(BytesIO(signed)).embedded_signatures[0]
    assert {attribute["type"].native for attribute in embedded.signer_info["unsigned_attrs"]} == {
        "signature_time_stamp_token"
    }
    settings.SIGNING_TIMESTAMPER = "tests.signing.test_pdf.stamps_nothing"
    with pytest.raises(NoKey) as refused:
        sign(paper, authority="maidd", at=AT)
    assert refused.value.code == FAILED
