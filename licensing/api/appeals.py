"""Appeals of the party: filed on a decision, followed, papered, withdrawn."""

from typing import Any, ClassVar

from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _t
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.fields import PastDateField, StrictSerializer
from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.parsers import UploadParser
from core.api.problems import ApiRefusal, not_found, problem_body, provision_body, say
from core.api.serializers import AuthoritySerializer, ProvisionSerializer
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import User
from core.services import Upload, choices
from law.problems import Problem, _
from law.provisions import LDA_START
from licensing import services
from licensing.api.applications import find_application
from licensing.api.bodies import arithmetic_body, document_body
from licensing.api.papers import FILES, FileView, send_file
from licensing.models import Appeal
from licensing.serializers import (
    DocumentListSerializer,
    DocumentSerializer,
    PaperUploadSerializer,
    TransitionSerializer,
    WithdrawalSerializer,
)
from licensing.workflow.appeal import APPEAL

CONTENT = "api-appeal-document"


class AppealLineSerializer(serializers.Serializer[Any]):
    """An appeal in a list."""

    reference = serializers.CharField()
    application = serializers.CharField()
    state = serializers.ChoiceField(choices=[state.name for state in APPEAL.states])
    state_label = serializers.CharField()
    version = serializers.IntegerField()
    filed_on = serializers.DateField()
    due_on = serializers.DateField(allow_null=True)


class AppealSerializer(AppealLineSerializer):
    """An appeal with its terms and what came of it."""

    authority = AuthoritySerializer()
    body = AuthoritySerializer()
    text = serializers.CharField()
    learned_on = serializers.DateField()
    route_stated = serializers.BooleanField(help_text="Whether the act stated the way to appeal: 3 months, else 6.")
    file_by = serializers.DateField()
    is_late = serializers.BooleanField()
    arithmetic = serializers.ListField(child=serializers.CharField())
    suspends = ProvisionSerializer(allow_null=True, help_text="The rule on whether the act waits for the appeal.")
    answer = serializers.CharField(allow_blank=True)
    decided_on = serializers.DateField(allow_null=True)
    court_by = serializers.DateField(allow_null=True)
    available_transitions = TransitionSerializer(many=True)


class NewAppealSerializer(StrictSerializer):
    """What is asked and why. Against the decision of the application that stands."""

    text = serializers.CharField(label=_t("what is asked and why"), max_length=20_000)
    learned_on = PastDateField(label=_t("learned of the act on"), earliest=LDA_START, required=False, allow_null=True)


def label_of(appeal: Appeal, user: User) -> str:
    state = APPEAL.state(appeal.state)
    return say(state.label if user.is_official else state.applicant_label)


def appeal_line(appeal: Appeal, user: User) -> dict[str, Any]:
    return {
        "reference": appeal.reference,
        "application": appeal.case.reference,
        "state": appeal.state,
        "state_label": label_of(appeal, user),
        "version": appeal.version,
        "filed_on": appeal.filed_on,
        "due_on": appeal.due_on,
    }


def appeal_body(appeal: Appeal, user: User) -> dict[str, Any]:
    return {
        **appeal_line(appeal, user),
        "authority": {"code": appeal.authority.code, "name": appeal.authority.name},
        "body": {"code": appeal.body.code, "name": appeal.body.name},
        "text": appeal.text,
        "learned_on": appeal.learned_on,
        "route_stated": appeal.route_stated,
        "file_by": appeal.file_by,
        "is_late": appeal.is_late,
        "arithmetic": arithmetic_body(appeal.arithmetic),
        "suspends": provision_body(appeal.suspends),
        "answer": appeal.answer,
        "decided_on": appeal.decided_on,
        "court_by": appeal.court_by,
        "available_transitions": [
            {
                "name": choice.step.name,
                "label": say(choice.step.label),
                "consequence": say(choice.step.consequence),
                "open": choice.open,
                "problems": [problem_body(problem) for problem in choice.problems],
            }
            for choice in choices(appeal, user, timezone.now())
        ],
    }


