"""check_invariants says nothing of sound data, and names each planted fault."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F

from config.invariants import faults
from core.models import Event, Notification, Obligation
from licensing import services
from licensing.models import (
    Application,
    Clarification,
    ClarificationReliance,
    Decision,
    Letter,
    Licence,
    Measure,
    NumberCounter,
    RegisterEntry,
)
from licensing.services import print_left_over
from mining.models import DataCentre
from tests import factories as make
from tests.mining.centres import let, signed

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 17)


@pytest.fixture
def sound() -> None:
    make.make_decided()
    make.make_decided(outcome="refuse")
    filed = make.make_submitted()
    ClarificationReliance.objects.create(
        application=filed,
        clarification=make.make_published(),
        relied_on=make.AT.date(),
        by=filed.created_by,
        at=make.AT,
    )
    let(signed().centre, granted().licence)
    print_left_over(at=make.AT)


def found() -> set[str]:
    return {fault.code for fault in faults(at=make.AT)}


@pytest.mark.usefixtures("sound")
def test_sound_data_has_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert found() == set()
    call_command("check_invariants")
    assert "agrees with itself" in capsys.readouterr().out


def granted() -> Application:
    return Application.objects.get(state="granted")


def decide_alone(decision: Decision) -> int:
    proposal = decision.recommendation
    assert proposal is not None
    return Decision.objects.filter(pk=decision.pk).update(made_by=proposal.made_by)


PLANTED: dict[str, Callable[[], object]] = {
    "term-missing": lambda: Obligation.objects.filter(code="decision", subject_id=granted().pk).delete(),
    "term-left-open": lambda: Obligation.objects.filter(code="completeness").update(met_at=None, ended_at=None),
    "term-unmet": lambda: Obligation.objects.filter(code="decision").update(met_at=None, ended_at=make.AT),
    "due-day": lambda: Application.objects.filter(state="submitted").update(due_on=DAY + timedelta(days=90)),
    "no-due-day": lambda: Application.objects.filter(state="submitted").update(due_on=None),
    "decision-missing": lambda: Decision.objects.filter(outcome="refuse").delete(),
    "one-hand": lambda: [decide_alone(decision) for decision in Decision.objects.all()],
    "entry-missing": lambda: RegisterEntry.objects.all().delete(),
    "register-differs": lambda: RegisterEntry.objects.update(standing="expired"),
    "letter-missing": lambda: Letter.objects.filter(kind="receipt").delete(),
    "letter-too-many": lambda: Letter.objects.filter(kind="grant").update(kind="refusal"),
    "letter-unprinted": lambda: Letter.objects.update(document=None, made_at=make.AT - timedelta(days=2)),
    "number-gap": lambda: NumberCounter.objects.update(last=7),
    "later-missing": lambda: Clarification.objects.update(state="superseded", ended_on=DAY),
    "relied-too-late": lambda: ClarificationReliance.objects.update(relied_on=DAY - timedelta(days=9)),
    "state-untold": lambda: Licence.objects.update(state="expired", ended_on=F("valid_to")),
    "not-expired": lambda: Licence.objects.update(valid_from=DAY - timedelta(days=9), valid_to=DAY - timedelta(days=7)),
    "ended-on-another-day": lambda: Licence.objects.update(state="expired", ended_on=DAY),
    "overdue-untold": lambda: Obligation.objects.filter(code="decision").update(overdue_at=make.AT),
    "overlet": lambda: DataCentre.objects.update(megawatts=1),
    "let-after-closing": lambda: DataCentre.objects.update(
        state="closed", closed_on=DAY - timedelta(days=1), closing_reason="Gone."
    ),
    "inbox-lacks": lambda: Notification.objects.filter(channel=Notification.INBOX).delete(),
}


@pytest.mark.usefixtures("sound")
def test_each_fault_is_named(subtests: pytest.Subtests) -> None:
    for code, plant in PLANTED.items():
        with subtests.test(code), transaction.atomic():
            plant()
            assert code in found()
            transaction.set_rollback(True)


@pytest.mark.usefixtures("sound")
def test_a_gap_among_clarifications_is_named() -> None:
    NumberCounter.objects.filter(series="CL-MAIDD-2026").update(last=2)
    assert found() == {"number-gap"}
    NumberCounter.objects.filter(series="CL-MAIDD-2026").delete()
    assert found() == {"number-gap"}


@pytest.mark.usefixtures("sound")
def test_the_command_fails_with_a_line_per_fault(capsys: pytest.CaptureFixture[str]) -> None:
    NumberCounter.objects.update(last=7)
    with pytest.raises(CommandError, match="faults"):
        call_command("check_invariants")
    assert "number-gap: M1-2026" in capsys.readouterr().err


#: Faults in what happened to a licence after its grant.
PLANTED_LATER: dict[str, Callable[[], object]] = {
    "term-left-open": lambda: Obligation.objects.filter(code="breach-explanation").update(met_at=None, ended_at=None),
    "decision-missing": lambda: Decision.objects.filter(measure__isnull=False).delete(),
    "one-hand": lambda: Decision.objects.filter(measure__isnull=False).update(
        made_by=Event.objects.get(verb="measure.countersign").actor
    ),
    "edition-differs": lambda: Licence.objects.update(edition=1),
    "state-untold": lambda: Measure.objects.update(state="dropped"),
    "letter-missing": lambda: Letter.objects.filter(kind="licence", application__act="correction").delete(),
}


def test_faults_in_the_life_of_a_licence_are_named() -> None:
    licence, at = make.make_licence(), make.AT + timedelta(hours=6)
    make.grant_request(make.make_request(licence, "correction", at=at, **make.correction(licence)), at=at)
    officer, head = make.make_user("officer"), make.make_user("head")
    breach = make.make_breach(licence)
    measure = make.make_measure(licence, breach=breach)
    services.countersign_measure(measure, actor=officer, at=at)
    make.hear_holder(measure, at=at)
    services.decide_measure(measure, actor=head, at=at, confirmation="It applies.")
    services.settle_breach(breach, "close", text="Suspended.", actor=officer, at=at)
    assert found() == set()
    for code, plant in PLANTED_LATER.items():
        with transaction.atomic():
            plant()
            assert code in found()
            transaction.set_rollback(True)
