"""What a holder files about a licence: opened on the licence, then handled as every application is."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.api.problems import ApiRefusal, not_found
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import Organisation
from core.workflow import StaleVersion
from law.problems import Problem, _
from licensing import services
from licensing.api.applications import answer_application, find_application, organisation_of
from licensing.api.licences import find_licence
from licensing.models import Application, Licence
from licensing.permits import ISSUE, Request
from licensing.request_serializers import (
    draft_request,
    draft_request_schema,
    edit_request,
    edit_request_schema,
    request_schema,
)
from licensing.serializers import EmptySerializer, application_schema


def request_asked(data: Any, licence: Licence) -> Request:
    """The request named in the body, as the licence's regime declares it."""
    act = data.get("act")
    known = {one.act: one for one in licence.permit.procedure.requests}
    if isinstance(act, str) and act in known:
        return known[act]
    message = _("No such request. The law of this permit knows: %(acts)s.")
    raise ApiRefusal(400, Problem("act-unknown", message, {"acts": ", ".join(known)}, field="act"))


def licence_asked(request: KeyRequest, number: str) -> Licence:
    """The licence of an organisation that the caller acts for; a successor finds it by the public register."""
    data: Any = request.data
    act = data.get("act")
    rows = Licence.objects.select_related("organisation", "authority")
    if isinstance(act, str) and act in ("reissue", "reissue-split") and "organisation" in data:
        found = rows.filter(number=number, register_entry__published=True).first()
        if found is not None:
            return found
    return find_licence(request.user, number)


class LicenceRequests(ApiView):
    """The way to a request about a licence: re-issue, correction, suspension, surrender and others its law knows."""

    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="requests_create", request=draft_request_schema(), responses={201: request_schema()})
    @repeatable
    def post(self, request: KeyRequest, number: str) -> Response:
        licence = licence_asked(request, number)
        asked = request_asked(request.data, licence)
        values = self.checked(draft_request(asked.act)(context={"licence": licence}))
        values.pop("act")
        application = services.open_request(
            licence,
            act=asked.act,
            organisation=applicant_named(request, values.pop("organisation", None)),
            actor=request.user,
            at=timezone.now(),
            values=flat(values),
        )
        response = answer_application(application, request.user, 201)
        response["Location"] = request.build_absolute_uri(f"/api/v1/requests/{application.reference}/")
        return response


def applicant_named(request: KeyRequest, identifier: str | None) -> Organisation | None:
    return organisation_of(request.user, identifier) if identifier else None


def flat(values: dict[str, Any]) -> dict[str, Any]:
    """Fields of the request and of the kind's particulars side by side, as the services take them."""
    particulars = values.pop("particulars", None) or {}
    return {**particulars, **values}


class OneRequest(ApiView):
    """One request. Documents, questions, terms, letters, submission and withdrawal are those of `/applications/`."""

    if_match: ClassVar = frozenset({"PATCH"})
    acts: ClassVar = frozenset({"PATCH"})
    versioned: ClassVar = frozenset({"GET", "PATCH"})

    @extend_schema(operation_id="requests_read", responses=request_schema())
    def get(self, request: KeyRequest, reference: str) -> Response:
        return answer_application(find_request(request.user, reference), request.user)

    @extend_schema(operation_id="requests_edit", request=edit_request_schema(), responses=request_schema())
    def patch(self, request: KeyRequest, reference: str) -> Response:
        application = find_request(request.user, reference)
        version = self.sent_version()
        form = edit_request(application.act)
        values = flat(self.checked(form(partial=True, context={"licence": application.concerning})))
        if values:
            application = services.edit_draft(
                application, values=values, actor=request.user, at=timezone.now(), version=version
            )
        elif version not in (None, application.version):
            raise StaleVersion(application.version, version or 0)
        return answer_application(application, request.user)


def find_request(user: Any, reference: str) -> Application:
    """The request, if the reader may see it; 404 otherwise, also for an application."""
    found = find_application(user, reference)
    if found.act == ISSUE:
        raise not_found()
    return found


class Renewal(ApiView):
    """A new application for the same permit, started from the one behind the licence: the law renews none."""

    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="licences_renew", request=EmptySerializer, responses={201: application_schema()})
    @repeatable
    def post(self, request: KeyRequest, number: str) -> Response:
        licence = find_licence(request.user, number)
        self.checked(EmptySerializer())
        fresh = services.renew_licence(licence, actor=request.user, at=timezone.now())
        response = answer_application(fresh, request.user, 201)
        response["Location"] = request.build_absolute_uri(f"/api/v1/applications/{fresh.reference}/")
        return response
