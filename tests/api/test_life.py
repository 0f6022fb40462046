"""What those concerned do by the API about breaches and measures."""

from datetime import timedelta

import pytest

from core.models import User
from licensing import services
from tests import factories as make
from tests.api.conftest import Caller, codes, read

pytestmark = pytest.mark.django_db
LATER = make.AT + timedelta(hours=5)


def test_a_breach_is_explained_once(applicant: User, api: Caller) -> None:
    licence = make.make_licence(actor=applicant, at=make.AT - timedelta(days=1))
    breach = make.make_breach(licence, at=make.AT - timedelta(days=1))
    path = f"/breaches/{breach.reference}/"
    assert [row["reference"] for row in api.get("/breaches/").json()["results"]] == [breach.reference]
    seen = api.get(path)
    assert seen.json()["terms"][0]["provision"]["confidence"] == "assumed"
    assert api.post(f"{path}explanation/", {"explanation": "x"}).status_code == 428
    assert api.post(f"{path}explanation/", {}, If_Match=seen["ETag"]).status_code == 400
    assert api.post(f"{path}explanation/", {"explanation": ["x"]}, If_Match=seen["ETag"]).status_code == 400
    done = api.post(f"{path}explanation/", {"explanation": "A cable."}, If_Match=seen["ETag"], Idempotency_Key="a")
    assert (done.status_code, done.json()["state"]) == (200, "explained")
    again = api.post(f"{path}explanation/", {"explanation": "A cable."}, If_Match=seen["ETag"], Idempotency_Key="a")
    assert again.json() == done.json()
    late = api.post(f"{path}explanation/", {"explanation": "More."}, If_Match=done["ETag"])
    assert (late.status_code, codes(late)) == (409, {"wrong-state"})
    assert Caller(make.make_applicant()).get(path).status_code == 404


def test_a_measure_is_seen_and_answered_once_made_known(applicant: User, api: Caller) -> None:
    licence = make.make_licence(actor=applicant, at=make.AT - timedelta(days=1))
    measure = make.make_measure(licence, at=make.AT - timedelta(days=1))
    path = f"/measures/{measure.reference}/"
    assert api.get(path).status_code == 404
    assert api.get("/measures/").json()["results"] == []
    services.announce_measure(measure, actor=make.make_user("officer"), at=make.AT, **make.hearing_set())
    seen = api.get(path)
    done = api.post(f"{path}position/", {"position": "We cured it."}, If_Match=seen["ETag"])
    assert (done.status_code, done.json()["position"]) == (200, "We cured it.")
    assert api.post(f"{path}position/", {"position": "Again."}, If_Match=done["ETag"]).status_code == 409
    services.print_left_over(at=make.AT)
    letters = api.get("/letters/").json()["results"]
    drafts = [row for row in letters if row["kind"] == "draft_measure"]
    assert drafts[0]["reference"] == measure.reference
    assert read(api.get(f"/letters/{drafts[0]['id']}/content/")).startswith(b"%PDF-")
    assert Caller(make.make_applicant()).get(f"/letters/{drafts[0]['id']}/content/").status_code == 404


def test_the_hearing_on_a_measure_is_told_and_waived(api: Caller, applicant: User) -> None:
    measure = make.make_measure(make.make_licence(actor=applicant))
    services.announce_measure(measure, actor=make.make_user("officer"), at=make.AT, **make.hearing_set())
    read = api.get(f"/measures/{measure.reference}/")
    assert read.json()["hearing"]["standing"] == "announced"
    path = f"/measures/{measure.reference}/waive/"
    assert api.post(path).status_code == 428
    waived = api.post(path, If_Match=read["ETag"])
    assert waived.status_code == 200, waived.content
    assert waived.json()["hearing"]["standing"] == "waived"
    assert waived["ETag"] != read["ETag"]
    assert codes(api.post(path, If_Match=waived["ETag"])) == {"position-stands"}
