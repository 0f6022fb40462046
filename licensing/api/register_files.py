"""The daily files of the register and their data dictionary, for programs."""

from typing import Any

from django.http import FileResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import not_found
from core.api.serializers import NamesSerializer
from core.api.views import PublicView
from core.http import stored_file
from licensing.models import RegisterFile
from licensing.models.register_files import FORMATS, MEDIA_TYPES
from licensing.services import dictionary, find_register_file


class RegisterFileSerializer(serializers.Serializer[Any]):
    """The whole published register as it stood on a day."""

    name = serializers.CharField()
    day = serializers.DateField()
    format = serializers.ChoiceField(choices=list(FORMATS))
    schema = serializers.IntegerField(help_text="Version of the columns.")
    rows = serializers.IntegerField()
    size = serializers.IntegerField(help_text="Bytes.")
    sha256 = serializers.CharField()
    made_at = serializers.DateTimeField()
    url = serializers.CharField(help_text="Where the file lies; no key is needed.")


class RegisterColumnSerializer(serializers.Serializer[Any]):
    """A column: what it means and where it comes from, in three languages."""

    name = serializers.CharField()
    type = serializers.CharField()
    type_words = NamesSerializer()
    meaning = NamesSerializer()
    source = NamesSerializer()  # type: ignore[assignment]  # the field's name; DRF reads it from the declaration
    mica_column = serializers.CharField(allow_null=True, help_text="Of the interim MiCA register of ESMA.")
    mica_same = serializers.BooleanField(allow_null=True, help_text="False where ours is not quite the same thing.")


class RegisterDictionarySerializer(serializers.Serializer[Any]):
    """Every column and every code of the files."""

    schema = serializers.IntegerField()
    columns = RegisterColumnSerializer(many=True)
    codes = serializers.DictField(child=serializers.DictField(), help_text="By column, then by code: words.")


def file_body(row: RegisterFile, request: Request) -> dict[str, Any]:
    same = ("name", "day", "format", "schema", "rows", "size", "sha256", "made_at")
    address = request.build_absolute_uri(reverse("api-register-file", args=[row.name]))
    return {**{name: getattr(row, name) for name in same}, "url": address}


class RegisterFiles(PublicView):
    """The files of the register, the newest first."""

    @extend_schema(
        operation_id="register_files_list", parameters=PAGE_PARAMETERS, responses=page_of(RegisterFileSerializer)
    )
    def get(self, request: Request) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([file_body(row, request) for row in page.cut(RegisterFile.objects.all())]))


class RegisterFileContent(PublicView):
    """One file."""

    throttle_scope = "upload"

    @extend_schema(operation_id="register_files_content", responses={(200, "text/csv"): OpenApiTypes.BINARY})
    def get(self, request: Request, name: str) -> FileResponse:
        row = find_register_file(name)
        if row is None:
            raise not_found()
        return stored_file(row.path, row.name, MEDIA_TYPES[row.format], row.sha256)


class RegisterDictionary(PublicView):
    """The data dictionary of the files."""

    @extend_schema(operation_id="register_dictionary", responses=RegisterDictionarySerializer)
    def get(self, request: Request) -> Response:
        return Response(dictionary())
