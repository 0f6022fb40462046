"""What must hold between the tables, whatever happened: each rule asks for the rows that break it. Reads only."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, F, IntegerField, Max, Min, OuterRef, Q, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Right
from django.utils import timezone

from config.invariants import centres, inspections, life
from config.invariants.base import Fault, Rule, duties_of, told
from core.models import Absence, DocumentSignature, Event, Notification, Obligation, Pause
from exchanges.models import NUMBER_SERIES as TRADE
from exchanges.models import MarketWarning
from licensing.models import (
    Appeal,
    Application,
    Breach,
    Clarification,
    ClarificationReliance,
    Decision,
    Letter,
    Licence,
    Measure,
    NumberCounter,
    Objection,
    RegisterEntry,
)
from licensing.models.applications import OPEN
from licensing.models.matters import CHECKS, MATTERS
from licensing.permits import ISSUE, kinds

CLARIFICATIONS = "CL-"  # the beginning of every series of clarification numbers
#: Those that number no licences.
OTHER_SERIES = (CLARIFICATIONS, *centres.SERIES, *inspections.SERIES, *TRADE, MATTERS, CHECKS)
APPLICATION, LICENCE = Application._meta.label_lower, Licence._meta.label_lower


def faults(*, at: datetime) -> Iterator[Fault]:
    """Everything that does not hold, rule by rule."""
    today = timezone.localdate(at)
    for rule in RULES:
        yield from rule(today)


def filed_with_terms(today: date) -> Iterator[Fault]:
    """Every filed case has each term of its procedure, once and counted from the day of filing."""
    filed = Application.objects.filter(submitted_at__isnull=False)
    for kind, act in set(filed.order_by().values_list("kind", "act")):
        for code in Application(kind=kind, act=act).form.rules:
            term = duties_of(APPLICATION).filter(code=code, base_on=OuterRef("filed_on"))
            yield from told("term-missing", filed.filter(~Exists(term), kind=kind, act=act), f"no term “{code}”")


def drafts_owe_nothing(today: date) -> Iterator[Fault]:
    rows = Application.objects.filter(Exists(duties_of(APPLICATION)), submitted_at__isnull=True)
    yield from told("term-too-early", rows, "a draft has terms")


def ended_owe_nothing(today: date) -> Iterator[Fault]:
    rows = Application.objects.filter(
        Exists(duties_of(APPLICATION).filter(met_at__isnull=True, ended_at__isnull=True)), closed_at__isnull=False
    )
    yield from told("term-left-open", rows, "the case has ended, a term is still open")


def state_meets_terms(today: date) -> Iterator[Fault]:
    """What the state says has been done is no longer owed; a decided case met its term of decision."""
    open_terms = duties_of(APPLICATION).filter(met_at__isnull=True, ended_at__isnull=True)
    past = Application.objects.filter(accepted_at__isnull=False)
    early = open_terms.filter(code__in=("registration", "completeness"))
    yield from told("term-left-open", past.filter(Exists(early)), "accepted, yet registration or completeness is owed")
    registered = Application.objects.filter(Exists(open_terms.filter(code="registration")), registered_at__isnull=False)
    yield from told("term-left-open", registered, "registered, yet registration is owed")
    unmet = duties_of(APPLICATION).filter(code="decision", met_at__isnull=True)
    decided = Application.objects.filter(Exists(unmet), state__in=("granted", "refused"), deemed_on=None)
    yield from told("term-unmet", decided, "decided, yet the term of decision is not met")


def due_day_is_next_term(today: date) -> Iterator[Fault]:
    nearest = (
        duties_of(APPLICATION)
        .filter(met_at__isnull=True, ended_at__isnull=True, debtor=Obligation.AUTHORITY, due_on__isnull=False)
        .order_by()
        .values("subject_id")
        .annotate(day=Min("due_on"))
        .values("day")
    )
    rows = Application.objects.annotate(next_term=Subquery(nearest))
    differs = ~Q(due_on=F("next_term")) | Q(due_on=None, next_term__isnull=False)
    differs |= Q(due_on__isnull=False, next_term=None)
    for reference, due_on, next_term in rows.filter(differs).values_list("reference", "due_on", "next_term"):
        if due_on != next_term:
            yield Fault("due-day", reference, f"{due_on} stands on the case, {next_term} is the next open term")


def decided_once(today: date) -> Iterator[Fault]:
    """A decided case has its decision with the same outcome, and only such a case has one that stands."""
    decision = Decision.objects.filter(application=OuterRef("pk"), annulled_at=None)
    for state, outcome in (("granted", "grant"), ("refused", "refuse")):
        rows = Application.objects.filter(~Exists(decision.filter(outcome=outcome)), state=state)
        yield from told("decision-missing", rows, f"{state} without a decision")
    others = Application.objects.filter(Exists(decision)).exclude(state__in=("granted", "refused"))
    yield from told("decision-too-many", others, "a decision, yet the case is not decided")


def two_hands(today: date) -> Iterator[Fault]:
    """Who recommended or countersigned did not decide; every decision was countersigned, but for what silence made."""
    rows = Decision.objects.filter(application__isnull=False, by_silence=False).filter(
        Q(recommendation__countersigned_by=None)
        | Q(made_by=F("recommendation__made_by"))
        | Q(made_by=F("recommendation__countersigned_by"))
    )
    for reference in rows.values_list("application__reference", flat=True):
        yield Fault("one-hand", reference, "decided by who prepared it, or without a countersignature")


def granted_with_licence(today: date) -> Iterator[Fault]:
    """A granted case has its licence, letter and register entry; a licence comes of a granted case alone."""
    licence = Licence.objects.filter(application=OuterRef("pk"))
    rows = Application.objects.filter(~Exists(licence), state="granted", act=ISSUE)
    yield from told("licence-missing", rows, "no licence")
    yield from told(
        "licence-too-many", Application.objects.filter(Exists(licence)).exclude(state="granted"), "a licence"
    )
    for number in Licence.objects.filter(register_entry=None).values_list("number", flat=True):
        yield Fault("entry-missing", number, "not in the register")


def printing_acts() -> set[str]:
    """The acts by which a licence is printed: its issue, and the requests that print it anew."""
    asked = {request.act for kind in kinds().values() for request in kind.procedure.requests if request.prints}
    return {ISSUE, *asked}


def letters_written(today: date) -> Iterator[Fault]:
    """Each step has written its letter, and no letter stands without its step."""
    due = {
        "receipt": Q(submitted_at__isnull=False),
        "refusal_to_consider": Q(state="refused_consideration"),
        "refusal": Q(Exists(Decision.objects.filter(application=OuterRef("pk"), outcome="refuse"))),
        "licence": Q(state="granted", act__in=printing_acts()),
        "grant": Q(state="granted"),
    }
    for kind, state in due.items():
        letter = Letter.objects.filter(application=OuterRef("pk"), kind=kind)
        yield from told("letter-missing", Application.objects.filter(~Exists(letter) & state), f"no letter “{kind}”")
        yield from told(
            "letter-too-many", Application.objects.filter(Exists(letter)).exclude(state), f"letter “{kind}”"
        )


def letters_printed(today: date) -> Iterator[Fault]:
    """No letter of yesterday or before waits for its PDF."""
    waiting = Letter.objects.unprinted().filter(made_at__lt=timezone.make_aware(datetime.combine(today, time.min)))
    for pk, reference in waiting.values_list("pk", "reference"):
        yield Fault("letter-unprinted", f"{reference}, letter {pk}", "it has no PDF; has the sweep run?")


def letters_signed(today: date) -> Iterator[Fault]:
    """Every printed letter bears a signature of its authority, which was found intact over this very file."""
    signature = DocumentSignature.objects.filter(
        document=OuterRef("document"), sha256=OuterRef("document__sha256"), authority=OuterRef("authority")
    )
    unsigned = Letter.objects.filter(~Exists(signature), document__isnull=False)
    for pk, reference in unsigned.values_list("pk", "reference"):
        yield Fault("letter-unsigned", f"{reference}, letter {pk}", "printed without the authority's signature")


def numbers_without_gaps(today: date) -> Iterator[Fault]:
    """Each series of licence numbers runs from 1 to what its counter says."""
    last = Cast(Right("number", 5), IntegerField())
    given = {
        (kind, year): (count, highest)
        for kind, year, count, highest in Licence.objects.order_by()
        .values_list("kind", "granted_on__year")
        .annotate(count=Count("pk"), highest=Max(last))
    }
    counters = dict(NumberCounter.objects.values_list("series", "last"))
    for (kind, year), (count, highest) in sorted(given.items()):
        series = f"{Licence(kind=kind).permit.number_prefix}-{year}"
        counter = counters.pop(series, 0)
        if not count == highest == counter:
            yield Fault("number-gap", series, f"{count} licences, the highest is {highest}, the counter says {counter}")
    for series, counter in counters.items():
        if counter and not series.startswith(OTHER_SERIES):
            yield Fault("number-gap", series, f"the counter says {counter}, no licence stands there")


def clarifications_without_gaps(today: date) -> Iterator[Fault]:
    """Each series of clarification numbers runs from 1 to what its counter says."""
    given: dict[str, list[int]] = {}
    for number in Clarification.objects.signed().order_by("number").values_list("number", flat=True):
        series, _line, last = number.rpartition("-")
        given.setdefault(series, []).append(int(last))
    counters = NumberCounter.objects.filter(series__startswith=CLARIFICATIONS, last__gt=0)
    for series, counter in counters.values_list("series", "last"):
        if given.pop(series, []) != list(range(1, counter + 1)):
            yield Fault("number-gap", series, f"the counter says {counter}, the clarifications otherwise")
    for series in given:
        yield Fault("number-gap", series, "clarifications without a counter")


def clarifications_answered(today: date) -> Iterator[Fault]:
    """An ended or signed request owes no answer; what is superseded is so by a signed later one."""
    label = Clarification._meta.label_lower
    unmet = duties_of(label).filter(met_at__isnull=True, ended_at__isnull=True)
    rows = Clarification.objects.filter(Exists(unmet)).exclude(state__in=("asked", "drafted"))
    for reference in rows.values_list("reference", flat=True):
        yield Fault("term-left-open", reference, "answered or taken back, a term is still open")
    later = Clarification.objects.signed().filter(replaces=OuterRef("pk"))
    for number in Clarification.objects.filter(~Exists(later), state="superseded").values_list("number", flat=True):
        yield Fault("later-missing", number, "superseded by nothing")


def objections_answered(today: date) -> Iterator[Fault]:
    """An answered or withdrawn objection owes nothing."""
    unmet = duties_of(Objection._meta.label_lower).filter(met_at__isnull=True, ended_at__isnull=True)
    rows = Objection.objects.filter(Exists(unmet)).exclude(state="filed")
    for reference in rows.values_list("reference", flat=True):
        yield Fault("term-left-open", reference, "answered, a term is still open")


def relied_on_while_it_stood(today: date) -> Iterator[Fault]:
    rows = ClarificationReliance.objects.filter(
        Q(relied_on__lt=F("clarification__signed_on")) | Q(relied_on__gte=F("clarification__ended_on"))
    )
    for reference, number in rows.values_list("application__reference", "clarification__number"):
        yield Fault("relied-too-late", reference, f"{number} did not stand on that day")


def register_agrees(today: date) -> Iterator[Fault]:
    """A register entry stands as its licence stands."""
    rows = RegisterEntry.objects.filter(licence__isnull=False).exclude(
        standing=F("licence__state"),
        number=F("licence__number"),
        kind=F("licence__kind"),
        since=F("licence__valid_from"),
        authority=F("licence__authority"),
    )
    for number in rows.values_list("number", flat=True):
        yield Fault("register-differs", number, "the entry is not what the licence is")


def expired_in_time(today: date) -> Iterator[Fault]:
    """An expired licence ended on its last day; one whose last day passed more than a day ago has expired."""
    for number in (
        Licence.objects.filter(state="expired").exclude(ended_on=F("valid_to")).values_list("number", flat=True)
    ):
        yield Fault("ended-on-another-day", number, "it did not end on its last day")
    for number in Licence.objects.to_expire(today - timedelta(days=1)).values_list("number", flat=True):
        yield Fault("not-expired", number, "its last day has passed; has the sweep run?")


def state_has_its_event(today: date) -> Iterator[Fault]:
    """The last change of state told by the events is the state that stands."""
    for model in (Application, Licence, Breach, Measure, Appeal, Clarification, Objection, MarketWarning):
        label = model._meta.label_lower
        newest = (
            Event.objects.filter(subject_type=label, subject_id=OuterRef("pk")).exclude(to_state="").order_by("-seq")
        )
        rows = model._base_manager.annotate(
            told=Coalesce(Subquery(newest.values("to_state")[:1]), Value(model.WORKFLOW.initial))
        )
        for name, told_state, state in rows.exclude(state=F("told")).values_list("pk", "told", "state"):
            yield Fault("state-untold", f"{label} {name}", f"the events say {told_state}, the row {state}")


def open_cases_have_a_day(today: date) -> Iterator[Fault]:
    """But for filings whose procedure knows no term."""
    termless = [code for code, kind in kinds().items() if not kind.procedure.on_filing]
    paused = duties_of(APPLICATION).filter(met_at__isnull=True, ended_at__isnull=True, due_on=None)
    rows = Application.objects.filter(~Exists(paused), state__in=OPEN, due_on=None)
    rows = rows.exclude(kind__in=termless, act=ISSUE)
    yield from told("no-due-day", rows, "open, yet nothing is due")


def inbox_is_whole(today: date) -> Iterator[Fault]:
    """Whoever is told by mail finds the same in his inbox."""
    inbox = Notification.objects.filter(
        channel=Notification.INBOX, key=OuterRef("key"), recipient=OuterRef("recipient")
    )
    mails = Notification.objects.filter(channel=Notification.MAIL).exclude(template="digest")
    for pk in mails.filter(~Exists(inbox)).values_list("pk", flat=True):
        yield Fault("inbox-lacks", f"notification {pk}", "mailed, yet not in the inbox")


def digests_carry_their_own(today: date) -> Iterator[Fault]:
    """What goes with a digest is the same person's, and is out exactly when the digest is."""
    rows = Notification.objects.filter(carried_by__isnull=False)
    apart = ~Q(recipient=F("carried_by__recipient")) | Q(daily=False)
    torn = Q(sent_at__isnull=True, carried_by__sent_at__isnull=False) | Q(
        sent_at__isnull=False, carried_by__sent_at__isnull=True
    )
    for pk in rows.filter(apart | torn).values_list("pk", flat=True):
        yield Fault("digest-differs", f"notification {pk}", "it is not what its digest is")


