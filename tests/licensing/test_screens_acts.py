"""Every act of the case file through the browser's own way: a POST form, with the version that was seen."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import Access, Event, User
from core.workflow import APPLICANT, AUDITOR, HEAD, OFFICER
from licensing import services
from licensing.models import Application
from licensing.views.acts.application import ACTS
from licensing.wording import VERBS
from tests import factories as make

pytestmark = pytest.mark.django_db
REASON = "permit.refusal.3"
NAMES = {act.name for act in ACTS.acts}


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def officer() -> User:
    return make.make_user(OFFICER)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    import time_machine

    with time_machine.travel(make.AT + timedelta(hours=5), tick=True):
        yield


def act(user: User, case: Application, name: str, *, version: int | None = None, **values: Any) -> HttpResponse:
    """Open the act's page, fill it in, send it."""
    client, address = client_of(user), reverse("case-act", args=[case.reference, name])
    held = Application.objects.get(pk=case.pk).version if version is None else version
    return client.post(address, {"version": held, **values})  # type: ignore[return-value]


def state(case: Application) -> str:
    return Application.objects.get(pk=case.pk).state


def test_from_filing_to_licence_in_the_browser(today: None, officer: User) -> None:
    make.make_pool()
    case = make.make_submitted()
    second, head = make.make_user(OFFICER), make.make_user(HEAD)
    steps: list[tuple[User, str, dict[str, Any], str]] = [
        (officer, "take", {}, "submitted"),
        (officer, "register", {}, "submitted"),
        (officer, "accept", {}, "in_review"),
        (
            officer,
            "recommend",
            {"outcome": "grant", "text": "All is met.", "own_conditions": "One\n\nTwo", "own_reason": "New."},
            "recommended",
        ),
        (officer, "edit-letter", {"text": "All of it is met."}, "recommended"),
        (second, "countersign", {}, "countersigned"),
        (head, "grant", {}, "granted"),
    ]
    for person, name, values, after in steps:
        page = client_of(person).get(reverse("case-act", args=[case.reference, name]))
        assert page.status_code == 200
        assert "Not possible now" not in page.content.decode(), name
        answer = act(person, case, name, **values)
        assert (answer.status_code, state(case)) == (302, after), (name, answer.content.decode()[-3000:])
    case.refresh_from_db()
    assert case.assigned_to == officer
    assert case.licence.worded_conditions == ["One", "Two"]
    proposal = case.decisions.get().recommendation
    assert proposal is not None
    assert proposal.text == "All of it is met."
    timeline = client_of(head).get(f"{reverse('case', args=[case.reference])}?tab=timeline").content.decode()
    assert "Case assigned: Test officer" in timeline


def test_every_event_of_a_case_has_words(today: None, officer: User) -> None:
    case = make.make_in_review(officer=officer)
    act(officer, case, "ask", text="Which meter?")
    services.answer_question(case.questions.get(), text="That one", actor=case.created_by, at=timezone.now())
    act(officer, case, "note", text="x")
    make.make_licence()
    make.make_decided(outcome="refuse")
    verbs = set(Event.objects.filter(reference__regex="^(APP|M[12])-").values_list("verb", flat=True))
    assert verbs - set(VERBS) == set()


def test_a_look_at_the_people_of_a_case_is_logged(today: None, officer: User) -> None:
    case = make.make_submitted()
    client_of(officer).get(reverse("case", args=[case.reference]))
    assert not Access.objects.exists()
    client_of(officer).get(f"{reverse('case', args=[case.reference])}?tab=people")
    assert Access.objects.get().subject_id == case.organisation_id


def test_refusing_consideration_asks_for_a_code(today: None, officer: User) -> None:
    case = make.make_submitted()
    assert act(officer, case, "refuse-consideration", text="A paper lacks").status_code == 422
    assert act(officer, case, "refuse-consideration", reasons=["made-up"], text="x").status_code == 422
    assert state(case) == "submitted"
    answer = act(officer, case, "refuse-consideration", reasons=["permit.incomplete.3"], text="A paper lacks")
    assert (answer.status_code, state(case)) == (302, "refused_consideration")


