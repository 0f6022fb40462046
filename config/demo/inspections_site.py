"""Unscheduled inspections of the demo from the site on: one under way and half answered, one whose breaches are being
cured, one closed without any, one that was not cured and whose licence is proposed to be suspended."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone

from config.demo.agenda import Life, working_days_ago
from config.demo.stage import Stage
from core.models import User
from core.services import Upload
from inspections import services
from inspections.models import ControlObject, Inspection, JointAct
from inspections.services.subjects import sync_subjects
from law.calendar import add_working_days, next_working_day
from licensing.models import Licence

GROUND = "Көршілес кәсіпорынның шағымы, фотосуреттермен / Жалоба соседнего предприятия, с фотографиями"
MATTER = "Қуат тұтыну және есепке алу / Потребление и учёт энергии"
POST = "Бас сарапшы / Главный эксперт"
SEEN = "2-желіде есептеу аспабы жоқ / На линии 2 нет прибора учёта"
GOOD = "Орнында қаралды / Осмотрено на месте"
CLEAN = "Бұзушылық анықталған жоқ. / Нарушений не выявлено."
FOUND = "Энергия есепке алынбай тұтынылады. / Энергия потребляется без учёта."
MEND = "Есептеу аспабын орнату, тексеру актісін беру. / Установить прибор учёта, представить акт поверки."
UNCURED = "Жою туралы дәлел берілген жоқ. / Доказательств устранения не представлено."
SUSPEND = "Бұзушылық мерзімінде жойылмады. / Нарушение не устранено в срок."
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def at_ten(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def begun(stage: Stage, thing: ControlObject, day: date) -> Life:
    """From the complaint to the start on the next working day; by the officer, the head, the inspector."""
    officer, inspector, first = stage.official("officer"), stage.official("inspector"), at_ten(day, 9)
    start = add_working_days(day, 1)
    yield first
    checklist = JointAct.objects.in_force(day).filter(
        kind="checklist", kinds_of_permit__contains=[thing.kind_of_permit]
    )
    values: dict[str, Any] = {
        "ground": "3",
        "ground_text": GROUND,
        "subject_matter": MATTER,
        "checklist": checklist.first(),
        "start_on": start,
        "end_on": add_working_days(start, 4),
        "period_from": day - timedelta(days=200),
        "period_to": day - timedelta(days=1),
    }
    row = services.open_inspection(thing, kind="unscheduled", values=values, actor=officer, at=first)
    services.keep_ground(row, Upload("complaint.pdf", BytesIO(PAPER)), actor=officer, at=first)
    row = services.set_team(row, [services.Named(inspector, POST, leads=True)], actor=officer, at=first)
    yield first + timedelta(hours=2)
    row = services.appoint(row, actor=stage.official("head"), at=first + timedelta(hours=2))
    number = f"26-{row.pk:06d}"
    registered = first + timedelta(hours=3)
    yield registered
    row = services.register_act(row, number=number, registered_on=day, actor=officer, at=registered)
    yield at_ten(start)
    services.start_inspection(row, receipt="taken", actor=inspector, at=at_ten(start))


def answered(row: Inspection, inspector: User, at: datetime, *, unmet: int, upto: int | None = None) -> Inspection:
    """The first items, one of them not met where `unmet` names its place."""
    items = list(row.items.order_by("place"))[:upto]
    entries = [
        services.Entry(one.code, "not_met", SEEN, at)
        if one.place == unmet
        else services.Entry(one.code, "met", GOOD, at)
        for one in items
    ]
    return services.answer_items(row, entries, actor=inspector, at=at)


def ordered(thing: ControlObject, inspector: User, at: datetime, cure_by: date) -> Life:
    """Answered in the morning, the result with its order handed over in the afternoon."""
    yield at
    row = answered(latest(thing), inspector, at, unmet=3)
    later = at + timedelta(hours=4)
    yield later
    given: dict[str, Any] = {"findings": FOUND, "receipt": "taken", "instructions": MEND, "cure_by": cure_by}
    services.hand_result(row, actor=inspector, at=later, **given)


def on_site(stage: Stage) -> Life:
    """One after another, the oldest first. Of the newest licences: what happens to the oldest is told elsewhere."""
    moment = at_ten(stage.today - timedelta(days=55), 8)
    yield moment
    sync_subjects(stage.bodies["maidd"], at=moment)
    live = Licence.objects.filter(state="in_force", kind__startswith="mining-licence").values("pk")
    free = ControlObject.objects.standing().exclude(subject__in=stage.planned)
    things = list(free.filter(licence__in=live).order_by("-licence__granted_on", "-pk")[:4])
    if len(things) < 4:
        return
    yield from uncured(stage, things[0], next_working_day(stage.today - timedelta(days=54)))
    inspector, day = stage.official("inspector"), next_working_day(stage.today - timedelta(days=22))
    yield from begun(stage, things[1], day)
    moment = at_ten(add_working_days(day, 1), 12)
    yield moment
    row = answered(latest(things[1]), inspector, moment, unmet=0)
    moment = at_ten(add_working_days(day, 2), 15)
    yield moment
    services.hand_result(row, findings=CLEAN, receipt="taken", actor=inspector, at=moment)
    day = next_working_day(stage.today - timedelta(days=14))
    yield from begun(stage, things[2], day)
    moment = at_ten(add_working_days(day, 2), 11)
    yield from ordered(things[2], inspector, moment, timezone.localdate(moment) + timedelta(days=30))
    day = working_days_ago(stage.today, 3)
    yield from begun(stage, things[3], day)
    moment = at_ten(add_working_days(day, 1), 12)
    yield moment
    row = latest(things[3])
    answered(row, inspector, moment, unmet=2, upto=row.items.count() // 2)


def latest(thing: ControlObject) -> Inspection:
    return Inspection.objects.filter(object=thing).latest("pk")


def uncured(stage: Stage, thing: ControlObject, day: date) -> Life:
    """Ordered, not reported, asked, not answered: two failures, and a measure against the licence."""
    inspector, officer = stage.official("inspector"), stage.official("officer")
    yield from begun(stage, thing, day)
    moment = at_ten(add_working_days(day, 2), 11)
    cure_by = timezone.localdate(moment) + timedelta(days=14)
    yield from ordered(thing, inspector, moment, cure_by)
    row, moment = latest(thing), at_ten(next_working_day(cure_by + timedelta(days=2)))
    yield moment
    answer_by = timezone.localdate(moment) + timedelta(days=5)
    services.send_reminder(row, answer_by=answer_by, actor=officer, at=moment)
    moment = at_ten(next_working_day(answer_by + timedelta(days=2)))
    yield moment
    services.find_uncured(row, closing=UNCURED, actor=stage.official("head2"), at=moment)
    yield moment + timedelta(hours=2)
    if Licence.objects.filter(pk__in=[thing.licence_id], state="in_force").exists():
        services.propose_suspension(row, months=2, text=SUSPEND, actor=officer, at=moment + timedelta(hours=2))
