"""Every state × transition × role of matches; two who decide at once; lists that come while people are screened."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client

from core.services import choices
from core.workflow import HEAD, OFFICER, ROLES, StaleVersion, TransitionRefused
from licensing import services
from licensing.models import FirmPerson, ScreeningMatch
from licensing.workflow import MATCH
from tests import factories as make
from tests.licensing.lists import ROWS, csv_of, imported

LATER = make.AT + timedelta(hours=1)
ACTS = {"confirm": "confirm", "clear": "clear"}


def found(state: str = "open", **fields: Any) -> ScreeningMatch:
    """A match before maidd, in a state."""
    head = make.make_user(HEAD)
    assert head.authority is not None
    imported(csv_of(*ROWS), head)
    make.make_firm_person(head.authority, make.make_organisation(), **fields)
    services.screen_people(at=make.AT)
    row = ScreeningMatch.objects.latest("pk")
    if state != "open":
        step = {"confirmed": "confirm", "cleared": "clear"}[state]
        row = services.decide_match(row, step, evidence="Seen.", actor=make.make_user(OFFICER), at=make.AT)
    return row


@pytest.mark.django_db
@pytest.mark.parametrize("state", [state.name for state in MATCH.states])
def test_who_may_take_which_step_from_a_state(state: str) -> None:
    row = found(state)
    people: dict[str, Any] = {role: make.make_user(role) for role in ROLES if role not in ("system", "representative")}
    people |= {
        "party": make.make_applicant(row.organisation),
        "representative": make.make_applicant(),
        "system": make.make_system_user(),
        "foreign-head": make.make_user(HEAD, authority=make.make_authority("nbk")),
        "dismissed-head": make.make_user(HEAD, is_active=False),
        "importer": row.imported_by,
        "nobody": AnonymousUser(),
    }
    for step in MATCH.transitions:
        here = state in step.sources
        for role, actor in people.items():
            may = role in step.roles
            offered = actor.is_authenticated and step.name in {one.step.name for one in choices(row, actor, LATER)}
            assert offered == (may and here), (step.name, role)
            saved = transaction.savepoint()
            given: dict[str, Any] = {"evidence": "Seen.", "actor": actor, "at": LATER}
            if may and here:
                assert services.decide_match(row, step.name, **given).state == step.target
            else:
                with pytest.raises(TransitionRefused if may else PermissionDenied):
                    services.decide_match(row, step.name, **given)
            transaction.savepoint_rollback(saved)


@pytest.mark.django_db
def test_an_officer_decides_from_the_page() -> None:
    row = found()
    client = Client()
    client.force_login(make.make_user(OFFICER))
    page = client.get(f"/screening/matches/{row.reference}/").content.decode()
    assert "Касымов – Қасымов" in page
    act = f"/screening/matches/{row.reference}/clear/"
    assert client.post(act, {"evidence": "", "version": row.version}).status_code in (409, 422)
    assert client.post(act, {"evidence": "Another birth date.", "version": row.version}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.evidence) == ("cleared", "Another birth date.")
    assert row.reference in client.get("/screening/matches/?show=cleared").content.decode()


@pytest.mark.django_db
def test_the_list_takes_the_same_queries_at_any_length(django_assert_max_num_queries: Any) -> None:
    row = found()
    for _number in range(30):
        make.make_firm_person(row.authority, make.make_organisation())
    services.screen_people(at=LATER)
    assert ScreeningMatch.objects.count() == 31
    client = Client()
    client.force_login(make.make_user(OFFICER))
    with django_assert_max_num_queries(5):
        assert client.get("/screening/matches/").content.decode().count("SM-") >= 31


def together(*acts: Any) -> list[Any]:
    gate = Barrier(len(acts))

    def run(act: Any) -> Any:
        gate.wait()
        try:
            return act()
        except (TransitionRefused, StaleVersion) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result() for one in [pool.submit(run, act) for act in acts]]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_refused() -> None:
    make.make_system_user()
    row = found()
    first, second = make.make_user(OFFICER), make.make_user(OFFICER)
    ended = together(
        *(
            lambda actor=actor: services.decide_match(
                row, "clear", evidence="Seen.", actor=actor, at=LATER, version=row.version
            )
            for actor in (first, second)
        )
    )
    assert sorted(type(one).__name__ for one in ended) == ["ScreeningMatch", "StaleVersion"]


@pytest.mark.django_db(transaction=True)
def test_a_list_that_comes_while_people_are_screened_is_not_missed() -> None:
    make.make_system_user()
    row = found()
    people = [make.make_firm_person(row.authority, make.make_organisation(), name="Абай Серік") for _ in range(5)]
    more = csv_of(*ROWS, "Абай Серік;;;;A-4")
    together(
        lambda: imported(more, row.imported_by),
        lambda: services.screen_people(at=LATER),
        lambda: services.screen_people(at=LATER),
    )
    services.screen_people(at=LATER)
    assert not FirmPerson.objects.unscreened().exists()
    assert ScreeningMatch.objects.filter(person__in=people).count() == len(people)
    assert ScreeningMatch.objects.count() == len(people) + 1
