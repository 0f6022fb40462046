"""Assessments keep the law and the reports that they read; a head judges, and only then a breach may follow."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from core.services import verify_events
from core.workflow import HEAD, OFFICER, TransitionRefused
from law import provisions
from law.provisions import history
from law.quota import SHARE
from licensing.models import Breach
from mining import services
from mining.models import QuotaAssessment, QuotaFinding
from tests import factories as make

pytestmark = pytest.mark.django_db
LATER = make.AT + timedelta(hours=1)


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def client_of(user: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("sold", "verdict", "missing"),
    [
        ("2024-01-10", "short", "50"),
        ("2024-12-31", "short", "50"),
        ("2025-01-01", "short", "75"),
        ("2026-01-17", "short", "75"),
        ("2026-01-18", "no_duty", "0"),
    ],
)
def test_a_sale_elsewhere_by_the_law_of_its_day(sold: str, verdict: str, missing: str) -> None:
    licence = make.make_miner()
    day = date.fromisoformat(sold)
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    last = (first.replace(day=28) + timedelta(days=75)).replace(day=1) - timedelta(days=1)
    make.make_sale_report(licence, make.sale_line(sold), period=(first, last))
    made = make.make_assessment(licence, period=(day, day))
    assert (made.verdict, made.missing) == (verdict, Decimal(missing))
    assert hasattr(made, "finding") is (verdict == "short")


def test_a_quarter_over_the_repeal_is_split_and_opens_a_finding() -> None:
    licence, exchange = make.make_miner(), make.make_exchange()
    make.make_sale_report(
        licence, make.sale_line("2026-01-10", "1000", exchange=exchange.code), make.sale_line("2026-02-10", "5000")
    )
    made = make.make_assessment(licence)
    before, after = made.parts
    assert [(part["last"], part["verdict"]) for part in (before, after)] == [
        ("2026-01-17", "unproved"),
        ("2026-03-31", "no_duty"),
    ]
    assert made.verdict == "unproved"
    assert before["ground"]["repealed"] == "2026-01-18"
    assert [ground["code"] for ground in made.grounds] == [SHARE]
    assert made.finding.state == "open"
    assert made.own_output["article"] == "12-1(1)(5)"  # made after 1 May 2026
    assert not Breach.objects.exists()
    assert not list(verify_events())


def test_what_the_exchange_proves_opens_nothing() -> None:
    licence, exchange = make.make_miner(), make.make_exchange()
    make.make_sale_report(licence, make.sale_line("2026-01-10", "1000", exchange=exchange.code))
    make.make_sale_report(exchange, make.sale_line("2026-01-10", "1000", miner=licence.organisation.identifier))
    made = make.make_assessment(licence)
    assert made.verdict == "met"
    assert not QuotaFinding.objects.exists()
    assert len(made.reports) == 2


def moved_repeal(on: date) -> Mapping[str, tuple[provisions.Provision, ...]]:
    earlier, last = history(SHARE)
    return MappingProxyType({**provisions._ROWS, SHARE: (earlier, replace(last, repealed=on))})


def test_a_corrected_day_of_repeal_changes_new_answers_and_no_old_assessment(monkeypatch: pytest.MonkeyPatch) -> None:
    licence = make.make_miner()
    make.make_sale_report(licence, make.sale_line("2026-01-20"))
    old = make.make_assessment(licence)
    monkeypatch.setattr(provisions, "_ROWS", moved_repeal(date(2026, 1, 25)))
    new = make.make_assessment(licence)
    kept = QuotaAssessment.objects.get(pk=old.pk)
    assert (kept.verdict, new.verdict) == ("no_duty", "short")
    assert [made.grounds[0]["repealed"] for made in (kept, new)] == ["2026-01-18", "2026-01-25"]
    assert kept.parts == old.parts


def test_a_later_correction_of_a_report_changes_no_old_assessment() -> None:
    from exchanges.services import correct_sale_report

    licence = make.make_miner()
    report = make.make_sale_report(licence, make.sale_line("2026-01-10", "100"))
    old = make.make_assessment(licence)
    correct_sale_report(
        report,
        rows=[make.sale_line("2026-01-10", "40")],
        reason="A slip.",
        paper=make.PAPER,
        actor=make.make_user(OFFICER),
        at=LATER,
    )
    new = make.make_assessment(licence)
    assert [QuotaAssessment.objects.get(pk=old.pk).sold, new.sold] == [100, 40]
    assert (old.reports, new.reports) == ([[report.reference, 1]], [[report.reference, 2]])


@pytest.mark.parametrize(
    ("period", "code"),
    [
        ((date(2026, 3, 31), date(2026, 1, 1)), "assessment-period"),
        ((date(2025, 1, 1), date(2026, 3, 31)), "assessment-period"),
        ((date(2026, 4, 1), date(2026, 6, 30)), "report-early"),
        ((date(2023, 3, 31), date(2023, 6, 30)), "assessment-before-law"),
    ],
)
def test_periods_that_are_none(period: tuple[date, date], code: str) -> None:
    with pytest.raises(TransitionRefused) as refused:
        make.make_assessment(make.make_miner(), period=period)
    assert code in codes(refused)


def test_a_pool_has_no_sales_of_its_own() -> None:
    with pytest.raises(TransitionRefused) as refused:
        make.make_assessment(make.make_pool())
    assert codes(refused) == {"not-a-miner"}


def test_a_head_who_did_not_assess_judges() -> None:
    assessor = make.make_user(HEAD)
    finding = make.make_finding(officer=assessor)
    for nobody in (assessor, make.make_user(OFFICER), make.make_user(HEAD, authority=make.make_authority("nbk"))):
        with pytest.raises(PermissionDenied):
            services.judge_finding(finding, "uphold", text="So.", actor=nobody, at=LATER)
    head = make.make_user(HEAD)
    with pytest.raises(TransitionRefused) as refused:
        services.judge_finding(finding, "uphold", text=" ", actor=head, at=LATER)
    assert codes(refused) == {"note-missing"}
    judged = services.judge_finding(finding, "set_aside", text="The duty is no more.", actor=head, at=LATER)
    assert (judged.state, judged.judged_by) == ("set_aside", head)
    with pytest.raises(TransitionRefused):
        services.act_on_finding(judged, facts="x", actor=head, at=LATER)
    assert not Breach.objects.exists()


def test_an_upheld_finding_leads_to_a_breach_with_one_act() -> None:
    finding = make.make_finding()
    officer = make.make_user(OFFICER)
    with pytest.raises(TransitionRefused):
        services.act_on_finding(finding, facts="Too little.", actor=officer, at=LATER)
    upheld = services.judge_finding(finding, "uphold", text="It falls short.", actor=make.make_user(HEAD), at=LATER)
    assert not Breach.objects.exists()
    breach = services.act_on_finding(upheld, facts="Too little.", actor=officer, at=LATER)
    assert breach.ground == finding.assessment.breached
    assert breach.ground["repealed"] == "2026-01-18"
    assert breach.licence == finding.assessment.licence
    assert QuotaFinding.objects.get().breach == breach
    with pytest.raises(TransitionRefused):
        services.act_on_finding(upheld, facts="Again.", actor=officer, at=LATER)
    assert Breach.objects.count() == 1


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("2024-06-01", "unsecured.issue_and_turnover_ban"),
        ("2026-02-01", "turnover.organising_needs_licence"),
        ("2026-06-01", "unsecured.closed_list_of_cases"),
    ],
)
def test_organised_trade_is_a_breach_with_a_referral(on: str, code: str) -> None:
    licence, body = make.make_miner(), make.make_authority("police", decides=False)
    breach = services.report_trade(
        licence,
        facts="A desk for exchange.",
        traded_on=date.fromisoformat(on),
        body=body,
        text="Please look.",
        actor=make.make_user(OFFICER),
        at=make.AT,
    )
    assert breach.ground["code"] == code
    assert breach.referrals.get().body == body


def test_organised_trade_refuses_all_that_is_wrong_and_leaves_nothing() -> None:
    licence = make.make_miner()
    given: dict[str, Any] = {"facts": "x", "text": "y", "actor": make.make_user(OFFICER), "at": make.AT}
    with pytest.raises(TransitionRefused) as refused:
        services.report_trade(licence, traded_on=date(2023, 5, 1), body=make.make_authority("police"), **given)
    assert codes(refused) == {"found-day"}
    with pytest.raises(TransitionRefused) as refused:
        services.report_trade(licence, traded_on=date(2026, 6, 1), body=licence.authority, **given)
    assert codes(refused) == {"own-body"}
    assert not Breach.objects.exists()


@pytest.mark.parametrize(("on", "barred"), [("2026-01-17", True), ("2026-01-18", False), ("2026-06-01", False)])
def test_other_activity_is_barred_to_the_day_before_the_repeal(on: str, barred: bool) -> None:
    licence = make.make_miner()
    given: dict[str, Any] = {"facts": "A cafe.", "on": date.fromisoformat(on), "at": make.AT}
    given["actor"] = make.make_user(OFFICER)
    if barred:
        assert services.report_other_activity(licence, **given).ground["code"] == "mining.exclusive_activity"
        return
    with pytest.raises(TransitionRefused) as refused:
        services.report_other_activity(licence, **given)
    (problem,) = refused.value.problems
    assert (problem.code, problem.params["ended"]) == ("activity-free", date(2026, 1, 18))


def test_the_pages() -> None:
    finding = make.make_finding()
    row, number = finding.assessment, finding.assessment.licence.number
    officer, head = client_of(make.make_user(OFFICER)), client_of(make.make_user(HEAD))
    assert row.reference in officer.get(reverse("quota")).content.decode()
    page = reverse("quota-assessment", args=[row.reference])
    shown = officer.get(page).content.decode()
    assert "This duty is repealed." in shown
    assert "unconfirmed" in shown
    assert "lawful cases by name" in shown
    uphold = reverse("quota-assessment-act", args=[row.reference, "uphold"])
    assert officer.post(uphold, {"text": "x"}).status_code == 403
    assert head.get(uphold).status_code == 200
    assert head.post(uphold, {"text": "", "version": 1}).status_code == 422
    assert head.post(uphold, {"text": "It falls short.", "version": 1}).status_code == 302
    answer = officer.post(reverse("quota-assessment-act", args=[row.reference, "breach"]), {"facts": "Too little."})
    assert answer.headers["Location"] == reverse("breach", args=[Breach.objects.get().reference])
    assert Breach.objects.get().reference in officer.get(page).content.decode()
    assert row.reference not in officer.get(reverse("quota")).content.decode()
    assert row.reference in officer.get(reverse("quota"), {"show": "all"}).content.decode()
    miner = reverse("miner", args=[number])
    assert officer.get(reverse("quota"), {"licence": number}).headers["Location"] == miner
    assert officer.get(miner).status_code == 200
    assert officer.post(miner, {"first": "2025-10-01", "last": "2025-12-31"}).status_code == 302
    assert officer.post(miner, {"first": "2026-01-01", "last": "2024-12-31"}).status_code == 409
    for name in ("miner-trade", "miner-activity"):
        assert officer.get(reverse(name, args=[number])).status_code == 200
        assert officer.post(reverse(name, args=[number]), {}).status_code == 409
    stranger = client_of(make.make_user(OFFICER, authority=make.make_authority("nbk")))
    party = client_of(row.licence.application.created_by)
    for address in (page, miner, reverse("miner-trade", args=[number])):
        assert stranger.get(address).status_code == 404
        assert party.get(address).status_code == (200 if address == page else 404)  # judged, and so open to him


def test_the_list_takes_the_same_queries_at_any_length(django_assert_max_num_queries: Any) -> None:
    for _number in range(4):
        make.make_finding()
    client = client_of(make.make_user(OFFICER))
    client.get(reverse("quota"))
    with django_assert_max_num_queries(4):
        client.get(reverse("quota"))
