"""Operators of the National Bank: from the filing to the register, by its own terms, and out of it again."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import override

from config.invariants import faults
from core.days import told
from core.models import Event, Obligation
from core.services import verify_events
from core.workflow import HEAD, OFFICER, TransitionRefused
from exchanges.models import OperatorParticulars
from law.operators import capital_problems
from licensing import services
from licensing.models import Application, Letter, Licence, RegisterEntry
from tests import factories as make

pytestmark = pytest.mark.django_db
DFA, TRADING, EXCHANGER = "nbk-dfa-platform", "nbk-trading-platform", "nbk-exchanger"
DAY = make.AT.date()
LATER = make.AT + timedelta(hours=6)


def refused_codes(application: Application, moment: datetime = make.AT) -> set[str]:
    with pytest.raises(TransitionRefused) as refused, transaction.atomic():
        services.submit_application(application, actor=application.created_by, at=moment)
    assert all(problem.provision for problem in refused.value.problems)
    return {problem.code for problem in refused.value.problems if problem.blocks}


@pytest.mark.parametrize(
    ("kind", "number", "title"),
    [
        (DFA, "DP-2026-00001", "registration"),
        (TRADING, "TP-2026-00001", "registration"),
        (EXCHANGER, "EX-2026-00001", None),
    ],
)
def test_from_the_filing_to_the_register(kind: str, number: str, title: str | None) -> None:
    licence = make.make_licence(kind=kind)
    assert (licence.number, licence.state, licence.valid_to) == (number, "in_force", None)
    assert licence.authority.code == "nbk"
    entry = RegisterEntry.objects.get(licence=licence)
    assert (entry.kind, entry.region, entry.published) == (kind, "KZ-75", True)
    term = Obligation.objects.of(licence.application).get()
    assert (term.code, term.due_on, term.ground["confidence"]) == ("decision", date(2026, 7, 15), "text")
    printed = Letter.objects.get(application=licence.application, kind="licence")
    assert printed.data.get("title") == title
    assert "Test Owner" not in str(printed.data) + entry.search
    assert services.print_left_over(at=LATER) >= 3
    assert not list(verify_events())
    assert list(faults(at=LATER)) == []


@pytest.mark.parametrize(
    ("kind", "facts", "expected"),
    [
        (TRADING, {"capital": "199999999.99"}, {"capital-short"}),
        (EXCHANGER, {"capital": "50000000.00"}, set()),
        (EXCHANGER, {"capital_paid_on": DAY, "capital_in_tenge": False}, {"capital-late", "capital-not-money"}),
        (DFA, {"legal_form": "other"}, {"operator-form"}),
        (DFA, {"owners": [make.owner(share=60), make.owner(share=50)]}, {"shares-over"}),
        (EXCHANGER, {"executives": [make.executive(degree=False)]}, {"executive-degree"}),
        (EXCHANGER, {"other_activity": True, "stakes": True}, {"exchanger-other-activity", "exchanger-stakes"}),
        (TRADING, {"other_activity": None, "stakes": None}, set()),
    ],
)
def test_what_bars_the_filing_names_its_article(kind: str, facts: dict[str, Any], expected: set[str]) -> None:
    draft = make.make_draft(kind=kind, **facts)
    if expected:
        assert refused_codes(draft) == expected
    else:
        assert services.submit_application(draft, actor=draft.created_by, at=make.AT).state == "submitted"


def test_everything_that_is_missing_is_told_at_once() -> None:
    draft = make.make_draft(kind=EXCHANGER, complete=False)
    with pytest.raises(TransitionRefused) as refused:
        services.submit_application(draft, actor=draft.created_by, at=make.AT)
    missing = {p.field for p in refused.value.problems if p.code == "particular-missing"}
    assert missing >= {"legal_form", "capital", "owners", "executives", "other_activity", "stakes"}
    assert {p.field for p in refused.value.problems if p.code == "document-missing" and p.blocks} == {
        f"documents.{code}"
        for code in ("executive-papers", "capital-proof", "interaction", "internal-rules", "filer-authority")
    }


def test_nothing_is_filed_before_the_law() -> None:
    with pytest.raises(TransitionRefused) as refused:
        make.make_draft(kind=DFA, at=datetime(2026, 4, 30, 23, 59, tzinfo=make.ALMATY))
    assert [problem.code for problem in refused.value.problems] == ["kind-closed"]


def test_a_filing_after_a_refusal_has_ten_days_and_may_be_left() -> None:
    refused = make.make_decided(kind=DFA, outcome="refuse")
    assert refused.reasons == ["nbk.platform.refusal.3"]
    again = services.start_again(refused, actor=refused.created_by, at=LATER)
    filed = services.submit_application(again, actor=refused.created_by, at=LATER)
    assert (filed.after_refusal, filed.due_on) == (True, date(2026, 6, 30))
    officer = make.make_user(OFFICER, authority=filed.authority)
    left = services.refuse_consideration(
        filed, reasons=["nbk.platform.repeat.uncured"], text="Nothing has changed.", actor=officer, at=LATER
    )
    assert left.state == "refused_consideration"
    assert list(faults(at=LATER)) == []


def test_a_first_filing_and_one_of_an_exchanger_are_decided_on_their_merits() -> None:
    for filed in (make.make_submitted(kind=DFA), make.make_submitted(kind=EXCHANGER)):
        assert not filed.form.may_be_left
        officer = make.make_user(OFFICER, authority=filed.authority)
        with pytest.raises(TransitionRefused):
            services.refuse_consideration(filed, reasons=["permit.incomplete.1"], text="No.", actor=officer, at=LATER)


def test_the_review_of_an_exchanger_does_not_stop() -> None:
    filed = make.make_submitted(kind=EXCHANGER)
    officer = make.make_user(OFFICER, authority=filed.authority)
    with pytest.raises(TransitionRefused) as refused:
        services.stop_review(filed, case="nbk.platform.pause.1", text="?", cure_days=5, actor=officer, at=make.AT)
    assert [problem.code for problem in refused.value.problems] == ["no-pause"]


def removed(licence: Licence) -> Licence:
    """By the National Bank itself: no court, no draft made known, no hearing."""
    measure = make.make_measure(licence, act="revoke")
    assert not measure.by_court
    second, head = (make.make_user(role, authority=licence.authority) for role in (OFFICER, HEAD))
    measure = services.countersign_measure(measure, actor=second, at=LATER)
    services.decide_measure(measure, actor=head, at=LATER)
    return Licence.objects.get(pk=licence.pk)


def test_a_platform_is_removed_and_winds_down() -> None:
    licence = removed(make.make_licence(kind=TRADING))
    assert licence.state == "revoked"
    owed = {row.code: (row.due_on, row.debtor) for row in Obligation.objects.of(licence).open()}
    assert owed == {
        "nbk-removal-notice": (date(2026, 6, 23), "authority"),
        "nbk-rename": (date(2026, 7, 16), "organisation"),
        "nbk-handover": (date(2026, 7, 16), "organisation"),
    }
    assert list(faults(at=LATER)) == []
    officer = make.make_user(OFFICER, authority=licence.authority)
    given: dict[str, Any] = {"note": "Letter 4 of 17 June", "actor": officer, "at": LATER}
    with pytest.raises(TransitionRefused) as wrong:
        services.note_duty(licence, duty="nbk-rename", done_on=DAY + timedelta(days=1), **given)
    assert [one.code for one in wrong.value.problems] == ["duty-day"]
    for duty in owed:
        services.note_duty(licence, duty=duty, done_on=DAY, **given)
    with pytest.raises(TransitionRefused) as wrong:
        services.note_duty(licence, duty="nbk-rename", done_on=DAY, **given)
    assert [one.code for one in wrong.value.problems] == ["duty-not-open"]
    assert not Obligation.objects.of(licence).open().exists()
    assert Event.objects.of(licence).filter(verb="licence.note_duty").count() == 3


def test_no_platform_is_suspended() -> None:
    licence = make.make_licence(kind=DFA)
    officer = make.make_user(OFFICER, authority=licence.authority)
    given: dict[str, Any] = {"reasons": ["nbk.platform.removal.3"], "text": "?", "actor": officer, "at": LATER}
    with pytest.raises(TransitionRefused) as refused:
        services.propose_measure(licence, act="suspend", **given)
    assert "no-suspension" in {problem.code for problem in refused.value.problems}


def test_an_exchanger_hears_of_the_draft_three_days_before() -> None:
    licence = make.make_licence(kind=EXCHANGER)
    measure = make.make_measure(licence, act="suspend")
    officer, second, head = (make.make_user(role, authority=licence.authority) for role in (OFFICER, OFFICER, HEAD))
    measure = services.countersign_measure(measure, actor=second, at=LATER)
    measure = services.announce_measure(measure, actor=officer, at=LATER)
    with pytest.raises(TransitionRefused), transaction.atomic():
        services.decide_measure(measure, actor=head, at=LATER + timedelta(days=3))
    services.decide_measure(measure, actor=head, at=LATER + timedelta(days=4))
    licence.refresh_from_db()
    assert (licence.state, licence.suspended_to) == ("suspended", None)
    back = LATER + timedelta(days=6)
    request = make.make_request(licence, "resumption", at=back, text="The officer was replaced.")
    assert request.due_on == date(2026, 7, 7)  # ten working days by analogy, over the Capital Day
    make.grant_request(request, at=back)
    licence.refresh_from_db()
    assert licence.state == "in_force"


@pytest.mark.parametrize(
    ("language", "sum_", "least"),
    [
        ("en", "49 280 000.50", "50 000 000"),
        ("ru", "49 280 000,50", "50 000 000"),
        ("kk", "49 280 000,50", "50 000 000"),
    ],
)
def test_sums_stand_as_the_reader_writes_them(language: str, sum_: str, least: str) -> None:
    capital, day = Decimal("49280000.50"), date(2026, 6, 15)
    [short] = capital_problems("nbk-exchanger", day, amount=capital, paid_on=None, filed_on=day, in_tenge=True)
    printed = {row["label"]: row["value"] for row in OperatorParticulars(capital=capital).printed()}
    whole = OperatorParticulars(capital=Decimal("209280000.00")).printed()
    with override(language):
        assert told(printed["Capital paid, tenge"]).replace("\u202f", " ") == sum_
        said = short.text(told).replace("\u202f", " ")
        assert all(part in said for part in (sum_, least))
        assert told(whole[0]["value"]).replace("\u202f", " ") == "209 280 000"
