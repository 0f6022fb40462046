"""Classes of digital assets as officials find them: the list, one with its checklist and evidence, and the acts."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.parsers import UploadParser
from core.api.problems import ApiRefusal, not_found, provision_body, say
from core.api.views import ApiView, KeyRequest, repeatable
from core.models import Document, User
from core.services import Upload, require
from exchanges import services
from exchanges.models import AssetAssessment
from exchanges.models.classes import AssetItem
from exchanges.serializers.classes import (
    AnswerAssetClassSerializer,
    AssetClassSerializer,
    AssetEvidenceSerializer,
    NewAssetClassSerializer,
    ReasonOfClassSerializer,
    WholeAssetClassSerializer,
)
from exchanges.services.classes import PREPARE
from law import assets
from law.checklists import NOT_APPLICABLE
from law.problems import Problem, _
from licensing.api.bodies import document_body
from licensing.api.papers import FILES, FileView, send_file
from licensing.serializers import DocumentSerializer
from licensing.services.checklists import EVIDENCE

CONTENT, KEEP = "api-asset-class-content", "exchanges.keep_classes"
FILTERS = [
    OpenApiParameter("q", {"type": "string", "maxLength": 200}, description="Its number, or words of asset or issuer."),
    OpenApiParameter("asset_class", str, enum=list(assets.CLASSES)),
]
Papers = Mapping[str, list[dict[str, Any]]]


def line_body(row: AssetAssessment) -> dict[str, Any]:
    same = ("reference", "version", "state", "asset", "issuer", "on")
    return {name: getattr(row, name) for name in same} | {
        "state_label": say(row.WORKFLOW.state(row.state).label),
        "asset_class": row.asset_class or None,
        "asset_class_label": say(assets.CLASSES[row.asset_class]) if row.asset_class else None,
        "dfa_kind": row.kind,
    }


def item_body(item: AssetItem, papers: Papers) -> dict[str, Any]:
    fitting = [one for one in assets.ANSWERS if one != NOT_APPLICABLE or assets.may_be_set_aside(item.code)]
    return {
        "code": item.code,
        "part": item.part,
        "part_label": say(assets.PARTS[item.part]),
        "text": say(item.text),
        "provision": provision_body(item.ground or None),
        "doubt": say(item.doubt),
        "answers": fitting,
        "answer": item.answer or None,
        "evidence": item.evidence,
        "documents": papers.get(item.code, []),
    }


def papers_by_item(row: AssetAssessment, request: KeyRequest) -> Papers:
    """The files by the item of which they are; those of the whole under an empty code."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in files_of(row, request.user):
        code = one.kind.removeprefix(EVIDENCE).removeprefix(":")
        found.setdefault(code, []).append(document_body(one, request, row.reference, CONTENT))
    return found


def whole_body(row: AssetAssessment, request: KeyRequest) -> dict[str, Any]:
    papers = papers_by_item(row, request)
    return {
        **line_body(row),
        "checklist_since": row.standard,
        "summary": row.summary,
        "items": [item_body(item, papers) for item in row.items.all()],
        "documents": papers.get("", []),
        "provision": provision_body(row.ground or None),
        "doubts": [say(text) for text in row.doubts],
        "prepared_by": row.prepared_by.full_name,
        "signed_by": row.signed_by.full_name if row.signed_by else None,
        "signed_at": row.signed_at,
    }


def find_class(user: User, reference: str) -> AssetAssessment:
    rows = AssetAssessment.objects.visible_to(user).select_related("authority", "prepared_by", "signed_by")
    found = rows.prefetch_related("items").filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def files_of(row: AssetAssessment, user: User) -> Any:
    return Document.objects.of(row).current().visible_to(user).order_by("id")


def find_file(row: AssetAssessment, user: User, pk: int) -> Document:
    found: Document | None = files_of(row, user).filter(pk=pk).first()
    if found is None:
        raise not_found()
    return found


def whole(request: KeyRequest, reference: str, status: int = 200) -> Response:
    row = find_class(request.user, reference)
    headers = {"ETag": f'"{row.version}"'}
    if status == 201:
        headers["Location"] = request.build_absolute_uri(f"/api/v1/asset-classes/{row.reference}/")
    return Response(whole_body(row, request), status=status, headers=headers)


