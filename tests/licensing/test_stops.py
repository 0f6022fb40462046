"""Where a regime lets the review stop: in its cases, for its days, with the true days when nobody looks."""

from datetime import date, datetime

import pytest

from config.invariants import faults
from core.models import Event, Obligation, Pause
from core.services import extend, pause, remove_extension, resume, sweep_duties
from core.workflow import TransitionRefused
from law.provisions import Provision, provision
from licensing import services
from licensing.models import Application, Letter
from tests import factories as make
from tests.licensing.kinds import PLATFORM, platform

__all__ = ["platform"]
pytestmark = pytest.mark.django_db

FILED = make.AT  # Tuesday, 16 June 2026; 20 working days end on 15 July, over the Capital Day
CASE = "nbk.platform.pause.2"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=make.ALMATY)


def decision_of(application: Application) -> Obligation:
    return Obligation.objects.of(application).get(code="decision")


def rule() -> Provision:
    return provision("nbk.platform.term_may_pause", FILED.date())


@pytest.fixture
def filed(platform: object) -> Application:
    return make.make_submitted(kind=PLATFORM)


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def stopped(application: Application, when: str, days: int = 10) -> Application:
    services.stop_review(
        application, case=CASE, text="The charter.", cure_days=days, actor=make.make_user("officer"), at=at(when)
    )
    return Application.objects.get(pk=application.pk)


def test_the_clock_stands_and_runs_on(filed: Application) -> None:
    officer = make.make_user("officer")
    case = stopped(filed, "2026-06-18T10:00")
    assert (case.due_on, decision_of(case).due_on) == (None, None)
    assert Obligation.objects.of(case).get(code="cure").due_on == date(2026, 7, 2)
    letter = Letter.objects.get(application=case, kind="question")
    assert (letter.data["clock"], letter.data["terms"][0]["due_on"]) == ("paused", "2026-07-02")
    assert [fault for fault in faults(at=at("2026-06-18T11:00")) if fault.code != "letter-unprinted"] == []
    question = case.questions.get()
    services.answer_question(question, text="Mended.", actor=case.created_by, at=at("2026-06-22T10:00"))
    assert decision_of(case).due_on is None  # it is still to be verified
    case = services.resume_review(case, actor=officer, at=at("2026-06-24T10:00"))
    assert case.due_on == decision_of(case).due_on == date(2026, 7, 21)  # four working days later
    told = [line["text"] for line in decision_of(case).arithmetic]
    assert "The clock stands since 2026-06-18: 2 working days had run" in told
    assert "The clock stood from 2026-06-18 to 2026-06-24: 4 working days lost" in told
    assert "Counted again from 2026-06-16: 20 + 4 + 0 = 24 working days" in told
    assert not Obligation.objects.of(case).open().filter(code="cure").exists()


@pytest.mark.parametrize("now", ["2026-07-03T00:00", "2026-07-13T09:00"])
def test_without_an_answer_it_runs_on_from_the_last_day_to_cure(filed: Application, now: str) -> None:
    case = stopped(filed, "2026-06-18T10:00")
    assert sweep_duties(at=at("2026-07-02T23:59")) == 0
    assert sweep_duties(at=at(now)) == 1
    row = decision_of(case).pauses.get()
    assert (row.from_on, row.to_on) == (date(2026, 6, 18), date(2026, 7, 2))
    assert decision_of(case).due_on == Application.objects.get(pk=case.pk).due_on == date(2026, 7, 29)
    assert Event.objects.of(case).get(verb="obligation.resume").actor.is_system


def test_after_weeks_of_stop_the_decision_is_overdue_by_its_true_day(filed: Application) -> None:
    case = stopped(filed, "2026-06-18T10:00", days=1)
    assert sweep_duties(at=at("2026-08-03T09:00")) == 2
    assert [event.data["due"] for event in Event.objects.of(case).filter(verb="obligation.overdue")] == [
        "2026-06-19",
        "2026-07-16",
    ]


@pytest.mark.parametrize(("days", "case"), [(0, CASE), (11, CASE), (-3, CASE), (5, "nbk.platform.pause.4"), (5, "")])
def test_only_in_a_case_of_the_law_and_for_its_days(filed: Application, days: int, case: str) -> None:
    with pytest.raises(TransitionRefused) as refused:
        services.stop_review(
            filed, case=case, text="The charter.", cure_days=days, actor=make.make_user("officer"), at=FILED
        )
    assert codes(refused) == ["cure-too-long" if case == CASE else "reason-unknown"]


