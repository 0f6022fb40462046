"""The people behind a firm: entered from filings, screened, each match decided by a person, never by a machine."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from core.models import Event, Notification, Obligation, User
from core.services import Upload, end_organisation, remind_duties, sweep_duties
from core.workflow import HEAD, OFFICER, TransitionRefused
from licensing import services
from licensing.models import Application, FirmPerson, FitnessCheck, ScreeningMatch
from tests import factories as make
from tests.licensing.lists import csv_of, imported

pytestmark = pytest.mark.django_db
DFA, EXCHANGER = "nbk-dfa-platform", "nbk-exchanger"
LATER = make.AT + timedelta(hours=5)
LISTED = "Касымов Галымжан"
ROW = "Қасымов Ғалымжан Ахметұлы;;1970-02-03;KZ;A-1"


def bank(role: str, **fields: Any) -> User:
    return make.make_user(role, authority=make.make_authority("nbk"), **fields)


def listed_case(kind: str = DFA, *, head: User | None = None, **fields: Any) -> Application:
    """A case of the National Bank in review, whose owner meets an entry of its list."""
    imported(csv_of(ROW), head or bank(HEAD))
    case = make.make_in_review(kind=kind, owners=[make.owner(name=LISTED)], **fields)
    services.screen_people(at=LATER)
    return case


def ready(case: Application, outcome: str, reasons: list[str]) -> Application:
    first, second = bank(OFFICER), bank(OFFICER)
    words: dict[str, Any] = {"outcome": outcome, "text": "As found.", "reasons": reasons}
    case = services.recommend(case, **words, actor=first, at=LATER)
    return services.countersign(case, actor=second, at=LATER)


def test_a_filing_enters_its_people_and_the_next_one_ends_who_is_gone() -> None:
    owner, first = make.owner(), make.executive()
    refused = make.make_decided(kind=DFA, outcome="refuse", owners=[owner], executives=[first])
    rows = FirmPerson.objects.of(refused)
    assert {(row.side, row.share, row.role) for row in rows} == {
        ("owner", Decimal(100), ""),
        ("executive", None, "executive_head"),
    }
    again = services.start_again(refused, actor=refused.created_by, at=LATER)
    new = make.executive(name="Another Head")
    services.edit_draft(again, values={"executives": [new]}, actor=refused.created_by, at=LATER)
    services.submit_application(again, actor=refused.created_by, at=LATER)
    assert {row.name for row in rows.standing()} == {"Test Owner", "Another Head"}
    assert rows.get(name="Test Head").until == LATER.date()
    assert rows.get(side="owner").source == refused
    named = Event.objects.of(again).get(verb="application.name_people")
    assert (named.audience, named.data) == ("internal", {"entered": 1, "ended": 1})


@pytest.mark.parametrize("kind", [DFA, EXCHANGER])
def test_a_listed_owner_is_refused_by_the_article(kind: str) -> None:
    case = listed_case(kind)
    match = ScreeningMatch.objects.get()
    assert (match.state, match.person.name, match.entry.reference) == ("open", LISTED, "A-1")
    assert [one["how"] for one in match.explanation["met"]] == ["same", "same"]
    granting = ready(case, "grant", [])
    with pytest.raises(TransitionRefused) as barred, transaction.atomic():
        services.decide_application(granting, outcome="grant", actor=bank(HEAD), at=LATER)
    assert "matches-open" in {one.code for one in barred.value.problems}
    back = services.return_to_review(granting, reason="A match is open.", actor=bank(OFFICER), at=LATER)
    services.decide_match(match, "confirm", evidence="Born on the same day.", actor=bank(OFFICER), at=LATER)
    fresh = Application.objects.get(pk=back.pk)
    found = next(one for one in fresh.findings(LATER.date()) if one.code == "origin")
    assert found.verdict == "not_met"
    [problem] = found.problems
    article = "6(11)-(12)" if kind == DFA else "12-2(15)"
    assert problem.code == "person-listed"
    assert problem.provision is not None
    assert problem.provision.source.article == article
    ground = fresh.form.refusal_grounds(LATER.date())[2 if kind == DFA else 1].code
    refused = services.decide_application(
        make.make_answered(ready(fresh, "refuse", [ground]), at=LATER), outcome="refuse", actor=bank(HEAD), at=LATER
    )
    assert (refused.state, refused.reasons) == ("refused", [ground])


def test_a_confirmed_match_bars_the_grant_and_a_cleared_one_does_not() -> None:
    case = listed_case()
    match = ScreeningMatch.objects.get()
    services.decide_match(match, "confirm", evidence="The number is his.", actor=bank(OFFICER), at=LATER)
    granting = ready(Application.objects.get(pk=case.pk), "grant", [])
    with pytest.raises(TransitionRefused) as barred, transaction.atomic():
        services.decide_application(granting, outcome="grant", actor=bank(HEAD), at=LATER)
    assert {one.code for one in barred.value.problems} == {"unsettled:origin"}
    services.decide_match(match, "clear", evidence="Another birth date after all.", actor=bank(OFFICER), at=LATER)
    granted = services.decide_application(granting, outcome="grant", actor=bank(HEAD), at=LATER)
    assert granted.state == "granted"


def test_nothing_is_granted_while_somebody_waits_to_be_screened() -> None:
    imported(csv_of(ROW), bank(HEAD))
    granting = ready(make.make_in_review(kind=DFA), "grant", [])
    with pytest.raises(TransitionRefused) as barred, transaction.atomic():
        services.decide_application(granting, outcome="grant", actor=bank(HEAD), at=LATER)
    assert [one.code for one in barred.value.problems] == ["people-unscreened"]
    assert services.screen_people(at=LATER) == 2
    assert services.screen_people(at=LATER) == 0
    assert services.decide_application(granting, outcome="grant", actor=bank(HEAD), at=LATER).state == "granted"


def test_a_later_version_asks_only_about_what_is_new_in_it() -> None:
    head = bank(HEAD)
    listed_case(head=head)
    services.decide_match(ScreeningMatch.objects.get(), "clear", evidence="Another.", actor=bank(OFFICER), at=LATER)
    imported(csv_of(ROW, "Абай Серік;;;;A-2"), head)
    assert FirmPerson.objects.unscreened().count() == 2
    services.screen_people(at=LATER)
    assert ScreeningMatch.objects.get().state == "cleared"
    imported(csv_of(ROW.replace("1970", "1971")), head)
    services.screen_people(at=LATER)
    assert sorted(ScreeningMatch.objects.values_list("state", flat=True)) == ["cleared", "open"]


def test_the_same_number_meets_whatever_the_name() -> None:
    owner = make.owner(name="Somebody Else")
    head = "name;identifier;reference"
    imported(f"{head}\nҚасымов Ғалымжан;{owner['number']};A-1".encode(), bank(HEAD))
    make.make_submitted(kind=DFA, owners=[owner])
    services.screen_people(at=LATER)
    match = ScreeningMatch.objects.get()
    assert (match.per_cent, match.explanation["number"]) == (100, owner["number"])


def test_who_imported_the_list_decides_no_match_and_the_table_says_so_too() -> None:
    head = bank(HEAD)
    listed_case(head=head)
    match = ScreeningMatch.objects.get()
    with pytest.raises(PermissionDenied):
        services.decide_match(match, "clear", evidence="Another.", actor=head, at=LATER)
    values = {"state": "cleared", "decided_by": head, "decided_at": LATER, "evidence": "Another."}
    with pytest.raises(IntegrityError, match="match_not_by_the_importer"), transaction.atomic():
        ScreeningMatch.objects.filter(pk=match.pk).update(**values)
    with pytest.raises(TransitionRefused) as refused:
        services.decide_match(match, "clear", evidence=" ", actor=bank(OFFICER), at=LATER)
    assert [one.field for one in refused.value.problems] == ["evidence"]


def test_the_firm_hears_of_a_confirmed_match_alone_and_of_no_list() -> None:
    case = listed_case()
    match = ScreeningMatch.objects.get()
    told = Notification.objects.filter(recipient=case.created_by, template="person_listed")
    assert not told.exists()
    services.decide_match(match, "confirm", evidence="He.", actor=bank(OFFICER), at=LATER)
    assert told.count() == 2
    assert not Event.objects.of(match).exclude(audience="internal").exists()
    words = "".join(str(row.params) for row in told)
    assert match.reference not in words
    assert "trial" not in words


def test_who_sees_people_and_matches() -> None:
    case = listed_case()
    match = ScreeningMatch.objects.get()
    party, stranger = case.created_by, make.make_applicant()
    other, of_the_bank = make.make_user(OFFICER), bank(OFFICER)
    for user, people, matches in ((party, 2, 0), (stranger, 0, 0), (other, 0, 0), (of_the_bank, 2, 1)):
        assert FirmPerson.objects.visible_to(user).count() == people
        assert ScreeningMatch.objects.visible_to(user).count() == matches
    pages = ("/screening/matches/", f"/screening/matches/{match.reference}/")
    for user, listed, one in ((of_the_bank, 200, 200), (other, 200, 404), (party, 302, 404), (stranger, 302, 404)):
        client = Client()
        client.force_login(user)
        assert [client.get(page).status_code for page in pages] == [listed, one], user.role
    client = Client()
    client.force_login(other)
    assert match.reference not in client.get(pages[0]).content.decode()


def test_case_licence_and_account_show_the_people_and_the_chain() -> None:
    firm, behind = make.make_bin(), make.make_iin()
    owners = [
        make.owner(kind="legal_entity", name="Holding LLP", number=firm, beneficial=False, share=80),
        make.owner(share=20),
        make.owner(name="Deep Owner", number=behind, direct=False, through=firm, share=50),
    ]
    licence = make.make_licence(kind=DFA, owners=owners)
    officer = Client()
    officer.force_login(bank(OFFICER))
    for page in (f"/cases/{licence.application.reference}/", f"/licences/{licence.number}/"):
        shown = officer.get(page).content.decode()
        assert "Deep Owner: 40 %" in shown, page
        assert "80 % × 50 % = 40 %" in shown, page
    party = Client()
    party.force_login(licence.application.created_by)
    account = party.get(f"/account/organisations/{licence.organisation_id}/people/").content.decode()
    assert "Deep Owner: 40 %" in account
    stranger = Client()
    stranger.force_login(make.make_applicant())
    assert stranger.get(f"/account/organisations/{licence.organisation_id}/people/").status_code == 404


def test_chains_go_on_through_what_is_known_of_other_firms_and_circles_bar() -> None:
    first = make.make_draft(kind=DFA)
    second = make.make_draft(kind=DFA)
    own, other = first.organisation.identifier, second.organisation.identifier
    of_first = [make.owner(kind="legal_entity", name="Second", number=other)]
    of_second = [make.owner(kind="legal_entity", name="First", number=own)]
    services.edit_draft(first, values={"owners": of_first}, actor=first.created_by, at=make.AT)
    services.submit_application(first, actor=first.created_by, at=make.AT)
    services.edit_draft(second, values={"owners": of_second}, actor=second.created_by, at=make.AT)
    with pytest.raises(TransitionRefused) as refused:
        services.submit_application(second, actor=second.created_by, at=make.AT)
    assert [(one.code, one.field) for one in refused.value.problems if one.blocks] == [("owners-circle", "owners")]


def test_all_faults_of_people_are_told_at_once_each_with_its_field() -> None:
    gone = make.make_organisation()
    end_organisation(gone, ended_on=make.AT.date(), actor=bank(OFFICER), at=make.AT, reason="Record of 16 June")
    owners = [
        make.owner(kind="legal_entity", name="Gone LLP", number=gone.identifier, share=70),
        make.owner(name="Small Child", number="", residence="US", born_on="2020-01-01", share=70),
        make.owner(name="Through Nobody", direct=False, through="123", share=10),
    ]
    draft = make.make_draft(kind=EXCHANGER, owners=owners, capital_in_tenge=False)
    with pytest.raises(TransitionRefused) as refused:
        services.submit_application(draft, actor=draft.created_by, at=make.AT)
    told = {(one.code, one.field) for one in refused.value.problems}
    assert told >= {
        ("owner-ended", "owners.0.number"),
        ("owner-through", "owners.2"),
        ("shares-over", "owners"),
        ("capital-not-money", "capital_in_tenge"),
    }
    assert ("person-child", "owners.1") in {(one.code, one.field) for one in draft.problems(make.AT.date())}


def test_places_bar_where_the_authority_keeps_a_list_of_them() -> None:
    head = bank(HEAD)
    imported(b"name;country\nSomewhere;XX", head, code="offshore-zones", title="Zones")
    platform, exchanger = (make.make_submitted(kind=kind, owners=[make.owner(residence="XX", number="7")])
                           for kind in (DFA, EXCHANGER))  # fmt: skip
    for case, codes in ((platform, ["person-place"]), (exchanger, [])):  # the law of exchangers names no zones
        found = next(one for one in case.findings(LATER.date()) if one.code == "origin")
        assert [one.code for one in found.problems] == codes


@pytest.mark.parametrize("days", [1, -20_000])
def test_an_organisation_ends_neither_ahead_nor_before_it_began(days: int) -> None:
    row = make.make_organisation(registered_on=make.AT.date() - timedelta(days=100))
    with pytest.raises(TransitionRefused):
        end_organisation(row, ended_on=make.AT.date() + timedelta(days=days), actor=bank(OFFICER), at=make.AT)
    with pytest.raises(PermissionDenied):
        end_organisation(row, ended_on=make.AT.date(), actor=make.make_applicant(row), at=make.AT)


def looked(person: FirmPerson, **fields: Any) -> FitnessCheck:
    given = {"code": "reputation", "met": True, "note": "Certificate 7.", "checked_on": make.AT.date(), **fields}
    return services.check_person(person, **{"actor": bank(OFFICER), "at": LATER, **given})


def test_what_was_found_of_a_person_bars_the_grant_and_is_due_again_by_its_day() -> None:
    case = make.make_in_review(kind=EXCHANGER)
    owner = FirmPerson.objects.of(case).get(side="owner")
    first = looked(owner, expires_on=date(2026, 12, 1), file=Upload("paper.pdf", BytesIO(make.PDF)))
    assert (first.ground["code"], first.document is not None) == ("nbk.impeccable_reputation", True)
    due = Obligation.objects.of(owner).open().get()
    assert (due.code, due.due_on, due.debtor, due.audience) == (
        "fitness-again",
        date(2026, 12, 1),
        "authority",
        "internal",
    )
    looked(owner, met=False, note="A conviction of 2025.")
    assert not Obligation.objects.of(owner).open().exists()
    found = next(one for one in Application.objects.get(pk=case.pk).findings(LATER.date()) if one.code == "reputation")
    assert (found.verdict, [one.code for one in found.problems]) == ("not_met", ["person-unfit"])
    assert FitnessCheck.objects.visible_to(case.created_by).count() == 0
    assert FitnessCheck.objects.visible_to(make.make_user(OFFICER)).count() == 0


def test_a_bar_that_an_official_finds_leaves_the_executives_unmet() -> None:
    case = make.make_in_review(kind=EXCHANGER)
    looked(FirmPerson.objects.of(case).get(side="executive"), code="bar", met=False, note="He led a failed bank.")
    found = next(one for one in Application.objects.get(pk=case.pk).findings(LATER.date()) if one.code == "executives")
    assert (found.verdict, [one.code for one in found.problems]) == ("not_met", ["person-unfit"])


def test_a_look_that_is_due_is_told_to_the_officials() -> None:
    case = make.make_submitted(kind=DFA)
    owner = FirmPerson.objects.of(case).get(side="owner")
    looked(owner, expires_on=date(2026, 7, 1))
    head = bank(HEAD)
    assert sweep_duties(at=make.AT + timedelta(days=60)) >= 1
    remind_duties(at=make.AT + timedelta(days=60))
    assert Notification.objects.filter(recipient=head, path=f"/firm-people/{owner.pk}/").exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"code": "education"}, "code"),
        ({"note": " "}, "note"),
        ({"checked_on": LATER.date() + timedelta(days=1)}, "checked_on"),
        ({"expires_on": LATER.date()}, "expires_on"),
    ],
)
def test_a_look_without_words_or_days_is_refused(fields: dict[str, Any], field: str) -> None:
    owner = make.make_firm_person(make.make_authority("nbk"), make.make_organisation())
    with pytest.raises(TransitionRefused) as refused:
        looked(owner, **fields)
    assert [one.field for one in refused.value.problems] == [field]


@pytest.mark.parametrize("role", ["inspector", "auditor", "administrator"])
def test_others_enter_no_look(role: str) -> None:
    owner = make.make_firm_person(make.make_authority("nbk"), make.make_organisation())
    with pytest.raises(PermissionDenied):
        looked(owner, actor=bank(role))
    with pytest.raises(PermissionDenied):
        looked(owner, actor=make.make_user(OFFICER))


def test_an_officer_enters_a_look_on_the_page_of_the_person() -> None:
    owner = make.make_firm_person(make.make_authority("nbk"), make.make_organisation(), beneficial=True)
    page = f"/firm-people/{owner.pk}/"
    client = Client()
    client.force_login(bank(OFFICER))
    assert client.get(page).status_code == 200
    assert client.post(page, {"code": "conviction"}).status_code == 409
    given = {"code": "conviction", "met": "yes", "note": "Certificate 7.", "checked_on": "2026-06-01"}
    assert client.post(page, given).status_code == 302
    assert "Certificate 7." in client.get(page).content.decode()
    for stranger in (make.make_user(OFFICER), make.make_applicant(owner.organisation)):
        client.force_login(stranger)
        assert client.get(page).status_code == 404
