"""The test protocols of an accredited pool."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.problems import say
from core.api.views import KeyRequest, repeatable
from law.pools import TESTS
from licensing.api.licences import find_licence
from mining.api.bodies import MiningView
from mining.models import SecurityProtocol
from mining.serializers.pools import NewProtocolSerializer
from mining.services import enter_protocol


class PoolProtocolSerializer(serializers.Serializer[Any]):
    """A protocol of a security test of a pool."""

    kind = serializers.ChoiceField(choices=list(TESTS))
    kind_name = serializers.CharField()
    number = serializers.CharField()
    laboratory = serializers.CharField()
    issued_on = serializers.DateField()
    expires_on = serializers.DateField()
    positive = serializers.BooleanField()
    entered_at = serializers.DateTimeField()


class PoolProtocolListSerializer(serializers.Serializer[Any]):
    """All of a pool, the newest first; there are a few in a year."""

    results = PoolProtocolSerializer(many=True)


def protocol_body(row: SecurityProtocol) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "kind_name": say(TESTS[row.kind]),
        "number": row.number,
        "laboratory": row.laboratory,
        "issued_on": row.issued_on,
        "expires_on": row.expires_on,
        "positive": row.positive,
        "entered_at": row.entered_at,
    }


class Protocols(MiningView):
    """The test protocols of a pool; a new one is given before the last ends."""

    acts: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="pool_protocols_list", responses=PoolProtocolListSerializer)
    def get(self, request: KeyRequest, number: str) -> Response:
        rows = find_licence(request.user, number).security_protocols.order_by("-id")
        return Response({"results": [protocol_body(row) for row in rows]})

    @extend_schema(
        operation_id="pool_protocols_create", request=NewProtocolSerializer, responses={201: PoolProtocolSerializer}
    )
    @repeatable
    def post(self, request: KeyRequest, number: str) -> Response:
        licence = find_licence(request.user, number)
        values = self.checked(NewProtocolSerializer())
        row = enter_protocol(licence, **values, actor=request.user, at=timezone.now())
        return Response(protocol_body(row), status=201)
