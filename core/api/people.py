"""The caller, and the organisations that he may act for."""

import re
from typing import Any, ClassVar

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.fields import StrictSerializer
from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import not_found, say
from core.api.serializers import AuthoritySerializer, NamesSerializer
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import Membership, Organisation, User
from core.regions import REGIONS
from core.services import claim_organisation, describe_firm
from law.identifiers import describe

FOREIGN_NUMBER = re.compile(r"[0-9A-Za-z./-]{3,32}")
COUNTRY = re.compile(r"[A-Z]{2}")
FORMS = [code for code, _label in Organisation.FORMS]


class ClaimBriefSerializer(serializers.Serializer[Any]):
    """A claim that an official has not answered yet."""

    identifier = serializers.CharField()
    claimed_at = serializers.DateTimeField()


class MeSerializer(serializers.Serializer[Any]):
    """Whose key this is."""

    email = serializers.EmailField()
    full_name = serializers.CharField(allow_blank=True)
    role = serializers.ChoiceField(choices=[code for code, _label in User.ROLE_CHOICES])
    authority = AuthoritySerializer(allow_null=True)
    language = serializers.CharField()
    mail = serializers.ChoiceField(choices=[code for code, _label in User.MAIL_CHOICES])
    key_expires_at = serializers.DateTimeField(allow_null=True)
    waiting_claims = ClaimBriefSerializer(many=True)


class OrganisationSerializer(serializers.Serializer[Any]):
    """An organisation that the caller may act for today."""

    identifier = serializers.CharField()
    form = serializers.ChoiceField(choices=FORMS)
    registered_in = serializers.CharField()
    names = NamesSerializer()
    region = serializers.CharField(allow_blank=True)
    address = serializers.CharField(allow_blank=True)
    registration_checked = serializers.BooleanField()


class ClaimedSerializer(serializers.Serializer[Any]):
    """A claim, waiting for an official."""

    identifier = serializers.CharField()
    state = serializers.ChoiceField(choices=["waiting"])
    claimed_at = serializers.DateTimeField()


class ClaimSerializer(StrictSerializer):
    """Say that one acts for an organisation. What is held already of an organisation is not overwritten."""

    identifier = serializers.CharField(label=_("BIN or IIN"), max_length=32)
    form = serializers.ChoiceField(label=_("form"), choices=Organisation.FORMS)
    registered_in = serializers.CharField(label=_("country of registration"), max_length=2, default="KZ")
    name_kk = serializers.CharField(label=_("name in Kazakh"), max_length=300, required=False, allow_blank=True)
    name_ru = serializers.CharField(label=_("name in Russian"), max_length=300, required=False, allow_blank=True)
    name_en = serializers.CharField(label=_("name in English"), max_length=300, required=False, allow_blank=True)
    address = serializers.CharField(label=_("address"), max_length=300, required=False, allow_blank=True)
    region = serializers.ChoiceField(label=_("region"), choices=list(REGIONS.items()), required=False, allow_blank=True)

    def validate_registered_in(self, value: str) -> str:
        if not COUNTRY.fullmatch(value):
            raise serializers.ValidationError(_("Two capital letters of ISO 3166, such as KZ."), code="country")
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        errors: dict[str, Any] = {}
        if attrs["registered_in"] == "KZ":
            try:
                describe(attrs["identifier"])
            except ValueError as fault:
                errors["identifier"] = [serializers.ErrorDetail(say(str(fault)), "identifier")]
        elif not FOREIGN_NUMBER.fullmatch(attrs["identifier"]):
            message = _("Letters, digits, dots, strokes and hyphens only.")
            errors["identifier"] = [serializers.ErrorDetail(str(message), "identifier")]
        if not any(attrs.get(f"name_{code}") for code in ("kk", "ru", "en")):
            message = _("Give the name in at least one language.")
            errors["name_kk"] = [serializers.ErrorDetail(str(message), "name-missing")]
        if errors:
            raise serializers.ValidationError(errors)
        return attrs


class DescriptionSerializer(StrictSerializer):
    """What an organisation says of itself for the public register; an empty text takes it off."""

    lei = serializers.CharField(max_length=40, allow_blank=True, help_text="ISO 17442, with its check digits.")
    commercial_name = serializers.CharField(max_length=200, allow_blank=True)
    website = serializers.CharField(max_length=200, allow_blank=True, help_text="As https://example.com/.")


class Me(ApiView):
    """Whose key this is, and which claims are waiting."""

    @extend_schema(operation_id="me", responses=MeSerializer)
    def get(self, request: KeyRequest) -> Response:
        user = request.user
        waiting = Membership.objects.filter(user=user, confirmed_at=None, revoked_at=None).order_by("id")
        authority = user.authority
        body = {
            "email": user.email,
            "full_name": user.full_name,
            "role": user.role,
            "authority": {"code": authority.code, "name": authority.name} if authority else None,
            "language": user.language,
            "mail": user.mail,
            "key_expires_at": getattr(request.auth, "expiry", None),
            "waiting_claims": list(waiting.values("claimed_at", identifier=F("organisation__identifier"))),
        }
        return Response(body)


class Organisations(ApiView):
    """The organisations that the caller may act for today, as a member or under a power of attorney."""

    own_act = True  # a claim is the caller's own
    acts: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="organisations_list", parameters=PAGE_PARAMETERS, responses=page_of(OrganisationSerializer)
    )
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["id"])
        return Response(page.body([organisation_body(row) for row in page.cut(request.user.organisations())]))

    @extend_schema(operation_id="organisations_claim", request=ClaimSerializer, responses={201: ClaimedSerializer})
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(ClaimSerializer())
        names = {code: values.get(f"name_{code}", "") for code in ("kk", "ru", "en")}
        at = timezone.now()
        claim = claim_organisation(
            actor=request.user,
            at=at,
            identifier=values["identifier"],
            form=values["form"],
            registered_in=values["registered_in"],
            names=names,
            address=values.get("address", ""),
            region=values.get("region", ""),
        )
        body = {"identifier": values["identifier"], "state": "waiting", "claimed_at": claim.claimed_at}
        return Response(body, status=201)


class Description(ApiView):
    """What an organisation of the caller says of itself for the public register."""

    if_match: ClassVar = frozenset({"PUT"})
    acts: ClassVar = frozenset({"PUT"})
    versioned: ClassVar = frozenset({"GET", "PUT"})

    @extend_schema(operation_id="organisations_description", responses=DescriptionSerializer)
    def get(self, request: KeyRequest, identifier: str) -> Response:
        return described(find_own(request.user, identifier))

    @extend_schema(
        operation_id="organisations_describe", request=DescriptionSerializer, responses=DescriptionSerializer
    )
    def put(self, request: KeyRequest, identifier: str) -> Response:
        row, version = find_own(request.user, identifier), self.sent_version()
        values = self.checked(DescriptionSerializer())
        return described(describe_firm(row, **values, actor=request.user, at=timezone.now(), version=version))


def find_own(user: User, identifier: str) -> Organisation:
    found = user.organisations().filter(identifier=identifier).first()
    if found is None:
        raise not_found()
    return found


def described(row: Organisation) -> Response:
    body = {name: getattr(row, name) for name in ("lei", "commercial_name", "website")}
    return Response(body, headers={"ETag": f'"{row.description}"'})


def organisation_body(row: Organisation) -> dict[str, Any]:
    return {
        "identifier": row.identifier,
        "form": row.form,
        "registered_in": row.registered_in,
        "names": row.names,
        "region": row.region,
        "address": row.address,
        "registration_checked": row.registration_checked_at is not None,
    }
