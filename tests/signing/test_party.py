"""A signature that somebody sends: what holds, what does not and why, and what nobody can tell."""

import base64
import hashlib
import shutil
import subprocess
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms, core
from django.utils import timezone

from core.signing.cms import LARGEST_CMS, der_of, examine
from core.signing.facts import (
    AHEAD,
    ALGORITHM,
    CERTIFICATE_EARLY,
    CERTIFICATE_EXPIRED,
    CONTENT_DIFFERS,
    FINDINGS,
    GOST,
    INVALID,
    KEY_USAGE,
    LARGE,
    LATE,
    MALFORMED,
    NO_CERTIFICATE,
    NO_NUMBER,
    NO_ROOTS,
    NOT_TRUSTED,
    OTHER_PARTY,
    SEVERAL_SIGNERS,
    SIGNATURE_WRONG,
    TRAILING,
    UNKNOWN,
    VALID,
    Examined,
    verdict_of,
)
from tests.signing.support import AT, Holder, as_gost, attached, changed, detached, make_holder, signed_at, together

CONTENT = b"%PDF-1.7 a paper\r\nwith lines\n" * 40
BIN, IIN = "240140012345", "850101300123"
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def root() -> Holder:
    return make_holder(CN="National CA, invented")


@pytest.fixture(scope="module")
def holder(root: Holder) -> Holder:
    return make_holder(root, O="TRIAL LLP", CN="ASANOV ASAN", SERIAL=f"IIN{IIN}", OU=f"BIN{BIN}")


def look(der: bytes, root: Holder | None, content: bytes = CONTENT, **options: Any) -> Examined:
    return examine(der, content, roots=[root.asn1] if root else [], party=True, **{"at": AT, **options})


@pytest.mark.parametrize("kind", ["ec", "rsa2048", "rsa3072"])
@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
@pytest.mark.parametrize("make", [detached, attached])
def test_it_holds(root: Holder, kind: str, digest: str, make: Callable[..., bytes]) -> None:
    signer = make_holder(root, kind, O="TRIAL LLP", CN="ASANOV ASAN", SERIAL=f"IIN{IIN}", OU=f"BIN{BIN}")
    found = look(make(signer, CONTENT, digest=digest), root)
    assert found.holds
    assert (found.signer, found.iin, found.bin) == ("ASANOV ASAN, TRIAL LLP", IIN, BIN)
    assert found.issuer == "National CA, invented"
    assert digest in found.algorithm
    assert found.certificate == hashlib.sha256(signer.asn1.dump()).hexdigest()


def test_cades_and_the_moment_it_names(root: Holder, holder: Holder) -> None:
    moment = AT - timedelta(hours=3)
    found = look(detached(holder, CONTENT, use_cades=True, **signed_at(moment)), root)
    assert found.holds
    assert found.signed_at == moment


def test_as_programs_hand_it_out(holder: Holder) -> None:
    der = detached(holder, CONTENT)
    text = base64.encodebytes(der)
    for name in (b"CMS", b"PKCS7"):
        assert der_of(b"-----BEGIN " + name + b"-----\n" + text + b"-----END " + name + b"-----\n") == der
    assert der_of(text) == der_of(base64.b64encode(der)) == der_of(der) == der
    assert der_of(b"not base64!") == b"not base64!"
    assert der_of(b"") == b""


def test_other_bytes(root: Holder, holder: Holder) -> None:
    for make in (detached, attached):
        found = look(make(holder, CONTENT), root, CONTENT + b" ")
        assert found.reasons == (CONTENT_DIFFERS,)
        assert found.bin == BIN


def test_inside_the_right_content_and_signed_another(root: Holder, holder: Holder) -> None:
    """What stands inside is swapped: it is the filed content, but not what was signed."""
    der = changed(attached(holder, b"another content"), put_inside(CONTENT))
    assert look(der, root).reasons == (CONTENT_DIFFERS,)


def put_inside(content: bytes) -> Callable[[cms.SignedData], None]:
    def put(data: cms.SignedData) -> None:
        data["encap_content_info"] = cms.ContentInfo({"content_type": "data", "content": content})

    return put


def test_made_with_another_key(root: Holder, holder: Holder) -> None:
    def flip(data: cms.SignedData) -> None:
        data["signer_infos"][0]["signature"] = detached_signature(make_holder(root))

    def detached_signature(other: Holder) -> bytes:
        made = cms.ContentInfo.load(detached(other, CONTENT))["content"]
        return bytes(made["signer_infos"][0]["signature"])

    assert look(changed(detached(holder, CONTENT), flip), root).reasons == (SIGNATURE_WRONG,)


