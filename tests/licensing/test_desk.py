"""Tasks between officials and watching a case; and that the applicant never sees what officials say to each other."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import Event, Notification, User
from core.services.letters import words
from core.workflow import AUDITOR, HEAD, INSPECTOR, OFFICER, TransitionRefused
from licensing import services
from licensing.models import Application, CaseTask, Watch
from tests import factories as make
from tests.api.conftest import Caller
from tests.archives.test_archives import made, text_of
from tests.licensing.test_races import at_once, clone, won

pytestmark = pytest.mark.django_db
SECRETS = ("SECRET NOTE", "SECRET TASK", "SECRET REASON")


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def refusals(case: Application, to: User, *, what: str = "Call.", day: int = 1) -> list[str]:
    with pytest.raises(TransitionRefused) as refused:
        services.add_task(
            case,
            what=what,
            to=to,
            due_on=make.AT.date() + timedelta(days=day),
            actor=make.make_user(OFFICER),
            at=make.AT,
        )
    return [problem.code for problem in refused.value.problems]


def test_a_task_is_told_shown_and_done_once() -> None:
    case, officer, giver = make.make_in_review(), make.make_user(INSPECTOR), make.make_user(OFFICER)
    task = services.add_task(
        case, what="Look at the feeder.", to=officer, due_on=make.AT.date(), actor=giver, at=make.AT
    )
    event = Event.objects.of(case).get(verb="application.task")
    assert (event.audience, event.data) == ("internal", {"task": task.pk, "to": officer.pk})
    told = Notification.objects.get(event=event, channel="inbox")
    assert (told.recipient, words(told)[0]) == (officer, f"{case.reference}: a colleague asks something of you")
    assert "Look at the feeder." in client_of(officer).get("/work/").content.decode()
    assert "Look at the feeder." in client_of(giver).get(f"/cases/{case.reference}/?tab=tasks").content.decode()
    services.finish_task(task, actor=officer, at=make.AT)
    assert Notification.objects.filter(recipient=giver, template="task_done", channel="inbox").count() == 1
    with pytest.raises(TransitionRefused):
        services.finish_task(task, actor=officer, at=make.AT)
    assert "Look at the feeder." not in client_of(officer).get("/work/").content.decode()


def test_what_is_wrong_with_a_task_is_named_at_once() -> None:
    case = make.make_in_review()
    foreign = make.make_user(OFFICER, authority=make.make_authority("nbk"))
    assert refusals(case, foreign, what=" ", day=-1) == ["task-empty", "task-past", "task-taker"]
    for person in (make.make_user(), make.make_user(AUDITOR), make.make_user(OFFICER, is_active=False)):
        assert refusals(case, person) == ["task-taker"]
    services.withdraw_application(case, actor=make.party_of(case), at=make.AT)
    assert refusals(case, make.make_user(OFFICER)) == ["case-ended"]


def test_a_task_for_who_is_absent_goes_to_the_deputy_and_stands_in_his_work() -> None:
    now = timezone.now()
    case, officer, deputy = make.make_in_review(), make.make_user(OFFICER, full_name="Olga"), make.make_user(OFFICER)
    before = make.make_task(case, officer, what="Given before.")
    make.make_absence(officer, deputy, at=now)
    today = timezone.localdate(now)
    task = services.add_task(case, what="Given after.", to=officer, due_on=today, actor=make.make_user(HEAD), at=now)
    assert task.assignee == deputy
    page = client_of(deputy).get("/work/").content.decode()
    assert "Given after." in page
    assert before.what in page
    assert "in the stead of Olga" in page


def test_strangers_neither_give_nor_finish_tasks_nor_watch() -> None:
    case = make.make_in_review()
    task = make.make_task(case)
    foreign = make.make_user(OFFICER, authority=make.make_authority("nbk"))
    auditor = make.make_user(AUDITOR)
    for actor in (make.party_of(case), foreign, auditor):
        for act in (
            partial(services.add_task, case, what="X", to=task.assignee, due_on=make.AT.date()),
            partial(services.finish_task, task),
        ):
            with pytest.raises(PermissionDenied):
                act(actor=actor, at=make.AT)
        assert (actor == auditor) == CaseTask.objects.visible_to(actor).exists()
    for actor in (make.party_of(case), foreign):
        with pytest.raises(PermissionDenied):
            services.watch_case(case, actor=actor, at=make.AT)


def test_a_watcher_is_told_of_every_new_state_but_his_own_act() -> None:
    case, watcher, officer = make.make_submitted(), make.make_user(AUDITOR), make.make_user(OFFICER)
    for person in (watcher, watcher, officer):
        services.watch_case(case, actor=person, at=make.AT)
    assert Watch.objects.count() == 2
    services.accept_application(case, actor=officer, at=make.AT)
    told = Notification.objects.filter(template="case_changed", channel="inbox")
    assert [(one.recipient, words(one)[0]) for one in told] == [(watcher, f"{case.reference}: now “In review”")]
    User.objects.filter(pk=watcher.pk).update(authority=make.make_authority("nbk"))
    services.withdraw_application(case, actor=make.party_of(case), at=make.AT)
    assert {one.recipient for one in told.all()} == {watcher, officer}
    assert told.filter(recipient=watcher).count() == 1
    services.unwatch_case(case, actor=officer, at=make.AT)
    assert not Watch.objects.filter(user=officer).exists()


def test_tasks_and_watching_by_the_pages() -> None:
    case, officer, auditor = make.make_in_review(), make.make_user(OFFICER), make.make_user(AUDITOR)
    client, address = client_of(officer), f"/cases/{case.reference}/"
    for rubbish in (
        {},
        {"what": "x", "to": "y", "due_on": "z"},
        {"what": "x", "to": officer.pk, "due_on": "2000-01-01"},
    ):
        assert client.post(f"{address}task/", rubbish).status_code in (409, 422)
    day = timezone.localdate() + timedelta(days=2)
    assert (
        client.post(f"{address}task/", {"what": "Ask.", "to": officer.pk, "due_on": day.isoformat()}).status_code == 302
    )
    task = CaseTask.objects.get()
    assert client.post(f"{address}task-done/", {"task": "x"}).status_code == 422
    assert client.post(f"{address}task-done/", {"task": make.make_task(make.make_submitted()).pk}).status_code == 422
    assert client_of(auditor).post(f"{address}task-done/", {"task": task.pk}).status_code == 403
    assert client.post(f"{address}task-done/", {"task": task.pk}).status_code == 302
    assert client.post(f"{address}task-done/", {"task": task.pk}).status_code == 409
    reader = client_of(auditor)
    assert "Watch the case" in reader.get(address).content.decode()
    assert reader.post(f"{address}watch/").status_code == 302
    assert "Stop watching" in reader.get(address).content.decode()
    assert reader.post(f"{address}unwatch/").status_code == 302
    assert client_of(make.make_user()).post(f"{address}watch/").status_code == 404
    assert not Watch.objects.exists()


def test_the_applicant_never_sees_what_officials_say_to_each_other() -> None:
    case, officer, head = make.make_in_review(), make.make_user(OFFICER), make.make_user(HEAD)
    party = make.party_of(case)
    services.add_note(case, text="SECRET NOTE", actor=officer, at=make.AT)
    make.make_task(case, officer, what="SECRET TASK")
    services.watch_case(case, actor=head, at=make.AT)
    services.assign_application(case, to=officer, actor=head, at=make.AT)
    services.move_caseload(
        officer, to=[make.make_user(OFFICER)], reason="SECRET REASON", key=uuid4(), actor=head, at=make.AT
    )
    api, path = Caller(party), f"/applications/{case.reference}/"
    answers = [api.get(path), api.get("/applications/")]
    parts = ("documents", "questions", "letters", "events", "timeline", "notes", "tasks", "obligations", "archives")
    answers += [api.get(f"{path}{part}/") for part in parts]
    assert {answer.status_code for answer in answers} == {200, 404}
    seen = " ".join(answer.content.decode() for answer in answers)
    client = client_of(party)
    for page in ("/account/", "/inbox/", f"/cases/{case.reference}/", f"/cases/{case.reference}/?tab=tasks"):
        seen += client.get(page, follow=True).content.decode()
    seen += text_of(made(case, party))
    assert case.reference in seen
    assert [secret for secret in SECRETS if secret in seen] == []
    internal = {"application.note", "application.task", "application.assign"}
    assert not [event for event in Event.objects.of(case).visible_to(party) if event.verb in internal]
    assert not Notification.objects.filter(recipient=party, template__in=["task_given", "case_changed"]).exists()
    theirs = text_of(made(case, officer))
    assert all(secret in theirs for secret in SECRETS)


def test_lists_of_tasks_ask_as_often_for_many_as_for_few() -> None:
    officer, counts = make.make_user(OFFICER), []
    case = make.make_in_review()
    client = client_of(officer)
    for total in (3, 40):
        CaseTask.objects.bulk_create(
            CaseTask(
                application=case if number % 2 else clone(case),
                what=f"Task {number}",
                assignee=officer,
                due_on=make.AT.date(),
                made_by=make.make_user(OFFICER),
                made_at=make.AT,
            )
            for number in range(CaseTask.objects.count(), total)
        )
        for address in ("/work/", f"/cases/{case.reference}/?tab=tasks"):
            with CaptureQueriesContext(connection) as seen:
                assert client.get(address).status_code == 200
            counts.append(len(seen))
    assert counts[:2] == counts[2:]


@pytest.mark.django_db(transaction=True)
@pytest.mark.stress
def test_a_task_finished_by_two_at_once_is_done_once() -> None:
    a, b = make.make_user(OFFICER), make.make_user(OFFICER)
    case = make.make_in_review()
    for _round in range(8):
        task = make.make_task(case, a)
        results = at_once([partial(services.finish_task, task, actor=person, at=make.AT) for person in (a, b)])
        assert len(won(results)) == 1
