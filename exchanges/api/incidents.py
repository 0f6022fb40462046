"""Incidents at providers: reported, then reported in full."""

from datetime import date
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import ApiRefusal, not_found, provision_body
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import User
from exchanges import services
from exchanges.api.complaints import due_days
from exchanges.api.rails import NO_LICENCE, client_licence
from exchanges.models import Incident
from exchanges.serializers.complaints import IncidentReportSerializer, IncidentSerializer, NewIncidentSerializer
from exchanges.services.incidents import REPORT


def incident_body(row: Incident, due_on: date | None) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "version": row.version,
        "state": row.state,
        "licence": row.licence.number,
        "organisation": row.organisation.identifier,
        "kind": row.kind,
        "noticed_at": row.noticed_at,
        "reported_at": row.created_at,
        "due_on": row.due_on,
        "late": row.late,
        "provision": provision_body(row.ground),
        "summary": row.summary,
        "persons": row.persons,
        "report_due_on": due_on,
        "description": row.description,
        "measures": row.measures,
        "remark": row.remark,
        "outcome": row.outcome,
    }


def own(user: User) -> Any:
    return Incident.objects.visible_to(user).select_related("licence", "organisation")


def find_incident(user: User, reference: str) -> Incident:
    found: Incident | None = own(user).filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def answer(row: Incident, request: KeyRequest, status: int = 200) -> Response:
    fresh = find_incident(request.user, row.reference)
    headers = {"ETag": f'"{fresh.version}"'}
    if status == 201:
        headers["Location"] = request.build_absolute_uri(f"/api/v1/incidents/{fresh.reference}/")
    body = incident_body(fresh, due_days(Incident, [fresh], REPORT).get(fresh.pk))
    return Response(body, status=status, headers=headers)


class Incidents(ApiView):
    """Incidents at one's providers, newest first; and the way to report one."""

    kept_by = "exchanges.keep_duties"
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="incidents_list", parameters=PAGE_PARAMETERS, responses=page_of(IncidentSerializer))
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        rows = list(page.cut(own(request.user)))
        due = due_days(Incident, rows, REPORT)
        return Response(page.body([incident_body(row, due.get(row.pk)) for row in rows]))

    @extend_schema(operation_id="incidents_create", request=NewIncidentSerializer, responses={201: IncidentSerializer})
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(NewIncidentSerializer())
        licence = client_licence(request.user, values.pop("licence"))
        if licence is None:
            raise ApiRefusal(400, NO_LICENCE)
        row = services.report_incident(licence, **values, actor=request.user, at=timezone.now())
        return answer(row, request, 201)


class OneIncident(ApiView):
    """One incident."""

    kept_by = "exchanges.keep_duties"
    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="incidents_read", responses=IncidentSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return answer(find_incident(request.user, reference), request)


class IncidentReport(ApiView):
    """Report an incident in full."""

    kept_by = "exchanges.keep_duties"
    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="incidents_describe", request=IncidentReportSerializer, responses=IncidentSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row, version = find_incident(request.user, reference), self.sent_version()
        values = self.checked(IncidentReportSerializer())
        given: dict[str, Any] = {**values, "actor": request.user, "at": timezone.now(), "version": version}
        return answer(services.describe_incident(row, **given), request)
