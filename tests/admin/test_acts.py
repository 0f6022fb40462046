"""Acts on many cases: confirmed first, each on its own, what is refused listed with its reason and article."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from knox.models import AuthToken

from core.models import Event, Membership, Organisation, RequestKey
from core.services import make_key
from licensing.models import Application, Letter, RegisterEntry
from tests import factories as make
from tests.admin.pages import choose, client_of, confirm, list_of

pytestmark = pytest.mark.django_db


def outcome(answer: Any) -> tuple[list[str], dict[str, list[str]]]:
    """(what is done, codes of why the rest was refused by name)."""
    assert answer.status_code == 200, answer.content.decode()[:2000]
    result = answer.context["result"]
    return result["done"], {one["name"]: [p["code"] for p in one["problems"]] for one in result["refused"]}


def test_take_confirms_first() -> None:
    officer = make.make_user("officer")
    cases = [make.make_submitted(), make.make_in_review()]
    page = choose(client_of(officer), "take", *cases)
    assert page.status_code == 200
    assert all(case.reference in page.content.decode() for case in cases)
    assert not Application.objects.filter(assigned_to=officer).exists()
    done, refused = outcome(confirm(client_of(officer), "take", *cases))
    assert (sorted(done), refused) == (sorted(c.reference for c in cases), {})
    assert Application.objects.filter(assigned_to=officer).count() == 2
    assert Event.objects.filter(verb="application.assign", actor=officer).count() == 2


def test_assign_refuses_ended_cases_and_does_the_rest() -> None:
    officer, to = make.make_user("officer"), make.make_user("officer")
    ended, open_case = make.make_decided(), make.make_submitted()
    done, refused = outcome(confirm(client_of(officer), "assign", ended, open_case, to=to.pk))
    assert done == [open_case.reference]
    assert refused == {ended.reference: ["case-ended"]}
    open_case.refresh_from_db()
    assert open_case.assigned_to == to


def test_assign_offers_officers_of_the_own_authority_alone() -> None:
    officer, case = make.make_user("officer"), make.make_submitted()
    stranger = make.make_user("officer", authority=make.make_authority("nbk"))
    answer = confirm(client_of(officer), "assign", case, to=stranger.pk)
    assert answer.status_code == 400
    assert not RequestKey.objects.exists()


def test_ask_writes_a_letter_for_each() -> None:
    cases = [make.make_submitted(), make.make_in_review()]
    answer = confirm(client_of(make.make_user("officer")), "ask", *cases, text="Which feeder?")
    assert len(outcome(answer)[0]) == 2
    assert Letter.objects.filter(kind="question").count() == 2


def test_refusing_consideration_needs_reasons_of_the_closed_list() -> None:
    case = make.make_submitted()
    client = client_of(make.make_user("officer"))
    assert confirm(client, "refuse_consideration", case, text="No contract.").status_code == 400
    assert confirm(client, "refuse_consideration", case, text="x", reasons=["made-up"]).status_code == 400
    assert confirm(client, "refuse_consideration", case, text=" ", reasons=["permit.incomplete.3"]).status_code == 400
    done, _refused = outcome(
        confirm(client, "refuse_consideration", case, text="No contract.", reasons=["permit.incomplete.3"])
    )
    assert done == [case.reference]
    case.refresh_from_db()
    assert (case.state, case.reasons) == ("refused_consideration", ["permit.incomplete.3"])


def test_refusing_consideration_lists_each_that_has_gone_on() -> None:
    waiting, reviewed, decided = make.make_submitted(), make.make_in_review(), make.make_decided()
    client = client_of(make.make_user("head"))
    answer = confirm(
        client, "refuse_consideration", waiting, reviewed, decided, text="No contract.", reasons=["permit.incomplete.3"]
    )
    done, refused = outcome(answer)
    assert done == [waiting.reference]
    assert refused == {reviewed.reference: ["wrong-state"], decided.reference: ["wrong-state"]}
    assert "is not possible now" in answer.content.decode()


def test_recommend_to_grant_and_to_refuse() -> None:
    client = client_of(make.make_user("officer"))
    good, bad, early = make.make_in_review(), make.make_in_review(), make.make_submitted()
    done, refused = outcome(confirm(client, "recommend", good, early, outcome="grant", text="As reviewed."))
    assert (done, refused) == ([good.reference], {early.reference: ["wrong-state"]})
    _done, refused = outcome(confirm(client, "recommend", bad, outcome="refuse", text="As reviewed."))
    assert refused == {bad.reference: ["reasons-missing"]}
    done, _refused = outcome(
        confirm(client, "recommend", bad, outcome="refuse", text="As reviewed.", reasons=["permit.refusal.3"])
    )
    assert done == [bad.reference]


def test_a_case_changed_since_it_was_confirmed_is_refused() -> None:
    case = make.make_in_review()
    client = client_of(make.make_user("officer"))
    page = choose(client, "recommend", case)
    Application.objects.filter(pk=case.pk).update(version=case.version + 1)
    _done, refused = outcome(confirm(client, "recommend", case, page=page, outcome="grant", text="As reviewed."))
    assert refused == {case.reference: ["stale-version"]}


def test_a_second_click_does_not_act_again() -> None:
    case = make.make_submitted()
    client = client_of(make.make_user("officer"))
    page = choose(client, "ask", case)
    first = confirm(client, "ask", case, page=page, text="Which feeder?")
    second = confirm(client, "ask", case, page=page, text="Which feeder?")
    assert outcome(first) == outcome(second)
    assert case.questions.count() == 1


def test_a_result_is_shown_to_who_acted_alone() -> None:
    case = make.make_submitted()
    address = confirm(client_of(make.make_user("officer")), "take", case).request["PATH_INFO"]
    assert client_of(make.make_user("officer")).get(address).status_code == 404


def test_a_case_of_another_authority_cannot_be_chosen() -> None:
    case = make.make_submitted()
    foreign = make.make_user("officer", authority=make.make_authority("nbk"))
    done, refused = outcome(confirm(client_of(foreign), "take", case))
    assert (done, list(refused.values())) == ([], [["row-gone"]])
    case.refresh_from_db()
    assert case.assigned_to is None


@pytest.mark.parametrize("act", ["take", "assign", "ask", "refuse_consideration", "recommend"])
@pytest.mark.parametrize("role", ["administrator", "auditor"])
def test_who_does_not_review_has_no_acts(role: str, act: str) -> None:
    case = make.make_submitted()
    answer = choose(client_of(make.make_user(role)), act, case)
    assert "token" not in (answer.context or {})
    case.refresh_from_db()
    assert (case.state, case.assigned_to, case.version) == ("submitted", None, case.version)


@pytest.mark.parametrize("pks", [["x"], ["99999999"], [""], ["1' OR 1=1"], ["9" * 40]])
def test_strange_rows_are_answered(pks: list[str]) -> None:
    client: Client = client_of(make.make_user("officer"))
    for data in ({"index": "0"}, {"confirmed": "x"}, {"confirmed": "0b5c68aa-0000-4000-8000-000000000000"}):
        answer = client.post(list_of(Application), {"action": "take", "_selected_action": pks, **data})
        assert answer.status_code < 500


def test_publication_is_decided_with_a_reason() -> None:
    entry = RegisterEntry.objects.get(licence=make.make_licence())
    client = client_of(make.make_user("head"))
    done, _refused = outcome(confirm(client, "withhold", entry, reason="A court's order."))
    assert done == [entry.number]
    entry.refresh_from_db()
    assert (entry.published, entry.publication_reason) == (False, "A court's order.")
    _done, refused = outcome(confirm(client, "withhold", entry, reason="Again."))
    assert refused == {entry.number: ["no-change"]}
    assert "token" not in choose(client_of(make.make_user("officer")), "publish", entry).context  # not an officer's


def test_registrations_and_claims_are_confirmed() -> None:
    organisation = make.make_organisation(checked=False)
    claim = make.make_membership(make.make_user(), organisation, confirmed_at=None, confirmed_by=None)
    client = client_of(make.make_user("officer"))
    assert outcome(confirm(client, "confirm_registration", organisation, reason="Extract of today."))[0]
    assert Organisation.objects.get(pk=organisation.pk).registration_checked_at is not None
    assert outcome(confirm(client, "confirm_membership", claim, reason="Passport seen."))[0]
    _done, refused = outcome(confirm(client, "confirm_membership", claim, reason="Again."))
    assert list(refused.values()) == [["claim-closed"]]
    assert outcome(confirm(client, "revoke_membership", claim, reason="Left the firm."))[0]
    assert Membership.objects.get(pk=claim.pk).revoked_at is not None


def test_keys_are_revoked() -> None:
    administrator, person = make.make_user("administrator"), make.make_user()
    key, _secret = make_key(person, actor=person, at=make.AT)
    answer = confirm(client_of(administrator), "revoke_key", key)
    assert len(outcome(answer)[0]) == 1
    assert not AuthToken.objects.filter(user=person).exists()
    assert Event.objects.filter(verb="key.revoke", actor=administrator).count() == 1


def test_the_overview_counts_and_leads_to_the_lists() -> None:
    make.make_submitted()
    make.make_in_review()
    client = client_of(make.make_user("officer"))
    page = client.get(reverse("admin:index"))
    counts = {card["label"]: card for _heading, cards in page.context["rows"] for card in cards}
    assert counts["Submitted"]["count"] == counts["In review"]["count"] == "1"
    for card in counts.values():
        answer = client.get(card["url"])
        assert answer.status_code == 200, card
        assert str(answer.context["cl"].result_count) == card["count"], card