def overdue_is_told(today: date) -> Iterator[Fault]:
    """Every duty found overdue has its event."""
    event = Event.objects.annotate(duty=KeyTextTransform("duty", "data")).filter(
        subject_type=OuterRef("subject_type"),
        subject_id=OuterRef("subject_id"),
        verb="obligation.overdue",
        duty=OuterRef("code"),
    )
    rows = Obligation.objects.filter(~Exists(event), overdue_at__isnull=False)
    for pk, reference in rows.values_list("pk", "reference"):
        yield Fault("overdue-untold", f"{reference}, obligation {pk}", "found overdue without an event")


def absences_apart(today: date) -> Iterator[Fault]:
    """Absences of one person share no day, and every line of deputies of today ends with somebody."""
    other = Absence.objects.standing().filter(
        person=OuterRef("person"), from_on__lte=OuterRef("to_on"), to_on__gte=OuterRef("from_on")
    )
    rows = Absence.objects.standing().filter(Exists(other.exclude(pk=OuterRef("pk"))))
    for pk, person in rows.values_list("pk", "person"):
        yield Fault("absences-overlap", f"absence {pk}", f"user {person} is absent twice on a day")
    absent = {row.person_id: row.deputy_id for row in Absence.objects.on(today)}
    for person in absent:
        passed, one = set[int](), person
        while one in absent and one not in passed:
            passed.add(one)
            one = absent[one]
        if one in absent:
            yield Fault("deputies-in-a-circle", f"user {person}", "nobody at the end of the line of deputies")


