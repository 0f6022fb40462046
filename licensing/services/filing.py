"""What an applicant does: draft, attach, submit, answer, withdraw, start again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from core.models import Authority, Document, DocumentSignature, Obligation, Organisation, User
from core.models.base import PARTY
from core.services import (
    Upload,
    advance,
    end_duties,
    meet,
    notify,
    owe,
    record,
    remove_document,
    require,
    show_papers,
    store_document,
    touch,
)
from core.services.acts import locked, one_act
from core.signing.facts import CONTENT_DIFFERS
from core.workflow import TransitionRefused
from law.problems import Problem, _
from licensing.models import Application, Hearing, Licence, Question
from licensing.models.content import OWN_FIELDS, content_of, stated
from licensing.permits import ISSUE
from licensing.permits import kind as permit_kind
from licensing.services.assigning import assign_by_rules
from licensing.services.letters import write_letter
from licensing.services.licences import hold_licence
from licensing.services.people import enter_people
from licensing.services.terms import CURE, filing_dues, officials

DOCUMENTS_LIMIT = 100


def next_reference(at: datetime) -> str:
    """APP-<year>-<number>: from a sequence, so drafts leave gaps and wait for nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('licensing_application_number')")
        (number,) = cursor.fetchone()
    return f"APP-{timezone.localdate(at).year}-{number:06d}"


@one_act
def open_application(
    kind: str,
    *,
    organisation: Organisation,
    actor: User,
    at: datetime,
    values: Mapping[str, Any] | None = None,
    started_from: Application | None = None,
    concerning: Licence | None = None,
) -> Application:
    """A new draft for an organisation that the actor may act for.

    Args:
        values: particulars of the kind and OWN_FIELDS, already validated by the kind's serializer.
        concerning: the licence that ends or has ended, where a new term is applied for.

    Raises:
        KeyError: no such kind.  PermissionDenied: he may not act for the organisation.
        TransitionRefused: the kind is not open for filing today.
    """
    permit = permit_kind(kind)
    own, particulars = split(values or {})
    application = Application(
        reference=next_reference(at),
        kind=kind,
        authority=Authority.objects.get(code=permit.authority),
        organisation=organisation,
        created_by=actor,
        created_at=at,
        started_from=started_from,
        concerning=concerning,
        **own,
    )
    require(actor, "licensing.open", application)  # first: what else is wrong is not for strangers
    if problem := permit.closed_problem(timezone.localdate(at)):
        raise TransitionRefused([problem])
    application.save()
    application.particulars = permit.particulars._base_manager.create(application=application, **particulars)
    record(
        application,
        "application.open",
        actor=actor,
        at=at,
        data={"kind": kind, **({"from": started_from.reference} if started_from else {})},
    )
    return application


