"""Signatures by API and page: attached, read, served to who may see the case and to nobody else."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import translation

from core.models import Access, DocumentSignature, Event, User
from licensing import services
from licensing.models import Application, Archive
from licensing.models.content import content_of
from licensing.services.signatures import content_in
from licensing.wording import event_title
from tests import factories as make
from tests.api.conftest import Caller, codes, on_the_day, read  # noqa: F401  (a fixture)
from tests.signing.support import Holder, as_gost, detached, make_holder

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def root() -> Holder:
    return make_holder(CN="National CA, invented")


@pytest.fixture(autouse=True)
def trusted(root: Holder, settings: Any, tmp_path: Path) -> None:
    settings.SIGNATURE_ROOTS = tmp_path / "applicants.pem"
    settings.SIGNATURE_ROOTS.write_bytes(root.pem)


@pytest.fixture
def case() -> Application:
    return make.make_draft()


@pytest.fixture
def holder(root: Holder, case: Application) -> Holder:
    return make_holder(root, CN="ASANOV <ASAN>", OU=f"BIN{case.organisation.identifier}")


def send(caller: Caller, case: Application, content: bytes, **fields: Any) -> Any:
    file = BytesIO(content)
    file.name = "own.p7s"
    headers = {**caller.headers, **fields.pop("headers", {})}
    return caller.client.post(
        f"/api/v1/applications/{case.reference}/signatures/", {"file": file, **fields}, headers=headers
    )


def browser(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def test_from_the_bytes_to_the_verdict(case: Application, holder: Holder) -> None:
    caller = Caller(case.created_by)
    at = f"/applications/{case.reference}/"
    draft = caller.get(f"{at}snapshot/")
    content = read(draft)
    assert (content, draft["ETag"]) == (content_of(case), caller.get(at)["ETag"])
    der = detached(holder, content)
    key = {"Idempotency-Key": "one", "If-Match": draft["ETag"]}
    made = send(caller, case, der, headers=key)
    assert made.status_code == 201
    told = made.json()
    assert (told["verdict"], told["valid"], told["document"], told["reasons"]) == ("valid", True, None, [])
    assert (told["signer"], told["issuer"]) == ("ASANOV <ASAN>", "National CA, invented")
    repeated = send(caller, case, der, headers=key)
    assert (repeated.json(), repeated["Idempotency-Replayed"]) == (told, "true")
    assert send(caller, case, der).status_code == 409
    assert send(caller, case, der, headers={"If-Match": draft["ETag"]}).status_code == 412
    paths = [told[name].partition("/api/v1")[2] for name in ("content", "signed_content")]
    assert [read(caller.get(path)) for path in paths] == [der, content]
    assert caller.get(paths[0])["Content-Type"] == "application/pkcs7-signature"
    assert caller.get(f"{at}signatures/").json()["results"] == [told]
    assert caller.get(f"{at}signatures/{told['id']}/").json() == told
    assert Access.objects.filter(subject_type="core.documentsignature", subject_id=told["id"]).count() == 3


def test_a_paper_and_what_does_not_hold(case: Application, holder: Holder) -> None:
    caller, paper = Caller(case.created_by), case.documents().order_by("id")[0]
    told = send(caller, case, detached(holder, b"other"), document=paper.pk).json()
    assert (told["verdict"], told["reason_codes"], told["document"]) == ("invalid", ["content-differs"], paper.pk)
    assert told["signed_content"].endswith(f"/documents/{paper.pk}/content/")
    for language, words in (("kk", "Бұл басқа мазмұнның"), ("ru", "Это подпись под другими")):
        listed = Caller(case.created_by, language).get(f"/applications/{case.reference}/signatures/").json()
        assert listed["results"][0]["reasons"][0].startswith(words)
    waits = send(caller, case, as_gost(detached(holder, content_in(paper))), document=paper.pk).json()
    assert (waits["verdict"], waits["valid"], waits["reason_codes"]) == ("unknown", False, ["verification-awaited"])
    removed = caller.delete(f"/applications/{case.reference}/signatures/{told['id']}/", If_Match="*")
    assert removed.status_code == 204
    assert caller.delete(f"/applications/{case.reference}/signatures/{waits['id']}/").status_code == 428
    assert DocumentSignature.objects.count() == 1


def test_what_is_malformed(case: Application, holder: Holder) -> None:
    caller, der = Caller(case.created_by), detached(holder, content_of(case))
    for content, code in ((b"", "malformed"), (der[:200], "malformed"), (der + b"\0", "trailing-data")):
        answer = send(caller, case, content)
        assert (answer.status_code, codes(answer)) == (409, {f"signature-{code}"})
    assert send(caller, case, bytes(700_000)).status_code == 413
    assert send(caller, case, bytes(22_000_000)).status_code == 413
    assert send(caller, case, der, document="x").status_code == 400
    assert send(caller, case, der, documnt="1").status_code == 400


def test_somebody_elses_paper_is_not_there(case: Application, holder: Holder) -> None:
    other = make.make_draft()
    paper = other.documents().order_by("id")[0]
    caller = Caller(case.created_by)
    assert send(caller, case, detached(holder, content_in(paper)), document=paper.pk).status_code == 404
    assert send(caller, other, detached(holder, content_in(paper)), document=paper.pk).status_code == 404
    made = send(caller, case, detached(holder, content_of(case))).json()["id"]
    stranger, page = Caller(other.created_by), browser(other.created_by)
    for end in (
        "snapshot/",
        "signatures/",
        f"signatures/{made}/",
        f"signatures/{made}/content/",
        f"signatures/{made}/signed/",
    ):
        assert stranger.get(f"/applications/{case.reference}/{end}").status_code == 404
    assert stranger.delete(f"/applications/{case.reference}/signatures/{made}/", If_Match="*").status_code == 404
    assert stranger.get(f"/applications/{other.reference}/signatures/{made}/").status_code == 404
    for address in (
        f"/signatures/{made}/",
        f"/signatures/{made}/signed/",
        f"/account/cases/{case.reference}/signatures/",
        f"/account/cases/{case.reference}/signatures/filing.json",
    ):
        assert page.get(address).status_code == 404
    assert page.post(f"/account/cases/{case.reference}/signatures/{made}/remove/").status_code == 404
    assert page.post(f"/account/cases/{other.reference}/signatures/{made}/remove/").status_code == 404
    assert Client().get(f"/signatures/{made}/").status_code == 302
    assert DocumentSignature.objects.count() == 1


def test_the_page_of_the_applicant(case: Application, holder: Holder, django_assert_max_num_queries: Any) -> None:
    client, address = browser(case.created_by), f"/account/cases/{case.reference}/signatures/"
    assert address in client.get("/account/").content.decode()
    content = read(client.get(f"{address}filing.json"))
    sent = client.post(address, {"document": "", "file": upload(detached(holder, content))}, follow=True)
    assert "The signature is attached. Found: Holds." in sent.content.decode()
    refused = client.post(address, {"document": "", "file": upload(b"MZ")})
    assert (refused.status_code, "It is no signature that can be read." in refused.content.decode()) == (409, True)
    assert client.post(address, {"document": "99999", "file": upload(b"MZ")}).status_code == 422
    assert client.post(address, {}).status_code == 422
    paper = case.documents().order_by("id")[0]
    client.post(address, {"document": str(paper.pk), "file": upload(detached(holder, b"other"))})
    shown = client.get(address).content.decode()
    assert "ASANOV &lt;ASAN&gt;" in shown
    assert "It is the signature of other content" in shown
    one = DocumentSignature.objects.get(document=paper)
    for _number in range(3):
        send(Caller(case.created_by), case, detached(holder, content_in(paper) + bytes(_number)), document=paper.pk)
    with django_assert_max_num_queries(16):
        client.get(address)
    client.post(f"{address}{one.pk}/remove/")
    assert not DocumentSignature.objects.filter(pk=one.pk).exists()
    whole = DocumentSignature.objects.get(document=None)
    assert read(client.get(f"/signatures/{whole.pk}/signed/")) == content
    got = client.get(f"/signatures/{whole.pk}/")
    assert "attachment" in got["Content-Disposition"]
    assert "sandbox" in got["Content-Security-Policy"]


def upload(content: bytes) -> BytesIO:
    file = BytesIO(content)
    file.name = "own.p7s"
    return file


def test_the_case_file_of_the_officer(case: Application, holder: Holder) -> None:
    officer, paper = make.make_user("officer"), case.documents().order_by("id")[0]
    caller = Caller(case.created_by)
    send(caller, case, detached(holder, content_of(case)))
    send(caller, case, as_gost(detached(holder, content_in(paper))), document=paper.pk)
    client = browser(officer)
    whole = DocumentSignature.objects.get(document=None)
    assert client.get(f"/signatures/{whole.pk}/").status_code == 404
    filed = services.submit_application(case, actor=case.created_by, at=make.AT)
    shown = client.get(f"/cases/{case.reference}/?tab=documents").content.decode()
    for words in ("Signatures under the filing as a whole", "ASANOV &lt;ASAN&gt;", "National CA, invented", "Holds",
                  "has not been verified yet", "Not verified", case.organisation.identifier):  # fmt: skip
        assert words in shown
    assert "/remove/" not in shown
    assert client.get(f"/signatures/{whole.pk}/").status_code == 200
    with translation.override("en"):  # done in the draft, which is its own side's alone
        told = {event_title(event) for event in Event.objects.filter(verb="application.sign")}
    assert told == {"Signature attached: Holds", "Signature attached: Not verified"}
    assert client.get(f"/account/cases/{case.reference}/signatures/").status_code == 302
    assert client.post(f"/account/cases/{case.reference}/signatures/{whole.pk}/remove/").status_code == 403
    own = browser(filed.created_by).get(f"/account/cases/{case.reference}/signatures/").content.decode()
    assert "Attach a signature" not in own
    assert "/remove/" not in own


def test_the_file_of_the_case_holds_them(case: Application, holder: Holder) -> None:
    caller, paper = Caller(case.created_by), case.documents().order_by("id")[0]
    content, whole = content_of(case), detached(holder, content_of(case))
    send(caller, case, whole)
    send(caller, case, detached(holder, content_in(paper)), document=paper.pk)
    services.submit_application(case, actor=case.created_by, at=make.AT)
    for user in (case.created_by, make.make_user("officer")):
        asked = services.ask_archive(case, actor=user, at=make.AT, language="en")
        with translation.override("en"):
            assert services.make_archive(asked.pk, at=make.AT) is not None
        made = Archive.objects.get(pk=asked.pk)
        with services.open_archive(made, actor=user, at=make.AT) as stream, ZipFile(stream) as package:
            names = package.namelist()
            assert package.read(next(one for one in names if one.endswith("signatures/0001.p7s"))) == whole
            assert package.read(next(one for one in names if one.endswith("0001-signed.json"))) == content
            index = json.loads(package.read(next(one for one in names if one.endswith("index.json"))))
        (section,) = [one for one in index["sections"] if one["code"] == "signatures"]
        first, second = section["rows"]
        assert (first["verdict"], first["signed_member"]) == ("valid", "signatures/0001-signed.json")
        assert second["signed_member"].startswith("documents/0001")
