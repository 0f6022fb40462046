"""Forms of wallets, and how much of an asset one line of a report can sensibly hold. Ours, not law: a form that is not
known here is a warning.
"""

import re
from decimal import Decimal

_BASE58 = "[1-9A-HJ-NP-Za-km-z]"
_BECH32 = "[02-9ac-hj-np-z]"
_HEX = re.compile(r"0x[0-9a-fA-F]{40}")
_BITCOIN = rf"[13]{_BASE58}{{25,34}}"
FORMS: dict[str, re.Pattern[str]] = {
    "BTC": re.compile(rf"{_BITCOIN}|bc1{_BECH32}{{11,71}}|BC1{_BECH32.upper()}{{11,71}}"),
    "BCH": re.compile(rf"{_BITCOIN}|(bitcoincash:)?[qp]{_BECH32}{{41}}"),
    "LTC": re.compile(rf"[LM3]{_BASE58}{{26,33}}|ltc1{_BECH32}{{11,71}}"),
    "DOGE": re.compile(rf"[DA9]{_BASE58}{{25,34}}"),
    "DASH": re.compile(rf"[X7]{_BASE58}{{25,34}}"),
    "ZEC": re.compile(rf"t[13]{_BASE58}{{33}}|zs1{_BECH32}{{75}}"),
    "ETC": _HEX,
    "ETH": _HEX,
    "KAS": re.compile(r"kaspa:[02-9ac-hj-np-z]{61,63}"),
}
#: More than the whole network makes of the asset in a day: a slip of the pen.
MOST: dict[str, Decimal] = {
    "BTC": Decimal(1_000),
    "BCH": Decimal(1_000),
    "LTC": Decimal(20_000),
    "DOGE": Decimal(20_000_000),
    "DASH": Decimal(5_000),
    "ZEC": Decimal(10_000),
    "ETC": Decimal(50_000),
}
OTHERS = Decimal(10) ** 12


def is_known_form(asset: str, wallet: str) -> bool:
    """Whether a wallet has the form of wallets of the asset; False for an asset whose form is not known here."""
    form = FORMS.get(asset)
    return form is not None and form.fullmatch(wallet) is not None


def most_of(asset: str) -> Decimal:
    return MOST.get(asset, OTHERS)