def test_questions_opinions_notes_and_judgements(today: None, officer: User) -> None:
    case = make.make_in_review(officer=officer)
    body = make.make_authority("energy")
    assert act(officer, case, "ask", text="Which meter?").status_code == 302
    assert act(officer, case, "request-opinion", body=body.pk, text="Is there power?").status_code == 302
    assert act(officer, case, "request-opinion", body=body.pk, text="Again?").status_code == 409
    opinion = case.opinions.get()
    day = timezone.localdate()
    given: dict[str, Any] = {"opinion": opinion.pk, "answer": "agreed", "text": "There is."}
    assert act(officer, case, "record-opinion", **given, answered_on=day + timedelta(days=3)).status_code == 409
    assert act(officer, case, "record-opinion", **given, answered_on=day).status_code == 302
    assert act(officer, case, "note", text="Call them", version=0).status_code == 302
    assert act(officer, case, "judge", code="subtype", met="yes", note="Seen on site").status_code == 302
    assert act(officer, case, "judge", code="nonsense", met="yes", note="x").status_code == 409
    opinion.refresh_from_db()
    assert (opinion.answer, case.questions.count(), case.notes.count(), case.judgements.count()) == ("agreed", 1, 1, 2)


def test_an_opinion_of_another_case_cannot_be_entered(today: None, officer: User) -> None:
    case, other = make.make_in_review(officer=officer), make.make_in_review(officer=officer)
    body = make.make_authority("energy")
    opinion = services.request_opinion(other, body=body, text="x", actor=officer, at=timezone.now())
    given: dict[str, Any] = {
        "opinion": opinion.pk,
        "answer": "agreed",
        "text": "x",
        "answered_on": timezone.localdate(),
    }
    assert act(officer, case, "record-opinion", **given).status_code == 422


def test_assigning_and_laying_back(today: None, officer: User) -> None:
    case = make.make_submitted()
    foreign = make.make_user(OFFICER, authority=make.make_authority("nbk"))
    assert act(officer, case, "assign", to=foreign.pk).status_code == 422
    assert act(officer, case, "assign", to=officer.pk).status_code == 302
    assert act(officer, case, "assign", to="").status_code == 302
    case.refresh_from_db()
    assert case.assigned_to is None


def test_returning_needs_a_reason(today: None, officer: User) -> None:
    case = make.make_recommended(officer=officer)
    assert act(make.make_user(OFFICER), case, "return", reason=" ").status_code == 422
    assert act(make.make_user(OFFICER), case, "return", reason="The fee is unclear").status_code == 302
    assert state(case) == "in_review"


#: A case is watched by whoever reads it, and a task is done by whoever has it: their services judge.
FOR_READERS = {"watch", "unwatch", "task-done"}


@pytest.mark.parametrize("name", sorted(NAMES - FOR_READERS))
def test_no_act_is_open_to_strangers_or_readers(name: str, today: None) -> None:
    case = make.make_submitted()
    foreign = make.make_user(OFFICER, authority=make.make_authority("nbk"))
    assert act(foreign, case, name).status_code == 404
    assert act(make.make_user(APPLICANT), case, name).status_code == 404
    assert act(case.created_by, case, name).status_code == 404
    assert act(make.make_user(AUDITOR), case, name).status_code == 403
    address = reverse("case-act", args=[case.reference, name])
    assert client_of(make.make_user(AUDITOR)).get(address).status_code in (200, 403)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_reading_an_act_changes_nothing(name: str, today: None, officer: User) -> None:
    case = make.make_recommended(officer=officer)
    before = (Event.objects.count(), case.version)
    assert client_of(make.make_user(HEAD)).get(reverse("case-act", args=[case.reference, name])).status_code == 200
    case.refresh_from_db()
    assert (Event.objects.count(), case.version) == before


def test_a_wrong_role_gets_403_and_a_wrong_state_409(today: None, officer: User) -> None:
    case = make.make_countersigned(officer=officer)
    assert act(officer, case, "grant").status_code == 403
    assert act(make.make_user(OFFICER), case, "accept").status_code == 409
    page = client_of(officer).get(reverse("case", args=[case.reference])).content.decode()
    assert "Not possible now" in page
    assert state(case) == "countersigned"


