"""Watching licences, breaches, measures and appeals as one watches applications: by one table and one button."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from core.models import Notification, User
from core.services.letters import words
from core.workflow import AUDITOR, HEAD, OFFICER
from licensing import services
from licensing.models import Appeal, Breach, Licence, Measure, Watch
from tests import factories as make

pytestmark = pytest.mark.django_db
LATER = make.AT + timedelta(hours=6)


def licence_moved() -> tuple[Licence, Callable[[], Any]]:
    licence = make.make_licence()
    at = make.AT + timedelta(days=20)
    request = make.make_request(licence, "suspension", at=at, months=1, text="Repairs.")
    return licence, lambda: make.grant_request(request, at=at)


def breach_moved() -> tuple[Breach, Callable[[], Any]]:
    breach, officer = make.make_breach(make.make_licence()), make.make_user(OFFICER)
    given: dict[str, Any] = {"text": "Seen.", "cured_on": LATER.date(), "actor": officer, "at": LATER}
    return breach, lambda: services.settle_breach(breach, "cure", **given)


def measure_moved() -> tuple[Measure, Callable[[], Any]]:
    measure, officer = make.make_measure(make.make_licence()), make.make_user(OFFICER)
    return measure, lambda: services.countersign_measure(measure, actor=officer, at=LATER)


def appeal_moved() -> tuple[Appeal, Callable[[], Any]]:
    appeal = make.make_appeal(at=make.AT)
    return appeal, lambda: services.withdraw_appeal(appeal, reason="", actor=appeal.filed_by, at=LATER)


CASES = [
    (licence_moved, "licences", "Suspended"),
    (breach_moved, "breaches", "Cured"),
    (measure_moved, "measures", "Countersigned"),
    (appeal_moved, "appeals", "Withdrawn"),
]
each = pytest.mark.parametrize(("prepare", "folder", "label"), CASES, ids=[folder for _made, folder, _label in CASES])


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@each
def test_a_watcher_is_told_of_a_new_state_and_led_to_its_page(prepare: Any, folder: str, label: str) -> None:
    case, move = prepare()
    watcher, gone = make.make_user(AUDITOR, language="en"), make.make_user(HEAD)
    for person in (watcher, watcher, gone):
        services.watch_case(case, actor=person, at=make.AT)
    User.objects.filter(pk=gone.pk).update(authority=make.make_authority("nbk"))
    move()
    told = Notification.objects.filter(template="case_changed", channel="inbox")
    (one,) = told
    assert (one.recipient, one.path) == (watcher, f"/{folder}/{case.sight().reference}/")
    assert label in words(one)[0]
    services.unwatch_case(case, actor=watcher, at=make.AT)
    assert list(Watch.objects.values_list("user", flat=True)) == [gone.pk]


@each
def test_by_the_pages(prepare: Any, folder: str, label: str) -> None:
    case, _move = prepare()
    reader, address = client_of(make.make_user(AUDITOR)), f"/{folder}/{case.sight().reference}/"
    assert "Watch the case" in reader.get(address).content.decode()
    assert reader.post(f"{address}watch/").status_code == 302
    assert "Stop watching" in reader.get(address).content.decode()
    assert reader.post(f"{address}unwatch/").status_code == 302
    assert not Watch.objects.exists()
    foreign = make.make_user(OFFICER, authority=make.make_authority("nbk"))
    assert client_of(foreign).post(f"{address}watch/").status_code == 404
    with pytest.raises(PermissionDenied):
        services.watch_case(case, actor=foreign, at=make.AT)
    with pytest.raises(PermissionDenied):
        services.watch_case(case, actor=make.make_applicant(), at=make.AT)


def test_the_same_number_of_another_kind_of_case_is_another_case() -> None:
    watcher = make.make_user(AUDITOR)
    measure, move = measure_moved()
    Watch.objects.create(subject_type="licensing.breach", subject_id=measure.pk, user=watcher, since=make.AT)
    move()
    assert not Notification.objects.filter(template="case_changed").exists()
