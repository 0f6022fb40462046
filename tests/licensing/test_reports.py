"""Managers' figures against a small world counted by hand; days are those of Almaty."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from core.models import Authority, Obligation, User
from core.tables import Table
from core.workflow import HEAD, OFFICER
from law.calendar import working_days_between
from licensing import services
from licensing.models import Application, Decision, Recommendation
from licensing.reports import REPORTS, Scope
from licensing.reports.overview import overview
from licensing.reports.scope import BANDS, ages, last_month, last_quarter
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 15)


def almaty(day: str, clock: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=make.ALMATY)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def pattern() -> Application:
    """A filed case, the paper of which others are copied; itself outside every period looked at here."""
    made = make.make_submitted(at=almaty("2026-03-02"))
    Obligation.objects.all().delete()
    Application.objects.filter(pk=made.pk).update(state="withdrawn", closed_at=almaty("2026-03-03"), due_on=None)
    return Application.objects.get(pk=made.pk)


@pytest.fixture
def head() -> User:
    return make.make_user(HEAD)


def case(pattern: Application, filed: str, **fields: Any) -> Application:
    """A copy filed on a day: open and submitted unless told otherwise."""
    row = Application.objects.get(pk=pattern.pk)
    row.pk = None
    row.reference = f"APP-2025-{Application.objects.count():06d}"
    given = {"state": "submitted", "closed_at": None, "filed_on": date.fromisoformat(filed), **fields}
    for name, value in given.items():
        setattr(row, name, value)  # copies of what acts would have made
    Application.objects.bulk_create([row])
    return Application.objects.get(reference=row.reference)


def ended(pattern: Application, state: str, at: datetime, **fields: Any) -> Application:
    given = {"state": state, "closed_at": at, "due_on": None, "accepted_at": at, "reasons": ["permit.refusal.3"]}
    return case(pattern, "2026-04-01", **given | fields)


def decided(pattern: Application, outcome: str, at: datetime, head: User, **fields: Any) -> Decision:
    made = ended(pattern, {"grant": "granted", "refuse": "refused"}[outcome], at, **fields)
    proposal = Recommendation.objects.create(
        application=made, outcome=outcome, reasons=["x"], text="x", made_by=head, made_at=at
    )
    return Decision.objects.create(
        application=made, recommendation=proposal, outcome=outcome, reasons=["x"], made_by=head, made_at=at
    )


def owed(case: Application, due_on: str | None, **fields: Any) -> Obligation:
    sight = case.sight()
    return Obligation.objects.create(
        subject_type=case._meta.label_lower,
        subject_id=case.pk,
        authority_id=sight.authority_id,
        title=sight.title,
        base_on=date(2026, 4, 1),
        due_on=due_on and date.fromisoformat(due_on),
        created_at=almaty("2026-04-01"),
        **{"code": "decision", "debtor": Obligation.AUTHORITY} | fields,
    )


def scope(user: User, first: str = "2026-05-01", last: str = "2026-05-31", **more: Any) -> Scope:
    return Scope(user, date.fromisoformat(first), date.fromisoformat(last), TODAY, **more)


def tables(code: str, asked: Scope) -> dict[str, Table]:
    return {table.code: table for table in REPORTS[code][1](asked)}


def lines(table: Table) -> dict[Any, list[Any]]:
    return {row[0]: row[1:] for row in table.lines()}


def test_a_term_is_kept_until_the_last_minute_of_its_day(pattern: Application, head: User) -> None:
    officer = make.make_user(OFFICER, full_name="Aliya")
    one, other = (case(pattern, "2026-05-04", assigned_to=who) for who in (officer, None))
    for number, (moment, clock) in enumerate((("2026-05-29", "23:59"), ("2026-05-30", "00:01"))):
        owed(one, "2026-05-29", met_at=almaty(moment, clock), part=str(number))
    owed(one, "2026-05-29", ended_at=almaty("2026-05-29", "23:59"), code="registration")  # no longer owed in time
    owed(other, "2026-05-29", ended_at=almaty("2026-05-30", "00:01"), code="registration")  # it had passed by then
    owed(other, "2026-05-31", code="completeness")  # open, and its day has passed
    for outside in ("2026-04-30", "2026-06-01", None):
        owed(other, outside, part=str(outside))
    owed(other, "2026-05-29", debtor=Obligation.ORGANISATION, part="party")
    found = tables("terms", scope(head))
    assert lines(found["by-officer"]) == {
        "Aliya": [2, 1, 1, 0, 0, Decimal("50.0")],
        "Nobody yet": [2, 0, 1, 1, 0, Decimal("0.0")],
        "Together": [4, 1, 2, 1, 0, Decimal("25.0")],
    }
    assert lines(found["by-duty"])["Check that the application is complete"] == [1, 0, 0, 1, 0, Decimal("0.0")]
    assert lines(found["by-duty"])["Register the application"] == [1, 0, 1, 0, 0, Decimal("0.0")]
    assert [row[1] for row in found["by-kind"].lines()] == [4, 4]


def test_a_term_that_is_still_to_come_is_not_judged(pattern: Application, head: User) -> None:
    for number, due_on in enumerate((TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1))):
        owed(case(pattern, "2026-07-01"), str(due_on), part=str(number))
    found = tables("terms", scope(head, "2026-07-01", "2026-07-31"))
    assert lines(found["by-duty"])["Together"] == [3, 0, 0, 1, 2, Decimal("0.0")]


def test_a_month_ends_at_midnight_in_almaty(pattern: Application, head: User) -> None:
    for filed in ("2026-04-30", "2026-05-01", "2026-05-31", "2026-06-01", "2026-06-30", "2026-07-01"):
        case(pattern, filed)
    decided(pattern, "grant", almaty("2026-05-31", "23:59"), head)
    refusal = decided(pattern, "refuse", almaty("2026-06-01", "00:01"), head)  # the last day of May in London
    Decision.objects.filter(pk=refusal.pk).update(annulled_at=almaty("2026-07-02"))  # it was taken all the same
    decided(pattern, "refuse", almaty("2026-04-30", "23:59"), head)
    ended(pattern, "refused_consideration", almaty("2026-06-30", "23:59"))
    ended(pattern, "withdrawn", almaty("2026-07-01", "00:01"))
    ended(pattern, "withdrawn", almaty("2026-05-01", "00:01"))
    found = tables("throughput", scope(head, "2026-05-01", "2026-06-30"))["by-month"]
    assert found.head() == ["Month", "Filings", "Decided", "Granted", "Refused", "Not considered", "Withdrawn"]
    assert {name.replace("\xa0", " "): row for name, row in lines(found).items()} == {
        "May 2026": [2, 1, 1, 0, 0, 1],
        "June 2026": [2, 1, 0, 1, 1, 0],
        "Together": [4, 2, 1, 1, 1, 1],
    }


def test_what_was_open_at_midnight_had_its_age(pattern: Application, head: User) -> None:
    officer = make.make_user(OFFICER, full_name="Aliya")
    ended(pattern, "withdrawn", almaty("2026-06-30", "23:59"))  # not open any more
    case(pattern, "2026-07-01")  # not filed yet
    old = ended(pattern, "withdrawn", almaty("2026-07-01", "00:01"), assigned_to=officer)  # filed on 1 April
    young = case(pattern, "2026-06-23")  # 5 working days by 30 June
    older = case(pattern, "2026-06-22")  # 6
    ages_then = [working_days_between(one.law_day, date(2026, 6, 30)) for one in (young, older, old)]
    assert ages_then[:2] == [5, 6]
    assert ages_then[2] > 40
    found = tables("ageing", scope(head, "2026-06-01", "2026-06-30"))
    assert [row[1] for row in found["by-age"].lines()] == [1, 1, 0, 0, 1, 3]
    assert lines(found["by-officer"]) == {
        "Nobody yet": [1, 1, 0, 0, 0, 2, date(2026, 6, 22)],
        "Aliya": [0, 0, 0, 0, 1, 1, date(2026, 4, 1)],
        "Together": [1, 1, 0, 0, 1, 3, date(2026, 4, 1)],
    }


@pytest.mark.parametrize("on", [date(2026, 6, 30), date(2026, 3, 22), date(2026, 1, 1), date(2026, 7, 12)])
def test_every_age_is_in_one_band(on: date) -> None:
    days = ages(on)
    for back in range(120):
        filed = on - timedelta(days=back)
        age = working_days_between(filed, on)
        bands = [place for place, (first, last) in enumerate(BANDS) if first <= age and (last is None or age <= last)]
        held = [
            place for place, (first, last) in enumerate(days) if filed <= last and (first is None or filed >= first)
        ]
        assert held == bands, filed


def test_load_counts_cases_and_days_away(pattern: Application, head: User) -> None:
    aliya, bolat = (make.make_user(OFFICER, full_name=name) for name in ("Aliya", "Bolat"))
    make.make_user(OFFICER, full_name="Elsewhere", authority=make.make_authority("nbk"))
    make.make_user(OFFICER, full_name="Gone", is_active=False)
    User.objects.filter(pk=head.pk).update(full_name="Head")
    case(pattern, "2026-05-31", assigned_to=aliya)
    case(pattern, "2026-06-01", assigned_to=aliya)
    ended(pattern, "withdrawn", almaty("2026-06-30", "23:59"), assigned_to=aliya)
    case(pattern, "2026-06-02")
    # 29 June is a Monday, so two working days of his absence lie in June
    make.make_absence(aliya, bolat, at=almaty("2026-06-29"), days=(0, 4))
    found = tables("load", scope(head, "2026-06-01", "2026-06-30"))["by-officer"]
    rows = lines(found)
    rows.pop("Test officer", None)
    assert rows == {
        "Aliya": [2, 1, 1, 2, date(2026, 7, 3), "Bolat"],
        "Nobody yet": [1, 1, 0, 0, None, None],
        "Bolat": [0, 0, 0, 0, None, None],
        "Head": [0, 0, 0, 0, None, None],
        "Together": [3, 2, 1, None, None, None],
    }


def test_refusals_are_counted_by_the_ground_that_was_cited(head: User) -> None:
    make.make_decided(at=almaty("2026-05-12"), outcome="refuse")
    left = make.make_submitted(at=almaty("2026-05-12"))
    reasons = ["permit.incomplete.1", "permit.incomplete.3"]
    services.refuse_consideration(
        left, reasons=reasons, text="A page is missing.", actor=make.make_user(OFFICER), at=almaty("2026-05-13")
    )
    found = tables("refusals", scope(head))
    refused = [[cell for cell in row if cell != ""] for row in found["refused"].lines()]
    assert refused[0][0] == "The applicant does not meet the qualification requirements."
    assert refused[0][1].endswith("Art. 32(1)(3)")
    assert [row[-2:] for row in refused] == [[1, Decimal("100.0")], [1, None]]
    assert [row[2:] for row in found["not-considered"].lines()] == [
        *([1, Decimal("100.0")] for _reason in reasons),
        [1, None],
    ]
    empty = tables("refusals", scope(head, "2026-06-01", "2026-06-30"))
    assert not any(table.rows or table.total for table in empty.values())


def test_filters_narrow_every_report(pattern: Application, head: User) -> None:
    one = case(pattern, "2026-05-04", region="KZ-39")
    case(pattern, "2026-05-04", region="KZ-10")
    owed(one, "2026-05-29")
    narrowed, other = (scope(head, region=region) for region in ("KZ-39", "KZ-71"))
    assert lines(tables("throughput", narrowed)["by-month"])["Together"][0] == 1
    assert lines(tables("terms", narrowed)["by-duty"])["Together"][0] == 1
    assert not tables("terms", other)["by-duty"].rows
    assert lines(tables("throughput", scope(head, kind="mining-licence-2"))["by-month"])["Together"][0] == 0


@pytest.mark.parametrize("code", REPORTS)
def test_another_authority_sees_nothing_of_ours(code: str, pattern: Application, head: User) -> None:
    open_case = case(pattern, "2026-05-04", assigned_to=make.make_user(OFFICER), due_on=date(2026, 5, 20))
    owed(open_case, "2026-05-20", audience="public")
    decided(pattern, "refuse", almaty("2026-05-20"), head)
    ended(pattern, "refused_consideration", almaty("2026-05-20"))
    make.make_licence(at=almaty("2026-04-20"))
    foreign = make.make_user(HEAD, authority=Authority.objects.get_or_create(code="nbk", name_en="x", decides=True)[0])

    def counted(user: User) -> int:
        values = [value for table in REPORTS[code][1](scope(user)) for row in table.lines() for value in row]
        return sum(value for value in values if isinstance(value, int))

    assert counted(foreign) == 0
    assert counted(head) > 0
    assert all(
        cell.value in (0, None, "") for table in overview(scope(foreign)) for row in table.rows for cell in row[1:]
    )


def test_usual_periods() -> None:
    assert last_month(date(2026, 1, 31)) == (date(2025, 12, 1), date(2025, 12, 31))
    assert last_month(date(2024, 3, 1)) == (date(2024, 2, 1), date(2024, 2, 29))
    assert last_quarter(date(2026, 3, 31)) == (date(2025, 10, 1), date(2025, 12, 31))
    assert last_quarter(date(2026, 4, 1)) == (date(2026, 1, 1), date(2026, 3, 31))
