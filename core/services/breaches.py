"""A breach of personal data, from its notice to its end; the authorised body is told within one working day."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core import workflow
from core.models import DataBreach, Event, Obligation, User
from core.models.base import INTERNAL
from core.models.house import KINDS_OF_DATA
from core.services.acts import advance, record, require
from core.services.duties import end_duties, meet, owe, register_duty
from core.services.letters import notify
from core.workflow import TransitionRefused
from law.personal_data import breach_notice_due
from law.problems import Problem, _
from law.provisions import NotInForce, provision

NOTICE = "breach_notice"


def register() -> None:
    """The duty to notify; called by core's AppConfig."""
    register_duty(NOTICE, _("Notify a breach of personal data"), tell_overdue, told)


def administrators() -> list[User]:
    return list(User.objects.get_queryset().filter(role=workflow.ADMINISTRATOR, is_active=True))


def page_of(pk: int) -> str:
    return reverse("data-breach", args=[pk])


def told(obligation: Obligation, role: str, on: date) -> tuple[list[User], str]:
    """Whom to warn of the term, and where it is seen to."""
    return administrators(), page_of(obligation.subject_id)


def tell_overdue(obligation: Obligation, event: Event) -> None:
    facts = {"reference": obligation.reference, "duty": obligation.code, "due": str(obligation.due_on)}
    key = f"overdue:{obligation.pk}:{obligation.due_on}"
    notify(event, administrators(), "term_overdue", facts, path=page_of(obligation.subject_id), at=event.at, key=key)


@transaction.atomic
def notice_breach(
    *, summary: str, description: str, happened_at: datetime | None, actor: User, at: datetime
) -> DataBreach:
    """Somebody of the house has noticed that personal data got out. The clock starts; administrators are told at once.

    Raises:
        PermissionDenied: no official.
        TransitionRefused: nothing is said of what happened, or it happened later than now.
    """
    breach = DataBreach(
        summary=summary.strip(), description=description.strip(), happened_at=happened_at, noticed_at=at,
        noticed_by=actor, created_at=at,
    )  # fmt: skip
    require(actor, "core.notice_breach", breach)
    problems = []
    if not breach.summary:
        problems.append(Problem(code="summary-missing", message=_("Say in a line what happened."), field="summary"))
    if not breach.description:
        message = _("Describe what happened.")
        problems.append(Problem(code="description-missing", message=message, field="description"))
    if happened_at is not None and happened_at > at:
        message = _("It cannot have happened later than now.")
        problems.append(Problem(code="happened-later", message=message, field="happened_at"))
    try:
        due = breach_notice_due(timezone.localdate(at))
    except NotInForce as unknown:
        problems.append(unknown.problem)
    if problems:
        raise TransitionRefused(problems)
    breach.save()
    event = record(
        breach, "databreach.notice", actor=actor, at=at, to_state=breach.state, audience=INTERNAL,
        grounds=[due.provision], data={"due": due.due_on.isoformat()},
    )  # fmt: skip
    owe(breach, {NOTICE: due}, debtor=Obligation.AUTHORITY, at=at, audience=INTERNAL)
    facts = {"reference": str(breach), "due": due.due_on.isoformat()}
    notify(event, administrators(), "breach_noticed", facts, path=page_of(breach.pk), at=at)
    return breach


@transaction.atomic
def assess_breach(
    breach: DataBreach, *, kinds: Iterable[str], persons: int | None, assessment: str, actor: User, at: datetime,
    version: int | None = None,
) -> DataBreach:  # fmt: skip
    """Say whose data of what kind, how many, what may follow. May be said again while nobody is notified.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: something of it is missing.
    """
    codes = [code for code in KINDS_OF_DATA if code in set(kinds)]
    facts = {"kinds": codes, "persons": persons}
    return advance(
        breach, "assess", actor=actor, at=at, version=version, audience=INTERNAL, data=facts, kinds=codes,
        persons=persons, assessment=assessment,
    )  # fmt: skip


@transaction.atomic
def notify_breach(
    breach: DataBreach, *, notice: str, persons_notice: str, actor: User, at: datetime, version: int | None = None
) -> DataBreach:
    """The authorised body was told, and the persons concerned. The term is met.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: a text is missing.
    """
    rule = provision("personal_data.breach_notice", timezone.localdate(breach.noticed_at))
    told_ = advance(
        breach, "notify", actor=actor, at=at, version=version, audience=INTERNAL, grounds=[rule], notice=notice,
        persons_notice=persons_notice, notified_at=at, data={"persons": breach.persons},
    )  # fmt: skip
    meet(told_, NOTICE, at=at)
    return told_


@transaction.atomic
def judge_not_notifiable(
    breach: DataBreach, *, reason: str, actor: User, at: datetime, version: int | None = None
) -> DataBreach:
    """A second administrator judges that nobody is to be notified; the term is no longer owed.

    Raises:
        PermissionDenied: he noticed or assessed it.  StaleVersion; TransitionRefused: no reason.
    """
    judged = advance(
        breach, "judge_not_notifiable", actor=actor, at=at, version=version, audience=INTERNAL,
        not_notified_because=reason,
    )  # fmt: skip
    end_duties(judged, at=at, codes=[NOTICE])
    return judged


@transaction.atomic
def close_breach(
    breach: DataBreach, *, measures: str, actor: User, at: datetime, version: int | None = None
) -> DataBreach:
    """The record ends, with what was done.

    Raises:
        PermissionDenied, StaleVersion, TransitionRefused.
    """
    return advance(
        breach, "close", actor=actor, at=at, version=version, audience=INTERNAL, measures=measures, closed_at=at
    )
