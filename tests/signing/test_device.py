"""An authority's key on a PKCS#11 device, by SoftHSM2: the key never leaves it. Skipped, loudly, where that is missing.

`make test` installs it on Debian; elsewhere install SoftHSM2 and name its module in SOFTHSM2_MODULE.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pypdf import PdfWriter

from core.signing import keys
from core.signing.facts import FAILED, UNREADABLE, NoKey
from core.signing.keys import key_fault
from core.signing.pdf import sign, verify
from tests.signing.support import AT, Holder, make_holder

PLACES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
MODULE = next((one for one in (os.environ.get("SOFTHSM2_MODULE", ""), *PLACES) if one and Path(one).exists()), "")
PIN = "4711"

if not MODULE or not shutil.which("softhsm2-util"):
    pytest.skip("NO SOFTHSM2: keys on a device are not tested", allow_module_level=True)  # `make test` says it aloud


@dataclass
class Device:
    """A token in a folder, with a key and certificate for each of two authorities."""

    folder: Path
    root: Holder

    def address(self, label: str, **options: str) -> str:
        query = {"label": label, "token": "tizilim", "secret": str(self.folder / "pin"), **options}
        return f"pkcs11:{MODULE}?" + "&".join(f"{name}={value}" for name, value in query.items())


def tool(*arguments: str) -> None:
    subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True)


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Device]:
    folder = tmp_path_factory.mktemp("device")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    (folder / "pin").write_text(f"{PIN}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))  # read once, when the module is loaded
        for label in ("tizilim", "spare"):
            tool("--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "0815")
        root = make_holder(CN="Root")
        holders = {"maidd": make_holder(root, "rsa2048", CN="Ministry"), "nbk": make_holder(root, "ec", CN="Bank")}
        for number, (label, holder) in enumerate(holders.items(), start=1):
            path = folder / f"{label}.pem"
            path.write_bytes(holder.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            place = ("--token", "tizilim", "--pin", PIN, "--label", label, "--id", f"0{number}")
            tool("--import", str(path), *place)
            path.unlink()
        store_certificates(holders)
        yield Device(folder, root)
        keys.close_keys()


def store_certificates(holders: dict[str, Holder]) -> None:
    import pkcs11
    from pkcs11.util.x509 import decode_x509_certificate

    token = pkcs11.lib(MODULE).get_token(token_label="tizilim")
    with token.open(rw=True, user_pin=PIN) as session:
        for label, holder in holders.items():
            facts = decode_x509_certificate(holder.certificate.public_bytes(Encoding.DER))
            session.create_object({**facts, pkcs11.Attribute.LABEL: label, pkcs11.Attribute.TOKEN: True})


@pytest.fixture
def two(device: Device, settings: Any) -> Device:
    settings.SIGNING_ROOTS, settings.SIGNING_TEST_KEYS = device.folder / "roots.pem", False
    settings.SIGNING_ROOTS.write_bytes(device.root.pem)
    settings.SIGNING_KEYS = {label: device.address(label) for label in ("maidd", "nbk")}
    return device


def a_paper() -> bytes:
    writer, target = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(target)
    return target.getvalue()


def end_sessions() -> None:
    for held in keys._opened.values():
        if session := getattr(held.signer, "pkcs11_session", None):
            session.close()


def test_two_authorities_sign_with_one_device(two: Device) -> None:
    for _time in range(2):
        for code, algorithm in (("maidd", "rsa"), ("nbk", "ecdsa")):
            (found,) = verify(sign(a_paper(), authority=code, at=AT), at=AT + timedelta(days=1))
            assert found.holds
            assert algorithm in found.facts.algorithm


def test_a_changed_secret_opens_the_key_again(two: Device) -> None:
    assert key_fault("maidd", at=AT) is None
    os.utime(two.folder / "pin", (1, 1))
    assert key_fault("maidd", at=AT) is None
    assert verify(sign(a_paper(), authority="maidd", at=AT), at=AT)[0].holds


def test_a_device_that_lost_its_session_signs_at_the_next_attempt(two: Device) -> None:
    sign(a_paper(), authority="maidd", at=AT)
    end_sessions()
    with pytest.raises(NoKey) as refused:
        sign(a_paper(), authority="maidd", at=AT)
    assert refused.value.code == FAILED
    assert verify(sign(a_paper(), authority="maidd", at=AT), at=AT)[0].holds


@pytest.mark.parametrize("options", [{"label": "afsa"}, {"token": "another"}, {"slot": "77", "token": ""}])
def test_what_the_device_lacks_is_told(two: Device, settings: Any, options: dict[str, str]) -> None:
    settings.SIGNING_KEYS = {"maidd": two.address(**{"label": "maidd", **options})}
    fault = key_fault("maidd", at=AT)
    assert fault
    assert fault.code == UNREADABLE


def test_a_wrong_pin_is_told_and_not_printed(two: Device, settings: Any) -> None:
    (two.folder / "wrong").write_text("1234567")
    settings.SIGNING_KEYS = {"maidd": two.address("maidd", token="spare", secret=str(two.folder / "wrong"))}
    fault = key_fault("maidd", at=AT)
    assert fault
    assert fault.code == UNREADABLE
    assert "PinIncorrect" in fault.detail
    assert "1234567" not in str(fault)