def split(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(fields of the application, particulars of the kind)."""
    return part(values, OWN_FIELDS)


def part(values: Mapping[str, Any], names: Iterable[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(the values of these names, the others)."""
    wanted = set(names)
    mine = {name: value for name, value in values.items() if name in wanted}
    return mine, {name: value for name, value in values.items() if name not in wanted}


def write(row: Model, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    if values:
        row.save(update_fields=list(values))


def draft(application: Application, *, actor: User, version: int | None = None) -> Application:
    """The locked draft.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it has been filed.
    """
    fresh = locked(application, version=version)
    require(actor, "licensing.edit", fresh)
    if fresh.state != Application.WORKFLOW.initial:
        raise TransitionRefused(
            [Problem(code="not-a-draft", message=_("The application has been filed and cannot be edited."))]
        )
    return fresh


@transaction.atomic
def edit_draft(
    application: Application, *, values: Mapping[str, Any], actor: User, at: datetime, version: int | None = None
) -> Application:
    """Change a draft's particulars. The event names the fields changed, not their values.

    Raises:
        see `draft`.
    """
    fresh = draft(application, actor=actor, version=version)
    own, particulars = split(values)
    for name, value in own.items():
        setattr(fresh, name, value)
    if fresh.form.request is not None:
        changes, particulars = part(particulars, fresh.form.request.fields)
        write(fresh.change, changes)
    if particulars:
        write(fresh.particulars, particulars)
    touch(fresh, fields=own)
    record(fresh, "application.edit", actor=actor, at=at, data={"fields": sorted(values)})
    return fresh


@transaction.atomic
def attach_document(
    application: Application, upload: Upload, *, kind: str, actor: User, at: datetime, version: int | None = None
) -> Document:
    """Add a document to a draft, or to a filed case that asks for an answer or hears the applicant.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: the file is not accepted, or nothing is asked.
    """
    fresh = locked(application, version=version)
    require(actor, "licensing.answer", fresh)
    if fresh.state != Application.WORKFLOW.initial and not fresh.open_questions() and fresh.hearing is None:
        raise TransitionRefused(
            [
                Problem(
                    code="nothing-asked",
                    field="file",
                    message=_("Documents are taken in a draft, in answer to an open question, or for a hearing."),
                )
            ]
        )
    if fresh.documents().count() >= DOCUMENTS_LIMIT:
        raise TransitionRefused(
            [
                Problem(
                    code="too-many-documents",
                    message=_("The case holds %(limit)s documents already."),
                    params={"limit": DOCUMENTS_LIMIT},
                    field="file",
                )
            ]
        )
    document = store_document(fresh, upload, kind=kind, actor=actor, at=at, private=fresh.submitted_at is None)
    touch(fresh)
    return document


@transaction.atomic
def detach_document(
    document: Document, application: Application, *, actor: User, at: datetime, version: int | None = None
) -> Application:
    """Take a document off its own draft; returns the draft with its new version.

    Raises:
        see `draft`; PermissionDenied too where the document belongs to another case.
    """
    fresh = draft(application, actor=actor, version=version)
    if not fresh.documents().filter(pk=document.pk).exists():
        raise PermissionDenied(f"document {document.pk} is not of {fresh.reference}")
    remove_document(document, fresh, actor=actor, at=at)
    touch(fresh)
    return fresh


@one_act
def submit_application(
    application: Application, *, actor: User, at: datetime, version: int | None = None
) -> Application:
    """File a draft: today's law judges it from now on, and the authority owes its terms from today.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: everything that is missing or against the law, at once.
    """
    filed_on = timezone.localdate(at)
    hold_licence(application)
    application.after_refusal = follows_refusal(application)
    known = application.act != ISSUE or application.permit.is_open(filed_on)
    dues = filing_dues(application, filed_on) if known else {}
    filed = advance(
        application,
        "submit",
        actor=actor,
        at=at,
        version=version,
        grounds=[one.provision for one in dues.values()],
        submitted_at=at,
        filed_on=filed_on,
        after_refusal=application.after_refusal,
        region=region_of(application),
        due_on=min(one.due_on for one in dues.values()) if dues else None,
    )
    hand_over(filed)
    enter_people(filed, actor=actor, at=at)
    owe(filed, dues, debtor=Obligation.AUTHORITY, at=at)
    write_letter(filed, "receipt", at=at, terms=dues)
    return assign_by_rules(filed, at=at)


def follows_refusal(application: Application) -> bool:
    """Whether the procedure has a rule for it, and what the applicant filed last of this kind was refused."""
    if application.act != ISSUE or application.permit.procedure.repeat is None:
        return False
    own = Application.objects.filter(organisation=application.organisation_id, kind=application.kind, act=ISSUE)
    decided = own.filter(state__in=("granted", "refused")).order_by("-closed_at", "-id")
    return decided.values_list("state", flat=True).first() == "refused"


def hand_over(filed: Application) -> None:
    """With the filing its papers and signatures become the authority's to see; a signature of what was edited since is
    one of other content."""
    if show_papers(filed, authority=filed.authority):
        digest = sha256(content_of(filed)).hexdigest()
        whole = DocumentSignature.objects.of(filed).filter(document__isnull=True).exclude(sha256=digest)
        whole.update(valid=False, reasons=[CONTENT_DIFFERS], next_try_at=None)


def region_of(application: Application) -> str:
    """Where the object of the filing is by its particulars; else where the applicant is."""
    return str(getattr(application.particulars, "region", "") or application.organisation.region)


@transaction.atomic
def withdraw_application(
    application: Application, *, actor: User, at: datetime, reason: str = "", version: int | None = None
) -> Application:
    """End a case at the applicant's wish, at any open stage; its terms are no longer owed."""
    ended = advance(
        application, "withdraw", actor=actor, at=at, reason=reason, version=version, closed_at=at, due_on=None
    )
    Hearing.objects.of(ended).filter(closed_at__isnull=True).update(closed_at=at)
    end_duties(ended, at=at)
    return ended


@transaction.atomic
def answer_question(
    question: Question, *, text: str, actor: User, at: datetime, version: int | None = None
) -> Question:
    """The applicant answers, once. `version` is that of the application.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it has been answered, or the case has ended.
    """
    application = locked(question.application, version=version)
    require(actor, "licensing.answer", application)
    row = locked(question)
    if row.answered_at or application.closed_at:
        raise TransitionRefused([Problem(code="question-closed", message=_("This question is no longer open."))])
    row.answer, row.answered_by, row.answered_at = text, actor, at
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    if row.stops_clock:
        meet(application, CURE, at=at)  # the clock stands on until an officer has verified it
    touch(application)
    event = record(application, "application.answer", actor=actor, at=at, data={"question": row.pk})
    people = [application.assigned_to] if application.assigned_to else officials(application.authority_id)
    notify(
        event,
        people,
        "question_answered",
        {"reference": application.reference},
        path=f"/cases/{application.reference}/",
        at=at,
    )
    return row


@transaction.atomic
def start_again(application: Application, *, actor: User, at: datetime) -> Application:
    """A new draft from an ended case, linked to it, with its own clock: particulars and documents are taken over.

    Raises:
        TransitionRefused: the case is open, or the kind is closed, or it was a request: that is filed on the licence.
    """
    if application.closed_at is None:
        raise TransitionRefused([Problem(code="still-open", message=_("The case is still open; withdraw it first."))])
    if application.act != ISSUE:
        message = _("A request is filed anew on the licence that it concerns.")
        raise TransitionRefused([Problem(code="file-on-licence", message=message)])
    fresh = open_application(
        application.kind,
        organisation=application.organisation,
        actor=actor,
        at=at,
        values=stated(application),
        started_from=application,
        concerning=application.concerning,
    )
    take_documents(application, fresh, actor=actor, at=at)
    return fresh


def take_documents(
    application: Application, fresh: Application, *, actor: User, at: datetime, without: Sequence[str] = ()
) -> None:
    """The draft gets the papers of an earlier filing that are still asked for."""
    asked = [paper.code for paper in fresh.form.papers(timezone.localdate(at)) if paper.code not in without]
    kept = application.documents().filter(audience=PARTY, kind__in=asked)
    kept = kept.select_for_update(no_key=True)  # an erasure meanwhile leaves them, or has taken them already
    for document in kept:
        document.pk, document.subject_id, document.reference = None, fresh.pk, fresh.reference
        document.uploaded_by, document.uploaded_at, document.authority = actor, at, None
    Document.objects.bulk_create(kept)
