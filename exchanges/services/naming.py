"""What an asset is called: in one form, whole, and not too long."""

from collections.abc import Iterable
from typing import Any

from law.problems import Problem, _

LENGTHS = {"name": 100, "symbol": 20, "network": 60, "contract": 120, "decision": 200, "source": 2_000}


def asset_words(*, name: str, symbol: str, network: str = "", contract: str = "") -> dict[str, str]:
    """The words of an asset in one form: spaces in order, the symbol in capitals."""
    values = {"name": name, "symbol": symbol.upper(), "network": network, "contract": contract}
    return {field: " ".join(value.split()) for field, value in values.items()}


def lengths_kept(row: Any, fields: Iterable[str]) -> list[Problem]:
    message = _("The text is longer than %(limit)s characters.")
    return [
        Problem("text-too-long", message, {"limit": LENGTHS[field]}, field=field)
        for field in fields
        if len(getattr(row, field)) > LENGTHS[field]
    ]


def not_stated(row: Any, needed: dict[str, str]) -> list[Problem]:
    message = _("Not stated: %(field)s.")
    return [
        Problem("particular-missing", message, {"field": label}, field=field)
        for field, label in needed.items()
        if not getattr(row, field)
    ]
