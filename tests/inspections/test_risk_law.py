"""The snapshot in SQL says what law.inspections.risk says, over random rows and at the boundaries of the bands."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models import User
from inspections.models import Criterion, Inspection, InspectionItem, JointAct, RiskRow, Subject
from inspections.services import run_risk
from inspections.services.risk_sql import DEGREE, NORMAL, RISK, SCORE
from law.inspections import violation_score
from law.inspections.codes import Severity
from law.inspections.risk import Indicator, Scale, degree, figures, final_degree, interim, lowered, scale
from tests import factories as make
from tests.inspections.world import make_firm, make_joint_act, rows_of

TODAY = make.AT.date()
COUNTS = st.integers(0, 40).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))
CENTS = st.integers(0, 10**9).map(lambda number: Decimal(number) / 10_000)
DEGREES = ("low", "medium", "high")


def ask(expression: str, **values: Any) -> Any:
    """One of the formulas over one row of values."""
    law = figures(TODAY)
    facts: dict[str, Any] = {
        "gross": law.gross.amount,
        "significant": law.significant.amount,
        "insignificant": law.insignificant.amount,
        "medium": law.medium.amount,
        "high": law.high.amount,
        "top": law.greatest.amount,
        "steps": 1,
    }
    types = {name: "varchar[]" if isinstance(value, list) else "numeric" for name, value in values.items()}
    columns = ", ".join(f"%(v_{name})s::{kind} AS {name}" for name, kind in types.items())
    asked = f"SELECT {expression} FROM (SELECT {columns}) AS one"  # noqa: S608  (constants)
    with connection.cursor() as cursor:
        cursor.execute(asked, facts | {f"v_{name}": value for name, value in values.items()})
        return cursor.fetchone()[0]


@pytest.mark.django_db
@settings(max_examples=150, deadline=None)
@given(gross=st.integers(0, 2), significant=COUNTS, insignificant=COUNTS)
def test_points_for_breaches(gross: int, significant: tuple[int, int], insignificant: tuple[int, int]) -> None:
    found = ask(
        SCORE,
        gross=gross,
        significant=significant[0],
        significant_total=significant[1],
        insignificant=insignificant[0],
        insignificant_total=insignificant[1],
    )
    said = violation_score(gross, *significant, *insignificant, TODAY)
    assert abs(found - said) <= Decimal("0.00005")  # four decimals


@pytest.mark.django_db
@settings(max_examples=150, deadline=None)
@given(values=st.lists(CENTS, min_size=1, max_size=3))
def test_normalised_points_and_degree(values: list[Decimal]) -> None:
    whole = scale(values)
    for value in values:
        found = ask(NORMAL, interim=value, low=whole.least, high=whole.greatest)
        said = whole.normal(value, TODAY)
        assert 0 <= said - found < Decimal("0.001")  # cut, never rounded up
        rank = ask(DEGREE, objective=2, points=found)
        assert DEGREES[int(rank)] == degree(said, TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize("points", ["0", "30", "30.999", "31", "31.001", "70", "70.999", "71", "71.001", "100"])
@pytest.mark.parametrize("objective", [0, 1, 2])
def test_the_bands_at_their_boundaries(points: str, objective: int) -> None:
    rank = int(ask(DEGREE, objective=objective, points=Decimal(points)))
    said = final_degree(DEGREES[objective], Decimal(points), TODAY)
    assert DEGREES[rank] == said
    for reasons in ([], ["insurance"], ["insurance", "release"]):
        down = int(ask(RISK, degree=rank, lowering=reasons))
        assert DEGREES[down] == lowered(said, reasons, TODAY)


def test_all_equal_keep_their_own() -> None:
    assert Scale(Decimal(40), Decimal(40)).normal(Decimal(40), TODAY) == 40


def inspected(subject: Subject, answers: dict[str, tuple[int, int]], checklist: JointAct, actor: User) -> None:
    """Its last inspection that ended, with so many items not met of so many asked; and an older one that is over."""
    for number, days in enumerate((300, 20)):
        ended = make.AT - timedelta(days=days)
        row = Inspection.objects.create(
            reference=f"IN-2026-{subject.pk:05d}{number}",
            authority=subject.authority,
            organisation=subject.organisation,
            subject=subject,
            object=subject.objects_of_control.get(),
            kind="unscheduled",
            kind_of_permit="mining-data-centre",
            checklist=checklist,
            opened_by=actor,
            created_at=ended,
            started_at=ended,
            receipt="taken",
            act_number="1",
            act_signed_by=checklist.confirmed_by,
            act_signed_at=ended,
            result_number="1",
            result_handed_at=ended,
            result_receipt="taken",
            closed_at=ended,
            state="closed",
        )
        asked = answers if number else {"gross": (1, 1)}
        items = [
            (severity, "not_met" if place < unmet else "met")
            for severity, (unmet, total) in asked.items()
            for place in range(total)
        ]
        items.append(("gross", "not_applicable"))
        InspectionItem.objects.bulk_create(
            InspectionItem(
                inspection=row,
                place=place,
                code=f"R{place}",
                severity=severity,
                answer=answer,
                article="1",
                answered_at=ended,
                answered_by=actor,
            )
            for place, (severity, answer) in enumerate(items)
        )


@pytest.mark.django_db
def test_a_whole_snapshot_by_hand() -> None:
    """Objective degree, breaches of the last inspection, an indicator with its cap, scale, degree, reduction."""
    act, officer = make_joint_act("criteria", kinds=("mining-data-centre",)), make.make_user("officer")
    with rows_of(act):
        Criterion.objects.create(act=act, place=9, kind="indicator", code="breaches", weight=3, greatest=5)
    checklist = make_joint_act(kinds=("mining-data-centre",))
    cases: list[dict[str, tuple[int, int]]] = [
        {},
        {"gross": (0, 2), "significant": (1, 3), "insignificant": (2, 7)},
        {"gross": (1, 2), "significant": (1, 3)},
        {"significant": (3, 3)},
        {"insignificant": (1, 1)},
        {"significant": (5, 6), "insignificant": (1, 9)},
    ]
    lowered_by: dict[str, Any] = {"lowering": ["release"], "lowering_evidence": "1"}
    subjects = [make_firm(**(lowered_by if number == 3 else {})) for number in range(6)]
    for subject, answers in zip(subjects, cases, strict=True):
        if answers:
            inspected(subject, answers, checklist, officer)
    made = run_risk(act.authority, act, TODAY, actor=officer, at=make.AT)
    rows = {row.subject_id: row for row in made.rows.all()}
    for subject, answers in zip(subjects, cases, strict=True):
        judge(rows[subject.pk], answers, Scale(made.least or Decimal(0), made.most or Decimal(0)))
    assert made.most == 100


def judge(row: RiskRow, answers: dict[str, tuple[int, int]], whole: Scale) -> None:
    none = (0, 0)
    counts = (
        answers.get(Severity.GROSS, none)[0],
        *answers.get(Severity.SIGNIFICANT, none),
        *answers.get(Severity.INSIGNIFICANT, none),
    )
    assert counts == (
        row.gross, row.significant, row.significant_total, row.insignificant, row.insignificant_total,
    )  # fmt: skip
    assert abs(row.score - violation_score(*counts, TODAY)) <= Decimal("0.00005")
    weighed = [Indicator(code, Decimal(value), Decimal(3)) for code, value in row.indicators.items()]
    assert row.interim == interim(row.score, weighed)
    said = whole.normal(row.interim, TODAY)
    assert 0 <= said - row.points < Decimal("0.001")
    assert row.degree == final_degree(row.objective, said, TODAY)
    assert row.risk == lowered(row.degree, row.lowering, TODAY)
