"""A licence lived at random: breaches, measures, requests, days that pass; whatever comes, the data agrees."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from config.invariants import faults
from core.models import Event, Obligation, Pause, User
from core.services import remind_duties, sweep_duties, verify_events
from core.workflow import StaleVersion, TransitionRefused
from law.life import suspension_grounds
from law.terms import hearing_due
from licensing import services
from licensing.models import Appeal, Application, Breach, Decision, Licence, Measure, RegisterEntry
from tests import factories as make

pytestmark = pytest.mark.django_db
LAWFUL = (TransitionRefused, PermissionDenied, StaleVersion)
OUTSIDE_THE_ACT = {"letter-unprinted", "mail-unsent"}  # what workers do after the commit
#: Who prepares and who decides, by the events of one case.
PREPARING = ("recommend", "edit_letter", "countersign", "propose")
DECIDING = ("grant", "refuse", "decide", "file", "uphold")


@dataclass
class World:
    licence: Licence
    holder: User
    people: list[User]  # the holder, two officers, two heads, an auditor, a stranger


def pick(rows: Any, number: int) -> Any:
    """One of the rows, the same for the same number.

    Raises:
        TransitionRefused: there are none: nothing to act on is no more a fault than a refusal.
    """
    found = list(rows.order_by("pk"))
    if not found:
        raise TransitionRefused([])
    return found[number % len(found)]


@dataclass
class Try:
    """Somebody tries an act at a moment; `number` picks what it is done to."""

    licence: Licence
    who: User
    at: datetime
    number: int

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)

    @property
    def by(self) -> dict[str, Any]:
        return {"actor": self.who, "at": self.at}

    @property
    def breach(self) -> Breach:
        found: Breach = pick(Breach.objects.all(), self.number)
        return found

    @property
    def measure(self) -> Measure:
        found: Measure = pick(Measure.objects.all(), self.number)
        return found

    @property
    def case(self) -> Application:
        found: Application = pick(Application.objects.filter(concerning=self.licence), self.number)
        return found

    @property
    def appeal(self) -> Appeal:
        found: Appeal = pick(Appeal.objects.all(), self.number)
        return found


def open_breach(t: Try) -> object:
    ground = suspension_grounds(t.licence.kind, t.day)[1].ground()
    return services.open_breach(
        authority=t.licence.authority, licence=t.licence, facts="No meter.", found_on=t.day, ground=ground, **t.by
    )


def refer(t: Try) -> object:
    return services.refer_breach(t.breach, body=make.make_authority("police", decides=False), text="Look.", **t.by)


def answer_referral(t: Try) -> object:
    return services.answer_referral(pick(t.breach.referrals.all(), t.number), answer="Seen.", answered_on=t.day, **t.by)


def propose(act: str) -> Callable[[Try], object]:
    def tried(t: Try) -> object:
        months = 1 + t.number % 7 if act == "suspend" else None  # seven are too many
        breach = t.licence.breaches.filter(closed_at=None).first() if t.number % 2 else None
        reason = {"suspend": "mining-licence.suspension.2", "revoke": "permit.uncured", "close": "permit.ending.4"}[act]
        values = {"reasons": [reason], "text": "As found.", "months": months, "breach": breach}
        return services.propose_measure(t.licence, act=act, **values, **t.by)  # type: ignore[arg-type]

    return tried


def ask(act: str, **values: Any) -> Callable[[Try], object]:
    def tried(t: Try) -> object:
        given = dict(values)
        if act == "reissue":
            given |= {"changed_on": t.day, "name_en": f"Name {t.number} LLP", "fee_paid_on": t.day}
        if act == "correction":
            given |= make.correction(t.licence, f"Centre {t.number}")
        return make.make_request(t.licence, act, at=t.at, actor=t.who, **given)

    return tried


def hear(t: Try) -> object:
    day = hearing_due(t.day).due_on
    return services.announce_hearing(t.case, hearing_on=day, place="Room 1", **t.by)


def waive(t: Try) -> object:
    hearing = t.case.hearing
    return hearing and services.waive_hearing(hearing, **t.by)


def recommend(outcome: str) -> Callable[[Try], object]:
    def tried(t: Try) -> object:
        reasons = [one.code for one in t.case.form.refusal_grounds(t.day)[:1]] if outcome == "refuse" else []
        return services.recommend(t.case, outcome=outcome, reasons=reasons, text="As found.", **t.by)

    return tried


def judge(t: Try) -> object:
    open_ones = [one for one in t.case.findings(t.day) if one.verdict == "to_judge"]
    return [services.judge_check(t.case, code=one.code, met=True, note="Seen.", **t.by) for one in open_ones]


def court(t: Try) -> object:
    claim: dict[str, Any] = {
        "court": "Economic Court",
        "claim_reference": "7/26",
        "filed_on": t.day,
        "confirmation": "It applies.",
    }
    return services.file_claim(t.measure, **claim, **t.by)


def appeal(t: Try) -> object:
    return services.file_appeal(pick(t.case.decisions, t.number), text="Look again.", **t.by)


def annul(t: Try) -> object:
    """A judgment in another case takes the decision on a measure out of force."""
    decision = pick(Decision.objects.filter(measure__isnull=False), t.number)
    return services.annul_decision(decision, cause="J-1", **t.by)


NAMED = {"ground": "permit.reissue.entity", "fee_reference": "PAY-7", "fee_amount": "865000.00"}
TRIES: dict[str, Callable[[Try], object]] = {
    "open a breach": open_breach,
    "explain": lambda t: services.explain_breach(t.breach, explanation="A cable.", **t.by),
    "note the cure": lambda t: services.settle_breach(t.breach, "cure", text="Seen.", cured_on=t.day, **t.by),
    "dismiss": lambda t: services.settle_breach(t.breach, "dismiss", text="No.", **t.by),
    "close as acted on": lambda t: services.settle_breach(t.breach, "close", text="Done.", **t.by),
    "assign": lambda t: services.assign_breach(t.breach, to=t.who, **t.by),
    "refer": refer,
    "answer the referral": answer_referral,
    "propose a suspension": propose("suspend"),
    "propose a revocation": propose("revoke"),
    "propose an end": propose("close"),
    "countersign the measure": lambda t: services.countersign_measure(t.measure, **t.by),
    "make the draft known": lambda t: services.announce_measure(t.measure, **t.by),
    "answer the draft": lambda t: services.answer_measure(t.measure, position="No.", **t.by),
    "put into effect": lambda t: services.decide_measure(t.measure, confirmation="It applies.", **t.by),
    "file the claim": court,
    "hear the claim": lambda t: services.enter_court_hearing(t.measure, heard_on=t.day, **t.by),
    "carry out the judgment": lambda t: services.carry_out_judgment(
        t.measure, judgment_on=t.day, judgment_in_force_on=t.day, **t.by
    ),
    "claim dismissed": lambda t: services.end_measure(t.measure, "reject", text="No.", judgment_on=t.day, **t.by),
    "drop": lambda t: services.end_measure(t.measure, "drop", text="No.", **t.by),
    "annul a measure": annul,
    "ask for a re-issue": ask("reissue", **NAMED),
    "ask for a correction": ask("correction"),
    "ask for a duplicate": ask("duplicate", text="Lost."),
    "ask to be suspended": ask("suspension", months=1, text="Repairs."),
    "prove the cure": ask("resumption", text="Cured."),
    "ask to go on": ask("resumption-own"),
    "give up": ask("surrender", text="We stop."),
    "accept": lambda t: services.accept_application(t.case, **t.by),
    "ask back": lambda t: services.ask_question(t.case, text="And?", **t.by),
    "judge": judge,
    "propose to grant": recommend("grant"),
    "propose to refuse": recommend("refuse"),
    "announce a hearing": hear,
    "waive the hearing": waive,
    "countersign": lambda t: services.countersign(t.case, **t.by),
    "return": lambda t: services.return_to_review(t.case, reason="Again.", **t.by),
    "grant": lambda t: services.decide_application(t.case, outcome="grant", **t.by),
    "refuse": lambda t: services.decide_application(t.case, outcome="refuse", confirmation="It applies.", **t.by),
    "withdraw": lambda t: services.withdraw_application(t.case, **t.by),
    "appeal": appeal,
    "satisfy": lambda t: services.decide_appeal(t.appeal, outcome="satisfy", text="Yes.", **t.by),
    "withhold": lambda t: services.publish_entry(
        RegisterEntry.objects.get(licence=t.licence), published=bool(t.number % 2), reason="So.", **t.by
    ),
}
HOLDER, OFFICER, SECOND, HEAD, OTHER = range(5)
#: The usual next act on each open case, and who may take it.
ONWARD: dict[str, tuple[tuple[str, int], ...]] = {
    "submitted": (("accept", OFFICER), ("judge", OFFICER)),
    "in_review": (("judge", OFFICER), ("propose to grant", OFFICER)),
    "recommended": (("countersign", SECOND),),
    "countersigned": (
        ("grant", HEAD),
        ("announce a hearing", OFFICER),
        ("waive the hearing", HOLDER),
        ("refuse", HEAD),
    ),
    "measure proposed": (("countersign the measure", SECOND),),
    "measure countersigned": (("put into effect", HEAD), ("file the claim", HEAD)),
    "measure filed": (("hear the claim", OFFICER),),
    "measure heard": (("carry out the judgment", HEAD),),
}
FINAL = ("expired", "surrendered")
LEAPS = (1, 4, 9, 35, 70, 400)
ASKED = tuple(name for name in TRIES if name.startswith(("ask ", "prove", "give")) and name != "ask back")
BEGUN = ("open a breach", *["propose a suspension"] * 3, "propose a revocation", "propose an end")
#: Names of acts, and whose they are (anybody's where none is said).
SORTS: dict[str, tuple[tuple[str, ...], int | None]] = {
    "anybody tries": (tuple(TRIES), None),
    "the holder asks": (ASKED, HOLDER),
    "the office begins": (BEGUN, OFFICER),
}
TURNS = [*SORTS, *SORTS, *["work goes on"] * 5, *["days pass"] * 3]


class Life(RuleBasedStateMachine):
    world: ClassVar[World]
    seen: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.at = make.AT + timedelta(hours=6)
        self.days: dict[int, tuple[date | None, int]] = {}
        self.state = self.licence().state

    def licence(self) -> Licence:
        return Licence.objects.get(pk=self.world.licence.pk)

    def attempt(self, name: str, who: int, number: int) -> None:
        try:
            with transaction.atomic():
                TRIES[name](Try(self.licence(), self.world.people[who], self.at, number))
            self.seen[name] += 1
        except LAWFUL:
            pass

    @rule(what=st.sampled_from(TURNS), who=st.integers(0, 6), number=st.integers(0, 99))
    def turn(self, what: str, who: int, number: int) -> None:
        """One rule for all, weighted by hand: hypothesis would leave some of many out of a whole life."""
        self.at += timedelta(minutes=37)
        if what == "work goes on":
            self.work_goes_on()
        elif what == "days pass":
            self.at += timedelta(days=LEAPS[number % len(LEAPS)])
            for work in (services.lapse_suspensions, services.expire_licences, sweep_duties, remind_duties):
                work(at=self.at)
        else:
            names, whose = SORTS[what]
            self.attempt(names[number % len(names)], who if whose is None else whose, number)
        self.agree()

    def work_goes_on(self) -> None:
        """Every open case takes its usual next step."""
        cases = Application.objects.filter(concerning=self.world.licence)
        for kind, rows in (("", cases), ("measure ", Measure.objects.all())):
            for number, state in enumerate(rows.order_by("pk").values_list("state", flat=True)):
                for name, who in ONWARD.get(kind + state, ()):
                    self.attempt(name, who, number)

    def agree(self) -> None:
        self.days_move_with_a_pause_alone()
        self.an_end_is_an_end()
        self.one_decision_of_each_recommendation()
        self.nobody_prepares_and_decides()

    def days_move_with_a_pause_alone(self) -> None:
        rows = Obligation.objects.values_list("pk", "due_on")
        pauses = Counter(Pause.objects.values_list("obligation", flat=True))
        for pk, due_on in rows:
            before, rows_before = self.days.get(pk, (due_on, 0))
            assert before == due_on or pauses[pk] > rows_before, f"obligation {pk} moved from {before} to {due_on}"
            self.days[pk] = (due_on, pauses[pk])

    def an_end_is_an_end(self) -> None:
        now = self.licence().state
        assert self.state not in FINAL or now == self.state
        if now != self.state:
            self.seen[f"{self.state} → {now}"] += 1
        self.state = now

    def one_decision_of_each_recommendation(self) -> None:
        decided = Counter(Decision.objects.exclude(recommendation=None).values_list("recommendation", flat=True))
        assert set(decided.values()) <= {1}
        issued = Decision.objects.filter(application__act="issue", outcome="grant").count()
        assert Licence.objects.count() == issued

    def nobody_prepares_and_decides(self) -> None:
        prepared = set()
        rows = Event.objects.filter(verb__regex=r"^(application|measure)\.").order_by("id")
        for label, pk, verb, actor in rows.values_list("subject_type", "subject_id", "verb", "actor"):
            step = verb.partition(".")[2]
            assert step not in DECIDING or (label, pk, actor) not in prepared, f"{verb} {pk} by who prepared it"
            if step in PREPARING:
                prepared.add((label, pk, actor))

    def teardown(self) -> None:
        try:
            assert [str(one) for one in faults(at=self.at) if one.code not in OUTSIDE_THE_ACT] == []
            assert not list(verify_events())
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)


def test_random_lives_of_a_licence_keep_the_data_in_agreement() -> None:
    licence = make.make_licence()
    holder = licence.application.created_by
    roles = ("officer", "officer", "head", "head", "auditor")
    Life.world = World(licence, holder, [holder, *map(make.make_user, roles), make.make_applicant()])
    Life.seen = Counter()
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=12,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],  # to shrink a life takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
    reached = {name.split(" → ")[1] for name in Life.seen if "→" in name}
    assert len(reached) >= 5, Life.seen  # they did get somewhere
