"""A CMS signature against the content it is said to sign: RSA and ECDSA over SHA-2, by pyHanko.

The national GOST profile is told apart and never verified here. Whether a certificate was revoked is not asked: that
needs a network.
"""

import asyncio
import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from asn1crypto import cms, x509
from pyhanko.sign.general import CMSExtractionError, extract_certificate_info, extract_signer_info
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from core.signing.apart import apart
from core.signing.facts import (
    AHEAD,
    ALGORITHM,
    CERTIFICATE_EARLY,
    CERTIFICATE_EXPIRED,
    CONTENT_DIFFERS,
    GOST,
    KEY_USAGE,
    LARGE,
    LATE,
    MALFORMED,
    NO_CERTIFICATE,
    NO_ROOTS,
    NOT_DETACHED,
    NOT_TRUSTED,
    SEVERAL_SIGNERS,
    SIGNATURE_WRONG,
    TRAILING,
    Examined,
)

log = structlog.get_logger(__name__)

LARGEST_CMS = 64 * 1024  # bytes; one signature with its chain takes 2 to 8 thousand
LARGEST_INSIDE = 1024 * 1024  # bytes of content that may stand in a party's signature; what is larger is kept once
MOST_CERTIFICATES = 20
SMALLEST = {"rsa": 2048, "rsassa_pss": 2048, "ec": 256}  # bits of a key
CLOCKS = timedelta(minutes=5)  # by which a signer's clock may be ahead of ours
DIGESTS = ("sha256", "sha384", "sha512")
GOST_ARCS = ("1.2.398.3.10.", "1.2.643.")  # object identifiers of the national profile and of its Russian sister

SIGNING_USE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
IDENTIFIER = re.compile(r"(?:IIN|BIN)([0-9]{12})")


def der_of(sent: bytes) -> bytes:
    """A signature as programs hand it out: DER as it is; PEM, or base64 alone, taken out of its text."""
    if sent[:1] == b"0":  # a SEQUENCE; base64 of one begins with M
        return sent
    lines = [line for line in sent.split() if line]
    text = re.sub(rb"-----(BEGIN|END)(CMS|PKCS7)-----", b"", b"".join(lines))
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return sent


def examine(
    der: bytes,
    content: bytes,
    *,
    at: datetime,
    roots: Sequence[x509.Certificate],
    padded: bool = False,
    party: bool = False,
) -> Examined:
    """Check one signature.

    Args:
        at: the moment for which the certificates must hold.
        padded: zeros may follow the structure, as in a PDF.
        party: it is an applicant's, received at `at`: the content may stand in it, and its certificate must hold at the
            moment that it names itself. Where that is over by now, nothing proves the moment.

    Raises:
        nothing for whatever stands in `der`: what cannot be read is `malformed`.
    """
    if len(der) > LARGEST_CMS + (len(content) if party and len(content) <= LARGEST_INSIDE else 0):
        return Examined(reasons=(LARGE if party else MALFORMED,))
    try:
        return apart(lambda: asyncio.run(_examine(der, content, at, roots, padded, party)))
    except Exception as error:  # bytes of a stranger: a parser may fail in any way
        log.info("signature not read", error=type(error).__name__)
        return Examined(reasons=(MALFORMED,))


async def _examine(
    der: bytes, content: bytes, at: datetime, roots: Sequence[x509.Certificate], padded: bool, party: bool
) -> Examined:
    found = cms.ContentInfo.load(der)
    rest = der[len(found.dump()) :]
    if found["content_type"].native != "signed_data":
        return Examined(reasons=(MALFORMED,))
    if rest.strip(b"\0") if padded else rest:
        return Examined(reasons=(TRAILING,))
    data: cms.SignedData = found["content"]
    if fault := _shape_fault(data, party):
        return Examined(reasons=(fault,))
    try:
        signer, certificate = extract_signer_info(data), extract_certificate_info(data).signer_cert
    except CMSExtractionError:
        return Examined(reasons=(NO_CERTIFICATE,))
    signed_at = _claimed(signer)
    known = replace(subject_facts(certificate), algorithm=_named(signer, certificate), signed_at=signed_at)
    if party and not _take_out(data, content):
        return replace(known, reasons=(CONTENT_DIFFERS,))
    if fault := _algorithm_fault(signer, certificate):
        return replace(known, reasons=(fault,))
    moment = min(signed_at, at) if party and signed_at else at
    status = await async_validate_detached_cms(
        content,
        data,
        signer_validation_context=ValidationContext(
            trust_roots=list(roots), allow_fetching=False, revocation_mode="soft-fail", moment=moment
        ),
        key_usage_settings=SIGNING_USE,
    )
    reasons = _reasons(status, certificate, moment)
    if party:
        reasons = _of_party(reasons, certificate, signed_at, at, any_roots=bool(roots))
    return replace(known, intact=status.intact and status.valid, trusted=status.trusted, reasons=reasons)


def _claimed(signer: cms.SignerInfo) -> datetime | None:
    """The moment of signing that a signature names."""
    found = (a["values"][0].native for a in signer["signed_attrs"] if a["type"].native == "signing_time")
    return next(found, None)


