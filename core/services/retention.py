"""What is due to be erased, and its erasure in slices. The document is core/retention.py; apps say which rows are due.

An event is never touched: rows that events point to are blanked, not deleted, and content goes by its hash alone.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from core.models import ErasureRun, LegalHold, Seen, User
from core.models.base import INTERNAL
from core.retention import ACTS, BLANK, RULES, Part, Rule
from core.services.acts import advance, record, require
from core.services.publishing import publish
from core.workflow import TransitionRefused
from law.personal_data import hours_kept, kept_from
from law.problems import Problem, _
from law.provisions import Provision, provision

SLICE = 500  # rows erased in one transaction
COUNTED = 10_000  # a page counts no further
ERASURE_OPEN = ErasureRun.WORKFLOW.open_states

Rows = QuerySet[Any, Any]
Due = Callable[[datetime, date], Rows]
Erase = Callable[[Rows, datetime], None]
Needed = Callable[[date], Rows]


@dataclass(frozen=True, slots=True)
class Source:
    """How one part is found and erased: rows whose period began before a moment; what is done to a slice of them."""

    due: Due
    erase: Erase | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """What keeps rows of a model beyond their period, whatever the rule says: ids needed on a day, and why."""

    code: str
    message: str
    needed: Needed
    provision: str


_SOURCES: dict[tuple[str, str], Source] = {}
_NEEDS: dict[str, dict[str, Need]] = {}


def register_erasure(rule: str, model: str, due: Due, erase: Erase | None = None) -> None:
    """Say which rows of a model a rule takes, from an AppConfig.ready(): those whose period began before a moment."""
    _SOURCES[rule, model] = Source(due, erase)


def register_need(model: str, code: str, message: str, needed: Needed, *, provision: str) -> None:
    """Say what still needs rows of a model (an open case, a licence in force), from an AppConfig.ready()."""
    _NEEDS.setdefault(model, {})[code] = Need(code, message, needed, provision)


def sources() -> Mapping[tuple[str, str], Source]:
    return _SOURCES


def needs(model: str) -> list[Need]:
    return list(_NEEDS.get(model, {}).values())


def erasing_parts(*, automatic: bool) -> Iterator[tuple[Rule, Part]]:
    """The parts that a run takes, in the order of the document."""
    for one in RULES:
        if one.automatic == automatic:
            yield from ((one, part) for part in one.parts if part.erases)


def key_of(rule: Rule, part: Part) -> str:
    return f"{rule.code} {part.model}"


def period_of(rule: Rule, at: datetime) -> Provision:
    """The provision that gives the period, in force on the day. Raises NotInForce."""
    return provision(rule.provision, timezone.localdate(at))


def cutoff(rule: Rule, at: datetime) -> datetime | None:
    """What began before this moment may go at `at`; None where it is kept for good."""
    day = timezone.localdate(at)
    hours = hours_kept(rule.provision, day)
    if hours is not None:
        return at - timedelta(hours=hours)
    first = kept_from(rule.provision, day)
    return timezone.make_aware(datetime.combine(first, time.min)) if first else None


def held(model: str) -> QuerySet[LegalHold, int]:
    """Ids of the objects of a model that are under a hold."""
    return LegalHold.objects.filter(subject_type=model.lower(), lifted_at__isnull=True).values_list(
        "subject_id", flat=True
    )


def hold_on(model: Any, pk: Any) -> QuerySet[LegalHold]:
    """The hold on one object, or on that of an outer row."""
    return LegalHold.objects.filter(subject_type=model, subject_id=pk, lifted_at__isnull=True)


def due_rows(rule: Rule, part: Part, at: datetime) -> Rows:
    """The rows that would go at a moment: over their period, under no hold, needed by nothing, not blank already."""
    model, moment = apps.get_model(part.model), cutoff(rule, at)
    if moment is None:
        none: Rows = model._base_manager.none()
        return none
    day = timezone.localdate(at)
    rows: Rows = _SOURCES[rule.code, part.model].due(moment, day)
    if not rule.automatic:
        if isinstance(model._meta.pk, models.AutoField | models.BigAutoField):
            rows = rows.exclude(pk__in=held(part.model))
        if issubclass(model, Seen):
            rows = rows.filter(~Exists(hold_on(OuterRef("subject_type"), OuterRef("subject_id"))))
        for need in needs(part.model):
            rows = rows.exclude(pk__in=need.needed(day))
    return rows.filter(written(model, part.fields)) if part.act == BLANK else rows


def written(model: type[models.Model], names: tuple[str, ...]) -> Q:
    """Any of the fields holds something."""
    found = Q()
    for name, value in blanks(model, names).items():
        found |= Q(**{f"{name}__isnull": False}) if value is None else ~Q(**{name: value})
    return found


def blanks(model: type[models.Model], names: tuple[str, ...]) -> dict[str, Any]:
    """The empty value of each field."""
    empty: dict[str, Any] = {}
    for name in names:
        field = model._meta.get_field(name)
        if isinstance(field, models.JSONField):
            empty[name] = field.default() if callable(field.default) else []
        else:
            empty[name] = None if getattr(field, "null", False) else ""
    return empty


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a preview: what would go now, what more within a month, and why."""

    rule: Rule
    part: Part
    period: Provision
    before: datetime | None
    now: int
    soon: int
    examples: tuple[str, ...]

    @property
    def capped(self) -> bool:
        return self.now > COUNTED

    @property
    def words(self) -> str:
        """What happens to the rows, in the reader's language."""
        return gettext(ACTS[self.part.act])


