"""Official clarifications: asked, drafted, signed by a head who did not draft, published or not, ended, not edited."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from core.models import Authority, Event, Obligation, Organisation, User
from core.models.base import INTERNAL, PARTY, PUBLIC
from core.services import advance, end_duties, meet, notify, owe, record, require
from core.services.acts import locked
from core.services.publishing import publish
from core.workflow import HEAD, OFFICER, TransitionRefused
from law.clarifications import ANSWER, answer_due
from law.problems import Problem, _
from law.provisions import NotInForce, Provision, provision
from licensing.models import Clarification
from licensing.models.clarifications import LANGUAGES
from licensing.models.licences import search_text
from licensing.services.clarification_letters import clarification_facts
from licensing.services.numbers import next_in
from licensing.services.terms import officials

Texts = Mapping[str, str]
TEXT_LIMIT, TITLE_LIMIT, CITED_LIMIT = 20_000, 300, 30
OPEN_LIMIT = 20  # unanswered requests of one organisation


def next_request(at: datetime) -> str:
    """ASK-<year>-<number>: from a sequence, so that it waits for nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('licensing_clarification_request')")
        (number,) = cursor.fetchone()
    return f"ASK-{timezone.localdate(at).year}-{number:06d}"


def cleaned_texts(texts: Texts, field: str, *, limit: int = TEXT_LIMIT, needed: bool = True) -> dict[str, str]:
    """The texts by language that are not empty.

    Raises:
        TransitionRefused: none is given, one is too long, or a language is not known.
    """
    kept = {code: str(text).strip() for code, text in texts.items() if str(text).strip()}
    problems = []
    if kept.keys() - set(LANGUAGES):
        message = _("Languages are kk, ru and en.")
        problems.append(Problem(code="language-unknown", message=message, field=field))
    if needed and not kept:
        message = _("Give the text in one language at least.")
        problems.append(Problem(code="words-missing", message=message, field=field))
    if any(len(text) > limit for text in kept.values()):
        message = _("The text is longer than %(limit)s characters.")
        problems.append(Problem(code="text-too-long", message=message, params={"limit": limit}, field=field))
    if problems:
        raise TransitionRefused(problems)
    return kept


@transaction.atomic
def ask_clarification(
    authority: Authority,
    *,
    organisation: Organisation,
    question: Texts,
    actor: User,
    at: datetime,
    title: Texts | None = None,
) -> Clarification:
    """An organisation asks an authority what the law says. The term to answer runs from today.

    Raises:
        PermissionDenied: he may not act for the organisation.
        TransitionRefused: no question, too long, too many open ones, or the body answers none.
    """
    row = _opened(authority, question=question, title=title, actor=actor, at=at, organisation=organisation)
    require(actor, "licensing.ask_clarification", row)
    problems = []
    if not authority.decides:
        message = _("This body gives no clarifications here.")
        problems.append(Problem(code="authority-answers-none", message=message, field="authority"))
    locked(organisation)
    waiting = Clarification.objects.filter(organisation=organisation, state__in=("asked", "drafted"))
    if waiting[:OPEN_LIMIT].count() >= OPEN_LIMIT:
        message = _("%(limit)s requests of this organisation wait for an answer already.")
        problems.append(Problem(code="too-many-requests", message=message, params={"limit": OPEN_LIMIT}))
    if problems:
        raise TransitionRefused(problems)
    row.save()
    event = record(
        row, "clarification.ask", actor=actor, at=at, to_state=row.state, data={"languages": sorted(row.asked)}
    )
    owe(row, {ANSWER: answer_due(timezone.localdate(at))}, debtor=Obligation.AUTHORITY, at=at)
    tell(event, officials(authority.pk, HEAD), "clarification_asked", row, at=at)
    return row


