"""Erasing in slices: each locks its run first, takes what is still due, and says in the run how far it came."""

from datetime import datetime

from django.apps import apps
from django.db import transaction

from core.models import ErasureRun, User
from core.models.base import INTERNAL
from core.retention import BLANK, Part, Rule
from core.services.acts import advance, locked
from core.services.erasing import erase_contents
from core.services.retention import ERASURE_OPEN, SLICE, Rows, blanks, due_rows, erasing_parts, key_of, plan, sources


def erase_due(*, at: datetime) -> int:
    """Erase what was confirmed, and the program's own technical records. Returns how many rows went.

    Safe to run twice and beside another run: each slice locks its run first, and starts where the last one ended.
    """
    housekeeping(at=at)
    total = 0
    for run in ErasureRun.objects.filter(state="running").order_by("pk"):
        while (gone := erase_slice(run.pk, at=at)) is not None:
            total += gone
    erase_contents(at=at)
    return total


@transaction.atomic
def housekeeping(*, at: datetime) -> ErasureRun | None:
    """Begin a run over the technical records, where any is due and none is running."""
    if ErasureRun.objects.filter(automatic=True, state__in=ERASURE_OPEN).exists():
        return None
    planned = plan(at=at, automatic=True)
    if not planned:
        return None
    system = User.objects.system()
    locked(system)  # two workers at once: the second finds the first one's run
    if ErasureRun.objects.filter(automatic=True, state__in=ERASURE_OPEN).exists():
        return None
    run = ErasureRun.objects.create(
        as_of=at, created_at=at, automatic=True, planned=planned, proposed_by=system
    )  # fmt: skip
    return advance(run, "begin", actor=system, at=at, audience=INTERNAL, data={"planned": planned})


@transaction.atomic
def erase_slice(run_id: int, *, at: datetime) -> int | None:
    """Erase one slice of the first part that is not through; None when the run is over. The last slice ends the run."""
    run = ErasureRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    if run.state != "running":
        return None
    waiting = [
        (rule, part) for rule, part in erasing_parts(automatic=run.automatic) if key_of(rule, part) not in run.settled
    ]
    if not waiting:
        facts = {"erased": run.erased, "as_of": run.as_of.isoformat()}
        advance(
            run, "finish", actor=User.objects.system(), at=at, audience=INTERNAL, closed_at=at, data=facts
        )  # fmt: skip
        return None
    rule, part = waiting[0]
    gone = _erase(rule, part, run.as_of, at)
    key = key_of(rule, part)
    if gone:
        run.erased[key] = run.erased.get(key, 0) + gone
    if gone < SLICE:
        run.settled.append(key)
    run.save(update_fields=["erased", "settled"])
    return gone


def _erase(rule: Rule, part: Part, as_of: datetime, at: datetime) -> int:
    """Lock a slice of what is due, look again under the lock, and erase it."""
    rows = due_rows(rule, part, as_of)
    locking = rows.order_by("pk").select_for_update(skip_locked=True, of=("self",))
    chosen = list(locking.values_list("pk", flat=True)[:SLICE])
    still = list(rows.filter(pk__in=chosen).values_list("pk", flat=True))
    model = apps.get_model(part.model)
    mine: Rows = model._base_manager.filter(pk__in=still)
    number = len(still)
    if number:
        erase = sources()[rule.code, part.model].erase
        if erase is not None:
            erase(mine, at)
        elif part.act == BLANK:
            mine.update(**blanks(model, part.fields))
        else:
            mine.delete()
    return number
