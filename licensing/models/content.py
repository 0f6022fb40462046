"""What a filing says, as values and as the one sequence of bytes that its applicant signs."""

import json
from hashlib import sha256
from typing import Any

from core.models import DocumentSignature
from core.models.base import PARTY
from licensing.models.applications import Application

#: Fields of the application itself that a draft may set beside its particulars.
OWN_FIELDS = ("fee_paid_on", "fee_reference", "fee_amount", "on_paper")
FORMAT = "tizilim-filing-1"


def stated(application: Application) -> dict[str, Any]:
    """What a filing says: its particulars and what it says of the fee."""
    old = application.particulars
    names = [f.name for f in old._meta.concrete_fields if not f.primary_key and f.name != "application"]
    values = {name: getattr(old, name) for name in names}
    return values | {name: getattr(application, name) for name in OWN_FIELDS}


def content_of(application: Application) -> bytes:
    """A draft whole: for whom, what is asked for, all particulars, every document by its hash; JSON in UTF-8.

    The same draft is always the same bytes. Nothing in it changes by reading, signing or filing.
    """
    request = application.form.request
    documents = application.documents().filter(audience=PARTY).order_by("id")
    facts = {
        "format": FORMAT,
        "application": application.reference,
        "kind": application.kind,
        "act": application.act,
        "authority": application.authority.code,
        "organisation": application.organisation.identifier,
        "licence": application.concerning.number if application.concerning else None,
        "particulars": stated(application) if application.form.has_particulars else {},
        "change": {name: getattr(application.change, name) for name in request.fields} if request else {},
        "documents": list(documents.values("kind", "sha256", "size")),
    }
    return json.dumps(facts, default=str, ensure_ascii=False, sort_keys=True, indent=1).encode()


def signatures_of(application: Application) -> list[DocumentSignature]:
    """The applicant's signatures, with their documents. In a draft, one of the whole that was edited since is outdated.

    Sight of the case is sight of these. Their bytes are read only where they are asked for.
    """
    rows = list(DocumentSignature.objects.of(application).current().select_related("document").defer("cms", "content"))
    if application.submitted_at is None and any(row.document_id is None for row in rows):
        digest = sha256(content_of(application)).hexdigest()
        for row in rows:
            row.outdated = row.document_id is None and row.sha256 != digest
    return rows
