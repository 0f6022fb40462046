"""Signatures of authorities under what is printed: made once, examined at once, kept as a row."""

from datetime import datetime
from typing import Any

from core.models import Authority, Document, DocumentSignature
from core.signing.facts import FAILED, Examined, NoKey, Signed

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
    names = ("signer", "iin", "bin", "algorithm", "certificate", "certificate_until")
    return {**{name: getattr(found, name) for name in names}, "valid": found.holds, "reasons": list(found.reasons)}
