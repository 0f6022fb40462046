"""Complaints put to a provider, and its answers."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import not_found
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import Obligation, Stateful, User
from core.services import log_access
from exchanges import services
from exchanges.models import Complaint
from exchanges.serializers.complaints import ComplaintAnswerSerializer, ComplaintSerializer
from exchanges.services.complaints import ANSWER


def due_days(model: type[Stateful], rows: Iterable[Any], code: str) -> dict[int, date | None]:
    """The open term of one code of each row: one query for all."""
    ids = [row.pk for row in rows]
    found = Obligation.objects.open().filter(subject_type=model._meta.label_lower, subject_id__in=ids, code=code)
    return dict(found.values_list("subject_id", "due_on"))


def complaint_body(row: Complaint, due_on: date | None, user: User) -> dict[str, Any]:
    named = row.names_person_to(user)
    return {
        "reference": row.reference,
        "version": row.version,
        "state": row.state,
        "licence": row.licence.number,
        "organisation": row.organisation.identifier,
        "filed_at": row.created_at,
        "forwarded_at": row.forwarded_at,
        "text": row.text,
        "name": row.name if named else None,
        "contact": row.contact if named else None,
        "answer_due_on": due_on,
        "answer": row.answer,
        "answered_at": row.answered_at,
        "remark": row.remark,
        "outcome": row.outcome,
    }


def own(user: User) -> Any:
    return Complaint.objects.visible_to(user).select_related("licence", "organisation")


def find_complaint(user: User, reference: str) -> Complaint:
    found: Complaint | None = own(user).filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def answer(row: Complaint, user: User) -> Response:
    fresh = find_complaint(user, row.reference)
    if user.is_official:
        log_access(fresh, actor=user, at=timezone.now())
    body = complaint_body(fresh, due_days(Complaint, [fresh], ANSWER).get(fresh.pk), user)
    return Response(body, headers={"ETag": f'"{fresh.version}"'})


class Complaints(ApiView):
    """Complaints that one may see, newest first: put to one's provider, or filed under one's account."""

    kept_by = "exchanges.keep_duties"

    @extend_schema(operation_id="complaints_list", parameters=PAGE_PARAMETERS, responses=page_of(ComplaintSerializer))
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        rows = list(page.cut(own(request.user)))
        due = due_days(Complaint, rows, ANSWER)
        return Response(page.body([complaint_body(row, due.get(row.pk), request.user) for row in rows]))


class OneComplaint(ApiView):
    """One complaint."""

    kept_by = "exchanges.keep_duties"
    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="complaints_read", responses=ComplaintSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return answer(find_complaint(request.user, reference), request.user)


class ComplaintAnswer(ApiView):
    """Answer a complaint put to one's provider."""

    kept_by = "exchanges.keep_duties"
    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="complaints_answer", request=ComplaintAnswerSerializer, responses=ComplaintSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row, version = find_complaint(request.user, reference), self.sent_version()
        values = self.checked(ComplaintAnswerSerializer())
        given: dict[str, Any] = {**values, "actor": request.user, "at": timezone.now(), "version": version}
        return answer(services.answer_complaint(row, **given), request.user)
