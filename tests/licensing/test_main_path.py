"""The life of a case, once straight through and once down each branch."""

from datetime import date, datetime

import pytest

from core.models import Event, Notification, Obligation
from core.services import verify_events
from licensing import services
from licensing.models import Letter, Licence, RegisterEntry
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_from_draft_to_the_register() -> None:
    application = make.make_decided()
    licence = Licence.objects.get(application=application)
    assert (application.state, licence.state) == ("granted", "in_force")
    assert licence.number == "M1-2026-00001"
    assert (licence.valid_from, licence.valid_to) == (date(2026, 6, 16), date(2029, 6, 16))
    assert RegisterEntry.objects.visible_to(application.created_by).get().number == licence.number
    assert set(Letter.objects.values_list("kind", flat=True)) == {"receipt", "licence", "grant"}
    assert not Obligation.objects.of(application).open().exists()
    assert [e.verb for e in Event.objects.of(application).filter(from_state__gt="")] == [
        "application.submit",
        "application.accept",
        "application.recommend",
        "application.countersign",
        "application.grant",
    ]
    assert not list(verify_events())


def test_letters_are_printed_once_and_announced() -> None:
    application = make.make_decided()
    assert services.print_left_over(at=make.AT) == 3
    assert services.print_left_over(at=make.AT) == 0
    assert application.documents().filter(media_type="application/pdf", kind="licence").count() == 1
    assert Notification.objects.filter(recipient=application.created_by, channel="inbox").count() == 3


def test_a_refusal_to_consider_ends_the_case_and_a_new_one_starts_from_it() -> None:
    application = make.make_submitted()
    officer = make.make_user("officer")
    ended = services.refuse_consideration(
        application, reasons=["permit.incomplete.3"], text="The contract is missing.", actor=officer, at=make.AT
    )
    assert ended.state == "refused_consideration"
    assert not Obligation.objects.of(ended).open().exists()
    fresh = services.start_again(ended, actor=application.created_by, at=make.AT)
    assert (fresh.state, fresh.started_from) == ("draft", ended)
    assert fresh.particulars.centre_name == "Kostanay-1"
    assert fresh.documents().count() == application.form.papers(make.AT.date()).__len__()
    filed = services.submit_application(fresh, actor=application.created_by, at=make.AT)
    assert Obligation.objects.of(filed).open().count() == 3


def test_terms_run_from_the_day_of_filing_and_say_how() -> None:
    application = make.make_submitted()
    terms = {row.code: row for row in application.obligations()}
    assert {code: row.due_on.isoformat() for code, row in terms.items() if row.due_on} == {
        "registration": "2026-06-17",
        "completeness": "2026-06-18",
        "decision": "2026-07-08",
    }
    assert any("Capital Day" in line["text"] for line in terms["decision"].arithmetic)


def test_a_question_does_not_stop_the_clock_of_a_mining_licence() -> None:
    application = make.make_in_review()
    due = Obligation.objects.of(application).get(code="decision").due_on
    services.ask_question(application, text="Which feeder?", actor=make.make_user("officer"), at=make.AT)
    assert Obligation.objects.of(application).get(code="decision").due_on == due
    question = application.questions.get()
    services.answer_question(question, text="No. 4.", actor=application.created_by, at=make.AT)
    assert application.open_questions() == 0


def test_licences_end_on_their_day_and_the_register_says_so() -> None:
    licence = make.make_licence()
    day = datetime(2029, 6, 17, 1, 0, tzinfo=make.ALMATY)
    assert services.expire_licences(at=day.replace(day=16)) == 0
    assert services.expire_licences(at=day) == 1
    assert services.expire_licences(at=day) == 0
    licence.refresh_from_db()
    assert (licence.state, licence.ended_on.isoformat() if licence.ended_on else "") == ("expired", "2029-06-16")
    assert RegisterEntry.objects.get().standing == "expired"