def days_move_with_a_row(today: date) -> Iterator[Fault]:
    """A due day stands open exactly while a pause does."""
    pause = Pause.objects.filter(obligation=OuterRef("pk"), kind="pause", to_on=None)
    rows = Obligation.objects.open()
    for pk, reference in rows.filter(~Exists(pause), due_on=None).values_list("pk", "reference"):
        yield Fault("day-without-pause", f"{reference}, obligation {pk}", "no due day, and no pause is open")
    for pk, reference in rows.filter(Exists(pause), due_on__isnull=False).values_list("pk", "reference"):
        yield Fault("pause-without-stop", f"{reference}, obligation {pk}", "a pause is open, yet a day is due")


def deemed_with_confirmation(today: date) -> Iterator[Fault]:
    """What silence made waits for a head's confirmation, or has its decision."""
    owed = duties_of(APPLICATION).filter(code="silence-confirmation", met_at__isnull=True, ended_at__isnull=True)
    waiting = Application.objects.filter(state="deemed")
    yield from told("confirmation-missing", waiting.filter(~Exists(owed)), "deemed issued, no confirmation is owed")
    granted = Application.objects.filter(state="granted", deemed_on__isnull=False).exclude(decisions__by_silence=True)
    yield from told("decision-differs", granted, "issued by silence, the decision says otherwise")


