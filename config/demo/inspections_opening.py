"""Unscheduled inspections of the demo before their start: a draft, and one whose signed act waits for registration."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from config.demo.agenda import Life, working_days_ago
from config.demo.inspections_site import MATTER, PAPER, POST, at_ten
from config.demo.stage import Stage
from core.services import Upload
from inspections import services
from inspections.models import ControlObject, Inspection, JointAct
from law.calendar import add_working_days
from licensing.models import Licence

REQUEST = "Прокурордың талабы / Требование прокурора"


def prepared(stage: Stage) -> Life:
    """On the last working day: both have a ground and a team, one is signed too; this ground is not announced."""
    day = working_days_ago(stage.today, 1)
    moment = at_ten(day, 11)
    yield moment
    live = Licence.objects.filter(state="in_force", kind__startswith="mining-licence").values("pk")
    busy = Inspection.objects.values("object")
    things = list(ControlObject.objects.standing().filter(licence__in=live).exclude(pk__in=busy).order_by("-pk")[:2])
    rows = [drafted(stage, thing, add_working_days(stage.today, 4 + number)) for number, thing in enumerate(things)]
    for row in rows[1:]:
        services.appoint(row, actor=stage.official("head"), at=moment + timedelta(hours=1))


def drafted(stage: Stage, thing: ControlObject, start: Any) -> Inspection:
    """A whole draft, by the officer."""
    moment = at_ten(working_days_ago(stage.today, 1), 11)
    given: dict[str, Any] = {"actor": stage.official("officer"), "at": moment}
    acts = JointAct.objects.in_force(start).filter(kind="checklist")
    values: dict[str, Any] = {
        "ground": "4",
        "ground_text": REQUEST,
        "subject_matter": MATTER,
        "checklist": acts.filter(kinds_of_permit__contains=[thing.kind_of_permit]).first(),
        "start_on": start,
        "end_on": add_working_days(start, 4),
        "period_from": start - timedelta(days=200),
        "period_to": start - timedelta(days=20),
    }
    row = services.open_inspection(thing, kind="unscheduled", values=values, **given)
    services.keep_ground(row, Upload("demand.pdf", BytesIO(PAPER)), **given)
    return services.set_team(row, [services.Named(stage.official("inspector"), POST, leads=True)], **given)
