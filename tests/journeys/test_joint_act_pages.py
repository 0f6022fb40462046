"""The pages of joint acts and of supervisory visits, as test_every_page walks the others."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.models import User
from inspections import services
from inspections.models import JointAct, SupervisoryVisit
from tests import factories as make
from tests.inspections.acts_world import (
    announced,
    confirmed_act,
    confirmed_checklist,
    entered_act,
    proposed_act,
    requirement,
)
from tests.journeys.conftest import Opener
from tests.journeys.walk import walked

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def visits() -> list[tuple[User | None, list[str]]]:
    """Two versions of a checklist, criteria, a proposed act and a draft, and who looks at them."""
    now = timezone.now()
    since = timezone.localdate(now) - timedelta(days=20)
    officer = make.make_user("officer")
    first = confirmed_checklist(since=since, items=6, actor=officer, at=now)
    head: User = JointAct.objects.select_related("confirmed_by").get(pk=first.pk).confirmed_by  # type: ignore[assignment]  # it was
    until = timezone.localdate(now) + timedelta(days=9)
    services.end_act(first, repealed=until, remark="Replaced by 13-J.", actor=head, at=now)
    rows = [requirement(1), requirement(2, severity="gross"), requirement(7)]
    days: dict[str, Any] = {"in_force": until, "signed_on": since}
    second = confirmed_act(rows=rows, number="13-J", head=head, actor=officer, at=now, **days)
    criteria = confirmed_act("criteria", head=head, actor=officer, at=now)
    proposed = proposed_act(kinds=("pool-accreditation",), actor=officer, at=now)
    draft = entered_act(kinds=("mining-data-centre",), actor=officer, at=now)
    points = entered_act("criteria", kinds=("mining-data-centre",), actor=officer, at=now)
    compared = f"/joint-acts/{second}/compare/{first}/"
    everybody = ["/joint-acts/", "/joint-acts/?on=2020-01-01", f"/joint-acts/{first}/", f"/joint-acts/{criteria}/"]
    desk = ["rows/", "rows/new/", "rows/1/", "edit/", "acts/propose/", ""]
    visit, provider, banker, bank_head = visited(now)
    path = f"/supervisory-visits/{visit}/"
    return [
        (banker, ["/supervisory-visits/", "/supervisory-visits/?q=none", "/supervisory-visits/new/", path]),
        (bank_head, [path, f"{path}close/"]),
        (provider, ["/supervisory-visits/", path, f"{path}answer/"]),
        (None, [*everybody, compared]),
        (make.make_applicant(), [f"/joint-acts/{first}/"]),
        (
            officer,
            [
                *("/joint-acts/", "/joint-acts/new/", f"/joint-acts/new/?like={second}", compared),
                *(f"/joint-acts/{draft}/{path}" for path in desk),
                f"/joint-acts/{points}/rows/new/",
            ],
        ),
        (head, [f"/joint-acts/{proposed}/{path}" for path in ("", "acts/confirm/", "acts/send_back/")]),
        (head, [f"/joint-acts/{second}/acts/end/"]),
    ]


def visited(now: datetime) -> tuple[SupervisoryVisit, User, User, User]:
    """A visit whose report is issued; its provider, and an officer and a head of the National Bank."""
    row = announced(at=now)
    officer, head = row.announced_by, make.make_user("head", authority=row.authority)
    row = services.carry_out_visit(row, carried_on=timezone.localdate(now), actor=officer, at=now)
    row = services.write_report(row, report="Accounts of clients are apart.", actor=officer, at=now)
    row = services.issue_report(row, actor=head, at=now)
    return row, make.make_applicant(row.organisation), officer, head


def test_axe_finds_nothing(open_browser: Opener) -> None:
    found = walked(open_browser, visits())
    assert not found, "\n".join(found)
