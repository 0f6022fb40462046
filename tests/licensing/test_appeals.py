"""Appeals: the people who may not decide, terms, silence, effects, court, races, bad input."""

from datetime import date, datetime, time, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from config.invariants import faults
from core.models import Event, Obligation, User
from core.services import sweep_duties
from core.workflow import StaleVersion, TransitionRefused
from licensing import services
from licensing.models import Appeal, Application, Decision, Letter
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = make.AT.date() + timedelta(days=1)  # of filing
LATER = make.AT + timedelta(days=2)


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def answer(appeal: Appeal, outcome: str, actor: User | None = None, **fields: Any) -> Appeal:
    person = actor or make.make_user("head")
    return services.decide_appeal(appeal, outcome=outcome, text="So found.", actor=person, at=LATER, **fields)


def test_filed_with_its_terms_and_a_receipt() -> None:
    appeal = make.make_appeal()
    terms = {row.code: row.due_on for row in Obligation.objects.of(appeal)}
    assert terms == {"appeal-forward": date(2026, 6, 22), "appeal-decision": date(2026, 7, 16)}
    assert (appeal.route_stated, appeal.file_by, appeal.due_on) == (True, date(2026, 9, 16), date(2026, 6, 22))
    letter = Letter.objects.get(kind="appeal_receipt")
    assert set(letter.data["heading"]) == {"kk", "ru", "en"}
    services.print_left_over(at=LATER)
    letter.refresh_from_db()
    assert letter.document is not None
    assert list(faults(at=LATER)) == []


def test_a_refusal_tells_the_way_and_an_older_letter_gives_six_months() -> None:
    case = make.make_decided(outcome="refuse")
    letter = case.letters.get(kind="refusal")
    assert [rule["code"] for rule in letter.data["appeal"]] == ["AP-COMPL", "AP-COURT"]
    assert letter.data["grounds"][0]["confidence"] == "text"
    assert letter.data["grounds"][1]["confidence"] == "assumed"  # printed as unconfirmed
    del letter.data["appeal"]
    letter.save()
    appeal = make.make_appeal(case=case)
    assert (appeal.route_stated, appeal.file_by) == (False, date(2026, 12, 17))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"text": "  "}, {"appeal-text"}),
        ({"learned_on": make.AT.date() - timedelta(days=1)}, {"appeal-learned"}),
        ({"learned_on": DAY + timedelta(days=1), "text": ""}, {"appeal-learned", "appeal-text"}),
    ],
)
def test_what_is_wrong_with_a_filing_is_told_at_once(fields: dict[str, Any], expected: set[str]) -> None:
    with pytest.raises(TransitionRefused) as refused:
        make.make_appeal(**fields)
    assert codes(refused) == expected


def test_one_appeal_at_a_time_and_another_after_a_withdrawal() -> None:
    appeal = make.make_appeal()
    case = appeal.case
    with pytest.raises(TransitionRefused) as refused:
        make.make_appeal(case=case)
    assert codes(refused) == {"appeal-known"}
    services.withdraw_appeal(appeal, actor=make.party_of(case), at=LATER)
    assert not Obligation.objects.of(appeal).open().exists()
    make.make_appeal(case=case)
    with pytest.raises(PermissionDenied):
        services.file_appeal(appeal.decision, text="Mine.", actor=make.make_applicant(), at=LATER)


@pytest.mark.parametrize(("days", "late"), [(92, False), (93, True)])
def test_late_is_the_day_after_the_last(days: int, late: bool) -> None:
    """Learned on 16 June; the last day is 16 September, 92 days later."""
    case = make.make_decided(outcome="refuse")
    appeal = make.make_appeal(case=case, at=make.AT + timedelta(days=days))
    assert appeal.is_late == late
    at = make.AT + timedelta(days=days, hours=2)
    outcome = {"outcome": "not_admit", "barred": "late", "text": "Late.", "actor": make.make_user("head"), "at": at}
    if late:
        assert services.decide_appeal(appeal, **outcome).state == "not_admitted"  # type: ignore[arg-type]
    else:
        with pytest.raises(TransitionRefused) as refused:
            services.decide_appeal(appeal, **outcome)  # type: ignore[arg-type]
        assert codes(refused) == {"appeal-in-time"}


def test_an_annulled_refusal_goes_back_to_review_with_its_own_term() -> None:
    done = answer(make.make_heard(), "annul")
    case = Application.objects.get()
    assert (case.state, case.decision, done.decision.annulled_at is None) == ("in_review", None, True)
    assert Decision.objects.get().annulled_at == LATER
    term = Obligation.objects.of(case).open().get(code="decision")
    assert (term.base_on, case.due_on) == (LATER.date(), term.due_on)
    assert Event.objects.of(case).filter(verb="application.annul", data__cause=done.reference).exists()
    assert not Obligation.objects.of(done).open().exists()
    services.print_left_over(at=LATER)
    assert list(faults(at=LATER)) == []


def test_upheld_leaves_the_act_and_opens_the_court_for_a_month() -> None:
    done = answer(make.make_heard(), "uphold")
    assert (done.court_by, Application.objects.get().state) == (date(2026, 7, 20), "refused")  # 18 July is a Saturday
    letter = Letter.objects.get(kind="appeal_decision")
    assert "2026-07-20" in [fact["value"] for fact in letter.data["facts"]]
    taken = services.record_claim(
        done, court_on=LATER.date(), court_number="77-26", actor=make.make_user("officer"), at=LATER
    )
    services.enter_judgment(
        taken, annulled=True, judged_on=LATER.date(), text="Annulled.", actor=make.make_user("officer"), at=LATER
    )
    assert Application.objects.get().state == "in_review"


