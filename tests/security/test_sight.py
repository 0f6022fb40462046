"""What an applicant wrote before filing, and what officials wrote for each other, stays on its side."""

import pytest
from django.test import Client

from core.models import Event
from core.services import make_key
from core.workflow import HEAD, OFFICER
from licensing.services import submit_application, withdraw_application
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_officials_do_not_see_that_a_draft_exists(client: Client) -> None:
    draft, given_up = make.make_draft(), make.make_draft()
    withdraw_application(given_up, actor=given_up.created_by, at=make.AT)
    officer = make.make_user(OFFICER)
    for case in (draft, given_up):
        assert not Event.objects.visible_to(officer).of(case).exists()
        assert Event.objects.visible_to(case.created_by).of(case).exists()
    client.force_login(officer)
    page = client.get("/admin/core/event/").content.decode()
    assert draft.reference not in page
    assert given_up.reference not in page
    submit_application(draft, actor=draft.created_by, at=make.AT)
    verbs = set(Event.objects.visible_to(officer).of(draft).values_list("verb", flat=True))
    assert verbs == {"application.submit"}


@pytest.mark.parametrize("outcome", ["grant", "refuse"])
def test_what_officers_wrote_in_favour_is_not_told(client: Client, outcome: str) -> None:
    case = make.make_decided(outcome=outcome, head=make.make_user(HEAD))
    secret = case.decisions.get().text
    assert secret == "As found in the review."
    key = {"Authorization": f"Token {make_key(case.created_by, actor=case.created_by, at=make.AT)[1]}"}
    body = client.get(f"/api/v1/applications/{case.reference}/", headers=key).json()
    events = client.get(f"/api/v1/applications/{case.reference}/events/", headers=key).json()["results"]
    told = secret if outcome == "refuse" else ""
    assert body["reason_text"] == told
    assert next(one for one in events if one["to_state"] == case.state)["reason"] == told
