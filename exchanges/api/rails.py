"""Accounts of providers at banks and the postal operator: declared, rated, ended."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import ApiRefusal, not_found, provision_body
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import User
from exchanges import services
from exchanges.models import RailLink, RailRating, Servicer
from exchanges.serializers.rails import (
    NewRailSerializer,
    NewRatingSerializer,
    RailEndSerializer,
    RailSerializer,
    ServicerSerializer,
)
from law.problems import Problem, _
from law.rails import CLIENT_KINDS
from licensing.models import Licence


def servicer_body(row: Servicer) -> dict[str, Any]:
    return {"identifier": row.organisation.identifier, "name": row.organisation.name, "kind": row.kind}


def rail_body(row: RailLink, ratings: list[RailRating]) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "version": row.version,
        "state": row.state,
        "licence": row.licence.number,
        "licence_state": row.licence.state,
        "organisation": row.organisation.identifier,
        "servicer": servicer_body(row.servicer),
        "regions": row.regions,
        "from_on": row.from_on,
        "to_on": row.to_on,
        "source": row.source,
        "provisions": [provision_body(ground) for ground in row.grounds],
        "ratings": [
            {"risk": one.risk, "rated_on": one.rated_on, "reason": one.reason, "measures": one.measures}
            for one in ratings
        ],
    }


def own(user: User) -> Any:
    return RailLink.objects.visible_to(user).select_related("licence", "organisation", "servicer__organisation")


def find_rail(user: User, reference: str) -> RailLink:
    found: RailLink | None = own(user).filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def answer(row: RailLink, request: KeyRequest, status: int = 200) -> Response:
    fresh = find_rail(request.user, row.reference)
    ratings = list(RailRating.objects.visible_to(request.user).filter(link=fresh))
    headers = {"ETag": f'"{fresh.version}"'}
    if status == 201:
        headers["Location"] = request.build_absolute_uri(f"/api/v1/rails/{fresh.reference}/")
    return Response(rail_body(fresh, ratings), status=status, headers=headers)


class Servicers(ApiView):
    """Banks and the postal operator that accounts may name."""

    @extend_schema(operation_id="servicers_list", parameters=PAGE_PARAMETERS, responses=page_of(ServicerSerializer))
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-pk"])
        rows = Servicer.objects.visible_to(request.user).select_related("organisation")
        return Response(page.body([servicer_body(row) for row in page.cut(rows)]))


class Rails(ApiView):
    """Accounts that one may see, newest first: of one's licences, or of the clients of one's bank; and the way to
    declare one."""

    kept_by = "exchanges.keep_duties"
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="rails_list", parameters=PAGE_PARAMETERS, responses=page_of(RailSerializer))
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        rows = list(page.cut(own(request.user)))
        found: dict[int, list[RailRating]] = {}
        for one in RailRating.objects.visible_to(request.user).filter(link__in=[row.pk for row in rows]):
            found.setdefault(one.link_id, []).append(one)
        return Response(page.body([rail_body(row, found.get(row.pk, [])) for row in rows]))

    @extend_schema(operation_id="rails_create", request=NewRailSerializer, responses={201: RailSerializer})
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(NewRailSerializer())
        licence = client_licence(request.user, values.pop("licence"))
        servicer = Servicer.objects.filter(organisation__identifier=values.pop("servicer")).first()
        if licence is None or servicer is None:
            raise ApiRefusal(400, *unknown(licence, servicer))
        row = services.enter_rail(licence, servicer=servicer, **values, actor=request.user, at=timezone.now())
        return answer(row, request, 201)


def client_licence(user: User, number: str) -> Licence | None:
    """A licence of a provider that one sees, by its number."""
    rows = Licence.objects.visible_to(user).filter(kind__in=CLIENT_KINDS)
    return rows.filter(number=number.strip().upper()).first()


NO_LICENCE = Problem(
    "licence-not-yours", _("There is no licence of a provider with this number for which you act."), field="licence"
)


def unknown(licence: Licence | None, servicer: Servicer | None) -> list[Problem]:
    """Both faults at once."""
    found = [] if licence else [NO_LICENCE]
    if servicer is None:
        message = _("No bank or postal operator is entered under this number.")
        found.append(Problem("servicer-unknown", message, field="servicer"))
    return found


class OneRail(ApiView):
    """One account; its ratings are told to the servicer and the authority."""

    kept_by = "exchanges.keep_duties"
    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="rails_read", responses=RailSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return answer(find_rail(request.user, reference), request)


class RailEnd(ApiView):
    """Tell the last day of an account: the holder of the licence, or its bank."""

    kept_by = "exchanges.keep_duties"
    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="rails_end", request=RailEndSerializer, responses=RailSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row, version = find_rail(request.user, reference), self.sent_version()
        values = self.checked(RailEndSerializer())
        given: dict[str, Any] = {"to_on": values["to_on"], "end_source": values["source"], "version": version}
        return answer(services.end_rail(row, **given, actor=request.user, at=timezone.now()), request)


class RailRatings(ApiView):
    """Rate the risk of a client: its bank or postal operator."""

    kept_by = "exchanges.keep_duties"
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="rails_rate", request=NewRatingSerializer, responses={201: RailSerializer})
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row = find_rail(request.user, reference)
        values = self.checked(NewRatingSerializer())
        services.rate_rail(row, **values, actor=request.user, at=timezone.now())
        return answer(row, request, 201)
