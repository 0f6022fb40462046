"""Throttles that fail open."""

from rest_framework.throttling import ScopedRateThrottle


class OpenThrottle(ScopedRateThrottle):
    pass
