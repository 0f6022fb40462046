"""Official clarifications: the published ones for everybody, one's own requests, and reliance on one in a case."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.fields import PastDateField, StrictSerializer
from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import ApiRefusal, not_found, provision_body, say
from core.api.serializers import AuthoritySerializer, ProvisionSerializer
from core.api.views import FIRST_DAY, ApiView, KeyRequest, PublicView, repeatable
from core.models import Authority
from law.problems import Problem, _
from licensing import services
from licensing.api.applications import find_application, organisation_of
from licensing.models import Clarification, ClarificationReliance
from licensing.serializers import EmptySerializer
from licensing.services.clarifications import TEXT_LIMIT, TITLE_LIMIT
from licensing.services.reliance import NOTE_LIMIT
from licensing.workflow.clarification import CLARIFICATION


class TextsSerializer(serializers.Serializer[Any]):
    """A text in the languages in which it was given; empty where there is none."""

    kk = serializers.CharField(allow_blank=True)
    ru = serializers.CharField(allow_blank=True)
    en = serializers.CharField(allow_blank=True)


class GivenTextsSerializer(StrictSerializer):
    """A text in one language or more."""

    kk = serializers.CharField(required=False, allow_blank=True, max_length=TEXT_LIMIT)
    ru = serializers.CharField(required=False, allow_blank=True, max_length=TEXT_LIMIT)
    en = serializers.CharField(required=False, allow_blank=True, max_length=TEXT_LIMIT)


class GivenTitleSerializer(StrictSerializer):
    """A heading in one language or more."""

    kk = serializers.CharField(required=False, allow_blank=True, max_length=TITLE_LIMIT)
    ru = serializers.CharField(required=False, allow_blank=True, max_length=TITLE_LIMIT)
    en = serializers.CharField(required=False, allow_blank=True, max_length=TITLE_LIMIT)


class ClarificationSerializer(serializers.Serializer[Any]):
    """A published clarification. Who asked is not named."""

    number = serializers.CharField()
    authority = AuthoritySerializer()
    state = serializers.ChoiceField(choices=["published", "superseded", "withdrawn"])
    state_label = serializers.CharField()
    signed_on = serializers.DateField()
    ended_on = serializers.DateField(allow_null=True, help_text="First day on which it no longer stands.")
    superseded_by = serializers.CharField(allow_null=True, help_text="Number, where that one is published too.")
    title = TextsSerializer()
    question = TextsSerializer()
    answer = TextsSerializer()
    provisions = ProvisionSerializer(many=True)


class AskSerializer(StrictSerializer):
    """A question of law."""

    authority = serializers.CharField(max_length=40, help_text="Code of the authority, as in maidd.")
    organisation = serializers.CharField(max_length=32, help_text="BIN or IIN of who asks.")
    title = GivenTitleSerializer(required=False)
    question = GivenTextsSerializer()


class RequestSerializer(serializers.Serializer[Any]):
    """A request of one's own; the answer stands in it once it is signed."""

    reference = serializers.CharField()
    state = serializers.ChoiceField(choices=[state.name for state in CLARIFICATION.states])
    state_label = serializers.CharField()
    version = serializers.IntegerField()
    authority = AuthoritySerializer()
    organisation = serializers.CharField()
    asked_at = serializers.DateTimeField()
    asked = TextsSerializer()
    number = serializers.CharField(allow_blank=True)
    published = serializers.BooleanField()
    signed_on = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)
    title = TextsSerializer(allow_null=True)
    question = TextsSerializer(allow_null=True)
    answer = TextsSerializer(allow_null=True)
    provisions = ProvisionSerializer(many=True)


class RelySerializer(StrictSerializer):
    """Which clarification, on which day, what for."""

    clarification = serializers.CharField(max_length=40, help_text="Its number.")
    relied_on = PastDateField(earliest=FIRST_DAY)
    note = serializers.CharField(required=False, allow_blank=True, max_length=NOTE_LIMIT)


class RelianceSerializer(serializers.Serializer[Any]):
    """Somebody relied on a clarification, or cites one, in a case."""

    id = serializers.IntegerField()
    clarification = serializers.CharField()
    relied_on = serializers.DateField()
    note = serializers.CharField(allow_blank=True)
    by = serializers.ChoiceField(choices=["applicant", "authority"])
    at = serializers.DateTimeField()
    stands_today = serializers.BooleanField(help_text="It stood on relied_on in any case.")


class RelianceListSerializer(serializers.Serializer[Any]):
    """All of one case."""

    results = RelianceSerializer(many=True)


def texts(values: Any) -> dict[str, str]:
    return {code: str(values.get(code, "")) for code in ("kk", "ru", "en")}


def clarification_body(row: Clarification) -> dict[str, Any]:
    later = getattr(row, "replaced_by", None)
    return {
        "number": row.number,
        "authority": {"code": row.authority.code, "name": row.authority.name},
        "state": row.state,
        "state_label": say(CLARIFICATION.state(row.state).applicant_label),
        "signed_on": row.signed_on,
        "ended_on": row.ended_on,
        "superseded_by": later.number if later is not None and later.published_at else None,
        "title": texts(row.title),
        "question": texts(row.question),
        "answer": texts(row.answer),
        "provisions": [provision_body(ground) for ground in row.provisions],
    }


def request_body(row: Clarification) -> dict[str, Any]:
    """Nothing of a draft: what is not signed is the authority's own."""
    signed = row.is_signed
    return {
        "reference": row.reference,
        "state": row.state,
        "state_label": say(CLARIFICATION.state(row.state).applicant_label),
        "version": row.version,
        "authority": {"code": row.authority.code, "name": row.authority.name},
        "organisation": row.organisation.identifier if row.organisation else "",
        "asked_at": row.created_at,
        "asked": texts(row.asked),
        "number": row.number,
        "published": row.published_at is not None,
        "signed_on": row.signed_on,
        "ended_on": row.ended_on,
        "title": texts(row.title) if signed else None,
        "question": texts(row.question) if signed else None,
        "answer": texts(row.answer) if signed else None,
        "provisions": [provision_body(ground) for ground in row.provisions] if signed else [],
    }


