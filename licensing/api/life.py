"""Breaches, and measures against a licence, as those concerned see and answer them; letters of every case."""

from typing import Any, ClassVar

from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.fields import StrictSerializer
from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.parsers import UploadParser
from core.api.problems import ApiRefusal, not_found, provision_body, say
from core.api.serializers import ProvisionSerializer
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import Obligation
from core.services import Upload
from core.workflow import TransitionRefused
from law.problems import Problem, _
from licensing import services
from licensing.api.bodies import address, document_body, term_body
from licensing.api.hearings import HearingSerializer, hearing_body
from licensing.api.papers import FILES, FileView, send_file
from licensing.models import Breach, Hearing, Letter, Measure
from licensing.serializers import (
    DocumentListSerializer,
    DocumentSerializer,
    EmptySerializer,
    PaperUploadSerializer,
    TermSerializer,
)
from licensing.workflow import BREACH, MEASURE

TEXT = 20_000
CONTENT = "api-measure-document"


class BreachSerializer(serializers.Serializer[Any]):
    """A supposed breach, as the one concerned sees it."""

    reference = serializers.CharField()
    state = serializers.ChoiceField(choices=[state.name for state in BREACH.states])
    state_label = serializers.CharField()
    version = serializers.IntegerField()
    licence = serializers.CharField(allow_null=True)
    found_on = serializers.DateField()
    facts = serializers.CharField()
    provision = ProvisionSerializer(allow_null=True)
    explanation = serializers.CharField(allow_blank=True)
    cured_on = serializers.DateField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    terms = TermSerializer(many=True)


class MeasureSerializer(serializers.Serializer[Any]):
    """A measure against a licence, once its draft was made known or it has taken effect."""

    reference = serializers.CharField()
    act = serializers.ChoiceField(choices=[code for code, _label in Measure.ACTS])
    act_label = serializers.CharField()
    state = serializers.ChoiceField(choices=[state.name for state in MEASURE.states])
    state_label = serializers.CharField()
    version = serializers.IntegerField()
    licence = serializers.CharField()
    by_court = serializers.BooleanField()
    text = serializers.CharField()
    months = serializers.IntegerField(allow_null=True)
    told_on = serializers.DateField(allow_null=True)
    position = serializers.CharField(allow_blank=True)
    hearing = HearingSerializer(
        allow_null=True, help_text="On the draft, while the measure is under way; not in lists."
    )
    filed_on = serializers.DateField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    terms = TermSerializer(many=True)


class ExplanationSerializer(StrictSerializer):
    """What happened; given once."""

    explanation = serializers.CharField(max_length=TEXT)


class MeasurePositionSerializer(StrictSerializer):
    """What the holder thinks of the draft; given once."""

    position = serializers.CharField(max_length=TEXT)


