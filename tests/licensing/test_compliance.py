"""The figure of compliance against a small world counted by hand: past months as they stood at their end."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from core.models import Obligation
from core.services import meet, owe
from core.workflow import HEAD
from law.compliance import BASELINE, DEFINITION
from law.licensing import due_by
from licensing import services
from licensing.models import Licence
from licensing.reports import Scope
from licensing.reports.compliance import compliance, counted, month_ends, standings
from tests import factories as make

pytestmark = pytest.mark.django_db


def almaty(day: str, clock: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=make.ALMATY)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    cache.clear()
    with translation.override("en"):
        yield


def level(licence: Licence, day: str) -> str:
    """How far the firm of a licence complied on a day; "" where it held none."""
    rows = standings(Licence.objects.filter(pk=licence.pk), date.fromisoformat(day))
    return rows[0].level if rows else ""


def test_a_firm_counts_from_the_day_of_its_licence() -> None:
    licence = make.make_licence(at=almaty("2026-05-12"))
    assert [level(licence, day) for day in ("2026-05-11", "2026-05-12", "2026-06-30")] == ["", "full", "full"]
    last = licence.valid_to
    assert last is not None
    assert [level(licence, str(last + timedelta(days=days))) for days in (0, 1)] == ["full", ""]


@pytest.mark.parametrize(
    ("opened", "closed", "on_may", "on_june"),
    [
        (("2026-05-31", "23:59"), ("2026-06-30", "23:59"), "none", "full"),
        (("2026-06-01", "00:01"), ("2026-07-01", "00:01"), "full", "none"),
    ],
)
def test_a_breach_counts_on_the_days_on_which_it_stood_open(
    opened: Any, closed: Any, on_may: str, on_june: str
) -> None:
    licence, officer = make.make_licence(at=almaty("2026-05-12")), make.make_user("officer")
    breach = make.make_breach(licence, officer=officer, at=almaty(*opened) - timedelta(hours=5))
    head = make.make_user(HEAD)
    services.settle_breach(breach, "dismiss", text="No breach.", actor=head, at=almaty(*closed))
    # The duty to explain it is over with it: the breach alone counts.
    assert (level(licence, "2026-05-31"), level(licence, "2026-06-30")) == (on_may, on_june)
    assert level(licence, "2026-07-31") == "full"


def test_a_suspension_counts_on_its_days_whatever_the_licence_is_now() -> None:
    licence = make.make_licence(at=almaty("2026-04-01"))
    measure = make.make_measure(licence, months=1, officer=make.make_user("officer"), at=almaty("2026-05-04"))
    services.countersign_measure(measure, actor=make.make_user("officer"), at=almaty("2026-05-05"))
    make.hear_holder(measure, at=almaty("2026-05-05"))
    head = make.make_user(HEAD)
    services.decide_measure(measure, actor=head, at=almaty("2026-05-20"), confirmation="It applies.")
    before = [level(licence, day) for day in ("2026-04-30", "2026-05-19", "2026-05-20", "2026-05-31")]
    services.lapse_suspensions(at=almaty("2026-06-25"))
    assert before == ["full", "full", "none", "none"]
    assert [level(licence, day) for day in ("2026-04-30", "2026-05-31", "2026-06-24", "2026-06-30")] == [
        *("full", "none", "none", "none")
    ]


def test_an_overdue_duty_makes_a_firm_partly_compliant_until_it_is_met() -> None:
    licence = make.make_licence(at=almaty("2026-05-12"))
    due = due_by("permit.breach-cure", date(2026, 5, 13))
    owe(licence, {"return-paper": due}, debtor=Obligation.ORGANISATION, at=almaty("2026-05-13"))
    assert due.due_on == date(2026, 5, 28)  # a holiday lies between
    assert [level(licence, day) for day in ("2026-05-27", "2026-05-28", "2026-05-31")] == ["full", "part", "part"]
    meet(licence, "return-paper", at=almaty("2026-06-02"))
    assert [level(licence, day) for day in ("2026-05-31", "2026-06-01", "2026-06-02")] == ["part", "part", "full"]


def test_a_duty_met_on_its_last_day_is_not_overdue_and_terms_of_filings_do_not_count() -> None:
    licence = make.make_licence(at=almaty("2026-05-12"))
    due = due_by("permit.breach-cure", date(2026, 5, 13))
    owe(licence, {"return-paper": due}, debtor=Obligation.ORGANISATION, at=almaty("2026-05-13"))
    meet(licence, "return-paper", at=almaty("2026-05-28", "23:59"))
    owe(licence.application, {"cure": due}, debtor=Obligation.ORGANISATION, at=almaty("2026-05-13"))
    assert level(licence, "2026-05-31") == "full"


def test_a_firm_with_several_licences_counts_once_by_the_worst() -> None:
    first = make.make_licence(at=almaty("2026-05-12"))
    party = make.party_of(first.application)
    second = make.make_licence(at=almaty("2026-05-12"), actor=party)
    other = make.make_licence(at=almaty("2026-05-12"))
    make.make_breach(second, at=almaty("2026-05-20"))
    found = counted(standings(Licence.objects.all(), date(2026, 5, 31)))
    assert found == {"full": 1, "part": 0, "none": 1}
    assert other.organisation_id not in (first.organisation_id, second.organisation_id)


@pytest.mark.parametrize(
    ("first", "last", "today", "days"),
    [
        ("2026-04-10", "2026-05-01", "2026-06-15", ["2026-04-30", "2026-05-31"]),
        ("2026-05-01", "2026-06-30", "2026-06-15", ["2026-05-31", "2026-06-15"]),
        ("2026-06-01", "2026-09-30", "2026-06-30", ["2026-06-30"]),
        ("2025-12-01", "2025-12-31", "2026-06-15", ["2025-12-31"]),
    ],
)
def test_the_days_that_months_end_on(first: str, last: str, today: str, days: list[str]) -> None:
    found = month_ends(date.fromisoformat(first), date.fromisoformat(last), date.fromisoformat(today))
    assert [str(day) for day in found] == days


def test_the_report_has_denominator_definition_and_baseline() -> None:
    make.make_licence(at=almaty("2026-05-12"))
    make.make_breach(make.make_licence(at=almaty("2026-06-02")), at=almaty("2026-06-10"))
    scope = Scope(make.make_user(HEAD), date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 15))
    months, kinds, before = compliance(scope)
    assert [row[1:] for row in months.lines()] == [
        [0, 0, 0, 0, None],
        [1, 1, 0, 0, Decimal("100.0")],
        [2, 1, 0, 1, Decimal("50.0")],
    ]
    assert [row[1:] for row in kinds.lines()] == [[2, 1, 0, 1, Decimal("50.0")]]
    assert "denominator" in months.note
    assert before.lines()[0][1] == "≈ 5"
    assert "commentary" in str(before.lines()[0][2])
    foreign = make.make_user(HEAD, authority=make.make_authority("nbk"))
    other = Scope(foreign, date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 15))
    assert [row[1] for row in compliance(other)[0].lines()] == [0, 0, 0]


def test_the_public_reads_numbers_and_no_firm_where_they_are_few() -> None:
    with time_machine.travel(almaty("2026-07-15")):
        for _number in range(4):
            licence = make.make_licence(at=almaty("2026-05-12"))
        page = Client(headers={"accept-language": "en"})
        few = page.get("/compliance/").context["table"].lines()
        assert few[0][1:] == [4, None, None, None, None]
        make.make_licence(at=almaty("2026-06-12"))
        answer = page.get("/compliance/")
        assert answer.context["table"].lines()[0][1:] == [5, 5, 0, 0, Decimal("100.0")]
        assert len(answer.context["table"].lines()) == 12
        said = answer.content.decode()
        assert licence.organisation.name not in said
        assert "from a legal commentary only" in said
        file = b"".join(page.get("/compliance/compliance.csv").streaming_content)  # type: ignore[attr-defined]  # streamed
        rows = list(csv.reader(file.decode("utf-8-sig").splitlines()))
        assert rows[1][1] == "5"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_definition_is_said_in_every_language(language: str) -> None:
    with translation.override(language):
        for sentence in (*DEFINITION, BASELINE.when):
            assert translation.gettext(sentence) != sentence
