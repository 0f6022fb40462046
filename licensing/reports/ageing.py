"""How old the open cases are."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext as _

from core.charts import single
from core.tables import DAY, SHARE, TEXT, Cell, Column, Table, cells
from licensing.reports.scope import OFFICER, Scope, ages, band_labels, kind_name, of_age, officer_name, share


def ageing(scope: Scope) -> list[Table]:
    """Cases that were open at the end of the period, by working days since their filing: one query.

    A refusal that was annulled later counts as if it had never been: its case was open all along.
    """
    bands = ages(scope.as_of)
    held: QuerySet[Any, Any] = scope.cases().filter(scope.open_then()).order_by().values("kind", **OFFICER)
    counted: dict[str, Any] = {f"band_{n}": Count("pk", filter=of_age(days)) for n, days in enumerate(bands)}
    rows = list(held.annotate(total=Count("pk"), oldest=Min("filed_on"), **counted))
    names = {row["officer"]: officer_name(row) for row in rows}
    return [
        by_age(rows),
        table("by-kind", _("By kind"), _("Kind"), rows, {row["kind"]: kind_name(row["kind"]) for row in rows}, "kind"),
        table("by-officer", _("By officer"), _("Officer"), rows, names, "officer"),
    ]


def by_age(rows: list[dict[str, Any]]) -> Table:
    labels = band_labels()
    counts = [sum(row[f"band_{place}"] for row in rows) for place in range(len(labels))]
    whole = sum(counts)
    return Table(
        "by-age",
        _("By age"),
        (Column(_("Working days since filing"), TEXT), Column(_("Open cases")), Column(_("Share, %"), SHARE)),
        tuple(cells(label, count, share(count, whole)) for label, count in zip(labels, counts, strict=True)),
        cells(_("Together"), whole, share(whole, whole)) if whole else (),
        chart=single(_("Open cases"), "info", labels, counts),
    )


def table(code: str, title: str, head: str, rows: list[dict[str, Any]], names: Mapping[Any, str], key: str) -> Table:
    groups = [(name, [row for row in rows if row[key] == value]) for value, name in names.items()]
    groups.sort(key=lambda group: (-sum(row["total"] for row in group[1]), group[0]))
    columns = (Column(head, TEXT), *(Column(label) for label in band_labels()), Column(_("All open")))
    return Table(
        code,
        title,
        (*columns, Column(_("Oldest filed"), DAY)),
        tuple(line(name, found) for name, found in groups),
        line(_("Together"), rows) if rows else (),
        note=_("The columns with figures are working days since filing."),
    )


def line(name: str, rows: list[dict[str, Any]]) -> tuple[Cell, ...]:
    counts = (sum(row[f"band_{place}"] for row in rows) for place in range(len(band_labels())))
    return cells(name, *counts, sum(row["total"] for row in rows), min(row["oldest"] for row in rows))
