"""The shapes of mining in the API and on the officer's page."""

from mining.serializers.particulars import MiningParticularsSerializer

__all__ = ["MiningParticularsSerializer"]
