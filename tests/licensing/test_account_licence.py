"""What a holder may file about a licence, on his account: term, fee, papers, the call; and what stands against it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import User
from licensing.models import Licence
from licensing.services import requests_now
from licensing.views.account_licence import line
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = make.AT + timedelta(days=20)


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def test_each_request_has_its_term_fee_and_call() -> None:
    licence = make.make_licence()
    with time_machine.travel(DAY):
        page = client_of(licence.application.created_by).get(f"/account/licences/{licence.number}/").content.decode()
    assert f"POST /api/v1/licences/{licence.number}/requests/" in page
    assert "&quot;act&quot;: &quot;correction&quot;" in page
    assert "This licence is electronic already." in page
    assert f"POST /api/v1/licences/{licence.number}/renewal/" in page
    assert f"/register/{licence.number}/" in page


@pytest.mark.parametrize(
    ("act", "due_on", "amount"),
    [("reissue", date(2026, 7, 9), "865000.00"), ("correction", date(2026, 7, 8), None)],
)
def test_the_figures_are_those_of_the_law_of_the_day(act: str, due_on: date, amount: str | None) -> None:
    licence, today = make.make_licence(), date(2026, 7, 3)
    asked = {one.act: (one, problems) for one, problems in requests_now(licence, on=today)}
    told = line(licence, *asked[act], today)
    assert told["term"].due_on == due_on
    assert (str(told["fee"].amount) if told["fee"] else None) == amount
    assert told["has_fee"] == (amount is not None)


def test_what_cannot_be_filed_stands_apart_with_its_reason() -> None:
    licence = make.make_licence()
    Licence.objects.filter(pk=licence.pk).update(on_paper=True)
    licence.refresh_from_db()
    make.make_request(licence, "electronic", at=DAY)
    with time_machine.travel(DAY):
        page = client_of(licence.application.created_by).get(f"/account/licences/{licence.number}/").content.decode()
    opened, _title, closed = page.partition("Not possible now")
    assert "&quot;act&quot;: &quot;duplicate&quot;" in opened
    assert "&quot;act&quot;: &quot;electronic&quot;" not in opened
    assert "which is still open" in closed


def test_it_is_the_holders_alone_and_leads_officials_to_their_own_page() -> None:
    licence = make.make_licence()
    address = f"/account/licences/{licence.number}/"
    assert client_of(make.make_applicant()).get(address).status_code == 404
    answer = client_of(make.make_user("officer")).get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"/licences/{licence.number}/")
    assert Client().get(address).status_code == 302
    own = client_of(licence.application.created_by)
    assert f"/account/licences/{licence.number}/" in own.get("/account/").content.decode()


def test_it_asks_as_often_whatever_was_filed() -> None:
    licence, counts = make.make_licence(), []
    client = client_of(licence.application.created_by)
    with time_machine.travel(DAY):
        client.get(f"/account/licences/{licence.number}/")
        for act in ("correction", "suspension"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(f"/account/licences/{licence.number}/").status_code == 200
            counts.append(len(asked))
            facts = make.correction(licence) if act == "correction" else {"months": 1, "text": "Repairs."}
            make.make_request(licence, act, at=DAY, **facts)
    assert counts[0] == counts[1]