class AssetClasses(ApiView):
    """What one's authority assessed, the newest first; and the way to begin another one."""

    kept_by = KEEP
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="asset_classes_list", parameters=FILTERS + PAGE_PARAMETERS, responses=page_of(AssetClassSerializer)
    )
    def get(self, request: KeyRequest) -> Response:
        rows, asked = AssetAssessment.objects.visible_to(request.user), request.query_params
        if chosen := asked.get("asset_class"):
            rows = rows.filter(asset_class=chosen) if chosen in assets.CLASSES else rows.none()
        if text := asked.get("q", "").strip()[:200]:
            rows = rows.found_by(text)
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([line_body(row) for row in page.cut(rows)]))

    @extend_schema(
        operation_id="asset_classes_open", request=NewAssetClassSerializer, responses={201: WholeAssetClassSerializer}
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        own = request.user.authority
        if own is None:
            raise PermissionDenied(PREPARE)
        require(request.user, PREPARE, AssetAssessment(authority=own))
        given = self.checked(NewAssetClassSerializer())
        return whole(request, services.open_class(own, **given, actor=request.user, at=timezone.now()).reference, 201)


class OneAssetClass(ApiView):
    """One assessment."""

    kept_by = KEEP
    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="asset_classes_read", responses=WholeAssetClassSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        return whole(request, reference)


class ClassAct(ApiView):
    """What every act on an assessment shares."""

    kept_by = KEEP
    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    def done(self, request: KeyRequest, row: AssetAssessment, service: Any, **given: Any) -> Response:
        service(row, **given, actor=request.user, at=timezone.now(), version=self.sent_version())
        return whole(request, row.reference)


def item_faults(row: AssetAssessment, items: Iterable[Mapping[str, Any]]) -> list[Problem]:
    """Items that the checklist has not, and items that are answered twice."""
    known, seen, faults = {item.code for item in row.items.all()}, set[str](), list[Problem]()
    for number, one in enumerate(items):
        field = f"items.{number}.code"
        if one["code"] not in known:
            faults.append(Problem("evidence-item", _("The checklist has no such item."), field=field))
        elif one["code"] in seen:
            message = _("The item is answered twice: %(code)s.")
            faults.append(Problem("item-twice", message, {"code": one["code"]}, field=field))
        seen.add(one["code"])
    return faults


class ClassAnswers(ClassAct):
    """Answer the checklist, or a part of it."""

    @extend_schema(
        operation_id="asset_classes_answer", request=AnswerAssetClassSerializer, responses=WholeAssetClassSerializer
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row, given = find_class(request.user, reference), self.checked(AnswerAssetClassSerializer())
        if faults := item_faults(row, given["items"]):
            raise ApiRefusal(400, *faults)
        parts = {
            name: {one["code"]: one[part] for one in given["items"] if part in one}
            for name, part in (("answers", "answer"), ("evidence", "evidence"))
        }
        return self.done(request, row, services.answer_class, **parts, summary=given.get("summary", row.summary))


class ClassProposal(ClassAct):
    """Propose the class to a head who had no hand in it."""

    @extend_schema(operation_id="asset_classes_propose", request=None, responses=WholeAssetClassSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        return self.done(request, find_class(request.user, reference), services.propose_class)


class ClassSignature(ClassAct):
    """Sign the class off, as a head who had no hand in it."""

    @extend_schema(operation_id="asset_classes_sign", request=None, responses=WholeAssetClassSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        return self.done(request, find_class(request.user, reference), services.sign_class)


class ClassReturn(ClassAct):
    """Send it back to who prepares it."""

    @extend_schema(
        operation_id="asset_classes_send_back", request=ReasonOfClassSerializer, responses=WholeAssetClassSerializer
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row = find_class(request.user, reference)
        return self.done(request, row, services.send_back_class, **self.checked(ReasonOfClassSerializer()))


class ClassDrop(ClassAct):
    """End it without a class."""

    @extend_schema(
        operation_id="asset_classes_drop", request=ReasonOfClassSerializer, responses=WholeAssetClassSerializer
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row = find_class(request.user, reference)
        return self.done(request, row, services.drop_class, **self.checked(ReasonOfClassSerializer()))


class ClassPapers(ApiView):
    """Add a paper that shows what was seen."""

    kept_by = KEEP
    acts: ClassVar = frozenset({"POST"})
    throttle_scope = "upload"
    parser_classes = (UploadParser,)

    @extend_schema(
        operation_id="asset_classes_papers_upload",
        request={"multipart/form-data": AssetEvidenceSerializer},
        responses={201: DocumentSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row, given = find_class(request.user, reference), self.checked(AssetEvidenceSerializer())
        version = self.sent_version() if "If-Match" in request.headers else None
        upload = Upload(given["file"].name, given["file"].file, given["file"].size)
        more: dict[str, Any] = {"actor": request.user, "at": timezone.now(), "version": version}
        document = services.attach_to_class(row, upload, item=given["item"], **more)
        return Response(document_body(document, request, reference, CONTENT), status=201)


class OneClassPaper(ApiView):
    """Take a paper off while the class is being prepared."""

    kept_by = KEEP
    if_match: ClassVar = frozenset({"DELETE"})
    acts: ClassVar = frozenset({"DELETE"})

    @extend_schema(operation_id="asset_classes_papers_remove", responses={204: None})
    def delete(self, request: KeyRequest, reference: str, pk: int) -> Response:
        row = find_class(request.user, reference)
        document, version = find_file(row, request.user, pk), self.sent_version()
        services.remove_from_class(document, row, actor=request.user, at=timezone.now(), version=version)
        return Response(status=204)


class ClassPaperContent(FileView):
    """The paper itself."""

    kept_by = KEEP

    @extend_schema(operation_id="asset_classes_papers_content", responses=FILES)
    def get(self, request: KeyRequest, reference: str, pk: int) -> FileResponse:
        return send_file(find_file(find_class(request.user, reference), request.user, pk), request)
