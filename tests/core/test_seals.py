"""Seals on disk: chained, signed, copied outside the database, and never run over by an act in flight."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from threading import Event as Signal
from threading import Thread

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from core.models import Checkpoint, Event
from core.services import record, seal_events, verify_events
from tests import factories as make
from tests.core.test_events import LATER, codes, tamper

pytestmark = pytest.mark.django_db(transaction=True)

SEAL_CHANGES = {
    "at": "at + interval '1 second'",
    "first_event": "first_event + 1",
    "last_event": "last_event - 1",
    "events": "events - 1",
    "root": "sha256('other')",
    "previous_hash": "sha256('other')",
    "hash": "sha256('other')",
    "key": "repeat('0', 64)",
    "signature": "sha256('other')",
}


@pytest.fixture
def seals() -> list[Checkpoint]:
    found, person = [], make.make_user()
    for n in range(3):
        record(person, f"person.try{n}", actor=person, at=make.AT)
        found.append(seal_events(at=LATER + timedelta(minutes=n)))
    assert len(list(Path(settings.SEALS_DIR).glob("*.json"))) == 3
    assert not list(verify_events())
    return [seal for seal in found if seal]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_changed_or_removed_seal_is_found(seals: list[Checkpoint], place: int) -> None:
    changes = [f"UPDATE core_checkpoint SET {column} = {value} WHERE id = %s" for column, value in SEAL_CHANGES.items()]  # noqa: S608
    for change in (*changes, "DELETE FROM core_checkpoint WHERE id = %s"):
        with transaction.atomic():
            tamper(change, seals[place].pk)
            assert codes() & {"seal-broken", "seal-missing"}, change
            transaction.set_rollback(True)
        assert not list(verify_events())


def test_every_column_of_a_seal_was_changed() -> None:
    assert {"id", *SEAL_CHANGES} == {field.column for field in Checkpoint._meta.concrete_fields}


def test_a_tail_removed_with_its_seal_is_found_by_the_copy(seals: list[Checkpoint]) -> None:
    with transaction.atomic():
        tamper("DELETE FROM core_event WHERE id >= %s", seals[2].first_event)
        tamper("DELETE FROM core_checkpoint WHERE id = %s", seals[2].pk)
        assert codes() == {"seal-missing"}
        transaction.set_rollback(True)


@pytest.mark.parametrize("how", ["remove", "change", "empty"])
def test_a_copy_that_is_gone_or_differs_is_found(seals: list[Checkpoint], how: str) -> None:
    path = Path(settings.SEALS_DIR) / f"{seals[1].pk:012d}.json"
    text = path.read_text()
    path.unlink()
    if how != "remove":
        path.write_text("" if how == "empty" else json.dumps({**json.loads(text), "signature": "00"}))
    assert [fault.code for fault in verify_events()] == ["seal-copy-differs"]


def test_seals_signed_anew_with_another_key_are_found(seals: list[Checkpoint]) -> None:
    Path(settings.SEAL_KEY_FILE).unlink()
    assert {fault.code for fault in verify_events()} == {"seal-broken"}


def test_a_copy_lost_between_commit_and_disk_is_made_good_by_the_next_seal(seals: list[Checkpoint]) -> None:
    (Path(settings.SEALS_DIR) / f"{seals[2].pk:012d}.json").unlink()
    assert seal_events(at=LATER) is None
    assert not list(verify_events())


def test_an_event_in_flight_is_waited_for_or_left_to_the_next_seal() -> None:
    """No smaller id ever appears after a seal: an act in flight holds the seal up, and is not sealed away."""
    person = make.make_user()
    written, go_on = Signal(), Signal()

    def act() -> None:
        try:
            with transaction.atomic():
                record(person, "person.slow", actor=person, at=make.AT)
                written.set()
                assert go_on.wait(20)
        finally:
            connection.close()

    thread = Thread(target=act)
    thread.start()
    assert written.wait(20)
    assert seal_events(at=LATER) is None  # it gave up after its second, and let the act go on
    go_on.set()
    thread.join()
    seal = seal_events(at=LATER)
    assert seal is not None
    assert seal.last_event >= Event.objects.get(verb="person.slow").pk
    assert not list(verify_events())


def test_an_id_drawn_before_a_seal_and_used_after_it_moves_above_it() -> None:
    person = make.make_user()
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('core_event', 'id'))")
        (early,) = cursor.fetchone()
    record(person, "person.first", actor=person, at=make.AT)
    seal = seal_events(at=LATER)
    assert seal is not None
    assert seal.last_event > early
    slow = Event(
        pk=early,
        subject_type="core.user",
        subject_id=person.pk,
        at=make.AT,
        actor=person,
        verb="person.slow",
        seq=0,
        hash=b"",
    )
    slow.save(force_insert=True)
    assert Event.objects.get(verb="person.slow").pk > seal.last_event
    assert not list(verify_events())


def test_the_commands_say_what_they_found(seals: list[Checkpoint]) -> None:
    out, err = StringIO(), StringIO()
    call_command("verify_events", stdout=out, stderr=err)
    assert out.getvalue().strip() == f"{Event.objects.count()} events and 3 seals hold."
    call_command("seal", stdout=out)
    assert out.getvalue().strip().endswith("Nothing to seal.")
    (Path(settings.SEALS_DIR) / f"{seals[0].pk:012d}.json").unlink()
    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify_events", stdout=out, stderr=err)
    assert err.getvalue().startswith(f"seal-copy-differs: seal {seals[0].pk}: ")
