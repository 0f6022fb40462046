"""Indicators by API, for officials of mining's authority: the same signs as on their page."""

import json
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, SortedPagination, page_of
from core.api.problems import ApiRefusal, not_found, provision_body, say
from core.api.serializers import NamesSerializer, ProvisionSerializer
from core.api.views import KeyRequest
from law.problems import Problem, _, plain
from licensing.api.bodies import arithmetic_body
from mining.api.bodies import MiningView
from mining.services.indicators import SIGNS, Sign, signs


class HolderSerializer(serializers.Serializer[Any]):
    """Whom an indicator is about."""

    identifier = serializers.CharField(help_text="BIN or IIN.")
    names = NamesSerializer()


class IndicatorSerializer(serializers.Serializer[Any]):
    """A sign that a holder deserves a look. It is no breach, and nothing follows by itself."""

    code = serializers.ChoiceField(choices=list(SIGNS))
    title = serializers.CharField(help_text="The sign in words.")
    holder = HolderSerializer()
    text = serializers.CharField(help_text="The figures in words.")
    figures = serializers.DictField(
        child=serializers.CharField(), help_text="The figures by name: amounts as text, days as YYYY-MM-DD."
    )
    subject = serializers.CharField(allow_blank=True, help_text="Number of the licence, centre or application.")
    provision = ProvisionSerializer(allow_null=True, help_text="The rule by which it is read.")


def body_of(sign: Sign) -> dict[str, Any]:
    return {
        "code": sign.code,
        "title": say(sign.label),
        "holder": {"identifier": sign.holder.identifier, "names": sign.holder.names},
        "text": arithmetic_body([sign.told])[0],
        "figures": figures(sign),
        "subject": sign.subject,
        "provision": provision_body(sign.ground),
    }


def figures(sign: Sign) -> dict[str, str]:
    """The figures as they are kept elsewhere: days in ISO form, amounts as text."""
    return {name: str(plain(value)) for name, value in sign.told.params.items()}


def place_of(sign: Sign) -> tuple[str, ...]:
    """Where a sign stands in the list: by kind, holder and subject."""
    order = list(SIGNS).index(sign.code)
    return f"{order:02d}", sign.holder.identifier, sign.subject, json.dumps(figures(sign), sort_keys=True)


def asked(request: Request) -> str:
    """`?sign=`; "" for all.

    Raises:
        ApiRefusal: 400 for a code that is none.
    """
    code = request.query_params.get("sign", "")
    if code and code not in SIGNS:
        message, known = _("One of: %(known)s."), ", ".join(SIGNS)
        raise ApiRefusal(400, Problem("sign", message, {"known": known}, field="sign"))
    return code


class Indicators(MiningView):
    """Indicators of today, by kind, holder and subject: of each kind the first 500."""

    @extend_schema(
        operation_id="indicators_list",
        parameters=[
            *PAGE_PARAMETERS,
            OpenApiParameter("sign", str, enum=list(SIGNS), description="Only those of one kind."),
        ],
        responses=page_of(IndicatorSerializer),
    )
    def get(self, request: KeyRequest) -> Response:
        if request.user.authority is None:
            raise not_found()
        page = SortedPagination(request)
        found = signs(request.user.authority, timezone.localdate(), code=asked(request))
        return Response(page.body([body_of(sign) for sign in page.cut_list(found, place_of)]))
