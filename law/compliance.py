"""How far the supervised sector complies: the definition of the figure, and what was published before there was one.

Public API
----------
- `LEVELS`: full | part | none, as msgids; `DEFINITION`: what is counted and how, a sentence each.
- `BASELINE`: the share that was published, with source and how sure it is.

No rule of law defines such a figure: the definition is ours, and says so.
"""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from law.hash_rate import Mark
from law.problems import _

__all__ = ["BASELINE", "DEFINITION", "FULL", "LEAST_SHOWN", "LEVELS", "NOT", "PART"]

FULL, PART, NOT = "full", "part", "none"
LEVELS: Mapping[str, str] = MappingProxyType(
    {FULL: _("Fully compliant"), PART: _("Partly compliant"), NOT: _("Not compliant")}
)
#: Fewer firms than this are not told apart in public: each could be known by its state.
LEAST_SHOWN: Final = 5

DEFINITION: tuple[str, ...] = (
    _("Counted: each firm once that on the last day of the month holds a licence in force or suspended, whatever its"
      " kind; that number is the denominator."),
    _("Not compliant: a licence of it is suspended on that day, or a breach opened by then is not yet closed."),
    _("Partly compliant: neither, but the day of a duty of its own to the authority has passed by then and the duty is"
      " not met. Terms of its filings do not count."),
    _("Fully compliant: none of these."),
    _("Each month is counted from days and from the journal as they stood at its end: what is closed, cured or found"
      " unfounded later does not change a past month. A day that a pause moves later counts as moved."),
    _("No act defines such a figure; the definition is ours."),
)  # fmt: skip

BASELINE = Mark(
    _("before Law 231-VIII (November 2025), all who took part in the market"),
    Decimal("0.05"),
    _("Commentary on Law 231-VIII, published 15 January 2026"),
    "source",
)
