"""Matches of screening as officials of their authority decide them: the list, one, and the two answers."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import not_found, say
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import User
from licensing import services
from licensing.match_serializers import DecideMatchSerializer, MatchSerializer, WholeMatchSerializer
from licensing.models import ScreeningMatch
from licensing.workflow import MATCH

STATES = tuple(one.name for one in MATCH.states)
FILTERS = [
    OpenApiParameter("state", str, enum=list(STATES)),
    OpenApiParameter("organisation", str, description="BIN, IIN or foreign number of the firm."),
]
ALL = ("organisation", "person", "entry__list")


def line_body(row: ScreeningMatch) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "version": row.version,
        "state": row.state,
        "state_label": say(row.WORKFLOW.state(row.state).label),
        "organisation": row.organisation.identifier,
        "person": row.person.name,
        "entry": row.entry.name,
        "list": row.entry.list.reference,
        "likeness": str(row.score),
    }


def whole_body(row: ScreeningMatch) -> dict[str, Any]:
    person, entry, told = row.person, row.entry, row.explanation
    return {
        **line_body(row),
        "behind": {
            **{name: getattr(person, name) for name in ("number", "born_on", "country", "side", "role")},
            "share": None if person.share is None else str(person.share),
        },
        "listed": {
            **{name: getattr(entry, name) for name in ("identifier", "born_on", "country", "reference")},
            "current": entry.list.replaced_at is None,
        },
        "met": [{name: pair[name] for name in ("one", "other", "how")} for pair in told.get("met", ())],
        "same_number": told.get("number"),
        "imported_by": row.imported_by.full_name,
        "evidence": row.evidence,
        "decided_at": row.decided_at,
    }


def find_match(user: User, reference: str) -> ScreeningMatch:
    rows = ScreeningMatch.objects.visible_to(user).select_related(*ALL, "imported_by")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def whole(user: User, reference: str) -> Response:
    row = find_match(user, reference)
    return Response(whole_body(row), headers={"ETag": f'"{row.version}"'})


class ScreeningMatches(ApiView):
    """Matches of one's authority, the newest first."""

    kept_by = "licensing.keep_screening"

    @extend_schema(
        operation_id="screening_matches_list", parameters=FILTERS + PAGE_PARAMETERS, responses=page_of(MatchSerializer)
    )
    def get(self, request: KeyRequest) -> Response:
        rows, asked = ScreeningMatch.objects.visible_to(request.user).select_related(*ALL), request.query_params
        if state := asked.get("state"):
            rows = rows.filter(state=state) if state in STATES else rows.none()
        if firm := asked.get("organisation", "").strip():
            rows = rows.filter(organisation__identifier=firm[:60])
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([line_body(row) for row in page.cut(rows)]))


class OneScreeningMatch(ApiView):
    """One match: the person and the entry side by side, and how they met."""

    kept_by = "licensing.keep_screening"
    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="screening_matches_read", responses=WholeMatchSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return whole(request.user, reference)


class MatchDecision(ApiView):
    """What both answers share. Who imported the list does not decide."""

    kept_by = "licensing.keep_screening"
    step = ""
    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    def decided(self, request: KeyRequest, reference: str) -> Response:
        row, given = find_match(request.user, reference), self.checked(DecideMatchSerializer())
        services.decide_match(
            row, self.step, **given, actor=request.user, at=timezone.now(), version=self.sent_version()
        )
        return whole(request.user, reference)


class MatchConfirming(MatchDecision):
    """It is this person; the firm is told, and of the list it hears nothing."""

    step = "confirm"

    @extend_schema(
        operation_id="screening_matches_confirm", request=DecideMatchSerializer, responses=WholeMatchSerializer
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        return self.decided(request, reference)


class MatchClearing(MatchDecision):
    """It is another person; the same entry is not asked about again."""

    step = "clear"

    @extend_schema(
        operation_id="screening_matches_clear", request=DecideMatchSerializer, responses=WholeMatchSerializer
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        return self.decided(request, reference)
