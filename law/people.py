"""Who owns and who leads a firm: what is stated of them, and what shares come to through chains of firms.

Public API
----------
- `StatedPerson`: an owner or executive as a filing or a declaration states him.
- `Stake(owner, firm, share)`: somebody owns so many per cent of a firm. People and firms are named by `key()`.
- `beneficial_shares(stakes, firm) -> Ownership`: what everybody at the end of a chain owns of the firm, with the
  arithmetic, and the circles that were met. Plain arithmetic: no provision says how chains are reckoned (assumed).
- `people_problems(people, on)`, `ownership_problems(people, stakes, firm, rule)`: Problems, each with its field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Final

from law.identifiers import describe, is_valid_iin
from law.problems import Line, Problem, _
from law.provisions import Provision

__all__ = [
    "ADULT",
    "EXECUTIVE",
    "OWNER",
    "BeneficialShare",
    "Ownership",
    "Stake",
    "StatedPerson",
    "beneficial_shares",
    "iin_birth",
    "key",
    "ownership_problems",
    "people_problems",
    "plain_share",
]

OWNER: Final = "owner"
EXECUTIVE: Final = "executive"
ADULT: Final = 18  # years; under it a person looks (assumed: no act that was read bars a founder by age)
LONGEST: Final = 10  # firms in one chain; what is longer is not followed
MOST: Final = 5_000  # chains of one firm that are followed
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class StatedPerson:
    """One person or firm. `side`: owner | executive; `kind`: person | legal_entity; `country`: of residence, ISO 3166
    alpha-2; `share` in per cent of the firm, or of the firm whose number is `through`; `field`: where it was stated."""

    side: str
    kind: str
    name: str
    number: str = ""
    country: str = ""
    born_on: date | None = None
    role: str = ""
    share: Decimal | None = None
    beneficial: bool = False
    direct: bool = True
    through: str = ""
    since: date | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Stake:
    """A share in per cent. `owner` and `firm`: numbers, or `key()` of who has none. `name` is the owner's."""

    owner: str
    firm: str
    share: Decimal
    name: str = ""


@dataclass(frozen=True, slots=True)
class BeneficialShare:
    """What one at the end of all his chains owns of a firm, in per cent."""

    owner: str
    name: str
    share: Decimal
    arithmetic: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Ownership:
    """The shares, largest first, and each circle as the firms that own each other."""

    shares: tuple[BeneficialShare, ...]
    circles: tuple[tuple[str, ...], ...]


def key(number: str, name: str) -> str:
    """What somebody is called in chains: his number, else his name."""
    return number or f"name:{' '.join(name.casefold().split())}"


def iin_birth(number: str) -> date | None:
    """The day of birth that an IIN gives; None for another number."""
    return describe(number).born_on if is_valid_iin(number) else None


def beneficial_shares(stakes: Iterable[Stake], firm: str) -> Ownership:
    """Who owns how much of a firm in the end. A circle is told and not followed; a firm whose owners nobody stated is
    an end itself."""
    owners: dict[str, list[Stake]] = {}
    for stake in stakes:
        owners.setdefault(stake.firm, []).append(stake)
    ends: dict[str, list[tuple[Stake, ...]]] = {}
    circles: dict[frozenset[str], tuple[str, ...]] = {}
    for chain, closed in islice(_chains(owners, (), firm), MOST):
        if closed:
            firms = tuple(one.firm for one in chain)
            circle = firms[firms.index(chain[-1].owner) :]
            circles.setdefault(frozenset(circle), circle)
        else:
            ends.setdefault(chain[-1].owner, []).append(chain)
    found = [_summed(owner, chains) for owner, chains in ends.items()]
    return Ownership(tuple(sorted(found, key=lambda one: (-one.share, one.owner))), tuple(circles.values()))


def _chains(
    owners: dict[str, list[Stake]], before: tuple[Stake, ...], firm: str
) -> Iterator[tuple[tuple[Stake, ...], bool]]:
    """Every chain from a firm to its end, and whether it closes a circle."""
    passed = {one.firm for one in before} | {firm}
    for stake in owners.get(firm, ()):
        chain = (*before, stake)
        if stake.owner in passed:
            yield chain, True
        elif stake.owner in owners and len(chain) < LONGEST:
            yield from _chains(owners, chain, stake.owner)
        else:
            yield chain, False


def _summed(owner: str, chains: Sequence[tuple[Stake, ...]]) -> BeneficialShare:
    total, lines = Decimal(0), []
    for chain in chains:
        product = Decimal(1)
        for stake in chain:
            product *= stake.share / _HUNDRED
        share = product * _HUNDRED
        total += share
        factors = " × ".join(f"{plain_share(stake.share)} %" for stake in chain)
        if len(chain) == 1:
            lines.append(Line(_("Directly: %(share)s %%"), share=plain_share(share)))
        else:
            firms = ", ".join(stake.name or stake.owner for stake in chain[:-1])
            told = {"firms": firms, "factors": factors, "share": plain_share(share)}
            lines.append(Line(_("Through %(firms)s: %(factors)s = %(share)s %%"), **told))
    if len(chains) > 1:
        lines.append(Line(_("Together: %(share)s %%"), share=plain_share(total)))
    return BeneficialShare(owner, chains[0][-1].name, total, tuple(lines))


def plain_share(share: Decimal) -> str:
    """Up to four places, without the zeros behind them."""
    text = f"{share:.4f}".rstrip("0").rstrip(".")
    return text or "0"


def people_problems(people: Iterable[StatedPerson], on: date) -> list[Problem]:
    """What one looks at in each: nobody is born tomorrow; a child who owns or leads is for a person to judge."""
    found = []
    for one in people:
        born = (one.born_on or iin_birth(one.number)) if one.kind == "person" else None
        if born is None:
            continue
        if born > on:
            message = _("%(name)s is born on %(day)s, which lies ahead.")
            found.append(Problem("person-unborn", message, {"name": one.name, "day": born}, one.field))
        elif _age(born, on) < ADULT:
            message = _(
                "%(name)s is %(age)s years old: whether a child may own or lead the firm is for a person to judge."
            )
            params = {"name": one.name, "age": _age(born, on)}
            found.append(Problem("person-child", message, params, one.field, severity="warning"))
    return found


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def ownership_problems(
    people: Sequence[StatedPerson], stakes: Sequence[Stake], firm: str, rule: Provision | None
) -> list[Problem]:
    """Chains that hang together: no circle, no firm owned to more than 100 per cent, every firm between is named.

    `stakes`: all that is known, those that follow from `people` included; `firm`: the number of the firm itself."""
    found = []
    named = {one.number for one in people if one.side == OWNER and one.number}
    for one in people:
        if one.side == OWNER and one.through and one.through not in named:
            message = _("%(name)s owns through %(through)s, which is not among the owners.")
            params = {"name": one.name, "through": one.through}
            found.append(Problem("owner-through", message, params, one.field, rule))
    sums: dict[str, Decimal] = {}
    for stake in stakes:
        sums[stake.firm] = sums.get(stake.firm, Decimal(0)) + stake.share
    for other, total in sums.items():
        if other != firm and total > _HUNDRED:
            message = _("The shares in %(firm)s add up to %(sum)s %%: more than 100 %%.")
            params = {"firm": other, "sum": plain_share(total)}
            found.append(Problem("shares-over-between", message, params, "owners", rule))
    for circle in beneficial_shares(stakes, firm).circles:
        message = _("Firms own each other in a circle: %(firms)s.")
        found.append(Problem("owners-circle", message, {"firms": " → ".join((*circle, circle[0]))}, "owners", rule))
    return found
