"""What the file of a subject shows of what is reckoned: size, risk, and when it may next be inspected."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.forms.subjects import chosen_kinds
from inspections.models import Inspection, RiskRow, Subject
from inspections.services.explained import explained, weights_of
from inspections.services.profiles import proposal_of, size_of
from law.inspections import Kind
from law.inspections.codes import RISKS, SMALL_FIRMS, Size
from law.inspections.frequency import first_day_after, frequency_rule, holiday_until
from law.inspections.regimes import regime_rule
from law.provisions import provision
from licensing.views.facts import plain_number
from licensing.views.keyset import PAGE
from licensing.wording import cited_once


def file_of(row: Subject, today: date) -> dict[str, Any]:
    """Everything of a subject that is not an act or an event: a bounded number of queries."""
    names = dict(chosen_kinds())
    things = list(row.objects_of_control.select_related("licence", "centre").order_by("-left_on", "id")[:PAGE])
    rows = RiskRow.objects.filter(subject=row, run__trial=False).select_related("run__criteria")
    judged, proposed = rows.order_by("-run_id").first(), proposal_of(row)
    sized = size_of(row)
    return {
        "objects": [
            {"row": one, "kind": names.get(one.kind_of_permit, one.kind_of_permit),
             "rule": regime_rule(one.kind_of_permit, today)}
            for one in things
        ],
        "sized": sized,
        "size_rules": cited_once([one.ground() for one in sized.provisions]) if sized else [],
        "judged": judged,
        "lines": explained(judged, weights_of(judged.run)) if judged else [],
        "proposed": proposed,
        "proposed_points": plain_number(proposed.points) if proposed else "",
        "proposed_label": _(RISKS[proposed.risk]) if proposed else "",  # type: ignore[index]  # a code of the enum
        "starts": starts_of(row, today),
        "inspections": Inspection.objects.filter(subject=row).order_by("-id")[:20],
    }  # fmt: skip


def last_end(row: Subject) -> date | None:
    """When its last compliance inspection ended, here or before this register."""
    ended = Inspection.objects.filter(subject=row, kind=Kind.COMPLIANCE, result_handed_at__isnull=False)
    last = ended.exclude(state="annulled").order_by("-result_handed_at").values_list("result_handed_at", flat=True)
    here = [timezone.localdate(moment) for moment in last[:1]]
    return max([*here, *([row.last_ended_on] if row.last_ended_on else [])], default=None)


def starts_of(row: Subject, today: date) -> list[dict[str, Any]]:
    """What the law says of the next start of a compliance inspection: label, day or words, provision."""
    found: list[dict[str, Any]] = []
    last = last_end(row)
    if last is not None:
        found.append({"label": _("Last compliance inspection ended"), "day": last})
    if row.risk:
        rule = frequency_rule(row.risk, today)
        if last is None:
            found.append(
                {"label": _("By its degree of risk"), "words": _("at any time: none is known"), "ground": rule}
            )
        else:
            day = first_day_after(row.risk, last, today)
            found.append({"label": _("By its degree of risk, not before"), "day": day, "ground": rule})
    registered = row.organisation.registered_on
    if row.size and Size(row.size) in SMALL_FIRMS and registered and not row.successor:
        until = holiday_until(registered, today)
        if until >= today:
            rule = provision("EK-HOLIDAY3", today)
            found.append({"label": _("Three years of a small firm, until"), "day": until, "ground": rule})
    return found
