"""Who opened an organisation's documents: when, in what role; no names."""

from typing import Any

from django.db.models import F
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import not_found
from core.api.views import ApiView, KeyRequest
from core.models import Access, Document
from core.models.base import PARTY, PUBLIC


class OpeningSerializer(serializers.Serializer[Any]):
    """One opening of a document: of which case, which document, when, by somebody of which role and body."""

    at = serializers.DateTimeField()
    reference = serializers.CharField()
    document = serializers.IntegerField()
    role = serializers.CharField()
    body = serializers.CharField(allow_null=True, help_text="Code of the authority; null for an applicant or firm.")


class Openings(ApiView):
    """Who opened the documents of an organisation that the caller acts for today, newest first."""

    @extend_schema(
        operation_id="organisations_openings", parameters=PAGE_PARAMETERS, responses=page_of(OpeningSerializer)
    )
    def get(self, request: KeyRequest, identifier: str) -> Response:
        organisation = request.user.organisations().filter(identifier=identifier).first()
        if organisation is None:
            raise not_found()
        papers = Document.objects.filter(organisation=organisation, audience__in=(PARTY, PUBLIC))
        rows = Access.objects.filter(subject_type=Document._meta.label_lower, subject_id__in=papers.values("pk"))
        page = KeysetPagination(request, ["-id"])
        told = rows.values(
            "id", "at", "reference", document=F("subject_id"), role=F("user__role"), body=F("user__authority__code")
        )
        found = page.cut(told)
        return Response(page.body([{name: row[name] for name in row if name != "id"} for row in found]))
