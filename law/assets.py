"""To which class a digital asset belongs on a day: checklists that end in a class.

Public API
----------
- `checklist(on) -> Checklist`: the items of the day; on = the day for which the class is asked. NotInForce before
  2023-04-01. `version(code)`: by its first day as ISO text; `versions()`.
- `may_be_set_aside(code) -> bool`; `faults(asked, answers) -> list[Problem]`; `classify(asked, answers) -> Result`.
- `SECURED, DFA, FIXED_VALUE, UNSECURED`; `CLASSES`, `PARTS`: their words; `KINDS`: of digital financial assets.

To 2026-04-30 an asset is secured where it meets all seven tests of Art. 5(1), from 2026-05-01 it is a digital financial
asset where it meets what that needs and is of one of three kinds; else it is of fixed value where it meets the criteria
of the order (from 2025-12-13), else unsecured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from law import checklists
from law.checklists import ANSWERS, MET, NOT_APPLICABLE, NOT_MET
from law.exchanges.codes import ASSETS as CLASSES
from law.exchanges.codes import DFA, FIXED_VALUE, SECURED, UNSECURED
from law.problems import Problem, _, as_day, problem
from law.provisions import D115, D259, NotInForce, Provision, provision

__all__ = [
    "ANSWERS",
    "CLASSES",
    "DFA",
    "FIXED_VALUE",
    "KINDS",
    "MET",
    "NOT_APPLICABLE",
    "NOT_MET",
    "PARTS",
    "SECURED",
    "UNSECURED",
    "Checklist",
    "Item",
    "Result",
    "checklist",
    "classify",
    "faults",
    "may_be_set_aside",
    "version",
    "versions",
]

OF_DFA: Final = "dfa"
KIND: Final = "kind"
FIXED: Final = "fixed"
PARTS: Mapping[str, str] = MappingProxyType(
    {
        SECURED: _("Secured digital asset: seven tests, all of them"),
        OF_DFA: _("Digital financial asset: what every one needs"),
        KIND: _("Digital financial asset: of which kind"),
        FIXED: _("Unsecured digital asset of fixed value: all criteria"),
    }
)
KINDS: Mapping[int, str] = MappingProxyType(
    {
        1: _("First kind: the underlying is money"),
        2: _("Second kind: the underlying is other property"),
        3: _("Third kind: a financial instrument in digital form"),
    }
)

#: Each item by its provision: what is looked at, part by part.
_ITEMS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        SECURED: {
            "secured.test.rights": _(
                "It evidences a right to material or intellectual services or assets, not to money or securities."
            ),
            "secured.test.decision": _("The decision on its issue was taken."),
            "secured.test.no_money": _("It is no unit of account and no legal tender."),
            "secured.test.no_instrument": _("It is no financial instrument and no financial asset."),
            "secured.test.issuer_data": _("Data on the issuer are given."),
            "secured.test.property_proved": _(
                "Rights of property or of intellectual property were proved before it was created."
            ),
            "secured.test.recorded": _("Its movement is recorded on a blockchain."),
        },
        OF_DFA: {
            "dfa.issued_on_platform": _("It is issued on the platform of a registered operator."),
            "dfa.issue_registered_by_operator": _("The operator registered its issue."),
            "dfa.traded_on_platforms": _("It is traded on that platform or at a trading platform operator."),
            "dfa.issuer_resident_entity": _("Its issuer is a resident legal entity."),
            "dfa.underlying_verified_first": _("The operator verified before the issue that the underlying exists."),
        },
        KIND: {
            "dfa.kind.money": _("It evidences a claim on an underlying that is money."),
            "dfa.kind.property": _(
                "It evidences a claim on an underlying that is instruments, claims, goods or other property, not money."
            ),
            "dfa.kind.instrument": _("It is a financial instrument issued in digital form on the platform."),
        },
        FIXED: {
            "fixed_value.public_value": _("Its value against a national currency is public."),
            "fixed_value.deviation_max": _(
                "Over 30 days its daily mean deviated from that value by no more than one hundredth."
            ),
            "fixed_value.disclosure": _("Its backing, issuer and mechanism are disclosed."),
            "fixed_value.market_data": _("Market data on it are at hand."),
            "fixed_value.no_act_against": _("No act is directed against it."),
        },
    }
)
_KIND_ITEMS: Final = ("kind-money", "kind-property", "kind-instrument")  # in the order of the kinds
#: Items that may be set aside: an instrument in digital form has no underlying.
_MAY_BE_SET_ASIDE: Final = frozenset({"underlying_verified_first"})

_ORDER_DOUBT = _(
    "The ministry's power to set criteria for fixed value has ended: whether they still hold is not known."
)
_EARLIER_DOUBT = _(
    "Before Law 115-VIII an unsecured asset was defined by itself, as a reward for keeping consensus: an asset that"
    " fails a test may then belong to neither class."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(checklists.Item):
    """One thing to look at. `part` is one of PARTS."""

    part: str


Checklist = checklists.Checklist[Item]


@dataclass(frozen=True, slots=True)
class Result:
    """The class, the kind where it is a digital financial asset (1, 2 or 3), the rule of the result, the items that
    kept the asset from another class, the items on which the class rests, and doubts."""

    asset_class: str
    kind: int | None
    provision: Provision
    unmet: tuple[Item, ...]
    rests_on: tuple[Item, ...]
    doubts: tuple[str, ...]

    @property
    def is_confirmed(self) -> bool:
        """False where the rule is only assumed, or a doubt is said of the class itself."""
        return self.provision.is_confirmed and not self.doubts


def _codes() -> tuple[str, ...]:
    return tuple(code for items in _ITEMS.values() for code in items)


def _name(code: str) -> str:
    short = code.removeprefix("secured.test.").removeprefix("dfa.").removeprefix("fixed_value.")
    return short.replace(".", "-")


def checklist(on: date) -> Checklist:
    """The version in force on the day for which the class is asked. Raises NotInForce before 2023-04-01."""
    past = [day for day in _days() if day <= as_day(on)]
    if not past:
        raise NotInForce("secured.test", on)
    since = past[-1]
    until = next((day for day in _days() if day > on), None)
    items = [
        Item(code=_name(code), text=text, provision=row, part=part, doubt=_doubt(part, since))
        for part, texts in _ITEMS.items()
        for code, text in texts.items()
        if (row := checklists.in_force(code, since)) is not None
    ]
    return checklists.Checklist(since.isoformat(), since, until, tuple(items))


def _days() -> tuple[date, ...]:
    """The days on which the checklist, or what is said of its result, changes."""
    return tuple(sorted({*checklists.days_of(_codes()), D115}))


def _doubt(part: str, since: date) -> str:
    return _ORDER_DOUBT if part == FIXED and since >= D259 else ""


def version(code: str) -> Checklist:
    """The version by its code. ValueError for a text that is no day, NotInForce for a day before the first."""
    return checklist(date.fromisoformat(code))


def versions() -> tuple[Checklist, ...]:
    """All versions, oldest first."""
    return tuple(checklist(day) for day in _days())


def may_be_set_aside(code: str) -> bool:
    """Whether an item may be answered as not applicable."""
    return code in _MAY_BE_SET_ASIDE


def faults(asked: Checklist, answers: Mapping[str, str]) -> list[Problem]:
    """What stands against a class: items without an answer, answers to none, parts set aside, two kinds at once."""
    found = checklists.faults(asked, answers)
    for item in asked.items:
        if answers.get(item.code) == NOT_APPLICABLE and item.code not in _MAY_BE_SET_ASIDE:
            message = _("This cannot be set aside: %(item)s")
            found.append(problem("item-applies", message, field=item.code, provision=item.provision, item=item.text))
    kinds = _kinds(answers)
    if len(kinds) > 1:
        message = _("A digital financial asset is of one kind, not of several.")
        found.append(problem("kinds-several", message, field=_KIND_ITEMS[kinds[1] - 1]))
    if kinds and kinds != [3] and answers.get("underlying_verified_first") == NOT_APPLICABLE:
        message = _("An asset with an underlying cannot do without its check.")
        found.append(problem("underlying-applies", message, field="underlying_verified_first"))
    return found


def _kinds(answers: Mapping[str, str]) -> list[int]:
    return [number for number, code in enumerate(_KIND_ITEMS, start=1) if answers.get(code) == MET]


def classify(asked: Checklist, answers: Mapping[str, str]) -> Result:
    """The class to which the answers come. ValueError while `faults` finds anything."""
    if faults(asked, answers):
        raise ValueError("the answers are not complete")
    unmet: dict[str, list[Item]] = {part: [] for part in PARTS}
    for item in asked.items:
        if answers[item.code] == NOT_MET:
            unmet[item.part].append(item)
    met: dict[str, list[Item]] = {part: [] for part in PARTS}
    for item in asked.items:
        if answers[item.code] == MET:
            met[item.part].append(item)
    asks, kinds, on = {item.part for item in asked.items}, _kinds(answers), asked.since
    if SECURED in asks and not unmet[SECURED]:
        return Result(SECURED, None, provision("secured.test", on), (), tuple(met[SECURED]), ())
    if OF_DFA in asks and not unmet[OF_DFA] and kinds:
        rule = provision(f"dfa.{_KIND_ITEMS[kinds[0] - 1].replace('-', '.')}", on)
        return Result(DFA, kinds[0], rule, (), (*met[OF_DFA], *met[KIND]), ())
    kept = [*unmet[SECURED], *unmet[OF_DFA], *([] if kinds else unmet[KIND])]
    if FIXED in asks and not unmet[FIXED]:
        rule, doubts = provision("fixed_value.deviation_max", on), (_ORDER_DOUBT,) if on >= D259 else ()
        return Result(FIXED_VALUE, None, rule, tuple(kept), tuple(met[FIXED]), doubts)
    doubts = (_EARLIER_DOUBT,) if on < D115 else ()
    failed = (*kept, *unmet[FIXED])
    return Result(UNSECURED, None, provision("unsecured.rest", on), failed, failed, doubts)
