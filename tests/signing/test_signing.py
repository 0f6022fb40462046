"""Signatures in a case: attached by who acts, kept with what was found, verified later, filed and erased with it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.management import call_command

from core.models import Document, DocumentSignature, Event, User
from core.services import Upload
from core.signing.facts import (
    AWAITED,
    CONTENT_DIFFERS,
    INVALID,
    NO_NUMBER,
    NOT_TRUSTED,
    OTHER_PARTY,
    REVOKED,
    UNKNOWN,
    VALID,
)
from core.workflow import StaleVersion, TransitionRefused
from licensing import services
from licensing.models import Application
from licensing.models.content import content_of, signatures_of
from licensing.permits import Procedure
from licensing.services.signatures import claimed, content_in, noted
from tests import factories as make
from tests.house.conftest import LATER, administrators, ended_case, run_all  # noqa: F401  (a fixture)
from tests.signing.support import Holder, as_gost, attached, detached, make_holder, signed_at, together
from tests.signing.verifier import Verifier, saying, verifier

pytestmark = pytest.mark.django_db
AT = make.AT


@pytest.fixture(scope="module")
def root() -> Holder:
    return make_holder(CN="National CA, invented")


@pytest.fixture(autouse=True)
def trusted(root: Holder, settings: Any, tmp_path: Path) -> None:
    settings.SIGNATURE_ROOTS = tmp_path / "applicants.pem"
    settings.SIGNATURE_ROOTS.write_bytes(root.pem)


@pytest.fixture
def server(settings: Any) -> Iterator[Verifier]:
    with verifier() as running:
        settings.SIGNATURE_VERIFIER_URL = running.url
        yield running


def of(case: Application, root: Holder, **fields: str) -> Holder:
    """A certificate of the applicant."""
    return make_holder(root, **{"CN": "ASANOV ASAN", "OU": f"BIN{case.organisation.identifier}", **fields})


def sign(case: Application, content: bytes, *, document: Document | None = None, **more: Any) -> DocumentSignature:
    values = {"actor": case.created_by, "at": AT, **more}
    return services.sign_filing(case, Upload("own.p7s", BytesIO(content)), document=document, **values)


def paper_of(case: Application) -> Document:
    return case.documents().order_by("id")[0]


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def last_event(case: Application) -> Event:
    return Event.objects.of(case).order_by("-seq")[0]


def test_a_paper_and_the_whole(root: Holder) -> None:
    case = make.make_draft()
    holder, paper = of(case, root), paper_of(case)
    one = sign(case, detached(holder, content_in(paper)), document=paper)
    whole = sign(case, attached(holder, content_of(case)))
    assert [(row.verdict, row.document_id) for row in signatures_of(case)] == [(VALID, paper.pk), (VALID, None)]
    assert (one.sha256, whole.sha256) == (paper.sha256, sha256(content_of(case)).hexdigest())
    assert (one.signer, one.issuer, one.bin) == ("ASANOV ASAN", "National CA, invented", case.organisation.identifier)
    assert bytes(whole.content or b"") == content_of(case)
    fresh = Application.objects.get(pk=case.pk)
    assert fresh.version == case.version + 2
    event = last_event(case)
    assert (event.verb, event.data["verdict"], event.data["signature"]) == ("application.sign", VALID, whole.pk)


def test_what_is_signed_of_a_draft() -> None:
    case = make.make_draft()
    content = content_of(case)
    assert content == content_of(Application.objects.get(pk=case.pk))
    told = json.loads(content)
    assert told["organisation"] == case.organisation.identifier
    assert told["particulars"]["megawatts"] == "1.500"
    assert [one["sha256"] for one in told["documents"]] == [one.sha256 for one in case.documents().order_by("id")]
    services.edit_draft(case, values={"megawatts": "1.600"}, actor=case.created_by, at=AT)
    changed = content_of(Application.objects.get(pk=case.pk))
    assert changed != content
    services.edit_draft(case, values={"megawatts": "1.500"}, actor=case.created_by, at=AT)
    assert content_of(Application.objects.get(pk=case.pk)) == content


def test_a_request_is_signed_by_what_it_wants_changed(root: Holder) -> None:
    licence = make.make_licence()
    case = make.make_request(licence, "correction", at=AT, submit=False, papers=False, **make.correction(licence))
    told = json.loads(content_of(case))
    assert (told["act"], told["licence"], bool(told["change"]["corrections"])) == ("correction", licence.number, True)
    assert sign(case, detached(of(case, root), content_of(case))).valid


def test_edited_afterwards_it_signs_other_content(root: Holder) -> None:
    case = make.make_draft()
    sign(case, detached(of(case, root), content_of(case)))
    edited = services.edit_draft(case, values={"megawatts": "1.600"}, actor=case.created_by, at=AT)
    (row,) = signatures_of(edited)
    assert (row.verdict, row.found) == (INVALID, [CONTENT_DIFFERS])
    filed = services.submit_application(edited, actor=case.created_by, at=AT)
    (row,) = signatures_of(filed)
    assert (row.valid, row.reasons, row.authority_id) == (False, [CONTENT_DIFFERS], filed.authority_id)


def test_filed_as_signed_it_holds_and_the_authority_sees_it(root: Holder) -> None:
    case, officer = make.make_draft(), make.make_user("officer")
    paper = paper_of(case)
    sign(case, detached(of(case, root), content_in(paper)), document=paper)
    sign(case, detached(of(case, root), content_of(case)))
    assert not DocumentSignature.objects.visible_to(officer).exists()
    filed = services.submit_application(case, actor=case.created_by, at=AT)
    assert [row.verdict for row in signatures_of(filed)] == [VALID, VALID]
    assert DocumentSignature.objects.visible_to(officer).count() == 2
    assert not DocumentSignature.objects.visible_to(make.make_user("officer", authority=make.make_authority("nbk")))
    assert not DocumentSignature.objects.visible_to(make.make_applicant())
    assert case.documents().visible_to(officer).count() == case.documents().count()


def test_whose_signature_counts(root: Holder) -> None:
    case, lawyer = make.make_draft(), make.make_organisation()
    content = content_of(case)
    firm = make_holder(root, OU=f"BIN{lawyer.identifier}")
    assert sign(case, detached(firm, content)).reasons == [OTHER_PARTY]
    power = make.make_power_of_attorney(lawyer, case.organisation, case.created_by)
    assert sign(case, detached(firm, content, **signed_at(AT))).reasons == []
    power.valid_to = AT.date() - timedelta(days=1)
    power.save()
    assert sign(case, detached(firm, content, **signed_at(AT - timedelta(hours=1)))).reasons == [OTHER_PARTY]
    assert sign(case, detached(make_holder(root, SERIAL="IIN850101300123"), content)).reasons == [OTHER_PARTY]
    nameless = sign(case, detached(make_holder(root), content))
    assert (nameless.verdict, nameless.reasons) == (UNKNOWN, [NO_NUMBER])
    stranger = sign(case, detached(make_holder(make_holder(CN="R"), OU=f"BIN{lawyer.identifier}"), b"other"))
    assert stranger.reasons == [CONTENT_DIFFERS, OTHER_PARTY]


def test_a_sole_trader_signs_by_his_iin(root: Holder) -> None:
    trader = make.make_organisation(form="sole_trader", identifier="850101300123")
    case = make.make_draft(actor=make.make_applicant(trader), kind="mining-licence-2")
    assert sign(case, detached(make_holder(root, SERIAL="IIN850101300123"), content_of(case))).valid


def test_what_is_not_kept_at_all(root: Holder) -> None:
    case = make.make_draft()
    der = detached(of(case, root), content_of(case))
    bad = {
        "signature-malformed": [b"", b"MZ", der[:-1], b"\x30\x80" * 3000],
        "signature-trailing-data": [der + b"\0"],
        "signature-too-large": [b"0" * 3_000_000],
        "signature-several-signers": [together(der, detached(of(case, root), content_of(case)))],
    }
    for code, contents in bad.items():
        for content in contents:
            with pytest.raises(TransitionRefused) as refused:
                sign(case, content)
            assert codes(refused) == {code}
    sign(case, der)
    with pytest.raises(TransitionRefused) as refused:
        sign(case, der)
    assert codes(refused) == {"signature-twice"}
    assert DocumentSignature.objects.count() == 1


def test_when_and_by_whom(root: Holder, monkeypatch: pytest.MonkeyPatch) -> None:
    case = make.make_draft()
    paper, holder = paper_of(case), of(case, root)
    der = detached(holder, content_in(paper))
    for stranger in (make.make_applicant(), make.make_user("officer"), make.make_user("head")):
        with pytest.raises(PermissionDenied):
            sign(case, der, document=paper, actor=stranger)
    with pytest.raises(StaleVersion):
        sign(case, der, document=paper, version=case.version - 1)
    filed = services.submit_application(case, actor=case.created_by, at=AT)
    for document, code in ((None, "filed-already"), (paper, "no-signature-asked")):
        with pytest.raises(TransitionRefused) as refused:
            sign(filed, der, document=document)
        assert codes(refused) == {code}
    reviewed = make.make_in_review()
    services.ask_question(reviewed, text="Which feeder?", actor=make.make_user("officer"), at=AT)
    answer = paper_of(reviewed)
    row = sign(reviewed, detached(of(reviewed, root), content_in(answer)), document=answer)
    assert (row.valid, row.authority_id) == (True, reviewed.authority_id)
    services.print_left_over(at=AT)
    letter = reviewed.documents().get(kind="receipt")
    monkeypatch.setattr("licensing.services.signatures.LIMIT", 1)
    with pytest.raises(TransitionRefused) as refused:
        sign(reviewed, der, document=letter)
    assert codes(refused) == {"not-your-paper", "too-many-signatures"}


def test_taken_off_a_draft_and_never_later(root: Holder) -> None:
    case = make.make_draft()
    row = sign(case, detached(of(case, root), content_of(case)))
    with pytest.raises(PermissionDenied):
        services.remove_signature(row, case, actor=make.make_applicant(), at=AT)
    with pytest.raises(PermissionDenied):
        services.remove_signature(row, make.make_draft(actor=case.created_by), actor=case.created_by, at=AT)
    services.remove_signature(row, case, actor=case.created_by, at=AT)
    assert (signatures_of(case), last_event(case).verb) == ([], "application.unsign")
    row = sign(case, detached(of(case, root), content_of(case)))
    filed = services.submit_application(case, actor=case.created_by, at=AT)
    with pytest.raises(TransitionRefused) as refused:
        services.remove_signature(row, filed, actor=case.created_by, at=AT)
    assert codes(refused) == {"not-a-draft"}


def test_a_paper_taken_away_takes_its_signatures_along(root: Holder) -> None:
    case = make.make_draft()
    paper = paper_of(case)
    sign(case, detached(of(case, root), content_in(paper)), document=paper)
    services.detach_document(paper, case, actor=case.created_by, at=AT)
    assert signatures_of(case) == []


def test_only_a_regime_that_says_so_asks_for_one(root: Holder, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not Procedure("any").signed
    case = make.make_draft()
    assert not case.permit.procedure.signed
    assert not [problem for problem in case.problems(AT.date()) if problem.blocks]
    object.__setattr__(case.permit.procedure, "signed", True)
    try:
        with pytest.raises(TransitionRefused) as refused:
            services.submit_application(case, actor=case.created_by, at=AT)
        assert codes(refused) == {"filing-not-signed"}
        sign(case, detached(of(case, make_holder(CN="R")), content_of(case)))
        assert [one.code for one in case.signature_problems()] == ["filing-not-signed"]
        sign(case, as_gost(detached(of(case, root), content_of(case))))  # nobody's fault that it waits
        assert services.submit_application(case, actor=case.created_by, at=AT).state == "submitted"
    finally:
        object.__setattr__(case.permit.procedure, "signed", False)


# --- the national profile -------------------------------------------------------------------------------------------


def gost(case: Application, root: Holder, **fields: str) -> DocumentSignature:
    return sign(case, as_gost(detached(of(case, root, **fields), content_of(case))))


def again(row: DocumentSignature) -> DocumentSignature:
    return DocumentSignature.objects.get(pk=row.pk)


def test_without_a_verifier_it_waits(root: Holder) -> None:
    case = make.make_draft()
    row = gost(case, root)
    assert (row.verdict, row.reasons, row.next_try_at) == (UNKNOWN, [AWAITED], AT)
    assert services.verify_left_over(at=AT) == 0
    assert again(row).attempts == 0


def test_the_verifier_says_that_it_holds(root: Holder, server: Verifier) -> None:
    case = make.make_draft()
    row = gost(case, root)
    filed = services.submit_application(case, actor=case.created_by, at=AT)
    assert services.verify_left_over(at=AT + timedelta(minutes=1)) == 1
    held = again(row)
    assert (held.verdict, held.verifier, held.next_try_at, held.checked_at) == (VALID, "operator", None, AT)
    event = last_event(filed)
    assert (event.verb, event.data["verdict"], event.actor.is_system) == ("application.signature_verified", VALID, True)
    assert services.verify_left_over(at=AT + timedelta(days=9)) == 0
    assert len(server.questions) == 1


def test_it_says_that_it_does_not(root: Holder, server: Verifier) -> None:
    server.answer = saying("invalid", REVOKED)
    row = gost(make.make_draft(), root, OU="BIN990140012345")
    assert services.verify_left_over(at=AT) == 1
    assert (again(row).verdict, again(row).reasons) == (INVALID, [REVOKED, OTHER_PARTY])


def test_valid_for_somebody_else_does_not_hold(root: Holder, server: Verifier) -> None:
    row = gost(make.make_draft(), root, OU="BIN990140012345")
    assert services.verify_left_over(at=AT) == 1
    assert (again(row).verdict, again(row).reasons) == (INVALID, [OTHER_PARTY])


def test_whatever_fails_is_asked_again_and_never_valid(root: Holder, server: Verifier) -> None:
    server.status = 500
    case = make.make_draft()
    row, other = gost(case, root), gost(make.make_draft(), root)
    assert services.verify_left_over(at=AT) == 0
    assert len(server.questions) == 1  # it is down: the other is not sent after it
    assert again(row).next_try_at == AT + timedelta(minutes=2)
    assert services.verify_left_over(at=AT + timedelta(minutes=1)) == 0
    assert (again(row).attempts, again(other).attempts) == (1, 1)
    server.status, server.answer = 200, saying("unknown")
    later = AT + timedelta(hours=1)
    assert services.verify_left_over(at=later) == 0
    for number in range(9):
        services.verify_left_over(at=later + timedelta(days=2 * number + 2))
    assert (again(row).verdict, again(row).reasons) == (UNKNOWN, [AWAITED])
    assert again(row).next_try_at == later + timedelta(days=19)
    server.answer = saying("valid")
    assert services.verify_left_over(at=later + timedelta(days=40)) == 2


def test_a_lost_paper_is_no_verdict(root: Holder, server: Verifier) -> None:
    case = make.make_draft()
    paper = paper_of(case)
    row = sign(case, as_gost(detached(of(case, root), content_in(paper))), document=paper)
    default_storage.delete(paper.path)
    assert services.verify_left_over(at=AT) == 0
    assert again(row).reasons == [AWAITED]


def test_asked_twice_at_once_it_is_settled_once(root: Holder, server: Verifier) -> None:
    """A second worker comes while the first one waits for the answer, and a third after it."""
    row = gost(make.make_draft(), root)
    assert claimed(row.pk, at=AT) is not None
    assert services.verify_signature(row.pk, at=AT) is False
    assert server.questions == []
    later = AT + timedelta(minutes=2)
    assert services.verify_signature(row.pk, at=later) is True
    assert services.verify_signature(row.pk, at=later) is False
    assert noted(again(row), (REVOKED,), at=later) is False
    assert again(row).valid
    assert Event.objects.filter(verb="application.signature_verified").count() == 1


def test_the_sweep_asks_too(root: Holder, server: Verifier, capsys: pytest.CaptureFixture[str]) -> None:
    row = gost(make.make_draft(), root)
    with time_machine.travel(AT + timedelta(minutes=5), tick=False):
        call_command("sweep")
    assert "1 signatures verified" in capsys.readouterr().out
    assert again(row).valid


def test_an_edit_before_the_filing_settles_it(root: Holder, server: Verifier) -> None:
    case = make.make_draft()
    row = gost(case, root)
    services.edit_draft(case, values={"megawatts": "1.600"}, actor=case.created_by, at=AT)
    services.submit_application(case, actor=case.created_by, at=AT)
    assert services.verify_left_over(at=AT) == 0
    assert (again(row).reasons, server.questions) == ([CONTENT_DIFFERS], [])


# --- keeping and erasing --------------------------------------------------------------------------------------------


def test_they_go_with_the_papers(root: Holder, administrators: tuple[User, User]) -> None:  # noqa: F811
    case = ended_case()
    kept = {"subject_type": "licensing.application", "subject_id": case.pk, "organisation_id": case.organisation_id}
    facts = {"signer": "ASANOV", "iin": "850101300123", "bin": "1" * 12, "cms": b"0", "content": b"{}"}
    row = DocumentSignature.objects.create(
        **kept, **facts, sha256="0" * 64, checked_at=AT, verifier="party", valid=False, reasons=[NOT_TRUSTED],
        added_by=case.created_by, audience="party",
    )  # fmt: skip
    own = DocumentSignature.objects.filter(verifier="own")
    before = list(own.values_list("signer", flat=True))
    run = run_all(administrators, LATER)
    assert run.erased["case-papers core.DocumentSignature"] == 1
    gone = again(row)
    assert (gone.signer, gone.iin, gone.bin, gone.cms, gone.content) == ("", "", "", None, None)
    assert gone.reasons == [NOT_TRUSTED]
    assert list(own.values_list("signer", flat=True)) == before
    assert signatures_of(case) == []
