"""The shapes of mining in the API and on the officer's page."""

from mining.serializers.particulars import MiningParticularsSerializer
from mining.serializers.pools import PoolParticularsSerializer

__all__ = ["MiningParticularsSerializer", "PoolParticularsSerializer"]
