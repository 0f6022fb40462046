"""What a miner sold and where: assessed by an officer, judged by a head; and breaches of what a miner may not do."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Authority, User
from core.services import advance, record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from exchanges.models import EXCHANGE, MINER, SaleReport
from exchanges.services import sales_of
from law.licensing import MINING_LICENCES
from law.mining import exclusive_activity
from law.problems import Problem, _
from law.provisions import LDA_START, NotInForce, history, provision
from law.quota import Part, assess, organised_trade, own_output, shown
from licensing.models import Breach, Licence
from licensing.services import open_breach, refer_breach
from licensing.services.breaches import missing, next_number
from mining.models.quota import TO_JUDGE, QuotaAssessment, QuotaFinding

LONGEST = 366  # days of one assessment


@transaction.atomic
def assess_quota(licence: Licence, *, first: date, last: date, actor: User, at: datetime) -> QuotaAssessment:
    """Assess the sales of a licence's holder in a period, by the law of each day and the reports that count now.

    Arithmetic, rules and the reports read are kept as they are: neither a later correction of a day of the law nor one
    of a report changes them. Where too little is proved, a finding is opened for a head; nothing follows by itself.

    Raises:
        PermissionDenied; TransitionRefused: the period is not over, too long, or before the law or the licence.
    """
    held, day = locked(licence), timezone.localdate(at)
    made = QuotaAssessment(
        authority_id=held.authority_id,
        organisation=held.organisation,
        licence=held,
        first=first,
        last=last,
        made_by=actor,
        made_at=at,
    )
    require(actor, "mining.assess_quota", made)
    if problems := period_problems(held, first, last, day):
        raise TransitionRefused(problems)
    found = assess(sales_of(held.organisation, first, last), first, last)
    made.reference = next_number("QA", at)
    made.verdict, made.grounds = found.verdict, list(found.grounds)
    made.sold, made.required, made.missing = (exact(one) for one in (found.sold, found.required, found.missing))
    made.parts = [part_of(part) for part in found.parts]
    made.reports = reports_read(held, first, last)
    allowed_sale = own_output(day)
    made.own_output = allowed_sale.ground() if allowed_sale else {}
    made.save()
    data = {"verdict": made.verdict, "first": first.isoformat(), "last": last.isoformat()}
    record(made, "quotaassessment.make", actor=actor, at=at, audience="internal", data=data, grounds=made.grounds)
    if made.verdict in TO_JUDGE:
        finding = QuotaFinding(assessment=made, created_at=at)
        finding.save()
        opened: dict[str, Any] = {"to_state": finding.state, "grounds": [made.breached], "audience": "internal"}
        record(finding, "quotafinding.open", actor=actor, at=at, **opened)
    return made


def exact(amount: Decimal) -> Decimal:
    """A share of an amount in tiyn, as it is kept."""
    return amount.quantize(Decimal("0.0001"))


def part_of(part: Part) -> dict[str, Any]:
    """A part as JSON keeps it."""
    rule = part.span.rule
    sums = {name: shown(getattr(part, name)) for name in ("sold", "required", "proved", "declared_only", "missing")}
    return {
        "first": part.span.first.isoformat(),
        "last": part.span.last.isoformat(),
        "share": str(part.span.share),
        "verdict": part.verdict,
        "contradicted": part.contradicted,
        "ground": rule.ground() if rule else {},
        "arithmetic": [line.as_dict() for line in part.arithmetic],
        **sums,
    }


def reports_read(licence: Licence, first: date, last: date) -> list[list[Any]]:
    """Number and edition of each report that counted: the miner's own, and of exchanges those of the same days."""
    rows = SaleReport.objects.current().filter(period_from__lte=last, period_to__gte=first)
    own = rows.filter(source=MINER, organisation=licence.organisation)
    return [
        list(one) for one in (own | rows.filter(source=EXCHANGE)).order_by("id").values_list("reference", "edition")
    ]


def period_problems(licence: Licence, first: date, last: date, day: date) -> list[Problem]:
    found = []
    if licence.kind not in MINING_LICENCES:
        found.append(Problem("not-a-miner", _("The reporter held no mining licence in this period.")))
    if last < first or (last - first).days >= LONGEST:
        message = _("A period ends after it begins, and is at most a year long.")
        found.append(Problem("assessment-period", message, field="last"))
    if last >= day:
        found.append(Problem("report-early", _("The period is not over yet."), field="last"))
    if first < LDA_START:
        message = _("The law begins on %(day)s.")
        found.append(Problem("assessment-before-law", message, {"day": LDA_START}, field="first"))
    return found


