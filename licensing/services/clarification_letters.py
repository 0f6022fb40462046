"""The letter of a clarification: its facts are frozen at the signature, the PDF is made after it."""

from datetime import datetime
from io import BytesIO
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from core import printing
from core.models import User
from core.models.base import PARTY, PUBLIC
from core.services import Upload, keep_own_signature, notify, record, sign_paper, store_document
from core.signing.facts import NoKey
from law.problems import _
from licensing.models import Clarification
from licensing.services.letters import LANGUAGES, party, spoken
from licensing.services.terms import parties

log = structlog.get_logger(__name__)
BATCH = 50


def clarification_facts(row: Clarification, *, signed_by: User, at: datetime) -> dict[str, Any]:
    """Everything that documents/clarification.typ prints, in three languages."""
    return {
        "languages": list(LANGUAGES),
        "number": row.number,
        "reference": row.reference,
        "on": timezone.localdate(at).isoformat(),
        "authority": {"names": row.authority.names},
        "to": party(row.organisation) if row.organisation else {"names": spoken(_("To whom it may concern"))},
        "subject": row.title,
        "question": row.question,
        "text": row.answer,
        "grounds": [
            one | {"act": spoken(str(one["act"])), "article": spoken(str(one["article"]))} for one in row.provisions
        ],
        "supersedes": row.replaces.number if row.replaces else "",
        "signed_by": {"name": signed_by.full_name, "position": spoken(str(signed_by.get_role_display()))},
    }


@transaction.atomic
def print_clarification(pk: int, *, at: datetime) -> Clarification | None:
    """Make the PDF, sign it, keep it with the clarification, tell who asked. Once, however often it is asked for."""
    row = (
        Clarification.objects.unprinted()
        .filter(pk=pk)
        .select_related("organisation", "authority")
        .select_for_update(skip_locked=True, of=("self",), no_key=True)
        .first()
    )
    if row is None or row.signed_at is None:
        return None
    content, system = printing.render("clarification.typ", row.letter, at=row.signed_at), User.objects.system()
    try:
        content, found = sign_paper(content, row.authority, about=row.number, at=at)
    except NoKey as fault:  # nothing goes out unsigned: it waits, and says why
        log.error("clarification not signed", clarification=pk, why=fault.code, detail=fault.detail)
        Clarification.objects.filter(pk=pk).update(held=fault.code)
        return None
    row.document = store_document(
        row,
        Upload(f"{row.number}.pdf", BytesIO(content)),
        kind="clarification",
        actor=system,
        at=at,
        audience=PUBLIC if row.published_at else PARTY,
        verb="clarification.print",
    )
    keep_own_signature(row.document, found, at=at)
    row.held = ""
    row.save(update_fields=["document", "held"])
    if row.organisation is not None:
        event = record(row, "clarification.send", actor=system, at=at, data={"document": row.document.pk})
        notify(
            event,
            parties(row.organisation.pk, timezone.localdate(at)),
            "clarification_answered",
            {"reference": row.number},
            path=f"/account/clarifications/{row.reference}/",
            at=at,
        )
    return row


def print_left_over_clarifications(*, at: datetime) -> int:
    """Print what no worker heard of, one batch. Returns how many. One that cannot be printed holds up no other."""
    printed = 0
    for pk in list(Clarification.objects.unprinted().order_by("id").values_list("pk", flat=True)[:BATCH]):
        try:
            printed += print_clarification(pk, at=at) is not None
        except Exception as error:  # whatever is wrong with this one
            log.error("clarification not printed", clarification=pk, error=type(error).__name__, exc_info=True)
    return printed
