"""What acts of an inspection must hold, how many copies, and by when an act of appointment is registered.

Public API
----------
- `ACT_FIELDS`, `RESULT_FIELDS`, `ORDER_FIELDS`: codes and words; `missing_fields(fields, *, handed)` of an act.
- `registration_by(start_on, *, urgent, remote) -> date`: the last day to register an act of appointment.
- `is_remote(distance_km, on) -> bool`; `needs_registration(kind) -> bool`; `copies(on) -> int`; `COPIES_TO`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from law.calendar import add_working_days
from law.inspections.codes import VISITS, Kind, known
from law.problems import _
from law.provisions import Provision, provision

__all__ = [
    "ACT_FIELDS",
    "COPIES_TO",
    "ORDER_FIELDS",
    "RESULT_FIELDS",
    "copies",
    "is_remote",
    "missing_fields",
    "needs_registration",
    "registration_by",
    "registration_rule",
]

#: Fields of an act of appointment (145(2)).
ACT_FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "number_date": _("number and date"),
        "body": _("state body"),
        "officials": _("names and posts of the officials"),
        "experts": _("invited specialists and experts"),
        "subject": _("subject with IIN or BIN, place, objects and territory"),
        "subject_matter": _("subject matter"),
        "duration": _("length"),
        "grounds": _("grounds and the acts whose requirements are checked"),
        "period": _("checked period"),
        "rights": _("rights and duties of the subject"),
        "signature": _("signature of the authorised person and seal"),
        "receipt": _("signature of receipt, or the refusal to sign"),
    }
)
_IF_ANY: Final = frozenset({"experts"})
_ON_HANDING: Final = frozenset({"receipt"})
#: Fields of a result act (152).
RESULT_FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "date_time_place": _("date, time and place"),
        "body": _("state body"),
        "appointment": _("number and date of the acts of appointment and of extension"),
        "officials": _("names and posts of the officials"),
        "subject": _("subject and its representative"),
        "when_where": _("date, place and period of the inspection"),
        "findings": _("findings and their nature, or that there are no breaches"),
        "checklist": _("name of the checklist and the items breached"),
        "acquaintance": _("acquaintance of the subject, or its refusal"),
        "signatures": _("signatures of the officials"),
    }
)
#: Fields of an order to cure beside those that it shares with the result act (152(6)).
ORDER_FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "items": _("items of the checklist that were breached, each with its severity"),
        "instructions": _("what to mend, and by when"),
        "acquaintance": _("acquaintance of the subject, or its refusal"),
        "signatures": _("signatures of the officials"),
    }
)
#: Who gets the copies of result act and order to cure (152(8)).
COPIES_TO: Final = (
    _("legal statistics, electronically"),
    _("the subject"),
    _("the body that inspects"),
)


def missing_fields(fields: Collection[str], *, handed: bool) -> tuple[str, ...]:
    """Codes of the fields that the act of appointment lacks: experts only where some are invited, the receipt only
    once the act was handed over. ValueError for an unknown field."""
    unknown = set(fields) - set(ACT_FIELDS)
    if unknown:
        raise ValueError(f"unknown field of an act of appointment: {sorted(unknown)}")
    asked = set(ACT_FIELDS) - _IF_ANY - (frozenset() if handed else _ON_HANDING)
    return tuple(code for code in ACT_FIELDS if code in asked and code not in fields)


def needs_registration(kind: str) -> bool:
    """Whether the act of appointment is registered with legal statistics: for inspections and visits (137, 146)."""
    return known(Kind, kind) in VISITS


def is_remote(distance_km: int | Decimal, on: date) -> bool:
    """Whether an object is so far from the place of registration that the act may be registered later: more than
    100 km; on = the day of the start."""
    return distance_km > provision("EK-REG-KM", on).number


def registration_rule(on: date, *, urgent: bool = False, remote: bool = False) -> Provision:
    """The rule on when an act is registered; on = the day of the start. The longer term wins where both hold."""
    if remote:
        return provision("EK-REG-REMOTE", on)
    return provision("EK-REG-URGENT" if urgent else "EK-REG-BEFORE", on)


def registration_by(start_on: date, *, urgent: bool = False, remote: bool = False) -> date:
    """The last day to register the act of an inspection that starts on `start_on`, which picks the version.

    As a rule the day of the start itself, before it begins. urgent (144(8), 146(3), 129(15)): the working day after;
    remote (144(9)): five working days after it."""
    return add_working_days(start_on, registration_rule(start_on, urgent=urgent, remote=remote).number)


def copies(on: date) -> int:
    """Copies of result act and of order to cure, one for each of `COPIES_TO`; on = the day they are made."""
    return provision("EK-COPIES", on).number
