"""One AutoSchema for all endpoints."""

from drf_spectacular.openapi import AutoSchema


class Schema(AutoSchema):
    pass
