"""Rows of many tables in one statement: for a page that needs a little of each.

A case file reads a dozen short lists. Asked one by one, the way to the database and back costs more than the rows do.
"""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Field, JSONField, Model, QuerySet

from core.models import User


def read_together(*wanted: "QuerySet[Any]", known: Iterable[User] = ()) -> None:
    """Evaluate querysets, each as if it had been asked alone, and fill in the persons that their rows name.

    Two statements, however many they are; one where no row names a person who is not `known` already. For plain rows
    of one table, without binary columns: what `select_related()`, `annotate()` or `prefetch_related()` would add is not
    read.
    """
    told = ask_together(wanted, "json_agg(one)::text")
    for rows, text in zip(wanted, told, strict=True):
        keep(rows, [row_of(rows, line) for line in json.loads(text or "[]", parse_float=Decimal)])
    name_people((row for rows in wanted for row in rows), {person.pk: person for person in known})


def count_together(*wanted: "QuerySet[Any]") -> list[int]:
    """How many rows each has, in one statement. Slice them, so that no table is counted through."""
    return [int(told or 0) for told in ask_together(wanted, "count(*)")]


def ask_together(wanted: "Iterable[QuerySet[Any]]", what: str) -> tuple[Any, ...]:
    """One value of each queryset, as SQL makes it of its rows `one`; None for what can have no rows."""
    parts: list[str] = []
    given: list[Any] = []
    for rows in wanted:
        try:
            statement, values = rows.query.sql_with_params()
        except EmptyResultSet:
            parts.append("NULL")
            continue
        parts.append(f"(SELECT {what} FROM ({statement}) one)")  # noqa: S608  (written by the ORM)
        given += values
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), given)
        told: tuple[Any, ...] = cursor.fetchone()
    return told


def row_of(rows: "QuerySet[Any]", line: dict[str, Any]) -> Model:
    """The instance that a line of the database stands for."""
    fields = rows.model._meta.concrete_fields
    row: Model = rows.model.from_db(rows.db, [f.attname for f in fields], [value_of(f, line[f.column]) for f in fields])
    for field, known in rows._known_related_objects.items():  # type: ignore[attr-defined]  # what .all() knows of its owner
        setattr(row, field.name, known[getattr(row, field.attname)])
    return row


def value_of(field: "Field[Any, Any]", told: Any) -> Any:
    """A column's value from its JSON: days and moments are parsed, amounts stay exact, JSON stays as it was stored."""
    if isinstance(field, JSONField):
        return json.loads(json.dumps(told, default=float))
    return field.to_python(told)


def keep(rows: "QuerySet[Any]", found: list[Any]) -> None:
    """The queryset holds its rows, as after it was evaluated; this is how prefetching fills its querysets too."""
    rows._result_cache = found
    rows._prefetch_done = True  # type: ignore[attr-defined]  # not in the stubs


def name_people(rows: Iterable[Model], people: dict[int, User]) -> None:
    named = [
        (row, field.name, getattr(row, field.attname))
        for row in rows
        for field in row._meta.concrete_fields
        if field.related_model is User
    ]
    if missing := {pk for _row, _name, pk in named if pk is not None} - people.keys():
        people |= User.objects.in_bulk(missing)
    for row, name, pk in named:
        setattr(row, name, people.get(pk))


def prefetched(owner: Model, **relations: "QuerySet[Any]") -> None:
    """The owner's `.all()` of each relation answers with these rows, as after `prefetch_related()`."""
    known: dict[str, Any] = owner.__dict__.setdefault("_prefetched_objects_cache", {})
    known.update(relations)


def share(owners: Iterable[Any], relation: str, rows: Iterable[Any], key: str) -> None:
    """Each owner's `.all()` of the relation answers with those of the rows whose `key` names it."""
    for owner in owners:
        mine = getattr(owner, relation).all()
        keep(mine, [row for row in rows if getattr(row, key) == owner.pk])
        prefetched(owner, **{relation: mine})
