"""What the pages of mining in the administration share."""

from typing import ClassVar

from core.admin.base import HouseAdmin


class MiningAdmin(HouseAdmin):
    """For staff of mining's authority."""

    see: ClassVar[str] = "mining.read_registers"
