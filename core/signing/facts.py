"""What signing and examining answer with."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from law.problems import _

#: The organisation in the subject of the demo's certificates.
TEST_CA = "Tizilim test CA, not for real use"

NO_KEY, UNREADABLE, EXPIRED = "no-key", "key-unreadable", "certificate-expired"
TEST_KEY, FAILED = "test-key", "signing-failed"
#: Why a letter waits for its signature, in words.
REASONS = {
    NO_KEY: _("The authority has no signing key."),
    UNREADABLE: _("The signing key of the authority cannot be opened."),
    EXPIRED: _("The signing certificate of the authority does not hold at this time."),
    TEST_KEY: _("The signing certificate of the authority is one for tests."),
    FAILED: _("The signature could not be made."),
}


class NoKey(Exception):
    """An authority cannot sign. `code` is one of REASONS; `detail` is for the operator, without secrets."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


MALFORMED, NOT_DETACHED, SEVERAL_SIGNERS = "malformed", "not-detached", "several-signers"
TRAILING, LARGE, NO_CERTIFICATE = "trailing-data", "too-large", "no-certificate"
GOST, ALGORITHM = "gost", "algorithm"
CONTENT_DIFFERS, SIGNATURE_WRONG = "content-differs", "signature-wrong"
CERTIFICATE_EARLY, CERTIFICATE_EXPIRED, AHEAD = "certificate-early", "certificate-expired", "time-ahead"
NOT_TRUSTED, KEY_USAGE, REVOKED = "not-trusted", "key-usage", "certificate-revoked"
OTHER_PARTY, REJECTED = "other-party", "rejected"
NO_NUMBER, NO_ROOTS, LATE, AWAITED = "no-number", "no-roots", "time-unproven", "verification-awaited"
#: What an examination finds, in words.
FINDINGS = {
    MALFORMED: _("It is no signature that can be read."),
    TRAILING: _("Something that belongs to no signature follows behind it."),
    LARGE: _("It is larger than a signature of this content can be; of more than 1 MB send a detached one."),
    NO_CERTIFICATE: _("It does not hold the certificate of who signed."),
    NOT_DETACHED: _("It holds the content itself; a detached signature is needed."),
    SEVERAL_SIGNERS: _("It holds the signatures of several persons; send each by itself."),
    GOST: _("It follows the national GOST profile, for which no verifier is set up here."),
    ALGORITHM: _(
        "Its algorithm is not accepted: RSA of 2048 bits or more, or ECDSA of 256 bits or more, with SHA-256, SHA-384 "
        "or SHA-512 is."
    ),
    CONTENT_DIFFERS: _("It is the signature of other content, or the content has changed since."),
    SIGNATURE_WRONG: _("It was not made with the key of its certificate."),
    CERTIFICATE_EARLY: _("Its certificate did not hold yet at the moment of signing."),
    CERTIFICATE_EXPIRED: _("Its certificate had run out at the moment of signing."),
    AHEAD: _("It names a moment of signing that has not come yet."),
    NOT_TRUSTED: _("Its certificate comes from an issuer that is not trusted here."),
    KEY_USAGE: _("Its certificate is not one for signing."),
    REVOKED: _("Its certificate was revoked."),
    OTHER_PARTY: _("Its certificate names somebody who neither files here nor holds a power of attorney of who files."),
    REJECTED: _("The verifier found that it does not hold."),
    NO_NUMBER: _("Its certificate names no IIN or BIN, so that it cannot be compared with who files."),
    NO_ROOTS: _("No issuer of applicants' certificates is set up here."),
    LATE: _("Its certificate has run out since, and only the signature itself says that it was made before."),
    AWAITED: _("It follows the national GOST profile and has not been verified yet."),
}
#: What leaves open whether a signature holds; all else says that it does not.
UNSETTLED = frozenset({GOST, NO_NUMBER, NO_ROOTS, LATE, AWAITED})
VALID, INVALID, UNKNOWN = "valid", "invalid", "unknown"
VERDICTS = {VALID: _("Holds"), INVALID: _("Does not hold"), UNKNOWN: _("Not verified")}


def verdict_of(reasons: Collection[str]) -> str:
    """What reasons come to: nothing against it, something that is against it, or only what leaves it open."""
    if not reasons:
        return VALID
    return UNKNOWN if UNSETTLED.issuperset(reasons) else INVALID


@dataclass(frozen=True, slots=True)
class Examined:
    """What a signature says and what of it holds. `reasons` are codes; empty means that all of it holds."""

    signer: str = ""  # common name and organisation of the certificate's subject
    iin: str = ""
    bin: str = ""
    issuer: str = ""  # common name of the certificate's issuer
    algorithm: str = ""
    certificate: str = ""  # SHA-256 of the certificate, hex
    certificate_until: datetime | None = None
    signed_at: datetime | None = None  # as the signature itself says
    intact: bool = False
    trusted: bool = False
    reasons: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return self.intact and self.trusted and not self.reasons

    def party_fault(self, numbers: Collection[str]) -> str:
        """Whether it is the certificate of one of these, by BIN or IIN: its BIN counts where it has one.

        A certificate with a BIN is given to a person for that organisation, so it speaks for no other.
        """
        if not (number := self.bin or self.iin):
            return NO_NUMBER
        return "" if number in numbers else OTHER_PARTY


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature of a PDF. `whole`: nothing stands behind what it signs. `length`: bytes up to its end."""

    facts: Examined
    at: datetime | None
    whole: bool
    length: int

    @property
    def intact(self) -> bool:
        return self.facts.intact

    @property
    def trusted(self) -> bool:
        return self.facts.trusted

    @property
    def holds(self) -> bool:
        return self.whole and self.facts.holds
