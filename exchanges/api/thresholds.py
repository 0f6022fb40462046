"""Thresholds of financial monitoring and the month of a retail client of the AIFC, for everybody."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.problems import ApiRefusal, problem_body, provision_body, say, validation_bodies
from core.api.serializers import ProvisionSerializer, ReasonSerializer
from core.api.views import FIRST_DAY, LAST_DAY, Faulty, PublicView
from exchanges.api.perimeter import replaced
from exchanges.forms.thresholds import CENT, SUM
from law.limits import ASSETS, PROVIDERS, VERDICTS, Monitoring, RetailMonth, monitored, retail_sum
from law.provisions import NotInForce
from law.provisions.base import CONFIDENCES
from licensing.api.bodies import arithmetic_body


class DayQuerySerializer(serializers.Serializer[Any]):
    """A question about a day."""

    on = serializers.DateField(required=False, help_text="1991-12-16 to 2100-12-31; today unless told.")

    def validate_on(self, value: date) -> date:
        if not FIRST_DAY <= value <= LAST_DAY:
            told = gettext_lazy("A day as YYYY-MM-DD, from %(first)s to %(last)s.")
            raise serializers.ValidationError(told % {"first": FIRST_DAY, "last": LAST_DAY}, code="day")
        return value

    @classmethod
    def asked(cls, request: Request) -> dict[str, Any]:
        """The question of the address, today's unless it names a day.

        Raises:
            Faulty: 400 with everything that is missing or wrong.
        """
        query = cls(data=request.query_params)
        if not query.is_valid():
            raise Faulty(list(validation_bodies(query.errors)))
        return {"on": timezone.localdate()} | dict(query.validated_data)


class ThresholdQuerySerializer(DayQuerySerializer):
    """An operation of a provider."""

    provider = serializers.ChoiceField(choices=list(PROVIDERS), help_text="Who carries the operation out.")
    asset = serializers.ChoiceField(choices=list(ASSETS), help_text="What the operation is of.")
    amount = serializers.DecimalField(min_value=CENT, help_text="In tenge on the day of the operation.", **SUM)


class RetailMonthQuerySerializer(DayQuerySerializer):
    """What a retail client bought in the month of the day."""

    bought = serializers.DecimalField(min_value=Decimal(0), help_text="Purchases alone, in US dollars.", **SUM)
    further = serializers.DecimalField(
        min_value=Decimal(0), required=False, help_text="A purchase that is asked for, in US dollars.", **SUM
    )
    tested = serializers.BooleanField(required=False, help_text="Whether the provider has tested the client.")


class ThresholdSerializer(serializers.Serializer[Any]):
    """Whether an operation is told to financial monitoring for its sum. `below` says nothing of suspicion."""

    provider = serializers.ChoiceField(choices=list(PROVIDERS))
    asset = serializers.ChoiceField(choices=list(ASSETS))
    amount = serializers.DecimalField(**SUM)
    on = serializers.DateField()
    verdict = serializers.ChoiceField(choices=list(VERDICTS))
    words = serializers.CharField(help_text="The verdict in the language of Accept-Language.")
    threshold = serializers.DecimalField(allow_null=True, help_text="In tenge; null where there is no answer.", **SUM)
    confidence = serializers.ChoiceField(choices=CONFIDENCES, help_text="Of the contents of its rules, the worst.")
    day_confidence = serializers.ChoiceField(choices=CONFIDENCES, help_text="Of the days of its rules, the worst.")
    unconfirmed = serializers.BooleanField()
    arithmetic = serializers.ListField(child=serializers.CharField())
    problems = ReasonSerializer(many=True, help_text="Why there is no answer; as warnings, what else is not known.")
    notes = serializers.ListField(child=serializers.CharField())
    provisions = ProvisionSerializer(many=True)


class RetailMonthSerializer(serializers.Serializer[Any]):
    """Purchases of a calendar month against the limit before the provider's test."""

    first = serializers.DateField()
    last = serializers.DateField()
    bought = serializers.DecimalField(**SUM)
    further = serializers.DecimalField(**SUM)
    limit = serializers.DecimalField(**SUM)
    left = serializers.DecimalField(
        allow_null=True, help_text="What may be bought before the test; null once it was held.", **SUM
    )
    over = serializers.BooleanField(help_text="Whether all of it, the further purchase included, is over the limit.")
    currency = serializers.CharField()
    unconfirmed = serializers.BooleanField()
    arithmetic = serializers.ListField(child=serializers.CharField())
    provision = ProvisionSerializer()


def money(amount: Decimal) -> str:
    return str(amount.quantize(CENT))


def threshold_body(answer: Monitoring, given: dict[str, Any]) -> dict[str, Any]:
    return {
        **given,
        "amount": money(given["amount"]),
        "verdict": answer.verdict,
        "words": say(VERDICTS[answer.verdict]),
        "threshold": money(answer.provisions[0].amount) if answer.arithmetic else None,
        "confidence": answer.confidence,
        "day_confidence": answer.day_confidence,
        "unconfirmed": not answer.is_confirmed,
        "arithmetic": arithmetic_body(answer.arithmetic),
        "problems": [problem_body(one) for one in answer.problems],
        "notes": arithmetic_body(answer.notes),
        "provisions": [provision_body(one) for one in answer.provisions],
    }


def month_body(found: RetailMonth) -> dict[str, Any]:
    return {
        "first": found.first,
        "last": found.last,
        "bought": money(found.bought),
        "further": money(found.further),
        "limit": money(found.provision.amount),
        "left": None if found.left is None else money(found.left),
        "over": found.over,
        "currency": "USD",
        "unconfirmed": not found.provision.is_confirmed,
        "arithmetic": arithmetic_body(found.arithmetic),
        "provision": provision_body(found.provision),
    }


class Thresholds(PublicView):
    """Whether an operation of a provider reaches the threshold of financial monitoring of its day, by which article."""

    @extend_schema(operation_id="thresholds_read", parameters=[ThresholdQuerySerializer], responses=ThresholdSerializer)
    def get(self, request: Request) -> Response:
        given = ThresholdQuerySerializer.asked(request)
        return Response(threshold_body(monitored(**given), given))


class RetailMonths(PublicView):
    """What a retail client of the AIFC, resident in Kazakhstan, may still buy in a month before the provider's test."""

    @extend_schema(
        operation_id="thresholds_retail_month",
        parameters=[RetailMonthQuerySerializer],
        responses=RetailMonthSerializer,
    )
    def get(self, request: Request) -> Response:
        given: dict[str, Any] = {"tested": False, **RetailMonthQuerySerializer.asked(request)}
        try:
            found = retail_sum(**given)
        except NotInForce as error:
            raise ApiRefusal(400, replaced(error.problem)) from None
        return Response(month_body(found))
