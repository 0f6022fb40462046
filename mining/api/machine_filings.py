"""Applications about machines by API: watch one, take it back, answer it as the new owner, decide it."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.fields import StrictSerializer
from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import say
from core.api.views import KeyRequest, repeatable
from core.models import RowFile
from licensing.serializers import EmptySerializer
from mining import services
from mining.api.bodies import MACHINES_PAGE, MiningView, found_or_404, machine_body
from mining.models import MachineFiling
from mining.models.machines import ACTS
from mining.workflow import MACHINES as TABLE


class MachineFilingSerializer(serializers.Serializer[Any]):
    """An application about machines."""

    reference = serializers.CharField()
    act = serializers.ChoiceField(choices=list(ACTS))
    state = serializers.ChoiceField(choices=[state.name for state in TABLE.states])
    state_label = serializers.CharField()
    version = serializers.IntegerField()
    organisation = serializers.CharField(help_text="BIN or IIN.")
    machines = serializers.IntegerField()
    to_owner = serializers.CharField(allow_null=True)
    to_centre = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    filed_on = serializers.DateField()
    consented_on = serializers.DateField(allow_null=True, help_text="Day on which the new owner agreed.")
    consent_paper = serializers.CharField(allow_blank=True, help_text="Where an officer recorded it: the paper.")
    due_on = serializers.DateField(allow_null=True)
    decided_on = serializers.DateField(allow_null=True)
    answer = serializers.CharField(allow_blank=True)
    digest = serializers.CharField()


class MachineDecisionSerializer(StrictSerializer):
    """What an officer decides."""

    outcome = serializers.ChoiceField(choices=["grant", "refuse"])
    answer = serializers.CharField(max_length=10_000, required=False, allow_blank=True, default="")


class TransferAnswerSerializer(StrictSerializer):
    """What the new owner says."""

    outcome = serializers.ChoiceField(choices=["confirm", "decline"])
    reason = serializers.CharField(
        max_length=2_000, required=False, allow_blank=True, default="", help_text="Of who declines."
    )


class TransferConsentSerializer(StrictSerializer):
    """The paper that an officer records."""

    paper = serializers.CharField(max_length=2_000, help_text="Its kind, number and day, and who signed it.")


def filing_body(row: MachineFiling) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "act": row.act,
        "state": row.state,
        "state_label": say(TABLE.state(row.state).label),
        "version": row.version,
        "organisation": row.organisation.identifier,
        "machines": row.machines,
        "to_owner": row.to_owner.identifier if row.to_owner else None,
        "to_centre": row.to_centre.reference if row.to_centre else None,
        "reason": row.reason,
        "filed_on": row.filed_on,
        "consented_on": row.consented_on,
        "consent_paper": row.consent_paper,
        "due_on": row.due_on,
        "decided_on": row.decided_on,
        "answer": row.answer,
        "digest": row.digest,
    }


def filings(request: KeyRequest) -> Any:
    return MachineFiling.objects.visible_to(request.user).select_related("organisation", "to_owner", "to_centre")


def filing_answer(request: KeyRequest, file: RowFile) -> Response:
    """The application that a request made, or that the same request had made before."""
    row = found_or_404(filings(request), reference=file.made)
    location = request.build_absolute_uri(f"/api/v1/machine-filings/{row.reference}/")
    return Response(filing_body(row), status=201, headers={"Location": location, "ETag": f'"{row.version}"'})


class MachineFilings(MiningView):
    """Applications about machines, the newest first."""

    @extend_schema(
        operation_id="machine_filings_list", parameters=PAGE_PARAMETERS, responses=page_of(MachineFilingSerializer)
    )
    def get(self, request: KeyRequest) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([filing_body(row) for row in page.cut(filings(request))]))


class OneFiling(MiningView):
    """One application, and what was decided."""

    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="machine_filings_read", responses=MachineFilingSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        row = found_or_404(filings(request), reference=reference)
        return Response(filing_body(row), headers={"ETag": f'"{row.version}"'})


class FilingWithdrawal(MiningView):
    """Take an application back before it is decided."""

    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(operation_id="machine_filings_withdraw", request=EmptySerializer, responses=MachineFilingSerializer)
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row, version = found_or_404(filings(request), reference=reference), self.sent_version()
        self.checked(EmptySerializer())
        services.withdraw_machines(row, actor=request.user, at=timezone.now(), version=version)
        done = found_or_404(filings(request), reference=reference)
        return Response(filing_body(done), headers={"ETag": f'"{done.version}"'})


class FilingDecision(MiningView):
    """Do as asked or refuse; for an officer who did not file it himself."""

    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="machine_filings_decide", request=MachineDecisionSerializer, responses=MachineFilingSerializer
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row, version = found_or_404(filings(request), reference=reference), self.sent_version()
        values = self.checked(MachineDecisionSerializer())
        services.decide_machines(row, **values, actor=request.user, at=timezone.now(), version=version)
        done = found_or_404(filings(request), reference=reference)
        return Response(filing_body(done), headers={"ETag": f'"{done.version}"'})


class OneFilingMachines(MiningView):
    """The machines of an application, for whoever sees it: the new owner too, before he answers."""

    @extend_schema(
        operation_id="machine_filings_machines",
        parameters=PAGE_PARAMETERS,
        responses=MACHINES_PAGE,
    )
    def get(self, request: KeyRequest, reference: str) -> Response:
        rows = services.machines_of(found_or_404(filings(request), reference=reference))
        page = KeysetPagination(request, ["id"])
        found = page.cut(rows.select_related("centre", "owner", "licence", "filing"))
        return Response(page.body([machine_body(row) for row in found]))


class TransferAnswer(MiningView):
    """The new owner takes the machines over, or declines them and so ends the application."""

    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="machine_filings_answer", request=TransferAnswerSerializer, responses=MachineFilingSerializer
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row, version = found_or_404(filings(request), reference=reference), self.sent_version()
        values = self.checked(TransferAnswerSerializer())
        acting: dict[str, Any] = {"actor": request.user, "at": timezone.now(), "version": version}
        if values["outcome"] == "confirm":
            services.confirm_transfer(row, **acting)
        else:
            services.decline_transfer(row, reason=values["reason"], **acting)
        done = found_or_404(filings(request), reference=reference)
        return Response(filing_body(done), headers={"ETag": f'"{done.version}"'})


class TransferConsent(MiningView):
    """An officer records the paper by which both owners agree."""

    if_match: ClassVar = frozenset({"POST"})
    acts: ClassVar = frozenset({"POST"})
    versioned: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="machine_filings_consent", request=TransferConsentSerializer, responses=MachineFilingSerializer
    )
    @repeatable
    def post(self, request: KeyRequest, reference: str) -> Response:
        row, version = found_or_404(filings(request), reference=reference), self.sent_version()
        values = self.checked(TransferConsentSerializer())
        services.record_consent(row, **values, actor=request.user, at=timezone.now(), version=version)
        done = found_or_404(filings(request), reference=reference)
        return Response(filing_body(done), headers={"ETag": f'"{done.version}"'})
