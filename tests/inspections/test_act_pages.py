"""The pages and the API of joint acts: entered, filled by file and by hand, confirmed, compared, read by everybody."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from core.models import RowFile, User
from core.services import work_on_row_file
from inspections.models import JointAct
from inspections.services import acts
from law.inspections.requirements import ITEM_TESTS
from tests import factories as make
from tests.inspections.acts_world import confirmed_act, confirmed_checklist, entered_act, proposed_act, requirement

pytestmark = pytest.mark.django_db
HEAD = "code,text_kk,text_ru,text_en,severity,article,method," + ",".join(ITEM_TESTS)


def client_of(user: User) -> Client:
    client = english()
    client.force_login(user)
    return client


def english() -> Client:
    return Client(headers={"accept-language": "en"})


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def posted(client: Client, path: str, **values: Any) -> Any:
    return client.post(path, values)


def test_an_act_is_entered_filled_and_confirmed_on_its_pages() -> None:
    officer, now = make.make_user("officer"), timezone.localdate().isoformat()
    client = client_of(officer)
    assert "Enter a joint act" in page(client, "/joint-acts/")
    head = {"kind": "checklist", "name": "Checklist of pools", "number": "7-J", "signed_on": now, "in_force": now,
            "kinds_of_permit": ["pool-accreditation"]}  # fmt: skip
    answer = posted(client, "/joint-acts/new/", **head)
    act = JointAct.objects.get()
    path = f"/joint-acts/{act.reference}/"
    assert answer["Location"] == path
    row = {**requirement(1), **dict.fromkeys(ITEM_TESTS, "on"), "version": act.version}
    assert posted(client, f"{path}rows/new/", **row).status_code == 302
    assert "Requirement 1" in page(client, path)
    assert posted(client, f"{path}acts/propose/").status_code == 302
    head_client = client_of(make.make_user("head", authority=act.authority))
    assert "Confirm" in page(head_client, path)
    assert posted(head_client, f"{path}acts/confirm/").status_code == 302
    assert JointAct.objects.get().state == "confirmed"
    assert "In force" in page(english(), path)


def test_what_is_missing_is_told_on_the_page_of_the_act() -> None:
    act = entered_act(number="")
    client = client_of(act.entered_by)
    answer = posted(client, f"/joint-acts/{act.reference}/acts/propose/")
    assert answer.status_code == 409
    assert "Give the number of the act." in answer.content.decode()


def test_rows_come_as_a_file_with_every_fault_by_row_and_column() -> None:
    act = entered_act()
    client, path = client_of(act.entered_by), f"/joint-acts/{act.reference}/"
    met = ",".join("yes" for _test in ITEM_TESTS)
    faulty = f"{HEAD}\n1,Қ,Р,,grave,A,M,{met}\n1,,Р,,gross,A,M,{met}\n"
    for text, faults in ((faulty, 3), (f"{HEAD}\n1,Қ,Р,,gross,A,M,да\n", 0)):
        version = JointAct.objects.get().version
        answer = client.post(
            f"{path}rows/", {"version": version, "file": SimpleUploadedFile("rows.csv", text.encode())}
        )
        file = RowFile.objects.latest("pk")
        assert answer["Location"] == f"/row-files/{file.pk}/"
        work_on_row_file(file.pk, at=timezone.now())
        file.refresh_from_db()
        assert file.faults == faults
        assert "Requirements of a checklist" in page(client, f"/row-files/{file.pk}/")
    client.post(f"/row-files/{file.pk}/")
    work_on_row_file(file.pk, at=timezone.now())
    row = JointAct.objects.get().requirements.get()
    assert (row.code, row.text_kk, row.tests) == ("1", "Қ", ["protects"])


def test_a_row_is_changed_and_taken_out() -> None:
    act = entered_act()
    client, path = client_of(act.entered_by), f"/joint-acts/{act.reference}/"
    values = {**requirement(2), **dict.fromkeys(ITEM_TESTS, "on")}
    assert "Requirement 2" in page(client, f"{path}rows/2/")
    stale = posted(client, f"{path}rows/2/", **values, version=act.version - 1)
    assert stale.status_code == 409
    twice = posted(client, f"{path}rows/2/", **{**values, "code": "1"}, version=act.version)
    assert "The same item stands in row 1." in twice.content.decode()
    changed = posted(client, f"{path}rows/2/", **{**values, "article": "LDA 9(4)"}, version=act.version)
    assert changed.status_code == 302
    assert act.requirements.get(code="2").article == "LDA 9(4)"
    gone = posted(client, f"{path}rows/1/", **values, gone="on", version=act.version + 1)
    assert gone.status_code == 302
    assert list(act.requirements.values_list("code", flat=True)) == ["2", "3"]
    assert client.get(f"{path}rows/9/").status_code == 404


def test_criteria_are_typed_too() -> None:
    act = entered_act("criteria")
    client, path = client_of(act.entered_by), f"/joint-acts/{act.reference}/"
    row = {"kind": "indicator", "code": "complaints", "weight": "1.5", "version": act.version}
    assert posted(client, f"{path}rows/new/", **row).status_code == 302
    wrong = {"kind": "indicator", "code": "complaints", "degree": "high", "version": act.version + 1}
    answer = posted(client, f"{path}rows/new/", **wrong)
    assert answer.status_code == 409
    assert "its weight" in answer.content.decode()
    assert "complaints" in page(client, path)


def test_two_versions_stand_beside_each_other() -> None:
    first = confirmed_checklist()
    second = acts.enter_act(
        first.authority, kind="checklist", name="Next", kinds_of_permit=first.kinds_of_permit, like=first,
        actor=first.entered_by, at=make.AT,
    )  # fmt: skip
    rows = [requirement(1), requirement(2, severity="gross"), requirement(4)]
    acts.set_requirements(second, rows, actor=first.entered_by, at=make.AT)
    text = page(client_of(first.entered_by), f"/joint-acts/{second.reference}/compare/{first.reference}/")
    for words in ("The same", "<del>significant breach</del> <ins>gross breach</ins>", "New", "Gone"):
        assert words in text
    assert Client().get(f"/joint-acts/{second.reference}/compare/{first.reference}/").status_code == 404


def test_the_public_reads_what_was_confirmed_and_nothing_else() -> None:
    act, draft = confirmed_checklist(name="=Checklist"), proposed_act(kinds=("mining-licence-2",))
    everybody = english()
    text = page(everybody, "/joint-acts/")
    assert act.reference in text
    assert draft.reference not in text
    assert everybody.get(f"/joint-acts/{draft.reference}/").status_code == 404
    text = page(everybody, f"/joint-acts/{act.reference}/")
    assert str(act.entered_by) not in text
    assert "Timeline" not in text
    assert act.reference not in page(everybody, "/joint-acts/?on=2026-06-15")
    assert act.reference in page(everybody, "/joint-acts/?on=2026-06-16&kind=checklist&group=mining-licence-1")
    rows = b"".join(everybody.get(f"/joint-acts/{act.reference}/rows.csv")).decode()
    assert rows.startswith("\ufeffcode,text_kk")
    items = b"".join(everybody.get("/joint-acts/joint-acts.csv")).decode()
    assert "'=Checklist" in items
    for path in ("new/", f"{act.reference}/edit/", f"{act.reference}/rows/", f"{act.reference}/acts/end/"):
        assert everybody.get(f"/joint-acts/{path}").status_code in (302, 404)
        assert client_of(make.make_applicant()).get(f"/joint-acts/{path}").status_code in (302, 403, 404)


def test_the_rows_of_an_act_can_be_sent_again_as_they_were_read() -> None:
    act = entered_act()
    client, path = client_of(act.entered_by), f"/joint-acts/{act.reference}/"
    content = b"".join(client.get(f"{path}rows.csv"))
    before = acts.rows_of(act)
    client.post(f"{path}rows/", {"version": act.version, "file": SimpleUploadedFile("rows.csv", content)})
    file = RowFile.objects.latest("pk")
    work_on_row_file(file.pk, at=timezone.now())
    client.post(f"/row-files/{file.pk}/")
    work_on_row_file(file.pk, at=timezone.now())
    assert RowFile.objects.get(pk=file.pk).taken_at is not None
    assert acts.rows_of(act) == before


def test_a_list_asks_the_same_however_long(django_assert_max_num_queries: Any) -> None:
    authority = make.make_authority()
    officer = make.make_user("officer", authority=authority)
    for number in range(12):
        entered_act(actor=officer, authority=authority, number=f"{number}")
    client = client_of(officer)
    with django_assert_max_num_queries(8):
        page(client, "/joint-acts/")
    act = JointAct.objects.latest("pk")
    acts.set_requirements(act, [requirement(n) for n in range(1, 60)], actor=officer, at=make.AT)
    with django_assert_max_num_queries(18):
        page(client, f"/joint-acts/{act.reference}/")


def test_the_api_tells_acts_in_force_to_everybody() -> None:
    act, criteria = confirmed_checklist(), confirmed_act("criteria")
    entered_act(kinds=("mining-licence-2",))
    everybody = english()
    body = everybody.get("/api/v1/joint-acts/?on=2026-06-16").json()
    assert [one["reference"] for one in body["results"]] == [criteria.reference, act.reference]
    assert everybody.get("/api/v1/joint-acts/?on=2026-06-15").json()["results"] == []
    body = everybody.get("/api/v1/joint-acts/?on=2026-06-16&kind=criteria&group=mining-licence-1").json()
    assert [one["reference"] for one in body["results"]] == [criteria.reference]
    whole = everybody.get(f"/api/v1/joint-acts/{act.reference}/").json()
    assert [one["severity"] for one in whole["requirements"]] == ["gross", "significant", "insignificant"]
    assert whole["provision"]["code"] == "EK-CHECKLIST"
    assert everybody.get("/api/v1/joint-acts/JA-99999/").status_code == 404
    whole = everybody.get(f"/api/v1/joint-acts/{criteria.reference}/").json()
    first = {"kind": "objective", "code": "mining-licence-1", "least": "20.000", "degree": "high"}
    assert whole["criteria"][0] == first | {"weight": None, "greatest": None}
