"""Checklists that officials answer: answers and evidence by item, files, while they are being prepared."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from core.models import Document, User
from core.models.base import INTERNAL
from core.services import Upload, require
from core.services.acts import locked
from core.services.files import remove_document, store_document
from core.workflow import TransitionRefused
from law.problems import Problem, _
from licensing.models.checklists import ChecklistItem

EVIDENCE = "evidence"  # kind of its documents: `evidence`, or `evidence:<item>` where it is of one item


def not_in_preparation(assessment: Any) -> list[Problem]:
    if assessment.state == "draft":
        return []
    return [Problem(code="assessment-not-draft", message=_("The assessment is not being prepared any more."))]


def answer_items(
    assessment: Any, faults: Sequence[Problem], answers: Mapping[str, str], evidence: Mapping[str, str]
) -> dict[str, str]:
    """Keep answers and what was seen, by item; items that are not named stay as they are.

    Args:
        faults: what the list finds wrong with the answers that were given; what is open yet is no fault here.

    Returns: what is answered now, by item.

    Raises:
        TransitionRefused: it is not being prepared, or an answer or item is unknown.
    """
    problems = not_in_preparation(assessment) + [one for one in faults if one.code != "item-unanswered"]
    if problems:
        raise TransitionRefused(problems)
    rows: list[ChecklistItem] = list(assessment.items.all())
    for item in rows:
        item.answer = answers.get(item.code, item.answer)
        item.evidence = evidence.get(item.code, item.evidence).strip()
    assessment.items.bulk_update(rows, ["answer", "evidence"])
    return {item.code: item.answer for item in rows if item.answer}


def attach_to(
    assessment: Any,
    upload: Upload,
    *,
    item: str,
    permission: str,
    verb: str,
    actor: User,
    at: datetime,
    version: int | None = None,
) -> Document:
    """A photograph or paper that shows what was seen, of one item or of the whole.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it is not being prepared, no such item, or a file that is not
            accepted.
    """
    row = locked(assessment, version=version)
    require(actor, permission, row)
    problems = not_in_preparation(row)
    if item and not row.items.filter(code=item).exists():
        message = _("The checklist has no such item.")
        problems.append(Problem(code="evidence-item", message=message, field="item"))
    if problems:
        raise TransitionRefused(problems)
    kind = f"{EVIDENCE}:{item}" if item else EVIDENCE
    return store_document(row, upload, kind=kind, actor=actor, at=at, audience=INTERNAL, verb=verb)


def remove_from(
    document: Document, assessment: Any, *, permission: str, actor: User, at: datetime, version: int | None = None
) -> None:
    """Take a file off while it is being prepared.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it is not being prepared any more.
    """
    row = locked(assessment, version=version)
    require(actor, permission, row)
    if problems := not_in_preparation(row):
        raise TransitionRefused(problems)
    remove_document(document, row, actor=actor, at=at)


def said(reason: str) -> str:
    """The reason that was given.

    Raises:
        TransitionRefused: none was.
    """
    if not reason.strip():
        raise TransitionRefused([Problem(code="note-missing", message=_("Say why."), field="reason")])
    return reason.strip()
