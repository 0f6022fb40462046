"""Signing keys of authorities, by setting, never in the database.

An authority's key is the address in SIGNING_KEYS, else the file SIGNING_FOLDER/<code>.p12:

- `pkcs12:/path/maidd.p12`, its passphrase in the file beside it that ends in `.pass`, or in `?secret=/path`;
- `pkcs11:/path/module.so?token=tizilim&label=maidd&secret=/path/pin`: key and certificate of that label on the token of
  that label (or on the token in `slot`, counted from 0), its PIN in the file named by `secret`.

A key is opened once a process, again when its file changes, and again after a signature that failed.
"""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs12
from django.conf import settings
from pyhanko.keys.pemder import load_certs_from_pemder_data
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from core.signing.facts import EXPIRED, NO_KEY, TEST_CA, TEST_KEY, UNREADABLE, NoKey


class LocalSigner(Signer):
    """Signs with a key in memory that is parsed and checked once, not for every document."""

    def __init__(self, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, **certificates: Any) -> None:
        super().__init__(**certificates)
        self.key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:  # only the length is asked for
            size = (self.key.key_size + 7) // 8
            return bytes(size if isinstance(self.key, rsa.RSAPrivateKey) else 2 * size + 9)
        digest = get_pyca_cryptography_hash(digest_algorithm)
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), digest)
        return self.key.sign(data, ec.ECDSA(digest))


@dataclass(frozen=True, slots=True)
class _Opened:
    stamp: tuple[object, ...]
    signer: Signer


_opened: dict[str, _Opened] = {}
_lock = threading.Lock()


def load_signer(authority: str, *, at: datetime) -> Signer:
    """The signer of an authority.

    Raises:
        NoKey: none is set, it cannot be opened, its certificate does not hold at `at`, or it is a test certificate
            where those are not taken (SIGNING_TEST_KEYS).
    """
    address = address_of(authority)
    if address is None:
        raise NoKey(NO_KEY, f"neither SIGNING_KEYS nor {settings.SIGNING_FOLDER}/{authority}.p12")
    signer = _open(address)
    certificate = signer.signing_cert
    if certificate is None:
        raise NoKey(UNREADABLE, "no certificate beside the key")
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        raise NoKey(EXPIRED, f"it holds until {certificate.not_valid_after:%Y-%m-%d}")
    if is_test(certificate) and not settings.SIGNING_TEST_KEYS:
        raise NoKey(TEST_KEY, "issued by the test CA of the demo")
    return signer


def key_fault(authority: str, *, at: datetime) -> NoKey | None:
    """Why an authority cannot sign; None when it can."""
    try:
        load_signer(authority, at=at)
    except NoKey as fault:
        return fault
    return None


def is_test(certificate: x509.Certificate) -> bool:
    return TEST_CA in str(certificate.issuer.native.get("organization_name", ""))


def address_of(authority: str) -> str | None:
    """Where the key of an authority is."""
    if address := settings.SIGNING_KEYS.get(authority):
        return str(address)
    path = Path(settings.SIGNING_FOLDER) / f"{authority}.p12"
    return f"pkcs12:{path}" if path.exists() else None


def path_of(address: str) -> Path:
    """The key file, or the device's module, of an address."""
    return Path(urlsplit(address).path)


def _open(address: str) -> Signer:
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query))
    path = Path(parts.path)
    secret = Path(options["secret"]) if "secret" in options else path.with_suffix(".pass")
    readers: dict[str, Callable[[Path, Path, dict[str, str]], Signer]] = {"pkcs12": _pkcs12, "pkcs11": _pkcs11}
    if parts.scheme not in readers:
        raise NoKey(UNREADABLE, f"{parts.scheme or 'no scheme'}: an address starts with pkcs12: or pkcs11:")
    stamp = (os.getpid(), *(_stamp(each) for each in (path, secret)))
    with _lock:
        held = _opened.get(address)
        if held is None or held.stamp != stamp:
            try:
                held = _opened[address] = _Opened(stamp, readers[parts.scheme](path, secret, options))
            except NoKey:
                raise
            except Exception as error:  # whatever a file or a device answers; never its content
                raise NoKey(UNREADABLE, f"{path}: {type(error).__name__}") from None
        return held.signer


def _stamp(path: Path) -> object:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _pkcs12(path: Path, secret: Path, options: dict[str, str]) -> Signer:
    phrase = secret.read_bytes().strip() if secret.exists() else None
    key, certificate, others = pkcs12.load_key_and_certificates(path.read_bytes(), phrase)
    if certificate is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise NoKey(UNREADABLE, f"{path}: an RSA or elliptic-curve key with its certificate is needed")
    spoken = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if key.public_key().public_bytes(*spoken) != certificate.public_key().public_bytes(*spoken):
        raise NoKey(UNREADABLE, f"{path}: the certificate is of another key")
    store: SimpleCertificateStore = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # has no types
    store.register_multiple([x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in others])
    own = x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    return LocalSigner(key, signing_cert=own, cert_registry=store, embed_roots=False)


def _pkcs11(path: Path, secret: Path, options: dict[str, str]) -> Signer:
    from pkcs11.exceptions import UserAlreadyLoggedIn  # only where a device is used
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

    token = TokenCriteria(label=options["token"]) if options.get("token") else None
    slot = int(options.get("slot", "0")) if token is None else None
    pin = secret.read_text().strip() if "secret" in options else None
    try:
        session = open_pkcs11_session(str(path), slot, token, pin)
    except UserAlreadyLoggedIn:  # for another key of the token: a log-in is the whole process's
        session = open_pkcs11_session(str(path), slot, token)
    signer = PKCS11Signer(session, cert_label=options["label"], key_label=options["label"], embed_roots=False)
    if signer.signing_cert is None:
        raise NoKey(UNREADABLE, f"{path}: no certificate labelled {options['label']}")
    signer.use_raw_mechanism = signer.signing_cert.public_key.algorithm == "ec"  # few devices hash for ECDSA themselves
    return signer


def close_keys() -> None:
    """Forget what is open: a device that failed is asked anew."""
    with _lock:
        _opened.clear()


def roots() -> list[x509.Certificate]:
    """Certificates that authorities' signatures are trusted by: SIGNING_ROOTS, and the test CA where it is taken."""
    return _with_test_ca(settings.SIGNING_ROOTS)


def party_roots() -> list[x509.Certificate]:
    """The same for applicants' signatures: SIGNATURE_ROOTS."""
    return _with_test_ca(settings.SIGNATURE_ROOTS)


def _with_test_ca(path: Path) -> list[x509.Certificate]:
    paths = [Path(path)]
    if settings.SIGNING_TEST_KEYS:
        paths.append(Path(settings.SIGNING_FOLDER) / "test-ca.pem")
    return certificates(paths)


def certificates(paths: list[Path]) -> list[x509.Certificate]:
    """All certificates of PEM files; a file that is not there holds none."""
    return [one for path in paths if path.is_file() for one in load_certs_from_pemder_data(path.read_bytes())]
