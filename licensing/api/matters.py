"""The desk of a firm by API: checks for conflicts and matters, for members of the firm alone."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.fields import StrictSerializer
from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import ApiRefusal, not_found
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import Organisation, User
from law.problems import Problem, _
from licensing import services
from licensing.models import ConflictCheck, Matter
from licensing.models.matters import ROLES, own_firms

STATE = OpenApiParameter("state", str, enum=["open", "closed"])


class AskedSerializer(StrictSerializer):
    """Whom one looks for: a name, a number, or both."""

    name = serializers.CharField(max_length=300, allow_blank=True, default="")
    identifier = serializers.CharField(max_length=32, allow_blank=True, default="")


class NewConflictCheckSerializer(StrictSerializer):
    """Names to be looked for among the firm's own clients and matters."""

    organisation = serializers.CharField(help_text="BIN of the firm.")
    names = AskedSerializer(many=True)


class FoundSerializer(serializers.Serializer[Any]):
    """Somebody in the firm's records who may be one of those asked for."""

    asked = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    role = serializers.CharField()
    reference = serializers.CharField(allow_blank=True, help_text="Number of the matter, or of a person's client.")
    how = serializers.ChoiceField(choices=["identifier", "name"])
    score = serializers.FloatField()


class ConflictCheckSerializer(serializers.Serializer[Any]):
    """What was asked and found, as it was kept."""

    reference = serializers.CharField()
    organisation = serializers.CharField()
    asked = AskedSerializer(many=True)
    found = FoundSerializer(many=True)
    made_by = serializers.EmailField()
    made_at = serializers.DateTimeField()


class MatterPartySerializer(StrictSerializer):
    """Somebody on the other side, or behind either side."""

    role = serializers.ChoiceField(choices=list(ROLES.items()))
    name = serializers.CharField(max_length=300)
    identifier = serializers.CharField(max_length=32, allow_blank=True, default="")


class NewMatterSerializer(StrictSerializer):
    """A matter that a check for conflicts went before; the check names the firm."""

    check_made = serializers.CharField(help_text="Number of the check for conflicts.")
    subject = serializers.CharField(max_length=300)
    client = serializers.CharField(required=False, allow_blank=True, help_text="BIN or IIN; a power of attorney holds.")
    client_name = serializers.CharField(required=False, allow_blank=True, max_length=300)
    lawyer = serializers.EmailField(required=False, help_text="A member of the firm; the caller unless named.")
    cases = serializers.ListField(child=serializers.CharField(max_length=40), required=False)
    parties = MatterPartySerializer(many=True, required=False)
    clearance = serializers.CharField(required=False, allow_blank=True, max_length=10_000)
    opened_on = serializers.DateField(required=False)


class EditMatterSerializer(StrictSerializer):
    """What may change about an open matter."""

    subject = serializers.CharField(max_length=300)
    lawyer = serializers.EmailField()
    cases = serializers.ListField(child=serializers.CharField(max_length=40))


class NewMatterPartySerializer(MatterPartySerializer):
    """Somebody who comes into a matter, after a check that looked for him."""

    check_made = serializers.CharField(help_text="Number of the check for conflicts.")
    clearance = serializers.CharField(required=False, allow_blank=True, max_length=10_000)


class MatterSerializer(serializers.Serializer[Any]):
    """A matter of a firm."""

    reference = serializers.CharField()
    organisation = serializers.CharField()
    client = serializers.CharField(allow_null=True)
    client_name = serializers.CharField()
    subject = serializers.CharField()
    lawyer = serializers.EmailField()
    cases = serializers.ListField(child=serializers.CharField())
    parties = MatterPartySerializer(many=True)
    check_made = serializers.CharField()
    clearance = serializers.CharField(allow_blank=True)
    opened_on = serializers.DateField()
    closed_on = serializers.DateField(allow_null=True)


def check_body(row: ConflictCheck) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "organisation": row.organisation.identifier,
        "asked": row.asked,
        "found": row.found,
        "made_by": row.made_by.email,
        "made_at": row.made_at,
    }


def matter_body(row: Matter) -> dict[str, Any]:
    same = ("reference", "subject", "cases", "clearance", "opened_on", "closed_on")
    return {
        **{name: getattr(row, name) for name in same},
        "organisation": row.organisation.identifier,
        "client": row.client.identifier if row.client else None,
        "client_name": row.for_whom,
        "lawyer": row.lawyer.email,
        "check_made": row.check_made.reference,
        "parties": [{"role": p.role, "name": p.name, "identifier": p.identifier} for p in row.parties.all()],
    }


def answer(row: Matter, request: KeyRequest, status: int = 200) -> Response:
    fresh = matters(request.user).get(pk=row.pk)
    headers = {"ETag": f'"{fresh.version}"'}
    if status == 201:
        headers["Location"] = request.build_absolute_uri(f"/api/v1/matters/{fresh.reference}/")
    return Response(matter_body(fresh), status=status, headers=headers)


def matters(user: User) -> Any:
    rows = Matter.objects.visible_to(user).select_related("organisation", "client", "lawyer", "check_made")
    return rows.prefetch_related("parties")


def checks(user: User) -> Any:
    return ConflictCheck.objects.visible_to(user).select_related("organisation", "made_by")


def find_matter(user: User, reference: str) -> Matter:
    found: Matter | None = matters(user).filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def own_firm(user: User, identifier: str) -> Organisation:
    found = Organisation.objects.filter(pk__in=own_firms(user), identifier=identifier).first()
    if found is None:
        message = _("You are no member of an organisation with this number today.")
        raise ApiRefusal(400, Problem("not-a-member", message, field="organisation"))
    return found


