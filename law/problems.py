"""What stands in the way of an act, and the lines in which arithmetic is told.

Public API
----------
- `_(text) -> str`: marks an English msgid, changes nothing. Texts are translated at the edge.
- `Problem(code, message, params, field, provision, severity)` and `problem(code, message, *, field, provision,
  severity, **params) -> Problem`.
- `Line(msgid, **params)`: a `str` (the English text) that keeps its msgid and params; `as_dict()`.
- `render(msgid, params, translate) -> str`: the text in another language, nested msgids included.
- `plain(value)`: a value as JSON can keep it (dates as ISO text, Decimal as text).
- `as_day(value) -> date`: refuses datetimes, because a day of the law has no hour and no time zone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from law.provisions import Source

__all__ = ["Cited", "Line", "Problem", "Severity", "_", "as_day", "in_groups", "plain", "problem", "render"]

Severity = Literal["error", "warning"]


class Cited(Protocol):
    """What can be cited: a provision, an item of a closed list, a paper. `ground()` is a plain dict with the keys of
    `Provision.ground()`; what is not `is_confirmed` is shown as *unconfirmed*."""

    @property
    def source(self) -> Source: ...

    @property
    def is_confirmed(self) -> bool: ...

    def ground(self) -> dict[str, object]: ...


def _(text: str) -> str:
    """Mark a msgid for the catalogues; the text itself stays English until the edge translates it."""
    return text


def plain(value: object) -> object:
    """A value as JSON keeps it: ISO text for a date, text for a Decimal, lists for tuples, the rest as it is."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)


def in_groups(amount: Decimal) -> str:
    """An amount as texts carry it: digits in groups of three by narrow spaces that keep it on one line, no empty cents.
    The edge sets the point of the reader's language."""
    whole = amount == amount.to_integral_value()
    return f"{amount:,.0f}".replace(",", "\u202f") if whole else f"{amount:,f}".replace(",", "\u202f")


def as_day(value: date) -> date:
    """The day itself. TypeError for a datetime (it is a date to Python, but not a day of the law) or anything else."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise TypeError(f"a date is needed, not {type(value).__name__}")
    return value


def _keep(text: str) -> str:
    return text


def render(msgid: str, params: Mapping[str, object], translate: Callable[[str], str] = _keep) -> str:
    """The text of a line or problem in the language of `translate`.

    A text parameter may itself be a msgid (a holiday's name, a unit), so texts are passed through `translate` too;
    what the catalogue does not know comes back unchanged. Days reach `translate` as ISO text, so the edge may show them
    in the reader's own way. Parameters are `plain()` or live values, both work.
    """
    shown = {name: _shown(value, translate) for name, value in params.items()}
    text = translate(msgid)
    return text % shown if shown else text


def _shown(value: object, translate: Callable[[str], str]) -> object:
    if isinstance(value, Problem):  # a reason inside a reason speaks the same language
        return value.text(translate)
    value = plain(value)
    if isinstance(value, list):
        return ", ".join(str(_shown(item, translate)) for item in value)
    # An empty msgid names the catalogue's header, which nobody wants to read.
    return translate(value) if isinstance(value, str) and value else value


class Line(str):
    """One line of arithmetic: an English text that still knows its msgid and params, so that it can be translated.

    `Line("%(count)s working days", count=15)` equals "15 working days" as a str.
    """

    __slots__ = ("msgid", "params")
    msgid: str
    params: Mapping[str, object]

    def __new__(cls, msgid: str, /, **params: object) -> Line:
        line = super().__new__(cls, render(msgid, params))
        line.msgid = msgid
        line.params = params
        return line

    def as_dict(self) -> dict[str, object]:
        """{"text": English, "msgid": …, "params": {name: plain value}}, ready to be stored as JSON."""
        return {"text": str(self), "msgid": self.msgid, "params": {k: plain(v) for k, v in self.params.items()}}

    def __reduce__(self) -> tuple[Callable[..., Line], tuple[str, dict[str, object]]]:
        return _line, (self.msgid, dict(self.params))


def _line(msgid: str, params: dict[str, object]) -> Line:
    return Line(msgid, **params)


@dataclass(frozen=True, slots=True)
class Problem:
    """A reason why something may not be done, or a doubt about it.

    `code` is stable and for programs; `message` is an English msgid with `%(name)s` placeholders filled from `params`;
    `field` names the field of the request it belongs to, if one does; `provision` is the rule behind it.
    An *error* blocks, a *warning* never does.
    """

    code: str
    message: str
    # Not part of the hash: a mapping has none. Equal problems still have equal hashes.
    params: Mapping[str, object] = field(default_factory=dict, hash=False)
    field: str | None = None
    provision: Cited | None = None
    severity: Severity = "error"

    @property
    def blocks(self) -> bool:
        """Whether the act may not go on."""
        return self.severity == "error"

    def ground(self) -> dict[str, object] | None:
        """The provision as a plain dict, or None where no rule stands behind the problem."""
        return self.provision.ground() if self.provision else None

    def text(self, translate: Callable[[str], str] = _keep) -> str:
        """The message with its params, in the language of `translate` (English without it)."""
        return render(self.message, self.params, translate)

    def __str__(self) -> str:
        return self.text()


def problem(
    code: str,
    message: str,
    /,
    *,
    field: str | None = None,
    provision: Cited | None = None,
    severity: Severity = "error",
    **params: object,
) -> Problem:
    """A Problem in one call; `params` are the placeholders of the message."""
    return Problem(code, message, params, field, provision, severity)
