"""Certificates of invented issuers and people, and detached signatures made with them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from asn1crypto import cms
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

from core.signing.apart import apart
from core.signing.keys import LocalSigner

AT = datetime(2026, 6, 15, 5, 0, tzinfo=UTC)
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
PARTS = {
    "CN": NameOID.COMMON_NAME,
    "O": NameOID.ORGANIZATION_NAME,
    "OU": NameOID.ORGANIZATIONAL_UNIT_NAME,
    "SERIAL": NameOID.SERIAL_NUMBER,
}


def new_key(kind: str = "ec") -> Key:
    if kind == "ec":
        return ec.generate_private_key(ec.SECP256R1())
    if kind == "small":
        return ec.generate_private_key(ec.SECP192R1())
    return rsa.generate_private_key(65537, int(kind.removeprefix("rsa")))


@dataclass
class Holder:
    """A key with its certificate, and the issuer's."""

    key: Key
    certificate: x509.Certificate
    issuer: x509.Certificate

    @property
    def asn1(self) -> asn1.Certificate:
        return asn1.Certificate.load(self.certificate.public_bytes(Encoding.DER))

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def pkcs12(self, folder: Path, name: str, phrase: bytes = b"secret") -> Path:
        """The key as a file with its passphrase beside it."""
        path = folder / f"{name}.p12"
        path.write_bytes(
            pkcs12.serialize_key_and_certificates(
                name.encode(), self.key, self.certificate, [self.issuer], BestAvailableEncryption(phrase)
            )
        )
        path.with_suffix(".pass").write_bytes(phrase + b"\n")
        return path


def make_holder(issuer: Holder | None = None, kind: str = "ec", **fields: Any) -> Holder:
    """A certificate with CN, O, OU, SERIAL; of a CA without an issuer. `begin`, `end`, `signs`: its days and use."""
    begin, end = fields.pop("begin", AT - timedelta(days=300)), fields.pop("end", AT + timedelta(days=300))
    signs = fields.pop("signs", True)
    key, is_ca = new_key(kind), issuer is None
    name = x509.Name([x509.NameAttribute(PARTS[part], text) for part, text in ({"CN": "Test"} | fields).items()])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.certificate.subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=signs and not is_ca,
                content_commitment=signs and not is_ca,
                key_encipherment=not signs,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=is_ca,
                crl_sign=is_ca,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    certificate = builder.sign(issuer.key if issuer else key, hashes.SHA256())
    return Holder(key, certificate, issuer.certificate if issuer else certificate)


def signer_of(holder: Holder) -> LocalSigner:
    store: SimpleCertificateStore = SimpleCertificateStore()
    issuer = asn1.Certificate.load(holder.issuer.public_bytes(Encoding.DER))
    store.register(issuer)
    return LocalSigner(holder.key, signing_cert=holder.asn1, cert_registry=store)


def detached(holder: Holder, content: bytes, *, digest: str = "sha256", **options: Any) -> bytes:
    """A detached CMS over the content, DER."""
    signer = signer_of(holder)
    made = apart(
        lambda: asyncio.run(signer.async_sign_general_data(content, digest, **options))
    )  # beside a browser's loop
    return bytes(made.dump())


def attached(holder: Holder, content: bytes, **options: Any) -> bytes:
    """The same with the content inside."""
    return detached(holder, content, detached=False, **options)


def signed_at(moment: datetime) -> dict[str, Any]:
    """Options for a signature that names a moment."""
    return {"signed_attr_settings": PdfCMSSignedAttributes(signing_time=moment)}


def changed(der: bytes, change: Callable[[cms.SignedData], None]) -> bytes:
    """A signature with something in it put otherwise."""
    found = cms.ContentInfo.load(der)
    change(found["content"])
    return bytes(found.dump(force=True))


def together(first: bytes, second: bytes) -> bytes:
    """Two signatures in one structure."""
    other = cms.ContentInfo.load(second)["content"]

    def add(data: cms.SignedData) -> None:
        for name in ("signer_infos", "certificates"):
            data[name] = [*data[name], *other[name]]

    return changed(first, add)


def as_gost(der: bytes) -> bytes:
    """A signature by the object identifiers of the national profile; nothing here could verify it."""

    def rename(data: cms.SignedData) -> None:
        signer = data["signer_infos"][0]
        signer["signature_algorithm"] = {"algorithm": "1.2.398.3.10.1.1.2.3.2"}
        signer["digest_algorithm"] = {"algorithm": "1.2.398.3.10.1.3.3"}

    return changed(der, rename)
