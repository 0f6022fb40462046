"""Each fact is judged by the law of its own day, and each term by the working days of its year."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from core.models import Event, Notification, Obligation, User
from core.services import remind_duties, sweep_duties
from core.workflow import TransitionRefused
from law.licensing import due
from law.problems import Problem
from licensing import services
from licensing.models import Application
from tests import factories as make

pytestmark = pytest.mark.django_db
RULES = ("registration", "completeness", "decision")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=make.ALMATY)


def errors(application: Application, on: date) -> set[str]:
    return {problem.code for problem in application.problems(on) if problem.severity == "error"}


def warnings(application: Application, on: date) -> set[str]:
    return {problem.code for problem in application.problems(on) if problem.severity == "warning"}


@pytest.mark.parametrize(
    ("filed", "days"),
    [
        ("2026-06-16T10:00", ("2026-06-17", "2026-06-18", "2026-07-08")),  # Capital Day on Monday 6 July
        ("2026-06-19T23:59", ("2026-06-22", "2026-06-23", "2026-07-13")),  # a Friday's last minute is Friday
        ("2026-06-20T00:01", ("2026-06-22", "2026-06-23", "2026-07-13")),  # a Saturday counts from Monday
        ("2025-12-30T18:00", None),  # over New Year and Orthodox Christmas
        ("2026-03-19T09:00", None),  # over Nauryz
    ],
)
def test_terms_of_a_filing(filed: str, days: tuple[str, ...] | None) -> None:
    """What is stored is what the law computes, with its lines; tests/law holds the calendar itself to account."""
    application = make.make_submitted(at=at(filed))
    day = date.fromisoformat(filed[:10])
    stored = {row.code: row for row in Obligation.objects.of(application)}
    assert application.filed_on == day
    for rule in RULES:
        expected, row = due("mining-licence-1", rule, day), stored[rule]
        assert (row.due_on, row.base_on) == (expected.due_on, day)
        assert [line["msgid"] for line in row.arithmetic] == [line.msgid for line in expected.arithmetic]
        assert row.ground["code"] == expected.provision.code
    assert application.due_on == stored["registration"].due_on
    if days is not None:
        assert tuple(str(stored[rule].due_on) for rule in RULES) == days


def test_the_day_of_filing_is_that_of_almaty() -> None:
    """At 20:30 UTC it is already the next day there."""
    moment = datetime.fromisoformat("2026-06-16T20:30+00:00")
    assert make.make_submitted(at=moment).filed_on == date(2026, 6, 17)


@pytest.mark.parametrize(("day", "late"), [("2026-07-08T23:59", 0), ("2026-07-09T00:00", 1), ("2026-07-20T12:00", 1)])
def test_a_term_is_overdue_from_the_day_after(day: str, late: int) -> None:
    application = make.make_in_review()
    make.make_user("head")
    assert sweep_duties(at=at(day)) == late
    assert sweep_duties(at=at(day)) == 0
    decision = Obligation.objects.of(application).get(code="decision")
    assert decision.due_on == date(2026, 7, 8)
    assert (decision.overdue_at is not None) == bool(late)


def test_met_and_ended_terms_are_never_overdue() -> None:
    decided, withdrawn = make.make_decided(), make.make_submitted()
    services.withdraw_application(withdrawn, actor=withdrawn.created_by, at=make.AT)
    assert sweep_duties(at=at("2027-06-16T12:00")) == 0
    assert not Obligation.objects.of(decided).open().exists()


EDITIONS: list[tuple[str, dict[str, Any], set[str]]] = [
    # the first edition: a production building and no other activity
    ("2025-12-30", {"production_building": False}, {"centre_building_required"}),
    ("2025-12-30", {"other_activity": True}, {"exclusive_activity"}),
    ("2025-12-30", {"keeps_capacity_working": False}, set()),
    (
        "2026-01-17",
        {"production_building": False, "other_activity": True},
        {"centre_building_required", "exclusive_activity"},
    ),
    # after Law 231-VIII: neither, but capacity kept working
    ("2026-01-18", {"production_building": False, "other_activity": True}, set()),
    ("2026-01-18", {"keeps_capacity_working": False}, {"centre_keeps_capacity_working"}),
    ("2026-06-16", {"keeps_capacity_working": False}, {"centre_keeps_capacity_working"}),
    # under every edition: outside a residential zone
    ("2024-05-14", {"outside_residential_zone": False}, {"centre_outside_residential_zone"}),
    ("2026-06-16", {"outside_residential_zone": False}, {"centre_outside_residential_zone"}),
    ("2026-06-16", {"holds_centre": False}, {"subtype_holds_centre"}),
]


@pytest.mark.parametrize(("day", "facts", "expected"), EDITIONS)
def test_a_filing_is_judged_by_the_edition_of_its_day(day: str, facts: dict[str, Any], expected: set[str]) -> None:
    moment = at(f"{day}T10:00")
    application = make.make_draft(at=moment, **facts)
    assert errors(application, moment.date()) == expected
    if expected:
        with pytest.raises(TransitionRefused) as refused, transaction.atomic():
            services.submit_application(application, actor=application.created_by, at=moment)
        assert {problem.code for problem in refused.value.problems} == expected
        assert all(isinstance(problem, Problem) and problem.provision for problem in refused.value.problems)
    else:
        services.submit_application(application, actor=application.created_by, at=moment)


def test_once_filed_the_law_of_the_day_of_filing_stays() -> None:
    """Filed on 30 December 2025 under the first edition, reviewed in 2026 under the next: the first one judges."""
    application = make.make_submitted(at=at("2025-12-30T10:00"))
    later = date(2026, 2, 2)
    exclusive = next(finding for finding in application.findings(later) if finding.code == "exclusive")
    assert exclusive.source is not None
    assert exclusive.source.ground()["repealed"] == "2026-01-18"
    Application.objects.get(pk=application.pk).particulars.__class__.objects.filter(application=application).update(
        production_building=False, other_activity=True
    )
    fresh = Application.objects.get(pk=application.pk)
    assert {p.code for f in fresh.findings(later) for p in f.problems if p.severity == "error"} == {
        "centre_building_required",
        "exclusive_activity",
    }


def test_a_draft_is_judged_by_the_law_of_the_day_it_is_filed_and_not_opened() -> None:
    opened = at("2026-01-15T10:00")
    application = make.make_draft(at=opened, other_activity=True)
    assert errors(application, opened.date()) == {"exclusive_activity"}
    assert errors(application, date(2026, 1, 19)) == set()


def test_problems_point_at_fields_that_the_form_has() -> None:
    application = make.make_draft(at=at("2025-12-30T10:00"), other_activity=True)
    (problem,) = [p for p in application.problems(date(2025, 12, 30)) if p.code == "exclusive_activity"]
    assert problem.field == "other_activity"


@pytest.mark.parametrize(
    ("form", "country", "code"),
    [("legal_entity", "AE", "foreign"), ("sole_trader", "RU", "foreign"), ("person", "KZ", "person")],
)
def test_who_may_not_mine_gets_the_article_and_advice(form: str, country: str, code: str) -> None:
    organisation = make.make_organisation(form=form, registered_in=country)
    application = make.make_draft(actor=make.make_applicant(organisation))
    with pytest.raises(TransitionRefused) as refused:
        services.submit_application(application, actor=application.created_by, at=make.AT)
    problems = [p for p in refused.value.problems if p.severity == "error"]
    assert problems
    assert all(p.provision is not None and p.provision.ground()["article"] for p in problems)


def test_everything_that_is_missing_is_listed_at_once() -> None:
    application = make.make_draft(complete=False)
    with pytest.raises(TransitionRefused) as refused:
        services.submit_application(application, actor=application.created_by, at=make.AT)
    found = [(problem.code, problem.field) for problem in refused.value.problems]
    assert {code for code, _field in found} == {"document-missing", "particular-missing"}
    assert len([code for code, _field in found if code == "particular-missing"]) == 16
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("kind", "paid_on", "amount", "expected"),
    [
        ("mining-licence-1", date(2026, 6, 10), "8650000.00", set()),
        ("mining-licence-1", date(2026, 6, 10), "8649999.99", {"fee-short"}),
        ("mining-licence-2", date(2026, 6, 10), "21625.00", set()),
        ("mining-licence-2", date(2026, 6, 10), "21624.99", {"fee-short"}),
        ("mining-licence-1", date(2025, 12, 31), "1.00", {"fee-unknown"}),
        ("mining-licence-1", None, None, {"fee-unpaid"}),
    ],
)
def test_the_fee_of_the_day_of_payment(kind: str, paid_on: date | None, amount: str | None, expected: set[str]) -> None:
    application = make.make_draft(kind=kind)
    Application.objects.filter(pk=application.pk).update(fee_paid_on=paid_on, fee_amount=amount)
    application.refresh_from_db()
    found = {p.code for p in application.problems(make.AT.date()) if p.code.startswith("fee")}
    assert found == expected


def test_a_licence_holds_three_years_and_ends_after_its_last_day() -> None:
    licence = make.make_licence(at=at("2024-02-27T10:00"))
    assert (licence.valid_from, licence.valid_to) == (date(2024, 2, 27), date(2027, 2, 27))
    assert services.expire_licences(at=at("2027-02-27T23:59")) == 0
    assert services.expire_licences(at=at("2027-02-28T00:00")) == 1


def test_before_the_law_nothing_can_be_applied_for() -> None:
    actor: User = make.make_applicant()
    with pytest.raises(TransitionRefused) as refused:
        make.make_draft(actor=actor, at=at("2023-03-31T23:59"))
    assert [problem.code for problem in refused.value.problems] == ["kind-closed"]
    assert make.make_draft(actor=actor, at=at("2023-04-01T00:00")).pk


def test_an_overdue_duty_keeps_its_true_day_after_days_of_stop() -> None:
    head = make.make_user("head")
    application = make.make_in_review()
    sweep_duties(at=make.AT + timedelta(days=60))
    remind_duties(at=make.AT + timedelta(days=60))
    event = Event.objects.of(application).get(verb="obligation.overdue")
    assert event.data == {"duty": "decision", "due": "2026-07-08"}
    told = Notification.objects.filter(recipient=head, template="term_overdue", channel="inbox")
    assert told.count() == 2  # for the officer that the case lacks, and as the head
