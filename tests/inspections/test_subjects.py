"""Subjects of control come and go with licences and centres; what officials state of them, with its arithmetic."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from core.models import Event
from core.workflow import TransitionRefused
from inspections.models import ControlObject, Subject
from inspections.services import (
    confirm_risk,
    keep_risk,
    run_risk,
    set_distance,
    set_lowering,
    state_figures,
    sync_all_subjects,
    sync_subjects,
)
from inspections.services.profiles import size_of
from inspections.services.subjects import kinds_of
from licensing.models import Licence
from mining.models import DataCentre
from tests import factories as make
from tests.inspections.world import make_firm, make_joint_act

pytestmark = pytest.mark.django_db
AT, TODAY = make.AT, make.AT.date()
#: Average income of 100,000 MCI of 2026, in tenge.
SMALL = Decimal(432_500_000)


def test_who_is_a_subject_follows_the_law_of_the_day() -> None:
    maidd, nbk = make.make_authority(), make.make_authority("nbk")
    mining = {"mining-licence-1", "mining-licence-2", "pool-accreditation", "mining-data-centre"}
    assert set(kinds_of(maidd, date(2026, 5, 1))) == mining
    assert set(kinds_of(maidd, date(2026, 4, 30))) == mining | {"secured-asset-permit", "national-exchange"}
    assert kinds_of(maidd, date(2023, 3, 31)) == []
    assert kinds_of(nbk, date(2026, 6, 1)) == []


def test_subjects_come_and_go_with_licences_and_centres() -> None:
    licence, centre = make.make_miner(), make_firm().objects_of_control.get().centre
    assert centre is not None
    Subject.objects.all().delete()
    authority = licence.authority
    assert sync_subjects(authority, at=AT) == {"subjects_came": 2, "objects_came": 2}
    thing = ControlObject.objects.get(licence=licence)
    assert (thing.kind_of_permit, thing.region, thing.subject.organisation_id) == (
        licence.kind,
        licence.application.mining_particulars.region,
        licence.organisation_id,
    )
    assert sync_subjects(authority, at=AT) == {}
    event = Event.objects.get(verb="subject.sync")
    assert (event.data["counts"], len(event.data["digest"])) == ({"subjects_came": 2, "objects_came": 2}, 64)

    Licence.objects.filter(pk=licence.pk).update(state="expired", ended_on=TODAY)
    DataCentre.objects.filter(pk=centre.pk).update(state="closed", closed_on=TODAY, closing_reason="Moved.")
    assert sync_all_subjects(at=AT) == 4
    gone = ControlObject.objects.get(licence=licence)
    assert (gone.left_on, gone.subject.left_on) == (TODAY + timedelta(days=1),) * 2

    Licence.objects.filter(pk=licence.pk).update(state="in_force", ended_on=None)
    assert sync_subjects(authority, at=AT) == {"subjects_returned": 1, "objects_moved": 1}
    gone.refresh_from_db()
    assert gone.left_on is None


def test_a_centre_that_is_sold_goes_to_its_new_owner() -> None:
    old = make_firm()
    centre, new = old.objects_of_control.get().centre, make.make_organisation(checked=False)
    assert centre is not None
    DataCentre.objects.filter(pk=centre.pk).update(owner=new)
    assert sync_subjects(old.authority, at=AT) == {"subjects_came": 1, "objects_moved": 1, "subjects_left": 1}
    assert ControlObject.objects.get().subject.organisation == new


def first_type(subject: Subject) -> None:
    """Its object is a licence of subtype I, as far as its kind tells."""
    subject.objects_of_control.update(kind_of_permit="mining-licence-1")


@pytest.mark.parametrize(
    ("staff", "income", "first", "size"),
    [
        (15, SMALL, False, "micro"),
        (16, Decimal(129_750_000), False, "micro"),
        (16, Decimal("129750000.01"), False, "small"),
        (100, Decimal(1_297_500_000), False, "small"),
        (101, SMALL, False, "medium"),
        (250, Decimal(12_975_000_000), False, "medium"),
        (251, SMALL, False, "large"),
        (5, Decimal(1), True, "medium"),
    ],
)
def test_size_by_staff_and_income(staff: int, income: Decimal, first: bool, size: str) -> None:
    subject, officer = make_firm(), make.make_user("officer")
    if first:
        first_type(subject)
    given: dict[str, Any] = {"staff": staff, "income": income, "figures_on": TODAY, "successor": False}
    row = state_figures(subject, **given, actor=officer, at=AT)
    told = size_of(row)
    assert told is not None
    assert (row.size, told.size) == (size, size)
    event = Event.objects.of(row).get()
    assert event.data["arithmetic"][0]["params"]["staff"] == str(staff)
    assert "mci" in {ground["code"] for ground in event.grounds}


def test_a_licence_of_subtype_i_ends_being_small() -> None:
    subject = make_firm(size="micro", staff=3, income=1, figures_on=TODAY)
    licence = make.make_miner()
    Licence.objects.filter(pk=licence.pk).update(organisation=subject.organisation)
    assert sync_subjects(subject.authority, at=AT) == {"objects_came": 1, "sizes_raised": 1}
    subject.refresh_from_db()
    assert subject.size == "medium"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"staff": -1}, "subject-figures"),
        ({"income": Decimal(-1)}, "subject-figures"),
        ({"figures_on": TODAY + timedelta(days=1)}, "subject-figures_on"),
        ({"last_ended_on": TODAY + timedelta(days=1)}, "subject-last_ended_on"),
        ({"figures_on": date(2015, 1, 1)}, "subject-year"),
    ],
)
def test_figures_that_cannot_be(change: dict[str, Any], code: str) -> None:
    given: dict[str, Any] = {"staff": 1, "income": Decimal(1), "figures_on": TODAY, "successor": False} | change
    with pytest.raises(TransitionRefused) as refused:
        state_figures(make_firm(), **given, actor=make.make_user("officer"), at=AT)
    assert code in [problem.code for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("reasons", "evidence", "until", "code"),
    [
        (["weather"], "Contract 1", None, "lowering-unknown"),
        (["insurance"], " ", None, "lowering-evidence"),
        (["insurance"], "Contract 1", TODAY - timedelta(days=1), "lowering-until"),
    ],
)
def test_lowering_needs_a_reason_and_a_paper(reasons: list[str], evidence: str, until: date | None, code: str) -> None:
    with pytest.raises(TransitionRefused, match=code):
        set_lowering(
            make_firm(), reasons=reasons, evidence=evidence, until=until, actor=make.make_user("officer"), at=AT
        )


def test_lowering_is_set_and_taken_back() -> None:
    subject, officer = make_firm(), make.make_user("officer")
    row = set_lowering(
        subject, reasons=["insurance", "insurance"], evidence="Contract 1", until=TODAY, actor=officer, at=AT
    )
    assert (row.lowering, row.lowering_evidence, row.lowering_until) == (["insurance"], "Contract 1", TODAY)
    row = set_lowering(subject, reasons=[], evidence="Contract 1", until=TODAY, actor=officer, at=AT)
    assert (row.lowering, row.lowering_evidence, row.lowering_until) == ([], "", None)


@pytest.mark.parametrize("role", ["applicant", "auditor", "administrator"])
def test_who_may_not_state(role: str) -> None:
    subject, actor = make_firm(), make.make_user(role)
    thing = subject.objects_of_control.get()
    for act in (
        lambda: state_figures(
            subject, staff=1, income=Decimal(1), figures_on=TODAY, successor=False, actor=actor, at=AT
        ),
        lambda: set_lowering(subject, reasons=[], evidence="", until=None, actor=actor, at=AT),
        lambda: set_distance(thing, distance_km=1, actor=actor, at=AT),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_distance_of_an_object() -> None:
    subject = make_firm()
    thing = set_distance(subject.objects_of_control.get(), distance_km=140, actor=make.make_user("inspector"), at=AT)
    assert thing.distance_km == 140
    assert Event.objects.of(subject).get().data["distance_km"] == 140


def proposed() -> Subject:
    """A sole trader of whom a run proposes a first degree."""
    subject, officer = make_firm(risk="high"), make.make_user("officer")
    type(subject.organisation).objects.filter(pk=subject.organisation_id).update(form="sole_trader")
    act = make_joint_act("criteria", kinds=("mining-data-centre",))
    run_risk(act.authority, act, TODAY, actor=officer, at=AT)
    subject.refresh_from_db()
    assert subject.proposed_run_id is not None
    return subject


def test_a_head_confirms_what_is_proposed_of_a_person() -> None:
    subject, head = proposed(), make.make_user("head")
    row = confirm_risk(subject, actor=head, at=AT, run_id=subject.proposed_run_id)
    assert (row.risk, row.points, row.proposed_run_id) == ("low", Decimal(0), None)
    assert Event.objects.of(row).get(verb="subject.confirm_risk").data["before"] == "high"
    with pytest.raises(TransitionRefused, match="risk-not-proposed"):
        confirm_risk(subject, actor=head, at=AT)


def test_a_head_may_leave_it_as_it_was() -> None:
    subject, head = proposed(), make.make_user("head")
    with pytest.raises(TransitionRefused, match="risk-reason"):
        keep_risk(subject, reason=" ", actor=head, at=AT)
    with pytest.raises(TransitionRefused, match="risk-not-proposed"):
        keep_risk(subject, reason="Looked at.", run_id=0, actor=head, at=AT)
    row = keep_risk(subject, reason="The figures are old.", actor=head, at=AT)
    assert (row.risk, row.proposed_run_id) == ("high", None)


@pytest.mark.parametrize("role", ["applicant", "auditor", "officer", "inspector", "administrator"])
def test_who_may_not_confirm(role: str) -> None:
    subject = proposed()
    with pytest.raises(PermissionDenied):
        confirm_risk(subject, actor=make.make_user(role), at=AT)


def test_who_sees_subjects() -> None:
    subject, other = make_firm(), make_firm()
    holder = make.make_user()
    make.make_membership(holder, subject.organisation)
    assert set(Subject.objects.visible_to(make.make_user("officer"))) == {subject, other}
    assert not Subject.objects.visible_to(make.make_user("officer", authority=make.make_authority("nbk")))
    assert list(Subject.objects.visible_to(holder)) == [subject]
    assert not Subject.objects.visible_to(make.make_user())