def find_appeal(user: User, reference: str) -> Appeal:
    rows = Appeal.objects.visible_to(user).select_related("decision__application", "authority", "body")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def answer_appeal(appeal: Appeal, user: User, status: int = 200) -> Response:
    return Response(appeal_body(appeal, user), status=status, headers={"ETag": f'"{appeal.version}"'})


class Appeals(ApiView):
    """Appeals that the reader may see, newest first."""

    @extend_schema(operation_id="appeals_list", parameters=PAGE_PARAMETERS, responses=page_of(AppealLineSerializer))
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        names = ("reference", "decision__application__reference", "state", "version", "filed_on", "due_on")
        labels = {
            one.name: say(one.label if request.user.is_official else one.applicant_label) for one in APPEAL.states
        }
        rows = page.cut(Appeal.objects.visible_to(request.user).values("id", *names))
        lines = [
            {
                "reference": row["reference"],
                "application": row["decision__application__reference"],
                "state": row["state"],
                "state_label": labels[row["state"]],
                "version": row["version"],
                "filed_on": row["filed_on"],
                "due_on": row["due_on"],
            }
            for row in rows
        ]
        return Response(page.body(lines))


class CaseAppeals(ApiView):
    """File an appeal against the decision on the application. The terms to forward and to decide run from today."""

    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="applications_appeal", request=NewAppealSerializer, responses={201: AppealSerializer})
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        application = find_application(request.user, reference)
        values = self.checked(NewAppealSerializer())
        decision = application.decision
        if decision is None:
            message = _("There is no decision to appeal against.")
            raise ApiRefusal(409, Problem("nothing-decided", message))
        appeal = services.file_appeal(
            decision,
            text=values["text"],
            learned_on=values.get("learned_on"),
            actor=request.user,
            at=timezone.now(),
        )
        response = answer_appeal(appeal, request.user, 201)
        response["Location"] = request.build_absolute_uri(f"/api/v1/appeals/{appeal.reference}/")
        return response


class OneAppeal(ApiView):
    """One appeal, with what the reader may do next."""

    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="appeals_read", responses=AppealSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return answer_appeal(find_appeal(request.user, reference), request.user)


class AppealWithdrawal(ApiView):
    """Take the appeal back. Within the term another may be filed."""

    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="appeals_withdraw", request=WithdrawalSerializer, responses=AppealSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        appeal = find_appeal(request.user, reference)
        version = self.sent_version()
        values = self.checked(WithdrawalSerializer())
        reason = values.get("reason", "")
        services.withdraw_appeal(appeal, reason=reason, actor=request.user, at=timezone.now(), version=version)
        return answer_appeal(find_appeal(request.user, reference), request.user)


class AppealDocuments(ApiView):
    """Papers of the appeal: taken while it is open."""

    acts: ClassVar = frozenset({"POST"})
    throttle_scope = "upload"
    parser_classes = (UploadParser,)

    @extend_schema(operation_id="appeal_documents_list", responses=DocumentListSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        appeal = find_appeal(request.user, reference)
        return Response({"results": [document_body(row, request, reference, CONTENT) for row in appeal.documents()]})

    @extend_schema(
        operation_id="appeal_documents_upload",
        request={"multipart/form-data": PaperUploadSerializer},
        responses={201: DocumentSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        appeal = find_appeal(request.user, reference)
        file = self.checked(PaperUploadSerializer())["file"]
        upload = Upload(file.name, file.file, file.size)
        document = services.attach_to_appeal(appeal, upload, actor=request.user, at=timezone.now())
        body = document_body(document, request, reference, CONTENT)
        return Response(body, status=201, headers={"Location": body["content"]})


class AppealDocument(FileView):
    """The file itself."""

    @extend_schema(operation_id="appeal_documents_content", responses=FILES)
    def get(self, request: KeyRequest, reference: str, pk: int) -> FileResponse:
        appeal = find_appeal(request.user, reference)
        found = appeal.documents().filter(pk=pk).first()
        if found is None:
            raise not_found()
        return send_file(found, request)