def preview(*, at: datetime) -> list[Line]:
    """What a run proposed now would erase, part by part; counts end at COUNTED + 1. Reads only."""
    return [_line(rule, part, at) for automatic in (False, True) for rule, part in erasing_parts(automatic=automatic)]


def _line(rule: Rule, part: Part, at: datetime) -> Line:
    rows, later = due_rows(rule, part, at), due_rows(rule, part, at + timedelta(days=30))
    now = rows.order_by()[: COUNTED + 1].count()
    soon = later.order_by()[: COUNTED + 1].count()
    if now and any(field.name == "application" for field in rows.model._meta.concrete_fields):
        rows = rows.select_related("application")
    examples = tuple(_name(row) for row in rows.order_by("pk")[:5]) if now else ()
    return Line(rule, part, period_of(rule, at), cutoff(rule, at), now, max(soon - now, 0), examples)


def _name(row: Any) -> str:
    """A row by its number, never by what is in it."""
    reference = getattr(row, "reference", "") or getattr(getattr(row, "application", None), "reference", "")
    return str(reference or f"{row._meta.model_name}-{row.pk}")


def plan(*, at: datetime, automatic: bool = False) -> dict[str, int]:
    """A dry run: exactly how many rows each part would lose."""
    found = {key_of(rule, part): due_rows(rule, part, at).count() for rule, part in erasing_parts(automatic=automatic)}
    return {key: number for key, number in found.items() if number}


@transaction.atomic
def propose_erasure(*, actor: User, at: datetime) -> ErasureRun:
    """Fix what is due now, for a second person to confirm.

    Raises:
        PermissionDenied; TransitionRefused: nothing is due, or a proposal is open.
    """
    run = ErasureRun(as_of=at, created_at=at, proposed_by=actor)
    require(actor, "core.propose_erasure", run)
    run.planned = plan(at=at)
    problems = []
    if not run.planned:
        problems.append(Problem(code="nothing-due", message=_("Nothing is due to be erased.")))
    if ErasureRun.objects.select_for_update().filter(automatic=False, state__in=ERASURE_OPEN).exists():
        problems.append(Problem(code="erasure-open", message=_("An erasure is proposed or running already.")))
    if problems:
        raise TransitionRefused(problems)
    run.save()
    facts = {"planned": run.planned}
    record(run, "erasurerun.propose", actor=actor, at=at, to_state=run.state, audience=INTERNAL, data=facts)
    return run


@transaction.atomic
def confirm_erasure(run: ErasureRun, *, actor: User, at: datetime, version: int | None = None) -> ErasureRun:
    """A second person confirms; the program erases after the commit.

    Raises:
        PermissionDenied: no administrator, or he proposed it.  StaleVersion, TransitionRefused.
    """
    confirmed = advance(
        run, "confirm", actor=actor, at=at, version=version, audience=INTERNAL, confirmed_by=actor,
        data={"planned": run.planned},
    )  # fmt: skip
    transaction.on_commit(lambda: publish("core.erase", []), robust=True)
    return confirmed


@transaction.atomic
def decline_erasure(run: ErasureRun, *, actor: User, at: datetime, version: int | None = None) -> ErasureRun:
    """Nothing is erased."""
    return advance(run, "decline", actor=actor, at=at, version=version, audience=INTERNAL, closed_at=at)
