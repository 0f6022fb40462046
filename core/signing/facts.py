"""What signing and examining answer with."""

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
GOST, ALGORITHM = "gost", "algorithm"
CONTENT_DIFFERS, SIGNATURE_WRONG = "content-differs", "signature-wrong"
CERTIFICATE_EXPIRED, NOT_TRUSTED, KEY_USAGE = "certificate-expired", "not-trusted", "key-usage"
#: What an examination finds, in words.
FINDINGS = {
    MALFORMED: _("It is no signature that can be read."),
    NOT_DETACHED: _("It holds the content itself; a detached signature is needed."),
    SEVERAL_SIGNERS: _("It holds the signatures of several persons; send each by itself."),
    GOST: _("It follows the national GOST profile, for which no verifier is set up here."),
    ALGORITHM: _(
        "Its algorithm is not accepted: RSA of 2048 bits or more, or ECDSA, with SHA-256, SHA-384 or SHA-512 is."
    ),
    CONTENT_DIFFERS: _("It is the signature of other content, or the content has changed since."),
    SIGNATURE_WRONG: _("It was not made with the key of its certificate."),
    CERTIFICATE_EXPIRED: _("Its certificate did not hold at that moment."),
    NOT_TRUSTED: _("Its certificate comes from an issuer that is not trusted here."),
    KEY_USAGE: _("Its certificate is not one for signing."),
}


@dataclass(frozen=True, slots=True)
class Examined:
    """What a signature says and what of it holds. `reasons` are codes; empty means that all of it holds."""

    signer: str = ""  # common name and organisation of the certificate's subject
    iin: str = ""
    bin: str = ""
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
