"""Events are append-only and tamper-evident: every change behind the application's back is found."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from core.models import Access, Checkpoint, Event
from core.services import record, seal_events, verify_events
from core.services.seals import write_copy
from licensing.models import Application
from tests import factories as make

pytestmark = pytest.mark.django_db
LATER = make.AT + timedelta(days=1)

#: A different value for each column, as SQL over the old one. A column that is missing here fails the test.
CHANGES = {
    "id": "id + 1000000",
    "subject_type": "'core.user'",
    "subject_id": "subject_id + 1000000",
    "seq": "seq + 1000",
    "at": "at + interval '1 microsecond'",
    "actor_id": "(SELECT max(id) FROM core_user WHERE id <> actor_id)",
    "on_behalf_of_id": "CASE WHEN on_behalf_of_id IS NULL THEN organisation_id END",
    "verb": "verb || '.'",
    "from_state": "from_state || '.'",
    "to_state": "to_state || '.'",
    "reason": "reason || ' '",
    "grounds": "grounds || '[{}]'",
    "data": "data || '{\"more\": 1}'",
    "authority_id": "NULL",
    "organisation_id": "NULL",
    "audience": "CASE audience WHEN 'public' THEN 'party' ELSE 'public' END",
    "reference": "reference || '.'",
    "title": "title || '.'",
    "previous_hash": "sha256('other')",
    "hash": "sha256('other')",
}


@contextmanager
def behind_the_back() -> Iterator[None]:
    """As the owner of the database could: no trigger runs."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def run(sql: str, *params: str | int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def tamper(sql: str, *params: str | int) -> None:
    with behind_the_back():
        assert run(sql, *params) > 0


def columns() -> list[str]:
    return [field.column for field in Event._meta.concrete_fields if field.column]


def codes() -> set[str]:
    return {fault.code for fault in verify_events()}


def seal(*, at: datetime = LATER) -> Checkpoint | None:
    """Seal, and write the copy, which else waits for a commit that these tests never make."""
    made = seal_events(at=at)
    if made:
        write_copy(made)
    return made


