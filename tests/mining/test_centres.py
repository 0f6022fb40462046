"""The register of data centres: entered, changed, let, closed, published; and what does not fit."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core.models import Event
from core.workflow import StaleVersion, TransitionRefused
from mining import services
from mining.models import DataCentre, Hosting
from mining.models.hosting import fullest
from tests import factories as make
from tests.mining.centres import VALUES, let, make_centre, signed

pytestmark = pytest.mark.django_db
DAY = make.AT.date()


def refused(act: Any, *args: Any, **values: Any) -> dict[str, Any]:
    """The problems of a refusal by code."""
    with pytest.raises(TransitionRefused) as no:
        act(*args, **values, at=make.AT)
    return {one.code: one for one in no.value.problems}


def change(centre: DataCentre, *, reason: str = "As measured.", **values: Any) -> DataCentre:
    return services.change_centre(centre, values=values, reason=reason, actor=make.make_user("officer"), at=make.AT)


def test_numbers_have_no_gaps_and_the_event_keeps_the_facts() -> None:
    first, second = make_centre(), make_centre(name="Second")
    assert [first.reference, second.reference] == ["DC-00001", "DC-00002"]
    event = Event.objects.of(first).get()
    assert event.verb == "datacentre.enter"
    assert event.data["megawatts"] == "20.000"
    assert "address" not in event.data  # it may be somebody's home
    assert first.mix == {"grid": Decimal("0.7000"), "renewable": Decimal("0.3000")}


def test_everything_wrong_is_told_at_once() -> None:
    wrong = {
        "name": "",
        "region": "KZ-99",
        "megawatts": Decimal(0),
        "grid_share": Decimal("0.9"),
        "latitude": Decimal("50.1"),
        "opened_on": DAY + timedelta(days=1),
    }
    officer = make.make_user("officer")
    found = refused(
        services.enter_centre, officer.authority, owner=make.make_organisation(), values=VALUES | wrong, actor=officer
    )
    assert set(found) == {
        "centre-field-missing",
        "centre-place-unknown",
        "centre-power",
        "centre-mix",
        "centre-point",
        "centre-opening",
    }
    assert "1.2" in str(found["centre-mix"])
    assert not DataCentre.objects.exists()


@pytest.mark.parametrize("role", ["inspector", "administrator", "auditor", "applicant"])
def test_officers_and_heads_alone_enter(role: str) -> None:
    person = make.make_user(role)
    with pytest.raises(PermissionDenied):
        services.enter_centre(
            make.make_authority(), owner=make.make_organisation(), values=VALUES, actor=person, at=make.AT
        )


def test_entered_from_a_filing_once() -> None:
    case, officer = make.make_in_review(), make.make_user("officer")
    given = services.particulars_of(case)
    assert given["name"] == "Kostanay-1"
    assert given["grid_share"] == 1
    enter: dict[str, Any] = {"owner": case.organisation, "values": given, "application": case, "actor": officer}
    made = services.enter_centre(officer.authority or make.make_authority(), **enter, at=make.AT)
    assert (made.application, made.megawatts, made.mix) == (case, Decimal("1.500"), {"grid": Decimal(1)})
    assert set(refused(services.enter_centre, officer.authority, **enter)) == {"centre-entered"}


def test_a_change_keeps_what_stood_before() -> None:
    centre = make_centre()
    buyer = make.make_organisation()
    changed = services.change_centre(
        centre,
        values={"megawatts": Decimal("30.000"), "address": "Elsewhere 1"},
        owner=buyer,
        reason="Sold.",
        actor=make.make_user("officer"),
        at=make.AT,
    )
    assert (changed.megawatts, changed.owner, changed.version) == (Decimal("30.000"), buyer, 2)
    event = Event.objects.of(centre).get(verb="datacentre.change")
    assert event.data == {
        "changed": {"megawatts": ["20.000", "30.000"], "owner": [centre.owner_id, buyer.pk]},
        "texts": ["address"],
    }
    assert DataCentre.objects.found_by("elsewhere").get() == centre
    assert DataCentre.objects.found_by(buyer.identifier).get() == centre
    with pytest.raises(StaleVersion):
        services.change_centre(
            centre, values={}, reason="x", actor=make.make_user("officer"), at=make.AT, version=centre.version
        )
    assert set(refused(services.change_centre, changed, values={}, reason=" ", actor=make.make_user("officer"))) == {
        "no-change",
        "note-missing",
    }


def test_a_persons_number_is_not_searched() -> None:
    trader = make.make_organisation(form="sole_trader")
    make_centre(owner=trader)
    assert not DataCentre.objects.found_by(trader.identifier).exists()


def test_on_no_day_more_is_let_than_there_is() -> None:
    centre, licence = make_centre(), make.make_licence()
    start = licence.valid_from
    let(centre, licence, megawatts=Decimal("12.000"), until=start + timedelta(days=9), cells=4_000)
    later = start + timedelta(days=10)
    let(centre, megawatts=Decimal("15.000"), since=later)
    let(centre, megawatts=Decimal("8.000"), since=start, until=start + timedelta(days=9), cells=2_000)
    one_too_many = {
        "licence": licence,
        "megawatts": Decimal("5.001"),
        "since": later,
        "actor": make.make_user("officer"),
    }
    found = refused(services.let_capacity, centre, **one_too_many)
    (problem,) = found.values()
    assert problem.code == "centre-overlet"
    assert "20.001" in str(problem)
    assert problem.provision is not None
    assert not problem.provision.is_confirmed  # a rule of ours
    assert Hosting.objects.count() == 3
    cells = {**one_too_many, "megawatts": Decimal(1), "since": start + timedelta(days=12), "cells": 6_001}
    assert set(refused(services.let_capacity, centre, **cells)) == {"centre-cells-overlet"}
    let(centre, megawatts=Decimal("5.000"), since=later)
    less = refused(services.change_centre, centre, values={"megawatts": Decimal("19.999")}, reason="Smaller.",
                   actor=make.make_user("officer"))  # fmt: skip
    assert set(less) == {"centre-overlet"}


def test_the_fullest_day_is_found_whatever_the_order() -> None:
    rows = [
        Hosting(
            megawatts=Decimal(part),
            cells=cells,
            since=date(2026, 1, first),
            until=date(2026, 1, last) if last else None,
        )
        for part, cells, first, last in ((3, 10, 1, 10), (4, None, 5, 7), (5, 20, 8, None), (2, 90, 20, 21))
    ]
    found = fullest(rows, date(2026, 1, 2))
    assert (found.day, found.megawatts, found.cells) == (date(2026, 1, 8), Decimal(8), 110)
    assert fullest(reversed(rows), date(2026, 1, 2)) == found
    assert fullest([], date(2026, 1, 2)).megawatts == 0
    assert fullest(rows, date(2026, 1, 2), date(2026, 1, 4)).megawatts == 3


def test_what_does_not_fit_a_letting_is_told_at_once() -> None:
    centre, licence = make_centre(), make.make_licence()
    early = licence.valid_from - timedelta(days=1)
    values = {"licence": licence, "megawatts": Decimal(1), "since": early, "until": early - timedelta(days=1)}
    assert set(refused(services.let_capacity, centre, **values, actor=make.make_user("officer"))) == {
        "hosting-days",
        "hosting-licence-day",
    }
    pool = make.make_pool()
    sound: dict[str, Any] = {"licence": pool, "megawatts": Decimal(1), "since": pool.valid_from}
    assert "hosting-licence" in refused(services.let_capacity, centre, **sound, actor=make.make_user("officer"))
    with pytest.raises(PermissionDenied):
        services.let_capacity(centre, **sound, actor=make.make_applicant(), at=make.AT)


def test_a_letting_ends_and_keeps_its_row() -> None:
    centre = make_centre()
    row, officer = let(centre), make.make_user("officer")
    end = row.since + timedelta(days=30)
    ended = services.end_letting(centre, hosting=row, until=end, actor=officer, at=make.AT)
    assert ended.until == end
    again = refused(services.end_letting, centre, hosting=row, until=end, actor=officer)
    assert set(again) == {"hosting-end"}
    assert set(refused(services.end_letting, make_centre(), hosting=row, until=row.since, actor=officer)) == {
        "hosting-elsewhere"
    }
    assert Event.objects.of(centre).get(verb="datacentre.end_letting").data["until"] == [None, end.isoformat()]


def test_closing_ends_what_is_let_and_what_is_owed() -> None:
    centre = make_centre()
    assessment = signed(None, unmet=("standard-cooling",))
    centre = assessment.centre
    row = let(centre)
    officer = make.make_user("officer")
    soon = let(centre, since=row.since + timedelta(days=60))
    bad = refused(services.close_centre, centre, closed_on=DAY + timedelta(days=1), reason="Gone.", actor=officer)
    assert set(bad) == {"closing-day"}
    assert set(refused(services.close_centre, centre, closed_on=DAY, reason=" ", actor=officer)) == {
        "closing-incomplete"
    }
    closed = services.close_centre(centre, closed_on=row.since, reason="Gone.", actor=officer, at=make.AT)
    assert (closed.state, closed.closed_on) == ("closed", row.since)
    row.refresh_from_db()
    assert row.until == row.since
    assert not Hosting.objects.filter(pk=soon.pk).exists()
    assert soon.licence.number in Event.objects.of(centre).get(verb="datacentre.close").data["not_begun"]
    from core.models import Obligation

    assert not Obligation.objects.of(assessment).open().exists()
    assert set(refused(services.close_centre, closed, closed_on=DAY, reason="Again.", actor=officer)) == {"wrong-state"}
    assert "centre-closed" in refused(services.change_centre, closed, values={"name": "New"}, reason="x", actor=officer)


def test_a_head_decides_what_the_public_sees() -> None:
    centre, head = make_centre(), make.make_user("head")
    assert DataCentre.objects.published().get() == centre
    with pytest.raises(PermissionDenied):
        services.publish_centre(centre, published=False, reason="x", actor=make.make_user("officer"), at=make.AT)
    hidden = services.publish_centre(centre, published=False, reason="A guarded place.", actor=head, at=make.AT)
    assert not DataCentre.objects.published().exists()
    assert (hidden.decided_by, hidden.publication_reason) == (head, "A guarded place.")
    same = refused(services.publish_centre, hidden, published=False, reason="", actor=head)
    assert set(same) == {"no-change", "note-missing"}


def test_who_sees_a_centre() -> None:
    owner = make.make_applicant()
    centre = make_centre(owner=owner.organisations(DAY).get())
    row = let(centre)
    foreign = make.make_user("officer", authority=make.make_authority("nbk"))
    tenant = row.licence.application.created_by
    seen = {
        person: (
            DataCentre.objects.visible_to(person).exists(),
            Hosting.objects.visible_to(person).exists(),
        )
        for person in (owner, make.make_user("auditor"), foreign, tenant, make.make_applicant())
    }
    assert list(seen.values()) == [(True, True), (True, True), (False, False), (False, True), (False, False)]


@pytest.mark.parametrize(
    "values",
    [
        {"grid_share": Decimal("0.5")},
        {"megawatts": Decimal(0)},
        {"state": "closed"},
        {"published": False},
        {"latitude": Decimal(91), "longitude": Decimal(0)},
        {"closed_on": date(2020, 1, 1)},
    ],
)
def test_the_database_holds_a_centre_to_its_own_facts(values: dict[str, Any]) -> None:
    centre = make_centre()
    with pytest.raises(IntegrityError), transaction.atomic():
        DataCentre.objects.filter(pk=centre.pk).update(**values)
