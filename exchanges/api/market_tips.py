"""Tips of the unlicensed market as officials of their authority handle them: the list, one, and the acts on it."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import ApiRefusal, not_found, provision_body, say
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import Document, User
from core.regions import REGIONS
from core.services import allowed, log_access
from core.workflow import ADMINISTRATOR, AUDITOR, INSPECTOR
from exchanges import services
from exchanges.models import MarketTip
from exchanges.serializers.tips import (
    CloseTipSerializer,
    MarketTipSerializer,
    ReferTipSerializer,
    RepeatTipSerializer,
    TipBreachSerializer,
    WholeTipSerializer,
)
from exchanges.serializers.warnings import ProposeWarningSerializer
from exchanges.workflow import TIP
from law.market import KINDS
from law.problems import Problem
from licensing.api.authority_requests import body_named, papers_named
from licensing.api.bodies import address
from licensing.api.papers import FILES, FileView, send_file

CONTENT = "api-market-tip-content"

KNOWN = {"kind": tuple(KINDS), "state": tuple(one.name for one in TIP.states), "region": tuple(REGIONS)}
FILTERS = [
    OpenApiParameter("q", {"type": "string", "maxLength": 200}, description="Its number, a name, or a domain."),
    *(OpenApiParameter(name, str, enum=list(codes)) for name, codes in KNOWN.items()),
]
ALL = ("authority", "duplicate_of", "referral", "breach", "warning")


def line_body(row: MarketTip) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "version": row.version,
        "state": row.state,
        "state_label": say(row.WORKFLOW.state(row.state).label),
        "kind": row.kind,
        "received_on": timezone.localdate(row.created_at),
        "names": row.names,
        "domains": row.domains,
        "region": row.region or None,
    }


def files_of(row: MarketTip, user: User) -> Any:
    return Document.objects.of(row).current().visible_to(user).order_by("id")


def file_body(one: Document, request: KeyRequest, row: MarketTip) -> dict[str, Any]:
    names = ("id", "filename", "media_type", "size", "sha256")
    own = {name: getattr(one, name) for name in names}
    return own | {"content": address(request, CONTENT, row.reference, one.pk)}


def whole_body(row: MarketTip, request: KeyRequest) -> dict[str, Any]:
    """Everything of a tip, as this official may read it."""
    user = request.user
    return {
        **line_body(row),
        "text": row.text,
        "places": row.places,
        "contact": row.contact if allowed(user, "exchanges.triage_tip", row) else None,
        "why_here": provision_body(row.rule),
        "files": [file_body(one, request, row) for one in files_of(row, user)],
        "alike": [
            {"reference": one.tip.reference, "domains": list(one.domains), "name_per_cent": one.per_cent}
            for one in services.alike_tips(row)
        ],
        "warnings": [one.reference for one in services.alike_warnings(row)],
        **{name: getattr(getattr(row, name), "reference", None) for name in ALL[1:]},
        "outcome": row.outcome or None,
        "outcome_text": row.outcome_text,
    }


def find_tip(user: User, reference: str) -> MarketTip:
    found = MarketTip.objects.visible_to(user).select_related(*ALL).filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def read_tip(user: User, reference: str) -> MarketTip:
    """A tip for who may read the whole of it."""
    row = find_tip(user, reference)
    if not (allowed(user, "exchanges.triage_tip", row) or user.role in (INSPECTOR, AUDITOR, ADMINISTRATOR)):
        raise PermissionDenied("exchanges.triage_tip")
    return row


def whole(request: KeyRequest, reference: str) -> Response:
    """A tip as it stands. It holds what a person told, so that each look is logged."""
    row = read_tip(request.user, reference)
    log_access(row, actor=request.user, at=timezone.now())
    return Response(whole_body(row, request), headers={"ETag": f'"{row.version}"'})


class MarketTips(ApiView):
    """Tips of one's authority, the newest first."""

    kept_by = "exchanges.keep_warnings"

    @extend_schema(
        operation_id="market_tips_list", parameters=FILTERS + PAGE_PARAMETERS, responses=page_of(MarketTipSerializer)
    )
    def get(self, request: KeyRequest) -> Response:
        rows, asked = MarketTip.objects.visible_to(request.user), request.query_params
        for name, codes in KNOWN.items():
            if value := asked.get(name):
                rows = rows.filter(**{name: value}) if value in codes else rows.none()
        rows = rows.found_by(asked["q"][:200]) if asked.get("q", "").strip() else rows
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([line_body(row) for row in page.cut(rows)]))


class OneMarketTip(ApiView):
    """One tip."""

    kept_by = "exchanges.keep_warnings"
    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="market_tips_read", responses=WholeTipSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return whole(request, reference)


class TipContent(FileView):
    """A file that came with a tip."""

    kept_by = "exchanges.keep_warnings"

    @extend_schema(operation_id="market_tips_content", responses=FILES)
    def get(self, request: KeyRequest, reference: str, pk: int) -> FileResponse:
        found = files_of(read_tip(request.user, reference), request.user).filter(pk=pk).first()
        if found is None:
            raise not_found()
        return send_file(found, request)


class TipAct(ApiView):
    """What every act on a tip shares: the version that was read, the caller, the moment, the answer."""

    kept_by = "exchanges.keep_warnings"
    secret_answers = True  # how to reach who sent it
    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    def done(self, request: KeyRequest, row: MarketTip, service: Any, **given: Any) -> Response:
        service(row, **given, actor=request.user, at=timezone.now(), version=self.sent_version())
        return whole(request, row.reference)


class TipTaking(TipAct):
    """Take a tip into triage."""

    @extend_schema(operation_id="market_tips_take", request=None, responses=WholeTipSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        return self.done(request, find_tip(request.user, reference), services.take_tip)


class TipRepeating(TipAct):
    """Note a tip as a duplicate of another one."""

    @extend_schema(operation_id="market_tips_repeat", request=RepeatTipSerializer, responses=WholeTipSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row = find_tip(request.user, reference)
        return self.done(request, row, services.repeat_tip, **self.checked(RepeatTipSerializer()))


class TipReferring(TipAct):
    """Refer a tip to another authority, which reads these words and files, and nothing else of it."""

    @extend_schema(operation_id="market_tips_refer", request=ReferTipSerializer, responses=WholeTipSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row, given = find_tip(request.user, reference), self.checked(ReferTipSerializer())
        faults: list[Problem] = []
        body = body_named(given.pop("body"), faults)
        files = papers_named(row, given.pop("documents"), request.user, faults)
        if faults:
            raise ApiRefusal(400, *faults)
        return self.done(request, row, services.refer_tip, body=body, documents=files, **given)


class TipBreach(TipAct):
    """Open a breach of a tip."""

    @extend_schema(operation_id="market_tips_breach", request=TipBreachSerializer, responses=WholeTipSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row = find_tip(request.user, reference)
        return self.done(request, row, services.open_breach_of_tip, **self.checked(TipBreachSerializer()))


class TipWarning(TipAct):
    """Put a warning of a tip before a head, and close the tip with it."""

    @extend_schema(operation_id="market_tips_warn", request=ProposeWarningSerializer, responses=WholeTipSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row = find_tip(request.user, reference)
        return self.done(request, row, services.warn_of_tip, **self.checked(ProposeWarningSerializer()))


class TipClosing(TipAct):
    """Close a tip without action."""

    @extend_schema(operation_id="market_tips_close", request=CloseTipSerializer, responses=WholeTipSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row = find_tip(request.user, reference)
        return self.done(request, row, services.close_tip, **self.checked(CloseTipSerializer()))