class AnyLetterSerializer(serializers.Serializer[Any]):
    """A letter of any case: of an application, a breach, a measure."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of the answer, not the option of fields
    reference = serializers.CharField(help_text="Number of the case.")
    made_at = serializers.DateTimeField()
    content = serializers.CharField(allow_null=True)


def terms_of(case: Any, user: Any) -> list[dict[str, Any]]:
    rows = Obligation.objects.of(case).visible_to(user).order_by("due_on", "id")
    return [term_body(row) for row in rows]


def breach_body(breach: Breach, terms: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "reference": breach.reference,
        "state": breach.state,
        "state_label": say(BREACH.state(breach.state).applicant_label),
        "version": breach.version,
        "licence": breach.licence.number if breach.licence else None,
        "found_on": breach.found_on,
        "facts": breach.facts,
        "provision": provision_body(breach.ground or None),
        "explanation": breach.explanation,
        "cured_on": breach.cured_on,
        "closed_at": breach.closed_at,
        "terms": terms,
    }


def measure_body(measure: Measure, terms: list[dict[str, Any]], hearing: Hearing | None = None) -> dict[str, Any]:
    return {
        "reference": measure.reference,
        "act": measure.act,
        "act_label": str(measure.get_act_display()),
        "state": measure.state,
        "state_label": say(MEASURE.state(measure.state).applicant_label),
        "version": measure.version,
        "licence": measure.licence.number,
        "by_court": measure.by_court,
        "text": measure.text,
        "months": measure.months,
        "told_on": measure.told_on,
        "position": measure.position,
        "hearing": hearing_body(hearing) if hearing is not None else None,
        "filed_on": measure.filed_on,
        "closed_at": measure.closed_at,
        "terms": terms,
    }


def one_measure(measure: Measure, user: Any) -> Response:
    body = measure_body(measure, terms_of(measure, user), measure.hearing)
    return Response(body, headers={"ETag": f'"{measure.version}"'})


def find_breach(user: Any, reference: str) -> Breach:
    found = Breach.objects.visible_to(user).select_related("licence").filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def find_measure(user: Any, reference: str) -> Measure:
    found = Measure.objects.visible_to(user).told().select_related("licence").filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


class Breaches(ApiView):
    """Breaches that concern the organisations one acts for, newest first."""

    @extend_schema(operation_id="breaches_list", parameters=PAGE_PARAMETERS, responses=page_of(BreachSerializer))
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        rows = page.cut(Breach.objects.visible_to(request.user).select_related("licence"))
        return Response(page.body([breach_body(row, []) for row in rows]))


class OneBreach(ApiView):
    """One breach, with what is owed and until when."""

    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="breaches_read", responses=BreachSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        found = find_breach(request.user, reference)
        body = breach_body(found, terms_of(found, request.user))
        return Response(body, headers={"ETag": f'"{found.version}"'})


class Explanation(ApiView):
    """Explain a breach, once."""

    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="breaches_explain", request=ExplanationSerializer, responses=BreachSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        found, version = find_breach(request.user, reference), self.sent_version()
        text = self.checked(ExplanationSerializer())["explanation"]
        done = services.explain_breach(found, explanation=text, actor=request.user, at=timezone.now(), version=version)
        body = breach_body(done, terms_of(done, request.user))
        return Response(body, headers={"ETag": f'"{done.version}"'})


class Measures(ApiView):
    """Measures against licences of the organisations one acts for, newest first, once they were made known."""

    @extend_schema(operation_id="measures_list", parameters=PAGE_PARAMETERS, responses=page_of(MeasureSerializer))
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        rows = page.cut(Measure.objects.visible_to(request.user).told().select_related("licence"))
        return Response(page.body([measure_body(row, []) for row in rows]))


class OneMeasure(ApiView):
    """One measure, with what is owed and until when."""

    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="measures_read", responses=MeasureSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return one_measure(find_measure(request.user, reference), request.user)


class Position(ApiView):
    """Answer the draft of a measure, once."""

    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="measures_answer", request=MeasurePositionSerializer, responses=MeasureSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        found, version = find_measure(request.user, reference), self.sent_version()
        text = self.checked(MeasurePositionSerializer())["position"]
        done = services.answer_measure(found, position=text, actor=request.user, at=timezone.now(), version=version)
        return one_measure(done, request.user)


class MeasureWaiver(ApiView):
    """Waive the hearing on the draft of a measure: the authority may decide at once."""

    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="measures_waive", request=EmptySerializer, responses=MeasureSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        found, version = find_measure(request.user, reference), self.sent_version()
        self.checked(EmptySerializer())
        if (hearing := found.hearing) is None:
            raise TransitionRefused([Problem("hearing-closed", _("This hearing is closed."))])
        services.waive_hearing(hearing, actor=request.user, at=timezone.now(), version=version)
        return one_measure(find_measure(request.user, reference), request.user)


class MeasureDocuments(ApiView):
    """What the holder brings with his answer to the draft: taken as long as nothing is decided."""

    acts: ClassVar = frozenset({"POST"})
    throttle_scope = "upload"
    parser_classes = (UploadParser,)

    @extend_schema(operation_id="measure_documents_list", responses=DocumentListSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        rows = find_measure(request.user, reference).papers().visible_to(request.user)
        return Response({"results": [document_body(row, request, reference, CONTENT) for row in rows]})

    @extend_schema(
        operation_id="measure_documents_upload",
        request={"multipart/form-data": PaperUploadSerializer},
        responses={201: DocumentSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        found = find_measure(request.user, reference)
        file = self.checked(PaperUploadSerializer())["file"]
        upload = Upload(file.name, file.file, file.size)
        document = services.attach_to_measure(found, upload, actor=request.user, at=timezone.now())
        body = document_body(document, request, reference, CONTENT)
        return Response(body, status=201, headers={"Location": body["content"]})


class MeasureDocument(FileView):
    """The file itself."""

    @extend_schema(operation_id="measure_documents_content", responses=FILES)
    def get(self, request: KeyRequest, reference: str, pk: int) -> FileResponse:
        found = find_measure(request.user, reference).papers().visible_to(request.user).filter(pk=pk).first()
        if found is None:
            raise not_found()
        return send_file(found, request)


class AllLetters(ApiView):
    """Letters of every case that one sees, newest first."""

    @extend_schema(operation_id="all_letters_list", parameters=PAGE_PARAMETERS, responses=page_of(AnyLetterSerializer))
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        rows = page.cut(Letter.objects.visible_to(request.user))
        return Response(page.body([any_letter_body(row, request) for row in rows]))


def any_letter_body(letter: Letter, request: KeyRequest) -> dict[str, Any]:
    return {
        "id": letter.pk,
        "kind": letter.kind,
        "label": str(letter.get_kind_display()),
        "reference": letter.reference,
        "made_at": letter.made_at,
        "content": address(request, "api-any-letter-content", letter.pk) if letter.document_id else None,
    }


class AnyLetterContent(FileView):
    """The letter as PDF. It is made right after the act: 404 with Retry-After for the seconds until then."""

    @extend_schema(operation_id="all_letters_content", responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: KeyRequest, pk: int) -> FileResponse:
        letter = Letter.objects.visible_to(request.user).filter(pk=pk).select_related("document").first()
        if letter is None:
            raise not_found()
        if letter.document is None:
            message = _("The letter is being printed. Ask again in a few seconds.")
            raise ApiRefusal(404, Problem("not-printed", message), headers={"Retry-After": "5"})
        return send_file(letter.document, request)
