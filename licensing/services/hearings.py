"""The hearing before a decision that goes against the party (Administrative Procedural Code 73)."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from core.models import Event, Obligation, User
from core.services import end_duties, meet, notify, owe, record, require, touch
from core.services.acts import locked
from core.services.duties import fresh_subject
from core.workflow import TransitionRefused
from law.calendar import is_working_day
from law.licensing import Due
from law.problems import Line, Problem, _
from law.terms import hearing_due
from licensing.models import Application, Hearing, Measure, Recommendation
from licensing.services.letters import write_letter
from licensing.services.review import chosen, in_progress
from licensing.services.terms import DRAFT_NOTICE, POSITION, officials

#: States in which a draft decision stands that the party can be heard on.
DRAFTED = ("recommended", "countersigned")


def draft_to_hear(application: Application) -> Recommendation:
    """The recommendation that goes against the applicant, where the procedure asks for a hearing before its act.

    Raises:
        TransitionRefused: nothing adverse stands, or a hearing has been announced already.
    """
    draft = application.recommendation
    if application.state not in DRAFTED or draft is None or not application.needs_hearing(draft.outcome):
        message = _("There is no draft decision against the applicant to hear him on.")
        raise TransitionRefused([Problem(code="nothing-to-hear", message=message)])
    if application.hearing is not None:
        message = _("The hearing on this draft has been announced already.")
        raise TransitionRefused([Problem(code="hearing-announced", message=message)])
    return draft


def notice(hearing_on: date, sent_on: date) -> Due:
    """The day of the hearing with its arithmetic.

    Raises:
        TransitionRefused: it is too near, or a day off.
    """
    earliest = hearing_due(sent_on)
    problems = []
    if hearing_on < earliest.due_on:
        message = _("The hearing cannot be before %(day)s: the applicant has three working days with the draft.")
        problems.append(
            Problem("hearing-too-early", message, {"day": earliest.due_on}, "hearing_on", earliest.provision)
        )
    elif not is_working_day(hearing_on):
        message = _("%(day)s is a day off.")
        problems.append(Problem("hearing-on-day-off", message, {"day": hearing_on}, "hearing_on"))
    if problems:
        raise TransitionRefused(problems)
    if hearing_on == earliest.due_on:
        return earliest
    chosen_day = Line(_("The authority set the hearing for %(day)s"), day=hearing_on)
    return replace(earliest, due_on=hearing_on, arithmetic=(*earliest.arithmetic, chosen_day))


@transaction.atomic
def announce_hearing(
    application: Application, *, hearing_on: date, place: str, actor: User, at: datetime, version: int | None = None
) -> Hearing:
    """Send the draft decision and the day on which the applicant is heard. From now on the draft cannot be edited.

    Args:
        place: where and at what hour, or by what link, in words.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no adverse draft stands, the day is too near or a day off.
    """
    locked(application, version=version)
    fresh, today = in_progress(application, actor=actor), timezone.localdate(at)
    draft = draft_to_hear(fresh)
    grounds = chosen(fresh.form.refusal_grounds(today), draft.reasons)
    said = {"reasons": draft.reasons, "text": draft.text, "grounds": [ground.ground() for ground in grounds]}
    hearing, due = set_hearing(fresh, draft.outcome, said, hearing_on=hearing_on, place=place, actor=actor, at=at)
    touch(fresh)
    data = {"hearing": hearing.pk, "on": hearing_on.isoformat()}
    record(fresh, "application.announce_hearing", actor=actor, at=at, grounds=[due.provision], data=data)
    facts = {**draft_letter(hearing_on, place), "reasons": grounds, "text": draft.text, "signed_by": actor}
    write_letter(fresh, "hearing", at=at, **facts)
    return hearing


def set_hearing(
    case: Application | Measure,
    act: str,
    draft: dict[str, Any],
    *,
    hearing_on: date | None,
    place: str,
    actor: User,
    at: datetime,
) -> tuple[Hearing, Due]:
    """The hearing on a draft of a case, and the party's term to state its position.

    Raises:
        TransitionRefused: no day or place is given, the day is too near or a day off.
    """
    problems = []
    if hearing_on is None:
        problems.append(Problem("hearing-day-missing", _("Set the day of the hearing."), field="hearing_on"))
    if not place.strip():
        problems.append(Problem("place-missing", _("Say where and when he is heard."), field="place"))
    if problems or hearing_on is None:
        raise TransitionRefused(problems)
    due, sight = notice(hearing_on, timezone.localdate(at)), case.sight()
    hearing = Hearing.objects.create(
        subject_type=case._meta.label_lower,
        subject_id=case.pk,
        authority_id=sight.authority_id,
        organisation_id=sight.organisation_id,
        reference=sight.reference,
        title=sight.title,
        audience="party",
        act=act,
        draft=draft,
        hearing_on=hearing_on,
        place=place,
        arithmetic=due.steps(),
        ground=due.ground,
        announced_by=actor,
        announced_at=at,
    )
    owe(case, {POSITION: due}, debtor=Obligation.ORGANISATION, at=at)
    return hearing, due


def draft_letter(hearing_on: date | str | None, place: str) -> dict[str, Any]:
    """The facts that the letter of a hearing has beside the draft itself; a day may come as ISO text from a form."""
    return {"details": [(_("Day of the hearing"), str(hearing_on or "")), (_("Place and hour"), place)]}


def case_of(hearing: Hearing, *, version: int | None = None) -> Application | Measure:
    """The locked case of a hearing; of a measure the licence first, as every act does."""
    case = fresh_subject(hearing)
    if not isinstance(case, Measure):
        return locked(cast("Application", case), version=version)
    licence = locked(case.licence)
    held = locked(case, version=version)
    held.licence = licence
    return held


def require_party(case: Application | Measure, actor: User) -> None:
    require(actor, "licensing.answer_measure" if isinstance(case, Measure) else "licensing.answer", case)


def in_hand(hearing: Hearing, *, actor: User) -> Application | Measure:
    """The locked case, where the official may work on it.

    Raises:
        PermissionDenied; TransitionRefused: it has ended.
    """
    if hearing.subject_type == Application._meta.label_lower:
        return in_progress(Application.objects.get(pk=hearing.subject_id), actor=actor)
    case = case_of(hearing)
    require(actor, "licensing.review_measure", case)
    return case


def still_open(case: Application | Measure, hearing: Hearing) -> Hearing:
    """The locked hearing, while its draft stands.

    Raises:
        TransitionRefused: it does not any more.
    """
    fresh = locked(hearing)
    if fresh.closed_at is not None or case.closed_at is not None:
        raise TransitionRefused([Problem(code="hearing-closed", message=_("This hearing is closed."))])
    return fresh


@transaction.atomic
def state_position(hearing: Hearing, *, text: str, actor: User, at: datetime, version: int | None = None) -> Hearing:
    """The applicant says what he thinks of the draft, once; documents he attaches to the case beside it.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: the hearing is closed, or a position stands.
    """
    case = case_of(hearing, version=version)
    require_party(case, actor)
    fresh = still_open(case, hearing)
    problems = []
    if fresh.position_at is not None or fresh.waived_at is not None:
        message = _("The position has been stated already, or the hearing waived.")
        problems.append(Problem(code="position-stands", message=message))
    if not text.strip():
        problems.append(Problem("text-missing", _("Give the reasons in words."), field="text"))
    if problems:
        raise TransitionRefused(problems)
    fresh.position, fresh.position_by, fresh.position_at = text, actor, at
    fresh.save(update_fields=["position", "position_by", "position_at"])
    if isinstance(case, Measure):
        case.position, case.position_at = text, at
        case.save(update_fields=["position", "position_at"])
        meet(case, DRAFT_NOTICE, at=at)
        return party_spoke(case, fresh, "measure.answer", actor=actor, at=at)
    return party_spoke(case, fresh, "application.state_position", actor=actor, at=at)


@transaction.atomic
def waive_hearing(hearing: Hearing, *, actor: User, at: datetime, version: int | None = None) -> Hearing:
    """The applicant does not want to be heard.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: the hearing is closed, or he has spoken.
    """
    case = case_of(hearing, version=version)
    require_party(case, actor)
    fresh = still_open(case, hearing)
    if fresh.position_at is not None or fresh.waived_at is not None:
        message = _("The position has been stated already, or the hearing waived.")
        raise TransitionRefused([Problem(code="position-stands", message=message)])
    fresh.waived_at = at
    fresh.save(update_fields=["waived_at"])
    verb = "measure.waive_hearing" if isinstance(case, Measure) else "application.waive_hearing"
    return party_spoke(case, fresh, verb, actor=actor, at=at)


def party_spoke(case: Application | Measure, hearing: Hearing, verb: str, *, actor: User, at: datetime) -> Hearing:
    """Its term is met, the event is recorded, the officer of the case hears of it, or else all who may work on it."""
    meet(case, POSITION, at=at)
    touch(case)
    event = record(case, verb, actor=actor, at=at, data={"hearing": hearing.pk})
    officer = case.assigned_to if isinstance(case, Application) else None
    people = [officer] if officer else officials(case.authority_id)
    measure = isinstance(case, Measure)
    path = f"/measures/{case.reference}/" if measure else f"/cases/{case.reference}/?tab=questions"
    notify(event, people, "position_stated", {"reference": case.reference}, path=path, at=at)
    return hearing


@transaction.atomic
def record_hearing(
    hearing: Hearing, *, held_on: date, attended: bool, minutes: str, actor: User, at: datetime
) -> Hearing:
    """Enter the minutes: the day, whether the applicant came, what was said.

    Raises:
        PermissionDenied; TransitionRefused: minutes stand, or the day is not possible. Who did not come before the day
            set has missed nothing.
    """
    case = in_hand(hearing, actor=actor)
    fresh = still_open(case, hearing)
    problems = []
    if fresh.minutes_at is not None:
        problems.append(Problem(code="minutes-stand", message=_("The minutes have been entered already.")))
    if not timezone.localdate(fresh.announced_at) <= held_on <= timezone.localdate(at):
        message = _("The day lies outside the time since the draft was sent.")
        problems.append(Problem(code="hearing-day", message=message, field="held_on"))
    elif not attended and held_on < fresh.hearing_on:
        message = _("The hearing is on %(day)s; nobody has missed it before.")
        problems.append(Problem("hearing-ahead", message, {"day": fresh.hearing_on}, field="held_on"))
    if not minutes.strip():
        problems.append(Problem("minutes-missing", _("Give the minutes in words."), field="minutes"))
    if problems:
        raise TransitionRefused(problems)
    fresh.held_on, fresh.attended, fresh.minutes, fresh.minutes_by, fresh.minutes_at = (
        held_on,
        attended,
        minutes,
        actor,
        at,
    )
    fresh.save(update_fields=["held_on", "attended", "minutes", "minutes_by", "minutes_at"])
    meet(case, POSITION, at=at)
    touch(case)
    data = {"hearing": fresh.pk, "on": held_on.isoformat(), "attended": attended}
    record(case, f"{case._meta.model_name}.record_hearing", actor=actor, at=at, data=data)
    return fresh


def close_hearings(case: Application | Measure, *, at: datetime) -> None:
    """The draft has been decided on or lost its force: its hearing is closed, and nothing more is awaited."""
    Hearing.objects.of(case).filter(closed_at__isnull=True).update(closed_at=at)
    end_duties(case, at=at, codes=[POSITION])


def note_no_position(obligation: Obligation, event: Event) -> None:
    """The day has passed and the party said nothing to the draft: its right, no debt, so nothing is owed any more."""
    obligation.ended_at = event.at
    obligation.save(update_fields=["ended_at"])
