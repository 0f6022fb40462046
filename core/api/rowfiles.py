"""Files of rows by API: send one, watch it, read its faults, have it taken."""

from typing import Any, ClassVar

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core import services
from core.api.parsers import UploadParser
from core.api.problems import not_found
from core.api.views import ApiView, KeyRequest, repeatable
from core.api.webhooks import NothingSerializer
from core.days import told
from core.models import RowFault, RowFile
from core.models.rowfiles import STANDINGS

FAULTS = 1_000  # in one answer


class RowFileParser(UploadParser):
    """A file of rows, which may be larger than a document."""

    @property
    def limit(self) -> int:
        return int(settings.ROW_FILE_LIMIT)


class RowFaultSerializer(serializers.Serializer[Any]):
    """One fault of a file, by row and column."""

    row = serializers.IntegerField(help_text="From 1, as a spreadsheet counts; 0 is the file as a whole.")
    column = serializers.CharField(allow_blank=True, help_text="Name of the column.")
    letter = serializers.CharField(allow_blank=True, help_text="Letters of the column, as in a spreadsheet.")
    code = serializers.CharField()
    message = serializers.CharField()
    severity = serializers.ChoiceField(choices=["error", "warning"])


class RowFileSerializer(serializers.Serializer[Any]):
    """A file of rows: how far it is, and what is wrong with it."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    name = serializers.CharField()
    organisation = serializers.CharField(allow_null=True, help_text="BIN or IIN.")
    options = serializers.DictField()
    sha256 = serializers.CharField()
    size = serializers.IntegerField()
    state = serializers.ChoiceField(choices=list(STANDINGS))
    progress = serializers.IntegerField(min_value=0, max_value=100, help_text="Per cent.")
    rows = serializers.IntegerField()
    faults = serializers.IntegerField(help_text="All that were found.")
    warnings = serializers.IntegerField()
    columns_passed_over = serializers.ListField(child=serializers.CharField())
    sent_at = serializers.DateTimeField()
    checked_at = serializers.DateTimeField(allow_null=True)
    taken_at = serializers.DateTimeField(allow_null=True)
    digest = serializers.CharField(allow_blank=True, help_text="SHA-256 over the values of all rows.")
    made = serializers.CharField(allow_blank=True, help_text="Reference of what was made of it.")
    found = RowFaultSerializer(many=True, help_text="The first thousand, by row.")


def row_fault_body(fault: RowFault) -> dict[str, Any]:
    return {
        "row": fault.row,
        "column": fault.column,
        "letter": fault.letter,
        "code": fault.code,
        "message": fault.told(told),
        "severity": fault.severity,
    }


def row_file_body(file: RowFile) -> dict[str, Any]:
    return {
        "id": file.pk,
        "kind": file.kind,
        "name": file.name,
        "organisation": file.organisation.identifier if file.organisation else None,
        "options": file.options,
        "sha256": file.sha256,
        "size": file.size,
        "state": file.standing,
        "progress": file.progress,
        "rows": file.rows,
        "faults": file.faults,
        "warnings": file.warnings,
        "columns_passed_over": file.passed_over,
        "sent_at": file.uploaded_at,
        "checked_at": file.checked_at,
        "taken_at": file.taken_at,
        "digest": file.digest,
        "made": file.made,
        "found": [row_fault_body(one) for one in file.found.all()[:FAULTS]],
    }


def find_row_file(request: KeyRequest, pk: int) -> RowFile:
    found = RowFile.objects.visible_to(request.user).select_related("organisation").filter(pk=pk).first()
    if found is None:
        raise not_found()
    return found


def accepted(request: KeyRequest, file: RowFile) -> Response:
    """The answer to who sent a file: 202 and where to watch it."""
    location = request.build_absolute_uri(f"/api/v1/row-files/{file.pk}/")
    return Response(row_file_body(file), status=202, headers={"Location": location, "Retry-After": "2"})


class OneRowFile(ApiView):
    """How far a file is, and its faults by row and column."""

    @extend_schema(operation_id="row_files_read", responses=RowFileSerializer)
    def get(self, request: KeyRequest, pk: int) -> Response:
        file = find_row_file(request, pk)
        return Response(row_file_body(file), headers={"Retry-After": "2"} if file.is_working else None)


class RowFileTaking(ApiView):
    """Have a file taken that has no faults: all rows or none."""

    acts: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="row_files_take", request=NothingSerializer, responses={202: RowFileSerializer})
    @repeatable
    def post(self, request: KeyRequest, pk: int) -> Response:
        self.checked(NothingSerializer())
        file = services.take_row_file(find_row_file(request, pk), actor=request.user, at=timezone.now())
        return accepted(request, file)
