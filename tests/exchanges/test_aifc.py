"""Firms of the AIFC: licensed by its regulator, reports owed in turn, the list of exchanges that follows licences."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from config.invariants import faults
from core.models import Obligation, User
from core.workflow import HEAD, OFFICER
from exchanges.models import ListedExchange
from exchanges.services import end_exchange
from law.aifc import capital_problems, director_problems, individual_problems, quarterly_report, retail_problems
from licensing import services
from licensing.models import Letter, Licence, RegisterEntry
from tests import factories as make

pytestmark = pytest.mark.django_db
EXCHANGE, PROVIDER = "aifc-exchange", "aifc-provider"
DAY, LATER = make.AT.date(), make.AT + timedelta(hours=6)


def test_a_trading_facility_is_licensed_listed_and_owes_reports() -> None:
    licence = make.make_licence(kind=EXCHANGE)
    assert (licence.number, licence.valid_to, licence.authority.code) == ("AX-2026-00001", None, "afsa")
    printed = Letter.objects.get(application=licence.application, kind="licence").data["particulars"]
    assert [row["value"]["en"] for row in printed[:4]] == ["trading", "issue", "settlement", "storage"]
    assert "Test Individual" not in str(printed)
    owed = {row.code: row.due_on for row in Obligation.objects.of(licence).open()}
    assert owed == {
        "aifc-quarterly-report": date(2026, 7, 30),
        "aifc-yearly-report": date(2027, 6, 30),
        "aifc-independent-directors": date(2027, 6, 16),
    }
    row = ListedExchange.objects.get(licence=licence)
    assert (row.code, row.licence_number, row.valid_from, row.valid_to) == ("ax-2026-00001", licence.number, DAY, None)
    officer = make.make_user(OFFICER, authority=licence.authority)
    given: dict[str, Any] = {"note": "Received by e-mail.", "actor": officer, "at": LATER}
    services.note_duty(licence, duty="aifc-quarterly-report", done_on=DAY, **given)
    again = Obligation.objects.of(licence).open().get(code="aifc-quarterly-report")
    assert again.due_on == date(2026, 10, 30)
    services.note_duty(licence, duty="aifc-independent-directors", done_on=DAY, **given)
    assert not Obligation.objects.of(licence).open().filter(code="aifc-independent-directors").exists()
    assert list(faults(at=LATER)) == []


def test_others_see_its_register_entry_alone() -> None:
    licence = make.make_licence(kind=EXCHANGE)
    stranger = make.make_user(OFFICER)
    assert not Licence.objects.visible_to(stranger).exists()
    assert RegisterEntry.objects.visible_to(stranger).get().number == licence.number


def ended(licence: Licence) -> Licence:
    measure = make.make_measure(licence, act="revoke")
    second, head = (make.make_user(role, authority=licence.authority) for role in (OFFICER, HEAD))
    measure = services.countersign_measure(measure, actor=second, at=LATER)
    services.decide_measure(measure, actor=head, confirmation="It applies.", at=LATER)
    return Licence.objects.get(pk=licence.pk)


def test_the_list_follows_the_licence() -> None:
    user: User = make.make_applicant()
    before = make.make_exchange("old", organisation=user.organisations().get())
    licence = make.make_licence(kind=EXCHANGE, actor=user)
    before.refresh_from_db()
    assert (before.valid_to, before.end_source) == (DAY - timedelta(days=1), licence.number)
    row = ListedExchange.objects.get(licence=licence)
    for officer in (make.make_user(OFFICER), make.make_user(OFFICER, authority=licence.authority)):
        with pytest.raises(PermissionDenied), transaction.atomic():
            end_exchange(row, valid_to=DAY, end_source="Letter", actor=officer, at=LATER)
    ended(licence)
    row.refresh_from_db()
    assert (row.valid_to, row.is_licensed(DAY), row.is_licensed(DAY + timedelta(days=1))) == (DAY, True, False)
    assert not Obligation.objects.of(licence).open().exists()


@pytest.mark.parametrize(
    ("kind", "facts", "expected"),
    [
        (EXCHANGE, {}, set()),
        (EXCHANGE, {"fee_amount": "69999.99"}, {"dollars-short"}),
        (
            EXCHANGE,
            {"individuals": [{"role": "mlro", "name": "A"}], "services": []},
            {"individual-missing", "particular-missing"},
        ),
        (PROVIDER, {"activities": ["dealing"], "capital": "249999.99"}, {"aifc-capital-short"}),
        (PROVIDER, {"keeps_retail_limit": False}, {"retail-limit"}),
    ],
)
def test_what_bars_the_filing(kind: str, facts: dict[str, Any], expected: set[str]) -> None:
    draft = make.make_draft(kind=kind, complete=False, **(make.lawful(kind, DAY) | facts))
    found = [one for one in draft.problems(DAY) if one.blocks and one.code != "document-missing"]
    assert {one.code for one in found} == expected


def test_another_firm_of_the_aifc() -> None:
    licence = make.make_licence(kind=PROVIDER, activities=["custody", "advising"])
    assert licence.number == "AV-2026-00001"
    assert not ListedExchange.objects.exists()
    assert not Obligation.objects.of(licence).exists()


@pytest.mark.parametrize(
    ("directors", "independent", "expected"),
    [(3, 1, []), (4, 1, ["directors-dependent"]), (6, 2, []), (2, 3, ["directors-over"]), (None, 1, [])],
)
def test_one_third_is_independent(directors: int | None, independent: int, expected: list[str]) -> None:
    assert [one.code for one in director_problems(directors, independent, DAY)] == expected


def test_bounds_of_the_rulebook() -> None:
    assert not individual_problems(["senior_executive", "finance", "compliance", "mlro", "it"], DAY)
    assert not capital_problems(["advising"], Decimal(1), DAY)
    assert not retail_problems(False, False, DAY)
    days = {quarterly_report(EXCHANGE, date(2026, month, 1)).due_on for month in (10, 11, 12)}
    assert days == {date(2027, 1, 30)}  # a Saturday: the country's calendar does not move it
