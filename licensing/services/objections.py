"""A natural person objects to what the program did by itself; an official answers in writing within three working days.

Upheld, it is done by the acts of the case, in an official's name: an objection changes nothing by itself.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from core.automated import RULE, act_of, adverse_verbs
from core.models import Event, Obligation, Organisation, User
from core.models.base import PARTY
from core.services import advance, end_duties, meet, notify, owe, record, require
from core.services.acts import locked
from core.workflow import HEAD, OFFICER, TransitionRefused
from law.personal_data import objection_due
from law.problems import Problem, _
from law.provisions import NotInForce, provision
from licensing.models import Objection
from licensing.services.terms import officials, parties

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

TEXT_LIMIT = 10_000
NATURAL = ("sole_trader", "person")  # the holder forms that the law on personal data protects
ANSWER_OBJECTION = "objection-answer"
DUTIES = {ANSWER_OBJECTION: _("Answer an objection to an automated act")}


def open_to_objection(user: "User | AnonymousUser") -> QuerySet[Event]:
    """What the program did by itself in the cases of the natural persons for whom somebody acts, and what is not
    objected to yet. A term that the authority let pass is none of it."""
    if not user.is_authenticated or user.is_official:
        return Event.objects.none()
    persons = user.organisations().filter(form__in=NATURAL)
    own_debt = Obligation.objects.filter(
        subject_type=OuterRef("subject_type"),
        subject_id=OuterRef("subject_id"),
        code=KeyTextTransform("duty", OuterRef("data")),
        debtor=Obligation.ORGANISATION,
    )
    standing = Objection.objects.filter(event=OuterRef("pk")).exclude(state="taken_back")
    rows = Event.objects.visible_to(user).filter(
        ~Q(verb="obligation.overdue") | Exists(own_debt),
        ~Exists(standing),
        organisation__in=persons,
        actor__role="system",
        audience=PARTY,
        verb__in=adverse_verbs(),
    )
    return rows.select_related("authority", "organisation")


def next_reference(at: datetime) -> str:
    """OBJ-<year>-<number>: from a sequence, so that it waits for nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('licensing_objection_reference')")
        (number,) = cursor.fetchone()
    return f"OBJ-{timezone.localdate(at).year}-{number:06d}"


@transaction.atomic
def file_objection(event: Event, *, text: str, actor: User, at: datetime) -> Objection:
    """Object to one event. The authority owes an answer from today.

    Raises:
        PermissionDenied: he may not act for the person.
        TransitionRefused: nothing is said, a person did it, it is no natural person's, or it is objected to already.
    """
    authority, person, today = event.authority, event.organisation, timezone.localdate(at)
    if authority is None or person is None:
        raise TransitionRefused([NOT_AUTOMATED])
    act = act_of(event.verb) if event.actor.is_system else None
    row = Objection(
        event=event,
        act=act.code if act else "",
        authority=authority,
        organisation=person,
        filed_by=actor,
        text=text.strip(),
        created_at=at,
    )
    require(actor, "licensing.object", row)
    locked(person)  # of two at once the second finds the first
    problems = text_problems(row.text, "text") + event_problems(event, person)
    try:
        due, rule = objection_due(today), provision(RULE, today)
    except NotInForce as unknown:
        problems.append(unknown.problem)
    if problems:
        raise TransitionRefused(problems)
    row.reference = next_reference(at)
    row.save()
    facts = {"act": row.act, "event": event.pk, "about": event.reference}
    filed = record(row, "objection.file", actor=actor, at=at, to_state=row.state, grounds=[rule], data=facts)
    owe(row, {ANSWER_OBJECTION: due}, debtor=Obligation.AUTHORITY, at=at)
    told = {"reference": row.reference, "due": due.due_on.isoformat()}
    notify(filed, officials(row.authority_id, OFFICER, HEAD), "objection_filed", told, path=page_of(row), at=at)
    return row


NOT_AUTOMATED = Problem(
    code="not-automated",
    message=_("An objection is possible only to what the program did by itself and what can go against a person."),
    field="event",
)


def event_problems(event: Event, person: Organisation) -> list[Problem]:
    """Whether the program did it by itself against a natural person, and nobody has objected yet."""
    problems = []
    act = act_of(event.verb) if event.actor.is_system else None
    if act is None or not act.adverse:
        problems.append(NOT_AUTOMATED)
    if person.form not in NATURAL:
        message = _("Only a natural person or a sole trader may object.")
        problems.append(Problem(code="not-natural", message=message, field="event"))
    if Objection.objects.filter(event=event).exclude(state="taken_back").exists():
        problems.append(Problem(code="objected-already", message=_("This act is objected to already."), field="event"))
    return problems


def text_problems(text: str, field: str) -> list[Problem]:
    if not text:
        return [Problem(code="note-missing", message=_("Say why."), field=field)]
    if len(text) > TEXT_LIMIT:
        message = _("The text is longer than %(limit)s characters.")
        return [Problem(code="text-too-long", message=message, params={"limit": TEXT_LIMIT}, field=field)]
    return []


def page_of(row: Objection) -> str:
    return f"/objections/{row.reference}/"


@transaction.atomic
def answer_objection(
    objection: Objection, outcome: str, *, answer: str, actor: User, at: datetime, version: int | None = None
) -> Objection:
    """Answer in writing: "uphold", with what is done, or "reject", with the reasons. The term is met.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no answer, one too long, or it is answered already.
    """
    words = answer.strip()
    if len(words) > TEXT_LIMIT:
        raise TransitionRefused(text_problems(words, "answer"))
    day = timezone.localdate(at)
    rules = [provision(RULE, timezone.localdate(objection.created_at))]
    row = advance(
        objection,
        outcome,
        actor=actor,
        at=at,
        version=version,
        grounds=rules,
        data={"act": objection.act, "about": objection.event.reference},
        answer=words,
        answered_by=actor,
        answered_at=at,
    )
    meet(row, ANSWER_OBJECTION, at=at)
    event = Event.objects.of(row).order_by("-seq")[0]
    path, told = f"/account/objections/{row.reference}/", {"reference": row.reference}
    notify(event, parties(row.organisation_id, day), "objection_answered", told, path=path, at=at)
    return row


@transaction.atomic
def take_back_objection(objection: Objection, *, actor: User, at: datetime, version: int | None = None) -> Objection:
    """Take it back before it is answered; nothing is owed any more.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it is answered already.
    """
    row = advance(objection, "take_back", actor=actor, at=at, version=version)
    end_duties(row, at=at)
    return row


def told(obligation: Obligation, role: str, on: date) -> tuple[list[User], str]:
    """Who hears of the term to answer in a role, and where it is answered."""
    return officials(obligation.authority_id, role or HEAD), f"/objections/{obligation.reference}/"


def persons_of(user: User) -> QuerySet[Organisation]:
    """The natural persons for whom somebody acts today."""
    return user.organisations().filter(form__in=NATURAL)
