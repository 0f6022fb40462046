"""The people behind the holder of a licence: read by the holder, and declared anew."""

from typing import Any, ClassVar

from django.db.models import F
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.api.problems import not_found, problem_body
from core.api.views import ApiView, KeyRequest
from core.models import User
from licensing import services
from licensing.api.licences import find_licence
from licensing.models import FirmPerson, Licence
from licensing.people_serializers import (
    DeclaredPeopleSerializer,
    PeopleBehindSerializer,
    declaration_form,
    declaration_schema,
)

SHOWN = 800  # rows of one list in an answer: as many as a declaration can name, and as many of who left


def own_licence(user: User, number: str) -> Licence:
    """The licence of a firm that the caller acts for, of a kind that names people. Officials read the people on their
    pages, where it is seen who looked.

    Raises:
        ApiRefusal: 404 otherwise.
    """
    licence = find_licence(user, number)
    if user.is_official or licence.permit.people_form is None:
        raise not_found()
    return licence


def person_body(row: FirmPerson) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in ("side", "kind", "name", "number", "born_on", "role")},
        "residence": row.country,
        "role_label": row.role_label,
        "share": row.plain_share or None,
        **{name: getattr(row, name) for name in ("direct", "beneficial", "through", "since", "until")},
        "filing": row.source.reference if row.source else None,
        "declared_as_of": row.declaration.day if row.declaration else None,
    }


def answer(licence: Licence, user: User, **more: Any) -> Response:
    known = FirmPerson.objects.visible_to(user).behind(licence)
    rows = known.select_related("source", "declaration").order_by(F("until").desc(nulls_first=True), "side", "id")
    edition = known.edition()
    body = {
        "licence": licence.number,
        "kind": licence.kind,
        "version": edition,
        "known_as_of": known.known_day(),
        "people": [person_body(row) for row in rows[:SHOWN]],
        **more,
    }
    return Response(body, headers={"ETag": f'"{edition}"'})


class LicencePeople(ApiView):
    """Who owns and leads the holder for this kind of permit, as the authority knows it. A declaration names everybody
    as of a day, as a filing does: who is new is entered and screened, who is left out has left, the same list changes
    nothing."""

    if_match: ClassVar = frozenset({"PUT"})
    acts: ClassVar = frozenset({"PUT"})
    versioned: ClassVar = frozenset({"GET", "PUT"})

    @extend_schema(operation_id="licence_people_read", responses=PeopleBehindSerializer)
    def get(self, request: KeyRequest, number: str) -> Response:
        return answer(own_licence(request.user, number), request.user)

    @extend_schema(
        operation_id="licence_people_declare", request=declaration_schema(), responses=DeclaredPeopleSerializer
    )
    def put(self, request: KeyRequest, number: str) -> Response:
        licence, version = own_licence(request.user, number), self.sent_version()
        shape = licence.permit.people_form
        if shape is None:
            raise not_found()
        lists = self.checked(declaration_form(shape)())
        day = lists.pop("as_of")
        done = services.declare_people(licence, lists, day=day, actor=request.user, at=timezone.now(), version=version)
        told = {"changed": done.changed, "entered": done.entered, "ended": done.ended}
        return answer(licence, request.user, **told, warnings=[problem_body(one) for one in done.warnings])
