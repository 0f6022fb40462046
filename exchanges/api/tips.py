"""Tips of the unlicensed market by programs: sent without a key, and read again by the code that was given."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import Throttled
from rest_framework.response import Response

from core.accounts import sent_too_often
from core.api.parsers import BoundedJSONParser
from core.api.problems import not_found, say
from core.api.views import KeyRequest, PublicView, repeatable
from exchanges import services
from exchanges.models import MarketTip
from exchanges.services.tips import A_MINUTE, CONTACT_LIMIT, MINUTE, PLACES_LIMIT
from exchanges.services.warnings import MANY, NAME_LIMIT, TEXT_LIMIT
from law.market import KINDS


class NewTipSerializer(serializers.Serializer[Any]):
    """A tip. Nobody needs to say who he is. HTML and links are kept as plain text."""

    kind = serializers.ChoiceField(choices=list(KINDS))
    text = serializers.CharField(max_length=TEXT_LIMIT)
    names = serializers.ListField(
        child=serializers.CharField(max_length=NAME_LIMIT), max_length=MANY, required=False, default=list
    )
    domains = serializers.ListField(
        child=serializers.CharField(max_length=2_000), max_length=MANY, required=False, default=list
    )
    places = serializers.CharField(max_length=PLACES_LIMIT, required=False, allow_blank=True, default="")
    region = serializers.CharField(
        max_length=6, required=False, allow_blank=True, default="", help_text="A region by ISO 3166-2: KZ-75."
    )
    contact = serializers.CharField(
        max_length=CONTACT_LIMIT,
        required=False,
        allow_blank=True,
        default="",
        help_text="How to reach you; only the officials who handle the tip read it.",
    )


class TipStateSerializer(serializers.Serializer[Any]):
    """How far a tip has come: nothing that anybody wrote about it."""

    reference = serializers.CharField()
    kind = serializers.ChoiceField(choices=list(KINDS))
    authority = serializers.CharField()
    received_on = serializers.DateField()
    state = serializers.ChoiceField(choices=["received", "looked_at", "passed_on", "closed"])
    state_label = serializers.CharField()


class SentTipSerializer(TipStateSerializer):
    """A tip that was taken. `code` is told once: by it the state is read at `/tips/<code>/`."""

    code = serializers.CharField()


#: Officials' states as the sender knows them.
SAID = {"received": "received", "in_triage": "looked_at", "referred": "passed_on"}


def tip_body(row: MarketTip) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "kind": row.kind,
        "authority": row.authority.code,
        "received_on": timezone.localdate(row.created_at),
        "state": SAID.get(row.state, "closed"),
        "state_label": say(row.WORKFLOW.state(row.state).applicant_label),
    }


class Tips(PublicView):
    """Send a tip. Ten a minute from one address."""

    parser_classes = (BoundedJSONParser,)
    acts = frozenset({"POST"})
    own_act = True
    secret_answers = True  # the code

    @extend_schema(operation_id="tips_send", request=NewTipSerializer, responses={201: SentTipSerializer})
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        if sent_too_often("tip", request._request, A_MINUTE, MINUTE):
            raise Throttled(wait=MINUTE.total_seconds())
        given = self.checked(NewTipSerializer())
        row, code = services.receive_tip(**given, at=timezone.now())
        return Response(tip_body(row) | {"code": code}, status=201)


class OneTip(PublicView):
    """How far a tip has come, for who holds its code."""

    @extend_schema(operation_id="tips_read", responses=TipStateSerializer)
    def get(self, request: KeyRequest, code: str) -> Response:
        row = services.tip_by(code)
        if row is None:
            raise not_found()
        return Response(tip_body(row))