@transaction.atomic
def open_clarification(
    authority: Authority, *, question: Texts, actor: User, at: datetime, title: Texts | None = None
) -> Clarification:
    """An officer begins one on his own initiative; nobody waits for it and no term runs.

    Raises:
        PermissionDenied; TransitionRefused: no question, or too long.
    """
    row = _opened(authority, question=question, title=title, actor=actor, at=at)
    require(actor, "licensing.draft_clarification", row)
    row.save()
    record(row, "clarification.open", actor=actor, at=at, to_state=row.state, audience=INTERNAL)
    return row


def _opened(
    authority: Authority,
    *,
    question: Texts,
    title: Texts | None,
    actor: User,
    at: datetime,
    organisation: Organisation | None = None,
) -> Clarification:
    asked = cleaned_texts(question, "question")
    return Clarification(
        reference=next_request(at),
        authority=authority,
        organisation=organisation,
        asked_by=actor,
        asked=asked,
        question=asked,
        title=cleaned_texts(title or {}, "title", limit=TITLE_LIMIT, needed=False),
        created_at=at,
    )


def cited_rows(codes: Iterable[str], at: datetime) -> list[Provision]:
    """The provisions in force today with these codes, each once, in order.

    Raises:
        TransitionRefused: every code that is unknown or not in force, at once; or too many.
    """
    found, problems, wanted = [], [], list(dict.fromkeys(codes))
    for code in wanted[: CITED_LIMIT + 1]:
        try:
            found.append(provision(code, timezone.localdate(at)))
        except NotInForce as missing:
            problems.append(missing.problem)
    if len(wanted) > CITED_LIMIT:
        message = _("At most %(limit)s provisions are cited.")
        problems.append(
            Problem(code="too-many-provisions", message=message, params={"limit": CITED_LIMIT}, field="provisions")
        )
    if problems:
        raise TransitionRefused(problems)
    return found


@transaction.atomic
def draft_clarification(
    clarification: Clarification,
    *,
    title: Texts,
    question: Texts,
    answer: Texts,
    provisions: Iterable[str],
    actor: User,
    at: datetime,
    replaces: Clarification | None = None,
    version: int | None = None,
) -> Clarification:
    """Write the answer, or another version of it. Whoever drafted any version does not sign.

    Args:
        question: as it will be published: the asker's own words stay beside it as he wrote them.
        provisions: codes, in force today.
        replaces: a signed clarification of the same authority whose place it takes when it is signed.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: everything that is missing or wrong.
    """
    row = locked(clarification, version=version)
    require(actor, "licensing.draft_clarification", row)
    if replaces is not None and (replaces.authority_id != row.authority_id or not replaces.is_signed):
        message = _("Only a signed clarification of the same authority can be superseded.")
        raise TransitionRefused([Problem(code="replaced-foreign", message=message, field="replaces")])
    if replaces is not None and Clarification.objects.filter(replaces=replaces).exclude(pk=row.pk).exists():
        message = _("Another draft supersedes it already.")
        raise TransitionRefused([Problem(code="replaced-twice", message=message, field="replaces")])
    grounds = [one.ground() for one in cited_rows(provisions, at)]
    return advance(
        row,
        "draft",
        actor=actor,
        at=at,
        audience=INTERNAL,
        data={"provisions": [one["code"] for one in grounds]},
        title=cleaned_texts(title, "title", limit=TITLE_LIMIT),
        question=cleaned_texts(question, "question"),
        answer=cleaned_texts(answer, "answer"),
        provisions=grounds,
        replaces=replaces,
        drafted_by=actor,
        drafted_at=at,
    )


@transaction.atomic
def send_back_clarification(
    clarification: Clarification, *, reason: str, actor: User, at: datetime, version: int | None = None
) -> Clarification:
    """Ask for another version, with a reason.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reason, or it is not drafted.
    """
    return advance(
        clarification, "send_back", actor=actor, at=at, reason=said(reason), version=version, audience=INTERNAL
    )


def said(reason: str) -> str:
    if not reason.strip():
        raise TransitionRefused([Problem(code="note-missing", message=_("Say why."), field="reason")])
    return reason.strip()


