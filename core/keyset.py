"""Where a page starts: the rows beyond a place in an order, as one comparison that an index answers.

`a > x OR (a = x AND b > y)` is read by the database as a filter: where many rows share a day it walks through all of
them. `ROW(a, b) > ROW(x, y)` is a place in the index, however many rows lie before it.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.lookups import GreaterThan, LessThan


def beyond(columns: Sequence[str], values: Sequence[Any], *, falling: bool = False) -> Q:
    """A condition for `.filter()`: the columns, read together, come after the values (before them where they fall).

    Columns have no empty values and are ordered in one direction.
    """
    if len(columns) == 1:
        return Q(**{f"{columns[0]}__{'lt' if falling else 'gt'}": values[0]})
    here = Func(*map(F, columns), function="ROW", output_field=BooleanField())
    there = Func(*map(Value, values), function="ROW", output_field=BooleanField())
    return Q(LessThan(here, there) if falling else GreaterThan(here, there))
