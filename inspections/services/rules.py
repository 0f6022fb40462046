"""The criteria of a run as plain values: those of the joint act, with what a trial changes in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from inspections.models import JointAct
from inspections.models.acts import INDICATOR, OBJECTIVE
from inspections.services.indicators import SOURCES
from law.inspections.codes import RISKS, Risk
from law.problems import Problem, _

#: What of a criterion a trial may change.
CHANGEABLE = {OBJECTIVE: ("least", "degree"), INDICATOR: ("weight", "greatest")}
RANKS = {Risk.LOW: 0, Risk.MEDIUM: 1, Risk.HIGH: 2}
MOST = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class Rule:
    """One criterion as a run counts it. `key`: by which a trial names it: its number, or `+` and the code of an
    indicator that the act does not weigh."""

    key: str
    kind: str
    code: str
    least: Decimal | None = None
    degree: str = ""
    weight: Decimal | None = None
    greatest: Decimal | None = None

    @property
    def shown(self) -> dict[str, str]:
        """What of it a trial may change, as it stands now."""
        values = {name: getattr(self, name) for name in CHANGEABLE[self.kind]}
        return {name: "" if value is None else text(value) for name, value in values.items()}


def text(value: Any) -> str:
    """A number without idle zeros; anything else as it is."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def rules_of(act: JointAct) -> list[Rule]:
    """The criteria of an act in their order, and with weight 0 each indicator that it does not weigh."""
    rows = list(act.criteria.order_by("place", "pk"))
    fields = ("kind", "code", "least", "degree", "weight", "greatest")
    found = [Rule(str(row.pk), **{name: getattr(row, name) for name in fields}) for row in rows]
    weighed = {row.code for row in rows if row.kind == INDICATOR}
    rest = [Rule(f"+{code}", INDICATOR, code, weight=Decimal(0)) for code in SOURCES if code not in weighed]
    return found + rest


def changed(rules: Sequence[Rule], changes: Mapping[str, Mapping[str, str]]) -> list[Rule]:
    """The rules with the changes of a trial, which `faults_of` has found whole."""
    values = {key: {name: read(name, value) for name, value in row.items()} for key, row in changes.items()}
    return [replace(rule, **values.get(rule.key, {})) for rule in rules]


def read(name: str, value: str) -> Any:
    if name == "degree":
        return value
    return Decimal(value) if value else None


def faults_of(rules: Sequence[Rule], changes: Mapping[str, Mapping[str, str]]) -> list[Problem]:
    """Changes that no rule has, values that are none."""
    by_key, found = {rule.key: rule for rule in rules}, []
    for key, values in changes.items():
        rule = by_key.get(key)
        for name, value in values.items():
            if rule is None or name not in CHANGEABLE[rule.kind] or not fits(name, value):
                message = _("This value of a criterion is none: %(value)s")
                found.append(Problem("criterion-value", message, {"value": value}, field=f"{key}-{name}"))
    return found


def fits(name: str, value: str) -> bool:
    if name == "degree":
        return value in list(RISKS)
    if not value:
        return name != "weight"
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    return number.is_finite() and abs(number) <= MOST and (name == "weight" or number >= 0)


def act_faults(act: JointAct) -> list[Problem]:
    """Indicators that nothing here counts."""
    codes = act.criteria.filter(kind=INDICATOR).exclude(code__in=list(SOURCES)).values_list("code", flat=True)
    message = _("Nothing here counts the indicator “%(code)s”.")
    return [Problem("indicator-unknown", message, {"code": code}, field="criteria") for code in codes]


def facts_of(rules: Sequence[Rule]) -> dict[str, Any]:
    """The rules as arguments of the statement."""
    objective = [rule for rule in rules if rule.kind == OBJECTIVE]
    weighed = [rule for rule in rules if rule.kind == INDICATOR and rule.weight]
    return {
        "codes": [rule.code for rule in objective],
        "leasts": [rule.least for rule in objective],
        "ranks": [RANKS[Risk(rule.degree)] for rule in objective],
        "indicators": [rule.code for rule in weighed],
        "weights": [rule.weight for rule in weighed],
        "caps": [rule.greatest for rule in weighed],
    }