@pytest.fixture(scope="module")
def cases(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Application]:
    """A case with a whole life, and another beside it: built once, each test's changes undone."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]  # untyped by pytest-django
        make.make_system_user()
        make.make_submitted()
        yield make.make_decided()
        transaction.set_rollback(True)


@pytest.fixture
def case(cases: Application, db: None) -> Application:
    return cases


def test_events_hold_as_written(case: Application) -> None:
    assert Event.objects.count() > 10
    assert not list(verify_events())
    assert seal(at=LATER) is not None
    assert not list(verify_events())
    assert not list(verify_events(only_new=True))


@pytest.mark.parametrize("table", ["core_event", "core_access", "core_checkpoint"])
@pytest.mark.parametrize("act", ["UPDATE {0} SET at = now()", "DELETE FROM {0}"])
def test_not_even_the_owner_changes_or_deletes(case: Application, table: str, act: str) -> None:
    seal(at=LATER)
    person = make.make_user()
    Access.objects.create(at=LATER, user=person, subject_type="core.user", subject_id=person.pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(act.format(table))


@pytest.mark.parametrize("table", ["core_event", "core_access", "core_checkpoint"])
@pytest.mark.parametrize(
    "act",
    [
        "UPDATE {0} SET at = now()",
        "DELETE FROM {0}",
        "TRUNCATE {0}",
        "TRUNCATE {0} CASCADE",
        "ALTER TABLE {0} DISABLE TRIGGER ALL",
        "ALTER TABLE {0} DROP COLUMN at",
        "DROP TABLE {0}",
        "CREATE TRIGGER more AFTER INSERT ON {0} FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
    ],
)
def test_the_applications_role_may_neither_change_empty_nor_alter(table: str, act: str) -> None:
    run("SET LOCAL ROLE tizilim_app")
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
        run(act.format(table))


def test_the_applications_role_may_not_switch_the_triggers_off() -> None:
    run("SET LOCAL ROLE tizilim_app")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        run("SET session_replication_role = replica")


def test_the_applications_role_writes_events() -> None:
    person = make.make_user()
    run("SET LOCAL ROLE tizilim_app")
    event = record(person, "person.try", actor=person, at=make.AT)
    run("RESET ROLE")
    assert event.pk
    assert not list(verify_events())


@pytest.mark.parametrize("column", columns())
def test_a_changed_column_is_found(case: Application, column: str) -> None:
    event = Event.objects.get(verb="application.accept")
    tamper(f"UPDATE core_event SET {column} = {CHANGES[column]} WHERE id = %s", event.pk)  # noqa: S608
    assert codes() & {"event-changed", "event-missing"}


@pytest.mark.parametrize("column", columns())
def test_a_changed_column_of_the_last_sealed_event_is_found(case: Application, column: str) -> None:
    """Also where no event follows whose link would break."""
    seal(at=LATER)
    event = Event.objects.latest("id")
    tamper(f"UPDATE core_event SET {column} = {CHANGES[column]} WHERE id = %s", event.pk)  # noqa: S608
    assert codes() & {"event-changed", "event-missing"}


def test_a_change_with_its_hash_made_anew_is_found_by_the_next_link(case: Application) -> None:
    event = Event.objects.get(verb="application.accept")
    tamper("UPDATE core_event SET reason = 'forged' WHERE id = %s", event.pk)
    tamper("UPDATE core_event e SET hash = core_event_digest(e) WHERE id = %s", event.pk)
    assert codes() == {"event-missing"}


def test_a_chain_made_anew_to_its_end_is_found_by_the_seal(case: Application) -> None:
    seal(at=LATER)
    event = Event.objects.of(case).earliest("seq")
    tamper("UPDATE core_event SET reason = 'forged' WHERE id = %s", event.pk)
    for row in Event.objects.of(case).order_by("seq"):
        tamper(
            "UPDATE core_event e SET previous_hash = (SELECT hash FROM core_event p WHERE p.subject_type ="
            " e.subject_type AND p.subject_id = e.subject_id AND p.seq = e.seq - 1) WHERE id = %s",
            row.pk,
        )
        tamper("UPDATE core_event e SET hash = core_event_digest(e) WHERE id = %s", row.pk)
    assert [(fault.code, fault.place) for fault in verify_events()] == [
        ("event-missing", f"seal {Checkpoint.objects.get().pk}")
    ]


def remove_middle(case: Application) -> tuple[str, list[str | int]]:
    return "DELETE FROM core_event WHERE id = %s", [Event.objects.get(verb="application.accept").pk]


def remove_first(case: Application) -> tuple[str, list[str | int]]:
    return "DELETE FROM core_event WHERE id = %s", [Event.objects.of(case).earliest("seq").pk]


def remove_last(case: Application) -> tuple[str, list[str | int]]:
    return "DELETE FROM core_event WHERE id = %s", [Event.objects.of(case).latest("seq").pk]


def remove_case(case: Application) -> tuple[str, list[str | int]]:
    return "DELETE FROM core_event WHERE subject_type = 'licensing.application' AND subject_id = %s", [case.pk]


def remove_all(case: Application) -> tuple[str, list[str | int]]:
    return "DELETE FROM core_event WHERE id > %s", [0]


@pytest.mark.parametrize("how", [remove_middle, remove_first])
def test_a_gap_in_a_chain_is_found_without_a_seal(
    case: Application, how: Callable[[Application], tuple[str, list[str | int]]]
) -> None:
    sql, params = how(case)
    tamper(sql, *params)
    assert codes() == {"event-missing"}


@pytest.mark.parametrize("how", [remove_middle, remove_first, remove_last, remove_case, remove_all])
def test_once_sealed_every_removal_is_found(
    case: Application, how: Callable[[Application], tuple[str, list[str | int]]]
) -> None:
    seal(at=LATER)
    sql, params = how(case)
    tamper(sql, *params)
    assert "event-missing" in codes()


def test_an_event_slipped_in_among_sealed_ones_is_found(case: Application) -> None:
    gap = Event.objects.earliest("id").pk
    run("SELECT nextval(pg_get_serial_sequence('core_event', 'id'))")
    record(make.make_user(), "person.try", actor=make.make_user(), at=make.AT)
    seal(at=LATER)
    free = Event.objects.latest("id").pk - 1
    tamper("UPDATE core_event SET id = %s WHERE id = %s", free, gap)
    assert "event-missing" in codes()


def test_a_seal_is_chained_signed_and_copied(case: Application) -> None:
    first = seal(at=LATER)
    make.make_submitted()
    second = seal(at=LATER + timedelta(minutes=5))
    assert first is not None
    assert second is not None
    assert second.first_event == first.last_event + 1
    assert bytes(second.previous_hash or b"") == bytes(first.hash)
    assert Path(settings.SEAL_KEY_FILE).stat().st_mode & 0o077 == 0


def test_sealing_nothing_new_makes_no_seal(case: Application) -> None:
    assert seal(at=LATER) is not None
    assert seal(at=LATER) is None
    assert Checkpoint.objects.count() == 1


def test_chains_are_per_subject_and_numbered_from_one(case: Application) -> None:
    numbers: dict[tuple[str, int], list[int]] = {}
    for kind, pk, seq in Event.objects.order_by("id").values_list("subject_type", "subject_id", "seq"):
        numbers.setdefault((kind, pk), []).append(seq)
    assert len(numbers) == 3
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())


def test_an_act_that_fails_leaves_no_event() -> None:
    person = make.make_user()
    with transaction.atomic():
        record(person, "person.try", actor=person, at=make.AT)
        transaction.set_rollback(True)
    assert not Event.objects.filter(verb="person.try").exists()


def test_events_hold_no_personal_data(case: Application) -> None:
    """They cannot be erased: no name, number, address or free text of a person outside `reason`."""
    text = json.dumps(list(Event.objects.values("data", "grounds", "reference", "title", "verb")), default=str)
    holder, party = case.organisation, case.created_by
    for personal in (holder.identifier, holder.name_en, party.email, party.full_name):
        assert personal not in text


def test_an_event_of_a_party_says_on_whose_behalf(case: Application) -> None:
    event = Event.objects.of(case).get(verb="application.submit")
    assert event.on_behalf_of == case.organisation
    assert Event.objects.of(case).get(verb="application.accept").on_behalf_of is None
