"""What an applicant does: open, edit, see what is missing, submit, answer, withdraw, start again."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import ApiRefusal, not_found, problem_body
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import Organisation, User
from core.workflow import StaleVersion
from law.identifiers import describe
from law.problems import Problem, _
from licensing import services
from licensing.api.bodies import (
    LINE,
    application_body,
    application_line,
    finding_body,
    question_body,
    request_body,
    state_label,
)
from licensing.api.filters import ApplicationFilter
from licensing.models import Application, Question
from licensing.permits import ACTS, ISSUE, PermitKind, kinds
from licensing.request_serializers import filing_schema
from licensing.serializers import (
    AnswerSerializer,
    ApplicationLineSerializer,
    EmptySerializer,
    ProblemsSerializer,
    QuestionListSerializer,
    QuestionSerializer,
    WithdrawalSerializer,
    application_schema,
    draft_form,
    draft_schema,
    edit_form,
    edit_schema,
)
from licensing.workflow import APPLICATION

FILTERS = [
    OpenApiParameter("q", {"type": "string", "maxLength": 200}, description="A number, a BIN or a name."),
    OpenApiParameter("due_from", {"type": "string", "format": "date"}, description="First day on which it is due."),
    OpenApiParameter("due_to", {"type": "string", "format": "date"}, description="Last day on which it is due."),
    OpenApiParameter("kind", str, enum=list(kinds()), description="Code of the kind."),
    OpenApiParameter("act", str, enum=list(ACTS), description="What is asked for: a licence, or an act on one."),
    OpenApiParameter("concerning", str, description="Number of the licence that filings are about."),
    OpenApiParameter("state", str, enum=[state.name for state in APPLICATION.states]),
    OpenApiParameter("organisation", str, description="BIN or IIN of the applicant."),
    OpenApiParameter("filed_from", {"type": "string", "format": "date"}, description="First day of filing."),
    OpenApiParameter("filed_to", {"type": "string", "format": "date"}, description="Last day of filing."),
]


def find_application(user: Any, reference: str) -> Application:
    """The application, if the reader may see it; 404 otherwise, whether it exists or not."""
    found = (
        Application.objects.visible_to(user)
        .select_related("organisation", "authority", "started_from", "concerning")
        .filter(reference=reference)
        .first()
    )
    if found is None:
        raise not_found()
    return found


def application_alone(user: Any, reference: str) -> Application:
    """The same for what is told by kind: a request about a licence has a form of its own."""
    found = find_application(user, reference)
    if found.act != ISSUE:
        message = _("This is a request about a licence: it is read and changed at %(address)s.")
        raise ApiRefusal(404, Problem("is-a-request", message, {"address": f"/api/v1/requests/{reference}/"}))
    return found


def answer_application(application: Application, user: Any, status: int = 200) -> Response:
    """The application or request with its ETag."""
    body_of = application_body if application.act == ISSUE else request_body
    body = body_of(application, user, timezone.now())
    return Response(body, status=status, headers={"ETag": f'"{application.version}"'})


def permit_asked(data: Any) -> PermitKind:
    """The kind named in the body."""
    code = data.get("kind")
    permit = kinds().get(code) if isinstance(code, str) else None
    if permit is None:
        message = _("No such kind of permit. Known are: %(codes)s.")
        raise ApiRefusal(400, Problem("kind-unknown", message, {"codes": ", ".join(kinds())}, field="kind"))
    return permit


def organisation_of(user: User, identifier: str) -> Organisation:
    """An organisation that the user may act for today, by its number."""
    found = user.organisations().filter(identifier=identifier).first()
    if found is None:
        raise organisation_unknown(identifier)
    return found


def organisation_unknown(identifier: str) -> ApiRefusal:
    """What is wrong with the number of an organisation; the same whether there is none or one of others."""
    if len(identifier) == 12 and identifier.isascii() and identifier.isdigit():
        try:
            describe(identifier)
        except ValueError as fault:
            return ApiRefusal(400, Problem("identifier", str(fault), field="organisation"))
    message = _("You may not act for an organisation with this number today; see /api/v1/organisations/.")
    return ApiRefusal(400, Problem("organisation-unknown", message, field="organisation"))


class Applications(ApiView):
    """Applications that the reader may see, newest first; and the way to a new draft."""

    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="applications_list",
        parameters=FILTERS + PAGE_PARAMETERS,
        responses=page_of(ApplicationLineSerializer),
    )
    def get(self, request: KeyRequest) -> Response:
        rows = ApplicationFilter(request.query_params, Application.objects.visible_to(request.user), request=request)
        if not rows.is_valid():
            raise ValidationError(rows.errors)
        page = KeysetPagination(request, ["-id"])
        labels = {state.name: state_label(state.name, request.user) for state in APPLICATION.states}
        return Response(page.body([application_line(row, labels) for row in page.cut(rows.qs.values(*LINE))]))

    @extend_schema(operation_id="applications_create", request=draft_schema(), responses={201: application_schema()})
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        permit = permit_asked(request.data)
        values = self.checked(draft_form(permit)())
        values.pop("kind")
        identifier = values.pop("organisation")
        organisation = Organisation.objects.filter(identifier=identifier).first()
        if organisation is None:
            raise organisation_unknown(identifier)
        try:
            application = services.open_application(
                permit.code, organisation=organisation, actor=request.user, at=timezone.now(), values=values
            )
        except PermissionDenied:
            raise organisation_unknown(identifier) from None
        response = answer_application(application, request.user, 201)
        response["Location"] = request.build_absolute_uri(f"{request.path}{application.reference}/")
        return response


class OneApplication(ApiView):
    """One application, with what the reader may do next."""

    if_match: ClassVar = frozenset({"PATCH"})
    acts: ClassVar = frozenset({"PATCH"})
    versioned: ClassVar = frozenset({"GET", "PATCH"})

    @extend_schema(operation_id="applications_read", responses=application_schema())
    def get(self, request: KeyRequest, reference: str) -> Response:
        return answer_application(application_alone(request.user, reference), request.user)

    @extend_schema(operation_id="applications_edit", request=edit_schema(), responses=application_schema())
    def patch(self, request: KeyRequest, reference: str) -> Response:
        application = application_alone(request.user, reference)
        version = self.sent_version()
        values = self.checked(edit_form(application.permit.serializer)(partial=True))
        if values:
            application = services.edit_draft(
                application, values=values, actor=request.user, at=timezone.now(), version=version
            )
        elif version not in (None, application.version):
            raise StaleVersion(application.version, version or 0)
        return answer_application(application, request.user)


class ApplicationProblems(ApiView):
    """All problems now: what a submission would answer with, and every requirement with what was found."""

    @extend_schema(operation_id="applications_problems", responses=ProblemsSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        application = find_application(request.user, reference)
        today = timezone.localdate()
        findings = application.findings(today)
        closed = None if application.filed_on or application.act != ISSUE else application.permit.closed_problem(today)
        problems = ([closed] if closed else []) + [p for finding in findings for p in finding.problems]
        problems += application.signature_problems() if application.filed_on is None else []
        body = {
            "on": application.day(today),
            "can_submit": application.state == APPLICATION.initial and not any(p.blocks for p in problems),
            "problems": [problem_body(problem) for problem in problems],
            "findings": [finding_body(finding) for finding in findings],
        }
        return Response(body)


class Submission(ApiView):
    """File the draft: today's law judges it, and the authority's terms start to run."""

    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="applications_submit", request=EmptySerializer, responses=filing_schema())
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        application = find_application(request.user, reference)
        version = self.sent_version()
        self.checked(EmptySerializer())
        filed = services.submit_application(application, actor=request.user, at=timezone.now(), version=version)
        return answer_application(filed, request.user)


class Withdrawal(ApiView):
    """End the case at the applicant's wish, at any open stage."""

    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="applications_withdraw", request=WithdrawalSerializer, responses=filing_schema())
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        application = find_application(request.user, reference)
        version = self.sent_version()
        values = self.checked(WithdrawalSerializer())
        ended = services.withdraw_application(
            application,
            actor=request.user,
            at=timezone.now(),
            reason=values.get("reason", ""),
            version=version,
        )
        return answer_application(ended, request.user)


