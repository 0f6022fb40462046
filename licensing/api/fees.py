"""What a case owes, what was paid, what is missing; and the way to declare another payment."""

from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.fields import PastDateField, StrictSerializer
from core.api.problems import problem_body, provision_body
from core.api.serializers import ProvisionSerializer, ReasonSerializer
from core.api.views import ApiView, KeyRequest, repeatable
from law.fees import FEE_ACTS
from law.provisions import LDA_START, NotInForce
from licensing import services
from licensing.api.applications import find_application
from licensing.api.bodies import arithmetic_body
from licensing.models import Application, Payment
from licensing.models.payments import DOLLARS, TENGE, settlement


class PaymentSerializer(serializers.Serializer[Any]):
    """A payment. It counts once it is confirmed."""

    id = serializers.IntegerField()
    reference = serializers.CharField()
    paid_on = serializers.DateField()
    amount = serializers.CharField()
    currency = serializers.ChoiceField(choices=[TENGE, DOLLARS])
    source = serializers.ChoiceField(  # type: ignore[assignment]  # a field of the answer, not the option of fields
        choices=[code for code, _label in Payment.SOURCES]
    )
    confirmed_at = serializers.DateTimeField(allow_null=True)


class FeeSerializer(serializers.Serializer[Any]):
    """The fee of the case: by the law of the day of payment, of the day of filing while nothing is paid."""

    act = serializers.CharField(help_text="What is asked for: it decides which fee is owed, if any.")
    currency = serializers.CharField()
    owed = serializers.CharField(allow_null=True, help_text="Null where no fee is owed or its figures are not known.")
    declared = serializers.CharField(allow_null=True, help_text="What the filing itself says was paid.")
    confirmed = serializers.CharField()
    missing = serializers.CharField(allow_null=True)
    over = serializers.CharField(allow_null=True)
    settled_on = serializers.DateField(allow_null=True)
    arithmetic = serializers.ListField(child=serializers.CharField())
    provisions = ProvisionSerializer(many=True)
    problems = ReasonSerializer(many=True)
    payments = PaymentSerializer(many=True)


class NewPaymentSerializer(StrictSerializer):
    """A payment made after the filing."""

    reference = serializers.CharField(label=_("payment reference"), max_length=60)
    paid_on = PastDateField(label=_("paid on"), earliest=LDA_START)
    amount = serializers.DecimalField(label=_("amount"), max_digits=16, decimal_places=2)


def payment_body(row: Payment) -> dict[str, Any]:
    return {
        "id": row.pk,
        "reference": row.reference,
        "paid_on": row.paid_on,
        "amount": f"{row.amount:.2f}",
        "currency": row.currency,
        "source": row.source,
        "confirmed_at": row.confirmed_at,
    }


def fee_body(application: Application) -> dict[str, Any]:
    """What is owed, paid and missing, in the reader's language."""
    rows = [row for row in application.payments.all() if row.voided_at is None]
    problems, found = [], None
    try:
        found = settlement(application, application.day(timezone.localdate()))
    except NotInForce as unknown:
        problems.append(problem_body(unknown.problem))
    declared = application.fee_amount
    return {
        "act": FEE_ACTS.get(application.act, application.act),
        "currency": application.permit.currency,
        "owed": f"{found.owed.amount:.2f}" if found else None,
        "declared": f"{declared:.2f}" if declared is not None else None,
        "confirmed": f"{sum(row.amount for row in rows if row.confirmed_at):.2f}",
        "missing": f"{found.missing:.2f}" if found else None,
        "over": f"{found.over:.2f}" if found else None,
        "settled_on": found.settled_on if found else None,
        "arithmetic": arithmetic_body(found.arithmetic) if found else [],
        "provisions": [provision_body(one) for one in found.owed.provisions] if found else [],
        "problems": problems,
        "payments": [payment_body(row) for row in rows],
    }


class CaseFee(ApiView):
    """What the case owes, what was paid, what is missing."""

    @extend_schema(operation_id="applications_fee", responses=FeeSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return Response(fee_body(find_application(request.user, reference)))


class Payments(ApiView):
    """Declare a payment made after the filing. If-Match names the version of the application."""

    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="applications_declare_payment", request=NewPaymentSerializer, responses={201: PaymentSerializer}
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        application = find_application(request.user, reference)
        version = self.sent_version()
        values = self.checked(NewPaymentSerializer())
        row = services.declare_payment(application, **values, actor=request.user, at=timezone.now(), version=version)
        return Response(payment_body(row), status=201)
