"""Two firms answer their inspections: one reports a cure, objects and asks for days; one refuses access and applies."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from config.demo.agenda import Life, working_days_ago
from config.demo.holders import MINER
from config.demo.papers import paper
from config.demo.stage import Stage
from core.models import User
from inspections import services
from inspections.models import ControlObject, Inspection, JointAct
from law.calendar import add_working_days

POST = "Бас сарапшы / Главный эксперт"
GROUND = "Энергетика министрлігінің № 14-2 сұрауы (мысал). / Запрос Министерства энергетики № 14-2 (пример)."
MATTER = "Тұтынылатын қуат және аппараттардың есебі / Потребляемая мощность и учёт аппаратов"
SEEN = "Қуат өлшегіші жоқ. / Прибор учёта отсутствует."
FOUND = "Екі талап орындалмаған. / Два требования не выполнены."
ORDER = "Өлшегіштерді орнатып, тізілімді толтыру. / Установить приборы и заполнить реестр."
OBJECTS = "Өлшегіш тексеруге жіберілген еді. / Прибор был отправлен на поверку."
NOTED = "Қарсылық актіге тіркелді. / Возражение приобщено к акту."
CURED = "Өлшегіш орнатылып, тексерілді. / Прибор установлен и поверен."
LATE = "Өлшегіш шетелден келеді, шарт жасалды. / Прибор едет из-за рубежа, договор заключён."
REFUSES = "Тіркеу нөмірі актіде жоқ деп түсіндік. / Мы не увидели в акте номера регистрации."
ASKS = "Хабарлама 24 сағаттан аз бұрын келді деп санаймыз. / Считаем, что уведомление пришло менее чем за 24 часа."


def moment(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def subject_answers(stage: Stage) -> Life:
    """From a request of a state body to the order of a miner and what it files; and another that contests its own."""
    first = working_days_ago(stage.today, 8)
    yield moment(first, 8)
    services.sync_subjects(stage.bodies["maidd"], at=moment(first, 8))  # as every hour
    yield moment(first, 9)
    objects = chosen(stage)
    if len(objects) < 2:
        return
    mine, other = objects
    row = opened(stage, mine, day=first)
    start = add_working_days(first, 2)
    yield moment(start, 10)
    row = services.start_inspection(row, receipt="taken", actor=leader(row), at=moment(start, 10))
    handed = add_working_days(start, 3)
    yield moment(handed, 15)
    row = ordered(row, at=moment(handed, 15))
    yield from filed(stage, row, handed)
    again = working_days_ago(stage.today, 3)
    yield moment(again, 16)
    contested = opened(stage, other, day=again)
    yield from contests(contested, add_working_days(again, 2))


def chosen(stage: Stage) -> list[ControlObject]:
    """An object of the miner whose log-in is told, and one of another, for which a checklist is confirmed."""
    kinds = [
        kind for act in JointAct.objects.filter(kind="checklist", state="confirmed") for kind in act.kinds_of_permit
    ]
    rows = ControlObject.objects.filter(kind_of_permit__in=kinds, left_on__isnull=True, licence__isnull=False)
    rows = rows.filter(subject__authority__code="maidd").exclude(subject__in=stage.planned)
    rows = rows.select_related("subject", "licence__organisation")
    own = [one.pk for one in stage.people[MINER].organisations()]
    mine = rows.filter(licence__organisation__in=own).order_by("pk").first()
    others = rows.exclude(licence__organisation__in=own).order_by("-pk")
    return [*([mine] if mine else []), *others[:2]][:2]


def opened(stage: Stage, thing: ControlObject, *, day: date) -> Inspection:
    """Drafted, announced, signed by a head and registered on one day."""
    officer, head, at = stage.official("officer"), stage.official("head"), moment(day, 9)
    start = add_working_days(day, 2)
    checklist = JointAct.objects.in_force(start).filter(
        kind="checklist", authority=thing.subject.authority_id, kinds_of_permit__contains=[thing.kind_of_permit]
    )
    values: dict[str, Any] = {
        "ground": "5",
        "ground_text": GROUND,
        "subject_matter": MATTER,
        "checklist": checklist.first(),
        "period_from": date(day.year, 1, 1),
        "period_to": day - timedelta(days=1),
        "start_on": start,
        "end_on": add_working_days(start, 4),
    }
    row = services.open_inspection(thing, kind="unscheduled", values=values, actor=officer, at=at)
    request = paper("request", holder=row.organisation.name_en, number="14-2", on=day)
    services.keep_ground(row, request, actor=officer, at=at)
    team = [services.Named(stage.official("inspector"), POST, leads=True)]
    row = services.set_team(row, team, actor=officer, at=at + timedelta(minutes=20))
    row = services.serve_notice(row, means="account", actor=officer, at=at + timedelta(minutes=40))
    row = services.appoint(row, actor=head, at=at + timedelta(hours=1))
    number = f"ERSOP-{day:%y}-{row.pk:05d}"
    return services.register_act(row, number=number, registered_on=day, actor=officer, at=at + timedelta(hours=2))


def leader(row: Inspection) -> User:
    return row.team.get(leads=True, left_on__isnull=True).person


def ordered(row: Inspection, *, at: datetime) -> Inspection:
    """Two items are not met; result act and order are handed over."""
    codes = list(row.items.order_by("place").values_list("code", flat=True))
    unmet = set(codes[2:4])
    entries = [services.Entry(one, "not_met", SEEN) if one in unmet else services.Entry(one, "met") for one in codes]
    services.answer_items(row, entries, actor=leader(row), at=at - timedelta(hours=2))
    given: dict[str, Any] = {"findings": FOUND, "instructions": ORDER, "receipt": "taken"}
    cure_by = add_working_days(timezone.localdate(at), 15)
    return services.hand_result(row, cure_by=cure_by, actor=leader(row), at=at, **given)


def holder_of(row: Inspection) -> User:
    """Who acts for the subject."""
    licence = row.object.licence
    assert licence is not None  # noqa: S101  (chosen for having one)
    return licence.application.created_by


def filed(stage: Stage, row: Inspection, handed: date) -> Life:
    """An objection that is noted, a report of one item with its proof, a request that waits."""
    holder, latin = holder_of(row), row.organisation.name_en
    day = add_working_days(handed, 1)
    yield moment(day, 11)
    proof = paper("answer", holder=latin, number="7/26", on=day)
    objection = services.file_objection(row, text=OBJECTS, files=[proof], actor=holder, at=moment(day, 11))
    yield moment(day, 16)
    services.note_filing(objection, answer=NOTED, actor=stage.official("officer"), at=moment(day, 16))
    day = add_working_days(handed, 2)
    yield moment(day, 10)
    first, second = row.items.filter(answer="not_met").order_by("place")
    meter = paper("answer", holder=latin, number="9/26", on=day)
    services.report_cure(row, items={first.code: CURED}, files=[meter], actor=holder, at=moment(day, 10))
    yield moment(day, 12)
    until = add_working_days(day, 40)
    services.ask_to_prolong(row, until=until, text=LATE, items=[second.code], actor=holder, at=moment(day, 12))


def contests(row: Inspection, start: date) -> Life:
    """Access is refused by a ground that the facts do not bear out; then an application to annul waits for a head."""
    holder = holder_of(row)
    yield moment(start, 10)
    ground = "EK-155-1.unregistered"
    services.refuse_access(row, ground=ground, text=REFUSES, actor=holder, at=moment(start, 10))
    yield moment(start, 11)
    row = services.start_inspection(row, receipt="refused", actor=leader(row), at=moment(start, 11))
    yield moment(start, 12)
    services.file_annulment(row, breaches=["EK-156-2.3"], text=ASKS, actor=holder, at=moment(start, 12))
