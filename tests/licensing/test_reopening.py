"""A refusal that is annulled: the case is open again, its second decision stands beside the first, which stays kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from config.invariants import faults
from core.models import Event, Obligation
from core.workflow import TransitionRefused
from licensing import services
from licensing.models import Application, Decision
from tests import factories as make

pytestmark = pytest.mark.django_db
WEEK_LATER = make.AT + timedelta(days=7)


def annul(application: Application) -> Application:
    decision = Decision.objects.get(application=application, annulled_at=None)
    services.annul_decision(decision, cause="APL-2026-000001", actor=make.make_user("head"), at=WEEK_LATER)
    return Application.objects.get(pk=application.pk)


def test_an_annulled_refusal_is_reviewed_again_with_its_own_term() -> None:
    case = annul(make.make_decided(outcome="refuse"))
    assert (case.state, case.closed_at, case.reasons, case.decision) == ("in_review", None, [], None)
    terms = Obligation.objects.of(case).filter(code="decision").order_by("base_on")
    assert [(term.base_on.isoformat(), term.met_at is None) for term in terms] == [
        ("2026-06-16", False),
        ("2026-06-23", True),
    ]
    assert case.due_on == terms[1].due_on
    assert case.recommendation is None
    verbs = Event.objects.of(case).order_by("-seq").values_list("verb", "actor__role")[:2]
    assert list(verbs) == [("application.reopen", "system"), ("application.annul", "head")]


def test_the_second_decision_follows_the_first() -> None:
    case = annul(make.make_decided(outcome="refuse"))
    officer, second, head = make.make_user("officer"), make.make_user("officer"), make.make_user("head")
    at = WEEK_LATER + timedelta(days=1)
    services.recommend(case, outcome="refuse", reasons=["permit.refusal.3"], text="Still.", actor=officer, at=at)
    case = make.make_answered(services.countersign(case, actor=second, at=at), at=at)
    decided = services.decide_application(case, outcome="refuse", actor=head, at=at)
    first, last = Decision.objects.filter(application=case).order_by("id")
    assert last.previous == first
    assert Application.objects.get(pk=decided.pk).decision == last
    assert decided.letters.filter(kind="refusal").count() == 2
    services.print_left_over(at=at)
    assert list(faults(at=at)) == []


def test_a_decision_is_annulled_once_and_a_standing_one_holds_the_case() -> None:
    case = make.make_decided(outcome="refuse")
    with pytest.raises(TransitionRefused, match="decision-stands"):
        services.reopen_application(case, cause="x", actor=make.make_system_user(), at=WEEK_LATER)
    with pytest.raises(PermissionDenied):
        services.reopen_application(case, cause="x", actor=make.make_user("head"), at=WEEK_LATER)
    decision = Decision.objects.get(application=case)
    services.annul_decision(decision, cause="x", actor=make.make_user("head"), at=WEEK_LATER)
    with pytest.raises(TransitionRefused, match="annulled-already"):
        services.annul_decision(decision, cause="x", actor=make.make_user("head"), at=WEEK_LATER)
