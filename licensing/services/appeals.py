"""Appeals: filed, forwarded, heard, decided or left to lapse; and what the decision does to the act."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from core.models import Authority, Document, Event, Obligation, User
from core.services import Upload, advance, end_duties, meet, notify, owe, record, require, store_document, touch
from core.services.acts import locked
from core.workflow import HEAD, TransitionRefused
from law import appeals as law
from law.problems import Problem, _
from law.provisions import Provision
from licensing.models import Appeal, Application, Decision
from licensing.models.appeals import OPEN
from licensing.services.letters import cited, spoken, write_letter
from licensing.services.reopening import annul_decision
from licensing.services.terms import officials, parties

FORWARD, DECIDE = "appeal-forward", "appeal-decision"
DUTIES = {FORWARD: _("Forward the appeal or satisfy it"), DECIDE: _("Decide on the appeal")}
DOCUMENTS_LIMIT = 50


def told(obligation: Obligation, role: str, on: date) -> tuple[list[User], str]:
    """Who hears of a term of an appeal: officials of the authority in the role, or the party."""
    if role == "":
        return parties(obligation.organisation_id, on), "/account/"
    return officials(obligation.authority_id, role), f"/appeals/{obligation.reference}/"


def states_route(application: Application, decision: Decision) -> bool:
    """Whether the letter of this very decision told how to appeal; a grant's letter does not."""
    letter = application.letters.filter(kind="refusal", made_at=decision.made_at).first()
    return letter is not None and "appeal" in letter.data


