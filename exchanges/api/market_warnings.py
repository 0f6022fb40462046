"""Warnings of the unlicensed market as officials of their authority put them before a head, publish and withdraw."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import not_found, provision_body, say
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import User
from core.services import require
from exchanges import services
from exchanges.api.warnings import domains_body, narrowed
from exchanges.models import MarketTip, MarketWarning
from exchanges.serializers.warnings import (
    EndWarningSerializer,
    MarketWarningSerializer,
    ProposeWarningSerializer,
    PublishWarningSerializer,
    WholeMarketWarningSerializer,
)
from exchanges.workflow import WARNING
from law.market import KINDS

KEEP, PROPOSE = "exchanges.keep_warnings", "exchanges.propose_warning"
STATES = tuple(one.name for one in WARNING.states)
FILTERS = [
    OpenApiParameter("q", {"type": "string", "maxLength": 200}, description="Its number, a name, a brand or a domain."),
    OpenApiParameter("kind", str, enum=list(KINDS)),
    OpenApiParameter("state", str, enum=list(STATES)),
]
PEOPLE = ("proposed_by", "published_by", "ended_by")


def line_body(row: MarketWarning) -> dict[str, Any]:
    return {
        name: getattr(row, name) for name in ("reference", "version", "state", "kind", "name", "brands", "since")
    } | {
        "state_label": say(row.WORKFLOW.state(row.state).label),
        "domains": domains_body(row),
        "proposed_on": timezone.localdate(row.created_at),
        "published_on": timezone.localdate(row.published_at) if row.published_at else None,
        "ended_on": timezone.localdate(row.ended_at) if row.ended_at else None,
    }


def whole_body(row: MarketWarning, user: User) -> dict[str, Any]:
    tips = MarketTip.objects.visible_to(user).filter(warning=row).order_by("id")
    return {
        **line_body(row),
        "texts": row.texts,
        "grounds": [provision_body(ground) for ground in row.rules],
        **{name: person.full_name if (person := getattr(row, name)) else None for name in PEOPLE},
        "confirmation": row.confirmation,
        "ending_reason": row.ending_reason,
        "tips": list(tips.values_list("reference", flat=True)),
    }


def own(user: User) -> Any:
    """Those of one's authority; those of others one reads as everybody does."""
    return MarketWarning.objects.visible_to(user).filter(authority=user.authority_id)


def find_warning(user: User, reference: str) -> MarketWarning:
    found: MarketWarning | None = own(user).select_related("authority", *PEOPLE).filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def whole(request: KeyRequest, reference: str, status: int = 200) -> Response:
    row = find_warning(request.user, reference)
    headers = {"ETag": f'"{row.version}"'}
    if status == 201:
        headers["Location"] = request.build_absolute_uri(f"/api/v1/market-warnings/{row.reference}/")
    return Response(whole_body(row, request.user), status=status, headers=headers)


class MarketWarnings(ApiView):
    """Warnings of one's authority, the newest first, proposed ones included; and the way to propose one."""

    kept_by = KEEP
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="market_warnings_list",
        parameters=FILTERS + PAGE_PARAMETERS,
        responses=page_of(MarketWarningSerializer),
    )
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        rows = page.cut(narrowed(own(request.user), request, STATES))
        return Response(page.body([line_body(row) for row in rows]))

    @extend_schema(
        operation_id="market_warnings_propose",
        request=ProposeWarningSerializer,
        responses={201: WholeMarketWarningSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        authority = request.user.authority
        if authority is None:
            raise PermissionDenied(PROPOSE)
        require(request.user, PROPOSE, MarketWarning(authority=authority))
        given = self.checked(ProposeWarningSerializer())
        row = services.propose_warning(authority, **given, actor=request.user, at=timezone.now())
        return whole(request, row.reference, 201)


class OneMarketWarning(ApiView):
    """One warning, with what the public does not read."""

    kept_by = KEEP
    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="market_warnings_read", responses=WholeMarketWarningSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return whole(request, reference)


class WarningAct(ApiView):
    """What every act on a warning shares. Who proposed it neither publishes nor withdraws it."""

    kept_by = KEEP
    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    def done(self, request: KeyRequest, row: MarketWarning, service: Any, **given: Any) -> Response:
        service(row, **given, actor=request.user, at=timezone.now(), version=self.sent_version())
        return whole(request, row.reference)


class WarningPublication(WarningAct):
    """Put a warning before the public."""

    @extend_schema(
        operation_id="market_warnings_publish",
        request=PublishWarningSerializer,
        responses=WholeMarketWarningSerializer,
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row = find_warning(request.user, reference)
        return self.done(request, row, services.publish_warning, **self.checked(PublishWarningSerializer()))


class WarningEnd(WarningAct):
    """What both ends of a warning share."""

    step = ""

    def ended(self, request: KeyRequest, reference: str) -> Response:
        row, given = find_warning(request.user, reference), self.checked(EndWarningSerializer())
        return self.done(request, row, services.end_warning, step=self.step, **given)


class WarningDrop(WarningEnd):
    """Do not publish a warning that was proposed."""

    step = "drop"

    @extend_schema(
        operation_id="market_warnings_drop", request=EndWarningSerializer, responses=WholeMarketWarningSerializer
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        return self.ended(request, reference)


class WarningWithdrawal(WarningEnd):
    """Withdraw a published warning; the public list goes on showing it, as withdrawn."""

    step = "withdraw"

    @extend_schema(
        operation_id="market_warnings_withdraw", request=EndWarningSerializer, responses=WholeMarketWarningSerializer
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        return self.ended(request, reference)


class WarningDoubt(WarningAct):
    """Tell the heads that a published warning should be withdrawn; until one decides, it stands."""

    @extend_schema(
        operation_id="market_warnings_ask_withdrawal",
        request=EndWarningSerializer,
        responses=WholeMarketWarningSerializer,
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row = find_warning(request.user, reference)
        return self.done(request, row, services.ask_withdrawal, **self.checked(EndWarningSerializer()))
