"""Models as the API tells them: plain dicts, in the reader's language."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from rest_framework.request import Request

from core.api.problems import problem_body, provision_body, say
from core.models import Document, DocumentSignature, Event, Obligation, Pause, User
from core.services import choices, duty_label
from law.problems import Line, render
from licensing.models import Application, Letter, Licence, Question
from licensing.models.applications import Finding
from licensing.request_serializers import change_form
from licensing.wording import consequence_of
from licensing.workflow import APPLICATION, LICENCE

LINE = (
    "id",
    "reference",
    "act",
    "concerning__number",
    "kind",
    "state",
    "version",
    "created_at",
    "filed_on",
    "due_on",
    "closed_at",
    "organisation__identifier",
    "organisation__form",
    "organisation__name_kk",
    "organisation__name_ru",
    "organisation__name_en",
)
LICENCE_LINE = (
    "id",
    "number",
    "kind",
    "state",
    "granted_on",
    "valid_from",
    "valid_to",
    "organisation__identifier",
    "organisation__form",
    "organisation__name_kk",
    "organisation__name_ru",
    "organisation__name_en",
)


def state_label(name: str, user: Any) -> str:
    """The state in the words of the reader: officials have others than applicants."""
    state = APPLICATION.state(name)
    return say(state.label if getattr(user, "is_official", False) else state.applicant_label)


def names_of(row: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    return {code: row[f"{prefix}name_{code}"] for code in ("kk", "ru", "en")}


def party_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The applicant or holder of a line read by `.values()`."""
    return {
        "identifier": row["organisation__identifier"],
        "form": row["organisation__form"],
        "names": names_of(row, "organisation__"),
    }


def application_line(row: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "reference": row["reference"],
        "act": row["act"],
        "concerning": row["concerning__number"],
        "kind": row["kind"],
        "state": row["state"],
        "state_label": labels[row["state"]],
        "version": row["version"],
        "organisation": party_of(row),
        "created_at": row["created_at"],
        "filed_on": row["filed_on"],
        "due_on": row["due_on"],
        "closed_at": row["closed_at"],
    }


def application_body(application: Application, user: User, at: datetime) -> dict[str, Any]:
    """The whole application, its particulars beside its own fields, and what the reader may do next."""
    licence = getattr(application, "licence", None) if application.state == "granted" else None
    return {
        **filing_body(application, user, at),
        "started_from": application.started_from.reference if application.started_from else None,
        "licence": licence.number if licence else None,
        **application.permit.serializer(application.particulars).data,
    }


def request_body(application: Application, user: User, at: datetime) -> dict[str, Any]:
    """A request: what it is about, what it states, and what the reader may do next."""
    request = application.form.request
    return {
        **filing_body(application, user, at),
        "licence": application.concerning.number if application.concerning else None,
        **(change_form(request)(application.change).data if request else {}),
        **(
            {"particulars": application.permit.serializer(application.particulars).data}
            if application.form.has_particulars
            else {}
        ),
    }


def filing_body(application: Application, user: User, at: datetime) -> dict[str, Any]:
    """What applications and requests have alike."""
    holder = application.organisation
    return {
        "reference": application.reference,
        "act": application.act,
        "concerning": application.concerning.number if application.concerning else None,
        "kind": application.kind,
        "state": application.state,
        "state_label": state_label(application.state, user),
        "version": application.version,
        "authority": {"code": application.authority.code, "name": application.authority.name},
        "organisation": {"identifier": holder.identifier, "form": holder.form, "names": holder.names},
        "created_at": application.created_at,
        "submitted_at": application.submitted_at,
        "filed_on": application.filed_on,
        "due_on": application.due_on,
        "closed_at": application.closed_at,
        "reasons": application.reasons,
        "reason_text": application.reason_text,
        "fee_paid_on": application.fee_paid_on,
        "fee_reference": application.fee_reference,
        "fee_amount": f"{application.fee_amount:.2f}" if application.fee_amount is not None else None,
        "fee_currency": application.permit.currency,
        "on_paper": application.on_paper,
        "available_transitions": [
            {
                "name": choice.step.name,
                "label": say(choice.step.label),
                "consequence": say(consequence_of(application, choice.step)),
                "open": choice.open,
                "problems": [problem_body(problem) for problem in choice.problems],
            }
            for choice in choices(application, user, at)
        ],
    }


def finding_body(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "label": say(finding.label),
        "verdict": finding.verdict,
        "is_document": finding.is_document,
        "problems": [problem_body(problem) for problem in finding.problems],
        "provision": provision_body(finding.source),
    }


