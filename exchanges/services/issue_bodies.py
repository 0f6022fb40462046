"""An issue in plain values, for the API and for open data alike."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from core.models import Document
from exchanges.models import AssetIssue
from law.issues import PAPERS

#: What officials and the operator read beside what everybody reads.
OWN = ("issuer_residence", "initiator_number", "keeper_residence", "checked_by", "ending_reason")
PLAIN = (
    *("reference", "state", "dfa_kind", "name", "issuer_name", "issuer_number", "decision", "decided_on"),
    *("underlying", "underlying_text", "keeper_name", "keeper_number", "checked_on", "currency"),
    *("placement_on", "redemption_on", "registered_on", "placed_on", "redeemed_on", "ended_on"),
)


def open_facts(row: AssetIssue) -> dict[str, Any]:
    """What everybody reads of a registered issue; `changes` and the parties are read with the row."""
    facts = {name: getattr(row, name) for name in PLAIN}
    changed = [timezone.localdate(one.changed_at) for one in row.changes.all()]
    return facts | {
        "supervisor": row.authority.code,
        "operator": row.organisation.name,
        "operator_number": row.organisation.identifier,
        "licence": row.licence.number,
        "initiator_name": "" if row.initiator_is_person else row.initiator_name,
        "amount": f"{row.amount:.2f}" if row.amount is not None else None,
        "corrected_on": sorted(set(changed)),
    }


def own_facts(row: AssetIssue) -> dict[str, Any]:
    """All of it, for its operator and its supervisor."""
    changes = [
        {"at": one.changed_at, "reason": one.reason, "before": one.before, "after": one.after}
        for one in row.changes.all()
    ]
    facts = {name: getattr(row, name) for name in OWN}
    return open_facts(row) | facts | {"initiator_name": row.initiator_name, "changes": changes}


def paper_facts(document: Document, url: str, say: Callable[[str], str]) -> dict[str, Any]:
    return {
        "id": document.pk,
        "kind": document.kind,
        "kind_label": say(PAPERS.get(document.kind, document.kind)),
        "filename": document.filename,
        "media_type": document.media_type,
        "size": document.size,
        "sha256": document.sha256,
        "url": url,
    }
