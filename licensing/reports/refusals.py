"""On which provisions filings were refused."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, F, Func, JSONField, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.charts import single
from core.models import Event
from core.tables import SHARE, TEXT, Column, Table, cells
from law.problems import render
from law.provisions.base import Source
from licensing.models import Application, Decision
from licensing.reports.scope import Scope, share

DOUBTFUL = {"source", "assumed"}


def refusals(scope: Scope) -> list[Table]:
    """Refusals, and refusals to consider, by the ground as it was known when it was cited: four queries.

    One refusal may rest on several grounds and counts under each of them. One that was annulled later was given all the
    same.
    """
    cases = scope.cases().order_by()
    refused = Decision.objects.filter(scope.within("made_at"), outcome="refuse", application__in=cases)
    left = cases.filter(scope.within("closed_at"), state="refused_consideration")
    acts = Event.objects.filter(
        subject_type=Application._meta.label_lower,
        subject_id__in=left.values("pk"),
        verb="application.refuse_consideration",
    )
    return [
        table("refused", _("Refusals"), cited(refused), refused.count()),
        table("not-considered", _("Refusals to consider"), cited(acts), left.count()),
    ]


class Elements(Func):
    """A row for each element of a JSON list."""

    function = "jsonb_array_elements"
    set_returning = True
    output_field = JSONField()


def cited(rows: QuerySet[Any]) -> list[tuple[dict[str, Any], int]]:
    """How often each ground was cited: one query. What carried the act itself (a term, say) is no ground of it."""
    found = rows.order_by().annotate(one=Elements(F("grounds"))).values_list("one").annotate(count=Count("pk"))
    return [(one, count) for one, count in found if one.get("unit") == "ground"]


def table(code: str, title: str, grounds: Iterable[tuple[Mapping[str, Any], int]], whole: int) -> Table:
    counted: dict[tuple[str, str], int] = {}
    for ground, count in grounds:
        named = (_(str(ground["value"])), citation(ground))
        counted[named] = counted.get(named, 0) + count
    lines = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    columns = (
        Column(_("Ground"), TEXT),
        Column(_("Provision"), TEXT),
        Column(_("Cited")),
        Column(_("Of all refusals, %"), SHARE),
    )
    return Table(
        code,
        title,
        columns,
        tuple(cells(text, source, count, share(count, whole)) for (text, source), count in lines),
        cells(_("Refusals in all"), "", whole, None) if whole else (),
        note=_("A refusal on several grounds counts under each of them."),
        chart=single(_("Cited"), "bad", [text for (text, _source), _count in lines], [count for _one, count in lines]),
    )


def citation(ground: Mapping[str, Any]) -> str:
    """Act and article, with the mark of law that no official text confirms."""
    cite = Source(str(ground.get("act") or ""), str(ground.get("article") or "")).cite()
    words = render(cite.msgid, cite.params, _)
    if DOUBTFUL & {ground.get("confidence"), ground.get("day_confidence")}:
        words += f" ({pgettext('of a rule of law', 'unconfirmed')})"
    return words
