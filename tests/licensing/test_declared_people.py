"""What a holder declares of the people behind the firm: whole lists as of a day, judged and entered as a filing's."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from core.models import Event, Notification, User
from core.services import end_organisation
from core.workflow import HEAD, OFFICER, StaleVersion, TransitionRefused
from law.aifc import INDIVIDUALS
from licensing import services
from licensing.forms.people import MOST, PeopleLists
from licensing.models import FirmPerson, Licence, PeopleDeclaration, ScreeningMatch
from licensing.permits import kinds
from tests import factories as make
from tests.api.conftest import API, Caller, codes, fields
from tests.licensing.lists import csv_of, imported
from tests.licensing.test_races import at_once, won

DFA, EXCHANGER, FACILITY = "nbk-dfa-platform", "nbk-exchanger", "aifc-exchange"
LATER = make.AT + timedelta(days=30)
DAY = date(2026, 7, 10)
LISTED = "Касымов Галымжан"
ROW = "Қасымов Ғалымжан Ахметұлы;;1970-02-03;KZ;A-1"

pytestmark = pytest.mark.django_db


def bank(role: str) -> User:
    return make.make_user(role, authority=make.make_authority("nbk"))


def platform(kind: str = DFA, **lists: Any) -> tuple[Licence, dict[str, Any]]:
    """A licence, and the lists of its filing."""
    given = {"owners": [make.owner()], "executives": [make.executive()], **lists}
    return make.make_licence(kind=kind, **given), given


def declared(licence: Licence, lists: dict[str, Any], **options: Any) -> Any:
    given = {"day": DAY, "actor": make.party_of(licence.application), "at": LATER, **options}
    return services.declare_people(licence, lists, **given)


def told(licence: Licence, lists: dict[str, Any], **options: Any) -> set[tuple[str, str | None]]:
    """What a declaration is refused for; nothing is written then."""
    before = list(FirmPerson.objects.values_list("pk", "until").order_by("pk"))
    with pytest.raises(TransitionRefused) as refused, transaction.atomic():
        declared(licence, lists, **options)
    assert list(FirmPerson.objects.values_list("pk", "until").order_by("pk")) == before
    assert not PeopleDeclaration.objects.exists()
    return {(one.code, one.field) for one in refused.value.problems}


def test_a_declaration_enters_who_is_new_ends_who_is_gone_and_keeps_the_rest() -> None:
    licence, lists = platform()
    officer = bank(OFFICER)
    new = make.executive(name="Another Head", since="2026-07-01")
    done = declared(licence, {**lists, "executives": [new]})
    assert (done.entered, done.ended, done.changed) == (1, 1, True)
    rows = FirmPerson.objects.behind(licence)
    assert rows.get(name="Test Head").until == DAY
    fresh = rows.get(name="Another Head")
    assert (fresh.since, fresh.until, fresh.source, fresh.screened_at) == (date(2026, 7, 1), None, None, None)
    assert fresh.declaration == PeopleDeclaration.objects.get()
    kept = rows.get(side="owner")
    assert (kept.until, kept.source, kept.declaration) == (None, licence.application, None)
    event = Event.objects.of(licence).get(verb="licence.declare_people")
    assert event.data == {"as_of": DAY.isoformat(), "entered": 1, "ended": 1}
    assert event.on_behalf_of == licence.organisation
    message = Notification.objects.get(template="people_declared", recipient=officer, channel=Notification.INBOX)
    assert message.path == f"/licences/{licence.number}/"
    assert "Another Head" not in str(message.params)


def test_the_same_list_again_changes_nothing_and_tells_nobody() -> None:
    licence, lists = platform()
    individuals = [{"role": role, "name": "Somebody"} for role in INDIVIDUALS]  # no day: the known one is kept
    facility = make.make_licence(kind=FACILITY, individuals=individuals)
    for one, same in ((licence, lists), (facility, {"individuals": individuals})):
        done = declared(one, same)
        assert (done.changed, FirmPerson.objects.behind(one).edition()) == (
            False,
            FirmPerson.objects.behind(one).count(),
        )
    assert not PeopleDeclaration.objects.exists()
    assert not Event.objects.filter(verb="licence.declare_people").exists()
    assert not Notification.objects.filter(template="people_declared").exists()


def test_all_faults_are_told_at_once_each_with_its_field() -> None:
    licence, _lists = platform(EXCHANGER)
    gone = make.make_organisation()
    end_organisation(gone, ended_on=make.AT.date(), actor=bank(OFFICER), at=make.AT, reason="Record of 16 June")
    own, firm = licence.organisation.identifier, make.make_bin()
    owners = [
        make.owner(kind="legal_entity", name="Gone LLP", number=gone.identifier, share=70),
        make.owner(name="No Number", number="123", share=70),
        make.owner(name="Through Nobody", direct=False, through="999", share=10),
        make.owner(kind="legal_entity", name="Between", number=firm, share=1),
        make.owner(kind="legal_entity", name="Itself", number=own, direct=False, through=firm, share=10),
        make.owner(name="Unborn", number="", residence="US", born_on="2026-12-01", share=1),
    ]
    executives = [make.executive(role="executive_member", residence="US", number="7", degree=False)]
    found = told(licence, {"owners": owners, "executives": executives}, day=LATER.date() + timedelta(days=1))
    assert found >= {
        ("as-of-ahead", "as_of"),
        ("owner-ended", "owners.0.number"),
        ("resident-number", "owners.1.number"),
        ("owner-through", "owners.2"),
        ("shares-over", "owners"),
        ("owners-circle", "owners"),
        ("person-unborn", "owners.5"),
        ("executive-head", "executives"),
        ("executive-abroad", "executives.0.residence"),
        ("executive-degree", "executives.0.degree"),
    }


def test_nobody_named_and_an_office_left_empty_are_refused() -> None:
    licence, _lists = platform()
    assert told(licence, {"owners": [], "executives": []}) == {
        ("particular-missing", "owners"),
        ("particular-missing", "executives"),
    }
    facility = make.make_licence(kind=FACILITY)
    some = facility.application.particulars.individuals[1:]
    assert {field for _code, field in told(facility, {"individuals": some})} == {"individuals"}


def test_what_a_person_has_to_judge_is_told_and_keeps_nothing_back() -> None:
    licence, lists = platform()
    child = make.owner(name="Small Child", number="7", residence="US", born_on="2020-01-01", beneficial=False)
    done = declared(licence, {**lists, "owners": [child]})
    assert {("person-child", "owners.0"), ("owner-beneficial", "owners")} <= {
        (one.code, one.field) for one in done.warnings
    }
    assert done.changed


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (make.AT.date() - timedelta(days=1), "as-of-early"),
        (make.AT.date(), None),
        (LATER.date(), None),
        (LATER.date() + timedelta(days=1), "as-of-ahead"),
    ],
)
def test_the_day_is_neither_ahead_nor_before_the_filing(day: date, code: str | None) -> None:
    licence, lists = platform()
    changed = {**lists, "owners": [make.owner(name="New Owner")]}
    if code is not None:
        assert told(licence, changed, day=day) == {(code, "as_of")}
    else:
        assert declared(licence, changed, day=day).changed


def test_the_day_is_not_before_the_last_declaration_and_may_be_the_same() -> None:
    licence, lists = platform()
    declared(licence, {**lists, "owners": [make.owner(name="Second")]})
    with pytest.raises(TransitionRefused) as refused, transaction.atomic():
        declared(licence, lists, day=DAY - timedelta(days=1))
    assert [one.code for one in refused.value.problems] == ["as-of-early"]
    assert declared(licence, {**lists, "owners": [make.owner(name="Third")]}).changed
    assert FirmPerson.objects.behind(licence).get(name="Second").until == DAY


def test_the_new_day_begins_in_almaty() -> None:
    licence, lists = platform()
    midnight = LATER.replace(hour=0, minute=0, second=0)
    ahead = told(licence, lists, day=LATER.date(), at=midnight - timedelta(seconds=1))
    assert ahead == {("as-of-ahead", "as_of")}
    assert not declared(licence, lists, day=LATER.date(), at=midnight).changed


def test_whoever_is_new_is_screened_and_a_match_appears() -> None:
    licence, lists = platform()
    imported(csv_of(ROW), bank(HEAD))
    services.screen_people(at=make.AT)
    assert not ScreeningMatch.objects.exists()
    declared(licence, {**lists, "owners": [make.owner(name=LISTED)]})
    assert services.screen_people(at=LATER) == 1
    match = ScreeningMatch.objects.get()
    assert (match.state, match.person.name) == ("open", LISTED)
    officer = Client(headers={"Accept-Language": "en"})
    officer.force_login(bank(OFFICER))
    assert match.reference in officer.get(f"/licences/{licence.number}/").content.decode()


@pytest.mark.parametrize("role", [OFFICER, HEAD, "inspector", "administrator", "auditor"])
def test_officials_declare_for_nobody(role: str) -> None:
    licence, lists = platform()
    with pytest.raises(PermissionDenied):
        declared(licence, lists, actor=bank(role))


def test_strangers_declare_nothing_and_a_representative_does() -> None:
    licence, lists = platform()
    with pytest.raises(PermissionDenied):
        declared(licence, lists, actor=make.make_applicant())
    firm = make.make_organisation()
    lawyer = make.make_applicant(firm)
    with pytest.raises(PermissionDenied):
        declared(licence, lists, actor=lawyer)
    make.make_power_of_attorney(firm, licence.organisation, lawyer)
    assert not declared(licence, lists, actor=lawyer).changed


def test_a_licence_that_ended_and_a_kind_without_people_take_no_declaration() -> None:
    licence, lists = platform()
    Licence.objects.filter(pk=licence.pk).update(
        state="revoked", ended_on=DAY, cause="M-1", ground={"code": "nbk.legal_form"}
    )
    assert ("licence-ended", None) in told(licence, lists)
    assert ("kind-names-nobody", None) in told(make.make_licence(), {})


def test_a_person_comes_from_a_filing_or_a_declaration() -> None:
    licence, lists = platform()
    declared(licence, {**lists, "owners": [make.owner(name="New Owner")]})
    with pytest.raises(IntegrityError), transaction.atomic():
        FirmPerson.objects.filter(name="New Owner").update(source=licence.application)


@pytest.mark.django_db(transaction=True)
def test_of_two_declarations_of_one_edition_one_counts() -> None:
    licence, lists = platform()
    edition, actor = FirmPerson.objects.behind(licence).edition(), make.party_of(licence.application)

    def act(name: str) -> Any:
        given = {**lists, "owners": [make.owner(name=name)]}
        return lambda: declared(licence, given, actor=actor, version=edition)

    results = at_once([act("First"), act("Second")])
    assert len(won(results)) == 1
    assert [type(one) for one in results if one not in won(results)] == [StaleVersion]
    assert FirmPerson.objects.behind(licence).standing().filter(side="owner").count() == 1
    assert PeopleDeclaration.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_declaration_twice_at_once_enters_everybody_once() -> None:
    licence, lists = platform()
    given = {**lists, "owners": [make.owner(name="New Owner")]}
    results = at_once([lambda: declared(licence, given, actor=licence.application.created_by)] * 2)
    assert sorted(one.changed for one in results) == [False, True]
    assert FirmPerson.objects.filter(name="New Owner").count() == 1


def body_of(lists: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"as_of": DAY.isoformat(), **lists, **more}


@time_machine.travel(LATER)
def test_the_holder_reads_and_declares_by_api() -> None:
    licence, lists = platform()
    path, caller = f"/licences/{licence.number}/people/", Caller(make.party_of(licence.application))
    read = caller.get(path)
    assert (read.status_code, read["ETag"]) == (200, '"2"')
    assert [(one["name"], one["filing"]) for one in read.json()["people"]] == [
        ("Test Head", licence.application.reference),
        ("Test Owner", licence.application.reference),
    ]
    new = body_of({**lists, "owners": [make.owner(name="New Owner", share=60), make.owner(name="Other", share=40)]})
    assert caller.call("put", path, new).status_code == 428
    stale = caller.call("put", path, new, If_Match='"1"')
    assert (stale.status_code, stale["ETag"]) == (412, '"2"')
    done = caller.call("put", path, new, If_Match='"2"')
    assert (done.status_code, done["ETag"]) == (200, '"5"')
    answer = done.json()
    assert [answer[name] for name in ("changed", "entered", "ended", "known_as_of")] == [True, 2, 1, DAY.isoformat()]
    gone = answer["people"][-1]
    assert (gone["name"], gone["until"], gone["declared_as_of"]) == ("Test Owner", DAY.isoformat(), None)
    assert answer["people"][1]["declared_as_of"] == DAY.isoformat()
    again = caller.call("put", path, new, If_Match='"5"')
    assert (again.json()["changed"], again["ETag"]) == (False, '"5"')


@time_machine.travel(LATER)
def test_the_api_tells_every_fault_with_its_field() -> None:
    licence, lists = platform()
    path, caller = f"/licences/{licence.number}/people/", Caller(make.party_of(licence.application))
    malformed = caller.call("put", path, {"owners": [{"kind": "ghost"}], "chiefs": []}, If_Match="*")
    assert malformed.status_code == 400
    assert {"as_of", "executives", "owners.0.kind", "owners.0.name", "chiefs"} <= fields(malformed)
    over = body_of({**lists, "owners": [make.owner(), make.owner(number="123")]})
    refused = caller.call("put", path, over, If_Match="*")
    assert (refused.status_code, codes(refused)) == (409, {"shares-over", "resident-number"})


@time_machine.travel(LATER)
def test_to_others_the_list_is_not_there() -> None:
    licence, lists = platform()
    path = f"/licences/{licence.number}/people/"
    for user in (make.make_applicant(), bank(OFFICER), make.make_user(OFFICER)):
        caller = Caller(user)
        assert caller.get(path).status_code == 404
        assert caller.call("put", path, body_of(lists), If_Match="*").status_code == 404
    miner = make.make_licence()
    assert Caller(make.party_of(miner.application)).get(f"/licences/{miner.number}/people/").status_code == 404
    assert Client().get(f"{API}{path}").status_code == 401


def typed(lists: dict[str, Any], version: int, **more: Any) -> dict[str, Any]:
    """What a browser sends of these lists."""
    sent = {"as_of": DAY.isoformat(), "version": version, **more}
    for name, rows in lists.items():
        sent[f"{name}-TOTAL_FORMS"], sent[f"{name}-INITIAL_FORMS"] = len(rows), 0
        for place, row in enumerate(rows):
            sent |= {
                f"{name}-{place}-{key}": "on" if value is True else value
                for key, value in row.items()
                if value not in (None, False)
            }
    return sent


@time_machine.travel(LATER)
def test_the_holder_declares_on_the_page_and_officers_see_it() -> None:
    licence, lists = platform()
    holder = Client(headers={"Accept-Language": "en"})
    holder.force_login(make.party_of(licence.application))
    account = f"/account/organisations/{licence.organisation_id}/people/"
    page = f"{account}{licence.number}/"
    assert page in holder.get(account).content.decode()
    begun = holder.get(page).content.decode()
    assert 'value="Test Owner"' in begun
    assert 'value="Test Head"' in begun
    lists["executives"][0]["DELETE"] = True
    new = {**lists, "executives": [*lists["executives"], make.executive(name="Another Head", role="executive_head")]}
    more = holder.post(page, typed(new, 2, more="owners"))
    assert 'name="owners-10-name"' in more.content.decode()
    assert not PeopleDeclaration.objects.exists()
    assert holder.post(page, typed(new, 2)).status_code == 302
    assert FirmPerson.objects.behind(licence).get(name="Test Head").until == DAY
    assert holder.post(page, typed(new, 2)).status_code == 409  # the list that was seen is not the one that stands
    officer = Client(headers={"Accept-Language": "en"})
    officer.force_login(bank(OFFICER))
    shown = officer.get(f"/licences/{licence.number}/").content.decode()
    assert ": 1 entered, 1 ended" in shown
    person = FirmPerson.objects.get(name="Another Head")
    assert "Declared by the firm" in officer.get(f"/firm-people/{person.pk}/").content.decode()


@time_machine.travel(LATER)
def test_the_longest_lists_that_are_typed_fit_in_one_request() -> None:
    sizes = [
        sum(MOST * len(rows.empty_form.fields) for _label, rows in PeopleLists(kind, None).lists)
        for kind in kinds().values()
        if kind.people_form is not None
    ]
    assert 1_000 < max(sizes) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS - 50  # what stands above the lists


def test_the_page_tells_faults_at_their_rows_and_is_not_there_for_others() -> None:
    licence, lists = platform()
    page = f"/account/organisations/{licence.organisation_id}/people/{licence.number}/"
    holder = Client(headers={"Accept-Language": "en"})
    holder.force_login(make.party_of(licence.application))
    wrong = {**lists, "owners": [make.owner(number="123"), make.owner(residence="Kazakhstan")]}
    malformed = holder.post(page, typed(wrong, 2))
    assert malformed.status_code == 409
    assert 'href="#id_owners-1-residence"' in malformed.content.decode()
    wrong["owners"][1]["residence"] = "KZ"
    refused = holder.post(page, typed(wrong, 2))
    assert refused.status_code == 409
    text = refused.content.decode()
    assert 'href="#id_owners-0-number"' in text
    assert "more than 100 %" in text
    for stranger in (make.make_applicant(), bank(OFFICER)):
        client = Client()
        client.force_login(stranger)
        assert client.get(page).status_code == 404
        assert client.post(page, typed(lists, 2)).status_code == 404
