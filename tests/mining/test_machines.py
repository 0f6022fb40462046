"""The register of machines: asked by owners, decided by officers, as files and in requests, with their history."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.test import Client

from core.models import Event, Notification, Obligation, RowFile
from core.rows.faults import ERROR
from core.services import forget_row_files, take_row_file, work_on_row_file
from core.workflow import TransitionRefused
from licensing.models import Licence
from mining.models import Machine, MachineFiling
from mining.models.machines import EXCLUDE, MOVE, TRANSFER
from mining.services import confirm_transfer, decide_machines, withdraw_machines
from tests import factories as make
from tests.mining import world

pytestmark = pytest.mark.django_db


def faults(file: RowFile) -> list[tuple[int, str, str]]:
    return [(one.row, one.letter, one.code) for one in file.found.all()]


def test_a_file_is_looked_at_asked_decided_and_stands_in_the_register() -> None:
    owner, officer = make.make_applicant(), make.make_user("officer")
    world.data_centre()
    content = world.csv_of([world.machine_row(number) for number in range(1, 4)])
    file = world.sent("machines", content, owner)
    assert (file.standing, file.rows, file.faults) == ("right", 3, 0)
    assert not Machine.objects.exists()
    file = world.taken(file, owner)
    filing = MachineFiling.objects.get(reference=file.made)
    assert (file.standing, filing.machines, filing.digest) == ("taken", 3, file.digest)
    assert not Machine.objects.registered().exists()
    assert Obligation.objects.of(filing).open().get().due_on == filing.due_on
    event = Event.objects.of(filing).get()
    assert (event.verb, event.data["rows"], event.data["digest"]) == ("machinefiling.file", 3, file.digest)
    assert Notification.objects.filter(template="machines_filed", recipient=officer).exists()
    decide_machines(filing, "grant", actor=officer, at=make.AT)
    assert Machine.objects.registered().count() == 3
    assert not Obligation.objects.of(filing).open().exists()
    assert Notification.objects.filter(template="machines_decided", recipient=owner).exists()


def test_who_filed_does_not_decide() -> None:
    officer, owner = make.make_user("officer"), make.make_organisation()
    world.data_centre()
    file = world.sent("machines", world.csv_of([world.machine_row()]), officer, organisation=owner)
    filing = MachineFiling.objects.get(reference=world.taken(file, officer).made)
    with pytest.raises(PermissionDenied):
        decide_machines(filing, "grant", actor=officer, at=make.AT)
    decide_machines(filing, "grant", actor=make.make_user("officer"), at=make.AT)


def test_every_fault_is_told_by_row_and_column_and_nothing_is_taken() -> None:
    owner, other = make.make_applicant(), make.make_applicant()
    foreign = make.make_licence(actor=other)
    world.registered(owner, 1)
    rows = [
        world.machine_row(1),
        world.machine_row(2),
        world.machine_row(2, serial="sn-00002"),
        world.machine_row(3, centre="DC-99999"),
        world.machine_row(4, licence=foreign.number),
        world.machine_row(5, licence=""),
        world.machine_row(6, power="0", hash_rate="abc"),
    ]
    rows = [{"licence": "", **row} for row in rows]
    file = world.sent("machines", world.csv_of(rows), owner)
    assert faults(file) == [
        (2, "D", "machine-known"),
        (4, "D", "machine-twice"),
        (5, "G", "machine-centre"),
        (6, "A", "machine-licence"),
        (8, "E", "cell-number"),
        (8, "F", "cell-not-above"),
    ]
    assert file.faults == 6
    with pytest.raises(TransitionRefused) as refused:
        take_row_file(file, actor=owner, at=make.AT)
    assert refused.value.problems[0].code == "row-file-faulty"
    assert Machine.objects.count() == 1


def test_another_owners_machine_is_found_and_named_only_to_who_may_see_it() -> None:
    first, second = make.make_applicant(), make.make_applicant()
    machine = world.registered(first, 1)[0]
    # Letters that look alike, other spaces and signs: the same machine.
    row = world.machine_row(1, manufacturer="ВITMAIN", serial="sn 000-01")
    stranger = world.sent("machines", world.csv_of([row]), second)
    assert faults(stranger) == [(2, "C", "machine-of-another")]
    told = stranger.found.get().told(str)
    assert machine.number not in told
    assert world.own(first).identifier not in told
    officer = make.make_user("officer")
    seen = world.sent("machines", world.csv_of([row]), officer, organisation=world.own(second))
    assert faults(seen) == [(2, "C", "machine-known")]
    assert seen.found.get().params == {"number": machine.number, "owner": world.own(first).identifier}


def test_the_same_file_twice_is_answered_with_the_first() -> None:
    owner = make.make_applicant()
    world.data_centre()
    content = world.csv_of([world.machine_row()])
    file = world.taken(world.sent("machines", content, owner), owner)
    again = world.sent("machines", content, owner, name="other name.csv")
    assert (again.pk, again.standing) == (file.pk, "taken")
    assert Machine.objects.count() == 1
    row = [world.machine_row(9)]
    first, second = (world.ask(owner, row) for _time in range(2))
    assert first.pk == second.pk
    other = world.sent("machines", content, make.make_applicant())
    assert other.pk != file.pk


def test_a_file_with_faults_that_is_sent_again_is_looked_at_again() -> None:
    owner = make.make_applicant()
    make.make_authority()
    content = world.csv_of([world.machine_row()])
    assert world.sent("machines", content, owner).faults == 1
    world.data_centre()
    again = world.sent("machines", content, owner)
    assert (again.standing, again.faults, again.found.count()) == ("right", 0, 0)


def test_what_changed_between_the_look_and_the_taking_is_found() -> None:
    first, second = make.make_applicant(), make.make_applicant()
    world.data_centre()
    content = world.csv_of([world.machine_row()])
    files = [(world.sent("machines", content, one), one) for one in (first, second)]
    done = [world.taken(file, one).standing for file, one in files]
    assert done == ["taken", "faulty"]
    assert Machine.objects.count() == 1


def test_a_file_of_a_stranger_is_not_there() -> None:
    owner, stranger = make.make_applicant(), make.make_applicant()
    world.data_centre()
    file = world.sent("machines", world.csv_of([world.machine_row()]), owner)
    client = Client()
    for user, status in ((owner, 200), (stranger, 404), (make.make_user("officer"), 404)):
        client.force_login(user)
        assert client.get(f"/row-files/{file.pk}/").status_code == status
        assert client.get(f"/row-files/{file.pk}/faults.csv").status_code == status


def test_only_the_owner_or_an_officer_may_ask() -> None:
    world.data_centre()
    owner, stranger = make.make_applicant(), make.make_applicant()
    for actor in (stranger, make.make_user("auditor"), make.make_user("officer", authority=make.make_authority("nbk"))):
        with pytest.raises(PermissionDenied):
            world.sent("machines", world.csv_of([world.machine_row()]), actor, organisation=world.own(owner))


def test_machines_move_and_pass_on_with_their_history() -> None:
    owner, heir = make.make_applicant(), make.make_applicant()
    licence = make.make_licence(actor=owner)
    here, there = world.data_centre(), world.data_centre("DC-00002")
    filing = world.ask(owner, [world.machine_row(licence=licence.number)])
    officer = make.make_user("officer")
    decide_machines(filing, "grant", actor=officer, at=make.AT)
    machine = Machine.objects.get()
    assert machine.licence == licence
    decide_machines(world.change(owner, [machine], MOVE, to_centre="DC-00002"), "grant", actor=officer, at=world.LATER)
    passed = world.change(owner, [machine], TRANSFER, to_owner=world.own(heir).identifier)
    passed = confirm_transfer(passed, actor=heir, at=world.LATER)
    decide_machines(passed, "grant", actor=officer, at=world.LATER)
    machine.refresh_from_db()
    assert (machine.owner, machine.centre, machine.licence_id) == (world.own(heir), there, None)
    steps = [(s.from_owner, s.from_centre, s.filing.to_owner, s.filing.to_centre) for s in machine.steps.order_by("id")]
    assert steps == [
        (world.own(owner), here, None, there),
        (world.own(owner), there, world.own(heir), None),
    ]
    assert Notification.objects.filter(template="machines_decided", recipient=heir).exists()
    assert list(Machine.objects.visible_to(heir)) == [machine]
    assert not Machine.objects.visible_to(owner).exists()


def test_a_machine_that_left_may_come_back_and_its_reason_stays() -> None:
    owner = make.make_applicant()
    machine = world.registered(owner, 1)[0]
    filing = world.change(owner, [machine], EXCLUDE, reason="Scrapped.")
    decide_machines(filing, "grant", actor=make.make_user("officer"), at=world.LATER)
    machine.refresh_from_db()
    assert (machine.standing, machine.exclusion_reason) == ("out", "Scrapped.")
    again = world.ask(owner, [world.machine_row(1), world.machine_row(7)], at=world.LATER)
    assert again.machines == 2


def test_refused_and_withdrawn_change_nothing() -> None:
    owner, officer = make.make_applicant(), make.make_user("officer")
    machine = world.registered(owner, 1)[0]
    moved = world.change(owner, [machine], EXCLUDE, reason="Scrapped.")
    with pytest.raises(TransitionRefused):
        decide_machines(moved, "refuse", actor=officer, at=world.LATER)
    decide_machines(moved, "refuse", answer="Look again.", actor=officer, at=world.LATER)
    machine.refresh_from_db()
    assert machine.standing == "registered"
    asked = world.ask(owner, [world.machine_row(5)])
    withdraw_machines(asked, actor=owner, at=make.AT)
    assert asked.entered.get().standing == "refused"
    assert world.ask(owner, [world.machine_row(5), world.machine_row(6)]).machines == 2


def test_what_may_not_be_asked_of_machines() -> None:
    owner, other = make.make_applicant(), make.make_applicant()
    mine, his = world.registered(owner, 1)[0], world.registered(other, 1, first=50)[0]
    world.change(owner, [mine], MOVE, to_centre=world.data_centre("DC-00002").reference)
    with pytest.raises(TransitionRefused) as refused:
        world.change(owner, [mine, his, mine], EXCLUDE, reason="Scrapped.")
    found = {(problem.field, problem.code) for problem in refused.value.problems}
    assert found == {
        ("rows.1.machine", "machine-asked"),
        ("rows.2.machine", "machine-unknown"),
        ("rows.3.machine", "machine-asked"),
        ("rows.3.machine", "machine-twice-asked"),
    }
    asked: list[tuple[str, dict[str, Any], str]] = [
        ("lend", {}, "machine-act"),
        (EXCLUDE, {"reason": " "}, "machine-reason"),
        (MOVE, {"to_centre": "DC-99999"}, "machine-to-centre"),
        (TRANSFER, {"to_owner": "1"}, "machine-to-owner"),
        (TRANSFER, {"to_owner": world.own(owner).identifier}, "machine-same-owner"),
    ]
    for act, values, code in asked:
        with pytest.raises(TransitionRefused) as refused:
            world.change(owner, [mine], act, **values)
        assert code in {problem.code for problem in refused.value.problems}
    with pytest.raises(TransitionRefused) as refused:
        world.change(owner, [Machine(pk=10**14)], EXCLUDE, reason="No such number.")
    assert {problem.code for problem in refused.value.problems} == {"machine-number"}


def test_a_task_that_is_given_twice_or_after_a_kill_works_once() -> None:
    owner = make.make_applicant()
    world.data_centre()
    file = world.sent("machines", world.csv_of([world.machine_row()]), owner)
    take_row_file(file, actor=owner, at=make.AT)
    RowFile.objects.filter(pk=file.pk).update(attempts=2, started_at=make.AT, progress=40)  # as a killed one leaves it
    assert work_on_row_file(file.pk, at=make.AT) is not None
    assert work_on_row_file(file.pk, at=make.AT) is None
    assert (Machine.objects.count(), MachineFiling.objects.count()) == (1, 1)


def test_a_file_whose_content_is_lost_is_given_up_after_some_tries() -> None:
    owner = make.make_applicant()
    world.data_centre()
    file = world.sent("machines", world.csv_of([world.machine_row()]), owner)
    RowFile.objects.filter(pk=file.pk).update(checked_at=None, key="00000000-0000-0000-0000-000000000000")
    for _time in range(6):
        work_on_row_file(file.pk, at=make.AT)
    file.refresh_from_db()
    assert (file.standing, file.error) == ("failed", "FileNotFoundError")


def test_more_faults_than_are_kept_are_counted(settings: pytest.FixtureRequest) -> None:
    settings.ROW_FILE_FAULTS = 5  # type: ignore[attr-defined]  # pytest-django sets any name
    owner = make.make_applicant()
    world.data_centre()
    file = world.sent("machines", world.csv_of([world.machine_row(n, power="-1") for n in range(20)]), owner)
    assert (file.faults, file.found.count()) == (20, 5)
    assert {one.severity for one in file.found.all()} == {ERROR}
    client = Client()
    client.force_login(owner)
    page = client.get(f"/row-files/{file.pk}/", headers={"Accept-Language": "en"}).content.decode()
    assert "20 were found" in page
    rows = b"".join(client.get(f"/row-files/{file.pk}/faults.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert rows.count("\n") == 6


def test_a_licence_that_ended_is_none() -> None:
    owner = make.make_applicant()
    licence = make.make_licence(actor=owner)
    Licence.objects.filter(pk=licence.pk).update(
        state="surrendered", ended_on=make.AT.date(), cause="APP-1", ground={"code": "x"}
    )
    world.data_centre()
    with pytest.raises(TransitionRefused) as refused:
        world.ask(owner, [world.machine_row(licence=licence.number)])
    assert [problem.code for problem in refused.value.problems] == ["machine-licence"]


def test_the_file_goes_when_it_is_taken_or_forgotten(django_capture_on_commit_callbacks: pytest.FixtureRequest) -> None:
    owner = make.make_applicant()
    world.data_centre()
    file = world.sent("machines", world.csv_of([world.machine_row()]), owner)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        world.taken(file, owner)
    assert not default_storage.exists(file.path)
    other = world.sent("machines", world.csv_of([world.machine_row(2)]), owner)
    assert forget_row_files(at=make.AT + timedelta(days=6)) == 0
    assert forget_row_files(at=make.AT + timedelta(days=8)) == 1
    assert not default_storage.exists(other.path)
    assert list(RowFile.objects.values_list("pk", flat=True)) == [file.pk]
