"""What subjects file, on pages and by API: the same acts, seen by whom they concern and by nobody else."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.invariants import faults
from core.models import User
from inspections.models import Annulment, Filing, Inspection
from tests import factories as make
from tests.api.conftest import Caller
from tests.inspections import answers, world

pytestmark = pytest.mark.django_db
AT = answers.ASKED


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def client_of(user: User) -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user)
    return browser


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_subject_reads_its_inspection_with_its_rights() -> None:
    row = answers.make_curing()
    party = client_of(answers.subject_of(row))
    assert row.reference in text_of(party.get("/account/inspections/"))
    shown = text_of(party.get(f"/account/inspections/{row.reference}/"))
    for words in (
        "Refuse access where the Code says so",
        "Requirement 1",
        "not met",
        "No meter at the line.",
        "2026-08-05",
    ):
        assert words in shown
    for name in ("cure", "prolong", "object", "annul"):
        assert f"/account/inspections/{row.reference}/{name}/" in shown
        assert party.get(f"/account/inspections/{row.reference}/{name}/").status_code == 200
    assert f"/{row.reference}/refuse_access/" not in shown
    for other in (make.make_applicant(), make.make_applicant(make.make_organisation())):
        assert client_of(other).get(f"/account/inspections/{row.reference}/").status_code == 404
    assert Client().get(f"/account/inspections/{row.reference}/").status_code == 302


def test_what_was_found_is_not_shown_before_the_result() -> None:
    row = world.make_answered(unmet=("R1",))
    shown = text_of(client_of(answers.subject_of(row)).get(f"/account/inspections/{row.reference}/"))
    assert "Requirement 1" in shown
    assert "No meter at the line." not in shown
    assert row.act_number in shown
    told = world.make_noticed()
    early = text_of(client_of(answers.subject_of(told)).get(f"/account/inspections/{told.reference}/"))
    assert "Requirement 1" in early
    assert "refuse_access" in early


def test_the_subject_files_without_javascript() -> None:
    row = answers.make_curing()
    party = client_of(answers.subject_of(row))
    page = f"/account/inspections/{row.reference}/"
    proof = BytesIO(make.PDF)
    proof.name = "meter.pdf"
    assert party.post(f"{page}cure/", {"item_0": "A meter is mounted.", "papers": [proof]}).status_code == 302
    late = party.post(f"{page}prolong/", {"until": "2026-08-10", "text": "The parts come late."})
    assert late.status_code == 409
    assert party.post(f"{page}prolong/", {"until": "2026-09-10", "text": "Parts.", "items": ["R2"]}).status_code == 302
    assert party.post(f"{page}object/", {"text": "Not so."}).status_code == 302
    assert party.post(f"{page}annul/", {"breaches": ["EK-156-2.3"], "text": "Told late."}).status_code == 302
    kinds = dict(Filing.objects.values_list("kind", "reference"))
    assert set(kinds) == {"cure", "prolong", "objection"}
    assert Filing.objects.get(kind="cure").documents().get().filename == "meter.pdf"
    shown = text_of(party.get(page))
    for reference in (*kinds.values(), Annulment.objects.get().reference):
        assert reference in shown
    assert party.post(f"/inspection-filings/{kinds['objection']}/withdraw/", {}).status_code == 302
    assert {one.code for one in faults(at=AT)} <= {"letter-unprinted"}  # no worker runs here


def test_officials_answer_on_their_pages() -> None:
    request = answers.make_filing("prolong")
    objection = answers.make_filing("objection", request.inspection)
    application = answers.make_annulment(request.inspection)
    head, officer = client_of(make.make_user("head")), client_of(make.make_user("officer"))
    listed = text_of(officer.get("/inspection-filings/?kind=prolong"))
    assert request.reference in listed
    assert objection.reference not in listed
    address = f"/inspection-filings/{request.reference}/"
    assert "grant/" not in text_of(officer.get(address))
    assert officer.get(f"{address}grant/").status_code == 403
    assert "note/" not in text_of(head.get(address))
    assert head.post(f"{address}grant/", {"until": "2026-09-10", "answer": ""}).status_code == 302
    noted = officer.post(f"/inspection-filings/{objection.reference}/note/", {"answer": "Attached."})
    assert noted.status_code == 302
    shown = text_of(head.get(f"/annulments/{application.reference}/"))
    assert "The facts stored here did not bear it out." in shown
    assert head.post(f"/annulments/{application.reference}/grant/", {"answer": "So it is."}).status_code == 302
    assert Inspection.objects.get(pk=request.inspection_id).state == "annulled"
    foreign = client_of(make.make_user("head", authority=make.make_authority("nbk")))
    for reader in (foreign, client_of(make.make_applicant())):
        assert reader.get(address).status_code == 404
        assert reader.get(f"/annulments/{application.reference}/").status_code == 404
        assert request.reference not in text_of(reader.get("/inspection-filings/"))
        assert application.reference not in text_of(reader.get("/annulments/"))
    outside = client_of(make.make_user("officer", authority=make.make_authority("revenue", decides=False)))
    for page in ("/inspection-filings/", address, "/annulments/", f"/annulments/{application.reference}/"):
        assert outside.get(page).status_code == 404, page
        assert Client().get(page).status_code == 302, page


@pytest.mark.parametrize("page", ["/inspection-filings/", "/account/inspections/", "/annulments/"])
def test_a_list_asks_the_same_of_many(page: str) -> None:
    row = answers.make_curing()
    party = answers.subject_of(row)
    answers.make_annulment(row, actor=party)
    answers.make_filing("objection", row, actor=party)
    browser = client_of(party)

    def asked() -> int:
        with CaptureQueriesContext(connection) as made:
            assert browser.get(page).status_code == 200
        return len(made)

    asked()
    few = asked()
    for model in (Filing, Annulment, Inspection):
        one = model.objects.get()
        fields = {
            field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields if field.name != "id"
        }
        state = {"state": "withdrawn"} if model is not Inspection else {"entry_id": None}
        rows: Any = model.objects
        rows.bulk_create(
            model(**(fields | state | {"reference": f"{one.reference[:8]}{number:05d}"})) for number in range(20, 26)
        )
    assert asked() == few


def test_the_subject_files_by_api() -> None:
    row = answers.make_curing()
    api, stranger = Caller(answers.subject_of(row)), Caller(make.make_applicant())
    address = f"/inspections/{row.reference}/"
    told = api.get(address)
    assert told["ETag"] == f'"{row.version}"'
    body = told.json()
    assert [one["answer"] for one in body["items"]] == ["not_met", "not_met", "met"]
    assert body["last_days"][0]["due_on"] == "2026-08-05"
    assert len(body["rights"]) == 6
    assert [one["reference"] for one in api.get("/inspections/").json()["results"]] == [row.reference]
    assert stranger.get("/inspections/").json()["results"] == []
    acts: dict[str, Any] = {
        "objections": {"text": "Not so."},
        "cure-reports": {"items": [{"code": "R1", "measures": "A meter."}]},
        "prolong-requests": {"until": "2026-09-10", "text": "Parts."},
        "annulment-applications": {"breaches": ["EK-156-2.3"], "text": "Told late."},
    }
    made: dict[str, Any] = {}
    for name, given in acts.items():
        assert stranger.post(f"{address}{name}/", given).status_code == 404, name
        assert api.post(f"{address}{name}/", {}).status_code == 400, name
        answer = api.post(f"{address}{name}/", given, Idempotency_Key=name)
        assert answer.status_code == 201, answer.content
        again = api.post(f"{address}{name}/", given, Idempotency_Key=name)
        assert (again.json(), again["Idempotency-Replayed"]) == (answer.json(), "true")
        assert api.post(f"{address}{name}/", given).status_code == 409, name
        made[name] = answer
        place = answer["Location"].split("/api/v1")[1]
        assert api.get(place).json() == answer.json()
        assert stranger.get(place).status_code == 404
    refused = api.post(f"{address}access-refusals/", {"ground": "EK-155-1.expired"})
    assert [one["code"] for one in refused.json()["problems"]] == ["filing-untimely"]
    assert made["prolong-requests"].json()["due_on"] == "2026-08-06"


def test_a_late_request_is_refused_by_api_with_the_arithmetic() -> None:
    row = answers.make_curing()
    user = answers.subject_of(row)
    with time_machine.travel(AT + timedelta(days=3), tick=False):
        told = Caller(user).post(
            f"/inspections/{row.reference}/prolong-requests/", {"until": "2026-09-10", "text": "x"}
        )
    problems = told.json()["problems"]
    assert (told.status_code, problems[0]["code"]) == (409, "filing-late")
    assert any("working days" in one["message"] for one in problems[1:])


def test_evidence_follows_a_report_and_a_filing_is_withdrawn_by_its_version() -> None:
    filing = answers.make_filing("cure")
    api, stranger = Caller(filing.filed_by), Caller(make.make_applicant())
    address = f"/inspection-filings/{filing.reference}/"
    assert stranger.upload_file(f"{address}documents/", make.PDF).status_code == 404
    kept = api.upload_file(f"{address}documents/", make.PDF)
    assert kept.status_code == 201, kept.content
    content = kept.json()["content"].split("/api/v1")[1]
    assert b"".join(api.get(content).streaming_content) == make.PDF
    assert stranger.get(content).status_code == 404
    assert api.upload_file(f"{address}documents/", b"text").status_code in (409, 415)
    assert api.post(f"{address}withdraw/").status_code == 428
    assert api.post(f"{address}withdraw/", If_Match='"1"').status_code == 412
    assert api.post(f"{address}withdraw/", If_Match="*").json()["problems"][0]["code"] == "report-stands"
    objection = answers.make_filing("objection", filing.inspection, actor=filing.filed_by)
    done = api.post(f"/inspection-filings/{objection.reference}/withdraw/", If_Match='"1"')
    assert done.json()["state"] == "withdrawn"
    assert Caller(make.make_user("head", authority=make.make_authority("nbk"))).get(address).status_code == 404
