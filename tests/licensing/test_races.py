"""The same act by two people at the same moment: real threads, each with its own connection to PostgreSQL."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from core.models import Document, Event, Membership, Notification, Obligation, User
from core.services import Upload, confirm_membership, seal_events, sweep_duties, verify_events
from core.workflow import StaleVersion, TransitionRefused
from licensing import services
from licensing.models import (
    Application,
    CheckJudgement,
    Decision,
    Letter,
    Licence,
    NumberCounter,
    Recommendation,
    RegisterEntry,
)
from tests import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.stress]
ROUNDS = 100
LAWFUL = (TransitionRefused, PermissionDenied, StaleVersion)


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """All acts, started together; what each gave back, or the refusal it met. Anything else is raised."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            return act()
        except LAWFUL as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def won(results: Sequence[Any]) -> list[Any]:
    return [one for one in results if not isinstance(one, LAWFUL)]


def clone(application: Application) -> Application:
    """A second filing of the same applicant, as far as the first: rows alone, no acts."""
    particulars, recommendation = application.particulars, application.recommendation
    papers = list(application.documents())
    obligations = list(Obligation.objects.of(application))
    copy = Application.objects.get(pk=application.pk)
    copy.pk, copy.reference = None, services.filing.next_reference(make.AT)
    copy.save(force_insert=True)
    particulars.pk = copy.pk
    particulars.application = copy
    particulars.save(force_insert=True)
    for row in (*papers, *obligations):
        row.pk, row.subject_id, row.reference = None, copy.pk, copy.reference
    Document.objects.bulk_create(papers)
    Obligation.objects.bulk_create(obligations)
    for judged in CheckJudgement.objects.filter(application=application):
        judged.pk, judged.application = None, copy
        judged.save(force_insert=True)
    if recommendation is not None:
        Recommendation.objects.create(
            application=copy,
            **{
                name: getattr(recommendation, name)
                for name in ("outcome", "text", "made_by", "made_at", "countersigned_by", "countersigned_at")
            },
        )
    return Application.objects.get(pk=copy.pk)


def decide(application: Application, head: User, outcome: str = "grant") -> Callable[[], Application]:
    return lambda: services.decide_application(application, outcome=outcome, actor=head, at=make.AT)


def test_two_heads_decide_at_the_same_moment() -> None:
    """One decision, one licence, one letter of each kind, one register entry; a hundred times."""
    first = make.make_countersigned()
    heads = [make.make_user("head"), make.make_user("head")]
    cases = [first, *(clone(first) for _round in range(ROUNDS - 1))]
    for case in cases:
        results = at_once([decide(case, head) for head in heads])
        assert len(won(results)) == 1
        lost = next(one for one in results if isinstance(one, LAWFUL))
        assert isinstance(lost, TransitionRefused)
        assert [problem.code for problem in lost.problems] == ["wrong-state"]
    assert Decision.objects.count() == ROUNDS
    assert Licence.objects.count() == RegisterEntry.objects.count() == ROUNDS
    per_case = Counter(Letter.objects.exclude(kind="receipt").values_list("application", "kind"))
    assert set(per_case.values()) == {1}
    assert len(per_case) == 2 * ROUNDS
    assert Event.objects.filter(verb="application.grant").count() == ROUNDS
    numbers = sorted(Licence.objects.values_list("number", flat=True))
    assert numbers == [f"M1-2026-{number:05d}" for number in range(1, ROUNDS + 1)]
    assert not list(verify_events())


def test_ten_grants_at_once_number_without_gaps_or_doubles() -> None:
    first = make.make_countersigned()
    cases = [first, *(clone(first) for _case in range(9))]
    heads = [make.make_user("head") for _case in cases]
    assert len(won(at_once([decide(case, head) for case, head in zip(cases, heads, strict=True)]))) == 10
    numbers = sorted(Licence.objects.values_list("number", flat=True))
    assert numbers == [f"M1-2026-{number:05d}" for number in range(1, 11)]
    assert NumberCounter.objects.get().last == 10


def test_a_failed_grant_spends_no_number() -> None:
    """Ten grants, of which every second falls at the last moment: the numbers given have no gap."""
    first = make.make_countersigned()
    cases = [first, *(clone(first) for _case in range(9))]

    def grant_and_fall(case: Application, head: User) -> Callable[[], Any]:
        def act() -> Any:
            with transaction.atomic():
                services.decide_application(case, outcome="grant", actor=head, at=make.AT)
                raise TransitionRefused([])

        return act

    head = make.make_user("head")
    acts = [grant_and_fall(case, head) if n % 2 else decide(case, head) for n, case in enumerate(cases)]
    assert len(won(at_once(acts))) == 5
    assert sorted(Licence.objects.values_list("number", flat=True)) == [f"M1-2026-{n:05d}" for n in range(1, 6)]


