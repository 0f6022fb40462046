"""The register of issues: drafted, registered, placed, redeemed and corrected by the operator of the platform."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.models import Authority, Document, User
from core.models.base import PARTY, PUBLIC
from core.services import Upload, advance, record, remove_document, require, store_document, touch
from core.services.acts import locked
from core.workflow import TransitionRefused
from exchanges.models import AssetIssue, IssueChange
from exchanges.models.issues import OPEN, SERIES, STATED, as_plain
from exchanges.services.warnings import told
from law.issues import OPERATOR, PAPERS, PUBLIC_PAPERS, REGISTERED_BY, SUPERVISORS, issue_problems
from law.problems import Problem, _
from law.provisions import NotInForce, provision
from licensing.models import Licence
from licensing.services.numbers import next_in

KEEP = "exchanges.keep_issue"
FILES = 20  # of one issue


def platforms_of(user: User) -> QuerySet[Licence]:
    """Registrations of platforms of digital financial assets, as this person sees them."""
    return Licence.objects.visible_to(user).filter(kind=OPERATOR).select_related("organisation")


def stated_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is stated in one form: spaces in order, codes in capitals."""
    found: dict[str, Any] = {}
    for field in STATED:
        if field in values:
            value = values[field]
            found[field] = " ".join(value.split()) if isinstance(value, str) and field != "underlying_text" else value
    for field in ("issuer_residence", "keeper_residence", "currency"):
        if field in found:
            found[field] = found[field].upper()
    return found


def supervisor(kind: int) -> Authority:
    return Authority.objects.get(code=SUPERVISORS[kind])


@transaction.atomic
def draft_issue(licence: Licence, *, dfa_kind: int, values: Mapping[str, Any], actor: User, at: datetime) -> AssetIssue:
    """Begin an issue; what is stated so far may be incomplete.

    Args:
        values: of the fields in `STATED`.

    Raises:
        PermissionDenied; TransitionRefused: there is no such registration or kind, or no issue is registered today.
    """
    today = timezone.localdate(at)
    row = AssetIssue(
        licence=licence, organisation=licence.organisation, dfa_kind=dfa_kind, created_by=actor, created_at=at
    )
    require(actor, KEEP, row)
    problems = []
    if licence.kind != OPERATOR:
        message = _("Only the operator of a platform of digital financial assets registers issues.")
        problems.append(Problem("issue-operator", message, field="licence"))
    if dfa_kind not in SUPERVISORS:
        message = _("A digital financial asset is of the first, second or third kind.")
        problems.append(Problem("issue-kind", message, field="dfa_kind"))
    try:
        provision(REGISTERED_BY, today)
    except NotInForce as none:
        problems.append(none.problem)
    if problems:
        raise TransitionRefused(problems)
    row.authority = supervisor(dfa_kind)
    fill(row, values)
    row.reference = next_in(f"{SERIES}-{today.year}")
    row.search = row.searched()
    row.save()
    record(row, "assetissue.draft", actor=actor, at=at, to_state=row.state)
    return row


def fill(row: AssetIssue, values: Mapping[str, Any]) -> list[str]:
    """Put what is stated on the row; returns the fields that changed."""
    given = stated_values(values)
    changed = [field for field, value in given.items() if getattr(row, field) != value]
    for field in changed:
        setattr(row, field, given[field])
    row.search = row.searched()
    return changed


@transaction.atomic
def edit_issue(
    issue: AssetIssue,
    *,
    values: Mapping[str, Any],
    actor: User,
    at: datetime,
    dfa_kind: int | None = None,
    version: int | None = None,
) -> AssetIssue:
    """State more of a draft, or state it otherwise.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it is no draft any more, or no such kind.
    """
    row = locked(issue, version=version)
    require(actor, KEEP, row)
    drafted(row)
    if dfa_kind is not None and dfa_kind not in SUPERVISORS:
        message = _("A digital financial asset is of the first, second or third kind.")
        raise TransitionRefused([Problem("issue-kind", message, field="dfa_kind")])
    if dfa_kind is not None and dfa_kind != row.dfa_kind:
        row.dfa_kind, row.authority = dfa_kind, supervisor(dfa_kind)
    changed = fill(row, values)
    touch(row, fields=[*changed, "dfa_kind", "authority", "search"])
    record(row, "assetissue.edit", actor=actor, at=at, data={"fields": changed})
    return row


def drafted(row: AssetIssue) -> None:
    if row.state != "draft":
        message = _("The issue is no draft any more: correct it, with a reason.")
        raise TransitionRefused([Problem("issue-no-draft", message)])


