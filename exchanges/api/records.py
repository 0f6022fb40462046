"""Records of providers: filed with their files, and ended."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.parsers import BoundedJSONParser, UploadParser
from core.api.problems import ApiRefusal, not_found, provision_body
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import User
from core.services import Upload
from exchanges import services
from exchanges.api.rails import NO_LICENCE, client_licence
from exchanges.models import ProviderRecord
from exchanges.serializers.records import (
    NewProviderRecordSerializer,
    ProviderRecordSerializer,
    RecordEndSerializer,
)

SAME = ("reference", "version", "state", "kind", "name", "number", "place", "languages", "country", "from_on", "to_on")


def record_body(row: ProviderRecord) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*SAME, "note", "checked_on", "check_note")} | {
        "licence": row.licence.number,
        "organisation": row.organisation.identifier,
        "provision": provision_body(row.ground or None),
    }


def own(user: User) -> Any:
    return ProviderRecord.objects.visible_to(user).select_related("licence", "organisation")


def find_record(user: User, reference: str) -> ProviderRecord:
    found: ProviderRecord | None = own(user).filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def answer(row: ProviderRecord, request: KeyRequest, status: int = 200) -> Response:
    headers = {"ETag": f'"{row.version}"'}
    if status == 201:
        headers["Location"] = request.build_absolute_uri(f"/api/v1/provider-records/{row.reference}/")
    return Response(record_body(row), status=status, headers=headers)


class ProviderRecords(ApiView):
    """Records of one's providers, newest first; and the way to file one, reports of periods among them."""

    kept_by = "exchanges.keep_duties"
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})
    parser_classes = (UploadParser, BoundedJSONParser)
    throttle_scope = "upload"

    @extend_schema(
        operation_id="provider_records_list",
        parameters=PAGE_PARAMETERS,
        responses=page_of(ProviderRecordSerializer),
    )
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([record_body(row) for row in page.cut(own(request.user))]))

    @extend_schema(
        operation_id="provider_records_create",
        request={"multipart/form-data": NewProviderRecordSerializer},
        responses={201: ProviderRecordSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(NewProviderRecordSerializer())
        licence = client_licence(request.user, values.pop("licence"))
        if licence is None:
            raise ApiRefusal(400, NO_LICENCE)
        file, languages = values.pop("file"), values.pop("languages")
        given: dict[str, Any] = {
            **values,
            "languages": [code.strip() for code in languages.split(",") if code.strip()],
            "file": Upload(file.name, file.file, file.size) if file else None,
        }
        row = services.file_record(licence, **given, actor=request.user, at=timezone.now())
        return answer(row, request, 201)


class OneProviderRecord(ApiView):
    """One record."""

    kept_by = "exchanges.keep_duties"
    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="provider_records_read", responses=ProviderRecordSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return answer(find_record(request.user, reference), request)


class ProviderRecordEnd(ApiView):
    """Say that a record no longer counts."""

    kept_by = "exchanges.keep_duties"
    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="provider_records_end", request=RecordEndSerializer, responses=ProviderRecordSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row, version = find_record(request.user, reference), self.sent_version()
        values = self.checked(RecordEndSerializer())
        done = services.end_record(row, **values, actor=request.user, at=timezone.now(), version=version)
        return answer(done, request)