def reliance_body(row: ClarificationReliance) -> dict[str, Any]:
    return {
        "id": row.pk,
        "clarification": row.clarification.number,
        "relied_on": row.relied_on,
        "note": row.note,
        "by": "authority" if row.by_authority else "applicant",
        "at": row.at,
        "stands_today": row.clarification.stands_on(timezone.localdate()),
    }


def own(request: KeyRequest) -> Any:
    rows = Clarification.objects.filter(organisation__in=request.user.organisations())
    return rows.select_related("authority", "organisation")


class Clarifications(PublicView):
    """What was published, newest first; also what no longer stands, marked."""

    @extend_schema(
        operation_id="clarifications_list",
        parameters=[
            OpenApiParameter("q", {"type": "string", "maxLength": 200}, description="Words of number or text."),
            OpenApiParameter("authority", str, description="Code of the authority."),
            *PAGE_PARAMETERS,
        ],
        responses=page_of(ClarificationSerializer),
    )
    def get(self, request: Request) -> Response:
        rows = Clarification.objects.published().select_related("authority", "replaced_by")
        if text := request.query_params.get("q", "")[:200]:
            rows = rows.found_by(text)
        if code := request.query_params.get("authority"):
            rows = rows.filter(authority__code=code)
        page = KeysetPagination(request, ["-signed_on", "-id"])
        return Response(page.body([clarification_body(row) for row in page.cut(rows)]))


class OneClarification(PublicView):
    """One published clarification."""

    @extend_schema(operation_id="clarifications_read", responses=ClarificationSerializer)
    def get(self, request: Request, number: str) -> Response:
        rows = Clarification.objects.published().select_related("authority", "replaced_by")
        row = rows.filter(number=number).first()
        if row is None:
            raise not_found()
        return Response(clarification_body(row))


class Requests(ApiView):
    """Questions of law that one's organisations have put, newest first; and the way to a new one."""

    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="clarification_requests_list", parameters=PAGE_PARAMETERS, responses=page_of(RequestSerializer)
    )
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([request_body(row) for row in page.cut(own(request))]))

    @extend_schema(
        operation_id="clarification_requests_create", request=AskSerializer, responses={201: RequestSerializer}
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(AskSerializer())
        authority = Authority.objects.filter(code=values["authority"]).first()
        if authority is None:
            message = _("There is no authority with this code.")
            raise ApiRefusal(400, Problem("authority-unknown", message, field="authority"))
        row = services.ask_clarification(
            authority,
            organisation=organisation_of(request.user, values["organisation"]),
            title=values.get("title", {}),
            question=values["question"],
            actor=request.user,
            at=timezone.now(),
        )
        location = request.build_absolute_uri(f"{request.path}{row.reference}/")
        headers = {"Location": location, "ETag": f'"{row.version}"'}
        return Response(request_body(row), status=201, headers=headers)


class OneRequest(ApiView):
    """One of them, with its answer once that is signed."""

    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="clarification_requests_read", responses=RequestSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        row = find_request(request, reference)
        return Response(request_body(row), headers={"ETag": f'"{row.version}"'})


def find_request(request: KeyRequest, reference: str) -> Clarification:
    found: Clarification | None = own(request).filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


class Recall(ApiView):
    """Take the question back before it is answered."""

    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="clarification_requests_recall", request=EmptySerializer, responses=RequestSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row, version = find_request(request, reference), self.sent_version()
        self.checked(EmptySerializer())
        done = services.recall_clarification(row, actor=request.user, at=timezone.now(), version=version)
        return Response(request_body(done), headers={"ETag": f'"{done.version}"'})


class Reliances(ApiView):
    """The clarifications that a case names: said in a draft, or with the answer to an open question."""

    acts: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="reliances_list", responses=RelianceListSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        application = find_application(request.user, reference)
        rows = ClarificationReliance.objects.filter(application=application).select_related("clarification")
        return Response({"results": [reliance_body(row) for row in rows.order_by("id")]})

    @extend_schema(operation_id="reliances_create", request=RelySerializer, responses={201: RelianceSerializer})
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        application = find_application(request.user, reference)
        version = self.sent_version() if "If-Match" in request.headers else None
        values = self.checked(RelySerializer())
        row = services.rely_on_clarification(
            application,
            number=values["clarification"],
            relied_on=values["relied_on"],
            note=values.get("note", ""),
            actor=request.user,
            at=timezone.now(),
            version=version,
        )
        location = request.build_absolute_uri(f"{request.path}{row.pk}/")
        return Response(reliance_body(row), status=201, headers={"Location": location})


class OneReliance(ApiView):
    """Take it back from a draft (If-Match names the version of the application)."""

    if_match: ClassVar = frozenset({"DELETE"})
    acts: ClassVar = frozenset({"DELETE"})

    @extend_schema(operation_id="reliances_remove", responses={204: None})
    def delete(self, request: KeyRequest, reference: str, pk: int) -> Response:
        application = find_application(request.user, reference)
        rows = ClarificationReliance.objects.filter(application=application, pk=pk)
        row = rows.select_related("application", "clarification").first()
        if row is None:
            raise not_found()
        fresh = services.drop_reliance(row, actor=request.user, at=timezone.now(), version=self.sent_version())
        return Response(status=204, headers={"ETag": f'"{fresh.version}"'})
