"""The whole case as one file: what is in it for whom, the same bytes every time, made once however often asked."""

import hashlib
import io
import json
import re
import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from core.models import Access, Document, Event, Notification
from core.services import Upload, store_document, verify_events
from core.services.packing import public_key, verify_package
from core.workflow import TransitionRefused
from licensing import services
from licensing.models import Application, Archive
from licensing.services import archives
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = make.AT + timedelta(days=1)


def whole_case(**fields: Any) -> Application:
    """A decided case with everything that a case can hold, its letters printed."""
    officer = make.make_user("officer", full_name="Officer Oraz")
    application = make.make_in_review(officer=officer, **fields)
    services.ask_question(application, text="Which feeder?", actor=officer, at=make.AT)
    question = application.questions.get()
    services.answer_question(question, text="Feeder seven.", actor=application.created_by, at=make.AT)
    services.add_note(application, text="SECRET NOTE", actor=officer, at=make.AT)
    body = make.make_authority("energy", decides=False)
    services.request_opinion(application, body=body, text="Is there power?", actor=officer, at=make.AT)
    store_document(
        application,
        Upload("memo.pdf", BytesIO(make.PDF + b"memo")),
        kind="memo",
        actor=officer,
        at=make.AT,
        audience="internal",
    )
    services.recommend(application, outcome="grant", text="SECRET PROPOSAL", reasons=[], actor=officer, at=make.AT)
    services.countersign(application, actor=make.make_user("officer"), at=make.AT)
    services.decide_application(application, outcome="grant", actor=make.make_user("head"), at=make.AT)
    services.print_left_over(at=make.AT)
    return Application.objects.get(pk=application.pk)


def made(application: Application, actor: Any, language: str = "en") -> Archive:
    archive = services.ask_archive(application, actor=actor, at=AT, language=language)
    done = services.make_archive(archive.pk, at=AT)
    assert done is not None
    return done


def content_of(archive: Archive) -> bytes:
    with default_storage.open(archive.path) as stream:
        return bytes(stream.read())


def package(archive: Archive) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content_of(archive)))


def index(archive: Archive) -> dict[str, Any]:
    with package(archive) as one:
        body = json.loads(one.read("index.json"))
    return {section["code"]: section["rows"] for section in body["sections"]}


def text_of(archive: Archive) -> str:
    """Everything in the package that is text, and the names and bytes of the documents."""
    with package(archive) as one:
        return "\n".join(f"{name}\n{one.read(name).decode('latin-1')}" for name in one.namelist())


def test_the_officials_file_holds_everything() -> None:
    case = whole_case()
    archive = made(case, make.make_user("officer"))
    parts = index(archive)
    assert set(parts) == {
        "case",
        "particulars",
        "documents",
        "letters",
        "questions",
        "decision",
        "licence",
        "terms",
        "opinions",
        "preparation",
        "notes",
        "timeline",
    }
    with package(archive) as one:
        names = one.namelist()
        for row in parts["documents"]:
            assert hashlib.sha256(one.read(row["member"])).hexdigest() == row["sha256"]
        assert sum(name.startswith("documents/") for name in names) == len(parts["documents"])
        assert names[-5:] == ["index.json", "index.html", "manifest.json", "manifest.sig", "seal-key.pem"]
        assert one.testzip() is None
    assert len(parts["documents"]) == case.documents().count()
    seen = Event.objects.visible_to(archive.requested_by).of(case).exclude(verb="application.archive")
    assert [row["seq"] for row in parts["timeline"]] == list(seen.order_by("seq").values_list("seq", flat=True))
    assert "SECRET NOTE" in text_of(archive)
    assert "for officials only" in text_of(archive)
    assert all(row["arithmetic"] for row in parts["terms"])
    assert archive.sha256 == hashlib.sha256(content_of(archive)).hexdigest()


def test_the_partys_file_holds_no_internal_row() -> None:
    case = whole_case()
    archive = made(case, case.created_by)
    parts, said = index(archive), text_of(archive)
    assert not {"opinions", "preparation", "notes"} & set(parts)
    for secret in ("SECRET", "memo", "Officer Oraz", "Is there power?"):
        assert secret not in said, secret
    visible = Document.objects.visible_to(case.created_by).of(case).current()
    assert [row["sha256"] for row in parts["documents"]] == list(
        visible.order_by("id").values_list("sha256", flat=True)
    )
    assert {row["audience"] for row in parts["timeline"]} <= {"party", "public"}
    assert {row["audience"] for row in parts["documents"]} == {"party"}
    assert parts["questions"][0]["answer"] == "Feeder seven."


