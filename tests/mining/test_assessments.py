"""Assessments of data centres: the list of their day, evidence, two hands, results, what follows, what differs."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core.models import Document, Event, Obligation
from core.services import Upload, sweep_duties
from core.workflow import TransitionRefused
from law import standards
from mining import services
from mining.models import Assessment
from tests import factories as make
from tests.mining.centres import answered, make_centre, open_assessment, proposed, signed
from tests.mining.test_centres import refused

pytestmark = pytest.mark.django_db
DAY = make.AT.date()
OLD = date(2025, 9, 1)


def owed(assessment: Assessment) -> dict[str, tuple[str, date | None]]:
    rows = Obligation.objects.of(assessment).open()
    return {row.code: (row.debtor, row.due_on) for row in rows}


def test_the_day_of_the_look_picks_the_list_that_its_items_keep() -> None:
    old, new = open_assessment(on=OLD), open_assessment()
    assert [old.standard, new.standard] == [date(2023, 4, 1), date(2026, 1, 18)]
    assert {item.code for item in old.items.all()} ^ {item.code for item in new.items.all()} == {
        "building_required",
        "keeps_capacity_working",
    }
    zone = new.items.get(code="outside_residential_zone")
    assert zone.doubt
    assert zone.ground["article"] == "1(9)"
    assert new.items.get(code="standard-power").ground["confidence"] == "assumed"
    assert not old.items.get(code="outside_residential_zone").doubt


def test_what_hinders_a_beginning_is_told() -> None:
    centre, officer = make_centre(), make.make_user("officer")
    early = refused(services.open_assessment, centre, assessed_on=date(2023, 3, 31), actor=officer)
    assert set(early) == {"assessment-day", "not_in_force"}
    late = refused(services.open_assessment, centre, assessed_on=DAY + timedelta(days=1), actor=officer)
    assert set(late) == {"assessment-day"}
    open_assessment(centre)
    assert set(refused(services.open_assessment, centre, assessed_on=DAY, actor=officer)) == {"assessment-open"}


def test_answers_are_kept_in_parts_and_judged_whole() -> None:
    row, officer = open_assessment(), make.make_user("officer")
    services.answer_assessment(row, answers={"object": "met"}, evidence={}, actor=officer, at=make.AT)
    missing = refused(services.propose_assessment, row, actor=officer)
    assert set(missing) == {"item-unanswered"}
    wrong = {"lawful_power": "not_applicable", "building_required": "met"}
    found = refused(services.answer_assessment, row, answers=wrong, evidence={}, actor=officer)
    assert set(found) == {"item-applies", "item-unknown"}
    every = {item.code: "not_met" for item in row.items.all()}
    services.answer_assessment(row, answers=every, evidence={}, actor=officer, at=make.AT)
    assert set(refused(services.propose_assessment, row, actor=officer)) == {"evidence-missing"}


def test_who_prepared_does_not_sign_off() -> None:
    opener, answerer, proposer = (make.make_user("head") for _one in range(3))
    row = answered(open_assessment(actor=opener), actor=answerer)
    row = services.propose_assessment(row, actor=proposer, at=make.AT)
    for person in (opener, answerer, proposer, make.make_user("officer"), make.make_user("inspector")):
        with pytest.raises(PermissionDenied):
            services.sign_assessment(row, actor=person, at=make.AT)
    done = services.sign_assessment(row, actor=make.make_user("head"), at=make.AT)
    assert (done.state, done.outcome) == ("signed", standards.MEETS)
    assert done.ground["code"] == "centre.assessment_result"
    assert owed(done) == {}


def test_unconfirmed_days_burden_nobody_without_a_written_confirmation() -> None:
    row, head = proposed(unmet=("outside_residential_zone",)), make.make_user("head")
    assert set(refused(services.sign_assessment, row, actor=head)) == {"duties-unconfirmed"}
    done = services.sign_assessment(row, confirmation="A month is fair.", actor=head, at=make.AT)
    assert done.outcome == standards.FAILS
    assert owed(done) == {
        standards.CURE: ("organisation", date(2026, 7, 29)),
        standards.REASSESSMENT: ("authority", date(2026, 9, 30)),
    }
    cure = Obligation.objects.of(done).get(code=standards.CURE)
    assert cure.ground["code"] == "centre.cure"
    assert cure.arithmetic
    later = make.AT + timedelta(days=60)
    assert sweep_duties(at=later) >= 1
    assert Event.objects.of(done).filter(verb="obligation.overdue").exists()


def test_a_better_look_settles_what_an_earlier_one_left() -> None:
    centre = make_centre()
    first = signed(open_assessment(centre), unmet=("lawful_power",))
    later = make.AT + timedelta(days=20)
    second = signed(open_assessment(centre, at=later), unmet=("standard-network",), at=later)
    assert second.previous == first
    assert owed(first) == {}
    assert set(owed(second)) == {standards.REMEDY, standards.REASSESSMENT}
    last = make.AT + timedelta(days=40)
    third = signed(open_assessment(centre, at=last), at=last)
    assert (owed(second), owed(third)) == ({}, {})
    met = Obligation.objects.filter(met_at__isnull=False).values_list("code", flat=True)
    assert set(met) == {standards.CURE, standards.REMEDY, standards.REASSESSMENT}


def test_a_failing_look_does_not_settle_the_cure() -> None:
    centre = make_centre()
    first = signed(open_assessment(centre), unmet=("lawful_power",))
    later = make.AT + timedelta(days=20)
    signed(open_assessment(centre, at=later), unmet=("lawful_power",), at=later)
    assert set(owed(first)) == {standards.CURE}


def test_an_assessment_keeps_the_ground_it_had(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the repeal corrected later changes no answer, rule or result that was signed."""
    done = signed(open_assessment(on=date(2026, 1, 20)))
    before = {item.code: dict(item.ground) for item in done.items.all()}
    from dataclasses import replace

    from law import provisions

    rows = dict(provisions._ROWS)
    for code, name in (("building_required", "repealed"), ("keeps_capacity_working", "in_force")):
        known = rows[f"centre.{code}"]
        moved: dict[str, Any] = {name: date(2026, 3, 1)}
        rows[f"centre.{code}"] = tuple(replace(one, **moved) for one in known)
    monkeypatch.setattr(provisions, "_ROWS", rows)
    assert open_assessment(on=date(2026, 1, 20)).items.filter(code="building_required").exists()
    again = Assessment.objects.get(pk=done.pk)
    assert {item.code: item.ground for item in again.items.all()} == before
    assert "keeps_capacity_working" in again.answers
    assert again.outcome == standards.MEETS


