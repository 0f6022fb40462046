"""What an organisation says of itself: checked, of one owner, by those who may, as an event."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from core.models import Event
from core.services import describe_firm
from core.workflow import OFFICER, StaleVersion, TransitionRefused
from law.identifiers import is_valid_lei
from tests import factories as make
from tests.api.conftest import Caller
from tests.factories import AT, LEI

pytestmark = pytest.mark.django_db
FACTS: dict[str, Any] = {"lei": LEI, "commercial_name": "Steppe Pay", "website": "https://steppe.example/"}


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        (LEI, True),
        (LEI[:-1] + str((int(LEI[-1]) + 1) % 10), False),
        (LEI.lower(), False),
        (LEI[:-1], False),
        (f"{LEI} ", False),
        ("0" * 20, False),
        ("٠" * 20, False),
        (None, False),
    ],
)
def test_check_digits_of_an_lei(text: Any, valid: bool) -> None:
    assert is_valid_lei(text) is valid


def refused(organisation: Any, **given: Any) -> list[tuple[str, str | None]]:
    with pytest.raises(TransitionRefused) as told:
        describe_firm(organisation, **{**FACTS, **given}, actor=make.make_applicant(organisation), at=AT)
    return [(one.code, one.field) for one in told.value.problems]


def test_all_faults_at_once_and_nothing_kept() -> None:
    firm = make.make_organisation()
    faults = refused(firm, lei="ABC", commercial_name="x" * 201, website="javascript:alert(1)")
    assert faults == [("lei-invalid", "lei"), ("text-too-long", "commercial_name"), ("website-invalid", "website")]
    for website in ("steppe.example", "http://", "https://a b.example", "https://me:pw@steppe.example/", "http://[x"):
        assert refused(firm, website=website) == [("website-invalid", "website")]
    firm.refresh_from_db()
    assert firm.described_at is None
    person = make.make_organisation(form="sole_trader", identifier=make.make_iin())
    assert refused(person, lei="")[0][0] == "firm-person"


def test_one_lei_belongs_to_one() -> None:
    firm = make.make_organisation()
    describe_firm(firm, **FACTS, actor=make.make_applicant(firm), at=AT)
    assert refused(make.make_organisation()) == [("lei-taken", "lei")]


def test_members_and_registrars_state_it_and_the_change_is_an_event() -> None:
    firm = make.make_organisation()
    with pytest.raises(PermissionDenied):
        describe_firm(firm, **FACTS, actor=make.make_applicant(), at=AT)
    row = describe_firm(firm, **{**FACTS, "lei": f" {LEI[:4].lower()} {LEI[4:]}"}, actor=make.make_user(OFFICER), at=AT)
    assert row.lei == LEI
    event = Event.objects.of(firm).get(verb="organisation.describe")
    assert event.data["new"]["website"] == FACTS["website"]
    describe_firm(firm, **FACTS, actor=make.make_applicant(firm), at=AT)
    assert Event.objects.of(firm).filter(verb="organisation.describe").count() == 1  # nothing changed
    with pytest.raises(StaleVersion):
        describe_firm(firm, **FACTS, actor=make.make_applicant(firm), at=AT, version=0)


def test_by_api_with_versions() -> None:
    firm = make.make_organisation()
    caller, path = Caller(make.make_applicant(firm)), f"/organisations/{firm.identifier}/description/"
    assert caller.get(path)["ETag"] == '"0"'
    assert caller.call("put", path, FACTS).status_code == 428
    answer = caller.call("put", path, FACTS, If_Match='"0"')
    assert (answer.status_code, answer["ETag"], answer.json()) == (200, '"1"', FACTS)
    assert caller.call("put", path, FACTS, If_Match='"0"').status_code == 412
    bad = caller.call("put", path, {**FACTS, "lei": "X", "website": "x"}, If_Match='"1"').json()
    assert [one["code"] for one in bad["problems"]] == ["lei-invalid", "website-invalid"]
    assert Caller(make.make_applicant()).get(path).status_code == 404


def test_in_the_browser() -> None:
    firm = make.make_organisation()
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(make.make_applicant(firm))
    address = f"/account/organisations/{firm.pk}/describe/"
    assert browser.post(address, {**FACTS, "lei": "X"}).status_code == 409
    assert browser.post(address, FACTS).status_code == 302
    assert LEI in browser.get(f"/account/organisations/{firm.pk}/").content.decode()
    browser.force_login(make.make_applicant())
    assert browser.get(address).status_code == 404