def test_a_grant_is_not_annulled() -> None:
    """A licence ends by a measure or by a court; an appeal against its conditions has the decision changed."""
    appeal = make.make_appeal(case=make.make_decided())
    assert not appeal.route_stated
    with pytest.raises(TransitionRefused) as refused:
        answer(appeal, "satisfy")
    assert codes(refused) == {"grant-stands"}
    assert Appeal.objects.get().state == appeal.state
    assert Decision.objects.get().annulled_at is None


def test_no_decision_is_a_refusal_on_the_true_day() -> None:
    """Beat stands still for weeks: the day is that on which the term ended."""
    appeal = make.make_forwarded()
    last = timezone.make_aware(datetime.combine(date(2026, 7, 16), time(23, 0)))
    sweep_duties(at=last)
    assert Appeal.objects.get().state == "forwarded"
    late = last + timedelta(days=20)
    for _time in range(2):
        sweep_duties(at=late)
    done = Appeal.objects.get()
    assert (done.state, done.decided_on, done.court_by) == ("unanswered", date(2026, 7, 16), date(2026, 8, 17))
    assert Event.objects.of(appeal).filter(verb="appeal.lapse").count() == 1
    assert Letter.objects.filter(kind="appeal_decision").count() == 1


def test_who_had_a_hand_in_the_act_decides_nothing() -> None:
    head = make.make_user("head")
    appeal = make.make_appeal(case=make.make_decided(outcome="refuse", head=head))
    row = appeal.decision.recommendation
    assert row is not None
    for outcome in ("satisfy", "not_admit"):
        with pytest.raises(PermissionDenied):
            answer(appeal, outcome, head)
    heard = services.forward_appeal(appeal, body=appeal.authority, actor=row.made_by, at=LATER)
    for person in (head, row.made_by, row.countersigned_by):
        with pytest.raises(PermissionDenied):
            services.enter_hearing(heard, heard_on=DAY, text="", actor=person, at=LATER)  # type: ignore[arg-type]


def test_a_body_without_cases_here_has_its_answer_entered_with_its_day() -> None:
    appeal, body = make.make_appeal(), make.make_authority("government", decides=False)
    officer = make.make_user("officer")
    sent = services.forward_appeal(appeal, body=body, actor=officer, at=LATER)
    assert Obligation.objects.of(sent).get(code="appeal-decision").debtor == "body"
    heard = services.enter_hearing(sent, heard_on=DAY, text="", actor=officer, at=LATER)
    with pytest.raises(TransitionRefused) as refused:
        answer(heard, "uphold", officer, decided_on=DAY - timedelta(days=1))
    assert codes(refused) == {"appeal-day"}
    assert answer(heard, "uphold", officer, decided_on=DAY).decided_on == DAY


def test_a_higher_body_that_works_here_decides_itself_and_sees_it() -> None:
    bank = make.make_authority("nbk")
    sent = services.forward_appeal(make.make_appeal(), body=bank, actor=make.make_user("officer"), at=LATER)
    own, theirs = make.make_user("head"), make.make_user("head", authority=bank)
    assert Appeal.objects.visible_to(theirs).filter(pk=sent.pk).exists()
    with pytest.raises(PermissionDenied):
        answer(sent, "annul", own)
    assert answer(sent, "annul", theirs).state == "annulled"


def test_days_words_and_versions_are_held_to() -> None:
    appeal, head = make.make_forwarded(), make.make_user("head")
    for day in (DAY - timedelta(days=1), LATER.date() + timedelta(days=1)):
        with pytest.raises(TransitionRefused) as refused:
            services.enter_hearing(appeal, heard_on=day, text="", actor=head, at=LATER)
        assert codes(refused) == {"appeal-day"}
    with pytest.raises(TransitionRefused) as refused:
        services.decide_appeal(appeal, outcome="annul", text=" ", actor=head, at=LATER)
    assert codes(refused) == {"text-missing"}
    with pytest.raises(StaleVersion):
        answer(appeal, "annul", head, version=1)
    with pytest.raises(TransitionRefused) as refused:
        answer(appeal, "uphold", head)  # nobody has been heard
    assert codes(refused) == {"wrong-state"}


@pytest.mark.django_db(transaction=True)
def test_two_heads_decide_one_appeal() -> None:
    make.make_system_user()
    appeal = make.make_heard()
    heads = [make.make_user("head"), make.make_user("head")]
    barrier, outcomes = Barrier(2), []

    def run(head: User, outcome: str) -> None:
        barrier.wait()
        try:
            outcomes.append(answer(appeal, outcome, head).state)
        except TransitionRefused as refused:
            outcomes.append(refused.problems[0].code)
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in zip(heads, ("annul", "uphold"), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) in (["annulled", "wrong-state"], ["upheld", "wrong-state"])
    assert Letter.objects.filter(kind="appeal_decision").count() == 1
    expected = "in_review" if "annulled" in outcomes else "refused"
    assert Application.objects.get().state == expected
