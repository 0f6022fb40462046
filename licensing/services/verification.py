"""Whether a PDF in somebody's hand is one that went out from here, unchanged. Nothing of it is kept."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from core.services.signatures import OWN
from core.signing.facts import Signed
from law.problems import _
from licensing.models import Letter, Licence

GENUINE, ADDED, CHANGED, OTHER, UNSIGNED, NOT_PDF = "genuine", "added", "changed", "other", "unsigned", "not-pdf"
SAID = {
    GENUINE: _("Genuine: printed here, signed and unchanged"),
    ADDED: _("Changed: something was added to a paper printed here"),
    CHANGED: _("Changed: it is no longer what was signed"),
    OTHER: _("Signed, but not printed here"),
    UNSIGNED: _("Not signed: nothing goes out from here without a signature"),
    NOT_PDF: _("This is not a PDF file"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """What is known of a file. `letter` and `licence` only where its signed part is what was printed here."""

    verdict: str
    sha256: str
    signed: Signed | None = None
    letter: Letter | None = None
    licence: Licence | None = None

    @property
    def genuine(self) -> bool:
        return self.verdict == GENUINE


def examine_paper(content: bytes, *, at: datetime) -> Paper:
    """Compare a file with what was printed here: by its signature, and by the hash of what that signature covers."""
    from core.signing.pdf import verify  # pyHanko, only where something is examined

    sha256 = hashlib.sha256(content).hexdigest()
    if not content.startswith(b"%PDF-"):
        return Paper(NOT_PDF, sha256)
    found = verify(content, at=at)
    for signed in found:
        part = sha256 if signed.whole else hashlib.sha256(content[: signed.length]).hexdigest()
        letter = printed(part) if signed.intact else None
        if letter is not None:
            licence = Licence.objects.filter(code=letter.data.get("verify_code", "")).first()
            return Paper(GENUINE if signed.whole else ADDED, sha256, signed, letter, licence)
    if not found:
        return Paper(UNSIGNED, sha256)
    intact = found[-1].intact and found[-1].whole
    return Paper(OTHER if intact else CHANGED, sha256, found[-1])


def printed(sha256: str) -> Letter | None:
    """The letter whose signed file has this hash."""
    rows = Letter.objects.select_related("application__authority", "document")
    return rows.filter(document__signatures__sha256=sha256, document__signatures__verifier=OWN).first()
