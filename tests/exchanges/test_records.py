"""Records of providers: filed with their file, looked at by another hand, reports that meet their duty."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.invariants import faults
from core.models import Document, Obligation, User
from core.services import choices
from core.workflow import HEAD, OFFICER, ROLES, TransitionRefused
from exchanges import services
from exchanges.models import ProviderRecord
from exchanges.workflow import RECORD
from tests import factories as make
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db
AT, DAY = make.AT, make.AT.date()
LATER = AT + timedelta(hours=2)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
Act = Callable[[ProviderRecord, User], Any]


def look(step: str) -> Act:
    return lambda row, actor: services.check_record(row, step, checked_on=DAY, note="Seen.", actor=actor, at=LATER)


ACTS: dict[str, Act] = {
    "find_met": look("find_met"),
    "find_unmet": look("find_unmet"),
    "end": lambda row, actor: services.end_record(row, to_on=DAY, actor=actor, at=LATER),
}


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with time_machine.travel(LATER, tick=False):
        yield


def client_of(user: User) -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user)
    return browser


def refused(act: Callable[[], Any]) -> list[tuple[str, str | None]]:
    with pytest.raises(TransitionRefused) as told, transaction.atomic():
        act()
    return [(one.code, one.field) for one in told.value.problems]


@pytest.mark.parametrize("state", [state.name for state in RECORD.states])
def test_who_may_take_which_step_from_a_state(state: str) -> None:
    row = make.make_record(state=state)
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
    for step in RECORD.transitions:
        here = state in step.sources
        for role, actor in people.items():
            may = role in step.roles
            offered = actor.is_authenticated and step.name in {one.step.name for one in choices(row, actor, LATER)}
            assert offered == (may and here), (step.name, role)
            saved = transaction.savepoint()
            if may and here:
                assert ACTS[step.name](row, actor).state == step.target
            else:
                with pytest.raises(TransitionRefused if may else PermissionDenied):
                    ACTS[step.name](row, actor)
            transaction.savepoint_rollback(saved)


def test_a_warning_of_risks_is_kept_with_its_picture_and_looked_at_again() -> None:
    row = make.make_record()
    assert (row.ground["code"], row.languages) == ("provider.risk_information", ["kk", "ru"])
    officer = make.make_user(OFFICER, authority=row.authority)
    assert Document.objects.of(row).visible_to(officer).get().media_type == "image/png"
    assert not Document.objects.of(row).visible_to(make.make_user(OFFICER)).exists()
    owed = Obligation.objects.of(row).open()
    assert not owed.exists()
    row = ACTS["find_met"](row, officer)
    assert (owed.get().code, owed.get().due_on, owed.get().debtor) == (
        "record-recheck",
        date(2026, 12, 16),
        "authority",
    )
    row = ACTS["find_met"](row, officer)
    assert owed.count() == 1
    ACTS["end"](row, officer)
    assert not owed.exists()
    assert list(faults(at=LATER)) == []


def test_an_official_who_filed_does_not_judge() -> None:
    licence = make.make_licence(kind="nbk-exchanger")
    officer = make.make_user(OFFICER, authority=licence.authority)
    row = make.make_record(licence, actor=officer)
    with pytest.raises(PermissionDenied):
        ACTS["find_met"](row, officer)
    assert refused(
        lambda: services.check_record(
            row, "find_met", checked_on=DAY + timedelta(days=1), note=" ", actor=other(row), at=LATER
        )
    ) == [("record-note", "note"), ("record-checked", "checked_on")]


def other(row: ProviderRecord) -> User:
    return make.make_user(OFFICER, authority=row.authority)


def test_everything_wrong_is_told_at_once() -> None:
    licence = make.make_licence(kind="nbk-exchanger")
    given: dict[str, Any] = {"file": None, "languages": ["de"], "country": "KAZ", "from_on": DAY + timedelta(days=1)}
    assert refused(lambda: make.make_record(licence, **given)) == [
        ("particular-missing", "file"),
        ("record-language", "languages"),
        ("record-country", "country"),
        ("record-day", "from_on"),
    ]
    assert refused(lambda: make.make_record(licence, kind="bakery")) == [("record-kind", "kind")]
    abroad: dict[str, Any] = {"kind": "data_location", "place": "Frankfurt", "country": "de"}
    assert refused(lambda: make.make_record(licence, **abroad)) == [("data-abroad", "country")]


def test_a_report_meets_its_duty_and_the_next_is_owed() -> None:
    licence = make.make_licence(kind="aifc-exchange")
    owed = Obligation.objects.of(licence).open().filter(code="aifc-quarterly-report")
    assert owed.get().due_on == date(2026, 7, 30)
    report: dict[str, Any] = {"kind": "aifc-quarterly-report", "from_on": date(2026, 4, 1), "to_on": date(2026, 6, 30)}
    assert refused(lambda: make.make_record(licence, **report)) == [("particular-missing", "file")]
    assert owed.get().due_on == date(2026, 7, 30)
    make.make_record(licence, **report, file=make.paper())
    assert owed.get().due_on == date(2026, 10, 30)
    assert refused(lambda: make.make_record(make.make_licence(kind="nbk-exchanger"), **report, file=make.paper())) == [
        ("record-permit", "kind")
    ]


def test_a_security_test_is_renewed_by_its_last_day() -> None:
    licence = make.make_licence(kind="nbk-trading-platform")
    test: dict[str, Any] = {"kind": "security_test", "name": "Laboratory", "number": "7", "file": make.paper()}
    first = make.make_record(licence, to_on=date(2026, 12, 1), **test)
    assert Obligation.objects.of(first).open().get().due_on == date(2026, 12, 1)
    second = make.make_record(licence, to_on=date(2027, 12, 1), **(test | {"file": make.paper()}))
    assert not Obligation.objects.of(first).open().exists()
    assert Obligation.objects.of(second).open().get().code == "record-renewal"


def test_pages_say_what_is_missing() -> None:
    licence = make.make_licence(kind="nbk-exchanger")
    holder, officer = make.party_of(licence.application), make.make_user(OFFICER, authority=licence.authority)
    page = client_of(holder).get(f"/account/licences/{licence.number}/").content.decode()
    assert page.count("missing") >= 8
    given = {
        "licence": licence.number,
        "kind": "risk_warning",
        "from_on": DAY.isoformat(),
        "place": "https://exchanger.example/risks",
        "languages": ["kk", "ru"],
    }
    assert client_of(holder).post("/provider-records/new/", given).status_code == 409
    made = client_of(holder).post("/provider-records/new/", given | {"file": picture()})
    row = ProviderRecord.objects.get()
    assert made["Location"] == f"/provider-records/{row.reference}/"
    assert "page.png" in client_of(officer).get(made["Location"]).content.decode()
    assert row.reference in client_of(officer).get(f"/licences/{licence.number}/").content.decode()
    assert client_of(make.make_applicant()).get(made["Location"]).status_code == 404
    assert client_of(make.make_user(OFFICER)).get("/provider-records/").status_code == 404
    looked = {"checked_on": DAY.isoformat(), "note": "Seen.", "version": "1"}
    assert client_of(officer).post(f"{made['Location']}find_met/", looked).status_code == 302


def picture() -> BytesIO:
    file = BytesIO(PNG)
    file.name = "page.png"
    return file


def test_the_same_by_api() -> None:
    licence = make.make_licence(kind="nbk-exchanger")
    api = Caller(make.party_of(licence.application))
    body = {"licence": licence.number, "kind": "mlro", "from_on": DAY.isoformat()}
    answer = api.post("/provider-records/", body)
    assert (answer.status_code, answer.json()["problems"][0]["field"]) == (409, "name")
    made = api.post("/provider-records/", body | {"name": "Test Officer"}, Idempotency_Key="k1")
    assert (made.status_code, made.json()["provision"]["code"]) == (201, "provider.internal_control")
    form = {**body, "kind": "risk_warning", "place": "https://a.example", "languages": "kk, ru", "file": picture()}
    sent = api.client.post("/api/v1/provider-records/", form, headers=api.headers)
    assert (sent.status_code, sent.json()["languages"]) == (201, ["kk", "ru"])
    address = f"/provider-records/{made.json()['reference']}/"
    assert Caller(make.make_applicant()).get(address).status_code == 404
    assert api.post(f"{address}end/", {"to_on": DAY.isoformat()}, If_Match='"1"').json()["state"] == "ended"


def test_a_list_asks_the_same_of_many() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as made:
            assert officer.get("/provider-records/").status_code == 200
        return len(made)

    first = make.make_record()
    officer = client_of(other(first))
    asked()
    few = asked()
    for _number in range(4):
        make.make_record(first.licence)
    assert asked() == few
