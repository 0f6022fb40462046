"""Signatures of authorities under what is printed: made once, examined at once, kept as a row."""

from datetime import datetime
from io import BytesIO
from typing import IO, Any

from django.db import connection

from core.models import Authority, Document, DocumentSignature, User
from core.services.files import log_access
from core.signing.facts import FAILED, Examined, NoKey, Signed

#: One statement: filing waits for few.
SHOW = """
WITH papers AS (
    UPDATE core_document SET authority_id = %(authority)s
    WHERE subject_type = %(type)s AND subject_id = %(id)s AND removed_at IS NULL
), signatures AS (
    UPDATE core_documentsignature SET authority_id = %(authority)s
    WHERE subject_type = %(type)s AND subject_id = %(id)s RETURNING document_id
)
SELECT count(*) FROM signatures WHERE document_id IS NULL
"""
OWN = "own"  # examined by ourselves, against the roots of authorities


def sign_paper(pdf: bytes, authority: Authority, *, about: str, at: datetime) -> tuple[bytes, Signed]:
    """A printed document with the authority's signature, and what an examination of that signature found.

    Raises:
        NoKey: it cannot be signed now, or what the device gave does not hold; nothing comes back unsigned.
    """
    from core.signing import pdf as pades  # pyHanko, only where something is signed

    name = authority.name_kk or authority.name
    signed = pades.sign(pdf, authority=authority.code, at=at, name=name, about=about)
    found = pades.verify(signed, at=at)
    if len(found) != 1 or not found[0].intact or not found[0].whole:
        raise NoKey(FAILED, "the signature just made does not hold")
    return signed, found[0]


def keep_own_signature(document: Document, found: Signed, *, at: datetime) -> DocumentSignature:
    """The row of an authority's signature under a document that has just been printed."""
    return DocumentSignature.objects.create(
        document=document,
        **sight_of(document),
        **facts_of(found.facts),
        sha256=document.sha256,
        signed_at=found.at,
        checked_at=at,
        verifier=OWN,
        added_by=document.uploaded_by,
    )


def show_papers(subject: Any, *, authority: Authority) -> int:
    """An object's documents and signatures become an authority's to see. Returns how many sign the object whole."""
    facts = {"authority": authority.pk, "type": subject._meta.label_lower, "id": subject.pk}
    with connection.cursor() as cursor:
        cursor.execute(SHOW, facts)
        (found,) = cursor.fetchone()
    return int(found)


def open_signature(signature: DocumentSignature, *, actor: User, at: datetime) -> IO[bytes]:
    """A signature that came, for a reader who was found to see it; the opening is logged."""
    log_access(signature, actor=actor, at=at)
    return BytesIO(bytes(signature.cms or b""))


def signing_fault(authority: Authority, *, at: datetime) -> NoKey | None:
    """Why an authority cannot sign at a moment; None when it can."""
    from core.signing.keys import key_fault

    return key_fault(authority.code, at=at)


def sight_of(document: Document) -> dict[str, Any]:
    """What a signature inherits from its document: where it hangs and who may see it."""
    names = ("subject_type", "subject_id", "authority_id", "organisation_id", "audience", "reference", "title")
    return {name: getattr(document, name) for name in names}


def facts_of(found: Examined) -> dict[str, Any]:
    """Columns of DocumentSignature from an examination."""
    names = ("signer", "iin", "bin", "issuer", "algorithm", "certificate", "certificate_until")
    return {**{name: getattr(found, name) for name in names}, "valid": found.holds, "reasons": list(found.reasons)}
