"""Applicants' signatures: attached to a paper or to the filing whole, examined at once, and where they follow the
national GOST profile, asked about until the operator's verifier has answered."""

import time
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core.models import Document, DocumentSignature, Membership, User
from core.models.base import PARTY
from core.services import Upload, record, require, touch
from core.services.acts import locked
from core.services.publishing import publish
from core.services.signatures import facts_of
from core.signing.facts import (
    AWAITED,
    FINDINGS,
    GOST,
    LARGE,
    MALFORMED,
    NO_CERTIFICATE,
    SEVERAL_SIGNERS,
    TRAILING,
    Examined,
    verdict_of,
)
from core.workflow import TransitionRefused
from law.problems import Problem, _
from licensing.models import Application, Letter
from licensing.models.content import content_of

log = structlog.get_logger(__name__)
PARTYS, OPERATORS = "party", "operator"  # examined by ourselves, against the roots of applicants; by the operator
LIMIT = 50  # signatures in a case
BATCH = 50
BUDGET = 60.0  # seconds that one run asks; what is left is the next run's
#: Before the verifier is asked again, the last for ever; all longer than a call, so that nobody asks twice at once.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (2, 5, 30, 120, 360, 1440))
#: What is not kept at all: there is nothing in it to show.
REFUSED = (MALFORMED, TRAILING, LARGE, SEVERAL_SIGNERS, NO_CERTIFICATE)


@transaction.atomic
def sign_filing(
    application: Application,
    upload: Upload,
    *,
    document: Document | None = None,
    actor: User,
    at: datetime,
    version: int | None = None,
) -> DocumentSignature:
    """Attach somebody's signature to a paper of the case, or without one to the draft whole. It is kept whatever was
    found, with the reasons: a draft's can be taken away again.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: the file is no single signature, it stands there already, or
            the case takes none now.
    """
    fresh = locked(application, version=version)
    require(actor, "licensing.answer", fresh)
    if problems := place_problems(fresh, document):
        raise TransitionRefused(problems)
    content = content_of(fresh) if document is None else content_in(document)
    der, found = examined(upload, content, numbers=numbers_of(fresh, at), at=at)
    if DocumentSignature.objects.of(fresh).current().filter(document=document, cms=der).exists():
        message = _("This very signature stands there already.")
        raise TransitionRefused([Problem(code="signature-twice", message=message, field="file")])
    sight = fresh.sight()
    row = DocumentSignature.objects.create(
        document=document,
        subject_type=fresh._meta.label_lower,
        subject_id=fresh.pk,
        authority_id=sight.authority_id,
        organisation_id=sight.organisation_id,
        audience=PARTY,
        reference=sight.reference,
        title=sight.title,
        **facts_of(found),
        sha256=sha256(content).hexdigest(),
        signed_at=found.signed_at,
        checked_at=at,
        verifier=PARTYS,
        cms=der,
        content=content if document is None else None,
        next_try_at=at if AWAITED in found.reasons else None,
        added_by=actor,
    )
    data = {"signature": row.pk, "sha256": row.sha256, "verdict": row.verdict, "reasons": row.found}
    record(fresh, "application.sign", actor=actor, at=at, data=data | ({"document": document.pk} if document else {}))
    touch(fresh)
    if row.next_try_at and settings.SIGNATURE_VERIFIER_URL:
        transaction.on_commit(lambda: publish("licensing.verify_signature", [row.pk]), robust=True)
    return row


def place_problems(application: Application, document: Document | None) -> list[Problem]:
    """Whether the case takes a signature now, and the paper bears one of the applicant."""
    problems = []
    draft = application.state == Application.WORKFLOW.initial
    if document is None and not draft:
        message = _("The filing as a whole is signed before it is filed.")
        problems.append(Problem(code="filed-already", message=message))
    elif not draft and not application.open_questions() and application.hearing is None:
        message = _("Signatures are taken in a draft, in answer to an open question, or for a hearing.")
        problems.append(Problem(code="no-signature-asked", message=message))
    if document is not None and document.kind in dict(Letter.KINDS):
        message = _("What the authority sent bears the authority's own signature.")
        problems.append(Problem(code="not-your-paper", message=message, field="document"))
    if DocumentSignature.objects.of(application).current().count() >= LIMIT:
        message = _("The case holds %(limit)s signatures already.")
        problems.append(Problem(code="too-many-signatures", message=message, params={"limit": LIMIT}))
    return problems


def content_in(document: Document) -> bytes:
    """The bytes of a paper as they were brought."""
    with default_storage.open(document.path, "rb") as stream:
        return bytes(stream.read())


def numbers_of(application: Application, at: datetime) -> set[str]:
    """Who may sign for it: the applicant, and firms that hold his power of attorney on the day, by their numbers."""
    powers = Membership.objects.valid(timezone.localdate(at)).filter(
        organisation=application.organisation_id, firm__isnull=False
    )
    return {application.organisation.identifier, *powers.values_list("firm__identifier", flat=True)}