class NewStart(ApiView):
    """A new draft from an ended case, linked to it, with particulars and documents taken over."""

    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="applications_start_again", request=EmptySerializer, responses={201: application_schema()}
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        application = find_application(request.user, reference)
        self.checked(EmptySerializer())
        fresh = services.start_again(application, actor=request.user, at=timezone.now())
        response = answer_application(fresh, request.user, 201)
        response["Location"] = request.build_absolute_uri(f"/api/v1/applications/{fresh.reference}/")
        return response


class Questions(ApiView):
    """What the authority asks. A question stops no clock of a mining licence."""

    @extend_schema(operation_id="questions_list", responses=QuestionListSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        application = find_application(request.user, reference)
        return Response({"results": [question_body(question) for question in application.questions.all()]})


class Answer(ApiView):
    """Answer a question, once. If-Match names the version of the application."""

    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="questions_answer", request=AnswerSerializer, responses=QuestionSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str, pk: int) -> Response:
        application = find_application(request.user, reference)
        question = Question.objects.filter(application=application, pk=pk).select_related("application").first()
        if question is None:
            raise not_found()
        version = self.sent_version()
        values = self.checked(AnswerSerializer())
        done = services.answer_question(
            question, text=values["text"], actor=request.user, at=timezone.now(), version=version
        )
        return Response(question_body(done))
