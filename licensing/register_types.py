"""What kinds of entries the public register has, and how each is read; apps above add their own from ready()."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from core.workflow import State
from law.problems import _
from law.publication import PERMITS_RULE, REFUSALS_RULE
from licensing.permits import kinds
from licensing.workflow import APPLICATION, LICENCE

REFUSAL = "refusal"


@dataclass(frozen=True, slots=True)
class EntryType:
    """One type of entry. `name`, and what `kinds` and `states` hold, are English msgids.

    `rule`: the provision by which its entries are public or not. `page`: the name of the address at which an entry is
    read, where that is not the register's own.
    """

    code: str
    name: str
    rule: str
    kinds: Callable[[], Mapping[str, str]]
    states: tuple[State, ...]
    page: str = ""


def permit_kinds(document: str = "") -> dict[str, str]:
    """The kinds whose paper is of this sort; all of them where none is named."""
    return {code: one.name for code, one in kinds().items() if document in ("", one.document)}


PERMITS: Mapping[str, str] = {
    "licence": _("Licence"),
    "permit": _("Permit"),
    "accreditation": _("Accreditation"),
    "registration": _("Registration"),
    "contract": _("Contract"),
}
_TYPES: dict[str, EntryType] = {
    code: EntryType(code, name, PERMITS_RULE, partial(permit_kinds, code), LICENCE.states)
    for code, name in PERMITS.items()
}
_TYPES[REFUSAL] = EntryType(REFUSAL, _("Refusal"), REFUSALS_RULE, permit_kinds, (APPLICATION.state("refused"),))


def register_type(one: EntryType) -> None:
    """Declare a type of entry, from an AppConfig.ready()."""
    _TYPES[one.code] = one


def entry_types() -> Mapping[str, EntryType]:
    return _TYPES


def entry_kinds() -> dict[str, str]:
    """Every kind of every type, by code."""
    return {code: name for one in _TYPES.values() for code, name in one.kinds().items()}


def entry_states() -> dict[str, State]:
    """Every state in which an entry can stand, by name."""
    return {state.name: state for one in _TYPES.values() for state in one.states}
