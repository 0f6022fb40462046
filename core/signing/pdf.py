"""PAdES signatures of printed documents (ETSI EN 319 142, level B-B; B-T with a time-stamper by setting).

A signature is an incremental update: the printed bytes stay as they are in front of it, PDF/A-2b and PDF/UA-1 with
them. Its field is invisible and of no size. Verification reads no PDF structure at all: it takes the byte ranges that a
signature names, and demands that they cover everything but the signature itself. So no file can show one thing and have
another signed, and none can make the reader unpack anything.
"""

import re
from collections import deque
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_signer import PdfSigningSession

from core.signing.apart import apart
from core.signing.cms import LARGEST_CMS, examine
from core.signing.facts import FAILED, NoKey, Signed
from core.signing.keys import close_keys, load_signer, roots

MOST_SIGNATURES = 8
BESIDE = 4_096  # bytes of a signature that are not certificates, with room to spare
NEAR = 4_000  # bytes around a signature in which its dictionary names the moment
RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")
MOMENT = re.compile(rb"/M\s*\(D(?::|\\072)(\d{14})(?:Z|(?:(\+|-|\\053|\\055)(\d\d)(?:'|\\047)(\d\d)))")
HEX = re.compile(rb"<[0-9A-Fa-f]*>")


class _Update(IncrementalPdfFileWriter):
    """An update that leaves title and metadata alone: rewriting them would break the PDF/A of what was printed."""

    def _update_meta(self) -> None:
        return


class _Signer(PdfSigner):
    """Takes the time from the caller, and stays within PDF 1.7, which PDF/A-2 is part of."""

    at: datetime

    def register_extensions(self, *args: Any, **kwargs: Any) -> None:
        return

    def init_signing_session(self, *args: Any, **kwargs: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.at
        return session


def sign(pdf: bytes, *, authority: str, at: datetime, name: str = "", about: str = "") -> bytes:
    """The document with the authority's signature added behind it.

    Args:
        authority: its code, which picks the key.
        at: the aware moment that the signature names.
        name, about: who signs and what, readable in the signature's panel of a viewer.

    Raises:
        NoKey: the authority cannot sign; nothing is ever returned unsigned.
    """
    signer = load_signer(authority, at=at)
    metadata = PdfSignatureMetadata(
        field_name=f"Signature-{authority}",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=name or None,
        reason=about or None,
    )
    try:
        stamper = import_string(settings.SIGNING_TIMESTAMPER)() if settings.SIGNING_TIMESTAMPER else None
        act = _Signer(metadata, signer=signer, timestamper=stamper)
        act.at = at.astimezone(UTC)
        # Without a size, the library signs once more, only to measure.
        size = None if stamper else room_for(signer)
        signed: bytes = apart(lambda: act.sign_pdf(_Update(BytesIO(pdf)), bytes_reserved=size).getvalue())
    except Exception as error:  # a device or a time-stamper that does not answer
        close_keys()
        raise NoKey(FAILED, type(error).__name__) from error
    return signed


def room_for(signer: Signer) -> int:
    """Hexadecimal digits that the signature takes at most: its certificates, and what is signed beside them."""
    certificates = (signer.signing_cert, *signer.cert_registry)
    return 2 * (sum(len(one.dump()) for one in certificates if one is not None) + BESIDE)


def verify(pdf: bytes, *, at: datetime) -> tuple[Signed, ...]:
    """The signatures of a PDF in their order: who signed, when, whether it is intact and by a certificate we trust.

    Trust is judged for the moment that a signature names, at the latest `at` (now). Empty for a file without a
    signature, whatever it is.
    """
    trusted = roots()
    found = []
    for match in deque(RANGE.finditer(pdf), maxlen=MOST_SIGNATURES):
        start, before, after, rest = (int(number) for number in match.groups())
        end = after + rest
        if start or not before < after <= end <= len(pdf) or after - before > 2 * LARGEST_CMS + 2:
            continue
        gap = pdf[before:after]
        if not HEX.fullmatch(gap) or len(gap) % 2:
            continue
        moment = _moment(pdf[after:end][:NEAR]) or _moment(pdf[:before][-NEAR:])
        facts = examine(
            bytes.fromhex(gap[1:-1].decode("ascii")),
            pdf[:before] + pdf[after:end],
            at=min(moment, at) if moment else at,
            roots=trusted,
            padded=True,
        )
        found.append(Signed(facts, moment, end == len(pdf), end))
    return tuple(found)


def _moment(text: bytes) -> datetime | None:
    """The moment that a signature dictionary names (ISO 32000, 7.9.4)."""
    if not (found := MOMENT.search(text)):
        return None
    digits, sign, hours, minutes = (group.decode("ascii") if group else "" for group in found.groups())
    away = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    try:
        zone = timezone(-away if sign in ("-", "\\055") else away)
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=zone)
    except ValueError:
        return None
