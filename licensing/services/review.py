"""What officers do between filing and decision."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from core.models import Absence, Obligation, User
from core.models.base import INTERNAL
from core.services import advance, end_duties, meet, notify, owe, record, require, taker, touch
from core.services.acts import locked, one_act
from core.workflow import HEAD, OFFICER, TransitionRefused
from law.grounds import Ground
from law.problems import Problem, _
from licensing.models import Application, CheckJudgement, Note, Question
from licensing.services.letters import write_letter
from licensing.services.terms import COMPLETENESS, REGISTRATION, carried_by, next_due, request_dues


def chosen(listed: Sequence[Ground], codes: Sequence[str]) -> list[Ground]:
    """The grounds with these codes.

    Raises:
        TransitionRefused: a code is not on the closed list.
    """
    known = {ground.code: ground for ground in listed}
    unknown = [code for code in codes if code not in known]
    if unknown:
        raise TransitionRefused(
            [
                Problem(
                    code="reason-unknown",
                    message=_("“%(code)s” is not on the list of reasons."),
                    params={"code": code},
                    field="reasons",
                )
                for code in unknown
            ]
        )
    return [known[code] for code in codes]


def in_progress(application: Application, *, actor: User, permission: str = "licensing.review") -> Application:
    """The locked case, open and this actor's to work on.

    Raises:
        PermissionDenied; TransitionRefused: it has ended or was never filed.
    """
    fresh = locked(application)
    require(actor, permission, fresh)
    if fresh.submitted_at is None or fresh.closed_at is not None:
        raise TransitionRefused([Problem(code="case-ended", message=_("The case is not open."))])
    return fresh


@transaction.atomic
def register_application(application: Application, *, actor: User, at: datetime) -> Application:
    """Enter the filing in the register of incoming papers; its term is one working day."""
    fresh = in_progress(application, actor=actor)
    if fresh.registered_at is not None:
        raise TransitionRefused(
            [Problem(code="registered-already", message=_("The application is already registered."))]
        )
    meet(fresh, REGISTRATION, at=at)
    owe(fresh, request_dues(fresh, timezone.localdate(at)), debtor=Obligation.AUTHORITY, at=at)
    fresh.registered_at, fresh.due_on = at, next_due(fresh)
    touch(fresh, fields=["registered_at", "due_on"])
    record(fresh, "application.register", actor=actor, at=at)
    return fresh


@one_act
def accept_application(
    application: Application, *, actor: User, at: datetime, version: int | None = None
) -> Application:
    """Find the filing complete; the review begins. Registers it too, if nobody has."""
    held = locked(application)  # a colleague may be registering it
    today = timezone.localdate(at)
    asks = request_dues(held, today) if held.filed_on and held.registered_at is None else {}
    days = [next_due(held, without=(REGISTRATION, COMPLETENESS)), *(one.due_on for one in asks.values())]
    fresh = advance(
        held,
        "accept",
        actor=actor,
        at=at,
        version=version,
        grounds=carried_by(application, application.day(today), COMPLETENESS),
        accepted_at=at,
        registered_at=held.registered_at or at,
        due_on=min((day for day in days if day), default=None),
    )
    meet(fresh, REGISTRATION, COMPLETENESS, at=at)
    owe(fresh, asks, debtor=Obligation.AUTHORITY, at=at)
    return fresh


@transaction.atomic
def refuse_consideration(
    application: Application,
    *,
    reasons: Sequence[str],
    text: str,
    actor: User,
    at: datetime,
    version: int | None = None,
) -> Application:
    """End an incomplete filing with a reasoned letter (Law 202-V 25(1)). The applicant may file again at once.

    Args:
        reasons: codes of the kind's closed list of what may be missing.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reason, an unknown one, or another state.
    """
    held = locked(application)
    grounds = chosen(held.form.incompleteness_reasons(timezone.localdate(at)), reasons)
    ended = advance(
        held,
        "refuse_consideration",
        actor=actor,
        at=at,
        version=version,
        reason=text,
        grounds=[
            *carried_by(application, application.day(timezone.localdate(at)), COMPLETENESS),
            *(ground.ground() for ground in grounds),
        ],
        data={"reasons": list(reasons)},
        reasons=list(reasons),
        reason_text=text,
        closed_at=at,
        due_on=None,
        registered_at=held.registered_at or at,
    )
    meet(ended, REGISTRATION, COMPLETENESS, at=at)
    end_duties(ended, at=at)
    write_letter(ended, "refusal_to_consider", at=at, reasons=grounds, text=text, signed_by=actor)
    return ended


@transaction.atomic
def ask_question(application: Application, *, text: str, actor: User, at: datetime) -> Question:
    """Ask the applicant. The clock runs on; where the regime lets it stop, `stop_review` does it."""
    fresh = in_progress(application, actor=actor)
    question = Question.objects.create(application=fresh, text=text, asked_by=actor, asked_at=at)
    touch(fresh)
    record(fresh, "application.ask", actor=actor, at=at, data={"question": question.pk, "clock": "runs"})
    write_letter(fresh, "question", at=at, text=text, signed_by=actor)
    return question


@transaction.atomic
def judge_check(
    application: Application, *, code: str, met: bool, note: str, actor: User, at: datetime
) -> CheckJudgement:
    """A person settles a requirement that no function can, and says why.

    Raises:
        TransitionRefused: the requirement is unknown, has no doubt in it, or no reason is given.
    """
    fresh = in_progress(application, actor=actor)
    finding = next((f for f in fresh.findings(timezone.localdate(at)) if f.code == code), None)
    if finding is None or any(p.severity == "error" for p in finding.problems):
        raise TransitionRefused(
            [Problem(code="not-to-judge", message=_("This requirement is not a person's to judge."))]
        )
    if not note.strip():
        raise TransitionRefused([Problem(code="note-missing", message=_("Say why."), field="note")])
    row, _made = CheckJudgement.objects.update_or_create(
        application=fresh, code=code, defaults={"met": met, "note": note, "by": actor, "at": at}
    )
    touch(fresh)
    record(fresh, "application.judge", actor=actor, at=at, audience=INTERNAL, data={"check": code, "met": met})
    return row


@transaction.atomic
def assign_application(application: Application, *, to: User | None, actor: User, at: datetime) -> Application:
    """Take a case, give it to a colleague of the same authority, or lay it back (to=None).

    What is given to somebody who is absent on that day goes to his deputy, down the line.

    Raises:
        PermissionDenied; TransitionRefused: he is no officer of the authority, or absent without anybody at work to
            stand in; who is entered as absent takes nothing himself.
    """
    fresh = in_progress(application, actor=actor)
    if to is not None and (to.authority_id != fresh.authority_id or to.role not in (OFFICER, HEAD) or not to.is_active):
        raise TransitionRefused(
            [Problem(code="not-an-officer", message=_("A case goes to an officer of its own authority."), field="to")]
        )
    holder, away = at_work(to, actor=actor, on=timezone.localdate(at)) if to is not None else (None, None)
    fresh.assigned_to = holder
    touch(fresh, fields=["assigned_to"])
    facts = {"to": holder.pk if holder else None, **({"for": away.person_id} if away else {})}
    event = record(fresh, "application.assign", actor=actor, at=at, audience=INTERNAL, data=facts)
    if holder is not None and holder != actor:
        path = f"/cases/{fresh.reference}/"
        notify(event, [holder], "case_assigned", {"reference": fresh.reference}, path=path, at=at)
    return fresh


def at_work(to: User, *, actor: User, on: date) -> tuple[User, Absence | None]:
    """(who gets what is given to a person on a day, the person's absence).

    Raises:
        TransitionRefused: nobody is there to stand in, or he is absent and takes it himself.
    """
    holder, away = taker(to, on=on)
    if away is not None and to == actor:
        message = _("You are entered as absent until %(to)s. End the absence first.")
        problem = Problem(code="absent-self", message=message, params={"to": away.to_on.isoformat()}, field="to")
        raise TransitionRefused([problem])
    if holder is None:
        message = _("%(person)s is absent, and nobody who could stand in is at work.")
        problem = Problem(code="no-deputy-at-work", message=message, params={"person": str(to)}, field="to")
        raise TransitionRefused([problem])
    return holder, away


@transaction.atomic
def add_note(application: Application, *, text: str, actor: User, at: datetime) -> Note:
    """An internal note."""
    require(actor, "licensing.review", application)
    note = Note.objects.create(application=application, text=text, by=actor, at=at)
    record(application, "application.note", actor=actor, at=at, audience=INTERNAL, data={"note": note.pk})
    return note