def test_a_mining_licence_never_stops() -> None:
    application = make.make_in_review()
    officer = make.make_user("officer")
    with pytest.raises(TransitionRefused) as refused:
        services.stop_review(application, case=CASE, text="Wait.", cure_days=5, actor=officer, at=FILED)
    assert codes(refused) == ["no-pause"]
    with pytest.raises(TransitionRefused) as refused:
        pause(decision_of(application), actor=officer, at=FILED, from_on=FILED.date(), reason="Wait.", provision=None)
    assert codes(refused) == ["no-pause"]
    with pytest.raises(TransitionRefused) as refused:
        extend(decision_of(application), days=5, actor=officer, at=FILED, reason="More.", provision=None)
    assert codes(refused) == ["no-extension"]
    with pytest.raises(TransitionRefused) as refused:
        services.resume_review(application, actor=officer, at=FILED)
    assert codes(refused) == ["not-paused"]


@pytest.mark.parametrize(
    ("from_on", "problem"),
    [("2026-06-15", "pause-before-term"), ("2026-06-18", "pause-in-future"), ("2020-01-01", "pause-before-term")],
)
def test_a_pause_on_an_impossible_day(filed: Application, from_on: str, problem: str) -> None:
    with pytest.raises(TransitionRefused) as refused:
        pause(
            decision_of(filed),
            actor=make.make_user("officer"),
            at=at("2026-06-17T10:00"),
            from_on=date.fromisoformat(from_on),
            reason="Papers.",
            provision=rule(),
        )
    assert codes(refused) == [problem]
    assert not Pause.objects.exists()


@pytest.mark.parametrize(
    ("to_on", "problem"), [("2026-06-16", "pause-ends-before-start"), ("2026-06-20", "pause-in-future")]
)
def test_a_pause_that_ends_when_it_cannot(filed: Application, to_on: str, problem: str) -> None:
    case = stopped(filed, "2026-06-17T10:00")
    with pytest.raises(TransitionRefused) as refused:
        services.resume_review(
            case, actor=make.make_user("officer"), at=at("2026-06-19T10:00"), to_on=date.fromisoformat(to_on)
        )
    assert codes(refused) == [problem]


def test_what_has_passed_or_stands_cannot_stop_again(filed: Application) -> None:
    officer = make.make_user("officer")
    case = stopped(filed, "2026-06-17T10:00")
    for when, expected in (("2026-06-18T10:00", "term-not-running"), ("2026-09-01T10:00", "term-not-running")):
        with pytest.raises(TransitionRefused) as refused:
            stopped(case, when)
        assert codes(refused) == [expected]
    case = services.resume_review(case, actor=officer, at=at("2026-06-18T10:00"))
    with pytest.raises(TransitionRefused) as refused:
        stopped(case, "2026-07-17T10:00")  # a day too late
    assert codes(refused) == ["term-passed"]
    assert stopped(case, "2026-07-16T10:00").due_on is None  # on its last day it still may
    overlapping = decision_of(services.resume_review(case, actor=officer, at=at("2026-07-16T12:00")))
    with pytest.raises(TransitionRefused) as refused:
        pause(
            overlapping,
            actor=officer,
            at=at("2026-07-16T13:00"),
            from_on=date(2026, 6, 17),
            reason="Again.",
            provision=rule(),
        )
    assert codes(refused) == ["pause-overlaps"]


def test_an_extension_is_given_once_and_taken_back_from_the_base(filed: Application) -> None:
    """The provision is that of another term of the National Bank: no regime lengthens the review of a filing."""
    officer, allowed = make.make_user("officer"), provision("nbk.measure.plan_review_extension", FILED.date())
    for days in (0, 11):
        with pytest.raises(TransitionRefused) as refused:
            extend(decision_of(filed), days=days, actor=officer, at=FILED, reason="", provision=allowed)
        assert codes(refused) == ["extension-too-long", "note-missing"]
    row = extend(decision_of(filed), days=10, actor=officer, at=FILED, reason="Many actions.", provision=allowed)
    assert (row.from_on, row.to_on, decision_of(filed).due_on) == (
        date(2026, 7, 15),
        date(2026, 7, 29),
        date(2026, 7, 29),
    )
    with pytest.raises(TransitionRefused) as refused:
        extend(decision_of(filed), days=1, actor=officer, at=FILED, reason="More.", provision=allowed)
    assert codes(refused) == ["extended-already"]
    pause(decision_of(filed), actor=officer, at=FILED, from_on=FILED.date(), reason="Papers.", provision=rule())
    resume(decision_of(filed), actor=officer, at=at("2026-06-18T10:00"))
    assert decision_of(filed).due_on == date(2026, 7, 31)
    back = remove_extension(row, actor=officer, at=at("2026-06-19T10:00"), reason="A slip.")
    assert back.due_on == date(2026, 7, 17)  # the pause alone
    kinds = [(one.kind, one.removed_at is None) for one in back.pauses.all()]
    assert kinds == [("extension", False), ("pause", True), ("recalculation", True)]
    with pytest.raises(TransitionRefused):
        remove_extension(row, actor=officer, at=at("2026-06-19T10:00"), reason="Again.")
