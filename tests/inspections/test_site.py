"""Entries from the site: each once, the last one counts, the server's moment counts; photographs without traces."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import Event
from core.pictures import without_traces
from core.services import Upload
from core.workflow import TransitionRefused
from inspections import services
from inspections.models import Inspection, SiteBatch, SiteEntry
from tests import factories as make
from tests.inspections import world

pytestmark = pytest.mark.django_db
AT = world.START


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> set[str]:
    return {one.code for one in refused.value.problems}


def send(row: Inspection, entries: list[services.Entry], **given: Any) -> Any:
    values: dict[str, Any] = {"client_id": uuid4(), "device_at": AT, "actor": world.leader(row), "at": AT, **given}
    return services.take_batch(row, entries, **values)


def test_the_same_batch_is_answered_the_same_and_changes_nothing() -> None:
    row, number = world.make_running(), uuid4()
    entries = [services.Entry("R1", "met"), services.Entry("R9", "met"), services.Entry("R2", "perhaps")]
    first = send(row, entries, client_id=number)
    again = send(row, entries, client_id=number, at=AT + timedelta(hours=1))
    assert again == first
    assert {one.code for one in first.faults.values()} == {"item-unknown", "item-answer"}
    assert (SiteBatch.objects.count(), SiteEntry.objects.count()) == (1, 1)
    assert Event.objects.of(row).filter(verb="inspection.answer").count() == 1
    with pytest.raises(TransitionRefused) as refused:
        send(row, entries[:1], client_id=number)
    assert codes(refused) == {"batch-other"}


def test_a_batch_asks_the_same_questions_at_any_length() -> None:
    row, counts = world.make_running(), []
    actor = world.leader(row)
    for length in (1, 2, 60):
        with CaptureQueriesContext(connection) as asked:
            send(row, [services.Entry("R1", "met", f"Seen {number}.") for number in range(length)], actor=actor)
        counts.append(len(asked))
    assert counts[1] == counts[2]  # the first looks up what is kept for the process


def test_an_entry_packed_anew_is_not_doubled() -> None:
    row, entry = world.make_running(), services.Entry("R1", "met")
    send(row, [entry])
    send(row, [entry, services.Entry("R2", "met")])
    assert row.entries.count() == 2


def test_what_arrives_last_counts_and_both_are_kept() -> None:
    row = world.make_running()
    other = row.team.get(leads=False).person
    send(row, [services.Entry("R1", "met", "Runs.", AT + timedelta(minutes=5))])
    send(row, [services.Entry("R1", "not_met", "Stands.", AT)], actor=other, at=AT + timedelta(hours=1))
    item = row.items.get(code="R1")
    assert (item.answer, item.evidence, item.answered_by) == ("not_met", "Stands.", other)
    assert list(row.entries.values_list("answer", flat=True)) == ["met", "not_met"]
    kept = Event.objects.of(row).filter(verb="inspection.answer").order_by("seq").values_list("data", flat=True)
    assert [(one["entries"][0]["before"], one["entries"][0]["answer"]) for one in kept] == [
        ("", "met"),
        ("met", "not_met"),
    ]


def test_a_clock_set_wrong_is_kept_and_does_not_count() -> None:
    row = world.make_running()
    send(row, [services.Entry("R1", "met", "", AT + timedelta(hours=3))], device_at=AT + timedelta(hours=3))
    entry, item = row.entries.get(), row.items.get(code="R1")
    assert (entry.skew, entry.received_at, item.answered_at) == (3 * 3600, AT, AT)


def test_nothing_is_checked_after_the_last_day_but_what_was_entered_in_time_may_come_late() -> None:
    row, late = world.make_running(), world.START + timedelta(days=12)
    taken = send(row, [services.Entry("R1", "met", "", AT), services.Entry("R2", "met", "", late)], at=late)
    assert [one.code for one in taken.faults.values()] == ["B19"]
    with pytest.raises(TransitionRefused) as refused:
        services.answer_items(row, [services.Entry("R2", "met")], actor=world.leader(row), at=late)
    assert codes(refused) == {"B19"}


def test_only_the_team_enters_and_only_while_it_is_under_way() -> None:
    row = world.make_running()
    for stranger in (make.make_user("inspector"), make.make_user("head"), make.make_applicant(row.organisation)):
        with pytest.raises(PermissionDenied):
            send(row, [services.Entry("R1", "met")], actor=stranger)
    services.answer_items(row, world.entries(row), actor=world.leader(row), at=AT)
    world.hand_over(row)
    with pytest.raises(TransitionRefused) as refused:
        send(row, [services.Entry("R1", "met")])
    assert codes(refused) == {"not-running"}


@pytest.mark.django_db(transaction=True)
def test_two_phones_that_send_at_once_lose_nothing() -> None:
    row = world.make_running()
    leader, number = world.leader(row), uuid4()
    entry = services.Entry("R1", "met")

    def phone(item: str) -> None:
        try:
            entries = [entry] if item == "R1" else [services.Entry(item, "met")]
            client_id = number if item == "R1" else uuid4()
            services.take_batch(row, entries, client_id=client_id, device_at=AT, actor=leader, at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(phone, ["R1", "R2", "R1", "R3"]))
    assert (row.entries.count(), row.batches.count(), row.items.filter(answer="met").count()) == (3, 3, 3)


@pytest.mark.django_db(transaction=True)
def test_a_result_handed_over_twice_at_once_has_one_number() -> None:
    row = world.make_answered(unmet=("R1",))
    leader = world.leader(row)

    def hand(_number: int) -> str:
        try:
            return world.hand_over(row, actor=leader).result_number
        except TransitionRefused as refused:
            return str({one.code for one in refused.problems})
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        found = set(pool.map(hand, range(2)))
    assert found == {"IR-2026-00001", "{'wrong-state'}"}
    row.refresh_from_db()
    assert (row.state, row.order_number) == ("curing", "IO-2026-00001")


def jpeg(turn: int = 6) -> bytes:
    """A JPEG of segments: EXIF with a turn and a place, a comment, drawn data, and a film behind it."""
    row = (
        (0x0112).to_bytes(2, "big")
        + (3).to_bytes(2, "big")
        + (1).to_bytes(4, "big")
        + turn.to_bytes(2, "big")
        + b"\0\0"
    )
    tiff = b"MM\0*" + (8).to_bytes(4, "big") + (1).to_bytes(2, "big") + row + b"\0" * 4 + b"GPS 51.1694 N"
    segments = [
        (0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"),
        (0xE1, b"Exif\0\0" + tiff),
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0GPS"),
    ]
    segments += [(0xE2, b"MPF\0GPS"), (0xFE, b"GPS comment"), (0xDB, b"\0" * 65), (0xDA, b"\0" * 6)]
    body = b"".join(b"\xff" + bytes([mark]) + (len(data) + 2).to_bytes(2, "big") + data for mark, data in segments)
    return b"\xff\xd8" + body + b"drawn\xff\x00more\xff\xd0end" + b"\xff\xd9" + b"film with GPS"


def test_a_photograph_keeps_its_turn_and_nothing_else() -> None:
    found = without_traces(jpeg(6))
    assert found is not None
    assert b"GPS" not in found
    assert b"drawn\xff\x00more\xff\xd0end\xff\xd9" in found
    assert found.endswith(b"\xff\xd9")
    assert b"Exif\0\0MM\0*" in found
    assert (6).to_bytes(2, "big") in found[found.index(b"Exif") :][:40]
    assert b"Exif" not in (without_traces(jpeg(1)) or b"Exif")
    assert without_traces(found) == found
    for cut in range(2, len(jpeg()) - 20, 7):
        assert without_traces(jpeg()[:cut]) is None


def test_a_photograph_is_stored_without_its_place_once_and_shown_when_the_result_is_out() -> None:
    row, number = world.make_running(), uuid4()
    given: dict[str, Any] = {"item": "R1", "client_id": number, "actor": world.leader(row), "at": AT}
    first = services.keep_photo(row, Upload("meter.jpg", BytesIO(jpeg())), **given)
    assert services.keep_photo(row, Upload("meter.jpg", BytesIO(jpeg())), **given) == first
    with default_storage.open(first.path, "rb") as stream:
        assert b"GPS" not in stream.read()
    assert row.entries.get().original_sha256 == sha256(jpeg()).hexdigest()
    party = make.make_applicant(row.organisation)
    assert not row.documents().visible_to(party).filter(pk=first.pk).exists()
    services.answer_items(row, world.entries(row, ("R1",)), actor=world.leader(row), at=AT)
    world.hand_over(row)
    assert row.documents().visible_to(party).filter(pk=first.pk).exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xd8\xff" + b"0" * (10 * 1024 * 1024), "file-too-large"),
        (b"\0\0\0\x18ftypheic" + b"0" * 64, "photo-heic"),
        (b"%PDF-1.7 " + b"0" * 64, "photo-type"),
        (b"\xff\xd8\xff\xe0\0\x10JF", "photo-broken"),
        (b"", "empty-file"),
    ],
)
def test_what_is_no_photograph_is_refused_with_what_to_do(content: bytes, code: str) -> None:
    row = world.make_running()
    with pytest.raises(TransitionRefused) as refused:
        services.keep_photo(row, Upload("a.jpg", BytesIO(content)), item="R1", actor=world.leader(row), at=AT)
    assert codes(refused) == {code}


def test_the_addresses_of_the_script_answer_in_its_words(client: Client, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False
    row = world.make_running()
    base = f"/inspections/{row.reference}/site/"
    client.force_login(make.make_applicant(row.organisation))
    assert client.get(base).status_code == 404
    client.force_login(make.make_user("head"))
    assert client.get(f"{base}state/").json()["may_work"] is False
    client.force_login(world.leader(row))
    state = client.get(f"{base}state/").json()
    assert (state["may_work"], [one["code"] for one in state["items"]]) == (True, ["R1", "R2", "R3"])
    for body in (b"[", b"{}", b'{"id":"x","device_at":"now","entries":[]}', b'{"entries":[1]}'):
        assert client.post(f"{base}entries/", body, content_type="application/json").status_code == 400
    moment = datetime(2026, 7, 20, 11, 0, tzinfo=world.ALMATY).isoformat()
    entry = {"id": str(uuid4()), "item": "R1", "answer": "met", "evidence": "Runs.", "seen_at": moment}
    sent = {"id": str(uuid4()), "device_at": moment, "entries": [entry, {**entry, "id": str(uuid4()), "item": "R7"}]}
    answer = client.post(f"{base}entries/", sent, content_type="application/json").json()
    assert list(answer["refused"]) == [sent["entries"][1]["id"]]  # type: ignore[index]  # a list of entries
    file = BytesIO(b"\0\0\0\x18ftypheic" + b"0" * 64)
    file.name = "a.heic"
    given = {"id": str(uuid4()), "item": "R1", "seen_at": moment, "device_at": moment, "file": file}
    answer = client.post(f"{base}photos/", given)
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (409, "photo-heic")
    assert client.post(f"{base}photos/", {"id": "x"}).status_code == 400
    assert "__VERSION__" not in client.get(f"{base}worker.js").content.decode()


def test_the_form_does_not_write_over_what_another_answered_meanwhile(client: Client, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False
    row = world.make_running()
    Inspection.objects.filter(pk=row.pk).update(end_on=date(2126, 1, 1))
    services.answer_items(row, [services.Entry("R1", "met", "Runs.")], actor=world.leader(row), at=AT)
    client.force_login(row.team.get(leads=False).person)
    opened_before = {
        "was-answer-R1": "",
        "answer-R1": "",
        "was-answer-R2": "",
        "answer-R2": "not_met",
        "evidence-R2": "x",
    }
    assert client.post(f"/inspections/{row.reference}/site/", opened_before).status_code == 302
    assert dict(row.items.values_list("code", "answer")) == {"R1": "met", "R2": "not_met", "R3": ""}
