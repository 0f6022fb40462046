"""The visit before a permit: off for every kind here; where a kind names an act that prescribes it, it comes first."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client

from core.models import Event
from core.workflow import TransitionRefused
from licensing import permits, services
from licensing.models import Application
from licensing.permits import kinds
from tests import factories as make

pytestmark = pytest.mark.django_db
KIND = "mining-licence-1"


@pytest.fixture
def visited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of the tests: the mining licence, if an act prescribed a visit."""
    kind = kinds()[KIND]
    monkeypatch.setitem(permits._KINDS, KIND, replace(kind, procedure=replace(kind.procedure, visit="permit.previsit")))


def conclude(case: Application, **values: Any) -> Any:
    given: dict[str, Any] = {"visited_on": make.AT.date(), "fits": True, "text": "Stands as filed."} | values
    actor = given.pop("actor", None) or make.make_user("officer")
    return services.conclude_visit(case, **given, actor=actor, at=make.AT + timedelta(hours=5))


def decide(case: Application, outcome: str = "grant", **values: Any) -> Application:
    given = {"actor": make.make_user("head"), "at": make.AT + timedelta(hours=6), **values}
    return services.decide_application(case, outcome=outcome, **given)


def codes(act: Any, *args: Any, **values: Any) -> dict[str, Any]:
    with pytest.raises(TransitionRefused) as no:
        act(*args, **values)
    return {one.code: one for one in no.value.problems}


def test_no_kind_here_prescribes_one() -> None:
    assert not [kind.code for kind in kinds().values() if kind.procedure.visit]
    case = make.make_countersigned()
    assert set(codes(conclude, case)) == {"visit-not-prescribed"}
    assert decide(case).state == "granted"


@pytest.mark.usefixtures("visited")
def test_nothing_is_decided_without_the_conclusion() -> None:
    case = make.make_countersigned()
    found = codes(decide, case)
    assert found["visit-missing"].provision is not None
    assert found["visit-missing"].provision.source.article == "51(2)"
    conclude(case)
    assert decide(case).state == "granted"
    event = Event.objects.of(case).get(verb="application.visit")
    assert event.data["fits"] is True
    assert event.grounds[0]["code"] == "permit.previsit"


@pytest.mark.usefixtures("visited")
def test_a_refusal_waits_for_it_too() -> None:
    case = make.make_countersigned(outcome="refuse")
    assert "visit-missing" in codes(decide, case, "refuse")
    conclude(case, fits=False, text="The hall is a school.")
    assert decide(case, "refuse").state == "refused"


@pytest.mark.usefixtures("visited")
def test_who_visited_does_not_decide() -> None:
    case, head = make.make_countersigned(), make.make_user("head")
    conclude(case, actor=head)
    with pytest.raises(PermissionDenied):
        decide(case, actor=head)
    with pytest.raises(PermissionDenied):
        conclude(case, actor=make.make_applicant())


@pytest.mark.usefixtures("visited")
def test_what_is_wrong_with_a_conclusion_is_told_at_once() -> None:
    case = make.make_in_review()
    for day in (make.AT.date() - timedelta(days=1), make.AT.date() + timedelta(days=1)):
        assert set(codes(conclude, case, visited_on=day, text=" ")) == {"visit-day", "visit-words"}


@pytest.mark.usefixtures("visited")
def test_the_file_asks_for_it_and_shows_it(client: Client) -> None:
    with time_machine.travel(make.AT + timedelta(hours=5)):
        case = make.make_in_review()
        client.force_login(make.make_user("officer"))
        address = f"/cases/{case.reference}/"
        assert f"{address}visit/" in client.get(address).content.decode()
        answer = client.post(
            f"{address}visit/",
            {"visited_on": make.AT.date(), "fits": "no", "text": "A school.", "version": case.version},
        )
        assert answer.status_code == 302
        page = client.get(f"{address}?tab=checks", headers={"accept-language": "en"}).content.decode()
        assert "A school." in page
        assert "Does not meet the requirements" in page
