"""Pages and API of fees: what each reader may see and do, the whole way of a bank file, bad input, constant queries."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import User
from licensing import services
from licensing.models import Application, BankFile, Payment
from tests import factories as make
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db
PAID_ON = date(2026, 6, 10)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def upload(client: Client, text: str, name: str = "june.csv") -> str:
    answer = client.post("/payments/files/", {"file": SimpleUploadedFile(name, text.encode("cp1251"))})
    assert answer.status_code == 302, answer.content
    return str(answer["Location"])


def heading(*rows: str) -> str:
    return "\n".join(["reference;paid_on;amount;payer;application", *rows])


def test_a_bank_file_from_the_upload_to_the_case() -> None:
    case, officer = make.make_submitted(), make.make_user("officer")
    client, own = signed_in(officer), case.organisation.identifier
    address = upload(
        client,
        heading(f"R1;10.06.2026;100,00;{own};{case.reference}", f"R2;10.06.2026;-1;{own};", f"R3;10.06.2026;5;{own};"),
    )
    page = client.get(address).content.decode()
    assert "2 rows are right, 1 of them without a case; 1 rows have faults" in page
    assert "not above zero" in page
    assert not Payment.objects.exists()
    assert client.post(address).status_code == 302
    assert set(Payment.objects.values_list("reference", flat=True)) == {"R1", "R3"}
    assert "imported" in client.get(address).content.decode()
    assert client.post(address).status_code == 409
    tab = client.get(f"/cases/{case.reference}/?tab=fees").content.decode()
    assert "R1" in tab
    assert "june.csv" in tab
    assert "Recommend to refuse" not in tab  # it is not in review
    unmatched = Payment.objects.get(reference="R3")
    assert "R3" in client.get("/payments/").content.decode()
    assert ">R1<" not in client.get("/payments/").content.decode()
    answer = client.post(f"/payments/{unmatched.pk}/", {"application": case.reference.lower()})
    assert answer["Location"] == f"/cases/{case.reference}/?tab=fees"
    assert "Every payment has its case" in client.get("/payments/").content.decode()


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 409, "no rows"),
        (b"day;sum\n1;2", 409, "Columns are missing"),
        (b"\x00\x01", 409, "no text"),
        (b"x" * (2 * 1024 * 1024 + 1), 409, "larger than 2 MB"),
    ],
    ids=["empty", "columns", "binary", "large"],
)
def test_a_wrong_file_is_told_what_is_wrong(content: bytes, status: int, words: str) -> None:
    client = signed_in(make.make_user("officer"))
    answer = client.post("/payments/files/", {"file": SimpleUploadedFile("x.csv", content)})
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert not BankFile.objects.exists()
    assert client.post("/payments/files/", {}).status_code == 422


def test_who_may_open_what() -> None:
    case = make.make_submitted()
    file = make.make_bank_file("A;2026-06-10;5;{payer};", payer=case)
    services.import_bank_file(file, actor=make.make_user("officer"), at=make.AT)
    payment = Payment.objects.get()
    pages = ["/payments/", "/payments/files/", f"/payments/files/{file.pk}/", f"/payments/{payment.pk}/"]
    expected = {
        make.make_user("head"): [200, 200, 200, 200],
        make.make_user("auditor"): [200, 403, 200, 200],
        make.make_user("officer", authority=make.make_authority("nbk")): [200, 200, 404, 404],
        make.party_of(case): [302, 302, 404, 404],
    }
    for user, statuses in expected.items():
        client = signed_in(user)
        assert [client.get(page).status_code for page in pages] == statuses, user
    assert signed_in(make.make_user("auditor")).post(f"/payments/files/{file.pk}/").status_code == 403


def test_acts_on_the_case_file() -> None:
    case, client = make.make_in_review(), signed_in(make.make_user("officer"))
    path = f"/cases/{case.reference}"
    assert client.post(f"{path}/confirm-fee/", {"version": case.version}).status_code == 302
    row = Payment.objects.get()
    assert client.get(f"{path}/void-payment/?payment={row.pk}").status_code == 200
    given = {"version": Application.objects.get().version, "payment": row.pk, "reason": "Another's."}
    assert client.post(f"{path}/void-payment/", given).status_code == 302
    entered = {"reference": "N", "paid_on": "2026-06-10", "amount": "1", "payer": case.organisation.identifier}
    assert client.post(f"{path}/enter-payment/", entered).status_code == 302
    assert client.post(f"{path}/enter-payment/", entered).status_code == 409
    assert client.post(f"{path}/enter-payment/", {"amount": "NaN", "paid_on": "x"}).status_code == 422
    tab = client.get(f"{path}/?tab=fees").content.decode()
    assert "8\u202f649\u202f999" in tab or "8 649 999" in tab.replace("\u00a0", " ")
    assert "reasons=permit.refusal.2" in tab
    form = client.get(f"{path}/recommend/?outcome=refuse&reasons=permit.refusal.2").content.decode()
    assert (
        'value="permit.refusal.2" id="id_reasons_1" aria-describedby="id_reasons_helptext" checked' in form
        or "checked" in form
    )


def test_the_list_runs_the_same_queries_at_any_length() -> None:
    case, client, counts = make.make_submitted(), signed_in(make.make_user("officer")), []
    for size in (3, 60):
        rows = "\n".join(f"{size}-{n};2026-06-10;5;{{payer}};" for n in range(size))
        services.import_bank_file(make.make_bank_file(rows, payer=case), actor=make.make_user("head"), at=make.AT)
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/payments/").status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]
    page = client.get("/payments/")
    assert page.context["page"].next
    assert client.get(f"/payments/?cursor={page.context['page'].next}").status_code == 200


def test_the_applicant_sees_and_declares_by_api() -> None:
    case = make.make_submitted(at=timezone.now() - timedelta(days=1), fee_amount="8000000.00")
    api = Caller(make.party_of(case))
    path = f"/applications/{case.reference}/"
    before = api.get(f"{path}fee/").json()
    assert (before["owed"], before["declared"], before["confirmed"]) == ("8650000.00", "8650000.00", "0.00")
    assert before["missing"] == "8650000.00"
    assert before["provisions"]
    body = {"reference": "P-2", "paid_on": "2026-06-12", "amount": "650000.00"}
    assert api.post(f"{path}payments/", body).status_code == 428
    tag = api.get(path)["ETag"]
    made = api.post(f"{path}payments/", body, If_Match=tag, Idempotency_Key="one")
    assert made.status_code == 201, made.content
    again = api.post(f"{path}payments/", body, If_Match=tag, Idempotency_Key="one")
    assert (again.status_code, again.json()) == (201, made.json())
    assert api.post(f"{path}payments/", body, If_Match=tag).status_code == 412
    taken = api.post(f"{path}payments/", body, If_Match=api.get(path)["ETag"])
    assert taken.status_code == 409
    assert [p["code"] for p in taken.json()["problems"]] == ["payment-declared"]
    services.confirm_payment(Payment.objects.get(), actor=make.make_user("officer"), at=timezone.now())
    after = api.get(f"{path}fee/").json()
    assert (after["confirmed"], after["missing"]) == ("650000.00", "8000000.00")
    assert [row["reference"] for row in after["payments"]] == ["P-2"]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"reference", "paid_on", "amount"}),
        ({"reference": "\x00", "paid_on": "2026-13-01", "amount": "NaN"}, {"reference", "paid_on", "amount"}),
        ({"reference": "x" * 61, "paid_on": "2099-01-01", "amount": "1e99"}, {"reference", "paid_on", "amount"}),
        ({"reference": "A", "paid_on": "2026-06-10", "amount": "5", "confirmed_at": "now"}, {"confirmed_at"}),
    ],
)
def test_rubbish_in_a_declaration(body: dict[str, str], fields: set[str]) -> None:
    case = make.make_submitted(at=timezone.now() - timedelta(days=1))
    api = Caller(make.party_of(case))
    path = f"/applications/{case.reference}/"
    answer = api.post(f"{path}payments/", body, If_Match=api.get(path)["ETag"])
    assert answer.status_code == 400, answer.content
    assert {problem["field"] for problem in answer.json()["problems"]} == fields
    assert Caller(make.make_applicant()).get(f"{path}fee/").status_code == 404
    negative = {"reference": "A", "paid_on": "2026-06-10", "amount": "-5"}
    assert api.post(f"{path}payments/", negative, If_Match=api.get(path)["ETag"]).status_code == 409
    assert Decimal(0) == sum(row.amount for row in Payment.objects.all())
