"""Held transfers: reported, and ended."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import ApiRefusal, not_found, provision_body
from core.api.views import ApiView, KeyRequest, repeatable
from core.days import told
from core.models import User
from exchanges import services
from exchanges.api.rails import NO_LICENCE, client_licence
from exchanges.models import HeldTransfer
from exchanges.serializers.transfers import (
    HeldTransferSerializer,
    NewHeldTransferSerializer,
    TransferOutcomeSerializer,
)
from law.problems import render
from law.transfers import transfer_answer

SAME = ("reference", "version", "state", "own_number", "asset", "seen_at", "stopped_at", "given_at", "over_at")


def transfer_body(row: HeldTransfer) -> dict[str, Any]:
    given: dict[str, Any] = {"stopped_at": row.stopped_at, "given_at": row.given_at, "on": row.law_day}
    now = transfer_answer(data_complete=False, now=timezone.now(), **given) if row.state == "held" else None
    return {name: getattr(row, name) for name in SAME} | {
        "licence": row.licence.number,
        "act": now.act if now else None,
        "hold_until": now.until if now else None,
        "provision": provision_body(row.ground),
        "faults": [
            {
                "code": one["code"],
                "message": render(one["message"], one["params"], told),
                "field": None,
                "severity": "error",
                "provision": provision_body(one["ground"]),
            }
            for one in row.faults
        ],
    }


def own(user: User) -> Any:
    return HeldTransfer.objects.visible_to(user).select_related("licence")


def find_transfer(user: User, reference: str) -> HeldTransfer:
    found: HeldTransfer | None = own(user).filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def answer(row: HeldTransfer, request: KeyRequest, status: int = 200) -> Response:
    headers = {"ETag": f'"{row.version}"'}
    if status == 201:
        headers["Location"] = request.build_absolute_uri(f"/api/v1/transfers/{row.reference}/")
    return Response(transfer_body(row), status=status, headers=headers)


class Transfers(ApiView):
    """Transfers that came without data, newest first; and the way to report one."""

    kept_by = "exchanges.keep_duties"
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="transfers_list", parameters=PAGE_PARAMETERS, responses=page_of(HeldTransferSerializer))
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([transfer_body(row) for row in page.cut(own(request.user))]))

    @extend_schema(
        operation_id="transfers_create", request=NewHeldTransferSerializer, responses={201: HeldTransferSerializer}
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(NewHeldTransferSerializer())
        licence = client_licence(request.user, values.pop("licence"))
        if licence is None:
            raise ApiRefusal(400, NO_LICENCE)
        row = services.report_transfer(licence, **values, actor=request.user, at=timezone.now())
        return answer(row, request, 201)


class OneTransfer(ApiView):
    """One transfer."""

    kept_by = "exchanges.keep_duties"
    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="transfers_read", responses=HeldTransferSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return answer(find_transfer(request.user, reference), request)


class TransferOutcome(ApiView):
    """Say that a held transfer passed or was refused."""

    kept_by = "exchanges.keep_duties"
    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="transfers_end", request=TransferOutcomeSerializer, responses=HeldTransferSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row, version = find_transfer(request.user, reference), self.sent_version()
        values = self.checked(TransferOutcomeSerializer())
        step = values.pop("outcome")
        given: dict[str, Any] = {**values, "actor": request.user, "at": timezone.now(), "version": version}
        return answer(services.end_transfer(row, step, **given), request)
