"""Acts on plans: approved, sent, published, dropped; a later version in the place of a published one."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from core.models import User
from core.models.base import INTERNAL, PUBLIC
from core.services import advance, meet, record, require
from core.services.acts import locked
from core.workflow import TransitionRefused
from inspections.models import ControlPlan, PlanEntry
from inspections.models.plans import SERIES
from inspections.services.plan_rows import digest_of_plan
from inspections.services.planning.forming import next_number
from law.problems import Problem, _
from licensing.services.numbers import next_in

PUBLISH, SEND = "plan-publish", "plan-send"
REASON_LENGTH = 1_000


def part_of(plan: str, year: int) -> str:
    """Which of the authority's plans a duty is about."""
    return f"{plan}-{year}"


def worded(reason: str) -> str:
    text = reason.strip()
    if not text or len(text) > REASON_LENGTH:
        message = _("Give the reason in at most %(most)s characters.")
        raise TransitionRefused([Problem("plan-reason", message, {"most": REASON_LENGTH}, field="reason")])
    return text


@transaction.atomic
def approve_plan(plan: ControlPlan, *, actor: User, at: datetime, version: int | None = None) -> ControlPlan:
    """The head answers for a plan that no automated system formed.

    Raises:
        PermissionDenied: no head, or one who had a hand in it; StaleVersion; TransitionRefused.
    """
    return advance(
        plan, "approve", actor=actor, at=at, version=version, audience=INTERNAL, approved_by=actor, approved_at=at
    )


@transaction.atomic
def send_plan(
    plan: ControlPlan, *, sent_on: date, actor: User, at: datetime, version: int | None = None
) -> ControlPlan:
    """Enter that it was sent to legal statistics, and on which day.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: the day is still to come, or lies before the approval.
    """
    today = timezone.localdate(at)
    approved = timezone.localdate(plan.approved_at) if plan.approved_at else sent_on
    if not approved <= sent_on <= today:
        message = _("Sent on a day from its approval to today.")
        raise TransitionRefused([Problem("plan-sent", message, field="sent_on")])
    row = advance(plan, "send", actor=actor, at=at, version=version, audience=INTERNAL, sent_on=sent_on)
    meet(row.authority, SEND, at=at, part=part_of(row.plan, row.year))
    return row


@transaction.atomic
def publish_plan(plan: ControlPlan, *, actor: User, at: datetime, version: int | None = None) -> ControlPlan:
    """Everybody can read it from now on; the version before is replaced in the same moment.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: unlawful, out of order, after the day of the law, or another
            version was published meanwhile.
    """
    locked(plan.authority)
    standing = plan.others().filter(state="published").first()
    if standing is not None and standing.pk == plan.previous_id:
        require(actor, "inspections.publish_plan", plan)
        advance(standing, "replace", actor=actor, at=at, audience=PUBLIC)
    elif standing is not None:
        message = _("%(reference)s is published for this period, and this is no version after it.")
        raise TransitionRefused([Problem("plan-overtaken", message, {"reference": standing.reference})])
    facts = {"chosen": plan.chosen, "subjects": plan.subjects, "digest": plan.digest}
    row = advance(plan, "publish", actor=actor, at=at, version=version, audience=PUBLIC, data=facts, published_at=at)
    meet(row.authority, PUBLISH, at=at, part=part_of(row.plan, row.year))
    return row


@transaction.atomic
def drop_plan(plan: ControlPlan, *, reason: str, actor: User, at: datetime, version: int | None = None) -> ControlPlan:
    """It was never published; another may be formed for the period.

    Raises:
        PermissionDenied; StaleVersion; TransitionRefused: no reason is given, or it is published.
    """
    return advance(plan, "drop", actor=actor, at=at, version=version, reason=worded(reason), audience=INTERNAL)


@transaction.atomic
def open_version(plan: ControlPlan, *, reason: str, actor: User, at: datetime) -> ControlPlan:
    """A later version of a published plan, to be changed and published in its place: all its rows, and why.

    Raises:
        PermissionDenied; TransitionRefused: it is not published, another version is being made, no reason is given.
    """
    locked(plan.authority)
    before = locked(plan)
    row = ControlPlan(
        authority=before.authority,
        plan=before.plan,
        year=before.year,
        mode=before.mode,
        previous=before,
        risk_run_id=before.risk_run_id,
        settings=before.settings,
        subjects=before.subjects,
        chosen=before.chosen,
        digest=before.digest,
        formed_by=actor,
        created_at=at,
    )
    require(actor, "inspections.keep_plans", row)
    row.reason = worded(reason)
    if problems := version_problems(before):
        raise TransitionRefused(problems)
    row.number = next_number(row)
    row.reference = next_in(f"{SERIES}-{row.year}")
    row.save()
    rows = list(before.entries.order_by("place"))
    for one in rows:
        one.pk, one.plan = None, row
    PlanEntry.objects.bulk_create(rows, batch_size=500)
    facts = {"previous": before.reference, "chosen": row.chosen, "digest": digest_of_plan(row)}
    record(row, "controlplan.change", actor=actor, at=at, reason=row.reason, audience=INTERNAL, data=facts)
    return row


def version_problems(before: ControlPlan) -> list[Problem]:
    if before.state != "published":
        return [Problem("plan-unpublished", _("Only the plan that is published now gets another version."))]
    if waiting := before.others().filter(state__in=["formed", "approved", "sent"]).first():
        message = _("%(reference)s is being made already.")
        return [Problem("plan-version-there", message, {"reference": waiting.reference})]
    return []
