"""The hearing on a draft decision: what is intended, by which day, and the applicant's answer to it."""

from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.fields import StrictSerializer
from core.api.problems import not_found, provision_body
from core.api.serializers import ProvisionSerializer
from core.api.views import ApiView, KeyRequest, repeatable
from licensing import services
from licensing.api.applications import find_application
from licensing.api.bodies import arithmetic_body
from licensing.models import Application, Hearing
from licensing.serializers import EmptySerializer


class PositionSerializer(StrictSerializer):
    """The position on a draft decision; stated once."""

    text = serializers.CharField(label=_("position"), max_length=10_000)


class DraftSerializer(serializers.Serializer[Any]):
    """What is intended: the grounds from the closed list, and the reasons in words."""

    text = serializers.CharField()
    grounds = ProvisionSerializer(many=True)


class HearingSerializer(serializers.Serializer[Any]):
    """A hearing on a draft decision; `standing` sums it up."""

    id = serializers.IntegerField()
    standing = serializers.ChoiceField(choices=["announced", "stated", "waived", "held", "absent", "closed"])
    hearing_on = serializers.DateField()
    place = serializers.CharField()
    announced_at = serializers.DateTimeField()
    draft = DraftSerializer()
    arithmetic = serializers.ListField(child=serializers.CharField())
    provision = ProvisionSerializer(allow_null=True)
    position = serializers.CharField(allow_blank=True)
    position_at = serializers.DateTimeField(allow_null=True)
    waived_at = serializers.DateTimeField(allow_null=True)
    held_on = serializers.DateField(allow_null=True)
    attended = serializers.BooleanField(allow_null=True)
    minutes = serializers.CharField(allow_blank=True)
    closed_at = serializers.DateTimeField(allow_null=True)


class HearingListSerializer(serializers.Serializer[Any]):
    """All hearings of the case, the oldest first."""

    results = HearingSerializer(many=True)


def hearing_body(row: Hearing) -> dict[str, Any]:
    return {
        "id": row.pk,
        "standing": row.standing,
        "hearing_on": row.hearing_on,
        "place": row.place,
        "announced_at": row.announced_at,
        "draft": {"text": row.draft["text"], "grounds": [provision_body(ground) for ground in row.draft["grounds"]]},
        "arithmetic": arithmetic_body(row.arithmetic),
        "provision": provision_body(row.ground),
        "position": row.position,
        "position_at": row.position_at,
        "waived_at": row.waived_at,
        "held_on": row.held_on,
        "attended": row.attended,
        "minutes": row.minutes,
        "closed_at": row.closed_at,
    }


def find_hearing(request: KeyRequest, application: Application, pk: int) -> Hearing:
    found = Hearing.objects.visible_to(request.user).of(application).filter(pk=pk).first()
    if found is None:
        raise not_found()
    return found


class Hearings(ApiView):
    """Draft decisions against the applicant, and when he is heard on them."""

    @extend_schema(operation_id="hearings_list", responses=HearingListSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        application = find_application(request.user, reference)
        rows = Hearing.objects.visible_to(request.user).of(application)
        return Response({"results": [hearing_body(row) for row in rows]})


class Position(ApiView):
    """State the position on the draft, once; documents come first, as `position`. If-Match names the application."""

    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="hearings_position", request=PositionSerializer, responses=HearingSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str, pk: int) -> Response:
        row = find_hearing(request, find_application(request.user, reference), pk)
        version = self.sent_version()
        values = self.checked(PositionSerializer())
        done = services.state_position(row, text=values["text"], actor=request.user, at=timezone.now(), version=version)
        return Response(hearing_body(done))


class Waiver(ApiView):
    """Waive the hearing: the authority may decide at once. If-Match names the application."""

    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="hearings_waive", request=EmptySerializer, responses=HearingSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str, pk: int) -> Response:
        row = find_hearing(request, find_application(request.user, reference), pk)
        version = self.sent_version()
        self.checked(EmptySerializer())
        done = services.waive_hearing(row, actor=request.user, at=timezone.now(), version=version)
        return Response(hearing_body(done))
