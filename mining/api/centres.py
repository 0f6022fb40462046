"""Data centres: one's own for owners, those of the authority for officials; the published ones for everybody."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.pagination import PAGE_PARAMETERS, KeysetPagination, page_of
from core.api.problems import not_found, provision_body, say
from core.api.serializers import NamesSerializer, ProvisionSerializer
from core.api.views import KeyRequest, PublicView
from core.regions import REGIONS, ZONES
from law import standards
from mining.api.bodies import MiningView
from mining.models import SOURCES, Assessment, AssessmentItem, DataCentre, Hosting
from mining.services.machines import read_totals, with_machines
from mining.workflow import CENTRE

FILTERS = [
    OpenApiParameter("q", {"type": "string", "maxLength": 200}, description="Words of number, name or owner."),
    OpenApiParameter("region", str, enum=list(REGIONS), description="ISO 3166-2."),
    OpenApiParameter("zone", str, enum=list(ZONES)),
]


class SharesSerializer(serializers.Serializer[Any]):
    """The share of each source in the electricity; together 1."""

    grid = serializers.DecimalField(max_digits=5, decimal_places=4)
    own_generation = serializers.DecimalField(max_digits=5, decimal_places=4)
    renewable = serializers.DecimalField(max_digits=5, decimal_places=4)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        fields["import"] = serializers.DecimalField(max_digits=5, decimal_places=4)  # a word of Python
        return fields


class OpenCentreSerializer(serializers.Serializer[Any]):
    """A data centre as everybody may see it. Number and address of an owner who is a person are left out."""

    reference = serializers.CharField()
    name = serializers.CharField()
    owner = NamesSerializer()
    identifier = serializers.CharField(allow_null=True)
    address = serializers.CharField(allow_null=True)
    region = serializers.ChoiceField(choices=list(REGIONS))
    zone = serializers.ChoiceField(choices=list(ZONES))
    megawatts = serializers.DecimalField(max_digits=9, decimal_places=3)
    sources = SharesSerializer()
    state = serializers.ChoiceField(choices=[one.name for one in CENTRE.states])
    state_label = serializers.CharField()
    opened_on = serializers.DateField(allow_null=True)
    closed_on = serializers.DateField(allow_null=True)


class RegisteredCentreSerializer(OpenCentreSerializer):
    """A data centre of the public register, with the figures of the machines registered in it."""

    machines = serializers.IntegerField()
    hash_rate = serializers.CharField(help_text="TH/s")
    machine_power = serializers.CharField(help_text="kW")


class CentreSerializer(OpenCentreSerializer):
    """A data centre for its owner and its authority."""

    version = serializers.IntegerField()
    cells = serializers.IntegerField(allow_null=True)
    grid_connection = serializers.CharField(allow_blank=True)
    grid_megawatts = serializers.DecimalField(max_digits=9, decimal_places=3, allow_null=True)
    latitude = serializers.DecimalField(max_digits=8, decimal_places=6, allow_null=True)
    longitude = serializers.DecimalField(max_digits=9, decimal_places=6, allow_null=True)
    published = serializers.BooleanField()


class LettingSerializer(serializers.Serializer[Any]):
    """What a licence holder uses of a centre; `until` is the last day."""

    licence = serializers.CharField()
    holder = NamesSerializer()
    megawatts = serializers.DecimalField(max_digits=9, decimal_places=3)
    cells = serializers.IntegerField(allow_null=True)
    since = serializers.DateField()
    until = serializers.DateField(allow_null=True)


class OneCentreSerializer(CentreSerializer):
    """With who is hosted in it."""

    lettings = LettingSerializer(many=True)


class ItemSerializer(serializers.Serializer[Any]):
    """One item of the checklist. `doubt`: what is not certain of its rule, in words."""

    code = serializers.CharField()
    text = serializers.CharField()
    of_definition = serializers.BooleanField()
    answer = serializers.ChoiceField(choices=list(standards.ANSWERS), allow_blank=True)
    evidence = serializers.CharField(allow_blank=True)
    doubt = serializers.CharField(allow_blank=True)
    provision = ProvisionSerializer()


class AssessmentSerializer(serializers.Serializer[Any]):
    """An assessment against the checklist in force on its day. Owners see those signed off."""

    reference = serializers.CharField()
    state = serializers.CharField()
    assessed_on = serializers.DateField()
    standard = serializers.DateField(help_text="First day of the checklist.")
    outcome = serializers.ChoiceField(choices=list(standards.RESULTS), allow_blank=True)
    outcome_label = serializers.CharField(allow_blank=True)
    measured_megawatts = serializers.DecimalField(max_digits=9, decimal_places=3, allow_null=True)
    summary = serializers.CharField(allow_blank=True)
    signed_at = serializers.DateTimeField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    items = ItemSerializer(many=True)


class AssessmentListSerializer(serializers.Serializer[Any]):
    """All of one centre, newest first."""

    results = AssessmentSerializer(many=True)


def open_body(row: DataCentre) -> dict[str, Any]:
    return row.open_facts() | {
        "sources": {code: str(getattr(row, f"{code}_share")) for code in SOURCES},
        "state_label": say(CENTRE.state(row.state).applicant_label),
    }


def published() -> Any:
    """What the public sees, with the figures of the machines."""
    return with_machines(DataCentre.objects.published().select_related("owner"), "centre")


def register_body(row: Any) -> dict[str, Any]:
    totals = read_totals(row)
    figures = {"hash_rate": f"{totals.hash_rate:f}", "machine_power": f"{totals.power:f}"}
    return open_body(row) | {"machines": totals.machines, **figures}


def told(number: Any) -> str | None:
    return None if number is None else str(number)


def centre_body(row: DataCentre) -> dict[str, Any]:
    return open_body(row) | {
        "identifier": row.owner.identifier,
        "address": row.address,
        "version": row.version,
        "cells": row.cells,
        "grid_connection": row.grid_connection,
        "grid_megawatts": told(row.grid_megawatts),
        "latitude": told(row.latitude),
        "longitude": told(row.longitude),
        "published": row.published,
    }


def letting_body(row: Hosting) -> dict[str, Any]:
    return {
        "licence": row.licence.number,
        "holder": row.licence.organisation.names,
        "megawatts": str(row.megawatts),
        "cells": row.cells,
        "since": row.since,
        "until": row.until,
    }


def item_body(item: AssessmentItem) -> dict[str, Any]:
    return {
        "code": item.code,
        "text": say(item.text),
        "of_definition": item.of_definition,
        "answer": item.answer,
        "evidence": item.evidence,
        "doubt": say(item.doubt) if item.doubt else "",
        "provision": provision_body(item.ground),
    }


def assessment_body(row: Assessment) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "state": row.state,
        "assessed_on": row.assessed_on,
        "standard": row.standard,
        "outcome": row.outcome,
        "outcome_label": say(standards.RESULTS[row.outcome]) if row.outcome else "",
        "measured_megawatts": told(row.measured_megawatts),
        "summary": row.summary,
        "signed_at": row.signed_at,
        "previous": row.previous.reference if row.previous else None,
        "items": [item_body(item) for item in row.items.all()],
    }


def narrowed(rows: Any, request: Request) -> Any:
    """By words, region and zone; what is not known finds nothing."""
    asked = request.query_params
    for name, known in (("region", REGIONS), ("zone", ZONES)):
        if value := asked.get(name):
            rows = rows.filter(**{name: value}) if value in known else rows.none()
    return rows.found_by(asked["q"][:200]) if asked.get("q") else rows


def find(request: KeyRequest, reference: str) -> DataCentre:
    found = DataCentre.objects.visible_to(request.user).select_related("owner").filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


class Centres(MiningView):
    """Data centres that the reader may see, newest first."""

    @extend_schema(
        operation_id="data_centres_list", parameters=FILTERS + PAGE_PARAMETERS, responses=page_of(CentreSerializer)
    )
    def get(self, request: KeyRequest) -> Response:
        rows = narrowed(DataCentre.objects.visible_to(request.user).select_related("owner"), request)
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([centre_body(row) for row in page.cut(rows)]))


class OneCentre(MiningView):
    """One data centre with who is hosted in it today and from today on."""

    versioned: ClassVar = frozenset({"GET"})

    @extend_schema(operation_id="data_centres_read", responses=OneCentreSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        row = find(request, reference)
        let = row.hostings.during(timezone.localdate(), None).select_related("licence__organisation")
        body = centre_body(row) | {"lettings": [letting_body(one) for one in let.order_by("since", "id")[:500]]}
        return Response(body, headers={"ETag": f'"{row.version}"'})


class CentreAssessments(MiningView):
    """The assessments of a data centre, the newest 100."""

    @extend_schema(operation_id="data_centres_assessments", responses=AssessmentListSerializer)
    def get(self, request: KeyRequest, reference: str) -> Response:
        rows = Assessment.objects.visible_to(request.user).filter(centre=find(request, reference))
        found = rows.select_related("previous").prefetch_related("items").order_by("-assessed_on", "-id")[:100]
        return Response({"results": [assessment_body(row) for row in found]})


class OpenCentres(PublicView):
    """The public register of data centres, newest first."""

    @extend_schema(
        operation_id="register_centres_list",
        parameters=FILTERS + PAGE_PARAMETERS,
        responses=page_of(RegisteredCentreSerializer),
    )
    def get(self, request: Request) -> Response:
        page = KeysetPagination(request, ["-id"])
        return Response(page.body([register_body(row) for row in page.cut(narrowed(published(), request))]))


class OpenCentre(PublicView):
    """One data centre of the public register."""

    @extend_schema(operation_id="register_centres_read", responses=RegisteredCentreSerializer)
    def get(self, request: Request, reference: str) -> Response:
        row = published().filter(reference=reference).first()
        if row is None:
            raise not_found()
        return Response(register_body(row))
