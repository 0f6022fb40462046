"""What the program does by itself; one's own such acts, and objections to them."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.fields import StrictSerializer
from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import ApiRefusal, not_found, provision_body, say
from core.api.serializers import AuthoritySerializer, ProvisionSerializer
from core.api.views import ApiView, KeyRequest, PublicView, repeatable
from core.automated import AutomatedAct, act_of, automated
from core.models import Event
from law.problems import Problem, _
from law.provisions import NotInForce, provision
from licensing import services
from licensing.models import Objection
from licensing.serializers import EmptySerializer
from licensing.services.objections import TEXT_LIMIT
from licensing.workflow.objection import OBJECTION


class AutomatedActSerializer(serializers.Serializer[Any]):
    """Something that the program does without a person."""

    code = serializers.CharField()
    title = serializers.CharField()
    adverse = serializers.BooleanField(help_text="Whether it can go against a person.")
    person = serializers.CharField(allow_blank=True, help_text="Which person stands behind it.")
    provision = ProvisionSerializer(allow_null=True)


class AutomatedActListSerializer(serializers.Serializer[Any]):
    """All of them."""

    results = AutomatedActSerializer(many=True)


class OwnActSerializer(serializers.Serializer[Any]):
    """What the program did in a case of one's own, open to an objection."""

    event = serializers.IntegerField()
    at = serializers.DateTimeField()
    act = serializers.CharField(help_text="Code of the automated act.")
    about = serializers.CharField(help_text="Number of the case or licence.")
    organisation = serializers.CharField()
    authority = AuthoritySerializer()
    grounds = ProvisionSerializer(many=True)


class ObjectSerializer(StrictSerializer):
    """An objection to one act."""

    event = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    text = serializers.CharField(max_length=TEXT_LIMIT, help_text="What is objected, and why.")


class ObjectionSerializer(serializers.Serializer[Any]):
    """An objection of one's own, with its answer."""

    reference = serializers.CharField()
    state = serializers.ChoiceField(choices=[state.name for state in OBJECTION.states])
    state_label = serializers.CharField()
    version = serializers.IntegerField()
    event = serializers.IntegerField()
    act = serializers.CharField()
    about = serializers.CharField()
    organisation = serializers.CharField()
    authority = AuthoritySerializer()
    filed_at = serializers.DateTimeField()
    text = serializers.CharField()
    answer = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)


def act_body(act: AutomatedAct) -> dict[str, Any]:
    try:
        rule = provision_body(provision(act.provision, timezone.localdate())) if act.provision else None
    except NotInForce:
        rule = None
    return {
        "code": act.code,
        "title": say(act.title),
        "adverse": act.adverse,
        "person": say(act.person) if act.person else "",
        "provision": rule,
    }


def own_act_body(event: Event) -> dict[str, Any]:
    act = act_of(event.verb)
    return {
        "event": event.pk,
        "at": event.at,
        "act": act.code if act else "",
        "about": event.reference,
        "organisation": event.organisation.identifier if event.organisation else "",
        "authority": authority_body(event),
        "grounds": [provision_body(ground) for ground in event.grounds],
    }


def authority_body(row: Event | Objection) -> dict[str, str]:
    return {"code": row.authority.code, "name": row.authority.name} if row.authority else {"code": "", "name": ""}


def objection_body(row: Objection) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "state": row.state,
        "state_label": say(OBJECTION.state(row.state).applicant_label),
        "version": row.version,
        "event": row.event_id,
        "act": row.act,
        "about": row.event.reference,
        "organisation": row.organisation.identifier,
        "authority": authority_body(row),
        "filed_at": row.created_at,
        "text": row.text,
        "answer": row.answer,
        "answered_at": row.answered_at,
    }


def own(request: KeyRequest) -> Any:
    rows = Objection.objects.filter(organisation__in=request.user.organisations())
    return rows.select_related("event", "organisation", "authority")


class AutomatedActs(PublicView):
    """What the program does without a person, and which person stands behind what can go against somebody."""

    @extend_schema(operation_id="automated_acts_list", responses=AutomatedActListSerializer)
    def get(self, request: Request) -> Response:
        return Response({"results": [act_body(act) for act in automated().values()]})


class OwnAutomatedActs(ApiView):
    """What the program did in the cases of natural persons for whom one acts, open to an objection, newest first."""

    @extend_schema(
        operation_id="own_automated_acts_list", parameters=PAGE_PARAMETERS, responses=page_of(OwnActSerializer)
    )
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([own_act_body(row) for row in page.cut(services.open_to_objection(request.user))]))


class Objections(ApiView):
    """One's own objections, newest first; and the way to a new one."""

    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="objections_list", parameters=PAGE_PARAMETERS, responses=page_of(ObjectionSerializer))
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([objection_body(row) for row in page.cut(own(request))]))

    @extend_schema(operation_id="objections_create", request=ObjectSerializer, responses={201: ObjectionSerializer})
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(ObjectSerializer())
        events = Event.objects.visible_to(request.user).filter(organisation__in=request.user.organisations())
        event = events.select_related("actor", "authority", "organisation").filter(pk=values["event"]).first()
        if event is None:
            message = _("There is no event with this number in a case of yours.")
            raise ApiRefusal(400, Problem("event-unknown", message, field="event"))
        row = services.file_objection(event, text=values["text"], actor=request.user, at=timezone.now())
        location = request.build_absolute_uri(f"{request.path}{row.reference}/")
        headers = {"Location": location, "ETag": f'"{row.version}"'}
        return Response(objection_body(row), status=201, headers=headers)


class OneObjection(ApiView):
    """One of them, with its answer."""

    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="objections_read", responses=ObjectionSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        row = find_objection(request, reference)
        return Response(objection_body(row), headers={"ETag": f'"{row.version}"'})


def find_objection(request: KeyRequest, reference: str) -> Objection:
    found: Objection | None = own(request).filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


class TakeBack(ApiView):
    """Take it back before it is answered."""

    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="objections_take_back", request=EmptySerializer, responses=ObjectionSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row, version = find_objection(request, reference), self.sent_version()
        self.checked(EmptySerializer())
        done = services.take_back_objection(row, actor=request.user, at=timezone.now(), version=version)
        return Response(objection_body(done), headers={"ETag": f'"{done.version}"'})
