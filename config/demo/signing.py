"""A test CA, a signing certificate for each deciding authority, so that the demo's papers are signed, and one for an
invented applicant, to try signing with."""

import os
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from core.signing.facts import TEST_CA

YEARS = timedelta(days=3653)
BEGIN = timedelta(days=3653)  # the demo tells of years gone by, and signs them too

Key = ec.EllipticCurvePrivateKey


def subject(common: str, unit: str = "", serial: str = "") -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "KZ"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, TEST_CA),
        x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),
        *([x509.NameAttribute(NameOID.SERIAL_NUMBER, serial)] if serial else []),
    ]
    return x509.Name([*parts, *([x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit)] if unit else [])])


def certificate(
    name: x509.Name, key: Key, at: datetime, *, issuer: x509.Certificate | None = None, issuer_key: Key | None = None
) -> x509.Certificate:
    """A certificate for ten years back and on: of a CA unless an issuer is given."""
    is_ca = issuer is None
    uses = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    public = (issuer_key or key).public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - BEGIN)
        .not_valid_after(at + YEARS)
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=0 if is_ca else None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_ca,
                content_commitment=not is_ca,
                key_cert_sign=is_ca,
                crl_sign=is_ca,
                **uses,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
        .sign(issuer_key or key, hashes.SHA256())
    )


def make_test_keys(
    folder: Path, codes: Sequence[str], *, at: datetime, applicants: Mapping[str, tuple[str, str]] | None = None
) -> list[str]:
    """Keys for authorities by code, if one of them or the test CA is missing. Returns the codes of those made.

    Args:
        applicants: by the name of the key file, IIN and BIN that its certificate names as the national CA's do.

    The CA's own key is never kept: a certificate that is missing later brings a new CA and new certificates.
    """
    root = folder / "test-ca.pem"
    names = {code: subject(f"{code}: test certificate", code) for code in codes}
    for who, (iin, number) in (applicants or {}).items():
        names[who] = subject(f"{who}: test certificate", f"BIN{number}", f"IIN{iin}")
    if root.exists() and all((folder / f"{code}.p12").exists() for code in names):
        return []
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ca_key = ec.generate_private_key(ec.SECP256R1())
    ca = certificate(subject("Test root"), ca_key, at)
    for code, name in names.items():
        key = ec.generate_private_key(ec.SECP256R1())
        own = certificate(name, key, at, issuer=ca, issuer_key=ca_key)
        phrase = secrets.token_hex(16).encode()
        sealed = pkcs12.serialize_key_and_certificates(code.encode(), key, own, [ca], BestAvailableEncryption(phrase))
        write_private(folder / f"{code}.pass", phrase)
        write_private(folder / f"{code}.p12", sealed)
    earlier = root.read_bytes() if root.exists() else b""  # what was signed before keeps its root
    root.write_bytes(earlier + ca.public_bytes(Encoding.PEM))
    return list(names)


def write_private(path: Path, content: bytes) -> None:
    """A file that only its owner reads."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
