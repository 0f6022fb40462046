"""One register over permits, refusals and warnings: found in any letters, each entry with its decision."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from core.models import Event
from core.names import searched, sought
from core.workflow import HEAD, OFFICER, TransitionRefused
from exchanges import services as exchange_services
from law.publication import mica_letters, services_of
from licensing import services
from licensing.models import RegisterEntry
from licensing.models.licences import REFUSED
from licensing.register_types import entry_types
from tests import factories as make
from tests.factories import AT

pytestmark = pytest.mark.django_db


def found(query: str, client: Client | None = None) -> list[str]:
    answer = (client or Client()).get(f"/register/?{query}", headers={"accept": "application/json"})
    return [row["number"] for row in answer.json()["results"]]


def found_by_api(query: str) -> list[str]:
    return [row["number"] for row in Client().get(f"/api/v1/register/?{query}").json()["results"]]


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("ТОО «Қызғалдақ»", "Kyzgaldak"),
        ("ТОО «Қызғалдақ»", "кызгалдак ЖШС"),
        ("«Бәйтерек» ЖШС", "llp Bayterek"),
        ("«Шаңырақ» ЖШС", "шанырак"),
        ("Zhuldyz LLP", "Жұлдыз"),
        ("Товарищество с ограниченной ответственностью «Степь»", "ТОО step"),
        ("«Ақ Жол» АҚ", "ақ"),
        ("M1-2026-00017", "m1-2026-00017"),
        ("210340004566", "2103 4000 4566"),
    ],
)
def test_what_is_stored_holds_what_is_looked_for(name: str, question: str) -> None:
    assert all(word in searched(name) for word in sought(question))


def test_digits_are_not_folded_and_short_words_begin_a_word() -> None:
    assert sought("00001") == ["00001"]
    assert sought("ке") == [" ke"]
    assert " ke" not in searched("Степке")
    assert sought("«»") == []


def test_a_permit_has_its_type_its_services_and_the_rule_by_which_it_is_public() -> None:
    licence = make.make_licence()
    entry = licence.register_entry
    assert (entry.type, entry.services, entry.published) == ("licence", ["mine"], True)
    assert entry.publication_ground["code"] == "register.permits"
    assert make.make_pool().register_entry.type == "accreditation"
    line = Client().get(f"/api/v1/register/{licence.number}/", headers={"accept-language": "en"}).json()
    assert (line["type_name"], line["published_by_rule"]["code"]) == ("Licence", "register.permits")
    assert found("type=accreditation") != found("type=licence") == [licence.number]
    assert found_by_api("authority=nbk") == []
    assert licence.number in found_by_api("authority=maidd&type=licence&standing=in_force")


def refused(**fields: Any) -> Any:
    return make.make_decided(outcome="refuse", **fields)


def test_a_refusal_is_withheld_until_a_head_publishes_it() -> None:
    case = refused()
    entry = RegisterEntry.objects.get(application=case)
    assert (entry.type, entry.published, entry.publication_reason) == ("refusal", False, REFUSED)
    assert found("") == []
    with pytest.raises(PermissionDenied):
        services.publish_entry(entry, published=True, reason="Public interest.", actor=make.make_user(OFFICER), at=AT)
    head = make.make_user(HEAD)
    services.publish_entry(entry, published=True, reason="Public interest.", actor=head, at=AT)
    assert found("type=refusal&standing=refused") == [case.reference]
    page = Client(headers={"accept-language": "en"}).get(f"/register/{case.reference}/").content.decode()
    assert "Refused" in page
    assert "Public interest." not in page  # the head's words are the authority's own
    assert Event.objects.of(entry).filter(verb="register.publish", actor=head).exists()


def test_a_refusal_to_a_person_is_entered_nowhere() -> None:
    trader = make.make_organisation(form="sole_trader", identifier=make.make_iin())
    refused(actor=make.make_applicant(trader), kind="mining-licence-2")
    assert not RegisterEntry.objects.exists()


def test_an_annulled_refusal_leaves_the_register_at_once() -> None:
    case = refused()
    entry, head = RegisterEntry.objects.get(application=case), make.make_user(HEAD)
    services.publish_entry(entry, published=True, reason="Public interest.", actor=head, at=AT)
    services.annul_decision(case.decisions.get(), cause="COURT-1", actor=head, at=AT)
    assert found("") == []
    entry.refresh_from_db()
    with pytest.raises(TransitionRefused) as told:
        services.publish_entry(entry, published=True, reason="Again.", actor=head, at=AT)
    assert [one.code for one in told.value.problems] == ["refusal-gone"]


def test_warnings_are_found_with_permits_and_read_on_their_own_page() -> None:
    row = make.make_warning(state="published")
    for question in ("q=quick+coins", "q=QCoin", "q=quickcoins.example", "type=warning&kind=offshore_platform"):
        assert found(question) == [row.reference], question
    assert found_by_api("type=warning") == [row.reference]
    answer = Client().get(f"/register/{row.reference}/")
    assert answer["Location"] == f"/warnings/{row.reference}/"
    entry, head = RegisterEntry.objects.get(number=row.reference), make.make_user(HEAD)
    with pytest.raises(TransitionRefused) as told:
        services.publish_entry(entry, published=False, reason="x", actor=head, at=AT)
    assert told.value.problems[0].code == "decided-there"
    exchange_services.end_warning(row, "withdraw", reason="It has closed.", actor=head, at=AT)
    assert found("standing=withdrawn") == [row.reference]


def test_what_was_only_proposed_stands_nowhere() -> None:
    make.make_warning()
    make.make_warning(state="dropped", domains=["other.example"])
    assert not RegisterEntry.objects.exists()


def test_a_head_decides_in_the_browser_and_others_do_not() -> None:
    number = make.make_licence().number
    address, browser = f"/register/{number}/publication/", Client(headers={"accept-language": "en"})
    assert browser.get(address).status_code == 302
    browser.force_login(make.make_user(OFFICER))
    assert browser.get(address).status_code == 403
    browser.force_login(make.make_user(HEAD, authority=make.make_authority("nbk")))
    assert browser.get(address).status_code == 403
    browser.force_login(make.make_user(HEAD))
    assert browser.post(address, {"published": "no", "reason": " "}).status_code == 409
    assert browser.post(address, {"published": "no", "reason": "Court order."}).status_code == 302
    assert "Court order." in browser.get(f"/register/{number}/").content.decode()
    assert Client().get(f"/register/{number}/").status_code == 404


def test_no_entry_without_a_reason_and_no_refusal_without_its_case() -> None:
    number = make.make_licence().number
    for change in ({"publication_reason": ""}, {"type": "refusal"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RegisterEntry.objects.filter(number=number).update(**change)


def test_every_type_has_words_and_a_rule() -> None:
    assert set(entry_types()) == {
        "licence",
        "permit",
        "accreditation",
        "registration",
        "contract",
        "refusal",
        "warning",
    }
    for one in entry_types().values():
        assert one.kinds()
        assert one.states


def test_services_are_the_kind_s_and_those_that_the_filing_lists() -> None:
    assert services_of("mining-licence-1") == ["mine"]
    assert services_of("aifc-exchange", ["trading", "storage", "unknown"]) == ["operate_platform", "store"]
    assert services_of("nbk-special-regime") == []
    assert mica_letters(["store", "operate_platform", "mine"]) == ["a", "b"]