@transaction.atomic
def judge_finding(
    finding: QuotaFinding, step: str, *, text: str, actor: User, at: datetime, version: int | None = None
) -> QuotaFinding:
    """A head upholds a finding or sets it aside (`step`: uphold | set_aside), with his reasons.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reasons, or it is judged already.
    """
    judged: dict[str, Any] = {"text": text.strip(), "judged_by": actor, "judged_at": at}
    rule = [finding.assessment.breached]
    return advance(
        finding, step, actor=actor, at=at, version=version, reason=text, grounds=rule, audience="internal", **judged
    )


@transaction.atomic
def act_on_finding(
    finding: QuotaFinding, *, facts: str, actor: User, at: datetime, version: int | None = None
) -> Breach:
    """Open the breach that an upheld finding is about, on the rule as the assessment kept it.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it is not upheld, or no facts are stated.
    """
    row = finding.assessment
    require(actor, "mining.act_on_finding", finding)
    breach = open_breach(
        authority=row.authority,
        licence=row.licence,
        facts=f"{row.reference}: {facts.strip()}" if facts.strip() else "",
        found_on=timezone.localdate(at),
        ground=row.breached,
        actor=actor,
        at=at,
    )
    advance(
        finding,
        "open_breach",
        actor=actor,
        at=at,
        version=version,
        grounds=[row.breached],
        data={"breach": breach.reference},
        audience="internal",
        breach=breach,
    )
    return breach


@transaction.atomic
def report_trade(
    licence: Licence,
    *,
    facts: str,
    traded_on: date,
    body: Authority,
    text: str,
    actor: User,
    at: datetime,
) -> Breach:
    """A miner organises trade: open a breach on the rule of that day, and hand it to another body.

    Raises:
        PermissionDenied; TransitionRefused: the day is out of order, something is not stated, or the body is our own.
    """
    rule = rule_of_day(licence, traded_on, timezone.localdate(at), organised_trade)
    breach = open_conduct_breach(licence, rule, facts, traded_on, actor=actor, at=at)
    refer_breach(breach, body=body, text=text, actor=actor, at=at)
    return Breach.objects.get(pk=breach.pk)


@transaction.atomic
def report_other_activity(licence: Licence, *, facts: str, on: date, actor: User, at: datetime) -> Breach:
    """A miner had other activity or stakes while LDA 8(6) forbade it: open a breach on that rule.

    Raises:
        PermissionDenied; TransitionRefused: the day lies after the repeal, or something is not stated.
    """
    day = timezone.localdate(at)
    if on <= day and not exclusive_activity(on):
        rows = history("mining.exclusive_activity")
        message = _("On %(on)s other activity of a miner was not forbidden; the rule ended on %(ended)s.")
        params = {"on": on, "ended": rows[-1].repealed}
        raise TransitionRefused([Problem("activity-free", message, params, "on", rows[-1])])
    rule = rule_of_day(licence, on, day, lambda when: provision("mining.exclusive_activity", when))
    return open_conduct_breach(licence, rule, facts, on, actor=actor, at=at)


def rule_of_day(licence: Licence, on: date, today: date, rule: Any) -> Mapping[str, Any]:
    """The rule of the day of the conduct; the day lies within the life of the licence.

    Raises:
        TransitionRefused.
    """
    if not licence.valid_from <= on <= today:
        message = _("The day lies in the future, or before the licence was granted.")
        raise TransitionRefused([Problem("found-day", message, field="on")])
    try:
        ground: Mapping[str, Any] = rule(on).ground()
    except NotInForce as unknown:
        raise TransitionRefused([unknown.problem]) from None
    return ground


def open_conduct_breach(
    licence: Licence, ground: Mapping[str, Any], facts: str, on: date, *, actor: User, at: datetime
) -> Breach:
    if problems := missing({"facts": facts}, {"facts": _("facts")}):
        raise TransitionRefused(problems)
    return open_breach(
        authority=licence.authority,
        licence=licence,
        facts=f"{on.isoformat()}: {facts.strip()}",
        found_on=timezone.localdate(at),
        ground=ground,
        actor=actor,
        at=at,
    )
