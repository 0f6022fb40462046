"""Breaches: opened by an official or by a duty that was not met, explained, cured, referred, settled."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from core.models import Authority, Event, Obligation, Organisation, User
from core.services import advance, end_duties, meet, notify, owe, record, require, touch
from core.services.acts import locked
from core.services.duties import fresh_subject
from core.workflow import HEAD, OFFICER, TransitionRefused
from law.licensing import due_by
from law.problems import Problem, _
from licensing.models import Breach, Licence
from licensing.services.letters import write_letter
from licensing.services.terms import officials

EXPLANATION, CURE = "breach-explanation", "breach-cure"


def next_number(prefix: str, at: datetime) -> str:
    """<prefix>-<year>-<number>: from a sequence, so that cases wait for nobody; the year is that of the local day."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('licensing_life_number')")
        (number,) = cursor.fetchone()
    return f"{prefix}-{timezone.localdate(at).year}-{number:06d}"


def missing(values: Mapping[str, str], names: Mapping[str, str]) -> list[Problem]:
    """Texts that were left empty, each named by its field."""
    message = _("Not stated: %(field)s.")
    return [
        Problem("particular-missing", message, {"field": names[field]}, field=field)
        for field, value in values.items()
        if not value.strip()
    ]


@transaction.atomic
def open_breach(
    *,
    authority: Authority,
    actor: User,
    at: datetime,
    facts: str,
    found_on: date,
    ground: Mapping[str, Any],
    organisation: Organisation | None = None,
    licence: Licence | None = None,
    subject_name: str = "",
    obligation: Obligation | None = None,
) -> Breach:
    """Open a breach of a licence holder, or of somebody without a licence; who is registered here is asked to explain.

    Args:
        ground: the rule breached as known now (`Provision.ground()`, or an item of a closed list).
        found_on: not in the future, and not before the licence.
        subject_name: who it was, where he is not registered here.

    Raises:
        PermissionDenied; TransitionRefused: lists everything that is missing or out of order.
    """
    holder = licence.organisation if licence is not None else organisation
    today = timezone.localdate(at)
    problems = missing({"facts": facts}, {"facts": _("facts")})
    if not ground:
        problems.append(Problem("rule-missing", _("Name the rule that was breached."), field="rule"))
    if holder is None and not subject_name.strip():
        problems.append(Problem("subject-missing", _("Say whose breach it is."), field="subject_name"))
    if found_on > today or (licence is not None and found_on < licence.granted_on):
        message = _("The day lies in the future, or before the licence was granted.")
        problems.append(Problem("found-day", message, field="found_on"))
    breach = Breach(
        reference=next_number("BR", at),
        authority=authority,
        organisation=holder,
        subject_name="" if holder else subject_name.strip(),
        licence=licence,
        obligation=obligation,
        source=Breach.DUTY if obligation else Breach.CHECK if actor.is_system else Breach.OFFICER,
        ground=dict(ground),
        facts=facts,
        found_on=found_on,
        assigned_to=None if actor.is_system else actor,
        created_at=at,
    )
    require(actor, "licensing.open_breach", breach)
    if problems:
        raise TransitionRefused(problems)
    breach.save()
    record(breach, "breach.open", actor=actor, at=at, grounds=[ground], to_state=breach.state)
    if holder is not None:
        ask_for_explanation(breach, actor=actor, at=at)
    return breach


def ask_for_explanation(breach: Breach, *, actor: User, at: datetime) -> None:
    """The one concerned owes an explanation, and gets the letter that says why."""
    dues = {EXPLANATION: due_by("permit.breach-explanation", timezone.localdate(at))}
    owe(breach, dues, debtor=Obligation.ORGANISATION, at=at)
    write_letter(
        breach,
        "breach",
        at=at,
        text=breach.facts,
        terms=dues,
        grounds=[breach.ground],
        signed_by=None if actor.is_system else actor,
    )


def open_for_duty(obligation: Obligation, event: Event) -> Breach | None:
    """What follows when a holder's duty is overdue: a breach, once for each duty. For `register_duty(on_overdue=…)`.

    None where the duty hangs on nobody registered here, or the breach is already there.
    """
    if obligation.organisation is None or obligation.authority is None or obligation.due_on is None:
        return None
    if Breach.objects.filter(obligation=obligation).exists():
        return None
    subject = fresh_subject(obligation)
    return open_breach(
        authority=obligation.authority,
        actor=User.objects.system(),
        at=event.at,
        facts=f"{obligation.reference}: {obligation.code}, {obligation.due_on.isoformat()}",
        found_on=timezone.localdate(event.at),
        ground=obligation.ground,
        organisation=obligation.organisation,
        licence=subject if isinstance(subject, Licence) else getattr(subject, "licence", None),
        obligation=obligation,
    )


@transaction.atomic
def explain_breach(
    breach: Breach, *, explanation: str, actor: User, at: datetime, version: int | None = None
) -> Breach:
    """The one concerned says what happened, once.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no words, or the breach is explained or settled.
    """
    fresh = advance(breach, "explain", actor=actor, at=at, version=version, explanation=explanation)
    event = Event.objects.of(fresh).latest("seq")
    meet(fresh, EXPLANATION, at=at)
    people = [fresh.assigned_to] if fresh.assigned_to else officials(fresh.authority_id, HEAD)
    notify(
        event, people, "breach_explained", {"reference": fresh.reference}, path=f"/breaches/{fresh.reference}/", at=at
    )
    return fresh


@transaction.atomic
def settle_breach(
    breach: Breach,
    step: str,
    *,
    text: str = "",
    cured_on: date | None = None,
    actor: User,
    at: datetime,
    version: int | None = None,
) -> Breach:
    """Note the cure, close as unfounded, or close as acted on (`step`: cure | dismiss | close).

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: what the step needs is missing.
    """
    changes: dict[str, Any] = {"outcome_text": text, "closed_at": at}
    if step == "cure":
        changes["cured_on"] = cured_on
    fresh = advance(breach, step, actor=actor, at=at, reason=text, version=version, **changes)
    end_duties(fresh, at=at)
    return fresh


@transaction.atomic
def assign_breach(breach: Breach, *, to: User | None, actor: User, at: datetime) -> Breach:
    """Give a breach to an official of its authority, or lay it back (to=None)."""
    fresh = locked(breach)
    require(actor, "licensing.review_breach", fresh)
    if to is not None and (to.authority_id != fresh.authority_id or to.role not in (OFFICER, HEAD) or not to.is_active):
        raise TransitionRefused(
            [Problem(code="not-an-officer", message=_("A case goes to an officer of its own authority."), field="to")]
        )
    fresh.assigned_to = to
    touch(fresh, fields=["assigned_to"])
    record(fresh, "breach.assign", actor=actor, at=at, audience="internal", data={"to": to.pk if to else None})
    return fresh
