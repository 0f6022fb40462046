"""Joint acts with the entrepreneurship authority: entered by one person, confirmed by another, ended when repealed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from core.models import Authority, Event, RowFile, User
from core.models.base import INTERNAL, PUBLIC
from core.services import Upload, advance, keep_row_file, notify, record, require, take_rows, touch
from core.services.acts import locked
from core.workflow import HEAD, TransitionRefused
from inspections.models import Criterion, JointAct, Requirement
from inspections.models.acts import CHECKLIST, GROUPS, KINDS, SERIES
from inspections.services.act_rows import (
    ACT_CRITERIA,
    ACT_REQUIREMENTS,
    CRITERION_COLUMNS,
    REQUIREMENT_COLUMNS,
    ROW_KINDS,
    not_a_draft,
)
from law.inspections.requirements import ITEM_TESTS
from law.problems import Problem, _
from law.provisions import provision
from licensing.services.numbers import next_in
from licensing.services.terms import officials

HELD = 7_207_521  # class of the advisory locks of whoever confirms acts of an authority
LENGTHS = {"number": 60, "name": 300, "remark": 10_000}
#: What of a draft may be changed.
PARTS = ("number", "signed_on", "name", "kinds_of_permit", "in_force")
#: What a new version takes over from the one that it starts from.
_ROWS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Requirement, ("place", "code", "text_kk", "text_ru", "text_en", "severity", "article", "method", "tests")),
    (Criterion, ("place", "kind", "code", "least", "degree", "weight", "greatest")),
)


@transaction.atomic
def enter_act(
    authority: Authority,
    *,
    kind: str,
    name: str,
    kinds_of_permit: Sequence[str],
    actor: User,
    at: datetime,
    number: str = "",
    signed_on: date | None = None,
    in_force: date | None = None,
    like: JointAct | None = None,
) -> JointAct:
    """Begin a joint act: a checklist or criteria of risk, for the kinds of permit named.

    Args:
        like: another act of the same kind: its rows stand in the new one at first.

    Raises:
        PermissionDenied; TransitionRefused: everything that is missing or out of order.
    """
    row = JointAct(authority=authority, kind=kind, entered_by=actor, created_at=at)
    given = {"number": number, "signed_on": signed_on, "name": name, "in_force": in_force}
    put(row, {**given, "kinds_of_permit": kinds_of_permit})
    require(actor, "inspections.enter_joint_act", row)
    problems = head_problems(row)
    if kind not in KINDS:
        problems.append(Problem("joint-act-kind", _("There is no such kind of act."), field="kind"))
    if like is not None and like.kind != kind:
        problems.append(Problem("joint-act-like", _("The other act is of another kind."), field="like"))
    if problems:
        raise TransitionRefused(problems)
    row.reference = next_in(SERIES)
    row.save()
    if like is not None:
        copy_rows(like, row)
    facts = {"kind": kind, "like": like.reference if like is not None else None}
    record(row, "jointact.enter", actor=actor, at=at, to_state=row.state, audience=INTERNAL, data=facts)
    return row


def put(row: JointAct, given: Mapping[str, Any]) -> None:
    for field, value in given.items():
        if field == "kinds_of_permit":
            row.kinds_of_permit = list(dict.fromkeys(value))
        else:
            setattr(row, field, value.strip() if isinstance(value, str) else value)


def head_problems(row: JointAct) -> list[Problem]:
    """What a draft cannot do without, and what is unknown or too long in it."""
    found = []
    if not row.name:
        message, params = _("Not stated: %(field)s."), {"field": _("name of the act")}
        found.append(Problem("particular-missing", message, params, field="name"))
    for field in ("number", "name"):
        if len(getattr(row, field)) > LENGTHS[field]:
            message, limit = _("The text is longer than %(limit)s characters."), LENGTHS[field]
            found.append(Problem("text-too-long", message, {"limit": limit}, field=field))
    for kind in row.kinds_of_permit:
        if kind not in GROUPS:
            message = _("“%(kind)s” is no kind of permit or object.")
            found.append(Problem("joint-act-group", message, {"kind": kind}, field="kinds_of_permit"))
    return found


def copy_rows(source: JointAct, target: JointAct) -> None:
    for model, fields in _ROWS:
        rows = model._default_manager.filter(act=source).order_by("place").values(*fields)
        model._default_manager.bulk_create([model(act=target, **values) for values in rows])


@transaction.atomic
def edit_act(act: JointAct, *, actor: User, at: datetime, version: int | None = None, **given: Any) -> JointAct:
    """Change the head of a draft: number, day, name, kinds of permit, first day. What is not named stays.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it is no draft, or something is out of order; TypeError.
    """
    if unknown := set(given) - set(PARTS):
        raise TypeError(f"no part of a draft: {sorted(unknown)}")
    row = locked(act, version=version)
    require(actor, "inspections.enter_joint_act", row)
    if row.state != "draft":
        raise TransitionRefused([not_a_draft()])
    before = {field: getattr(row, field) for field in given}
    put(row, given)
    if problems := head_problems(row):
        raise TransitionRefused(problems)
    changed = [field for field, value in before.items() if getattr(row, field) != value]
    if changed:
        touch(row, fields=changed)
        record(row, "jointact.edit", actor=actor, at=at, audience=INTERNAL, data={"fields": changed})
    return row


def set_requirements(
    act: JointAct, rows: Sequence[Mapping[str, Any]], *, actor: User, at: datetime, version: int | None = None
) -> JointAct:
    """Give a draft of a checklist its requirements, in place of those that it had.

    Args:
        rows: with the names of the columns of `act_rows.REQUIREMENT_COLUMNS`; the tests of the Code as true or false.

    Raises:
        PermissionDenied; TransitionRefused: every fault by row and column; nothing is written.
    """
    return set_rows(ACT_REQUIREMENTS, act, rows, actor=actor, at=at, version=version)


def set_criteria(
    act: JointAct, rows: Sequence[Mapping[str, Any]], *, actor: User, at: datetime, version: int | None = None
) -> JointAct:
    """Give a draft its criteria of risk (`act_rows.CRITERION_COLUMNS`), in place of those that it had.

    Raises:
        PermissionDenied; TransitionRefused: every fault by row and column; nothing is written.
    """
    return set_rows(ACT_CRITERIA, act, rows, actor=actor, at=at, version=version)


@transaction.atomic
def set_rows(
    kind: str,
    act: JointAct,
    rows: Sequence[Mapping[str, Any]],
    *,
    actor: User,
    at: datetime,
    version: int | None = None,
) -> JointAct:
    options = {"act": act.reference, "version": act.version if version is None else version}
    take_rows(kind, rows, authority=act.authority, options=options, actor=actor, at=at)
    return JointAct.objects.select_related("authority").get(pk=act.pk)


def send_rows(act: JointAct, upload: Upload, *, actor: User, at: datetime, version: int | None = None) -> RowFile:
    """Keep a file of the rows of a draft and have it looked at; its page takes it when nothing is wrong with it.

    Raises:
        PermissionDenied; TransitionRefused: it is empty or too large, or the act is no draft or was changed since.
    """
    options = {"act": act.reference, "version": act.version if version is None else version}
    return keep_row_file(ROW_KINDS[act.kind], upload, authority=act.authority, options=options, actor=actor, at=at)


@transaction.atomic
def propose_act(act: JointAct, *, actor: User, at: datetime, version: int | None = None) -> JointAct:
    """Put a whole draft before a head, who compares it with the signed act.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: everything that is missing, by field and row.
    """
    row = advance(act, "propose", actor=actor, at=at, version=version, audience=INTERNAL, remark="")
    heads = [head for head in officials(row.authority_id, HEAD) if head.pk != actor.pk]
    tell(row, heads, at=at)
    return row


@transaction.atomic
def send_back_act(act: JointAct, *, remark: str, actor: User, at: datetime, version: int | None = None) -> JointAct:
    """Give a proposed act back to be mended.

    Raises:
        PermissionDenied: also for who entered or proposed it. StaleVersion; TransitionRefused: no reason.
    """
    changes: dict[str, Any] = {"remark": bounded(remark)}
    row = advance(act, "send_back", actor=actor, at=at, version=version, audience=INTERNAL, **changes)
    tell(row, [row.entered_by], at=at)
    return row


@transaction.atomic
def confirm_act(act: JointAct, *, actor: User, at: datetime, version: int | None = None) -> JointAct:
    """Confirm that the entered act is the signed one: it counts from its first day, and everybody reads it.

    Raises:
        PermissionDenied: also for who entered, changed or proposed it. StaleVersion; TransitionRefused: something is
            missing, or another act counts for the same kinds on the same day.
    """
    with connection.cursor() as cursor:  # two that overlap wait here: the second finds the first
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [HELD, act.authority_id])
    first = act.in_force
    row = advance(
        act,
        "confirm",
        actor=actor,
        at=at,
        version=version,
        audience=PUBLIC,
        grounds=[provision("EK-CHECKLIST", first)] if first is not None and act.kind == "checklist" else [],
        data={"from": first.isoformat() if first is not None else None},
        confirmed_by=actor,
        confirmed_at=at,
    )
    tell(row, [row.entered_by], at=at)
    return row


@transaction.atomic
def end_act(
    act: JointAct, *, repealed: date, remark: str, actor: User, at: datetime, version: int | None = None
) -> JointAct:
    """Enter the first day on which a confirmed act is no longer in force; the day may be to come.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: no reason, or the day is not after its first.
    """
    if act.in_force is not None and repealed <= act.in_force:
        message, params = _("It was in force from %(day)s: the day lies after it."), {"day": act.in_force}
        raise TransitionRefused([Problem("joint-act-repealed", message, params, field="repealed")])
    changes: dict[str, Any] = {"repealed": repealed, "remark": bounded(remark)}
    facts = {"from": repealed.isoformat()}
    return advance(act, "end", actor=actor, at=at, version=version, audience=PUBLIC, data=facts, **changes)


@transaction.atomic
def drop_act(act: JointAct, *, actor: User, at: datetime, version: int | None = None) -> JointAct:
    """Give up a draft.

    Raises:
        PermissionDenied, StaleVersion; TransitionRefused: it is no draft.
    """
    return advance(act, "drop", actor=actor, at=at, version=version, audience=INTERNAL)


def bounded(text: str) -> str:
    """The words of an act, trimmed.

    Raises:
        TransitionRefused: they are too long.
    """
    words = text.strip()
    if len(words) > LENGTHS["remark"]:
        message, params = _("The text is longer than %(limit)s characters."), {"limit": LENGTHS["remark"]}
        raise TransitionRefused([Problem("text-too-long", message, params, field="remark")])
    return words


def tell(row: JointAct, people: Sequence[User], *, at: datetime) -> None:
    event = Event.objects.of(row).order_by("-seq")[0]
    told = {"reference": row.reference, "state": row.WORKFLOW.state(row.state).label}
    notify(event, list(people), "record_moved", told, path=f"/{row.FOLDER}/{row.reference}/", at=at)


def rows_of(act: JointAct) -> list[dict[str, Any]]:
    """The rows of an act as `set_requirements` and `set_criteria` take them."""
    if act.kind == CHECKLIST:
        columns = [column.name for column in REQUIREMENT_COLUMNS if column.name not in ITEM_TESTS]
        return [
            {name: getattr(row, name) for name in columns} | {code: code in row.tests for code in ITEM_TESTS}
            for row in act.requirements.all()
        ]
    return [{column.name: getattr(row, column.name) for column in CRITERION_COLUMNS} for row in act.criteria.all()]


def put_row(
    act: JointAct,
    *,
    place: int | None,
    row: Mapping[str, Any] | None,
    actor: User,
    at: datetime,
    version: int | None = None,
) -> JointAct:
    """Add a row to a draft, change the one at a place (from 1), or take it out.

    Args:
        place: None adds the row at the end.
        row: None takes the row at the place out.

    Raises:
        PermissionDenied; TransitionRefused: faults by row and column; there is no such row; LookupError.
    """
    rows = rows_of(act)
    if place is not None and not 1 <= place <= len(rows):
        raise LookupError(f"{act.reference} has no row {place}")
    if place is None:
        rows.append(dict(row or {}))
    else:
        rows[place - 1 : place] = [dict(row)] if row is not None else []
    kind = ROW_KINDS[act.kind]
    return set_rows(kind, act, rows, actor=actor, at=at, version=version)
