"""A population for plans: subjects with a data centre each, a finished risk run over them, inspectors."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from core.models import Organisation, User
from inspections.models import ControlObject, ControlPlan, RiskRow, RiskRun, Subject
from inspections.services.planning.forming import form_plan
from mining.models import DataCentre
from tests import factories as make
from tests.inspections import world
from tests.mining.centres import make_centre

#: The day on which plans of 2027 are formed: Tuesday 1 December 2026.
FORMED = datetime(2026, 12, 1, 10, 0, tzinfo=make.ALMATY)
#: When the program forms that of 2027 by itself: fifteen working days before the last one of its publication and later.
SWEPT = datetime(2026, 12, 10, 10, 0, tzinfo=make.ALMATY)
RISKS = ("high", "medium", "low")


def make_population(count: int = 12, **fields: Any) -> RiskRun:
    """So many subjects, a third of each degree, points falling; of 2015 and medium size unless told otherwise."""
    pattern, authority = make_centre(), make.make_authority()
    first, low = Organisation.objects.count() + 1_000, count
    owners = Organisation.objects.bulk_create(
        Organisation(
            identifier=make.make_bin(),
            form="legal_entity",
            registered_in="KZ",
            name_en=f"Centre {number} LLP",
            registered_on=date(2015, 3, 2),
            created_at=make.AT,
        )
        for number in range(count)
    )
    centres = []
    for number, owner in enumerate(owners):
        one = DataCentre.objects.get(pk=pattern.pk)
        one.pk, one.owner, one.reference = None, owner, f"DC-{first + number:07d}"
        centres.append(one)
    DataCentre.objects.bulk_create(centres)
    run = world.make_risk_run(authority, at=FORMED, subjects=count)
    subjects = Subject.objects.bulk_create(
        Subject(
            authority=authority,
            organisation=owner,
            size="medium",
            risk=RISKS[number * 3 // low],
            points=Decimal(100 - number),
            risk_run=run,
            entered_at=make.AT,
        )
        for number, owner in enumerate(owners)
    )
    for name, value in fields.items():
        Subject.objects.filter(risk_run=run).update(**{name: value})
    ControlObject.objects.bulk_create(
        ControlObject(subject=subject, kind_of_permit="mining-data-centre", centre=centre, region="KZ-39")
        for subject, centre in zip(subjects, centres, strict=True)
    )
    RiskRow.objects.bulk_create(
        RiskRow(
            run=run, subject=one, objective=one.risk, score=points, interim=points, points=points,
            degree=one.risk, risk=one.risk,
        )
        for one, points in ((one, one.points or Decimal(0)) for one in subjects)
    )  # fmt: skip
    return run


def form(run: RiskRun, *, actor: User | None = None, at: datetime = FORMED, **fields: Any) -> ControlPlan:
    """A plan formed at a moment; the run is of that day where it would be of a later one."""
    if run.on > at.date():
        run.on = at.date()
        run.save()
    given: dict[str, Any] = {"plan": "schedule", "year": 2027, "mode": "automated", **fields}
    return form_plan(run.authority, **given, risk_run=run, actor=actor or make.make_user("officer"), at=at)


def make_plan(count: int = 6, *, mode: str = "automated", actor: User | None = None) -> ControlPlan:
    """A formed schedule of 2027 with two inspectors."""
    for _number in range(2):
        world.make_inspector()
    return form(make_population(count), mode=mode, actor=actor)