def test_objections_to_what_the_program_did_are_in_the_file() -> None:
    """Who wrote and who answered is named to officials alone."""
    person = make.make_sole_trader(full_name="Person Perizat")
    row = make.make_objection(actor=person)
    officer = make.make_user("officer", full_name="Officer Oraz")
    services.answer_objection(row, "reject", answer="None came.", actor=officer, at=make.AT)
    case = Application.objects.get(reference=row.event.reference)
    ours, theirs = index(made(case, person)), index(made(case, officer))
    (told,), (known,) = ours["objections"], theirs["objections"]
    assert (told["reference"], told["event"]) == (row.reference, "application.opinion_silent")
    assert (told["text"], told["answer"], told["state"]) == ("It did answer.", "None came.", "rejected")
    assert (known["filed_by"], known["answered_by"]) == ("Person Perizat", "Officer Oraz")
    assert "answered_by" not in told
    assert "Officer Oraz" not in text_of(made(case, person))


def test_an_officials_file_is_not_the_partys_and_the_other_way_round() -> None:
    case = whole_case()
    officer, party = make.make_user("officer"), case.created_by
    theirs, ours = made(case, officer), made(case, party)
    assert list(Archive.objects.visible_to(officer)) == [theirs]
    assert list(Archive.objects.visible_to(party)) == [ours]
    assert not Archive.objects.visible_to(make.make_applicant()).exists()
    assert not Archive.objects.visible_to(make.make_user("officer", authority=make.make_authority("nbk"))).exists()


@pytest.mark.parametrize("who", ["stranger", "foreign", "nobody-anymore"])
def test_only_readers_of_the_case_may_ask(who: str) -> None:
    case = make.make_submitted()
    people = {
        "stranger": make.make_applicant(),
        "foreign": make.make_user("officer", authority=make.make_authority("nbk")),
        "nobody-anymore": make.make_user("officer", is_active=False),
    }
    with pytest.raises(PermissionDenied):
        services.ask_archive(case, actor=people[who], at=AT, language="en")


def test_a_draft_is_its_partys_alone() -> None:
    draft = make.make_draft()
    assert "documents" in index(made(draft, draft.created_by))
    with pytest.raises(PermissionDenied):
        services.ask_archive(draft, actor=make.make_user("head"), at=AT, language="en")


def test_the_manifest_verifies_and_a_change_does_not() -> None:
    archive = made(whole_case(), make.make_user("officer"))
    content = content_of(archive)
    assert not list(verify_package(io.BytesIO(content), key=public_key()[0]))
    with zipfile.ZipFile(io.BytesIO(content)) as one:
        manifest = json.loads(one.read("manifest.json"))
    assert (manifest["reference"], manifest["audience"], manifest["complete"]) == (
        archive.application.reference,
        "internal",
        True,
    )


def test_made_twice_it_has_the_same_bytes() -> None:
    """As a worker that was killed and starts anew makes it: members, order and moments are the same."""
    case = whole_case()
    first = services.ask_archive(case, actor=case.created_by, at=AT, language="kk")
    with transaction.atomic():
        services.make_archive(first.pk, at=AT)
        content = content_of(first)
        transaction.set_rollback(True)
    services.make_archive(first.pk, at=AT + timedelta(hours=3))
    assert content_of(first) == content


@pytest.mark.parametrize(("language", "word"), [("kk", "Құжаттар"), ("ru", "Документы"), ("en", "Documents")])
def test_the_index_speaks_the_readers_language(language: str, word: str) -> None:
    archive = made(whole_case(), make.make_user("officer"), language)
    with package(archive) as one:
        page = one.read("index.html").decode()
    assert f'<html lang="{language}">' in page
    assert f">{word}" in page
    assert not re.search(r"(src|href)=\"(https?:)?//", page)  # opens offline


def test_names_are_in_order_safe_and_meet_no_other() -> None:
    case = make.make_submitted()
    officer = make.make_user("officer")
    for name in ("../../etc/passwd", "Ә.pdf", "con.pdf", "same.pdf", "same.pdf", "a" * 190 + ".pdf", "\u202egnp.pdf"):
        upload = Upload(name, BytesIO(make.PDF + name.encode()))
        store_document(case, upload, kind="../Ғылым other", actor=officer, at=make.AT)
    with package(made(case, officer)) as one:
        names = [name for name in one.namelist() if name.startswith("documents/")]
    assert names == sorted(names)
    assert len({name.lower() for name in names}) == len(names) == case.documents().count()
    assert all(re.fullmatch(r"documents/\d{4}-[a-z0-9-]+-v\d+\.pdf", name) for name in names)


def test_a_lost_document_is_named_and_holds_up_nothing() -> None:
    case = make.make_submitted()
    lost, changed = case.documents().order_by("id")[:2]
    default_storage.delete(lost.path)
    with default_storage.open(changed.path, "wb") as stream:
        stream.write(b"something else altogether")
    archive = made(case, make.make_user("officer"))
    rows = {row["sha256"]: row for row in index(archive)["documents"]}
    assert (rows[lost.sha256]["fault"], rows[lost.sha256]["member"]) == ("missing", None)
    assert rows[changed.sha256]["fault"] == "changed"
    with package(archive) as one:
        assert json.loads(one.read("manifest.json"))["complete"] is False
        assert "Not complete." in one.read("index.html").decode()
    assert not list(verify_package(io.BytesIO(content_of(archive)), key=public_key()[0]))