def test_granted_against_withdrawn() -> None:
    """Head and applicant act at once: exactly one of them wins, and the rest agrees with the winner."""
    first = make.make_countersigned()
    cases, head = [first, *(clone(first) for _round in range(19))], make.make_user("head")
    for case in cases:
        results = at_once([decide(case, head), partial(withdraw, case)])
        (winner,) = won(results)
        assert Licence.objects.filter(application=case).exists() == (winner.state == "granted")
        assert not Obligation.objects.of(case).open().exists()


def submit(case: Application, **fields: Any) -> Application:
    return services.submit_application(case, actor=case.created_by, at=make.AT, **fields)


def edit(case: Application, **fields: Any) -> Application:
    return services.edit_draft(case, values={"jobs": 26}, actor=case.created_by, at=make.AT, **fields)


def withdraw(case: Application) -> Application:
    return services.withdraw_application(case, actor=case.created_by, at=make.AT)


def test_submitted_twice() -> None:
    first = make.make_draft()
    cases = [first, *(clone(first) for _round in range(9))]
    for case in cases:
        assert len(won(at_once([partial(submit, case)] * 3))) == 1
        assert Obligation.objects.of(case).count() == 3
        assert Letter.objects.filter(application=case).count() == 1


def test_submitted_while_edited() -> None:
    """A stale edit never lands in a filed case."""
    first = make.make_draft()
    for case in [first, *(clone(first) for _round in range(9))]:
        at_once([partial(submit, case, version=case.version), partial(edit, case, version=case.version)])
        fresh = Application.objects.get(pk=case.pk)
        assert (fresh.state == "submitted") == (fresh.particulars.jobs == 25)


def test_answered_twice() -> None:
    application = make.make_in_review()
    officer = make.make_user("officer")
    for round_ in range(10):
        question = services.ask_question(application, text=f"Which feeder? {round_}", actor=officer, at=make.AT)
        answer = partial(services.answer_question, question, actor=application.created_by, at=make.AT)
        (winner,) = won(at_once([partial(answer, text=text) for text in ("One.", "Two.")]))
        question.refresh_from_db()
        assert question.answer == winner.answer
    assert Event.objects.filter(verb="application.answer").count() == 10


def test_acts_on_one_case_do_not_deadlock() -> None:
    """Officers, the applicant, the sweep and the seal on the same rows at once: everybody gets an answer."""
    application, officer, other = make.make_submitted(), make.make_user("officer"), make.make_user("officer")
    party, late = application.created_by, make.AT.replace(month=8)
    for _round in range(5):
        at_once(
            [
                lambda: services.ask_question(application, text="And?", actor=officer, at=make.AT),
                lambda: services.assign_application(application, to=other, actor=officer, at=make.AT),
                lambda: services.register_application(application, actor=other, at=make.AT),
                lambda: services.add_note(application, text="Hm.", actor=officer, at=make.AT),
                lambda: services.attach_document(
                    application, Upload("a.pdf", BytesIO(make.PDF)), kind="answer", actor=party, at=make.AT
                ),
                lambda: sweep_duties(at=late),
                lambda: seal_events(at=make.AT),
            ]
        )
    assert Event.objects.filter(verb="obligation.overdue").count() == len(
        set(Event.objects.filter(verb="obligation.overdue").values_list("data__duty", flat=True))
    )
    assert not list(verify_events())


def test_two_sweeps_find_each_duty_once() -> None:
    first = make.make_submitted()
    cases = [first, *(clone(first) for _case in range(9))]
    late = make.AT.replace(month=9)
    found = at_once([lambda: sweep_duties(at=late)] * 4)
    assert sum(found) == 3 * len(cases)
    assert Event.objects.filter(verb="obligation.overdue").count() == 3 * len(cases)


def test_two_expiries_end_each_licence_once() -> None:
    first = make.make_countersigned()
    head = make.make_user("head")
    for case in [first, *(clone(first) for _case in range(4))]:
        services.decide_application(case, outcome="grant", actor=head, at=make.AT)
    late = make.AT.replace(year=2030)
    assert sum(at_once([lambda: services.expire_licences(at=late)] * 3)) == 5
    assert Event.objects.filter(verb="licence.expire").count() == 5


def test_printed_by_two_workers() -> None:
    application = make.make_submitted()
    letter = application.letters.get()
    printed = at_once([lambda: services.print_letter(letter.pk, at=make.AT)] * 2)
    assert sum(one is not None for one in printed) == 1
    assert application.documents().filter(kind="receipt").count() == 1
    assert Notification.objects.filter(recipient=application.created_by, channel="inbox").count() == 1


def test_confirmed_and_refused_at_once() -> None:
    organisation, officers = make.make_organisation(), [make.make_user("officer"), make.make_user("head")]
    for _round in range(10):
        claim = make.make_membership(make.make_user(), organisation, confirmed_at=None, confirmed_by=None)
        acts = [partial(confirm_membership, claim, actor=actor, at=make.AT) for actor in officers]
        assert len(won(at_once(acts))) == 1
    assert Membership.objects.filter(confirmed_at__isnull=False).count() == 10
    assert Event.objects.filter(verb="membership.confirm").count() == 10
