"""A kind is abolished: nothing new, open filings end, each live licence has its day, a letter and a task. Once."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Event, Obligation
from core.workflow import TransitionRefused
from law.abolition import abolition
from law.provisions import D259
from licensing import permits, services
from licensing.models import Application, Letter, Licence
from licensing.permits import PermitKind
from licensing.services import abolition as sweeping
from licensing.workflow.application import kind_stands
from tests import factories as make
from tests.licensing.kinds import SECURED, abolished

__all__ = ["abolished"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("abolished")]
BEFORE = datetime(2026, 4, 20, 10, 0, tzinfo=make.ALMATY)
EVE = datetime(2026, 4, 30, 23, 59, tzinfo=make.ALMATY)
FIRST = datetime(2026, 5, 1, 0, 0, tzinfo=make.ALMATY)


def codes(refused: pytest.ExceptionInfo[TransitionRefused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def licence(kind: str = SECURED) -> Licence:
    """Granted a few days before the end, by silence of nobody: the opinion of the energy body is in."""
    officer = make.make_user("officer")
    case = make.make_in_review(kind=kind, at=BEFORE, officer=officer)
    make.make_authority("energy", decides=False)
    body = make.make_authority("energy")
    opinion = services.request_opinion(case, body=body, text="Is there power?", actor=officer, at=BEFORE)
    day = BEFORE.date()
    services.record_opinion(opinion, answer="agreed", text="Yes.", answered_on=day, actor=officer, at=BEFORE)
    services.recommend(case, outcome="grant", text="Met.", actor=officer, at=BEFORE)
    services.countersign(case, actor=make.make_user("officer"), at=BEFORE)
    return services.decide_application(case, outcome="grant", actor=make.make_user("head"), at=BEFORE).licence


def test_the_day_comes_from_the_provision() -> None:
    found = abolition(f"{SECURED}.abolition")
    assert (found.on, found.holds_until) == (D259, date(2026, 5, 1))
    due = found.due(SECURED)
    assert (due.base_on, due.due_on, due.provision.is_confirmed) == (D259, D259, False)
    with pytest.raises(LookupError):
        abolition("permit.nothing")


def test_nothing_new_from_that_day_on() -> None:
    draft = make.make_draft(kind=SECURED, at=BEFORE)
    other = make.make_draft(kind=SECURED, at=BEFORE)
    assert services.submit_application(draft, actor=make.party_of(draft), at=EVE).state == "submitted"
    with pytest.raises(TransitionRefused) as refused:
        services.submit_application(other, actor=make.party_of(other), at=FIRST)
    assert codes(refused)[0] == "kind-abolished"
    assert refused.value.problems[0].ground()["code"] == f"{SECURED}.abolition"  # type: ignore[index]  # it has one
    with pytest.raises(TransitionRefused) as refused:
        make.make_draft(kind=SECURED, at=FIRST)
    assert codes(refused) == ["kind-abolished"]


def test_open_filings_end_with_a_letter_once() -> None:
    case = make.make_recommended(kind=SECURED, at=BEFORE)
    assert services.end_abolished_kinds(at=EVE) == 0
    assert services.end_abolished_kinds(at=FIRST) == 1
    assert services.end_abolished_kinds(at=FIRST + timedelta(days=1)) == 0
    case.refresh_from_db()
    assert (case.state, case.closed_at, case.due_on) == ("discontinued", FIRST, None)
    assert not Obligation.objects.of(case).open().exists()
    letter = Letter.objects.get(kind="discontinued")
    assert [one["code"] for one in letter.data["reasons"]] == [f"{SECURED}.abolition", "permit.abolition-filings"]
    assert services.print_letter(letter.pk, at=FIRST) is not None
    assert Event.objects.of(case).get(verb="application.discontinue").actor.is_system


def test_or_they_stay_where_the_procedure_says_so(abolished: PermitKind, monkeypatch: pytest.MonkeyPatch) -> None:
    stays = replace(abolished, procedure=replace(abolished.procedure, ends_filings=False))
    monkeypatch.setitem(permits._KINDS, SECURED, stays)
    case = make.make_countersigned(kind=SECURED, at=BEFORE)
    assert services.end_abolished_kinds(at=FIRST) == 0
    assert kind_stands(case, FIRST.date()) == []


def test_nobody_grants_between_the_day_and_the_sweep(abolished: PermitKind, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = replace(abolished, procedure=replace(abolished.procedure, agreement_bodies=()))
    monkeypatch.setitem(permits._KINDS, SECURED, plain)
    case = make.make_countersigned(kind=SECURED, at=BEFORE)
    with pytest.raises(TransitionRefused) as refused:
        services.decide_application(case, outcome="grant", actor=make.make_user("head"), at=FIRST)
    assert codes(refused) == ["kind-abolished"]


def test_each_live_licence_has_its_day_letter_and_task() -> None:
    held = licence()
    other = make.make_licence(at=BEFORE)  # of a kind that stays
    assert services.end_abolished_kinds(at=FIRST + timedelta(days=6)) == 1  # days later, with the true day
    held.refresh_from_db()
    assert (held.state, held.ends_by, held.last_day) == ("in_force", date(2026, 5, 1), date(2026, 5, 1))
    assert held.register_entry.until == date(2026, 5, 1)
    task = Obligation.objects.of(held).open().get(code="abolition")
    assert (task.due_on, task.debtor, task.ground["code"]) == (date(2026, 5, 1), "authority", f"{SECURED}.abolition")
    letter = Letter.objects.get(kind="abolition")
    assert letter.organisation_id == held.organisation_id
    assert [one["code"] for one in letter.data["reasons"]] == [f"{SECURED}.abolition", "permit.ending.6"]
    assert services.print_letter(letter.pk, at=FIRST) is not None
    assert Event.objects.of(held).filter(verb="licence.abolish").count() == 1
    other.refresh_from_db()
    assert other.ends_by is None
    assert services.end_abolished_kinds(at=FIRST + timedelta(days=7)) == 0


def test_a_head_establishes_the_end_which_meets_the_task() -> None:
    held = licence()
    services.end_abolished_kinds(at=FIRST)
    measure = make.make_measure(held, act="close", at=FIRST, reasons=["permit.ending.6"])
    moment = FIRST + timedelta(hours=9)
    services.countersign_measure(measure, actor=make.make_user("officer"), at=moment)
    services.decide_measure(measure, actor=make.make_user("head"), at=moment, confirmation="It applies.")
    held.refresh_from_db()
    assert (held.state, held.ground["code"]) == ("ended", "permit.ending.6")
    assert Obligation.objects.of(held).get(code="abolition").met_at == moment


def test_slices_are_whole_and_their_cost_does_not_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between two slices, the next run goes on where it stopped; many take as many statements as few."""
    rows = [licence() for _each in range(3)]
    monkeypatch.setattr(sweeping, "SLICE", 1)
    permit = permits.kind(SECURED)
    with CaptureQueriesContext(connection) as few:
        assert sweeping._warn_licences(permit, permit.abolition, FIRST) == 1  # type: ignore[arg-type]  # it has one
    monkeypatch.setattr(sweeping, "SLICE", 200)
    with CaptureQueriesContext(connection) as many:
        assert sweeping._warn_licences(permit, permit.abolition, FIRST) == 2  # type: ignore[arg-type]  # it has one
    assert len(many) == len(few)
    assert services.end_abolished_kinds(at=FIRST) == 0
    assert Letter.objects.filter(kind="abolition").count() == 3
    assert not Licence.objects.filter(pk__in=[row.pk for row in rows], ends_by=None).exists()
    assert Application.objects.filter(kind=SECURED, state="granted").count() == 3
