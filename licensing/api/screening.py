"""Screening lists for officials of their authority: the versions, their entries, a name looked for, another import."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import not_found
from core.api.rowfiles import RowFileParser, RowFileSerializer, accepted
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import RowFile, User
from core.services import Upload, require
from licensing.models import ScreeningList
from licensing.models.screening import ScreeningEntry
from licensing.screening_serializers import (
    LookedUpSerializer,
    LookUpSerializer,
    NewScreeningListSerializer,
    ScreeningEntrySerializer,
    ScreeningListSerializer,
)
from licensing.services.screening import THRESHOLD, Match, screen
from licensing.services.screening_rows import SCREENING, send_screening_list

KEEP = "licensing.keep_screening"
SHOWN = 50  # entries that a name may mean
FILTERS = [
    OpenApiParameter("code", str, description="What the versions of one list have in common."),
    OpenApiParameter("current", str, enum=["true", "false"], description="The newest versions alone, or the others."),
]


def list_body(row: ScreeningList) -> dict[str, Any]:
    same = ("reference", "code", "version", "title", "source", "day", "entries_count", "imported_at", "replaced_at")
    return {name: getattr(row, name) for name in same} | {
        "current": row.replaced_at is None,
        "imported_by": row.imported_by.full_name,
        "row_file": row.file_id,
    }


def entry_body(row: ScreeningEntry) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("number", "name", "identifier", "born_on", "country", "reference")}


def found_body(match: Match) -> dict[str, Any]:
    same, score = ("name", "written", "identifier", "born_on", "country", "reference"), match.score
    return {name: getattr(match, name) for name in same} | {
        "list": match.list_reference,
        "list_title": match.list_title,
        "likeness": f"{score.value:.3f}",
        "met": [{"one": pair.one, "other": pair.other, "how": pair.how} for pair in score.met],
        "only_asked": list(score.only_one),
        "only_listed": list(score.only_other),
    }


def lists_of(user: User) -> Any:
    return ScreeningList.objects.visible_to(user).select_related("imported_by")


def find_list(user: User, reference: str) -> ScreeningList:
    found: ScreeningList | None = lists_of(user).filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


class ScreeningLists(ApiView):
    """All versions of the lists of one's authority, the newest first."""

    kept_by = KEEP

    @extend_schema(
        operation_id="screening_lists_list",
        parameters=FILTERS + PAGE_PARAMETERS,
        responses=page_of(ScreeningListSerializer),
    )
    def get(self, request: KeyRequest) -> Response:
        rows, asked = lists_of(request.user), request.query_params
        if code := asked.get("code", "").strip().lower():
            rows = rows.filter(code=code[:60])
        if current := asked.get("current"):
            known = {"true": True, "false": False}
            rows = rows.filter(replaced_at__isnull=known[current]) if current in known else rows.none()
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([list_body(row) for row in page.cut(rows)]))


class OneScreeningList(ApiView):
    """One version of a list."""

    kept_by = KEEP

    @extend_schema(operation_id="screening_lists_read", responses=ScreeningListSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return Response(list_body(find_list(request.user, reference)))


class ScreeningEntries(ApiView):
    """The entries of a version, by row."""

    kept_by = KEEP

    @extend_schema(
        operation_id="screening_lists_entries",
        parameters=PAGE_PARAMETERS,
        responses=page_of(ScreeningEntrySerializer),
    )
    def get(self, request: KeyRequest, reference: str) -> Response:
        page = KeysetPagination(request, ["number"])
        rows = page.cut(find_list(request.user, reference).entries.all())
        return Response(page.body([entry_body(row) for row in rows]))


class ScreeningLookUp(ApiView):
    """Look for a name in the current lists. It is sent by POST, so that it stands in no address and no log; nothing is
    kept of it, and nothing is decided."""

    kept_by = KEEP

    @extend_schema(operation_id="screening_look_up", request=LookUpSerializer, responses=LookedUpSerializer)
    def post(self, request: KeyRequest) -> Response:
        own = request.user.authority
        if own is None:
            raise PermissionDenied(KEEP)
        found = screen({0: self.checked(LookUpSerializer())["name"]}, own).get(0, [])
        return Response({"threshold": f"{THRESHOLD:.3f}", "results": [found_body(one) for one in found[:SHOWN]]})


class ScreeningFiles(ApiView):
    """A list as a file: it is looked at, its faults are read at row-files/<id>/, and there it is taken."""

    kept_by = KEEP
    acts: ClassVar = frozenset({"POST"})
    throttle_scope = "upload"
    parser_classes = (RowFileParser,)

    @extend_schema(
        operation_id="screening_lists_upload",
        request={"multipart/form-data": NewScreeningListSerializer},
        responses={202: RowFileSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        own = request.user.authority
        require(request.user, "licensing.import_screening", RowFile(kind=SCREENING, authority=own))
        given = self.checked(NewScreeningListSerializer())
        file = given.pop("file")
        if own is None:
            raise PermissionDenied("licensing.import_screening")
        upload = Upload(file.name, file.file, file.size)
        return accepted(request, send_screening_list(upload, own, **given, actor=request.user, at=timezone.now()))
