"""What an applicant does by API, from nothing to the licence."""

import pytest

from core.models import Document, User
from licensing import services
from licensing.models import Application
from tests import factories as make
from tests.api.conftest import Caller, codes, draft_body, fields, read

pytestmark = pytest.mark.django_db


def test_from_nothing_to_submitted(api: Caller, applicant: User) -> None:
    assert api.get("/me/").json()["email"] == applicant.email
    number = api.get("/organisations/").json()["results"][0]["identifier"]
    kind = api.get("/kinds/mining-licence-1/?on=2026-06-16").json()
    assert kind["fee"]["amount"] == "8650000.00"
    assert kind["open"] is True
    opened = api.post("/applications/", draft_body(applicant, organisation=number))
    assert opened.status_code == 201
    assert opened["ETag"] == '"1"'
    path = f"/applications/{opened.json()['reference']}/"
    assert opened["Location"].endswith(path)
    make.make_pool()
    for paper in kind["documents"]:
        sent = api.upload(f"{path}documents/", make.PDF + paper["code"].encode(), kind=paper["code"])
        assert sent.status_code == 201
    found = api.get(f"{path}problems/").json()
    assert (found["can_submit"], found["problems"]) == (True, [])
    read = api.get(path)
    assert [(one["name"], one["open"]) for one in read.json()["available_transitions"]] == [
        ("submit", True),
        ("withdraw", True),
    ]
    filed = api.post(f"{path}submit/", If_Match=read["ETag"])
    assert (filed.status_code, filed.json()["state"]) == (200, "submitted")
    assert filed.json()["due_on"] == "2026-06-17"
    terms = {row["code"]: row for row in api.get(f"{path}terms/").json()["results"]}
    assert terms["decision"]["due_on"] == "2026-07-08"  # 6 July is a holiday
    assert terms["decision"]["arithmetic"]
    assert terms["decision"]["provision"]["article"]


def test_the_licence_is_fetched_found_and_verified(api: Caller, applicant: User) -> None:
    application = make.make_decided(actor=applicant)
    services.print_left_over(at=make.AT)
    path = f"/applications/{application.reference}/"
    number = api.get(path).json()["licence"]
    letters = api.get(f"{path}letters/").json()["results"]
    assert {letter["kind"] for letter in letters} == {"receipt", "licence", "grant"}
    content = api.get(f"{path}letters/{letters[0]['id']}/content/")
    assert content["Content-Type"] == "application/pdf"
    assert read(content).startswith(b"%PDF-")
    pdf = api.get(f"/licences/{number}/pdf/", Accept="application/pdf")
    assert read(pdf).startswith(b"%PDF-")
    licence = api.get(f"/licences/{number}/").json()
    assert api.get("/licences/").json()["results"][0]["number"] == number
    public = Caller()
    assert public.get(f"/register/?q={number}").json()["results"][0]["number"] == number
    assert public.get(f"/register/{number}/").json()["standing"] == "in_force"
    verified = public.get(f"/verify/{licence['verification_code']}/").json()
    assert (verified["number"], verified["in_force"]) == (number, True)
    assert public.get("/verify/AAAA-BBBB-CCCC/").status_code == 404
    events = api.get(f"{path}events/").json()["results"]
    assert events[0]["act"] == "application.open"
    assert "application.recommend" not in {one["act"] for one in events}


def test_a_draft_is_edited_and_its_documents_changed(api: Caller, path: str) -> None:
    edited = api.patch(path, {"megawatts": "2.5", "pools": ["Other Pool"]}, If_Match=api.get(path)["ETag"])
    assert (edited.status_code, edited.json()["megawatts"]) == (200, "2.500")
    rows = api.get(f"{path}documents/").json()["results"]
    one = api.get(f"{path}documents/{rows[1]['id']}/").json()
    assert one == rows[1]
    content = api.get(f"{path}documents/{one['id']}/content/")
    assert read(content).startswith(make.PDF)
    assert content["Content-Disposition"].startswith("attachment")
    removed = api.delete(f"{path}documents/{one['id']}/", If_Match=edited["ETag"])
    assert removed.status_code == 204
    assert removed["ETag"] == api.get(path)["ETag"]
    refused = api.post(f"{path}submit/", If_Match=removed["ETag"])
    assert refused.status_code == 409
    expected = api.get(f"{path}problems/").json()["problems"]
    assert refused.json()["problems"] == [p for p in expected if p["severity"] == "error"]
    assert codes(refused) == {"document-missing"}


def test_a_question_is_answered_once(api: Caller, applicant: User) -> None:
    application = make.make_in_review(actor=applicant)
    path = f"/applications/{application.reference}/"
    services.ask_question(application, text="Which transformer?", actor=make.make_user("officer"), at=make.AT)
    question = api.get(f"{path}questions/").json()["results"][0]
    added = api.upload(f"{path}documents/", make.PDF, kind="other")
    assert added.status_code == 201
    answer = f"{path}questions/{question['id']}/answer/"
    assert api.post(answer, {"text": "No. 4"}).status_code == 428
    done = api.post(answer, {"text": "No. 4"}, If_Match=api.get(path)["ETag"])
    assert (done.status_code, done.json()["answer"]) == (200, "No. 4")
    again = api.post(answer, {"text": "No. 5"}, If_Match=api.get(path)["ETag"])
    assert (again.status_code, codes(again)) == (409, {"question-closed"})


