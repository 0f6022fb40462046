"""The life of one filing, act by act, through the services that officers and applicants use."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from config.demo import texts
from config.demo.agenda import Clock, Life, night_after, working_days_ago
from config.demo.bank import METER, OWN, OWN_REASON, POWER
from config.demo.holders import Holder, particulars
from config.demo.papers import paper
from config.demo.plan import Plan
from core.models import Authority, User
from core.services import sweep_duties
from law.licensing import fee
from law.provisions import NotInForce
from law.terms import hearing_due
from licensing import services
from licensing.models import Application, Licence
from licensing.models.applications import OPEN_TO_JUDGE

#: What a filing of a kind other than mining states: called with the holder and the day of filing.
Facts = Callable[..., dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Cast:
    """Who works on a case: the officer, who countersigns, who decides; the bodies that are asked, and who answers."""

    officer: User
    second: User
    head: User
    bodies: dict[str, Authority]
    clerk: User


class Story:
    """One filing. Each method is a stretch of its life and yields the moment of every act before it."""

    def __init__(
        self,
        plan: Plan,
        holders: Mapping[int, Holder],
        whose: int,
        cast: Cast,
        *,
        number: int,
        now: datetime,
        facts: Facts | None = None,
    ) -> None:
        self.plan, self.holders, self.whose, self.cast = plan, holders, whose, cast
        self.number, self.now, self.facts = number, now, facts
        self.chance = Random(f"{plan.filed_on}{number}")  # noqa: S311  (the same demo every time)
        self.clock = Clock(working_days_ago(plan.filed_on, 1), now=now, chance=self.chance)
        self.case: Application

    def life(self) -> Life:
        """From the first draft to what became of the licence."""
        yield from self.draft()
        yield from self.after_draft()

    def after_draft(self) -> Life:
        plan = self.plan
        if plan.ending == "draft":
            return
        yield from self.submit()
        if plan.ending == "submitted":
            return
        if plan.ending == "refused_consideration":
            yield from self.not_considered()
            return
        yield from self.register()
        if plan.ending == "registered":
            return
        yield from self.review()
        if plan.ending == "withdrawn":
            yield self.clock.after(1)
            self.act("withdraw_application", self.agent, reason=texts.WITHDRAWN)
        elif plan.ending != "in_review":
            yield from self.decide()

    @property
    def holder(self) -> Holder:
        """Known once it has registered, which is before its first filing."""
        return self.holders[self.whose]

    @property
    def agent(self) -> User:
        return self.holder.agent

    def act(self, name: str, actor: User, **facts: Any) -> Any:
        """Call a service on the case at the clock's moment; keeps the changed case."""
        done = getattr(services, name)(self.case, actor=actor, at=self.clock.moment, **facts)
        self.case = done if isinstance(done, Application) else Application.objects.get(pk=self.case.pk)
        return done

    def paper(self, kind: str) -> Any:
        number = f"{self.chance.randrange(10, 990)}/{self.plan.filed_on.year}"
        return paper(kind, holder=self.holder.latin, number=number, on=self.plan.filed_on - timedelta(days=9))

    def draft(self) -> Life:
        yield self.clock.moment
        day = self.plan.filed_on
        if self.facts is not None:
            values = self.facts(self.holder, filed_on=day)
        else:
            values = particulars(self.holder, self.plan.kind, filed_on=day, number=self.number, chance=self.chance)
        if not self.plan.ready:
            values |= {"pools": [], "electricity_contract": "", "megawatts": None}
        self.case = services.open_application(
            self.plan.kind,
            organisation=self.holder.organisation,
            actor=self.agent,
            at=self.clock.moment,
            values=values | (self.payment() if self.plan.fee_shown and self.plan.ready else {}),
        )
        yield self.clock.soon()
        for one in self.case.form.papers(day)[: None if self.plan.ready else 2]:
            if one.code != "fee-proof" or self.plan.fee_shown:
                self.act("attach_document", self.agent, upload=self.paper(one.code), kind=one.code)

    def payment(self) -> dict[str, Any]:
        """What was paid; before 2026 the rate is not known to the law entered here, so no amount is claimed."""
        paid_on = working_days_ago(self.plan.filed_on, 2)
        paid: dict[str, Any] = {"fee_paid_on": paid_on, "fee_reference": f"PAY-{paid_on:%y%m%d}-{self.number:04d}"}
        try:
            paid["fee_amount"] = fee(self.plan.kind, paid_on).amount
        except NotInForce:
            paid["fee_amount"] = None
        return paid

    def submit(self) -> Life:
        same_day = timezone.localdate(self.clock.moment) >= self.plan.filed_on
        yield self.clock.soon() if same_day else self.clock.after(1)
        self.act("submit_application", self.agent)
        yield from self.printed()

    def printed(self) -> Iterator[datetime]:
        """The worker prints what the act wrote, minutes later."""
        yield self.clock.soon()
        services.print_left_over(at=self.clock.moment)

    def register(self) -> Life:
        yield self.clock.soon()
        self.act("register_application", self.cast.officer)
        if not self.plan.idle:
            yield self.clock.soon()
            giver = self.cast.officer if self.number % 3 else self.cast.head
            self.act("assign_application", giver, to=self.cast.officer)

    def not_considered(self) -> Life:
        yield from self.register()
        yield self.clock.after(1)
        reason = "permit.incomplete.3" if self.plan.fee_shown else "permit.incomplete.2"
        text = texts.NOT_CONSIDERED[reason]
        self.act("refuse_consideration", self.cast.officer, reasons=[reason], text=text)
        yield from self.printed()
        if self.plan.again:
            self.plan = replace(self.plan.again, fee_shown=True)
            self.clock = Clock(self.plan.filed_on, now=self.now, chance=self.chance)
            yield self.clock.moment
            self.act("start_again", self.agent)
            yield self.clock.soon()
            self.act("edit_draft", self.agent, values=self.payment())
            self.act("attach_document", self.agent, upload=self.paper("fee-proof"), kind="fee-proof")
            yield from self.after_draft()

    def review(self) -> Life:
        yield self.clock.after(2)
        self.act("accept_application", self.cast.officer)
        if self.plan.idle:
            return
        if self.plan.question:
            yield from self.question()
        if self.plan.opinion:
            yield from self.opinion()
        if self.number % 4 == 2:
            yield self.clock.soon()
            self.act("add_note", self.cast.officer, text=self.chance.choice(texts.NOTES))

    def question(self) -> Life:
        which = self.number % len(texts.QUESTIONS)
        yield self.clock.after(1)
        question = self.act("ask_question", self.cast.officer, text=texts.QUESTIONS[which])
        yield from self.printed()
        if self.plan.question == "answered":
            yield self.clock.after(2)
            self.act("attach_document", self.agent, upload=self.paper("answer"), kind="answer")
            services.answer_question(question, text=texts.ANSWERS[which], actor=self.agent, at=self.clock.moment)
            self.case.refresh_from_db()

    def opinion(self) -> Life:
        yield self.clock.after(1)
        given = {"text": texts.OPINION_REQUESTS[self.number % 2], "documents": self.case.documents().order_by("id")[:2]}
        asked = self.act("request_opinion", self.cast.officer, body=self.cast.bodies["energy"], **given)
        if self.plan.opinion == "asked":
            return
        yield self.clock.after(3)
        moment = self.clock.moment
        said: dict[str, Any] = {"answer": self.plan.opinion, "text": texts.OPINIONS[self.plan.opinion], "at": moment}
        if self.number % 3:
            services.answer_opinion(asked, **said, actor=self.cast.clerk)
        else:  # on paper, as bodies that have no log-in do
            day = timezone.localdate(moment)
            services.record_opinion(asked, **said, answered_on=day, actor=self.cast.officer)
        self.case.refresh_from_db()

    def judge(self) -> None:
        """The officer settles what no function can, each with a reason."""
        for finding in self.case.findings(timezone.localdate(self.clock.moment)):
            if finding.verdict == OPEN_TO_JUDGE:
                note = texts.JUDGED.get(finding.code, texts.JUDGED_OTHERWISE)
                self.act("judge_check", self.cast.officer, code=finding.code, met=True, note=note)

    def recommend(self) -> Life:
        refuse = self.plan.outcome == "refuse"
        yield self.clock.soon()
        self.judge()
        yield self.clock.soon()
        self.act(
            "recommend",
            self.cast.officer,
            outcome=self.plan.outcome,
            text=texts.REFUSE[self.plan.reason] if refuse else self.praise(),
            reasons=[self.plan.reason] if refuse else [],
            conditions=[(POWER, METER)[self.number % 2]] if self.number % 7 == 3 else [],
            own_conditions=[OWN] if self.number % 14 == 10 else [],
            own_reason=OWN_REASON,
        )

    def praise(self) -> str:
        return texts.PRAISE.get(self.plan.kind, texts.GRANT[self.number % 2])

    def decide(self) -> Life:
        due_on = self.case.due_on
        moment = self.clock.after(self.plan.after if self.plan.ending == "decided" else 1)
        if due_on and night_after(due_on) < moment:  # the term passes unmet, and the sweep says so
            yield night_after(due_on)
            sweep_duties(at=night_after(due_on))
        yield moment
        self.case.refresh_from_db()
        yield from self.recommend()
        if self.plan.ending == "recommended":
            return
        if self.plan.ending == "returned" or self.number % 11 == 5:
            yield self.clock.soon()
            self.act("return_to_review", self.cast.second, reason=texts.RETURNED)
            if self.plan.ending == "returned":
                return
            yield from self.recommend()
        yield self.clock.after(1)
        self.act("countersign", self.cast.second)
        if self.plan.outcome == "refuse":
            yield from self.hear()
        if self.plan.ending != "countersigned":
            yield from self.final_word()

    def hear(self) -> Life:
        """The draft goes out; some applicants state a position, others let the day pass."""
        yield self.clock.soon()
        day = hearing_due(timezone.localdate(self.clock.moment)).due_on
        hearing = self.act("announce_hearing", self.cast.officer, hearing_on=day, place=texts.PLACE)
        if self.plan.ending == "countersigned":
            return
        yield self.clock.after(1 if self.number % 2 else 4)
        if self.number % 2 or timezone.localdate(self.clock.moment) <= day:
            services.state_position(hearing, text=texts.POSITION, actor=self.agent, at=self.clock.moment)
        else:
            officer, moment = self.cast.officer, self.clock.moment
            services.record_hearing(
                hearing, held_on=day, attended=False, minutes=texts.MINUTES, actor=officer, at=moment
            )
        self.case.refresh_from_db()

    def final_word(self) -> Life:
        yield self.clock.after(1)
        refuse = self.plan.outcome == "refuse"
        confirmation = texts.CONFIRMATION if refuse else ""
        self.act("decide_application", self.cast.head, outcome=self.plan.outcome, confirmation=confirmation)
        yield from self.printed()
        if not refuse:
            last_day = Licence.objects.get(application=self.case).valid_to
            if last_day is None:
                return
            yield night_after(last_day)
            services.expire_licences(at=night_after(last_day))


def expected_expiry(plan: Plan) -> date:
    """About when the licence of a plan ends: three years after its filing and some weeks."""
    day = plan.filed_on + timedelta(days=14)
    return day.replace(year=day.year + 3, day=min(day.day, 28))
