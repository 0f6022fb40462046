"""Supervisory visits: a provider reads its own and answers the report; officials read those of their authority."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import not_found, provision_body
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import User
from inspections import services
from inspections.models import SupervisoryVisit
from inspections.serializers.visits import SupervisoryVisitSerializer, VisitReplySerializer


def visit_body(row: SupervisoryVisit, user: User) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "version": row.version,
        "state": row.state,
        "authority": row.authority.code,
        "licence": row.licence.number,
        "organisation": row.organisation.identifier,
        "regime": row.regime,
        "provision": provision_body(row.ground) if row.ground else None,
        "method": row.method,
        "purpose": row.purpose,
        "planned_on": row.planned_on,
        "carried_on": row.carried_on,
        "report": row.report if user.is_official or row.is_issued else "",
        "issued_at": row.issued_at,
        "reply": row.reply,
        "replied_at": row.replied_at,
        "conclusion": row.conclusion,
    }


def seen(user: User) -> Any:
    return SupervisoryVisit.objects.visible_to(user).select_related("licence", "organisation", "authority")


def find_visit(user: User, reference: str) -> SupervisoryVisit:
    found: SupervisoryVisit | None = seen(user).filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def answer(row: SupervisoryVisit, request: KeyRequest) -> Response:
    fresh = find_visit(request.user, row.reference)
    return Response(visit_body(fresh, request.user), headers={"ETag": f'"{fresh.version}"'})


class SupervisoryVisits(ApiView):
    """Visits of one's own organisations, or of one's authority, newest first."""

    kept_by = "inspections.keep_visits"

    @extend_schema(
        operation_id="supervisory_visits_list",
        parameters=PAGE_PARAMETERS,
        responses=page_of(SupervisoryVisitSerializer),
    )
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([visit_body(row, request.user) for row in page.cut(seen(request.user))]))


class OneSupervisoryVisit(ApiView):
    """One visit."""

    kept_by = "inspections.keep_visits"
    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="supervisory_visits_read", responses=SupervisoryVisitSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return answer(find_visit(request.user, reference), request)


class VisitReply(ApiView):
    """Answer the report of a visit."""

    kept_by = "inspections.keep_visits"
    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="supervisory_visits_answer", request=VisitReplySerializer, responses=SupervisoryVisitSerializer
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row, version = find_visit(request.user, reference), self.sent_version()
        values = self.checked(VisitReplySerializer())
        given: dict[str, Any] = {**values, "actor": request.user, "at": timezone.now(), "version": version}
        return answer(services.answer_report(row, **given), request)
