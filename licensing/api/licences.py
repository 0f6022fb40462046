"""Licences for those concerned; the public register and verification for everybody."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from core import printing
from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.parsers import PaperParser
from core.api.problems import ApiRefusal, not_found, problem_body, provision_body, say
from core.api.views import ApiView, KeyRequest, PublicView
from core.regions import REGIONS
from law.problems import Problem, _
from licensing import services
from licensing.api.bodies import LICENCE_LINE, licence_body, licence_line, names_of, signature_body
from licensing.api.filters import RegisterFilter
from licensing.api.papers import FileView, not_signed, send_file
from licensing.models import Licence, RegisterEntry
from licensing.permits import kinds
from licensing.register_types import entry_kinds, entry_states, entry_types
from licensing.request_serializers import OneLicenceSerializer
from licensing.serializers import (
    LicenceLineSerializer,
    PaperSerializer,
    PaperVerificationSerializer,
    RegisterEntrySerializer,
    VerificationSerializer,
)
from licensing.wording import paper_facts

ENTRY = (
    "id",
    "number",
    "type",
    "kind",
    "services",
    "authority__code",
    "name_kk",
    "name_ru",
    "name_en",
    "identifier",
    "region",
    "standing",
    "since",
    "until",
    "standing_since",
    "standing_until",
    "ground",
    "publication_ground",
)
FILTERS = [
    OpenApiParameter("q", {"type": "string", "maxLength": 200}, description="Words of number, BIN or name."),
    OpenApiParameter("type", str, enum=list(entry_types())),
    OpenApiParameter("kind", str, enum=list(entry_kinds()), description="Code of the kind of permit or of warning."),
    OpenApiParameter("authority", str, enum=list(dict.fromkeys(one.authority for one in kinds().values()))),
    OpenApiParameter("standing", str, enum=list(entry_states())),
    OpenApiParameter("region", str, enum=list(REGIONS), description="ISO 3166-2."),
]


def kind_name(code: str) -> str:
    permit = kinds().get(code)
    return say(permit.name) if permit else code


def standing_label(name: str) -> str:
    known = entry_states().get(name)
    return say(known.label if known else name)


def entry_body(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "number": row["number"],
        "type": row["type"],
        "type_name": say(entry_types()[row["type"]].name),
        "kind": row["kind"],
        "kind_name": say(entry_kinds().get(row["kind"], row["kind"])),
        "services": row["services"],
        "authority": row["authority__code"],
        "names": names_of(row),
        "identifier": row["identifier"],
        "region": row["region"],
        "region_name": say(REGIONS.get(row["region"], "")),
        "standing": row["standing"],
        "standing_label": standing_label(row["standing"]),
        "since": row["since"],
        "until": row["until"],
        "standing_since": row["standing_since"],
        "standing_until": row["standing_until"],
        "reason": provision_body(row["ground"] or None),
        "published_by_rule": provision_body(row["publication_ground"] or None),
    }


def find_licence(user: Any, number: str) -> Licence:
    found = Licence.objects.visible_to(user).select_related("organisation", "application").filter(number=number).first()
    if found is None:
        raise not_found()
    return found


class Licences(ApiView):
    """Licences that the reader may see, newest first."""

    @extend_schema(operation_id="licences_list", parameters=PAGE_PARAMETERS, responses=page_of(LicenceLineSerializer))
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        rows = Licence.objects.visible_to(request.user).values(*LICENCE_LINE)
        return Response(page.body([licence_line(row) for row in page.cut(rows)]))


class OneLicence(ApiView):
    """One licence with what it says."""

    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="licences_read", responses=OneLicenceSerializer)
    def get(self, request: KeyRequest, number: str) -> Response:
        licence = find_licence(request.user, number)
        printed = services.newest_print(licence)
        has_pdf = printed is not None and printed.document is not None
        body = licence_body(licence, request, has_pdf) | {"requests": self.requests(request, licence)}
        return Response(body, headers={"ETag": f'"{licence.version}"'})

    def requests(self, request: KeyRequest, licence: Licence) -> list[dict[str, Any]]:
        """What the holder may file about it today; empty for officials."""
        if request.user.is_official:
            return []
        return [
            {
                "act": one.act,
                "name": say(one.name),
                "summary": say(one.summary),
                "open": not problems,
                "problems": [problem_body(problem) for problem in problems],
            }
            for one, problems in services.requests_now(licence, on=timezone.localdate())
        ]


class LicencePdf(FileView):
    """The licence as PDF. It is made right after the decision: 404 with Retry-After for the seconds until then."""

    @extend_schema(operation_id="licences_pdf", responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: KeyRequest, number: str) -> FileResponse:
        licence = find_licence(request.user, number)
        letter = services.newest_print(licence)
        if letter is not None and letter.held:
            raise not_signed(letter)
        if letter is None or letter.document is None:
            message = _("The licence is being printed. Ask again in a few seconds.")
            raise ApiRefusal(404, Problem("not-printed", message), headers={"Retry-After": "5"})
        return send_file(letter.document, request)


class Register(PublicView):
    """The public register, newest first: permits, warnings, and refusals that were published.

    Searched by words of number, BIN or name, in Kazakh, Russian or Latin letters.
    """

    @extend_schema(
        operation_id="register_list", parameters=FILTERS + PAGE_PARAMETERS, responses=page_of(RegisterEntrySerializer)
    )
    def get(self, request: Request) -> Response:
        rows = RegisterFilter(request.query_params, RegisterEntry.objects.filter(published=True), request=request)
        if not rows.is_valid():
            raise ValidationError(rows.errors)
        page = KeysetPagination(request, ["-since", "-id"])
        return Response(page.body([entry_body(row) for row in page.cut(rows.qs.values(*ENTRY))]))


class OneEntry(PublicView):
    """One entry of the public register."""

    @extend_schema(operation_id="register_read", responses=RegisterEntrySerializer)
    def get(self, request: Request, number: str) -> Response:
        row = RegisterEntry.objects.filter(published=True, number=number).values(*ENTRY).first()
        if row is None:
            raise not_found()
        return Response(entry_body(row))


def printed_facts(licence: Licence) -> dict[str, Any]:
    """What tells the paper: the fingerprint in its footer, and the hash and signature of the file."""
    letter = services.newest_print(licence)
    document = letter.document if letter else None
    return {
        "fingerprint": printing.fingerprint("licence.typ", letter.data)[:16] if letter else None,
        "sha256": document.sha256 if document else None,
        "signature": signature_body(letter.signature) if letter else None,
    }


class PaperVerification(PublicView):
    """Whether a PDF was printed here and is unchanged: one file of up to 5 MB, which is not kept."""

    throttle_scope = "upload"
    parser_classes = (PaperParser,)

    @extend_schema(
        operation_id="verify_paper",
        request={"multipart/form-data": PaperSerializer},
        responses=PaperVerificationSerializer,
    )
    def post(self, request: Request) -> Response:
        file = self.checked(PaperSerializer())["file"]
        return Response(paper_facts(services.examine_paper(file.read(), at=timezone.now())))


class Verification(PublicView):
    """Whether a licence with this verification code was issued, and whether it is in force."""

    @extend_schema(operation_id="verify", responses=VerificationSerializer)
    def get(self, request: Request, code: str) -> Response:
        licence = Licence.objects.filter(code=code.upper()).select_related("organisation", "register_entry").first()
        if licence is None:
            message = _("No licence has this verification code. Compare it with the printed one.")
            raise ApiRefusal(404, Problem("code-unknown", message, field="code"))
        entry = getattr(licence, "register_entry", None)
        body = {
            "number": licence.number,
            "kind": licence.kind,
            "kind_name": kind_name(licence.kind),
            "in_force": licence.state == "in_force",
            "state": licence.state,
            "state_label": standing_label(licence.state),
            "granted_on": licence.granted_on,
            "valid_to": licence.valid_to,
            "holder": licence.organisation.names if entry is not None and entry.published else None,
            **printed_facts(licence),
        }
        return Response(body)