def test_words_of_people_are_text_in_the_index() -> None:
    case = make.make_submitted()
    officer = make.make_user("officer")
    services.add_note(case, text="<script>alert(1)</script>\n& more", actor=officer, at=make.AT)
    with package(made(case, officer)) as one:
        page = one.read("index.html").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_one_is_made_at_a_time_for_the_same_readers() -> None:
    case = make.make_submitted()
    officer, other = make.make_user("officer"), make.make_user("head")
    first = services.ask_archive(case, actor=officer, at=AT, language="en")
    assert services.ask_archive(case, actor=other, at=AT, language="ru") == first
    assert services.ask_archive(case, actor=case.created_by, at=AT, language="ru") != first
    with pytest.raises(IntegrityError), transaction.atomic():
        Archive.objects.create(
            application=case, audience="internal", language="en", requested_by=other, requested_at=AT
        )


def test_made_once_told_once() -> None:
    case = make.make_submitted()
    archive = made(case, case.created_by)
    assert services.make_archive(archive.pk, at=AT) is None
    assert services.make_left_over_archives(at=AT) == 0
    assert Event.objects.of(case).filter(verb="application.archive").count() == 1
    assert Notification.objects.filter(template="archive_ready", channel="inbox").count() == 1
    assert (archive.progress, archive.standing) == (100, "ready")
    assert not list(verify_events())


def test_the_sweep_makes_what_no_worker_heard_of() -> None:
    archive = services.ask_archive(make.make_submitted(), actor=make.make_user("officer"), at=AT, language="en")
    assert archive.standing == "waiting"
    assert services.make_left_over_archives(at=AT) == 1
    archive.refresh_from_db()
    assert archive.standing == "ready"


def test_what_cannot_be_made_is_given_up_after_three_times(monkeypatch: pytest.MonkeyPatch) -> None:
    case = make.make_submitted()
    archive = services.ask_archive(case, actor=case.created_by, at=AT, language="en")

    def full(*_facts: Any) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(archives, "put_into_storage", full)
    for _time in range(3):
        assert services.make_archive(archive.pk, at=AT) is None
    archive.refresh_from_db()
    assert (archive.standing, archive.error) == ("failed", "OSError")
    monkeypatch.undo()
    assert services.make_archive(archive.pk, at=AT) is None  # it stays given up …
    assert made(case, case.created_by).standing == "ready"  # … and he may ask anew


def test_killed_three_times_it_is_given_up() -> None:
    archive = services.ask_archive(make.make_submitted(), actor=make.make_user("officer"), at=AT, language="en")
    Archive.objects.filter(pk=archive.pk).update(attempts=3, started_at=AT)
    assert services.make_archive(archive.pk, at=AT) is None
    archive.refresh_from_db()
    assert (archive.standing, archive.error) == ("failed", "Killed")


def test_a_mandate_that_ended_meanwhile_gives_nothing() -> None:
    case = make.make_submitted()
    member = case.created_by
    archive = services.ask_archive(case, actor=member, at=AT, language="en")
    member.memberships.update(revoked_at=AT, revoked_by=member)
    assert services.make_archive(archive.pk, at=AT) is None
    archive.refresh_from_db()
    assert (archive.standing, archive.error) == ("failed", "NotVisible")


def test_opening_is_logged_for_every_document() -> None:
    case = make.make_submitted()
    officer = make.make_user("officer")
    archive = made(case, officer)
    services.open_archive(archive, actor=officer, at=AT).close()
    opened = Access.objects.filter(user=officer, subject_type="core.document").values_list("subject_id", flat=True)
    assert sorted(opened) == sorted(case.documents().values_list("pk", flat=True))
    assert Access.objects.filter(user=officer, subject_type="licensing.archive", subject_id=archive.pk).count() == 1


def test_it_is_kept_for_seven_days() -> None:
    archive = made(make.make_submitted(), make.make_user("officer"))
    last = AT + timedelta(days=7)
    assert services.forget_archives(at=last - timedelta(seconds=1)) == 0
    services.open_archive(archive, actor=archive.requested_by, at=last - timedelta(seconds=1)).close()
    with pytest.raises(TransitionRefused):
        services.open_archive(archive, actor=archive.requested_by, at=last)
    assert services.forget_archives(at=last) == 1
    assert services.forget_archives(at=last) == 0
    assert not default_storage.exists(archive.path)
    assert not Archive.objects.exists()


def test_what_is_not_ready_cannot_be_opened() -> None:
    archive = services.ask_archive(make.make_submitted(), actor=make.make_user("officer"), at=AT, language="en")
    with pytest.raises(TransitionRefused):
        services.open_archive(archive, actor=archive.requested_by, at=AT)


def test_a_new_one_takes_the_place_of_ones_earlier_ones() -> None:
    case = make.make_submitted()
    officer = make.make_user("officer")
    first, second = made(case, officer), made(case, officer)
    assert services.forget_archives(at=AT) == 1
    assert not default_storage.exists(first.path)
    assert default_storage.exists(second.path)
