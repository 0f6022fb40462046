"""Licences on paper from the filing to the return, and what ends with a licence: duties and measures under way."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from core.models import Event, Obligation, Organisation
from core.services import enter_investor, strike_investor
from core.workflow import TransitionRefused
from law.life import paper_return
from licensing import services
from licensing.models import Letter, Licence, Measure
from tests import factories as make

pytestmark = pytest.mark.django_db
LATER = make.AT + timedelta(hours=6)
DAY = make.AT.date()


def codes(refused: Any) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def on_paper() -> Licence:
    return make.make_licence(on_paper=True)


def surrender(licence: Licence, at: Any = LATER) -> Licence:
    make.grant_request(make.make_request(licence, "surrender", at=at, text="We stop mining."), at=at)
    return Licence.objects.get(pk=licence.pk)


@pytest.mark.parametrize(
    ("ground", "due_on"),
    [
        ("permit.ending.1", date(2026, 6, 30)),
        ("permit.uncured", date(2026, 6, 30)),
        ("permit.ending.6", None),
        ("permit.ending.7", None),
    ],
)
def test_paper_is_returned_in_ten_working_days_but_for_two_cases(ground: str, due_on: date | None) -> None:
    due = paper_return("mining-licence-1", ground, DAY)
    assert (due.due_on if due else None) == due_on


def test_asked_for_on_paper_and_given_back() -> None:
    licence = on_paper()
    assert (licence.on_paper, make.make_licence().on_paper) == (True, False)
    told = {one.act: problems for one, problems in services.requests_now(licence, on=DAY)}
    assert told["duplicate"] == []
    officer = make.make_user("officer")
    with pytest.raises(TransitionRefused) as refused:
        services.take_paper_back(licence, returned_on=DAY, actor=officer, at=LATER)
    assert codes(refused) == ["no-paper-owed"]
    ended = surrender(licence)
    owed = Obligation.objects.of(ended).open().get(code="return-paper")
    assert owed.due_on == date(2026, 6, 30)
    for day in (DAY - timedelta(days=1), DAY + timedelta(days=1)):
        with pytest.raises(TransitionRefused) as refused:
            services.take_paper_back(ended, returned_on=day, actor=officer, at=LATER)
        assert codes(refused) == ["return-day"]
    with pytest.raises(PermissionDenied):
        services.take_paper_back(ended, returned_on=DAY, actor=licence.application.created_by, at=LATER)
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer)
    assert b"Note the return of the paper" in client.get(f"/licences/{ended.number}/").content
    services.take_paper_back(ended, returned_on=DAY, actor=officer, at=LATER)
    assert not Obligation.objects.of(ended).open().exists()
    assert Event.objects.of(ended).filter(verb="licence.paper_back").exists()


def test_paper_of_an_expired_licence_goes_back_too() -> None:
    licence = on_paper()
    moment = make.AT.replace(year=2029, month=6, day=20)
    assert services.expire_licences(at=moment) == 1
    owed = Obligation.objects.of(licence).open().get(code="return-paper")
    assert owed.base_on == licence.valid_to == date(2029, 6, 16)


def test_a_surrender_ends_measures_under_way() -> None:
    licence, officer = make.make_licence(), make.make_user("officer")
    secret = make.make_measure(licence, officer=officer)
    known = make.make_measure(licence, act="revoke", officer=officer)
    services.announce_measure(known, actor=officer, at=LATER, **make.hearing_set(LATER))
    ended = surrender(licence)
    assert ended.state == "surrendered"
    for measure in Measure.objects.all():
        assert (measure.state, measure.closed_at) == ("dropped", LATER)
        assert not Obligation.objects.of(measure).open().exists()
        event = Event.objects.of(measure).get(verb="measure.fall_away")
        assert event.grounds[0]["code"] == "permit.ending.5"
        assert event.audience == ("internal" if measure == secret else "party")
    letter = Letter.objects.get(kind="measure_ended")
    assert letter.reference == known.reference
    assert services.print_letter(letter.pk, at=LATER) is not None


def test_so_does_the_end_of_its_term_but_no_suspension_does() -> None:
    licence = make.make_licence()
    measure = make.make_measure(licence, act="revoke")
    make.grant_request(make.make_request(licence, "suspension", at=LATER, months=1, text="Repairs."), at=LATER)
    measure.refresh_from_db()
    assert measure.closed_at is None
    services.expire_licences(at=make.AT.replace(year=2029, month=6, day=20))
    measure.refresh_from_db()
    assert measure.state == "dropped"
    assert not Letter.objects.filter(kind="measure_ended").exists()


@pytest.mark.parametrize(("act", "ground"), [("reissue", "permit.reissue.refusal.fee"), ("correction", "")])
def test_an_unpaid_fee_is_a_ground_of_its_own_where_there_is_a_fee(act: str, ground: str) -> None:
    form = make.make_licence().permit.form(act)
    assert form.fee_ground == ground
    listed = {one.code for one in form.refusal_grounds(DAY)}
    assert (f"permit.{act}.refusal.fee" in listed) == bool(ground)


def test_an_organisation_is_noted_as_registered_investor_and_no_more() -> None:
    row, clerk = make.make_organisation(), make.make_user("officer")
    for reference, on, expected in (
        (" ", DAY, ["investor-reference"]),
        ("No. 7", DAY + timedelta(days=1), ["investor-day"]),
    ):
        with pytest.raises(TransitionRefused) as refused:
            enter_investor(row, reference=reference, on=on, actor=clerk, at=make.AT)
        assert codes(refused) == expected
    with pytest.raises(PermissionDenied):
        enter_investor(row, reference="No. 7", on=DAY, actor=make.make_applicant(row), at=make.AT)
    with pytest.raises(TransitionRefused) as refused:
        strike_investor(row, reference="No. 8", on=DAY, actor=clerk, at=make.AT)
    assert codes(refused) == ["investor-unknown"]
    done = enter_investor(row, reference="No. 7", on=DAY, actor=clerk, at=make.AT)
    assert (done.is_registered_investor, done.investor_reference, done.investor_since) == (True, "No. 7", DAY)
    with pytest.raises(TransitionRefused) as refused:
        enter_investor(row, reference="No. 7", on=DAY, actor=clerk, at=make.AT)
    assert codes(refused) == ["investor-noted"]
    with pytest.raises(TransitionRefused) as refused:
        strike_investor(row, reference="No. 8", on=DAY - timedelta(days=1), actor=clerk, at=make.AT)
    assert codes(refused) == ["investor-end-day"]
    strike_investor(row, reference="No. 8", on=DAY, actor=clerk, at=make.AT)
    event = Event.objects.of(row).get(verb="organisation.strike_investor")
    assert event.data == {"entry": "No. 7", "reference": "No. 8", "until": DAY.isoformat()}


def test_the_register_of_investors_in_the_administration() -> None:
    row, clerk = make.make_organisation(), make.make_user("officer")
    client = Client(headers={"accept-language": "en"})
    client.force_login(clerk)
    listed = "/admin/core/organisation/"
    chosen = {"action": "enter_investor", "_selected_action": str(row.pk)}
    token = client.post(listed, chosen).context["token"]
    given = {"reference": "No. 7", "on": "2026-06-16", "confirmed": token}
    assert client.post(listed, {**chosen, **given}).status_code == 302
    assert Organisation.objects.get(pk=row.pk).is_registered_investor
