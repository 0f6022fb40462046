"""What several do to one licence at the same moment: one effect, one letter, one edition, nobody waits for ever."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from config.invariants import faults
from core.models import Event, Obligation, User
from core.services import sweep_duties, verify_events
from core.workflow import TransitionRefused
from licensing import services
from licensing.models import Appeal, Application, Breach, Decision, Edition, Letter, Licence, Measure, RegisterEntry
from tests import factories as make
from tests.licensing.test_races import at_once, won

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.stress]
ROUNDS = 8
DAY = make.AT + timedelta(days=1)


def sound(at: datetime) -> None:
    assert [str(fault) for fault in faults(at=at) if fault.code != "letter-unprinted"] == []
    assert not list(verify_events())


def refusals(results: Sequence[Any]) -> set[str]:
    lost = [one for one in results if isinstance(one, TransitionRefused)]
    assert len(lost) + len(won(results)) == len(results), results
    return {problem.code for one in lost for problem in one.problems}


def countersigned(licence: Licence, at: datetime, officer: User, second: User, act: str = "suspend") -> Measure:
    measure = make.make_measure(licence, act=act, officer=officer, at=at - timedelta(hours=5))
    if act == "suspend":  # the end of a holder is established without a hearing
        make.hear_holder(measure, at=at)
    return services.countersign_measure(measure, actor=second, at=at)


def decide(measure: Measure, head: User, at: datetime) -> Callable[[], Any]:
    return lambda: services.decide_measure(measure, actor=head, at=at, confirmation="It applies.")


def ready(licence: Licence, act: str, at: datetime, **values: Any) -> Application:
    """A request that only waits for its decision."""
    case, officer = make.make_request(licence, act, at=at, **values), make.make_user("officer")
    services.accept_application(case, actor=officer, at=at)
    make.judge_open(case, officer, at=at)
    services.recommend(case, outcome="grant", text="As found.", actor=officer, at=at)
    return services.countersign(case, actor=make.make_user("officer"), at=at)


def grant(case: Application, head: User, at: datetime) -> Callable[[], Any]:
    return lambda: services.decide_application(case, outcome="grant", actor=head, at=at)


def fresh(licence: Licence) -> Licence:
    return Licence.objects.get(pk=licence.pk)


def test_two_heads_put_one_measure_into_effect() -> None:
    """One decision, one letter, one step of the licence; taken back by a judgment, and so on again."""
    licence, (officer, second) = make.make_licence(), (make.make_user("officer") for _ in range(2))
    heads = [make.make_user("head"), make.make_user("head")]
    for round_ in range(ROUNDS):
        at = DAY + timedelta(days=round_)
        measure = countersigned(fresh(licence), at, officer, second)
        results = at_once([decide(measure, head, at) for head in heads])
        assert len(won(results)) == 1
        assert refusals(results) <= {"wrong-state", "licence-state"}
        assert fresh(licence).state == "suspended"
        assert Decision.objects.filter(measure=measure).count() == 1
        assert Letter.objects.of(measure).filter(kind="measure").count() == 1
        undo = partial(services.annul_decision, measure.decision, cause="J", actor=heads[0], at=at)
        assert len(won(at_once([undo, undo]))) == 1
        assert fresh(licence).state == "in_force"
    assert Event.objects.of(licence).filter(verb="licence.suspend").count() == ROUNDS
    assert Event.objects.of(licence).filter(verb="licence.resume").count() == ROUNDS
    sound(DAY + timedelta(days=ROUNDS))


def test_a_suspension_an_end_and_a_surrender_at_once() -> None:
    """Whoever comes first, the licence, its register entry and every case agree; the days of the rest are refused."""
    officer, second, head = (make.make_user(role) for role in ("officer", "officer", "head"))
    for _round in range(3):
        licence = make.make_licence()
        given_up = ready(licence, "surrender", DAY, text="We stop.")
        suspension, end = (countersigned(licence, DAY, officer, second, act) for act in ("suspend", "close"))
        results = at_once([decide(suspension, head, DAY), decide(end, head, DAY), grant(given_up, head, DAY)])
        assert refusals(results) <= {"wrong-state", "licence-state", "unsettled:licence"}
        assert len([one for one in won(results) if one.pk != suspension.pk or not isinstance(one, Measure)]) == 1
        assert fresh(licence).state in ("surrendered", "ended")
        assert not Obligation.objects.of(licence).open().exists()
    sound(DAY)


def test_two_reissues_at_once() -> None:
    """One act is carried out once; two acts one after the other, each with an edition of its own."""
    licence, heads = make.make_licence(), [make.make_user("head"), make.make_user("head")]
    paid: dict[str, Any] = {"fee_paid_on": DAY.date(), "fee_reference": "PAY-7", "fee_amount": "865000.00"}
    for round_ in range(3):
        named = {"ground": "permit.reissue.entity", "changed_on": DAY.date(), "name_en": f"Name {round_} LLP", **paid}
        reissue = ready(fresh(licence), "reissue", DAY, **named)
        correction = ready(fresh(licence), "correction", DAY, **make.correction(licence, f"Centre {round_}"))
        results = at_once([grant(case, head, DAY) for case in (reissue, correction) for head in heads])
        assert len(won(results)) == 2
        assert refusals(results) == {"wrong-state"}
        now, entry = fresh(licence), RegisterEntry.objects.get(licence=licence)
        assert (now.edition, entry.name_en) == (2 * round_ + 3, f"Name {round_} LLP")
        assert now.particulars[0]["value"] == f"Centre {round_}"
    assert sorted(Edition.objects.values_list("number", flat=True)) == list(range(2, 8))
    assert Letter.objects.filter(kind="licence").count() == 7
    split = {"ground": "permit.reissue.division", "changed_on": DAY.date(), **make.particulars(), **paid}
    heirs = [ready(fresh(licence), "reissue-split", DAY, actor=make.make_applicant(), **split) for _ in range(2)]
    later = DAY + timedelta(hours=1)
    results = at_once([grant(case, head, later) for case, head in zip(heirs, heads, strict=True)])
    (winner,) = won(results)
    assert refusals(results) == {"unsettled:free"}
    assert fresh(licence).organisation == winner.organisation
    sound(later)


def test_two_resumptions_and_a_night_at_once() -> None:
    """Two heads find the cure proved while the suspension runs out: the licence is in force again, and owes nothing."""
    licence, heads = make.make_licence(), [make.make_user("head"), make.make_user("head")]
    officer, second = make.make_user("officer"), make.make_user("officer")
    at = DAY
    for round_ in range(4):
        measure = countersigned(fresh(licence), at, officer, second)
        decide(measure, heads[0], at)()
        over = fresh(licence).suspended_to
        assert isinstance(over, date)
        at = make.AT.replace(year=over.year, month=over.month, day=over.day) + timedelta(days=1)
        draft = make.make_request(fresh(licence), "resumption", at=at, submit=False, text="Cured.")
        file = partial(services.submit_application, draft, actor=draft.created_by, at=at)
        assert len(won(at_once([file, file]))) == 1
        case = Application.objects.get(pk=draft.pk)
        services.accept_application(case, actor=officer, at=at)
        make.judge_open(case, officer, at=at)
        services.recommend(case, outcome="grant", text="Cured.", actor=officer, at=at)
        case = services.countersign(case, actor=second, at=at)
        night = [partial(services.lapse_suspensions, at=at), partial(sweep_duties, at=at)]
        results = at_once([*(grant(case, head, at) for head in heads), *night])
        assert len(won(results)) == 3  # one head and both works of the night
        services.lapse_suspensions(at=at)
        assert fresh(licence).state == "in_force"
        assert not Obligation.objects.of(licence).open().exists()
        assert Event.objects.of(licence).filter(verb="licence.resume").count() == round_ + 1
        at += timedelta(days=1)
    sound(at)


def test_an_appeal_is_answered_once_whoever_answers() -> None:
    """Two heads and the night on which its term is over: one decision, one letter, and the refusal stands or not."""
    heads = [make.make_user("head"), make.make_user("head")]
    for _round in range(4):
        appeal = make.make_heard()
        over = appeal.due_on
        assert over is not None
        late = make.AT.replace(year=over.year, month=over.month, day=over.day) + timedelta(days=1)
        answer: Any = partial(services.decide_appeal, appeal, text="So.", at=late)
        acts = [
            partial(answer, outcome=outcome, actor=head)
            for outcome, head in zip(("annul", "uphold"), heads, strict=True)
        ]
        results = at_once([*acts, partial(sweep_duties, at=late)])
        sweep_duties(at=late)
        state = Appeal.objects.get(pk=appeal.pk).state
        answered = [one for one in won(results) if isinstance(one, Appeal)]
        assert [one.state for one in answered] == ([] if state == "unanswered" else [state])
        case = Application.objects.get(pk=appeal.case.pk)
        assert case.state == ("in_review" if state == "annulled" else "refused")
        assert Letter.objects.filter(application=case, kind="appeal_decision").count() == 1
        sound(late)


def test_a_breach_is_explained_while_it_is_settled() -> None:
    licence, officer, head = make.make_licence(), make.make_user("officer"), make.make_user("head")
    party, at = licence.application.created_by, make.AT + timedelta(hours=6)
    for _round in range(ROUNDS):
        breach = make.make_breach(licence)
        settle: Any = partial(services.settle_breach, breach, at=at)
        at_once(
            [
                partial(services.explain_breach, breach, explanation="A cable.", actor=party, at=at),
                partial(settle, "cure", text="Seen.", cured_on=at.date(), actor=officer),
                partial(settle, "dismiss", text="No.", actor=head),
            ]
        )
        assert Breach.objects.get(pk=breach.pk).state in ("cured", "unfounded")
        assert not Obligation.objects.of(breach).open().exists()
    sound(at)