def named(user: User, values: dict[str, Any], firm: Organisation | None = None) -> dict[str, Any]:
    """The values with what they name by number or address; every one that is unknown is told at once."""
    given, unknown = dict(values), []
    if "check_made" in given:
        given["check"] = checks(user).filter(reference=given.pop("check_made")).first()
        firm = given["check"].organisation if given["check"] else firm
        if given["check"] is None:
            unknown.append(
                Problem("check-foreign", _("Choose a check for conflicts of your firm."), field="check_made")
            )
    if number := given.pop("client", ""):
        given["client"] = user.organisations().filter(identifier=number).first()
        if given["client"] is None:
            unknown.append(Problem("client-not-yours", _("You do not act for this client today."), field="client"))
    if "lawyer" in given and firm is not None:
        people = User.objects.filter(memberships__in=firm.memberships.valid(timezone.localdate()))
        given["lawyer"] = people.filter(email__iexact=given["lawyer"]).first()
        if given["lawyer"] is None:
            message = _("The lawyer in charge is no member of the firm today.")
            unknown.append(Problem("lawyer-foreign", message, field="lawyer"))
    if unknown:
        raise ApiRefusal(400, *unknown)
    if "parties" in given:
        given["parties"] = [services.Party(**one) for one in given["parties"]]
    return given


class ConflictChecks(ApiView):
    """Checks for conflicts of the caller's firms, the newest first."""

    acts: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="conflict_checks_list", parameters=PAGE_PARAMETERS, responses=page_of(ConflictCheckSerializer)
    )
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([check_body(row) for row in page.cut(checks(request.user))]))

    @extend_schema(
        operation_id="conflict_checks_make",
        request=NewConflictCheckSerializer,
        responses={201: ConflictCheckSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(NewConflictCheckSerializer())
        firm = own_firm(request.user, values["organisation"])
        asked = [services.Asked(**one) for one in values["names"]]
        row = services.check_conflicts(firm, asked=asked, actor=request.user, at=timezone.now())
        address = request.build_absolute_uri(f"/api/v1/conflict-checks/{row.reference}/")
        return Response(check_body(row), status=201, headers={"Location": address})


class OneConflictCheck(ApiView):
    """One check, as it was kept."""

    @extend_schema(operation_id="conflict_checks_read", responses=ConflictCheckSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        row = checks(request.user).filter(reference=reference).first()
        if row is None:
            raise not_found()
        return Response(check_body(row))


class Matters(ApiView):
    """Matters of the caller's firms, the newest first."""

    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="matters_list", parameters=[STATE, *PAGE_PARAMETERS], responses=page_of(MatterSerializer)
    )
    def get(self, request: KeyRequest) -> Response:
        page, rows = KeysetPagination(request, ["-id"]), matters(request.user)
        if (state := request.query_params.get("state")) in ("open", "closed"):
            rows = rows.filter(closed_on__isnull=state == "open")
        return Response(page.body([matter_body(row) for row in page.cut(rows)]))

    @extend_schema(operation_id="matters_open", request=NewMatterSerializer, responses={201: MatterSerializer})
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        given = named(request.user, self.checked(NewMatterSerializer()))
        firm = given["check"].organisation
        return answer(services.open_matter(firm, **given, actor=request.user, at=timezone.now()), request, 201)


class OneMatter(ApiView):
    """One matter."""

    if_match: ClassVar = frozenset({"PUT"})
    acts: ClassVar = frozenset({"PUT"})
    versioned: ClassVar = frozenset({"GET", "PUT"})

    @extend_schema(operation_id="matters_read", responses=MatterSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return answer(find_matter(request.user, reference), request)

    @extend_schema(operation_id="matters_edit", request=EditMatterSerializer, responses=MatterSerializer)
    def put(self, request: KeyRequest, reference: str) -> Response:
        row, version = find_matter(request.user, reference), self.sent_version()
        given = named(request.user, self.checked(EditMatterSerializer()), row.organisation)
        done = services.edit_matter(row, **given, actor=request.user, at=timezone.now(), version=version)
        return answer(done, request)


class MatterParties(ApiView):
    """Who comes into a matter."""

    acts: ClassVar = frozenset({"POST"})
    if_match: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="matters_add_party", request=NewMatterPartySerializer, responses=MatterSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row, version = find_matter(request.user, reference), self.sent_version()
        given = named(request.user, self.checked(NewMatterPartySerializer()))
        party = services.Party(*(given.pop(name) for name in ("role", "name", "identifier")))
        done = services.add_party(row, party, **given, actor=request.user, at=timezone.now(), version=version)
        return answer(done, request)


class MatterClosing(ApiView):
    """Closes an open matter, or opens a closed one again."""

    acts: ClassVar = frozenset({"POST", "DELETE"})
    if_match: ClassVar = frozenset({"POST", "DELETE"})
    versioned: ClassVar = frozenset({"POST", "DELETE"})

    @extend_schema(operation_id="matters_close", request=None, responses=MatterSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row, version = find_matter(request.user, reference), self.sent_version()
        done = services.close_matter(row, actor=request.user, at=timezone.now(), version=version)
        return answer(done, request)

    @extend_schema(operation_id="matters_reopen", responses=MatterSerializer)
    def delete(self, request: KeyRequest, reference: str) -> Response:
        row, version = find_matter(request.user, reference), self.sent_version()
        done = services.reopen_matter(row, actor=request.user, at=timezone.now(), version=version)
        return answer(done, request)
