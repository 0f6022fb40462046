"""A detached CMS signature against the content it is said to sign: RSA and ECDSA over SHA-2, by pyHanko.

The national GOST profile is told apart and never verified here.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import structlog
from asn1crypto import cms, x509
from pyhanko.sign.general import extract_certificate_info, extract_signer_info
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from core.signing.apart import apart
from core.signing.facts import (
    ALGORITHM,
    CERTIFICATE_EXPIRED,
    CONTENT_DIFFERS,
    GOST,
    KEY_USAGE,
    MALFORMED,
    NOT_DETACHED,
    NOT_TRUSTED,
    SEVERAL_SIGNERS,
    SIGNATURE_WRONG,
    Examined,
)

log = structlog.get_logger(__name__)

LARGEST_CMS = 64 * 1024  # bytes; one signature with its chain takes 2 to 8 thousand
MOST_CERTIFICATES = 20
SMALLEST_RSA = 2048  # bits
DIGESTS = ("sha256", "sha384", "sha512")
KEYS = ("rsa", "rsassa_pss", "ec")
GOST_ARCS = ("1.2.398.3.10.", "1.2.643.")  # object identifiers of the national profile and of its Russian sister

SIGNING_USE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
IDENTIFIER = re.compile(r"^(?:IIN|BIN)?(\d{12})$")


def examine(
    der: bytes, content: bytes, *, at: datetime, roots: Sequence[x509.Certificate], padded: bool = False
) -> Examined:
    """Check one detached signature.

    Args:
        at: the moment for which the certificates must hold.
        padded: zeros may follow the structure, as in a PDF.

    Raises:
        nothing for whatever stands in `der`: what cannot be read is `malformed`.
    """
    if len(der) > LARGEST_CMS:
        return Examined(reasons=(MALFORMED,))
    try:
        return apart(lambda: asyncio.run(_examine(der, content, at, roots, padded)))
    except Exception as error:  # bytes of a stranger: a parser may fail in any way
        log.info("signature not read", error=type(error).__name__)
        return Examined(reasons=(MALFORMED,))


async def _examine(
    der: bytes, content: bytes, at: datetime, roots: Sequence[x509.Certificate], padded: bool
) -> Examined:
    found = cms.ContentInfo.load(der, strict=not padded)
    if found["content_type"].native != "signed_data" or der[len(found.dump()) :].strip(b"\0"):
        return Examined(reasons=(MALFORMED,))
    data: cms.SignedData = found["content"]
    if fault := _shape_fault(data):
        return Examined(reasons=(fault,))
    signer, certificate = extract_signer_info(data), extract_certificate_info(data).signer_cert
    facts = subject_facts(certificate)
    algorithm = f"{signer['signature_algorithm']['algorithm'].native}, {signer['digest_algorithm']['algorithm'].native}"
    signed_at = next(
        (a["values"][0].native for a in signer["signed_attrs"] if a["type"].native == "signing_time"), None
    )
    known = replace(facts, algorithm=_named(algorithm, signer, certificate), signed_at=signed_at)
    if fault := _algorithm_fault(signer, certificate):
        return replace(known, reasons=(fault,))
    status = await async_validate_detached_cms(
        content,
        data,
        signer_validation_context=ValidationContext(
            trust_roots=list(roots), allow_fetching=False, revocation_mode="soft-fail", moment=at
        ),
        key_usage_settings=SIGNING_USE,
    )
    reasons = _reasons(status, certificate, at)
    return replace(known, intact=status.intact and status.valid, trusted=status.trusted, reasons=reasons)


def _shape_fault(data: cms.SignedData) -> str:
    if data["encap_content_info"]["content"].native is not None:
        return NOT_DETACHED
    if len(data["signer_infos"]) != 1:
        return SEVERAL_SIGNERS if len(data["signer_infos"]) else MALFORMED
    return MALFORMED if len(data["certificates"]) > MOST_CERTIFICATES else ""


def _named(algorithm: str, signer: cms.SignerInfo, certificate: x509.Certificate) -> str:
    return f"GOST, {_identifiers(signer, certificate)[0]}"[:60] if _is_gost(signer, certificate) else algorithm[:60]


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
    if signer["digest_algorithm"]["algorithm"].native not in DIGESTS or key.algorithm not in KEYS:
        return ALGORITHM
    try:
        if signer["signature_algorithm"].hash_algo not in DIGESTS:
            return ALGORITHM
    except ValueError:  # names no digest: the one of the signer's info counts, which is checked above
        pass
    return ALGORITHM if key.algorithm != "ec" and key.bit_size < SMALLEST_RSA else ""


def _reasons(status: object, certificate: x509.Certificate, at: datetime) -> tuple[str, ...]:
    """What does not hold: only the first thing, since what comes after it says nothing more."""
    if not getattr(status, "intact", False):
        return (CONTENT_DIFFERS,)
    if not getattr(status, "valid", False):
        return (SIGNATURE_WRONG,)
    held = certificate.not_valid_before <= at <= certificate.not_valid_after
    usage = certificate.key_usage_value
    if not held:
        return (CERTIFICATE_EXPIRED,)
    if usage is not None and not usage.native & {"digital_signature", "non_repudiation"}:
        return (KEY_USAGE,)
    return () if getattr(status, "trusted", False) else (NOT_TRUSTED,)


def subject_facts(certificate: x509.Certificate) -> Examined:
    """Who a certificate is of. IIN and BIN stand where national certificates have them: serial number and unit."""
    native = certificate.subject.native
    words = {name: value if isinstance(value, str) else ", ".join(map(str, value)) for name, value in native.items()}
    said = [words.get("common_name", ""), words.get("organization_name", "")]
    units = native.get("organizational_unit_name", [])
    return Examined(
        signer=(", ".join(dict.fromkeys(filter(None, said))) or certificate.subject.human_friendly)[:300],
        iin=_identifier([native.get("serial_number", "")], "IIN"),
        bin=_identifier(units if isinstance(units, list) else [units], "BIN")
        or _identifier([native.get("organization_identifier", "")], "BIN"),
        certificate=certificate.sha256.hex(),
        certificate_until=certificate.not_valid_after,
    )


def _identifier(values: Sequence[object], prefix: str) -> str:
    for value in values:
        if isinstance(value, str) and value.startswith(prefix) and (found := IDENTIFIER.match(value)):
            return found[1]
    return ""
