"""A hearing by API: the draft is read, answered once, and nobody else's."""

from datetime import date

import pytest

from tests import factories as make
from tests.api.conftest import Caller
from tests.licensing.test_hearings import announced, case_of, party

pytestmark = pytest.mark.django_db


def test_the_draft_is_answered_once() -> None:
    hearing = announced(date.fromisoformat("2026-06-19"))
    case = case_of(hearing)
    caller, stranger = Caller(party(hearing)), Caller(make.make_applicant())
    address = f"/applications/{case.reference}/hearings/"
    (told,) = caller.get(address).json()["results"]
    assert (told["standing"], told["hearing_on"]) == ("announced", "2026-06-19")
    assert told["draft"]["grounds"][0]["code"] == "permit.refusal.3"
    assert stranger.get(address).status_code == 404
    place = f"{address}{hearing.pk}/position/"
    assert caller.post(place, {"text": "It is met."}).status_code == 428
    etag = caller.get(f"/applications/{case.reference}/").headers["ETag"]
    assert caller.post(place, {"text": ""}, if_match=etag).status_code == 400
    assert caller.post(place, {"text": "x", "more": 1}, if_match=etag).status_code == 400
    assert stranger.post(place, {"text": "It is met."}, if_match=etag).status_code == 404
    assert caller.post(f"{address}999999/position/", {"text": "x"}, if_match=etag).status_code == 404
    done = caller.post(place, {"text": "It is met."}, if_match=etag)
    assert (done.status_code, done.json()["standing"]) == (200, "stated")
    assert caller.post(place, {"text": "Again."}, if_match=etag).status_code == 412
    etag = caller.get(f"/applications/{case.reference}/").headers["ETag"]
    again = caller.post(f"{address}{hearing.pk}/waive/", {}, if_match=etag)
    assert (again.status_code, again.json()["problems"][0]["code"]) == (409, "position-stands")