def appeals_agree(today: date) -> Iterator[Fault]:
    """An open appeal owes its decision; one that annulled the act stands against a decision that is annulled."""
    owed = Obligation.objects.open().filter(
        subject_type=Appeal._meta.label_lower, subject_id=OuterRef("pk"), code="appeal-decision"
    )
    rows = Appeal.objects.open().filter(~Exists(owed))
    yield from told("appeal-owes-nothing", rows, "open, yet no decision is owed")
    won = Appeal.objects.filter(state__in=("satisfied", "annulled", "court_annulled"), decision__annulled_at=None)
    yield from told("appeal-without-effect", won, "the act is annulled, yet the decision stands")
    over = Appeal.objects.filter(Exists(owed)).exclude(state__in=("filed", "forwarded", "heard"))
    yield from told("appeal-left-open", over, "ended, yet a decision is owed")


RULES: tuple[Rule, ...] = (
    appeals_agree,
    days_move_with_a_row,
    deemed_with_confirmation,
    filed_with_terms,
    drafts_owe_nothing,
    ended_owe_nothing,
    state_meets_terms,
    due_day_is_next_term,
    open_cases_have_a_day,
    decided_once,
    two_hands,
    granted_with_licence,
    letters_written,
    letters_printed,
    letters_signed,
    numbers_without_gaps,
    clarifications_without_gaps,
    clarifications_answered,
    objections_answered,
    relied_on_while_it_stood,
    register_agrees,
    expired_in_time,
    state_has_its_event,
    overdue_is_told,
    inbox_is_whole,
    digests_carry_their_own,
    absences_apart,
    *life.RULES,
    *centres.RULES,
)