def test_a_stale_version_gets_412_and_nothing_is_saved(today: None, officer: User) -> None:
    case = make.make_submitted()
    stale = case.version
    services.assign_application(case, to=officer, actor=officer, at=timezone.now())
    assert act(officer, case, "accept", version=stale).status_code == 412
    assert state(case) == "submitted"


def test_what_was_written_stays_when_an_act_is_refused(today: None, officer: User) -> None:
    case = make.make_in_review(officer=officer)
    answer = act(officer, case, "recommend", outcome="refuse", text="My long words", reasons=[])
    assert answer.status_code == 409
    assert "My long words" in answer.content.decode()
    part = client_of(officer).post(
        reverse("case-act", args=[case.reference, "recommend"]),
        {"version": case.version, "outcome": "refuse", "text": "My long words"},
        headers={"HX-Request": "true"},
    )
    assert (part.status_code, part.headers["HX-Retarget"]) == (409, "#problems")


def test_the_letter_is_drawn_from_what_is_written(today: None, officer: User) -> None:
    case = make.make_in_review(officer=officer)
    client, address = client_of(officer), reverse("case-act", args=[case.reference, "recommend"])
    given = {"redraw": "yes", "outcome": "refuse", "reasons": [REASON], "text": "Because of the fee"}
    whole = client.post(address, given)
    part = client.post(address, given, headers={"HX-Request": "true", "HX-Target": "paper"})
    assert whole.status_code == part.status_code == 200
    assert 'src="data:image/png;base64,' in part.content.decode()
    assert part.content.decode().strip() in whole.content.decode()
    pdf = client.post(reverse("case-preview", args=[case.reference, "recommend", "refusal"]), given)
    assert pdf.content.startswith(b"%PDF")
    assert client.post(reverse("case-preview", args=[case.reference, "recommend", "grant"]), given).status_code == 404
    assert state(case) == "in_review"


def test_a_refusal_on_unconfirmed_law_asks_for_a_confirmation(today: None) -> None:
    case = make.make_countersigned(outcome="refuse")
    head = make.make_user(HEAD)
    page = client_of(head).get(reverse("case-act", args=[case.reference, "refuse"])).content.decode()
    grounds = case.form.refusal_grounds(timezone.localdate())
    unsure = any(not one.is_confirmed for one in grounds if one.code == REASON)
    assert ('name="confirmation"' in page) is unsure
    assert act(head, case, "grant").status_code == 409
    assert act(head, case, "refuse", confirmation="It applies.").status_code == 302
    assert state(case) == "refused"


def test_bulk_assign_lists_each_one_refused(today: None, officer: User) -> None:
    cases = [make.make_submitted(), make.make_submitted()]
    ended = make.make_decided()
    foreign = client_of(make.make_user(OFFICER, authority=make.make_authority("nbk")))
    given = {"references": [*(case.reference for case in cases), ended.reference, "APP-1999-000001"], "to": "me"}
    answer = client_of(officer).post(reverse("queue-assign"), given)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert ended.reference in page
    assert "APP-1999-000001" in page
    assert set(Application.objects.filter(assigned_to=officer)) == set(cases)
    assert foreign.post(reverse("queue-assign"), given).status_code == 409
    assert client_of(make.make_user(AUDITOR)).post(reverse("queue-assign"), given).status_code == 409
    assert client_of(officer).post(reverse("queue-assign"), {"to": "me"}).status_code == 302
    assert set(Application.objects.filter(assigned_to=officer)) == set(cases)


def test_the_registration_record_is_checked_by_an_officer(today: None, officer: User) -> None:
    person = make.make_applicant(make.make_organisation(checked=False))
    case = make.make_submitted(actor=person)
    address = reverse("case-check-registration", args=[case.reference])
    assert client_of(make.make_user(AUDITOR)).post(address).status_code == 403
    assert client_of(person).post(address).status_code == 404
    assert client_of(officer).post(address).status_code == 302
    case.organisation.refresh_from_db()
    assert case.organisation.registration_checked_by == officer


def test_forms_are_refused_without_their_token(officer: User) -> None:
    case = make.make_submitted()
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    assert client.post(reverse("case-act", args=[case.reference, "take"])).status_code == 403