def document_body(
    document: Document, request: Request, reference: str, content: str = "api-document-content"
) -> dict[str, Any]:
    """A file of a case; `content` is the name of the address under which cases of its sort give it out."""
    return {
        "id": document.pk,
        "kind": document.kind,
        "filename": document.filename,
        "media_type": document.media_type,
        "size": document.size,
        "sha256": document.sha256,
        "uploaded_at": document.uploaded_at,
        "content": address(request, content, reference, document.pk),
    }


def address(request: Request, name: str, *args: Any) -> str:
    return request.build_absolute_uri(reverse(name, args=args))


def question_body(question: Question) -> dict[str, Any]:
    return {
        "id": question.pk,
        "text": question.text,
        "asked_at": question.asked_at,
        "answer": question.answer,
        "answered_at": question.answered_at,
    }


def arithmetic_body(lines: Iterable[Any]) -> list[str]:
    """Lines of arithmetic, live or as they were stored, in the reader's language."""
    return [
        render(line.msgid, line.params, gettext)
        if isinstance(line, Line)
        else render(line["msgid"], line["params"], gettext)
        for line in lines
    ]


def term_body(term: Obligation) -> dict[str, Any]:
    return {
        "code": term.code,
        "part": term.part,
        "label": say(duty_label(term.code)),
        "debtor": term.debtor,
        "base_on": term.base_on,
        "due_on": term.due_on,
        "met_at": term.met_at,
        "ended_at": term.ended_at,
        "overdue_at": term.overdue_at,
        "arithmetic": arithmetic_body(term.arithmetic),
        "provision": provision_body(term.ground or None),
        "pauses": [pause_body(row) for row in term.pauses.all()],
    }


def pause_body(row: Pause) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "from_on": row.from_on,
        "to_on": row.to_on,
        "days": row.days,
        "removed_at": row.removed_at,
        "provision": provision_body(row.ground or None),
    }


def letter_body(letter: Letter, request: Request, reference: str) -> dict[str, Any]:
    return {
        "id": letter.pk,
        "kind": letter.kind,
        "label": str(letter.get_kind_display()),
        "made_at": letter.made_at,
        "content": address(request, "api-letter-content", reference, letter.pk) if letter.document_id else None,
        "signature": signature_body(letter.signature),
        "waits_for": letter.held_label or None,
    }


def signature_body(signature: DocumentSignature | None) -> dict[str, Any] | None:
    """A signature and what its examination found."""
    if signature is None:
        return None
    return {
        "id": signature.pk,
        "signer": signature.signer,
        "algorithm": signature.algorithm,
        "certificate_sha256": signature.certificate,
        "sha256": signature.sha256,
        "signed_at": signature.signed_at,
        "examined_at": signature.checked_at,
        "valid": signature.valid,
        "reasons": signature.reason_labels,
    }


def event_body(event: Event) -> dict[str, Any]:
    """An event without the person: which side acted is enough."""
    side = "system" if event.actor.is_system else ("authority" if event.on_behalf_of_id is None else "applicant")
    return {
        "id": event.pk,
        "at": event.at,
        "act": event.verb,
        "by": side,
        "from_state": event.from_state,
        "to_state": event.to_state,
        "reason": event.reason,
        "grounds": [provision_body(ground) for ground in event.grounds],
    }


def licence_line(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "number": row["number"],
        "kind": row["kind"],
        "state": row["state"],
        "state_label": say(LICENCE.state(row["state"]).label),
        "holder": party_of(row),
        "granted_on": row["granted_on"],
        "valid_from": row["valid_from"],
        "valid_to": row["valid_to"],
    }


def licence_body(licence: Licence, request: Request, has_pdf: bool) -> dict[str, Any]:
    holder = licence.organisation
    return {
        "number": licence.number,
        "kind": licence.kind,
        "state": licence.state,
        "state_label": say(LICENCE.state(licence.state).label),
        "version": licence.version,
        "edition": licence.edition,
        "on_paper": licence.on_paper,
        "application": licence.application.reference,
        "holder": {"identifier": holder.identifier, "form": holder.form, "names": holder.names},
        "granted_on": licence.granted_on,
        "valid_from": licence.valid_from,
        "valid_to": licence.valid_to,
        "ended_on": licence.ended_on,
        "ends_by": licence.ends_by,
        "verification_code": licence.code,
        "particulars": [{"label": say(row["label"]), "value": say(str(row["value"]))} for row in licence.particulars],
        "conditions": licence.worded_conditions,
        "condition_sources": [
            {"code": one["code"] or None, "version": one["version"], "text": text}
            for one, text in zip(licence.conditions, licence.worded_conditions, strict=True)
        ],
        "grounds": [provision_body(ground) for ground in licence.grounds],
        "pdf": address(request, "api-licence-pdf", licence.number) if has_pdf else None,
    }
