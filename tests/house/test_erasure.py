"""What may go goes, once, and nothing else; the journal stays whole."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.models import Access, Document, ErasureRun, Event, LegalHold, Membership, Notification, Organisation, User
from core.services import (
    confirm_erasure,
    decline_erasure,
    erase_due,
    lift_hold,
    place_hold,
    propose_erasure,
    seal_events,
    verify_events,
)
from core.services.administration import let_in
from core.services.retention import preview
from core.workflow import ADMINISTRATOR, AUDITOR, HEAD, OFFICER, TransitionRefused
from licensing.models import Application, CheckJudgement, Decision, Letter, Note, Opinion, Question
from tests import factories as make
from tests.house.conftest import LATER, ended_case, run_all

pytestmark = pytest.mark.django_db


def journal() -> list[tuple[int, bytes]]:
    return [(pk, bytes(digest)) for pk, digest in Event.objects.order_by("pk").values_list("pk", "hash")]


def texts_of(case: Application) -> set[str]:
    """Every free text that hangs on a case."""
    found: set[str] = set()
    for model, names in (
        (Note, ("text",)),
        (Question, ("text", "answer")),
        (Opinion, ("question", "text")),
        (CheckJudgement, ("note",)),
    ):
        for row in model._base_manager.filter(application=case).values_list(*names):
            found |= set(row)
    found |= set(Document.objects.of(case).exclude(kind__in=dict(Letter.KINDS)).values_list("filename", flat=True))
    particulars = Application.objects.get(pk=case.pk).particulars
    return found | {particulars.centre_address, particulars.centre_owner} - {""}


def papers_of(case: Application) -> list[Document]:
    return list(Document.objects.of(case).exclude(kind__in=dict(Letter.KINDS)))


def codes_of(refused: pytest.ExceptionInfo[TransitionRefused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_papers_of_an_ended_case_go_on_the_day_after_their_ten_years(administrators: tuple[User, User]) -> None:
    case = ended_case()
    closed = Application.objects.get(pk=case.pk).closed_at
    assert closed is not None
    anniversary = closed.replace(year=closed.year + 10)
    before = {line.part.model: line.now for line in preview(at=anniversary) if line.rule.code == "case-papers"}
    assert set(before.values()) == {0}
    after = preview(at=anniversary + timedelta(days=1))
    due = {line.part.model: line.now for line in after if line.rule.code == "case-papers"}
    assert due["licensing.Note"] == due["licensing.Question"] == due["mining.MiningParticulars"] == 1
    assert due["core.Document"] == len(papers_of(case))
    run = run_all(administrators, anniversary + timedelta(days=1))
    assert run.state == "done"
    assert texts_of(case) <= {""}


def test_what_the_dry_run_counted_is_what_went(administrators: tuple[User, User]) -> None:
    for _number in range(3):
        ended_case()
    make.make_draft()
    run = run_all(administrators, LATER)
    assert run.erased == run.planned
    assert run.planned["case-papers licensing.Note"] == 3
    finished = Event.objects.get(verb="erasurerun.finish", reference=f"erasure-{run.pk}")
    assert finished.data["erased"] == run.erased
    assert Event.objects.get(verb="erasurerun.confirm").actor == administrators[1]


def test_the_journal_stands_before_and_after(
    administrators: tuple[User, User], django_capture_on_commit_callbacks: Any
) -> None:
    case = ended_case()
    with django_capture_on_commit_callbacks(execute=True):
        seal_events(at=make.AT + timedelta(days=1))
    decision, letters = Decision.objects.get(application=case), Letter.objects.filter(application=case).count()
    before, openings = journal(), list(Access.objects.values())
    run_all(administrators, LATER)
    assert journal()[: len(before)] == before
    assert list(verify_events()) == []
    assert list(Access.objects.values()) == openings
    assert Decision.objects.get(pk=decision.pk).text == decision.text
    assert Letter.objects.filter(application=case, document__removed_at__isnull=True).count() == letters


def test_to_erase_twice_is_to_erase_once(administrators: tuple[User, User]) -> None:
    ended_case()
    run_all(administrators, LATER)
    held = [list(model._base_manager.order_by("pk").values()) for model in (Note, Question, Document, User)]
    assert erase_due(at=LATER) == 0
    with pytest.raises(TransitionRefused) as refused:
        propose_erasure(actor=administrators[0], at=LATER)
    assert codes_of(refused) == ["nothing-due"]
    assert held == [list(model._base_manager.order_by("pk").values()) for model in (Note, Question, Document, User)]


def test_an_open_case_and_a_licence_in_force_keep_everything(administrators: tuple[User, User]) -> None:
    """However old: a licence of ten years is in force still, and a case can lie."""
    licence = make.make_licence()
    Note.objects.create(application=licence.application, text="Kept.", by=make.make_user(OFFICER), at=make.AT)
    waiting = make.make_in_review()
    Note.objects.create(application=waiting, text="Kept.", by=make.make_user(OFFICER), at=make.AT)
    licence.__class__.objects.filter(pk=licence.pk).update(valid_to=date(2099, 1, 1))
    lines = {line.rule.code: line.now for line in preview(at=LATER) if line.part.model == "licensing.Note"}
    assert lines == {"case-papers": 0}
    people = [waiting.created_by_id, Decision.objects.get(application=licence.application).made_by_id]
    User.objects.get_queryset().filter(pk__in=people).update(is_active=False, date_joined=make.AT - timedelta(days=900))
    with pytest.raises(TransitionRefused) as refused:
        run_all(administrators, LATER)
    assert codes_of(refused) == ["nothing-due"]
    kept = User.objects.get_queryset().filter(pk__in=people)
    assert not [person.email for person in kept if person.email.startswith("erased-")]
    assert set(Note.objects.values_list("text", flat=True)) == {"Kept."}


def test_a_hold_keeps_one_case_with_all_that_hangs_on_it(administrators: tuple[User, User]) -> None:
    held, other = ended_case(), ended_case()
    hold = place_hold(held, reason="A court asks for it.", actor=make.make_user(HEAD), at=make.AT)
    before = texts_of(held)
    run_all(administrators, LATER)
    assert texts_of(held) == before
    assert texts_of(other) <= {""}
    lift_hold(hold, reason="Judgment in force.", actor=administrators[0], at=LATER)
    run_all(administrators, LATER)
    assert texts_of(held) <= {""}
    assert [event.verb for event in Event.objects.filter(verb__startswith="hold.").order_by("pk")] == [
        "hold.place",
        "hold.lift",
    ]


def test_a_hold_on_the_holder_keeps_his_cases(administrators: tuple[User, User]) -> None:
    case = ended_case()
    place_hold(case.organisation, reason="Inquiry.", actor=administrators[0], at=make.AT)
    before = texts_of(case)
    run = run_all(administrators, LATER)
    assert not [key for key in run.erased if key.startswith("case-papers")]
    assert texts_of(case) == before


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_hold_needs_a_reason_and_stands_once(reason: str, administrators: tuple[User, User]) -> None:
    case = make.make_submitted()
    with pytest.raises(TransitionRefused) as refused:
        place_hold(case, reason=reason, actor=administrators[0], at=make.AT)
    assert codes_of(refused) == ["note-missing"]
    hold = place_hold(case, reason="Inquiry.", actor=administrators[0], at=make.AT)
    with pytest.raises(TransitionRefused) as refused:
        place_hold(case, reason="Again.", actor=administrators[0], at=make.AT)
    assert codes_of(refused) == ["held-already"]
    with pytest.raises(TransitionRefused) as refused:
        lift_hold(hold, reason=reason, actor=administrators[0], at=make.AT)
    assert codes_of(refused) == ["note-missing"]
    lift_hold(hold, reason="Over.", actor=administrators[0], at=make.AT)
    with pytest.raises(TransitionRefused) as refused:
        lift_hold(hold, reason="Over.", actor=administrators[0], at=make.AT)
    assert codes_of(refused) == ["hold-lifted"]


@pytest.mark.parametrize("role", [OFFICER, AUDITOR, "inspector", "applicant"])
def test_only_administrators_and_heads_hold_and_only_administrators_erase(role: str) -> None:
    case, person = make.make_submitted(), make.make_user(role)
    with pytest.raises(PermissionDenied):
        place_hold(case, reason="Mine.", actor=person, at=make.AT)
    with pytest.raises(PermissionDenied):
        propose_erasure(actor=person, at=make.AT)
    assert not LegalHold.objects.exists()


def test_who_proposes_does_not_confirm(administrators: tuple[User, User]) -> None:
    ended_case()
    run = propose_erasure(actor=administrators[0], at=LATER)
    with pytest.raises(PermissionDenied):
        confirm_erasure(run, actor=administrators[0], at=LATER)
    with pytest.raises(TransitionRefused) as refused:
        propose_erasure(actor=administrators[1], at=LATER)
    assert codes_of(refused) == ["erasure-open"]
    assert erase_due(at=LATER) == sum(
        one for run_ in ErasureRun.objects.filter(automatic=True) for one in run_.erased.values()
    )
    assert Note.objects.exclude(text="").exists()
    decline_erasure(run, actor=administrators[1], at=LATER)
    with pytest.raises(TransitionRefused):
        confirm_erasure(run, actor=administrators[1], at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        ErasureRun.objects.create(
            as_of=LATER, created_at=LATER, proposed_by=administrators[0], confirmed_by=administrators[0], state="done"
        )


def test_content_goes_when_no_other_document_has_it(administrators: tuple[User, User]) -> None:
    """The same file in an ended and in an open case is stored once, and stays for the open one."""
    ended, waiting = ended_case(), make.make_in_review()
    shared = {document.sha256 for document in papers_of(waiting)}
    own = {document.sha256 for document in papers_of(ended)}
    assert own == shared  # the factories bring the same papers
    run_all(administrators, LATER)
    assert all(default_storage.exists(document.path) for document in papers_of(waiting))
    assert all(document.content_erased_at and not document.filename for document in papers_of(ended))
    Application.objects.filter(pk=waiting.pk).update(state="withdrawn", closed_at=make.AT)
    from core.services import end_duties

    end_duties(waiting, at=make.AT)
    run_all(administrators, LATER)
    assert not any(default_storage.exists(document.path) for document in papers_of(waiting))


def test_a_stop_between_rows_and_content_is_made_good(administrators: tuple[User, User], settings: Any) -> None:
    case = ended_case()
    Document.objects.of(case).exclude(kind__in=dict(Letter.KINDS)).update(
        erased_at=LATER, removed_at=LATER, filename=""
    )
    paths = [Path(settings.MEDIA_ROOT) / document.path for document in papers_of(case)]
    assert all(path.exists() for path in paths)
    erase_due(at=LATER)
    assert not any(path.exists() for path in paths)


def test_a_person_who_left_is_erased_and_the_acts_stay_his_number(administrators: tuple[User, User]) -> None:
    person = make.make_user(OFFICER, email="gone@person.example", full_name="Gone Person")
    User.objects.get_queryset().filter(pk=person.pk).update(date_joined=make.AT - timedelta(days=1))
    let_in(person, active=False, reason="Left.", actor=administrators[0], at=make.AT)
    still = make.make_user(OFFICER, email="here@person.example")
    User.objects.get_queryset().filter(pk=still.pk).update(date_joined=make.AT - timedelta(days=1))
    left = make.AT.replace(year=2029)
    assert not [line for line in preview(at=left) if line.rule.code == "people" and line.now]
    run_all(administrators, left + timedelta(days=1))
    person.refresh_from_db()
    assert (person.full_name, person.email, person.is_active) == ("", f"erased-{person.pk}@tizilim.invalid", False)
    assert not person.has_usable_password()
    assert not Notification.objects.filter(recipient=person).exists()
    assert User.objects.get(pk=still.pk).email == "here@person.example"
    assert Event.objects.filter(subject_type="core.user", subject_id=person.pk, verb="user.edit").exists()
    assert list(verify_events()) == []


def test_who_acts_for_an_organisation_stays(administrators: tuple[User, User]) -> None:
    acting, former = make.make_applicant(), make.make_applicant()
    User.objects.get_queryset().update(date_joined=make.AT - timedelta(days=1))
    Membership.objects.filter(user=former).update(revoked_at=make.AT, revoked_by=former)
    run_all(administrators, make.AT.replace(year=2030))
    assert not User.objects.get(pk=acting.pk).email.startswith("erased-")
    assert User.objects.get(pk=former.pk).email.startswith("erased-")
    assert Membership.objects.filter(user=acting).count() == 1


def test_natural_persons_who_never_filed_are_erased_with_their_number(administrators: tuple[User, User]) -> None:
    trader = make.make_organisation(form="sole_trader")
    firm, filed = make.make_organisation(), make.make_organisation(form="sole_trader")
    case = make.make_draft(actor=make.make_applicant(filed))
    Application.objects.filter(pk=case.pk).update(
        state="withdrawn", submitted_at=make.AT, filed_on=make.AT.date(), closed_at=make.AT
    )
    run_all(administrators, make.AT.replace(year=2032))
    trader.refresh_from_db()
    assert (trader.identifier, trader.address, trader.name_ru) == (f"erased-{trader.pk}", "", "")
    assert not Organisation.objects.filter(pk__in=[firm.pk, filed.pk], identifier__startswith="erased-").exists()


def test_a_draft_never_filed_loses_its_particulars_and_papers(administrators: tuple[User, User]) -> None:
    draft = make.make_draft()
    touched = make.make_draft()
    run_all(administrators, make.AT.replace(year=2028) + timedelta(days=1))
    assert texts_of(draft) <= {""}
    assert texts_of(touched) <= {""}
    assert Application.objects.get(pk=draft.pk).fee_reference == ""


def test_technical_records_go_by_themselves_and_leave_one_event() -> None:
    from core.models import LoginAttempt, RequestKey

    person = make.make_user()
    LoginAttempt.objects.create(key="x", at=make.AT - timedelta(minutes=61))
    LoginAttempt.objects.create(key="y", at=make.AT - timedelta(minutes=59))
    RequestKey.objects.create(user=person, key="old", digest="", at=make.AT - timedelta(hours=49))
    RequestKey.objects.create(user=person, key="new", digest="", at=make.AT - timedelta(hours=47))
    assert erase_due(at=make.AT) == 2
    assert erase_due(at=make.AT) == 0
    assert list(LoginAttempt.objects.values_list("key", flat=True)) == ["y"]
    assert list(RequestKey.objects.values_list("key", flat=True)) == ["new"]
    event = Event.objects.get(verb="erasurerun.finish")
    assert event.data["erased"] == {"sign-in-attempts core.LoginAttempt": 1, "request-keys core.RequestKey": 1}
    assert event.actor.is_system


def test_a_preview_asks_as_often_for_many_rows_as_for_few(administrators: tuple[User, User]) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            preview(at=LATER)
        return len(found)

    ended_case()
    few = queries()
    case = ended_case()
    Note.objects.bulk_create(Note(application=case, text="x", by=administrators[0], at=make.AT) for _n in range(500))
    assert queries() == few
    assert User.objects.filter(role=ADMINISTRATOR).count() == 2