CERTIFICATES: dict[str, tuple[dict[str, Any], timedelta, tuple[str, ...]]] = {
    "had run out": ({"end": AT - DAY}, timedelta(0), (CERTIFICATE_EXPIRED,)),
    "holds later": ({"begin": AT + DAY}, timedelta(0), (CERTIFICATE_EARLY,)),
    "signed in time, sent late": ({"end": AT + DAY}, 2 * DAY, (LATE,)),
    "is not for signing": ({"signs": False}, timedelta(0), (KEY_USAGE,)),
    "last moment": ({"end": AT}, timedelta(0), ()),
}


@pytest.mark.parametrize(("fields", "later", "reasons"), CERTIFICATES.values(), ids=CERTIFICATES)
def test_its_certificate(root: Holder, fields: dict[str, Any], later: timedelta, reasons: tuple[str, ...]) -> None:
    der = detached(make_holder(root, OU=f"BIN{BIN}", **fields), CONTENT, **signed_at(AT))
    assert look(der, root, at=AT + later).reasons == reasons


def test_a_moment_that_has_not_come(root: Holder, holder: Holder) -> None:
    assert look(detached(holder, CONTENT, **signed_at(AT + timedelta(minutes=4))), root).holds  # a clock ahead
    assert look(detached(holder, CONTENT, **signed_at(AT + timedelta(hours=1))), root).reasons == (AHEAD,)


def test_its_issuer(root: Holder, holder: Holder) -> None:
    der = detached(holder, CONTENT)
    assert look(der, make_holder(CN="National CA, invented")).reasons == (NOT_TRUSTED,)
    assert look(der, None).reasons == (NO_ROOTS,)
    own = make_holder(CN="Anybody", OU=f"BIN{BIN}")
    assert look(detached(own, CONTENT), root).reasons[0] in (NOT_TRUSTED, KEY_USAGE)


def test_whose_it_is(root: Holder) -> None:
    def fault(*numbers: str, **fields: str) -> str:
        found = look(detached(make_holder(root, **fields), CONTENT), root)
        assert found.holds
        return found.party_fault(numbers)

    person, employee = {"SERIAL": f"IIN{IIN}"}, {"SERIAL": f"IIN{IIN}", "OU": f"BIN{BIN}"}
    assert fault(IIN, **person) == ""
    assert fault(BIN, **employee) == ""
    assert fault("240140099999", BIN, **employee) == ""
    assert fault(IIN, **employee) == OTHER_PARTY  # given to him for the organisation
    assert fault("240140099999", **employee) == OTHER_PARTY
    for fields in ({}, {"SERIAL": IIN}, {"OU": "BIN24014001234"}, {"OU": "BIN24014001234٥"}):
        assert fault(BIN, IIN, **fields) == NO_NUMBER


def test_names_hold_nothing_unseen(root: Holder) -> None:
    found = look(detached(make_holder(root, CN="A\u202eB\u0007C", OU=f"BIN{BIN}"), CONTENT), root)
    assert found.signer == "ABC"


def weak(name: str, root: Holder, holder: Holder) -> bytes:
    if name == "sha1":
        return detached(holder, CONTENT, digest="sha1")
    if name == "md5":
        return changed(detached(holder, CONTENT), lambda data: digest_of(data, "md5"))
    return detached(make_holder(root, name, OU=f"BIN{BIN}"), CONTENT)


def digest_of(data: cms.SignedData, name: str) -> None:
    data["signer_infos"][0]["digest_algorithm"] = {"algorithm": name}


@pytest.mark.parametrize("name", ["sha1", "md5", "rsa1024", "small"])
def test_what_is_too_weak(root: Holder, name: str) -> None:
    found = look(weak(name, root, make_holder(root, "rsa2048", OU=f"BIN{BIN}")), root)
    assert found.reasons == (ALGORITHM,)
    assert not found.intact


def test_two_signers(root: Holder, holder: Holder) -> None:
    der = together(detached(holder, CONTENT), detached(make_holder(root, OU=f"BIN{BIN}"), CONTENT))
    assert look(der, root).reasons == (SEVERAL_SIGNERS,)


def test_the_national_profile_is_told_apart(root: Holder, holder: Holder) -> None:
    found = look(as_gost(detached(holder, CONTENT)), root)
    assert (found.reasons, found.bin, found.algorithm[:4]) == ((GOST,), BIN, "GOST")
    assert look(as_gost(attached(holder, CONTENT)), root, b"other").reasons == (CONTENT_DIFFERS,)


def test_what_follows_behind(root: Holder, holder: Holder) -> None:
    der = detached(holder, CONTENT)
    for rest in (b"\0", b"\n", b"text", der):
        assert look(der + rest, root).reasons == (TRAILING,)


