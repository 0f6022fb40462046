"""Incidents at providers: the clock of the first report, the full report, the closure by another hand."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.invariants import faults
from core.models import Notification, Obligation, User
from core.services import choices
from core.workflow import HEAD, OFFICER, ROLES, TransitionRefused
from exchanges import services
from exchanges.models import Incident
from exchanges.workflow import INCIDENT
from tests import factories as make
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db
AT = make.AT
Act = Callable[[Incident, User], Any]
ACTS: dict[str, Act] = {
    "describe": lambda row, actor: services.describe_incident(
        row, description="A disk.", measures="A new disk.", actor=actor, at=AT
    ),
    "send_back": lambda row, actor: services.send_back_incident(row, remark="Why?", actor=actor, at=AT),
    "close": lambda row, actor: services.close_incident(row, outcome="Cured.", actor=actor, at=AT),
}


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def client_of(user: User) -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user)
    return browser


def refused(**fields: Any) -> list[tuple[str, str | None]]:
    with pytest.raises(TransitionRefused) as told, transaction.atomic():
        make.make_incident(**fields)
    return [(one.code, one.field) for one in told.value.problems]


@pytest.mark.parametrize("state", [state.name for state in INCIDENT.states])
def test_who_may_take_which_step_from_a_state(state: str) -> None:
    row = make.make_incident(state=state)
    holder, firm = make.party_of(row.licence.application), make.make_organisation()
    make.make_power_of_attorney(firm, row.organisation, holder)
    people: dict[str, Any] = {
        role: make.make_user(role, authority=row.authority)
        for role in ROLES
        if role not in ("system", "representative", "applicant")
    }
    people |= {
        "applicant": holder,
        "representative": make.make_applicant(firm),
        "system": make.make_system_user(),
        "stranger": make.make_applicant(),
        "foreign-head": make.make_user(HEAD),
        "nobody": AnonymousUser(),
    }
    for step in INCIDENT.transitions:
        here = state in step.sources
        for role, actor in people.items():
            may = role in step.roles
            offered = actor.is_authenticated and step.name in {one.step.name for one in choices(row, actor, AT)}
            assert offered == (may and here), (step.name, role)
            saved = transaction.savepoint()
            if may and here:
                assert ACTS[step.name](row, actor).state == step.target
            else:
                with pytest.raises(TransitionRefused if may else PermissionDenied):
                    ACTS[step.name](row, actor)
            transaction.savepoint_rollback(saved)


@pytest.mark.parametrize(
    ("noticed", "late"),
    [
        (datetime(2026, 6, 15, 0, 0, tzinfo=AT.tzinfo), False),  # the Monday before: due on Tuesday the 16th
        (datetime(2026, 6, 14, 23, 59, tzinfo=AT.tzinfo), True),  # a Sunday in Almaty: due on Monday
        (datetime(2026, 6, 12, 12, 0, tzinfo=AT.tzinfo), True),
    ],
)
def test_the_clock_runs_from_the_local_day_of_the_notice(noticed: datetime, late: bool) -> None:
    row = make.make_incident(kind="personal_data", noticed_at=noticed, persons=12)
    assert (row.late, row.ground["code"]) == (late, "personal_data.breach_notice")
    assert row.due_on == (date(2026, 6, 15) if late else date(2026, 6, 16))
    other = make.make_incident(row.licence, noticed_at=noticed)
    assert (other.ground["code"], other.ground["confidence"]) == ("incident.notice", "assumed")


def test_everything_wrong_is_told_at_once() -> None:
    found = refused(kind="fire", noticed_at=AT + timedelta(minutes=1), summary=" ", source="A paper")
    assert found == [
        ("particular-missing", "summary"),
        ("incident-kind", "kind"),
        ("incident-moment", "noticed_at"),
        ("incident-source", "source"),
    ]
    assert refused(licence=make.make_licence()) == [("incident-licence", "licence")]
    assert refused(noticed_at=datetime(2026, 4, 30, 12, tzinfo=AT.tzinfo)) == [("not_in_force", None)]


def test_an_official_who_reports_does_not_close() -> None:
    licence = make.make_licence(kind="aifc-provider")
    officer = make.make_user(OFFICER, authority=licence.authority)
    assert refused(licence=licence, actor=officer) == [("particular-missing", "source")]
    row = ACTS["describe"](make.make_incident(licence, actor=officer, source="Letter 4"), officer)
    with pytest.raises(PermissionDenied):
        ACTS["close"](row, officer)
    assert ACTS["close"](row, make.make_user(OFFICER, authority=licence.authority)).state == "closed"


def test_the_full_report_is_owed_by_a_day() -> None:
    row = make.make_incident()
    officer = make.make_user(OFFICER, authority=row.authority)
    owed = Obligation.objects.of(row).open()
    assert owed.get().due_on == date(2026, 6, 30)
    row = ACTS["describe"](row, make.party_of(row.licence.application))
    assert not owed.exists()
    told = Notification.objects.filter(template="record_moved", recipient=officer, channel="inbox")
    assert told.count() == 1
    row = ACTS["send_back"](row, officer)
    assert owed.get().code == "incident-report"
    assert list(faults(at=AT)) == []


def test_pages_and_api() -> None:
    licence = make.make_licence(kind="nbk-exchanger")
    holder, officer = make.party_of(licence.application), make.make_user(OFFICER, authority=licence.authority)
    given = {"licence": licence.number, "kind": "outage", "noticed_at": "2026-06-16T09:00", "summary": "No log-in."}
    page = client_of(holder).post("/incidents/new/", given)
    row = Incident.objects.get()
    assert page["Location"] == f"/incidents/{row.reference}/"
    assert "unconfirmed" in client_of(officer).get(page["Location"]).content.decode()
    assert client_of(make.make_applicant()).get(page["Location"]).status_code == 404
    assert client_of(make.make_user(OFFICER)).get("/incidents/").status_code == 404
    assert client_of(officer).post("/incidents/new/", given).status_code == 409  # an official names a source
    api = Caller(holder)
    made = api.post("/incidents/", given | {"noticed_at": AT.isoformat()}, Idempotency_Key="k1")
    assert (made.status_code, made.json()["late"]) == (201, False)
    assert api.post("/incidents/", given | {"noticed_at": AT.isoformat()}, Idempotency_Key="k1").json() == made.json()
    address = f"/incidents/{made.json()['reference']}/"
    assert Caller(make.make_applicant()).get(address).status_code == 404
    full = {"description": "A disk.", "measures": "A new one."}
    assert api.post(f"{address}report/", full).status_code == 428
    assert api.post(f"{address}report/", full, If_Match='"1"').json()["state"] == "described"
    close = {"outcome": "Cured.", "version": "2"}
    assert client_of(officer).post(f"{address}close/", close).status_code == 302


def test_a_list_asks_the_same_of_many() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as made:
            assert officer.get("/incidents/").status_code == 200
        return len(made)

    first = make.make_incident()
    officer = client_of(make.make_user(OFFICER, authority=first.authority))
    asked()
    few = asked()
    for _number in range(4):
        make.make_incident(first.licence)
    assert asked() == few