def test_evidence_hangs_on_an_item_until_it_is_proposed() -> None:
    row, officer = open_assessment(), make.make_user("officer")
    file = Upload("photo.pdf", BytesIO(make.PDF))
    kept = services.attach_evidence(row, file, item="object", actor=officer, at=make.AT)
    assert (kept.kind, kept.audience) == ("evidence:object", "internal")
    assert set(refused(services.attach_evidence, row, file, item="roof", actor=officer)) == {"evidence-item"}
    services.remove_evidence(kept, row, actor=officer, at=make.AT)
    assert not row.documents().exists()
    with pytest.raises(PermissionDenied):
        services.attach_evidence(row, file, actor=make.make_applicant(), at=make.AT)
    row = proposed(row)
    assert set(refused(services.attach_evidence, row, file, actor=officer)) == {"assessment-not-draft"}
    assert Document.objects.of(row).count() == 1


def test_owners_read_what_is_signed_and_nothing_before() -> None:
    owner = make.make_applicant()
    centre = make_centre(owner=owner.organisations(DAY).get())
    row = proposed(open_assessment(centre))
    assert not Assessment.objects.visible_to(owner).exists()
    assert not Event.objects.visible_to(owner).of(row).exists()
    services.sign_assessment(row, actor=make.make_user("head"), at=make.AT)
    assert Assessment.objects.visible_to(owner).get() == row
    assert [one.verb for one in Event.objects.visible_to(owner).of(row)] == ["assessment.sign_off"]
    foreign = make.make_user("officer", authority=make.make_authority("nbk"))
    assert not Assessment.objects.visible_to(foreign).exists()


@pytest.mark.parametrize("values", [{"outcome": "meets"}, {"standard": date(2030, 1, 1)}, {"state": "signed"}])
def test_the_database_holds_an_assessment_to_its_own_facts(values: dict[str, Any]) -> None:
    row = open_assessment()
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=row.pk).update(**values)


def test_sent_back_and_dropped_with_a_reason() -> None:
    row, head = proposed(), make.make_user("head")
    with pytest.raises(TransitionRefused):
        services.send_back_assessment(row, reason=" ", actor=head, at=make.AT)
    row = services.send_back_assessment(row, reason="Look at the meters.", actor=head, at=make.AT)
    assert row.state == "draft"
    row = services.drop_assessment(row, reason="Another day.", actor=make.make_user("officer"), at=make.AT)
    assert row.state == "dropped"
    open_assessment(row.centre)