def test_what_cannot_be_read(root: Holder, holder: Holder) -> None:
    der = detached(holder, CONTENT)
    for length in (0, 1, 2, 5, 100, len(der) // 2, len(der) - 1):
        assert look(der[:length], root).reasons == (MALFORMED,), length
    for junk in (b"MZ" + bytes(300), b"\x30\x80" * 2000, b"0" * 3000, b"%PDF-1.7", b"\x30\x84\xff\xff\xff\xff"):
        assert look(junk, root).reasons == (MALFORMED,), junk[:8]
    envelope = cms.ContentInfo({"content_type": "data", "content": core.OctetString(b"x")}).dump()
    assert look(envelope, root).reasons == (MALFORMED,)
    bare = changed(der, lambda data: data.__setitem__("certificates", cms.CertificateSet([])))
    assert look(bare, root).reasons == (NO_CERTIFICATE,)
    nobody = changed(der, lambda data: data.__setitem__("signer_infos", cms.SignerInfos([])))
    assert look(nobody, root).reasons == (MALFORMED,)


def nest(tag: bytes, size: int) -> bytes:
    """Structures in structures, each with its length, up to a size."""
    return b"".join(reversed([tag + b"\x84" + inside.to_bytes(4, "big") for inside in range(0, size, 6)]))


def test_ten_megabytes_of_nesting(root: Holder, holder: Holder) -> None:
    """Found out at once, also where a filed paper is as large: no depth is gone into."""
    started = time.process_time()
    for size in (1_000_000, 10_000_000):
        deep, paper = nest(b"0", size), bytes(size)
        inside = bytearray(attached(holder, deep))
        inside[inside.index(deep) - (6 if size > 0xFFFFFF else 5)] = 0x24  # a text made of texts
        for der in (deep, bytes(inside), b"\x30\x80" * (size // 2)):
            assert look(der, root).reasons == (LARGE,)
            assert look(der, root, paper).reasons == ((MALFORMED,) if size == 1_000_000 else (LARGE,))
    assert time.process_time() - started < 30
    assert look(bytes(LARGEST_CMS + len(CONTENT) + 1), root).reasons == (LARGE,)


def test_every_changed_byte_is_found(root: Holder, holder: Holder) -> None:
    """Nothing that is not the very signature holds, except bytes that are not part of what is signed or checked."""
    der = detached(holder, CONTENT)
    signer = bytes(cms.ContentInfo.load(der)["content"]["signer_infos"][0]["signed_attrs"].dump()[1:])
    start = der.index(signer)
    for place in range(start, start + len(signer), 3):
        flipped = der[:place] + bytes([der[place] ^ 1]) + der[place + 1 :]
        assert not look(flipped, root).holds, place


def test_every_finding_has_its_words_and_verdict() -> None:
    assert len(set(FINDINGS.values())) == len(FINDINGS)
    assert verdict_of(()) == VALID
    assert {code for code in FINDINGS if verdict_of([code]) == UNKNOWN} == {
        GOST, NO_NUMBER, NO_ROOTS, LATE, "verification-awaited",
    }  # fmt: skip
    assert verdict_of([LATE, OTHER_PARTY]) == INVALID


by_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this machine")


@by_openssl
def test_a_key_that_no_library_here_would_make(root: Holder, tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(CONTENT)
    lines = [
        f"openssl req -x509 -newkey rsa:512 -nodes -keyout key -out certificate -subj /CN=A/OU=BIN{BIN}",
        "openssl cms -sign -binary -md sha256 -signer certificate -inkey key -in text -outform DER -out p7s",
    ]
    for line in lines:
        subprocess.run(line.split(), cwd=tmp_path, check=True, capture_output=True)
    assert look((tmp_path / "p7s").read_bytes(), root).reasons == (ALGORITHM,)


@by_openssl
def test_what_openssl_makes(tmp_path: Path) -> None:
    """The lines of docs/how-to/sign-a-filing.md, by a program that is not ours."""
    root = make_holder(CN="Root", begin=timezone.now() - DAY, end=timezone.now() + DAY)
    now = timezone.now()  # openssl names the moment at which it signs
    make_holder(root, OU=f"BIN{BIN}", begin=now - DAY, end=now + DAY).pkcs12(tmp_path, "own")
    (tmp_path / "filing.json").write_bytes(CONTENT)
    lines = [
        "openssl pkcs12 -in own.p12 -passin file:own.pass -nodes -out own.pem",
        "openssl cms -sign -binary -cades -md sha256 -signer own.pem -in filing.json -outform DER -out filing.p7s",
        "openssl cms -sign -binary -nodetach -md sha256 -signer own.pem -in filing.json -outform PEM -out filing.pem",
    ]
    for line in lines:
        subprocess.run(line.split(), cwd=tmp_path, check=True, capture_output=True)
    for name in ("filing.p7s", "filing.pem"):
        der = der_of((tmp_path / name).read_bytes())
        found = examine(der, CONTENT, at=timezone.now(), roots=[root.asn1], party=True)
        assert found.holds
        assert found.signed_at