def examined(upload: Upload, content: bytes, *, numbers: Collection[str], at: datetime) -> tuple[bytes, Examined]:
    """(the signature as DER, what was found of it).

    Raises:
        TransitionRefused: it is no single signature.
    """
    from core.signing import cms, keys  # pyHanko, only where something is examined

    upload.stream.seek(0)
    der = cms.der_of(upload.stream.read(2 * (len(content) + cms.LARGEST_CMS)))  # base64 and its lines take a third more
    found = cms.examine(der, content, at=at, roots=keys.party_roots(), party=True)
    if refused := next((code for code in found.reasons if code in REFUSED), None):
        raise TransitionRefused([Problem(code=f"signature-{refused}", message=FINDINGS[refused], field="file")])
    return der, judged(found, numbers)


def judged(found: Examined, numbers: Collection[str]) -> Examined:
    """With what speaks against the person; the national profile waits for its verifier."""
    reasons = [AWAITED if code == GOST else code for code in found.reasons]
    if fault := found.party_fault(numbers):
        reasons.append(fault)
    return replace(found, reasons=tuple(reasons))


@transaction.atomic
def remove_signature(
    signature: DocumentSignature, application: Application, *, actor: User, at: datetime, version: int | None = None
) -> Application:
    """Take a signature off its own draft; returns the draft with its new version.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: the case has been filed.
    """
    fresh = locked(application, version=version)
    require(actor, "licensing.edit", fresh)
    if fresh.state != Application.WORKFLOW.initial:
        message = _("The application has been filed and cannot be edited.")
        raise TransitionRefused([Problem(code="not-a-draft", message=message)])
    rows = DocumentSignature.objects.of(fresh).current().filter(pk=signature.pk)
    if not rows.exists():
        raise PermissionDenied(f"signature {signature.pk} is not of {fresh.reference}")
    DocumentSignature.objects.filter(pk=signature.pk).delete()
    record(fresh, "application.unsign", actor=actor, at=at, data={"signature": signature.pk})
    touch(fresh)
    return fresh


# --- the operator's verifier ----------------------------------------------------------------------------------------


def verify_left_over(*, at: datetime) -> int:
    """Ask about what waits, the longest waiting first, one batch. Returns how many got their verdict."""
    if not settings.SIGNATURE_VERIFIER_URL:
        return 0
    waiting = DocumentSignature.objects.waiting(at).order_by("next_try_at", "id").values_list("pk", flat=True)[:BATCH]
    settled, started = 0, time.monotonic()
    for pk in list(waiting):
        spent = time.monotonic() - started
        answered = None if spent > BUDGET else verify_signature(pk, at=at + timedelta(seconds=int(spent)))
        if answered is None:
            break  # the verifier is down: the others would only wait for it
        settled += answered
    return settled


def verify_signature(pk: int, *, at: datetime) -> bool | None:
    """Ask about one, outside every transaction. Whether it got its verdict; None where the verifier does not answer."""
    from core.signing.remote import NotAnswered, ask_verifier

    if not settings.SIGNATURE_VERIFIER_URL or (row := claimed(pk, at=at)) is None:
        return False
    try:
        content = content_in(row.document) if row.document else bytes(row.content or b"")
        verdict = ask_verifier(bytes(row.cms or b""), content, at=row.checked_at, certificate=row.certificate)
    except (NotAnswered, OSError) as error:
        down = not isinstance(error, NotAnswered) or error.down
        log.warning("signature not verified", signature=pk, error=str(getattr(error, "code", type(error).__name__)))
        return None if down else False
    return noted(row, verdict.reasons, at=at)


def claimed(pk: int, *, at: datetime) -> DocumentSignature | None:
    """Take one until the pause is over: of two who try, one gets it."""
    row = DocumentSignature.objects.waiting(at).select_related("document").filter(pk=pk).first()
    if row is None:
        return None
    pause = PAUSES[min(row.attempts, len(PAUSES) - 1)]
    rows = DocumentSignature.objects.filter(pk=pk, attempts=row.attempts, next_try_at__lte=at)
    won = rows.update(attempts=F("attempts") + 1, next_try_at=at + pause)
    return row if won else None


@transaction.atomic
def noted(row: DocumentSignature, said: tuple[str, ...], *, at: datetime) -> bool:
    """Keep the verdict beside what speaks against the person, once. False where the matter was settled meanwhile."""
    application = Application.objects.select_for_update(no_key=True).filter(pk=row.subject_id).first()
    fresh = DocumentSignature.objects.select_for_update().filter(pk=row.pk, next_try_at__isnull=False).first()
    if application is None or fresh is None:
        return False
    reasons = [*said, *(code for code in fresh.found if code != AWAITED)]
    fresh.valid, fresh.reasons, fresh.next_try_at, fresh.verifier = not reasons, reasons, None, OPERATORS
    fresh.save(update_fields=["valid", "reasons", "next_try_at", "verifier"])
    data: dict[str, Any] = {"signature": fresh.pk, "verdict": verdict_of(reasons), "reasons": reasons}
    record(application, "application.signature_verified", actor=User.objects.system(), at=at, data=data)
    return True


__all__ = ["remove_signature", "sign_filing", "verify_left_over", "verify_signature"]
