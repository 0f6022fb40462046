"""What the public register says of a permit in codes that other registers have too.

`SERVICES`: what a permit lets its holder do, in the codes of the perimeter. `MICA`: the letter of the nearest
crypto-asset service of Regulation (EU) 2023/1114, Article 3(1)(16); which is nearest is our own reading. The rules have
not changed, so no function takes a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from law.exchanges.codes import ACTIVITIES, ADVISE, DEAL, EXCHANGE, ISSUE, MINE, PLATFORM, SETTLE, STORE
from law.problems import _

PERMITS_RULE: Final = "register.permits"
REFUSALS_RULE: Final = "register.refusals"
FILES_RULE: Final = "register.files_kept"
MANAGE: Final = "manage"
SERVICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{code: ACTIVITIES[code] for code in (MINE, ISSUE, EXCHANGE, PLATFORM, STORE, SETTLE, DEAL, ADVISE)},
        MANAGE: _("Manage digital assets for others"),
    }
)
MICA: Final[Mapping[str, str]] = MappingProxyType({STORE: "a", PLATFORM: "b", EXCHANGE: "c", ADVISE: "h", MANAGE: "i"})
_BY_KIND: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "mining-licence-1": (MINE,),
        "mining-licence-2": (MINE,),
        "secured-asset-permit": (ISSUE, PLATFORM),
        "nbk-dfa-platform": (ISSUE, PLATFORM, STORE),
        "nbk-trading-platform": (PLATFORM,),
        "nbk-exchanger": (EXCHANGE,),
    }
)
#: What a filing with the AIFC lists, in the codes of law.aifc.
_STATED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "trading": PLATFORM,
        "issue": ISSUE,
        "settlement": SETTLE,
        "storage": STORE,
        "custody": STORE,
        "dealing": DEAL,
        "advising": ADVISE,
        "managing": MANAGE,
    }
)


def services_of(kind: str, stated: Iterable[str] = ()) -> list[str]:
    """The services of a permit: those of its kind, and those that its filing lists; empty where neither says any."""
    return list(dict.fromkeys([*_BY_KIND.get(kind, ()), *(_STATED[one] for one in stated if one in _STATED)]))


def mica_letters(services: Iterable[str]) -> list[str]:
    """The letters of the nearest services of the EU, each once, in order."""
    return sorted({MICA[one] for one in services if one in MICA})
