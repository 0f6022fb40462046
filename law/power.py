"""Limits on the power of digital mining: from which share of a limit the authority is warned.

Public API
----------
- `level(used, limit, on) -> Level`: NONE, CALM, WARNING or REACHED, with the share and its arithmetic.

The thresholds are ours and assumed; the limits are entered by the authority with the act that sets them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from law.problems import Line, _
from law.provisions import Provision, provision

NONE: Final = "none"
CALM: Final = "calm"
WARNING: Final = "warning"
REACHED: Final = "reached"
LEVELS: Mapping[str, str] = MappingProxyType(
    {
        NONE: _("No limit entered"),
        CALM: _("Below the early warning"),
        WARNING: _("Early warning"),
        REACHED: _("Limit reached"),
    }
)


@dataclass(frozen=True, slots=True)
class Level:
    """How use stands to a limit: `share` of it (None without one), and the rule that made the level."""

    code: str
    share: Decimal | None
    arithmetic: tuple[Line, ...] = ()
    provision: Provision | None = None


def level(used: Decimal, limit: Decimal | None, on: date) -> Level:
    """The level on a day, which picks the thresholds. NotInForce before them (2023-04-01)."""
    if limit is None:
        return Level(NONE, None)
    warned, reached = provision("power.early_warning", on), provision("power.limit_reached", on)
    share = used / limit
    line = Line(_("%(used)s of %(limit)s MW: %(percent)s per cent"), used=used, limit=limit, percent=percent(share))
    if share >= reached.amount:
        return Level(REACHED, share, (line,), reached)
    if share >= warned.amount:
        return Level(WARNING, share, (line,), warned)
    return Level(CALM, share, (line,), warned)


def percent(share: Decimal) -> str:
    """A share in per cent with one decimal, cut and not rounded up: what says 100 has reached it."""
    return f"{int(share * 1000) / 10:g}"
