"""Joint acts and supervisory visits for tests."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from core.models import Authority, User
from inspections.models import JointAct, SupervisoryVisit
from inspections.services import acts, announce_visit
from law.inspections.requirements import ITEM_TESTS
from licensing.models import Licence
from tests import factories as make

MET = dict.fromkeys(ITEM_TESTS, True)
SEVERITIES = ("gross", "significant", "insignificant")


def requirement(place: int = 1, **fields: Any) -> dict[str, Any]:
    """One item of a checklist, of the severities in turn."""
    row = {
        "code": f"{place}",
        "text_kk": f"Талап {place}",
        "text_ru": f"Требование {place}",
        "text_en": f"Requirement {place}",
        "severity": SEVERITIES[(place - 1) % 3],
        "article": "LDA 9",
        "method": "by looking",
    }
    return {**row, **MET, **fields}


CRITERIA: tuple[dict[str, Any], ...] = (
    {"kind": "objective", "code": "mining-licence-1", "least": Decimal(20), "degree": "high"},
    {"kind": "objective", "code": "mining-licence-1", "degree": "medium"},
    {"kind": "indicator", "code": "late_reports", "weight": Decimal(2), "greatest": Decimal(20)},
    {"kind": "indicator", "code": "breaches", "weight": Decimal(5), "greatest": Decimal(30)},
)


def entered_act(
    kind: str = "checklist",
    *,
    kinds: tuple[str, ...] = ("mining-licence-1",),
    rows: Any = None,
    actor: User | None = None,
    authority: Authority | None = None,
    at: datetime = make.AT,
    **fields: Any,
) -> JointAct:
    """A whole draft with its rows; three requirements or four criteria where none are given."""
    authority = authority or make.make_authority()
    officer = actor or make.make_user("officer", authority=authority)
    head = {"number": "12-J", "signed_on": at.date() - timedelta(days=30), "in_force": at.date(), "name": "Joint act"}
    act = acts.enter_act(authority, kind=kind, kinds_of_permit=kinds, actor=officer, at=at, **{**head, **fields})
    if kind == "checklist":
        given = rows if rows is not None else [requirement(place) for place in (1, 2, 3)]
        return acts.set_requirements(act, given, actor=officer, at=at)
    return acts.set_criteria(act, CRITERIA if rows is None else rows, actor=officer, at=at)


def proposed_act(kind: str = "checklist", **fields: Any) -> JointAct:
    act = entered_act(kind, **fields)
    return acts.propose_act(act, actor=act.entered_by, at=fields.get("at", make.AT))


def confirmed_act(kind: str = "checklist", *, head: User | None = None, **fields: Any) -> JointAct:
    act = proposed_act(kind, **fields)
    head = head or make.make_user("head", authority=act.authority)
    return acts.confirm_act(act, actor=head, at=fields.get("at", make.AT))


def confirmed_checklist(*, since: date | None = None, items: int = 3, **fields: Any) -> JointAct:
    """A checklist that counts from a day, with so many items."""
    if since is not None:
        fields |= {"in_force": since, "signed_on": min(since, fields.get("at", make.AT).date())}
    return confirmed_act(rows=[requirement(place) for place in range(1, items + 1)], **fields)


def confirmed_criteria(*, since: date | None = None, **fields: Any) -> JointAct:
    """Criteria of risk that count from a day."""
    if since is not None:
        fields |= {"in_force": since, "signed_on": min(since, fields.get("at", make.AT).date())}
    return confirmed_act("criteria", **fields)


def exchanger() -> Licence:
    """A provider that the National Bank supervises."""
    return make.make_licence(kind="nbk-exchanger", at=make.AT - timedelta(days=20))


def announced(
    licence: Licence | None = None, actor: User | None = None, *, at: datetime = make.AT, **fields: Any
) -> SupervisoryVisit:
    """A visit announced to a provider."""
    licence = licence or exchanger()
    officer = actor or make.make_user("officer", authority=licence.authority)
    given: dict[str, Any] = {"planned_on": at.date(), "purpose": "How clients' money is kept.", **fields}
    return announce_visit(licence, **given, actor=officer, at=at)