def _shape_fault(data: cms.SignedData, party: bool) -> str:
    inside = data["encap_content_info"]
    if inside["content"].native is not None and (not party or inside["content_type"].native != "data"):
        return MALFORMED if party else NOT_DETACHED
    if len(data["signer_infos"]) != 1:
        return SEVERAL_SIGNERS if len(data["signer_infos"]) else MALFORMED
    return MALFORMED if len(data["certificates"]) > MOST_CERTIFICATES else ""


def _take_out(data: cms.SignedData, content: bytes) -> bool:
    """Whether what stands inside is the content, byte for byte, or nothing; then it is verified as a detached one."""
    inside = data["encap_content_info"]
    if inside["content"].native is None:
        return True
    if bytes(inside["content"]) != content:
        return False
    data["encap_content_info"] = type(inside)({"content_type": "data"})
    return True


def _named(signer: cms.SignerInfo, certificate: x509.Certificate) -> str:
    if _is_gost(signer, certificate):
        return f"GOST, {_identifiers(signer, certificate)[0]}"[:60]
    return f"{signer['signature_algorithm']['algorithm'].native}, {signer['digest_algorithm']['algorithm'].native}"[:60]


def _identifiers(signer: cms.SignerInfo, certificate: x509.Certificate) -> tuple[str, ...]:
    places = (signer["signature_algorithm"], signer["digest_algorithm"], certificate.public_key["algorithm"])
    return tuple(place["algorithm"].dotted for place in places)


def _is_gost(signer: cms.SignerInfo, certificate: x509.Certificate) -> bool:
    return any(one.startswith(GOST_ARCS) for one in _identifiers(signer, certificate))


def _algorithm_fault(signer: cms.SignerInfo, certificate: x509.Certificate) -> str:
    """GOST is another verifier's; SHA-1, short keys and all else are nobody's."""
    if _is_gost(signer, certificate):
        return GOST
    key = certificate.public_key
    if signer["digest_algorithm"]["algorithm"].native not in DIGESTS or key.algorithm not in SMALLEST:
        return ALGORITHM
    try:
        if signer["signature_algorithm"].hash_algo not in DIGESTS:
            return ALGORITHM
    except ValueError:  # names no digest: the one of the signer's info counts, which is checked above
        pass
    return ALGORITHM if key.bit_size < SMALLEST[key.algorithm] else ""


def _reasons(status: object, certificate: x509.Certificate, at: datetime) -> tuple[str, ...]:
    """What does not hold: only the first thing, since what comes after it says nothing more."""
    if not getattr(status, "intact", False):
        return (CONTENT_DIFFERS,)
    if not getattr(status, "valid", False):
        return (SIGNATURE_WRONG,)
    usage = certificate.key_usage_value
    if at < certificate.not_valid_before:
        return (CERTIFICATE_EARLY,)
    if at > certificate.not_valid_after:
        return (CERTIFICATE_EXPIRED,)
    if usage is not None and not usage.native & {"digital_signature", "non_repudiation"}:
        return (KEY_USAGE,)
    return () if getattr(status, "trusted", False) else (NOT_TRUSTED,)


def _of_party(
    reasons: tuple[str, ...],
    certificate: x509.Certificate,
    signed_at: datetime | None,
    received_at: datetime,
    *,
    any_roots: bool,
) -> tuple[str, ...]:
    """What else is said of a signature that somebody sends: its moment is his own word."""
    if reasons == (NOT_TRUSTED,) and not any_roots:
        reasons = (NO_ROOTS,)
    if signed_at and signed_at > received_at + CLOCKS:
        return (*reasons, AHEAD)
    late = signed_at and certificate.not_valid_after < received_at and CERTIFICATE_EXPIRED not in reasons
    return (*reasons, LATE) if late else reasons


def subject_facts(certificate: x509.Certificate) -> Examined:
    """Who a certificate is of. IIN and BIN stand where national certificates have them: serial number and unit."""
    native = certificate.subject.native
    words = {name: value if isinstance(value, str) else ", ".join(map(str, value)) for name, value in native.items()}
    said = [words.get("common_name", ""), words.get("organization_name", "")]
    units = native.get("organizational_unit_name", [])
    return Examined(
        signer=_plain(", ".join(dict.fromkeys(filter(None, said))) or certificate.subject.human_friendly),
        iin=_identifier([native.get("serial_number", "")], "IIN"),
        bin=_identifier(units if isinstance(units, list) else [units], "BIN")
        or _identifier([native.get("organization_identifier", "")], "BIN"),
        issuer=_plain(str(certificate.issuer.native.get("common_name") or certificate.issuer.human_friendly)),
        certificate=certificate.sha256.hex(),
        certificate_until=certificate.not_valid_after,
    )


def _identifier(values: Sequence[object], prefix: str) -> str:
    for value in values:
        if isinstance(value, str) and value.startswith(prefix) and (found := IDENTIFIER.fullmatch(value)):
            return found[1]
    return ""


def _plain(name: str) -> str:
    """A name as it may be kept and shown: nothing that is no character to be seen, such as marks of direction."""
    return "".join(char for char in name if char.isprintable())[:300]
