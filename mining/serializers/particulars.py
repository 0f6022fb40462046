"""The particulars of a mining licence as the API and the officer's page show them."""

import ipaddress
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.api.fields import NumberField
from mining.models.particulars import MiningParticulars

LIST_LIMIT = 500


class MachineSerializer(serializers.Serializer[dict[str, Any]]):
    """One line of the list of equipment."""

    model = serializers.CharField(label=_("model"), max_length=100)
    count = serializers.IntegerField(label=_("count"), min_value=1, max_value=1_000_000)
    terahashes = NumberField(label=_("TH/s each"), min_value=0.001, max_value=100_000)
    kilowatts = NumberField(label=_("kW each"), min_value=0.001, max_value=1_000)


class NetworkField(serializers.CharField):
    """An IP address or network, IPv4 or IPv6, in its usual form."""

    default_error_messages: ClassVar = {"network": _("Not an IP address or network.")}

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        try:
            network = ipaddress.ip_network(text, strict=False)
        except ValueError:
            self.fail("network")
        return str(network.network_address) if network.num_addresses == 1 else str(network)


class MiningParticularsSerializer(serializers.ModelSerializer[MiningParticulars]):
    """One declaration for both subtypes: the API's fields, the officer's page, the schema."""

    equipment = MachineSerializer(  # type: ignore[call-arg]  # many=True makes a list, which has a length
        many=True, required=False, max_length=LIST_LIMIT, label=_("equipment")
    )
    pools = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, max_length=LIST_LIMIT, label=_("mining pools")
    )
    ip_addresses = serializers.ListField(
        child=NetworkField(max_length=60), required=False, max_length=LIST_LIMIT, label=_("IP addresses")
    )

    class Meta:
        model = MiningParticulars
        exclude = ("application",)