def hold_with_replaced(clarification: Clarification) -> None:
    """The clarification and the one whose place it takes, locked in one order, whoever comes first."""
    for pk in sorted(pk for pk in (clarification.pk, clarification.replaces_id) if pk is not None):
        locked(Clarification(pk=pk))


@transaction.atomic
def sign_clarification(
    clarification: Clarification, *, actor: User, at: datetime, version: int | None = None
) -> Clarification:
    """Sign: the next number of the authority and year, the provisions as known today, the letter; what it supersedes
    ends.

    Raises:
        PermissionDenied: not a head, or he drafted it.
        StaleVersion; TransitionRefused: it is not drafted, or what it cites or supersedes no longer stands.
    """
    today = timezone.localdate(at)
    hold_with_replaced(clarification)
    row = locked(clarification, version=version)
    require(actor, "licensing.sign_clarification", row)
    if row.state != "drafted":
        advance(row, "sign", actor=actor, at=at)  # refuses, with its words
    grounds = cited_rows([one["code"] for one in row.provisions], at)
    series = f"CL-{row.authority.code.upper()}-{today.year}"
    row.number = next_in(series)
    row.signed_on, row.provisions = today, [one.ground() for one in grounds]
    signed = advance(
        row,
        "sign",
        actor=actor,
        at=at,
        grounds=grounds,
        data={"number": row.number},
        number=row.number,
        signed_by=actor,
        signed_at=at,
        signed_on=today,
        provisions=row.provisions,
        search=words_of(row),
        letter=clarification_facts(row, signed_by=actor, at=at),
    )
    if signed.replaces is not None:
        advance(signed.replaces, "supersede", actor=actor, at=at, ended_on=today, data={"by": signed.number})
    meet(signed, ANSWER, at=at)
    transaction.on_commit(lambda: publish("licensing.print_clarification", [signed.pk]), robust=True)
    return signed


def words_of(row: Clarification) -> str:
    """What is searched."""
    return search_text(row.number, *row.title.values(), *row.question.values(), *row.answer.values())


@transaction.atomic
def publish_clarification(
    clarification: Clarification, *, actor: User, at: datetime, version: int | None = None
) -> Clarification:
    """Let everybody read it. Who asked stays unnamed.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it is not signed, is published already, or has ended.
    """
    return advance(clarification, "publish", actor=actor, at=at, version=version, published_at=at)


@transaction.atomic
def withdraw_clarification(
    clarification: Clarification, *, reason: str, actor: User, at: datetime, version: int | None = None
) -> Clarification:
    """End it from today, with a reason that its readers see.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reason, or it does not stand.
    """
    return advance(
        clarification,
        "withdraw",
        actor=actor,
        at=at,
        reason=said(reason),
        version=version,
        audience=PUBLIC if clarification.published_at else PARTY,
        ended_on=timezone.localdate(at),
    )


@transaction.atomic
def recall_clarification(
    clarification: Clarification, *, actor: User, at: datetime, version: int | None = None
) -> Clarification:
    """Take a request back before it is answered; nothing is owed any more.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it is answered already.
    """
    row = advance(clarification, "recall", actor=actor, at=at, version=version)
    end_duties(row, at=at)
    return row


def tell(event: Event, people: Iterable[User], template: str, row: Clarification, *, at: datetime) -> None:
    notify(
        event,
        people,
        template,
        {"reference": row.number or row.reference},
        path=f"/clarification-requests/{row.reference}/",
        at=at,
    )


def told(obligation: Obligation, role: str, on: date) -> tuple[list[User], str]:
    """Who hears of the term to answer in a role: for officers who drafted last, else the heads."""
    path = f"/clarification-requests/{obligation.reference}/"
    if role != OFFICER:
        return officials(obligation.authority_id, role), path
    row = Clarification.objects.filter(pk=obligation.subject_id).select_related("drafted_by").first()
    drafter = row.drafted_by if row else None
    if drafter is not None and drafter.is_active:
        return [drafter], path
    return officials(obligation.authority_id, HEAD), path


DUTIES = {ANSWER: _("Answer a request for clarification")}
