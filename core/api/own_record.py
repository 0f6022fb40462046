"""What a person may ask about himself by API: all that is held on him, and the erasure of what need not be kept."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError as Refused
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.accounts import count_attempt, refuse_many_attempts
from core.api.fields import StrictSerializer
from core.api.problems import ApiRefusal, problem_body
from core.api.serializers import ReasonSerializer
from core.api.views import ApiView, KeyRequest
from core.models import User
from core.services.own_record import erase_own, own_record
from law.problems import Problem, _


class RowsSerializer(serializers.Serializer[Any]):
    """Rows of one kind; `more` says that the list was cut."""

    results = serializers.ListField(child=serializers.DictField())
    more = serializers.BooleanField()


class OwnAccountSerializer(serializers.Serializer[Any]):
    """The account itself."""

    number = serializers.CharField()
    email = serializers.EmailField()
    full_name = serializers.CharField(allow_blank=True)
    role = serializers.CharField()
    authority = serializers.CharField(allow_null=True)
    language = serializers.CharField()
    joined_at = serializers.DateTimeField()
    last_login_at = serializers.DateTimeField(allow_null=True)


class OwnRecordSerializer(serializers.Serializer[Any]):
    """Everything held on the caller. `acts` counts his entries in the journal, `openings` says in which role people
    opened his record."""

    as_of = serializers.DateTimeField()
    account = OwnAccountSerializer()
    memberships = RowsSerializer()
    keys = RowsSerializer()
    messages = RowsSerializer()
    filters = RowsSerializer()
    documents = RowsSerializer()
    acts = RowsSerializer()
    openings = RowsSerializer()


class ErasureRequestSerializer(StrictSerializer):
    """The password, so that a key alone erases nobody."""

    password = serializers.CharField(max_length=128, trim_whitespace=False)


class ErasedSerializer(serializers.Serializer[Any]):
    """What went, and what stays by which rule."""

    account_erased = serializers.BooleanField()
    erased = serializers.DictField(child=serializers.IntegerField())
    stays = ReasonSerializer(many=True)


def check_password(user: User, password: str) -> None:
    """
    Raises:
        ApiRefusal: 403 for a wrong password, or after too many; counted as failed log-ins are.
    """
    try:
        refuse_many_attempts(user.email)
    except Refused as error:
        raise ApiRefusal(403, Problem("password", str(error.message), field="password")) from None
    if not user.check_password(password):
        count_attempt(user.email)
        raise ApiRefusal(403, Problem("password", _("The password is wrong."), field="password"))


class OwnRecord(ApiView):
    """Everything that is held on the caller."""

    @extend_schema(operation_id="me_record", responses=OwnRecordSerializer)
    def get(self, request: KeyRequest) -> Response:
        return Response(own_record(request.user, actor=request.user, at=timezone.now()))


class OwnErasure(ApiView):
    """Erase what need not be kept: the whole account where nothing needs it. The answer says what stays, and why."""

    acts: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="me_erasure", request=ErasureRequestSerializer, responses=ErasedSerializer)
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(ErasureRequestSerializer())
        check_password(request.user, values["password"])
        answer = erase_own(request.user, actor=request.user, at=timezone.now())
        body = {
            "account_erased": answer.account_erased,
            "erased": answer.erased,
            "stays": [problem_body(reason) for reason in answer.stays],
        }
        return Response(body)
