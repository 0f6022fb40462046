"""Files: limited, typed by their own bytes, stored once, shown to who may see the case, opened on the record."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from core.models import Access, Document, Event
from core.services import Upload
from core.services.files import DOCX, JPEG, PDF, PNG, XLSX, clean_filename, examine
from core.workflow import TransitionRefused
from licensing import services
from licensing.models import Application
from tests import factories as make

PNG_BYTES = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
EXECUTABLES = {
    "windows": b"MZ\x90\x00" + b"\0" * 100,
    "linux": b"\x7fELF\x02\x01\x01" + b"\0" * 100,
    "script": b"#!/bin/sh\necho hello\n",
    "page": b"<html><script>alert(1)</script></html>",
    "drawing": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "pdf inside": b"MZ\x90\x00%PDF-1.7\n",
    "space before": b" %PDF-1.7\n",
    "half a zip": b"PK\x03\x04" + b"\0" * 100,
    "old office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100,
}


def office(inner: str, *, name: str = "[Content_Types].xml", packed: bytes = b"<x/>", more: int = 0) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"<Types/>")
        archive.writestr(inner, packed)
        for number in range(more):
            archive.writestr(f"more/{number}.xml", b"")
    return out.getvalue()


def upload(content: bytes, name: str = "paper.pdf") -> Upload:
    return Upload(name, io.BytesIO(content))


def code_of(content: bytes, name: str = "paper.pdf") -> str:
    with pytest.raises(TransitionRefused) as refused:
        examine(upload(content, name))
    (problem,) = refused.value.problems
    assert problem.field == "file"
    return problem.code


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (make.PDF, PDF),
        (PNG_BYTES, PNG),
        (b"\xff\xd8\xff\xe0" + b"\0" * 40, JPEG),
        pytest.param(office("xl/workbook.xml"), XLSX, id="xlsx"),
        pytest.param(office("word/document.xml"), DOCX, id="docx"),
    ],
)
def test_the_content_decides_the_type(content: bytes, expected: str) -> None:
    sha256, size, media_type, stream = examine(upload(content, "anything.exe"))
    assert (media_type, size, stream.read()) == (expected, len(content), content)
    assert len(sha256) == 64


@pytest.mark.parametrize("what", list(EXECUTABLES))
def test_an_executable_named_pdf_is_refused(what: str) -> None:
    assert code_of(EXECUTABLES[what]) == "file-type"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(office("xl/workbook.xml", packed=b"\0" * 30_000_000), id="ratio"),
        pytest.param(office("xl/workbook.xml", more=5_001), id="entries"),
        pytest.param(office("readme.txt"), id="no office file"),
        pytest.param(office("xl/workbook.xml", name="other.xml"), id="no content types"),
        pytest.param(office("xl/workbook.xml")[:-10], id="cut off"),
    ],
)
def test_a_zip_bomb_and_other_archives_are_refused(content: bytes) -> None:
    assert code_of(content, "book.xlsx") == "file-type"


def test_an_empty_file_is_refused() -> None:
    assert code_of(b"") == "empty-file"


class Endless(io.RawIOBase):
    """A PDF that never ends; counts what was read of it."""

    given = 0

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def read(self, size: int = -1) -> bytes:
        assert size > 0
        self.given += size
        return b"%PDF-" + b"x" * (size - 5)


def test_fifty_megabytes_are_refused_without_reading_them_all() -> None:
    stream = Endless()
    with pytest.raises(TransitionRefused) as refused:
        examine(Upload("large.pdf", stream, 50 * 1024 * 1024))  # type: ignore[arg-type]
    assert refused.value.problems[0].code == "file-too-large"
    assert stream.given <= settings.UPLOAD_LIMIT + 1024 * 1024


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("contract.pdf", "contract.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\Шарт.pdf", "Шарт.pdf"),
        ("evil\x00\x07\n.pdf", "evil.pdf"),
        ("gnp.‮exe.pdf", "gnp.exe.pdf"),
        ("a\ud800b.pdf", "ab.pdf"),
        ("", "file"),
        ("   ", "file"),
        ("/", "file"),
        ("..", "file"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("ә" * 10_000, "ә" * 200),
    ],
)
def test_names_are_cleaned(given: str, kept: str) -> None:
    assert clean_filename(given) == kept
    assert len(kept) <= 200


@pytest.mark.django_db
class TestStored:
    def attach(self, application: Application, content: bytes = make.PDF, name: str = "paper.pdf") -> Document:
        return services.attach_document(
            application, upload(content, name), kind="other", actor=application.created_by, at=make.AT
        )

    def test_the_same_content_is_stored_once(self) -> None:
        one, two = self.attach(make.make_draft()), self.attach(make.make_draft())
        assert one.path == two.path
        files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file() and path.name in one.path]
        assert len(files) == 1
        assert files[0].read_bytes() == make.PDF
        assert Event.objects.filter(verb="document.upload", data__sha256=one.sha256).count() == 2

    def test_a_refused_file_leaves_nothing(self) -> None:
        application = make.make_draft(complete=False)
        with pytest.raises(TransitionRefused):
            self.attach(application, EXECUTABLES["windows"])
        assert not Document.objects.exists()
        assert not list(Path(settings.MEDIA_ROOT).rglob("documents/*/*"))
        assert Application.objects.get(pk=application.pk).version == application.version

    def test_only_the_party_brings_files(self) -> None:
        application = make.make_draft()
        for person in (make.make_applicant(), make.make_user("officer"), make.make_user("head")):
            with pytest.raises(PermissionDenied):
                services.attach_document(application, upload(make.PDF), kind="other", actor=person, at=make.AT)

    def test_a_filed_case_takes_files_only_in_answer(self) -> None:
        application = make.make_in_review()
        with pytest.raises(TransitionRefused) as refused:
            self.attach(application)
        assert refused.value.problems[0].code == "nothing-asked"
        services.ask_question(application, text="Which feeder?", actor=make.make_user("officer"), at=make.AT)
        assert self.attach(application).pk

    def test_a_document_is_taken_off_its_own_draft_only(self) -> None:
        mine, other = make.make_draft(), make.make_draft()
        document = other.documents().order_by("pk")[0]
        with pytest.raises(PermissionDenied):
            services.detach_document(document, mine, actor=mine.created_by, at=make.AT)
        assert other.documents().filter(pk=document.pk).exists()
        services.detach_document(document, other, actor=other.created_by, at=make.AT)
        assert not other.documents().filter(pk=document.pk).exists()

    def test_who_may_open_a_document_and_that_it_is_logged(self, client: Client) -> None:
        application = make.make_submitted()
        document = application.documents().order_by("pk")[0]
        url = reverse("document", args=[document.pk])
        assert client.get(url).status_code in (302, 404)
        bank = make.make_authority("nbk")
        for stranger in (make.make_applicant(), make.make_user("head", authority=bank)):
            client.force_login(stranger)
            assert client.get(url).status_code == 404
        assert not Access.objects.exists()
        for reader in (application.created_by, make.make_user("officer"), make.make_user("auditor")):
            client.force_login(reader)
            response = client.get(url)
            assert response.status_code == 200
            assert b"".join(response.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
            assert "attachment" in response["Content-Disposition"]
            assert Access.objects.filter(user=reader, subject_id=document.pk, reference=application.reference).exists()

    def test_a_draft_is_not_opened_by_officials(self, client: Client) -> None:
        """What has not been filed is the applicant's own."""
        document = make.make_draft().documents().order_by("pk")[0]
        client.force_login(make.make_user("head"))
        assert client.get(reverse("document", args=[document.pk])).status_code == 404