def test_a_case_is_withdrawn_and_started_again(api: Caller, applicant: User) -> None:
    application = make.make_submitted(actor=applicant)
    path = f"/applications/{application.reference}/"
    open_case = api.post(f"{path}start-again/")
    assert (open_case.status_code, codes(open_case)) == (409, {"still-open"})
    ended = api.post(f"{path}withdraw/", {"reason": "Another site."}, If_Match=api.get(path)["ETag"])
    assert ended.json()["state"] == "withdrawn"
    fresh = api.post(f"{path}start-again/")
    assert fresh.status_code == 201
    assert fresh.json()["started_from"] == application.reference
    assert fresh.json()["centre_name"] == "Kostanay-1"


def test_lists_are_filtered_and_paged_by_key(api: Caller, applicant: User) -> None:
    for number in range(5):
        make.make_draft(actor=applicant, complete=False, kind=f"mining-licence-{1 + number % 2}")
    assert len(api.get("/applications/?kind=mining-licence-1").json()["results"]) == 3
    seen: list[str] = []
    url = "/applications/?page_size=2"
    while url:
        page = api.get(url).json()
        seen += [row["reference"] for row in page["results"]]
        url = (page["next"] or "").partition("/api/v1")[2]
    assert len(seen) == len(set(seen)) == 5
    assert api.get("/applications/?state=submitted").json()["results"] == []
    for faulty in ("cursor=x", "page_size=0", "page_size=abc", "state=no", "filed_from=soon", "kind=no"):
        response = api.get(f"/applications/?{faulty}")
        assert (response.status_code, fields(response)) == (400, {faulty.partition("=")[0]}), faulty


def test_an_organisation_is_claimed(api: Caller) -> None:
    number = make.make_bin()
    body = {"identifier": number, "form": "legal_entity", "name_en": "New Miner LLP"}
    claimed = api.post("/organisations/", body)
    assert (claimed.status_code, claimed.json()["state"]) == (201, "waiting")
    assert api.get("/me/").json()["waiting_claims"][0]["identifier"] == number
    assert number not in {row["identifier"] for row in api.get("/organisations/").json()["results"]}
    assert codes(api.post("/organisations/", body)) == {"claimed-already"}


def test_the_law_is_open(db: None) -> None:
    public = Caller(language="en")
    rows = public.get("/provisions/?on=2026-06-16").json()["results"]
    assert {"mci", "permit.decision"} <= {row["code"] for row in rows}
    assert len(public.get("/provisions/mci/").json()["results"]) > 1
    assert public.get("/provisions/nothing/").status_code == 404
    before, after = (public.get(f"/definitions/?on={day}").json()["results"] for day in ("2023-04-01", "2026-07-12"))
    assert before != after
    assert public.get("/kinds/?on=2020-01-01").json()["results"][0]["open"] is False
    unknown = public.get("/kinds/mining-licence-1/?on=2025-06-01").json()["fee"]
    assert (unknown["known"], unknown["amount"]) == (False, None)
    for day in ("2199-01-01", "soon", "2026-02-30", "2026-1-1T00:00"):
        assert public.get(f"/provisions/?on={day}").status_code == 400


def test_strangers_and_ended_powers_find_nothing(api: Caller, path: str, draft: Application) -> None:
    document = Document.objects.of(draft).first()
    assert document is not None
    firm = make.make_organisation()
    agent = make.make_applicant(firm)
    power = make.make_power_of_attorney(firm, draft.organisation, api.user)  # type: ignore[arg-type]
    caller, stranger = Caller(agent), Caller(make.make_applicant())
    for place in ("", "problems/", "documents/", f"documents/{document.pk}/", f"documents/{document.pk}/content/"):
        found = caller.get(f"{path}{place}")
        assert found.status_code == 200
        assert read(found)
        assert stranger.get(f"{path}{place}").status_code == 404
    assert stranger.post(f"{path}submit/", If_Match="*").status_code == 404
    power.valid_to = make.AT.date().replace(day=15)
    power.save()
    assert caller.get(path).status_code == 404
    assert caller.patch(path, {"jobs": 3}, If_Match="*").status_code == 404
    assert caller.get("/applications/").json()["results"] == []
    number = draft.organisation.identifier
    refused = caller.post("/applications/", {"kind": "mining-licence-1", "organisation": number})
    assert (refused.status_code, codes(refused)) == (400, {"organisation-unknown"})


def test_officials_read_but_do_not_act_for_applicants(path: str, applicant: User) -> None:
    filed = make.make_submitted(actor=applicant)
    officer = Caller(make.make_user("officer"))
    assert officer.get(path).status_code == 404  # a draft is the applicant's own
    own = f"/applications/{filed.reference}/"
    assert officer.get(own).status_code == 200
    assert officer.post(f"{own}withdraw/", If_Match="*").status_code == 403
    foreign = Caller(make.make_user("officer", authority=make.make_authority("nbk")))
    assert foreign.get(own).status_code == 404
