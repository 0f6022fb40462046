"""Documents with the holder's answer to a measure: by page and by API, for whom, until when, and in the case's file."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.models import Document, User
from core.services import Upload
from core.workflow import TransitionRefused
from licensing import services
from licensing.models import Hearing, Measure
from licensing.services import measures
from tests import factories as make
from tests.api.conftest import Caller, codes, read
from tests.archives.test_archives import index, made, package

pytestmark = pytest.mark.django_db
AT = make.AT + timedelta(hours=6)
METER = make.PDF + b"a meter was bought"


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel(AT):
        yield


def drafted() -> tuple[Measure, User]:
    """A suspension whose draft the holder has, and who acts for him."""
    measure = make.make_measure(make.make_licence())
    services.announce_measure(measure, actor=make.make_user("officer"), at=AT, **make.hearing_set(AT))
    return Measure.objects.get(pk=measure.pk), measure.licence.application.created_by


def upload(name: str = "meter.pdf") -> Upload:
    return Upload(name, BytesIO(METER))


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def test_the_position_and_its_papers_go_in_together_or_not_at_all() -> None:
    measure, party = drafted()
    client = client_of(party)
    address = f"/account/hearings/{Hearing.objects.of(measure).get().pk}/"
    assert b'type="file"' in client.get(address).content
    wrong = {"text": "We cured it.", "file": SimpleUploadedFile("meter.exe", b"MZ no paper")}
    assert client.post(address, wrong).status_code == 409
    assert not measure.papers().exists()
    assert Measure.objects.get().position_at is None
    files = {name: SimpleUploadedFile(f"{name}.pdf", METER + name.encode()) for name in ("file", "more")}
    assert client.post(address, {"text": "We cured it.", **files}).status_code == 302
    assert [row.filename for row in measure.papers()] == ["file.pdf", "more.pdf"]
    assert b"file.pdf" in client.get(address).content
    officer = client_of(make.make_user("officer"))
    assert b"file.pdf" in officer.get(f"/measures/{measure.reference}/").content
    paper = f"/documents/{measure.papers()[0].pk}/"
    for reader in (officer, client):
        assert read(reader.get(paper)).startswith(METER)
    for stranger in (make.make_applicant(), make.make_user("officer", authority=make.make_authority("nbk"))):
        assert client_of(stranger).get(paper).status_code == 404


def test_by_api_before_the_answer_and_after_it_until_it_is_decided() -> None:
    measure, party = drafted()
    caller, stranger = Caller(party), Caller(make.make_applicant())
    address = f"/measures/{measure.reference}/documents/"
    assert codes(caller.upload_file(address, b"MZ no paper")) == {"file-type"}
    sent = caller.upload_file(address, METER)
    assert sent.status_code == 201
    assert sent.headers["Location"] == sent.json()["content"]
    assert sent.json()["kind"] == "position"
    services.answer_measure(Measure.objects.get(), position="We cured it.", actor=party, at=AT)
    assert caller.upload_file(address, METER + b"2").status_code == 201
    found = caller.get(address).json()["results"]
    assert [one["size"] for one in found] == [len(METER), len(METER) + 1]
    content = f"{address}{found[0]['id']}/content/"
    assert read(caller.get(content)) == METER
    for path in (address, content):
        assert stranger.get(path).status_code == 404
    assert stranger.upload_file(address, METER).status_code == 404
    assert caller.get(f"{address}999999/content/").status_code == 404
    services.countersign_measure(measure, actor=make.make_user("officer"), at=AT)
    services.decide_measure(Measure.objects.get(), actor=make.make_user("head"), at=AT, confirmation="It applies.")
    late = caller.upload_file(address, METER)
    assert (late.status_code, codes(late)) == (409, {"nothing-to-answer"})


def test_no_paper_without_a_draft_and_not_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    measure = make.make_measure(make.make_licence())
    party: dict[str, Any] = {"actor": measure.licence.application.created_by, "at": AT}
    with pytest.raises(TransitionRefused) as refused:
        services.attach_to_measure(measure, upload(), **party)
    assert [one.code for one in refused.value.problems] == ["nothing-to-answer"]
    measure, actor = drafted()
    services.attach_to_measure(measure, upload(), actor=actor, at=AT)
    monkeypatch.setattr(measures, "DOCUMENTS_LIMIT", 1)
    with pytest.raises(TransitionRefused) as refused:
        services.attach_to_measure(measure, upload(), actor=actor, at=AT)
    assert [one.code for one in refused.value.problems] == ["too-many-documents"]


def test_they_lie_in_the_file_of_the_case_once_the_holder_knows_of_the_measure() -> None:
    measure, party = drafted()
    services.attach_to_measure(measure, upload(), actor=party, at=AT)
    services.answer_measure(Measure.objects.get(), position="We cured it.", actor=party, at=AT)
    case = measure.licence.application
    for reader in (party, make.make_user("officer")):
        archive = made(case, reader)
        (told,) = index(archive)["measures"]
        assert (told["reference"], told["position"]) == (measure.reference, "We cured it.")
        with package(archive) as one:
            assert [one.read(name) for name in told["members"] if "position" in name] == [METER]
        assert Document.objects.get(kind="position").pk in archive.documents


def test_a_measure_that_he_does_not_know_of_is_in_the_officials_file_alone() -> None:
    measure = make.make_measure(make.make_licence())
    case = measure.licence.application
    assert "measures" not in index(made(case, case.created_by))
    (told,) = index(made(case, make.make_user("officer")))["measures"]
    assert (told["reference"], told["told_on"]) == (measure.reference, None)