@transaction.atomic
def attach_to_issue(
    issue: AssetIssue, upload: Upload, *, kind: str, actor: User, at: datetime, version: int | None = None
) -> Document:
    """Add a file to a draft: the terms, the disclosure of risks, the check of the underlying.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it is no draft, no such file, too many, or not accepted.
    """
    row = locked(issue, version=version)
    require(actor, KEEP, row)
    drafted(row)
    problems = []
    if kind not in PAPERS:
        message = _("No such document here. Known are: %(codes)s.")
        problems.append(Problem("document-kind", message, {"codes": ", ".join(PAPERS)}, field="kind"))
    if row.documents().count() >= FILES:
        message = _("The case holds %(limit)s documents already.")
        problems.append(Problem("too-many-documents", message, {"limit": FILES}, field="file"))
    if problems:
        raise TransitionRefused(problems)
    document = store_document(row, upload, kind=kind, actor=actor, at=at, private=True)
    touch(row)
    return document


@transaction.atomic
def remove_from_issue(
    document: Document, issue: AssetIssue, *, actor: User, at: datetime, version: int | None = None
) -> AssetIssue:
    """Take a file off a draft.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it is no draft.
    """
    row = locked(issue, version=version)
    require(actor, KEEP, row)
    drafted(row)
    remove_document(document, row, actor=actor, at=at)
    touch(row)
    return row


@transaction.atomic
def register_issue(issue: AssetIssue, *, actor: User, at: datetime, version: int | None = None) -> AssetIssue:
    """Register the issue: everybody reads it from now on, with its terms and the disclosure of risks; the supervisor
    reads all of it.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: every fault, each with its field and rule.
    """
    today = timezone.localdate(at)
    locked(issue.licence)  # a removal of the operator waits, or is seen
    row = advance(
        issue,
        "register",
        actor=actor,
        at=at,
        version=version,
        audience=PUBLIC,
        grounds=[provision(REGISTERED_BY, today)] if in_force(today) else [],
        data={"kind": issue.dfa_kind},
        registered_on=today,
        registered_by=actor,
    )
    papers = row.documents()
    papers.filter(kind__in=PUBLIC_PAPERS).update(authority=row.authority, audience=PUBLIC)
    papers.exclude(kind__in=PUBLIC_PAPERS).update(authority=row.authority, audience=PARTY)
    return row


def in_force(day: date) -> bool:
    try:
        provision(REGISTERED_BY, day)
    except NotInForce:
        return False
    return True


@transaction.atomic
def note_issue(
    issue: AssetIssue, step: str, *, on: date, actor: User, at: datetime, reason: str = "", version: int | None = None
) -> AssetIssue:
    """Note the placement, the redemption, or the end without placement (`step`: place | redeem | end) with its day.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: the day is out of order, no reason for an end, wrong state.
    """
    field = {"place": "placed_on", "redeem": "redeemed_on", "end": "ended_on"}[step]
    changes: dict[str, Any] = {field: on}
    if step == "end":
        changes["ending_reason"] = told(reason, "reason")
    if step == "place":
        locked(issue.licence)
    data = {"on": on.isoformat()}
    return advance(issue, step, actor=actor, at=at, version=version, audience=PUBLIC, data=data, **changes)


@transaction.atomic
def drop_issue(issue: AssetIssue, *, reason: str, actor: User, at: datetime, version: int | None = None) -> AssetIssue:
    """Give up a draft; it stays the operator's own.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reason, or it is no draft.
    """
    return advance(issue, "drop", actor=actor, at=at, version=version, ending_reason=told(reason, "reason"))


@transaction.atomic
def correct_issue(
    issue: AssetIssue,
    *,
    values: Mapping[str, Any],
    reason: str,
    actor: User,
    at: datetime,
    version: int | None = None,
) -> AssetIssue:
    """Correct what is stated of a registered issue, by the law of the day of its registration; what stood before stays
    readable. The kind, which gives the supervisor, is not corrected.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: nothing changes, no reason, a fault, or it is not registered.
    """
    row = locked(issue, version=version)
    require(actor, KEEP, row)
    if row.state not in OPEN or row.registered_on is None:
        raise TransitionRefused([Problem("issue-not-registered", _("Only a registered issue is corrected."))])
    before = {field: as_plain(getattr(row, field)) for field in STATED}
    changed = fill(row, values)
    problems = issue_problems(row.stated(), row.registered_on)
    reason = told(reason, "reason")
    if not reason:
        problems.append(Problem("issue-reason", _("Write why."), field="reason"))
    if not changed:
        problems.append(Problem("issue-same", _("Nothing is stated otherwise than before.")))
    if problems:
        raise TransitionRefused(problems)
    touch(row, fields=[*changed, "search"])
    IssueChange.objects.create(
        issue=row,
        before={field: before[field] for field in changed},
        after={field: as_plain(getattr(row, field)) for field in changed},
        reason=reason,
        changed_by=actor,
        changed_at=at,
    )
    rule = provision("dfa.issue_correction", timezone.localdate(at))
    record(row, "assetissue.correct", actor=actor, at=at, audience=PUBLIC, grounds=[rule], data={"fields": changed})
    return row
