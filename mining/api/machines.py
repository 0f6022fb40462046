"""The register of mining machines by API: read it, and ask for a change."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.fields import StrictSerializer
from core.api.pagination import PAGE_PARAMETERS, KeysetPagination
from core.api.problems import not_found
from core.api.rowfiles import RowFileParser, RowFileSerializer, accepted
from core.api.views import KeyRequest, repeatable
from core.services import Upload, keep_row_file
from mining import services
from mining.api.bodies import (
    MACHINES_PAGE,
    ROWS,
    MiningView,
    OrganisationField,
    RegisteredMachineSerializer,
    UploadedRowsSerializer,
    found_or_404,
    keeper,
    machine_body,
    own_organisation,
)
from mining.api.machine_filings import MachineFilingSerializer, filing_answer
from mining.models import Machine
from mining.models.machines import EXCLUDE, MOVE, NUMBER, TRANSFER
from mining.services.machine_rows import MACHINES


class MachineRowSerializer(StrictSerializer):
    """One machine to be entered. What is wrong with it is told by row and column."""

    manufacturer = serializers.CharField(max_length=200)
    model = serializers.CharField(max_length=200)
    serial = serializers.CharField(max_length=200)
    hash_rate = serializers.CharField(max_length=60, help_text="TH/s")
    power = serializers.CharField(max_length=60, help_text="kW")
    centre = serializers.CharField(max_length=40, help_text="Number of the data centre.")
    licence = serializers.CharField(max_length=60, required=False, allow_blank=True)


class NewMachinesSerializer(StrictSerializer):
    """Machines that their owner asks to be entered."""

    organisation = OrganisationField()
    machines = MachineRowSerializer(many=True, max_length=ROWS, allow_empty=False)  # type: ignore[call-arg]  # of lists


class MachineChangeSerializer(StrictSerializer):
    """What is asked about machines in the register."""

    organisation = OrganisationField()
    act = serializers.ChoiceField(choices=[EXCLUDE, MOVE, TRANSFER])
    machines = serializers.ListField(
        child=serializers.CharField(max_length=40), max_length=ROWS, allow_empty=False, help_text="HSC-00000012"
    )
    to_centre = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")
    to_owner = serializers.CharField(max_length=12, required=False, allow_blank=True, default="")
    reason = serializers.CharField(max_length=10_000, required=False, allow_blank=True, default="")


class MachineStepSerializer(serializers.Serializer[Any]):
    """A change of a machine."""

    at = serializers.DateTimeField()
    act = serializers.ChoiceField(choices=[EXCLUDE, MOVE, TRANSFER])
    filing = serializers.CharField()
    from_owner = serializers.CharField()
    to_owner = serializers.CharField(allow_null=True)
    from_centre = serializers.CharField()
    to_centre = serializers.CharField(allow_null=True)


class RegisteredMachineWithHistorySerializer(RegisteredMachineSerializer):
    """One machine, and what was changed of it."""

    history = MachineStepSerializer(many=True)


def step_body(step: Any) -> dict[str, Any]:
    filing = step.filing
    return {
        "at": step.done_at,
        "act": filing.act,
        "filing": filing.reference,
        "from_owner": step.from_owner.identifier,
        "to_owner": filing.to_owner.identifier if filing.to_owner else None,
        "from_centre": step.from_centre.reference,
        "to_centre": filing.to_centre.reference if filing.to_centre else None,
    }


class Machines(MiningView):
    """Machines in the register that the caller sees, the newest first; and asking that more be entered, all or none."""

    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="machines_list",
        parameters=[
            *PAGE_PARAMETERS,
            OpenApiParameter("q", OpenApiTypes.STR, description="Serial number or its beginning, or HSC number."),
            OpenApiParameter("centre", OpenApiTypes.STR, description="Number of the data centre."),
        ],
        responses=MACHINES_PAGE,
    )
    def get(self, request: KeyRequest) -> Response:
        rows = Machine.objects.visible_to(request.user).select_related("centre", "owner", "licence", "filing")
        asked = {name: request.query_params.get(name, "").replace("\x00", "").strip() for name in ("q", "centre")}
        if asked["centre"]:
            rows = rows.filter(centre__reference=asked["centre"].upper())
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([machine_body(row) for row in page.cut(rows.found_by(asked["q"]))]))

    @extend_schema(
        operation_id="machines_create", request=NewMachinesSerializer, responses={201: MachineFilingSerializer}
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(NewMachinesSerializer())
        owner = own_organisation(request, values["organisation"])
        rows = [dict(row) for row in values["machines"]]
        acting: dict[str, Any] = {"authority": keeper(request), "actor": request.user, "at": timezone.now()}
        return filing_answer(request, services.enter_machines(owner, rows, **acting))


class MachineFiles(MiningView):
    """Machines as a file: it is looked at, and its faults are read at row-files/<id>/."""

    parser_classes = (RowFileParser,)
    acts: ClassVar = frozenset({"POST"})
    throttle_scope = "upload"

    @extend_schema(
        operation_id="machines_upload",
        request={"multipart/form-data": UploadedRowsSerializer},
        responses={202: RowFileSerializer},
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(UploadedRowsSerializer())
        owner, upload = own_organisation(request, values["organisation"]), values["file"]
        file = keep_row_file(
            MACHINES,
            Upload(upload.name, upload.file, upload.size),
            authority=keeper(request),
            organisation=owner,
            take=values["take"],
            actor=request.user,
            at=timezone.now(),
        )
        return accepted(request, file)


class OneMachine(MiningView):
    """One machine, with what was changed of it."""

    @extend_schema(operation_id="machines_read", responses=RegisteredMachineWithHistorySerializer)
    def get(self, request: KeyRequest, number: str) -> Response:
        known = NUMBER.fullmatch(number)
        if known is None:
            raise not_found()
        rows = Machine.objects.visible_to(request.user).select_related("centre", "owner", "licence", "filing")
        row = found_or_404(rows, pk=int(known[1]))
        history = [step_body(step) for step in services.history_of(row)]
        return Response(machine_body(row) | {"history": history})


class MachineChanges(MiningView):
    """Ask that machines leave the register, move to another centre or pass to another owner; all or none."""

    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="machine_changes_create", request=MachineChangeSerializer, responses={201: MachineFilingSerializer}
    )
    @repeatable
    def post(self, request: KeyRequest) -> Response:
        values = self.checked(MachineChangeSerializer())
        owner = own_organisation(request, values.pop("organisation"))
        acting: dict[str, Any] = {"authority": keeper(request), "actor": request.user, "at": timezone.now()}
        file = services.change_machines(owner, values.pop("machines"), values.pop("act"), **values, **acting)
        return filing_answer(request, file)
