"""What several endpoints of mining share: whose, by whom, and the answers that they give."""

from typing import Any, ClassVar

from rest_framework import serializers

from core.api.pagination import page_of
from core.api.problems import ApiRefusal, not_found
from core.api.views import ApiView, KeyRequest
from core.models import Authority, Organisation
from law.problems import Problem, _
from mining.models import Machine
from mining.services.keeping import authority_of

ROWS = 2_000  # in one request; more come as a file


class MiningView(ApiView):
    """For parties and for officials of mining's authority."""

    kept_by: ClassVar[str] = "mining.keep_registers"


class OrganisationField(serializers.CharField):
    """The BIN or IIN of an organisation for which the caller acts."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=12, help_text="BIN or IIN.", **options)


class UploadedRowsSerializer(serializers.Serializer[Any]):
    """A file of rows, CSV or XLSX."""

    organisation = OrganisationField()
    file = serializers.FileField(allow_empty_file=True)
    take = serializers.BooleanField(
        required=False, default=False, help_text="Take it at once when it has no faults; else it is only looked at."
    )


class RegisteredMachineSerializer(serializers.Serializer[Any]):
    """One machine in the register."""

    number = serializers.CharField()
    state = serializers.ChoiceField(choices=["asked", "registered", "out", "refused"])
    manufacturer = serializers.CharField()
    model = serializers.CharField()
    serial = serializers.CharField()
    hash_rate = serializers.CharField(help_text="TH/s")
    power = serializers.CharField(help_text="kW")
    centre = serializers.CharField()
    owner = serializers.CharField(help_text="BIN or IIN.")
    licence = serializers.CharField(allow_null=True)
    filing = serializers.CharField(help_text="The application that entered it.")
    included_on = serializers.DateField(allow_null=True)
    excluded_on = serializers.DateField(allow_null=True)
    exclusion_reason = serializers.CharField(allow_blank=True)


MACHINES_PAGE = page_of(RegisteredMachineSerializer)


def keeper(request: KeyRequest) -> Authority:
    return authority_of(request.user)


def own_organisation(request: KeyRequest, identifier: str) -> Organisation:
    """An organisation that the caller acts for; an official may name any.

    Raises:
        ApiRefusal: 400 where there is none.
    """
    found = Organisation.objects.visible_to(request.user).filter(identifier=identifier).first()
    if found is None:
        message = _("You act for no organisation with this BIN or IIN.")
        raise ApiRefusal(400, Problem("organisation-unknown", message, field="organisation"))
    return found


def found_or_404(rows: Any, **which: Any) -> Any:
    row = rows.filter(**which).first()
    if row is None:
        raise not_found()
    return row


def amount(value: Any) -> str:
    """An amount as text, without the zeros behind it."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def machine_body(row: Machine) -> dict[str, Any]:
    return {
        "number": row.number,
        "state": row.standing,
        "manufacturer": row.manufacturer,
        "model": row.model,
        "serial": row.serial,
        "hash_rate": amount(row.hash_rate),
        "power": amount(row.power),
        "centre": row.centre.reference,
        "owner": row.owner.identifier,
        "licence": row.licence.number if row.licence else None,
        "filing": row.filing.reference,
        "included_on": row.included_on,
        "excluded_on": row.excluded_on,
        "exclusion_reason": row.exclusion_reason,
    }