def next_reference(at: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('licensing_appeal_number')")
        (number,) = cursor.fetchone()
    return f"APL-{timezone.localdate(at).year}-{number:06d}"


def filing_problems(decision: Decision, *, text: str, learned_on: date, today: date) -> list[Problem]:
    """Everything that stands against filing. Being late does not: the authority answers that."""
    found = []
    if decision.annulled_at is not None:
        found.append(Problem("annulled-already", _("This decision was annulled before.")))
    if decision.appeals.exclude(state__in=("withdrawn", "not_admitted")).exists():
        found.append(Problem("appeal-known", _("An appeal against this decision is filed already.")))
    if not text.strip():
        found.append(Problem("appeal-text", _("Say what you ask for and why."), field="text"))
    if not timezone.localdate(decision.made_at) <= learned_on <= today:
        message = _("The day of learning lies outside the time since the decision.")
        found.append(Problem("appeal-learned", message, field="learned_on"))
    return found


@transaction.atomic
def file_appeal(decision: Decision, *, text: str, learned_on: date | None = None, actor: User, at: datetime) -> Appeal:
    """The party complains of a decision. The terms to forward and to decide run from today.

    Args:
        learned_on: the day on which the party learned of the act; that of the decision where it does not say.

    Raises:
        PermissionDenied; TransitionRefused: everything that stands against it, at once.
    """
    if decision.application is None:
        message = _("Only a decision on an application is appealed against here.")
        raise TransitionRefused([Problem("appeal-measure", message)])
    application = locked(decision.application)
    require(actor, "licensing.appeal", application)
    today = timezone.localdate(at)
    learned = learned_on or timezone.localdate(decision.made_at)
    fresh = Decision.objects.select_related("application").get(pk=decision.pk)
    if problems := filing_problems(fresh, text=text, learned_on=learned, today=today):
        raise TransitionRefused(problems)
    kind, stated = application.kind, states_route(application, fresh)
    due = law.file_by(kind, learned, route_stated=stated)
    dues = {FORWARD: law.forward_by(kind, today), DECIDE: law.decide_by(kind, today)}
    higher = application.permit.procedure.appeal_to
    appeal = Appeal.objects.create(
        reference=next_reference(at),
        decision=fresh,
        authority_id=application.authority_id,
        body=Authority.objects.get(code=higher) if higher else application.authority,
        organisation=application.organisation,
        text=text,
        filed_by=actor,
        filed_on=today,
        learned_on=learned,
        route_stated=stated,
        file_by=due.due_on,
        arithmetic=due.steps(),
        due_on=dues[FORWARD].due_on,
        created_at=at,
    )
    data = {"case": application.reference, "late": appeal.is_late}
    event = record(appeal, "appeal.file", actor=actor, at=at, grounds=[due.provision], data=data)
    owe(appeal, dues, debtor=Obligation.AUTHORITY, at=at)
    heading = {"heading": spoken(_("Receipt of an appeal")), "facts": facts_of(appeal)}
    write_letter(application, "appeal_receipt", at=at, terms=dues, more=heading)
    tell_heads(event, appeal, at=at)
    return appeal


def facts_of(appeal: Appeal, **days: date | None) -> list[dict[str, Any]]:
    """What letters on an appeal tell of it."""
    rows: list[tuple[str, Any]] = [(_("Appeal"), appeal.reference), (_("Filed"), appeal.filed_on.isoformat())]
    if appeal.state not in OPEN:
        rows.append((_("Decision"), spoken(appeal.WORKFLOW.state(appeal.state).applicant_label)))
    if appeal.court_by is not None:
        rows.append((_("Last day to go to court"), appeal.court_by.isoformat()))
    return [{"label": spoken(label), "value": value} for label, value in rows]


def tell_heads(event: Event, appeal: Appeal, *, at: datetime) -> None:
    facts, path = {"reference": appeal.reference}, f"/appeals/{appeal.reference}/"
    notify(event, officials(appeal.body_id, HEAD), "appeal_waits", facts, path=path, at=at)


def hold_case(appeal: Appeal) -> None:
    """The case is locked before what hangs on it, as in every act."""
    locked(Application(pk=appeal.case.pk))


@transaction.atomic
def forward_appeal(appeal: Appeal, *, body: Authority, actor: User, at: datetime, version: int | None = None) -> Appeal:
    """Send the appeal on to the body that decides: a higher one, or the authority's own heads without a hand in it."""
    hold_case(appeal)
    due = Obligation.objects.of(appeal).open().filter(code=DECIDE).values_list("due_on", flat=True).first()
    data = {"body": body.code}
    done = advance(appeal, "forward", actor=actor, at=at, version=version, data=data, body=body, due_on=due)
    meet(done, FORWARD, at=at)
    if body.pk != done.authority_id:
        Obligation.objects.of(done).open().filter(code=DECIDE).update(debtor=Obligation.BODY)
    event = Event.objects.of(done).order_by("-seq").first()
    if event is not None:
        tell_heads(event, done, at=at)
    return done


@transaction.atomic
def enter_hearing(
    appeal: Appeal, *, heard_on: date, text: str, actor: User, at: datetime, version: int | None = None
) -> Appeal:
    """The party was heard, or had the chance to be.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: the day lies outside the time since the filing.
    """
    hold_case(appeal)
    within(appeal, heard_on, at, "heard_on")
    given: dict[str, Any] = {"heard_on": heard_on, "hearing": text}
    return advance(appeal, "hear", actor=actor, at=at, version=version, **given)


def within(appeal: Appeal, day: date, at: datetime, field: str) -> None:
    """Between filing and today."""
    if appeal.filed_on <= day <= timezone.localdate(at):
        return
    message = _("The day lies outside the time since the appeal was filed.")
    raise TransitionRefused([Problem("appeal-day", message, field=field)])


def needs_words(text: str, field: str = "text") -> None:
    if not text.strip():
        raise TransitionRefused([Problem("text-missing", _("Give the reasons in words."), field=field)])


@transaction.atomic
def decide_appeal(
    appeal: Appeal,
    *,
    outcome: str,
    text: str,
    decided_on: date | None = None,
    barred: str = "",
    actor: User,
    at: datetime,
    version: int | None = None,
) -> Appeal:
    """Answer an appeal: satisfy, not_admit, annul, change or uphold. What is annulled loses its force at once.

    Args:
        decided_on: the day of an answer that came from elsewhere; today for one given here.
        barred: why it is not admitted: late or not_entitled.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no words, a wrong day, or another state.
    """
    hold_case(appeal)
    needs_words(text)
    today = timezone.localdate(at)
    day = decided_on if appeal.is_decided_elsewhere and decided_on else today
    within(appeal, day, at, "decided_on")
    ends = outcome in ("satisfy", "annul")
    court = None if ends else law.court_by(appeal.case.kind, day)
    given: dict[str, Any] = {"answer": text, "decided_on": day, "decided_by": actor, "closed_at": at, "due_on": None}
    given |= {"barred": barred, "court_by": court.due_on if court else None}
    grounds = [law.hands(day), *([court.provision] if court else [])]
    done = advance(appeal, outcome, actor=actor, at=at, version=version, reason=text, grounds=grounds, **given)
    meet(done, *((FORWARD, DECIDE) if outcome in ("satisfy", "not_admit") else (DECIDE,)), at=at)
    end_duties(done, at=at)
    if ends:
        annul_decision(done.decision, cause=done.reference, actor=actor, at=at)
    tell_decision(done, grounds=grounds, signed_by=actor, at=at)
    return done


def tell_decision(appeal: Appeal, *, grounds: list[Provision], signed_by: User | None, at: datetime) -> None:
    """The letter on the decision."""
    more = {"heading": spoken(_("Decision on an appeal")), "facts": facts_of(appeal)}
    more["grounds"] = [cited(rule) for rule in grounds]
    application = appeal.case
    write_letter(application, "appeal_decision", at=at, text=appeal.answer, signed_by=signed_by, more=more)


def note_no_decision(obligation: Obligation, event: Event) -> None:
    """No decision came in time: that is a refusal, on the day on which the term ended. Called by the sweep."""
    appeal = Appeal.objects.filter(pk=obligation.subject_id, state__in=OPEN).first()
    if appeal is not None and obligation.due_on is not None:
        lapse_appeal(appeal, day=obligation.due_on, actor=User.objects.system(), at=event.at)


@transaction.atomic
def lapse_appeal(appeal: Appeal, *, day: date, actor: User, at: datetime) -> Appeal:
    """The appeal is refused by silence on the day on which its term ended; the way to the court is open from then."""
    rule = law.silence(day)
    court = law.court_by(appeal.case.kind, day)
    given: dict[str, Any] = {"decided_on": day, "court_by": court.due_on, "closed_at": at, "due_on": None}
    data = {"on": day.isoformat()}
    done = advance(appeal, "lapse", actor=actor, at=at, data=data, grounds=[rule, court.provision], **given)
    end_duties(done, at=at)
    tell_decision(done, grounds=[rule, court.provision], signed_by=None, at=at)
    return done


@transaction.atomic
def withdraw_appeal(
    appeal: Appeal, *, reason: str = "", actor: User, at: datetime, version: int | None = None
) -> Appeal:
    """The party takes its appeal back; within the term it may file another."""
    hold_case(appeal)
    given: dict[str, Any] = {"closed_at": at, "due_on": None}
    done = advance(appeal, "withdraw", actor=actor, at=at, reason=reason, version=version, **given)
    end_duties(done, at=at)
    return done


@transaction.atomic
def record_claim(
    appeal: Appeal, *, court_on: date, court_number: str, actor: User, at: datetime, version: int | None = None
) -> Appeal:
    """The party went to court; whether in time is the court's to say."""
    hold_case(appeal)
    within(appeal, court_on, at, "court_on")
    given: dict[str, Any] = {"court_on": court_on, "court_number": court_number}
    data = {"late": appeal.court_by is not None and court_on > appeal.court_by}
    return advance(appeal, "go_to_court", actor=actor, at=at, version=version, data=data, **given)


@transaction.atomic
def enter_judgment(
    appeal: Appeal,
    *,
    annulled: bool,
    judged_on: date,
    text: str,
    actor: User,
    at: datetime,
    version: int | None = None,
) -> Appeal:
    """A judgment is in force. One that annuls the act takes it out of force here too."""
    hold_case(appeal)
    needs_words(text)
    within(appeal, judged_on, at, "judged_on")
    if appeal.court_on is not None and judged_on < appeal.court_on:
        message = _("The judgment lies before the claim.")
        raise TransitionRefused([Problem("judgment-early", message, field="judged_on")])
    name = "lose_in_court" if annulled else "win_in_court"
    done = advance(appeal, name, actor=actor, at=at, reason=text, version=version, judged_on=judged_on)
    if annulled:
        annul_decision(done.decision, cause=done.reference, actor=actor, at=at)
    return done


@transaction.atomic
def attach_to_appeal(appeal: Appeal, upload: Upload, *, actor: User, at: datetime) -> Document:
    """The party adds a paper to its open appeal.

    Raises:
        PermissionDenied; TransitionRefused: it has ended, holds too many papers, or the file is not accepted.
    """
    fresh = locked(appeal)
    require(actor, "licensing.appeal", fresh)
    problems = []
    if fresh.state not in OPEN:
        problems.append(Problem("appeal-ended", _("The appeal is not open."), field="file"))
    if fresh.documents().count() >= DOCUMENTS_LIMIT:
        message = _("The case holds %(limit)s documents already.")
        problems.append(Problem("too-many-documents", message, {"limit": DOCUMENTS_LIMIT}, field="file"))
    if problems:
        raise TransitionRefused(problems)
    document = store_document(fresh, upload, kind="appeal", actor=actor, at=at)
    touch(fresh)
    return document


FOLLOWS: Mapping[str, Any] = {DECIDE: note_no_decision}
