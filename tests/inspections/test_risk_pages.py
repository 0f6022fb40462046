"""Pages of subjects and of risk runs: lists, files, acts, trials; who sees them, in a bounded number of queries."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import User
from inspections.models import RiskRun, Subject
from inspections.services import finish_begun_runs, run_risk
from tests import factories as make
from tests.inspections.test_risk import breach, criteria
from tests.inspections.world import make_firm

pytestmark = pytest.mark.django_db
AT, TODAY = make.AT, make.AT.date()


def client(user: User) -> Client:
    made = Client(headers={"accept-language": "en"})
    made.force_login(user)
    return made


@pytest.fixture
def officer() -> User:
    return make.make_user("officer")


@pytest.fixture(autouse=True)
def moment() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def snapshot(officer: User, firms: int = 3) -> RiskRun:
    found = [make_firm() for _number in range(firms)]
    breach(found[-1], 2)
    act = criteria()
    return run_risk(act.authority, act, TODAY, actor=officer, at=AT)


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_the_list_and_its_filters(officer: User) -> None:
    quiet, other, worst = (make_firm(size=size) for size in ("small", "", "large"))
    Subject.objects.filter(pk=worst.pk).update(risk="high", points=99)
    Subject.objects.filter(pk=quiet.pk).update(left_on=TODAY)
    page = client(officer)
    names = {one: one.organisation.identifier for one in (quiet, other, worst)}

    def shown(query: str) -> set[Subject]:
        said = text(page.get(f"/subjects/?{query}"))
        return {one for one, identifier in names.items() if identifier in said}

    assert shown("") == {other, worst}
    assert shown("risk=high") == {worst}
    assert shown("risk=none") == {other}
    assert shown("size=large") == {worst}
    assert shown("shown=left") == {quiet}
    assert shown("shown=confirm") == set()
    assert shown("region=KZ-39") == {other, worst}
    assert shown("region=KZ-75") == set()
    assert shown("kind=mining-data-centre") == {other, worst}
    assert shown("kind=mining-licence-1") == set()
    assert shown(f"q={names[other]}") == {other}
    assert shown("risk=nonsense") == {other, worst}


def queries(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)


def test_lists_ask_the_same_number_of_queries(officer: User) -> None:
    page, made = client(officer), snapshot(officer, 3)
    for address in ("/subjects/", f"/risk-runs/{made.reference}/?risk=low", "/risk-runs/"):
        page.get(address)
    few = {one: queries(lambda one=one: page.get(one)) for one in ("/subjects/", "/risk-runs/")}  # type: ignore[misc]
    rows = queries(lambda: page.get(f"/risk-runs/{made.reference}/?risk=low"))
    for _number in range(12):
        make_firm()
    more = run_risk(made.authority, criteria(), TODAY, actor=officer, at=AT)
    assert {one: queries(lambda one=one: page.get(one)) for one in few} == few  # type: ignore[misc]
    assert queries(lambda: page.get(f"/risk-runs/{more.reference}/?risk=low")) <= rows + 1  # it has a run before it


def test_the_file_tells_size_and_risk_line_by_line(officer: User) -> None:
    made = snapshot(officer)
    worst = made.rows.get(risk="high").subject
    page = client(officer)
    answer = page.post(
        f"/subjects/{worst.pk}/figures/", {"staff": 40, "income": "500000000", "figures_on": "2026-06-01"}
    )
    assert answer.status_code == 302
    said = text(page.get(f"/subjects/{worst.pk}/"))
    assert "Breaches established in the last three years: 2 × 7.5 = 15" in said
    assert "40 people and 500\u202f000\u202f000 tenge a year, at 4\u202f325 tenge" in said
    assert "unconfirmed" in said
    assert "at any time: none is known" in said


def test_acts_on_a_subject(officer: User) -> None:
    subject, page = make_firm(), client(officer)
    thing = subject.objects_of_control.get()
    home = f"/subjects/{subject.pk}/"
    for address, given in (
        ("lowering/", {"reasons": ["insurance"], "evidence": "Contract 1", "until": "2026-12-31"}),
        (f"objects/{thing.pk}/distance/", {"distance_km": 140}),
    ):
        assert page.get(home + address).status_code == 200
        assert page.post(home + address, given).headers["Location"] == home
    subject.refresh_from_db()
    thing.refresh_from_db()
    assert (subject.lowering, thing.distance_km) == (["insurance"], 140)
    refused = page.post(home + "lowering/", {"reasons": ["insurance"], "evidence": ""})
    assert refused.status_code == 409
    assert "Name the paper that shows it." in refused.content.decode()
    assert page.get(home + "distance/").status_code == 404
    assert page.get(home + "horoscope/").status_code == 404
    assert page.get(home + "confirm/").status_code == 403


def test_a_head_confirms_the_degree_of_a_person(officer: User) -> None:
    subject = make_firm(risk="high")
    type(subject.organisation).objects.filter(pk=subject.organisation_id).update(form="sole_trader")
    act = criteria()
    run_risk(act.authority, act, TODAY, actor=officer, at=AT)
    page, home = client(make.make_user("head")), f"/subjects/{subject.pk}/"
    assert subject.organisation.identifier in text(page.get("/subjects/?shown=confirm"))
    assert "A degree waits for a person" in text(page.get(home))
    seen = page.get(home + "confirm/").context["form"]["run_id"].value()
    assert page.post(home + "confirm/", {"run_id": seen}).status_code == 302
    subject.refresh_from_db()
    assert subject.risk == "low"


def test_a_run_is_begun_finished_and_shown(officer: User) -> None:
    make_firm()
    act, page = criteria(), client(officer)
    assert act.reference in text(page.get("/risk-runs/new/"))
    answer = page.post("/risk-runs/new/", {"criteria": act.reference})
    made = RiskRun.objects.get()
    assert answer.headers["Location"] == f"/risk-runs/{made.reference}/"
    assert "being reckoned" in text(page.get(answer.headers["Location"]))
    finish_begun_runs(at=AT)
    said = text(page.get(answer.headers["Location"]))
    made.refresh_from_db()
    assert made.digest in said
    assert "RISK-W-SIG" in said
    assert page.post("/risk-runs/new/", {"criteria": "JA-99999"}).status_code == 409


def test_a_trial_shows_who_would_move(officer: User) -> None:
    made, page = snapshot(officer), client(officer)
    rule = made.criteria.criteria.get(code="breaches")
    form = page.get("/risk-runs/trial/").context["form"]
    given = {name: field.initial for name, field in form.fields.items()}
    answer = page.post("/risk-runs/trial/", given | {f"{rule.pk}-weight": "0"})
    trial = RiskRun.objects.get(trial=True)
    assert (answer.status_code, trial.changes) == (302, {str(rule.pk): {"weight": "0"}})
    finish_begun_runs(at=AT)
    said = text(page.get(f"/risk-runs/{trial.reference}/?moved=1"))
    assert "7.5 → 0" in said
    assert made.rows.get(risk="high").subject.organisation.name in said
    assert "trial" in text(page.get("/risk-runs/?shown=trials"))
    wrong = page.post("/risk-runs/trial/", given | {f"{rule.pk}-weight": "much"})
    assert wrong.status_code == 409


def test_a_trial_without_criteria_says_so(officer: User) -> None:
    assert "No criteria of risk are in force today" in text(client(officer).get("/risk-runs/trial/"))


def test_rows_go_on_page_by_page(officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    made, page = snapshot(officer, 7), client(officer)
    monkeypatch.setattr("inspections.views.risk.PAGE", 2)
    seen: list[int] = []
    address: str | None = "?risk=low"
    while address:
        shown = page.get(f"/risk-runs/{made.reference}/{address}").context["page"]
        seen += [one.subject_id for one in shown.rows]
        address = f"?risk=low&cursor={shown.next}" if shown.next else None
    assert seen == sorted(made.rows.filter(risk="low").values_list("subject", flat=True))
    back = page.get(f"/risk-runs/{made.reference}/?risk=low&cursor={shown.previous}").context["page"]
    assert [one.subject_id for one in back.rows] == seen[2:4]
    nonsense = page.get(f"/risk-runs/{made.reference}/?risk=low&cursor=n_NaN_x").context["page"]
    assert [one.subject_id for one in nonsense.rows] == seen[:2]


def test_strangers_see_nothing(officer: User) -> None:
    made = snapshot(officer, 1)
    subject = Subject.objects.get()
    addresses = [f"/subjects/{subject.pk}/", f"/risk-runs/{made.reference}/", f"/subjects/{subject.pk}/figures/"]
    holder = make.make_user()
    make.make_membership(holder, subject.organisation)
    other = make.make_user("officer", authority=make.make_authority("nbk"))
    for user in (holder, make.make_user(), other):
        for address in addresses:
            assert client(user).get(address).status_code == 404
    auditor = client(make.make_user("auditor"))
    assert auditor.get(addresses[0]).status_code == 200
    assert auditor.get(addresses[2]).status_code == 403
    assert auditor.get("/risk-runs/new/").status_code == 403


def test_points_are_shown_without_idle_zeros(officer: User) -> None:
    subject = make_firm(risk="low")
    Subject.objects.filter(pk=subject.pk).update(points=Decimal("12.500"))
    assert "12.5<" in text(client(officer).get("/subjects/"))
