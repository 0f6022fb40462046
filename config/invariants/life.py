"""What must hold of a licence after its grant: what it owes, and what was decided about it."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef

from config.invariants.base import Fault, Rule, duties_of, told
from core.models import Event, Obligation
from licensing.models import Breach, Decision, Edition, Licence, Measure
from licensing.permits import ISSUE, SAME_WORDS, kinds
from licensing.services.terms import RETURN
from licensing.workflow import LIVE

MEASURE = Measure._meta.label_lower
PREPARING = ("measure.propose", "measure.countersign")


def ended_licences_owe_nothing(today: date) -> Iterator[Fault]:
    """Of a licence that has ended nothing is owed but the return of its paper, and what its kind says follows."""
    follows = {duty.code for kind in kinds().values() for duty in kind.duties if set(duty.starts) - {ISSUE}}
    owed = Obligation.objects.open().filter(subject_type=Licence._meta.label_lower, subject_id=OuterRef("pk"))
    rows = Licence.objects.filter(Exists(owed.exclude(code__in={RETURN, *follows}))).exclude(state__in=LIVE)
    for number in rows.values_list("number", flat=True):
        yield Fault("term-left-open", number, "the licence has ended, a term is still open")


def closed_cases_owe_nothing(today: date) -> Iterator[Fault]:
    for model in (Breach, Measure):
        owed = duties_of(model._meta.label_lower).filter(met_at__isnull=True, ended_at__isnull=True)
        rows = model._base_manager.filter(Exists(owed), closed_at__isnull=False)
        yield from told("term-left-open", rows, "the case has ended, a term is still open")


def measures_decided_once(today: date) -> Iterator[Fault]:
    """A measure that a head put into effect has his decision, no other has one, and he had no hand in preparing it."""
    decision = Decision.objects.filter(measure=OuterRef("pk"))
    own = Measure.objects.filter(by_court=False, state="in_effect")
    yield from told("decision-missing", own.filter(~Exists(decision)), "in effect without a decision")
    others = Measure.objects.exclude(by_court=False, state="in_effect")
    yield from told("decision-too-many", others.filter(Exists(decision)), "a decision, yet not in effect by a head")
    prepared = Event.objects.filter(
        subject_type=MEASURE, subject_id=OuterRef("measure"), verb__in=PREPARING, actor=OuterRef("made_by")
    )
    rows = Decision.objects.filter(Exists(prepared), measure__isnull=False)
    for reference in rows.values_list("measure__reference", flat=True):
        yield Fault("one-hand", reference, "decided by who prepared it")


def editions_counted(today: date) -> Iterator[Fault]:
    """A licence bears the edition of its newest re-issue or correction; never printed anew, the first."""
    made: dict[int, list[int]] = {}
    for pk, edition in Edition.objects.exclude(act__in=SAME_WORDS).order_by("number").values_list("licence", "number"):
        made.setdefault(pk, []).append(edition)
    anew = dict(Licence.objects.exclude(edition=1).values_list("pk", "edition"))
    differ = [pk for pk in {*made, *anew} if made.get(pk, []) != list(range(2, anew.get(pk, 1) + 1))]
    for number, edition in Licence.objects.filter(pk__in=differ).values_list("number", "edition"):
        yield Fault("edition-differs", number, f"edition {edition}, its re-issues say otherwise")


RULES: tuple[Rule, ...] = (
    ended_licences_owe_nothing,
    closed_cases_owe_nothing,
    measures_decided_once,
    editions_counted,
)
