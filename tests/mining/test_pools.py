"""The accreditation of pools: who gets it, by which law, what follows, and what miners' filings say of it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse

from core.models import Event, Obligation
from core.services import remind_duties, verify_events
from core.workflow import OFFICER, TransitionRefused
from licensing import services
from licensing.models import Application, Letter, Licence, Measure, RegisterEntry
from mining.models import SecurityProtocol
from mining.services import enter_protocol
from tests import factories as make

pytestmark = pytest.mark.django_db


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=make.ALMATY)


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> set[str]:
    return {problem.code for problem in refused.value.problems if problem.blocks}


def refused_codes(application: Application, moment: datetime = make.AT) -> set[str]:
    with pytest.raises(TransitionRefused) as refused, transaction.atomic():
        services.submit_application(application, actor=application.created_by, at=moment)
    assert all(problem.provision for problem in refused.value.problems)
    return codes(refused)


def new_protocol(**fields: Any) -> dict[str, Any]:
    given = {**make.protocol(number="IS-99/2026", expires_on="2027-06-10", issued_on="2026-06-11"), **fields}
    return given | {name: date.fromisoformat(given[name]) for name in ("issued_on", "expires_on")}


def test_from_the_filing_to_the_register() -> None:
    licence = make.make_pool(at=make.AT)
    assert (licence.number, licence.state, licence.valid_to) == ("PA-2026-00001", "in_force", None)
    entry = RegisterEntry.objects.get(licence=licence)
    assert (entry.kind, entry.region, entry.published) == (make.POOL, "KZ-71", True)
    duty = Obligation.objects.of(licence).get()  # issued for 364 days, thirty before the last
    assert (duty.code, duty.due_on, duty.debtor) == ("pool-protocols", date(2026, 12, 12), "organisation")
    assert duty.ground["confidence"] == "assumed"
    assert SecurityProtocol.objects.get(licence=licence).number == "IS-17/2026"
    printed = Letter.objects.get(application=licence.application, kind="licence")
    assert printed.data["title"] == "accreditation"
    assert "Steppe Pool" in str(printed.data["particulars"])
    assert services.print_left_over(at=make.AT + timedelta(hours=6)) >= 3
    assert not list(verify_events())


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"hardware_in": "IS"}, {"pool_hardware"}),
        ({"protocols": [make.protocol(positive=False)]}, {"pool-tests"}),
        ({"protocols": [make.protocol(expires_on="2026-06-15")]}, {"pool-tests"}),
        ({"protocols": [make.protocol(kind="cybersecurity")]}, {"pool-tests"}),
    ],
)
def test_what_bars_the_filing_names_its_article(facts: dict[str, Any], expected: set[str]) -> None:
    assert refused_codes(make.make_draft(kind=make.POOL, **facts)) == expected


@pytest.mark.parametrize(
    ("day", "kind", "expected"),
    [
        ("2024-02-09", "act", set()),
        ("2024-02-12", "act", {"pool-tests"}),
        ("2024-02-12", "information_security", set()),
        ("2026-07-10", "information_security", set()),
        ("2026-07-13", "information_security", {"pool-tests"}),
        ("2026-07-13", "cybersecurity", set()),
    ],
)
def test_the_test_of_the_day_of_filing(day: str, kind: str, expected: set[str]) -> None:
    moment = at(day)
    given = make.protocol(kind=kind, issued_on=f"{moment.year}-01-15", expires_on=f"{moment.year + 1}-01-14")
    draft = make.make_draft(kind=make.POOL, at=moment, protocols=[given])
    if expected:
        assert refused_codes(draft, moment) == expected
    else:
        services.submit_application(draft, actor=draft.created_by, at=moment)


def test_a_sole_trader_has_no_pool() -> None:
    draft = make.make_draft(kind=make.POOL, actor=make.make_sole_trader())
    assert refused_codes(draft) == {"pool-holder"}


def test_everything_that_is_missing_is_told_at_once() -> None:
    draft = make.make_draft(kind=make.POOL, complete=False)
    with pytest.raises(TransitionRefused) as refused:
        services.submit_application(draft, actor=draft.created_by, at=make.AT)
    missing = {p.field for p in refused.value.problems if p.code == "particular-missing"}
    assert missing >= {"pool_name", "protocols", "commission", "hardware_in"}
    assert {p.field for p in refused.value.problems if p.code == "document-missing"} == {
        "documents.security-protocols",
        "documents.equipment-place",
    }


def test_a_miner_is_told_whether_his_pool_is_accredited() -> None:
    draft = make.make_draft(pools=["«STEPPE  pool»"])
    (warning,) = [p for p in draft.problems(make.AT.date()) if p.code == "pool-not-accredited"]
    assert (warning.field, warning.severity) == ("pools", "warning")
    pool = make.make_pool()
    assert not [p for p in draft.problems(make.AT.date()) if p.code == "pool-not-accredited"]
    assert [p for p in draft.problems(pool.valid_from - timedelta(days=1)) if p.code == "pool-not-accredited"]
    other = make.make_draft(pools=["Steppe Pool", "Sand Pool", pool.number])
    (warning,) = [p for p in other.problems(make.AT.date()) if p.code == "pool-not-accredited"]
    assert warning.params["pools"] == "Sand Pool"


def test_a_pool_that_was_given_up_counts_up_to_its_last_day() -> None:
    pool = make.make_pool()
    request = make.make_request(pool, "surrender", at=make.AT, text="The pool closes.")
    make.grant_request(request, at=make.AT)
    assert Licence.objects.get(pk=pool.pk).state == "surrendered"
    assert not Obligation.objects.of(pool).open().exists()
    draft = make.make_draft()
    found = {day: [p.code for p in draft.problems(make.AT.date() + timedelta(days=day))] for day in (0, 1)}
    assert "pool-not-accredited" not in found[0]
    assert "pool-not-accredited" in found[1]


def pool_tested() -> Licence:
    """A pool whose protocol holds to 11 January 2027."""
    return make.make_pool(protocols=[make.protocol()])


def test_a_new_protocol_meets_the_duty_and_starts_the_next() -> None:
    pool = pool_tested()
    row = enter_protocol(pool, **new_protocol(), actor=pool.application.created_by, at=make.AT)
    first, second = Obligation.objects.of(pool).order_by("id")
    assert first.met_at == make.AT
    assert (second.due_on, second.met_at) == (date(2027, 5, 11), None)
    event = Event.objects.of(pool).latest("seq")
    assert (event.verb, event.data) == ("licence.enter_protocol", {"protocol": row.pk, "positive": True})


def test_a_shorter_or_negative_protocol_is_kept_and_changes_no_duty() -> None:
    pool = pool_tested()
    officer = make.make_user(OFFICER)
    enter_protocol(pool, **new_protocol(expires_on="2026-09-01"), actor=officer, at=make.AT)
    enter_protocol(pool, **new_protocol(number="N-1", positive=False), actor=officer, at=make.AT)
    duty = Obligation.objects.of(pool).get()
    assert (duty.due_on, duty.met_at) == (date(2026, 12, 12), None)
    assert pool.security_protocols.count() == 3


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"number": "IS-17/2026"}, "protocol-known"),
        ({"kind": "act"}, "pool-tests"),
        ({"issued_on": "2026-06-17"}, "protocol-days"),
        ({"expires_on": "2026-06-10"}, "protocol-days"),
        ({"laboratory": "  "}, "particular-missing"),
    ],
)
def test_a_protocol_that_is_not_taken(fields: dict[str, Any], code: str) -> None:
    pool = make.make_pool()
    with pytest.raises(TransitionRefused) as refused:
        enter_protocol(pool, **new_protocol(**fields), actor=make.make_user(OFFICER), at=make.AT)
    assert code in codes(refused)


def test_strangers_enter_nothing() -> None:
    pool = make.make_pool()
    for stranger in (make.make_applicant(), make.make_user(OFFICER, authority=make.make_authority("nbk"))):
        with pytest.raises(PermissionDenied):
            enter_protocol(pool, **new_protocol(), actor=stranger, at=make.AT)
    licence = make.make_licence()
    with pytest.raises(TransitionRefused) as refused:
        enter_protocol(licence, **new_protocol(), actor=make.make_user(OFFICER), at=make.AT)
    assert "pool-ended" in codes(refused)


def test_the_pool_is_reminded_while_the_protocol_still_holds() -> None:
    pool = pool_tested()
    before = Event.objects.count()
    assert remind_duties(at=at("2026-12-09")) >= 1
    duty = Obligation.objects.of(pool).get()
    assert list(duty.reminders.values_list("days", flat=True)) == [3]
    assert Event.objects.count() == before


def test_it_is_withdrawn_by_the_authority_after_a_hearing_and_never_suspended() -> None:
    pool = make.make_pool()
    with pytest.raises(TransitionRefused) as refused:
        services.propose_measure(
            pool,
            act="suspend",
            reasons=["pool-accreditation.withdrawal.1"],
            text="As found.",
            months=3,
            actor=make.make_user(OFFICER),
            at=make.AT,
        )
    assert "no-suspension" in codes(refused)
    measure = make.make_measure(pool, act="revoke")
    assert not measure.by_court
    signed = services.countersign_measure(
        make.hear_holder(measure), actor=make.make_user(OFFICER), at=make.AT + timedelta(hours=6)
    )
    head = make.make_user("head")
    with pytest.raises(TransitionRefused):  # every ground is unconfirmed: a head says that it applies
        services.decide_measure(signed, actor=head, at=make.AT + timedelta(days=6))
    services.decide_measure(signed, actor=head, confirmation="It applies.", at=make.AT + timedelta(days=6))
    assert Measure.objects.get(pk=measure.pk).state == "in_effect"
    assert Licence.objects.get(pk=pool.pk).ended_on is not None
    assert not Obligation.objects.of(pool).open().exists()


def client_of(user: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def test_the_officers_pages() -> None:
    pool = make.make_pool()
    client = client_of(make.make_user(OFFICER))
    assert pool.number in client.get(reverse("pools")).content.decode()
    assert pool.number in client.get(reverse("pools"), {"q": "steppe"}).content.decode()
    assert pool.number not in client.get(reverse("pools"), {"q": "nothing"}).content.decode()
    page = reverse("pool", args=[pool.number])
    assert "IS-17/2026" in client.get(page).content.decode()
    given = make.protocol(number="IS-99/2026", issued_on="2026-01-10", expires_on="2099-01-01", positive="yes")
    given["kind"] = "cybersecurity"
    assert client.post(page, given | {"kind": "act"}).status_code == 409
    assert client.post(page, {}).status_code == 409
    assert client.post(page, given).status_code == 302
    assert pool.security_protocols.count() == 2
    stranger = client_of(make.make_user(OFFICER, authority=make.make_authority("nbk")))
    assert stranger.get(page).status_code == 404
    assert client_of(pool.application.created_by).get(page).status_code == 200
    assert client_of(make.make_applicant()).get(page).status_code == 404
    assert client.get(reverse("pool", args=[make.make_licence().number])).status_code == 404


def test_the_list_takes_the_same_queries_at_any_length(django_assert_max_num_queries: Any) -> None:
    for number in range(6):
        make.make_pool(pool_name=f"Pool {number}")
    client = client_of(make.make_user(OFFICER))
    client.get(reverse("pools"))
    with django_assert_max_num_queries(5):
        client.get(reverse("pools"))
